"""What the lexicons hold, in numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from extract.lexicon import Lexicon
from extract.lexicon.schema import FILES, RULE_FILES


@dataclass(frozen=True)
class Line:
    """Rows of one file, label and source; their forms (names and aliases), and how many carry a guard."""

    file: str
    label: str
    source: str
    rows: int
    forms: int
    guarded: int


def count(lexicon: Lexicon) -> tuple[list[Line], dict[str, int]]:
    """A line for each file, label and source, largest source first, and the number of rules per rule file."""
    lines: list[Line] = []
    for file in FILES:
        groups: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in lexicon.rows(file):
            found = groups[row.label or "", row["source"]]
            forms = row.guarded_forms
            found[0] += 1
            found[1] += len(forms)
            found[2] += sum(bool(guard) for _, guard in forms)
        ordered = sorted(groups.items(), key=lambda item: (-item[1][0], item[0]))
        lines += [Line(file, label, source or "(none)", *numbers) for (label, source), numbers in ordered]
    return lines, {file: len(lexicon.rules(file)) for file in RULE_FILES if lexicon.rules(file)}

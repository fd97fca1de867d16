"""Candidates for the user's lexicon, and the table of them that a person decides on in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import InputError, UsageError
from extract.lexicon.evidence import Clue
from extract.lexicon.folder import write_all
from extract.write import guarded

COLUMNS = (
    *("decision", "label", "subtype", "name", "aliases", "count", "articles", "evidence"),
    *("example_1", "example_2", "example_3", "rule"),
)
EXAMPLES = 3
FIRM = 0.2
"""Least evidence for a guessed label: the weights of its clues, by occurrence of the word."""
MAX_EXAMPLE = 200
"""Longest example, in code points; longer sentences are cut around the name."""


@dataclass
class Candidate:
    """A name that no lexicon holds. ``rule`` joins the rules that found it; empty for untagged words."""

    label: str | None
    subtype: str | None
    name: str
    aliases: tuple[str, ...]
    count: int
    articles: int
    evidence: str
    examples: tuple[str, ...]
    rule: str

    def cells(self) -> list[str]:
        """The row of the table, in the order of :data:`COLUMNS`, the decision left open."""
        shown = [*self.examples, *[""] * (EXAMPLES - len(self.examples))]
        known = [self.label or "", self.subtype or "", self.name, "|".join(self.aliases)]
        return ["", *known, str(self.count), str(self.articles), self.evidence, *shown, self.rule]


@dataclass
class Group:
    """Everything seen of one name; ``label`` is empty for words that no rule tagged.

    Articles come one after the other: ``last`` tells whether an occurrence is in a new one.
    """

    label: str
    count: int = 0
    articles: int = 0
    last: str = ""
    names: Counter[str] = field(default_factory=Counter)
    subtypes: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    clues: Counter[Clue] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def see(self, article: str, example: str) -> None:
        """Counts one occurrence in an article, and keeps its sentence as an example."""
        self.count += 1
        self.articles += article != self.last
        self.last = article
        if len(self.examples) < EXAMPLES and example and example not in self.examples:
            self.examples.append(example)

    def candidate(self) -> Candidate:
        """What the table shows: the most frequent name, the label with most evidence, all else counted."""
        name = _most(self.names) or ""
        label, subtype = self.label or None, _most(self.subtypes)
        if label is None:
            votes: Counter[str] = Counter()
            for clue, count in self.clues.items():
                if clue.label:
                    votes[clue.label] += clue.weight * count
            label = _most(votes)
            if label is not None and votes[label] < FIRM * self.count:
                label = None  # a clue or two among many occurrences: left to the person
            subtypes = Counter(
                {c.subtype: n for c, n in self.clues.items() if c.subtype and c.label == label}
            )
            subtype = _most(subtypes)
        shown = Counter({clue.shown: 0 for clue in self.clues})
        for clue, count in self.clues.items():
            shown[clue.shown] += count
        ordered = sorted(shown.items(), key=lambda item: (-item[1], item[0]))[:6]
        evidence = "; ".join(text if count == 1 else f"{text} ×{count}" for text, count in ordered)
        aliases = tuple(sorted(alias for alias in self.aliases if alias != name))
        rule = "|".join(sorted(self.rules))
        return Candidate(
            label, subtype, name, aliases, self.count, self.articles, evidence, tuple(self.examples), rule
        )


def _most(counts: Counter[str]) -> str | None:
    """The most frequent key, of equal ones the first in code-point order."""
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None


def write_suggestions(candidates: Iterable[Candidate], path: str | Path) -> None:
    """Writes the table as CSV for a spreadsheet (UTF-8 with BOM, nothing that runs as a formula).

    Raises:
        UsageError: when the file holds decisions already, or cannot be written.
    """
    path = Path(path)
    if path.exists() and _decided(path):
        raise UsageError(
            "holds decisions already",
            where=str(path),
            remedy="take them first with extract lexicon accept and move the file away, or choose another --to",
        )
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in candidate.cells()] for candidate in candidates)
    try:
        write_all({path: out.getvalue().encode("utf-8-sig")})
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror or error}", where=str(path), remedy="choose another --to"
        ) from None


def _decided(path: Path) -> bool:
    """Whether a file is something else than a table of suggestions without any decision."""
    from extract.lexicon.tables import read_table

    try:
        rows = read_table(path)
    except (InputError, UsageError):
        return True
    if not rows:
        return False
    header = rows[0][1]
    if "decision" not in header:
        return True
    column = header.index("decision")
    return any(len(cells) > column and cells[column] for _, cells in rows[1:])

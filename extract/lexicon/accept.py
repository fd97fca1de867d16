"""The decisions of a person on a table of suggestions, taken into the user's lexicon folder."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import InputError, LexiconError
from extract.lexicon import Problem, Row
from extract.lexicon.dangers import dangerous
from extract.lexicon.folder import UserFolder, clean_form
from extract.lexicon.tables import read_table
from extract.model import ENTITY_LABELS, SUBTYPES
from extract.write import plain

YES = frozenset(["yes", "y", "예", "네", "o", "ㅇ", "○", "1", "true"])
NO = frozenset(["no", "n", "아니오", "아니요", "x", "×", "✕", "0", "false"])
_NEEDED = ("decision", "label", "name")


@dataclass
class Taken:
    """What became of a table's rows. With an error among the ``problems``, nothing was written.

    ``rows`` are the new rows of names.
    """

    folder: Path
    added: Counter[str] = field(default_factory=Counter)
    blocked: int = 0
    there: int = 0
    merged: int = 0
    undecided: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """The number of errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    def error(self, where: str, problem: str, remedy: str) -> None:
        """Notes an error."""
        self.problems.append(Problem("error", where, problem, remedy))

    def summary(self) -> str:
        """The counts in one line."""
        kinds = ", ".join(f"{label} {count:,}" for label, count in sorted(self.added.items()))
        parts = [f"{sum(self.added.values()):,} added" + (f" ({kinds})" if kinds else "")]
        parts += [
            f"{count:,} {what}"
            for count, what in (
                (self.blocked, "blocked"),
                (self.there, "there already"),
                (self.merged, "merged with a row above"),
                (self.refused, "refused"),
                (self.undecided, "undecided"),
            )
            if count
        ]
        return f"{self.folder}: {', '.join(parts)}"


def accept(file: str | Path, folder: str | Path) -> Taken:
    """Takes rows decided *yes* into the file of their label.

    Rows decided *no* go into ``block.csv`` where a rule tags the name, so that it is tagged no more, else into
    ``refused.csv``, so that ``suggest`` does not offer the word again. What the folder has already is left as it
    is, so that a second time changes nothing. Rows without a decision are skipped. Decisions: yes y 예 네 o 1 and
    no n 아니오 x 0.

    Raises:
        UsageError: when there is no such file, or the folder cannot be written.
        InputError: when the file is no table of suggestions.
        LexiconError: when the folder's rows do not load.
    """
    rows = read_table(file)
    header = rows[0][1] if rows else []
    lacking = [column for column in _NEEDED if column not in header]
    if lacking:
        raise InputError(
            f"the column {lacking[0]!r} is missing",
            where=f"{file}:{rows[0][0] if rows else 1}",
            remedy="give the table that extract lexicon suggest wrote",
        )
    own = UserFolder(Path(folder))
    decided = []
    for line, cells in rows[1:]:
        values = dict.fromkeys(header, "")
        values.update((key, plain(cell)) for key, cell in zip(header, cells, strict=False))
        decided.append((f"{file}:{line}", values))
    done = take_decisions(decided, own)
    if not done.failed:
        if done.added or done.blocked or done.refused:
            own.save()
        done.problems += dangerous(done.rows)
    return done


def take_decisions(rows: Iterable[tuple[str, Mapping[str, str]]], own: UserFolder) -> Taken:
    """Lets the decided rows of a table of suggestions wait in ``own``; nothing is saved.

    Args:
        rows: where each row stands, and its cells by column.
        own: the user's folder.
    """
    done = Taken(own.folder)
    for where, values in rows:
        row = _decide(values, where, own, done)
        if row is not None:
            done.rows.append(row)
    return done


def _decide(values: Mapping[str, str], where: str, own: UserFolder, done: Taken) -> Row | None:
    """One row: lets it wait in ``own`` or counts why not; returns the new row of a name."""
    decision = unicodedata.normalize("NFKC", values["decision"]).strip().casefold()
    if not decision:
        done.undecided += 1
        return None
    if decision not in YES and decision not in NO:
        done.error(where, f"unknown decision {values['decision']!r}", "write yes, no or nothing")
        return None
    untagged = decision in NO and not values.get("rule")
    label = None if untagged else _label(values.get("label", ""), own)
    if label is None and not untagged:
        remedy = f"use one of: {', '.join(ENTITY_LABELS)}"
        said = f"unknown label {values['label']!r}" if values.get("label") else "no label"
        done.error(where, said, remedy)
        return None
    try:
        name = clean_form(values.get("name", ""))
    except LexiconError as error:
        done.error(where, error.problem, error.remedy)
        return None
    aliases = _aliases(values.get("aliases", ""), where, done)
    if label is None:
        done.refused += _put_away(own, done, "refused", "", [name, *aliases])
        return None
    if decision in NO:
        done.blocked += _put_away(own, done, "block", label, [name, *aliases])
        return None
    subtype = values.get("subtype", "")
    if subtype and subtype not in SUBTYPES[label]:
        known = SUBTYPES[label]
        remedy = f"use one of: {', '.join(known)}" if known else "leave the subtype empty"
        done.error(where, f"{label} has no subtype {subtype!r}", remedy)
        return None
    row = own.take(label, name, aliases, {"subtype": subtype, "source": "accepted"}, where=where)
    if row is None:
        done.there += 1
        return None
    done.added[label] += 1
    return row


def _label(cell: str, own: UserFolder) -> str | None:
    """A label as the contract writes it, from any case or its Korean name in ``types.yaml``."""
    if cell.upper() in ENTITY_LABELS:
        return cell.upper()
    labels = own.lexicon.types.get("labels") or {}
    return next((label for label in ENTITY_LABELS if cell and labels.get(label, {}).get("ko") == cell), None)


def _aliases(cell: str, where: str, done: Taken) -> list[str]:
    found = []
    for part in filter(str.strip, cell.split("|")):
        try:
            found.append(clean_form(part))
        except LexiconError as error:
            done.problems.append(Problem("warning", where, error.problem, "the alias is left out"))
    return found


def _put_away(own: UserFolder, done: Taken, file: str, label: str, forms: list[str]) -> int:
    """Lets the forms that are new wait for ``block.csv`` or ``refused.csv``; returns how many there are."""
    free = [form for form in dict.fromkeys(forms) if not own.claimed(file + label, form)]
    if not free:
        done.there += 1
        return 0
    values = {"id": own.new_id(free[0], f"my-{file}-"), "name": free[0], "aliases": "|".join(free[1:])}
    own.put(file, {**values, **({"label": label} if label else {}), "source": "accepted"})
    return len(free)

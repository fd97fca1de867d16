"""One name into the user's lexicon folder: ``extract lexicon add``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import LexiconError, UsageError
from extract.lexicon import Problem, Row
from extract.lexicon.folder import UserFolder, clean_form, file_of
from extract.lexicon.matcher import squeeze
from extract.lexicon.schema import GUARDS
from extract.model import SUBTYPES


@dataclass(frozen=True)
class Added:
    """What :func:`add` wrote: the file, the line of the new row, its cells, and what to know about it."""

    path: Path
    line: int
    row: dict[str, str]
    notices: tuple[str, ...]


def add(
    folder: str | Path,
    name: str,
    label: str,
    *,
    subtype: str | None = None,
    aliases: Sequence[str] = (),
    guard: str = "",
    id: str | None = None,
    note: str | None = None,
) -> Added:
    """Appends a name to the file of its label in the user's ``folder``, which is made where there is none.

    Raises:
        UsageError: when label, subtype, guard or id are none, or the folder cannot be written.
        LexiconError: when a row of the folder has the name already, or the folder does not load with it.
    """
    label = label.upper()
    if label not in ("PERSON", "CITY", "PLACE", "ORG"):
        raise UsageError(f"unknown label {label!r}", where="--label", remedy="use PERSON, CITY, PLACE or ORG")
    check_subtype(label, subtype)
    if guard not in GUARDS:
        raise UsageError(
            f"unknown guard {guard!r}",
            where="--guard",
            remedy=f"use one of: {', '.join(filter(None, GUARDS))}",
        )
    forms = list(dict.fromkeys(clean_form(form) for form in (name, *aliases)))
    own = UserFolder(Path(folder))
    for form in forms:
        where = own.claimed(label, form)
        if where is not None:
            raise LexiconError(
                f"{form!r} is a {label} there already", where=where, remedy="change that row instead"
            )
    file = file_of(label, subtype)
    replaced = next((row for row in own.shipped if row.file == file and row.id == id), None)
    if id is not None and (not id.strip() or id.startswith("#") or (id in own.ids and replaced is None)):
        raise LexiconError(
            f"the id {id!r} is taken" if id in own.ids else f"{id!r} is no id",
            where="--id",
            remedy="leave --id out to get one",
        )
    values = {
        "id": id or own.new_id(forms[0]),
        "name": forms[0],
        "aliases": "|".join(forms[1:]),
        "subtype": subtype or "",
        "guard": guard,
        "source": "added",
        "note": note or "",
    }
    notices = _notices(own, forms, label, replaced)
    own.put(file, values)
    line = own.save()[file]
    path = own.folder / f"{file}.csv"
    row = Row(file, values["id"], forms[0], tuple(forms[1:]), label, subtype, guard, 50, f"{path}:{line}", ())
    from extract.lexicon.dangers import dangerous

    return Added(path, line, values, (*notices, *(_short(problem) for problem in dangerous([row]))))


def check_subtype(label: str, subtype: str | None, where: str = "--subtype") -> None:
    """Whether a label has the subtype.

    Raises:
        UsageError: when it has not.
    """
    if subtype and subtype not in SUBTYPES[label]:
        remedy = f"use one of: {', '.join(SUBTYPES[label])}" if SUBTYPES[label] else "leave it out"
        raise UsageError(f"{label} has no subtype {subtype!r}", where=where, remedy=remedy)


def _short(problem: Problem) -> str:
    return f"{problem.problem}; {problem.remedy}"


def _notices(own: UserFolder, forms: Sequence[str], label: str, replaced: Row | None) -> list[str]:
    """What the rows that have a form already mean for the new one."""
    said: list[str] = []
    if replaced is not None:
        said.append(f"replaces the shipped row {replaced.id} ({replaced.name}), all of it")
    keys = {squeeze(form): form for form in forms}
    for row in (*own.shipped, *own.own):
        if row is replaced:
            continue
        shared = [keys[key] for key in dict.fromkeys(squeeze(f) for f, _ in row.guarded_forms) if key in keys]
        if not shared:
            continue
        who = f"{', '.join(repr(form) for form in shared)} also names {row.id} ({row.name}, {row.label})"
        if row.label == label:
            said.append(f"{who}: yours is taken from now on (--id {row.id} would replace that row)")
        elif "ORG" in (row.label, label) and "PERSON" not in (row.label, label):
            said.append(f"{who}: a place or a body by its role in the sentence")
        else:
            said.append(f"{who}: yours is taken from now on")
    return said

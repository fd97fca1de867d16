"""A user's lexicon folder on disk: rows are appended to its CSV files, and kept only if all of it still loads.

What stands in a file stays as it is: encoding, byte-order mark, line ends, columns, comments and rows.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from extract.errors import LexiconError, UsageError
from extract.lexicon import Lexicon, Problem, Row, load_lexicon, shipped_folder
from extract.lexicon.load import read_rows_of
from extract.lexicon.matcher import squeeze
from extract.lexicon.schema import FILES
from extract.lexicon.user_table import UserTable

NAME_FILES = ("people", "organisations", "cities", "places", "countries")
"""The files whose rows are names."""
NOT_NAMES = ("block", "refused")
"""The files of words that a person said are no names: never tagged, and never suggested again."""
MAX_FORM = 200
"""Longest name or alias, in code points."""


def file_of(label: str, subtype: str | None = None) -> str:
    """The lexicon file that holds names of a label.

    Raises:
        LexiconError: when there is none.
    """
    files = {"PERSON": "people", "CITY": "cities", "PLACE": "places", "ORG": "organisations"}
    if label not in files:
        raise LexiconError(f"unknown label {label!r}", remedy=f"use one of: {', '.join(files)}")
    return "countries" if (label, subtype) == ("PLACE", "country") else files[label]


def clean_form(form: str) -> str:
    """A name or alias as a lexicon holds it: NFC, single spaces.

    Raises:
        LexiconError: when it can stand in no row, or could never be found.
    """
    cleaned = " ".join(unicodedata.normalize("NFC", form).split())
    length = len(squeeze(cleaned))
    if length == 0:
        raise LexiconError(
            "an empty name" if not cleaned else f"{form!r} has no letters", remedy="write a name"
        )
    if length == 1:
        raise LexiconError(f"{cleaned!r} is one character and never tagged", remedy="write a longer name")
    if len(cleaned) > MAX_FORM:
        raise LexiconError(f"a name of {len(cleaned)} characters", remedy=f"keep names under {MAX_FORM}")
    if "|" in cleaned or cleaned.startswith("#"):
        raise LexiconError(f"{cleaned!r} holds a sign of the file's own", remedy="write it without | and #")
    return cleaned


class Shipped(NamedTuple):
    """The shipped lexicon, its rows of names, and the ids that it uses: what every user's folder stands on."""

    lexicon: Lexicon
    rows: tuple[Row, ...]
    ids: frozenset[str]

    @classmethod
    def load(cls) -> Shipped:
        """Reads it, in about half a second."""
        lexicon = load_lexicon()
        rows = tuple(row for file in NAME_FILES for row in lexicon.rows(file))
        return cls(lexicon, rows, frozenset(row.id for file in FILES for row in lexicon.rows(file)))


class UserFolder:
    """A user's folder with the rows that it holds; new and changed rows wait until :meth:`save`.

    Raises:
        UsageError: when the folder is a file, or the shipped one.
        LexiconError: when what it holds already does not load.
    """

    def __init__(self, folder: Path, shipped: Shipped | None = None) -> None:
        self.folder = folder
        if folder.exists() and not folder.is_dir():
            raise UsageError("a file, not a folder", where=str(folder), remedy="give a folder for your rows")
        if folder.resolve() == shipped_folder().resolve():
            raise UsageError(
                "the folder of the shipped lexicons", where=str(folder), remedy="give a folder of your own"
            )
        below = shipped or Shipped.load()
        self.lexicon = below.lexicon
        self.shipped = list(below.rows)
        self.own: list[Row] = []
        self.ids = set(below.ids)
        self._forms: dict[tuple[str, str], str] = {}
        self._waiting: dict[str, list[dict[str, str]]] = {}
        self._changes: dict[str, list[tuple[str, Mapping[str, str] | None]]] = {}
        for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
            for row in read_rows(path):
                self.ids.add(row.id)
                if row.file in NAME_FILES:
                    self.own.append(row)
                    self._claim(row.label or "", (form for form, _ in row.guarded_forms), row.where)
                elif row.file in NOT_NAMES:
                    self._claim(row.file + (row.label or ""), row.forms, row.where)
        replaced = {(row.file, row.id) for row in self.own}
        self.shipped = [row for row in self.shipped if (row.file, row.id) not in replaced]

    def _claim(self, label: str, forms: Iterable[str], where: str) -> None:
        for form in forms:
            if form:
                self._forms.setdefault((label, squeeze(form)), where)

    def claimed(self, label: str, form: str) -> str | None:
        """Where a row of this folder (saved or waiting) has the form under the label: ``file:line``."""
        return self._forms.get((label, squeeze(form)))

    def new_id(self, name: str, prefix: str = "my-") -> str:
        """A readable id that no row has: ``my-새빛나루재단``, ``my-새빛나루재단-2``."""
        stem = prefix + (re.sub(r"[^\w]+", "-", name).strip("-") or "row")
        found, number = stem, 1
        while found in self.ids:
            number += 1
            found = f"{stem}-{number}"
        return found

    def put(self, file: str, values: Mapping[str, str]) -> None:
        """Lets a row wait for :meth:`save`; its forms and id count as taken from now on."""
        waiting = self._waiting.setdefault(file, [])
        waiting.append(dict(values))
        self.ids.add(values["id"])
        label = values.get("label") or FILES[file].default_label or ""
        forms = [values["name"], *values.get("aliases", "").split("|")]
        where = f"{self.folder / file}.csv (new row {len(waiting)})"
        self._claim((file if file in NOT_NAMES else "") + label, filter(None, forms), where)

    def change(self, row: Row, values: Mapping[str, str] | None) -> None:
        """Lets other cells of one of the folder's own rows wait for :meth:`save`; ``None`` takes the row out."""
        self._changes.setdefault(row.file, []).append((row.id, values))
        for key in [key for key, where in self._forms.items() if where == row.where]:
            del self._forms[key]
        if values is not None:
            now = {"name": row.name, "aliases": "|".join(row.aliases), **values}
            forms = [now["name"], *now["aliases"].split("|")]
            self._claim((row.file if row.file in NOT_NAMES else "") + (row.label or ""), forms, row.where)

    def take(
        self, label: str, name: str, aliases: Sequence[str], values: Mapping[str, str], where: str = ""
    ) -> Row | None:
        """Lets a name wait under an id of its own, without the aliases that another row of the folder has.

        Args:
            label: PERSON, CITY, PLACE or ORG.
            name: as :func:`clean_form` gives it, like the aliases.
            aliases: further forms.
            values: further cells by column.
            where: what the new row names as its origin.

        Returns:
            The new row, or ``None`` when the folder has the name under this label.
        """
        if self.claimed(label, name):
            return None
        free = dict.fromkeys(alias for alias in aliases if alias != name and not self.claimed(label, alias))
        subtype = values.get("subtype") or None
        file = file_of(label, subtype)
        cells = {
            **values,
            "id": values.get("id") or self.new_id(name),
            "name": name,
            "aliases": "|".join(free),
        }
        self.put(file, cells)
        guard = values.get("guard", "")
        return Row(file, cells["id"], name, tuple(free), label, subtype, guard, 50, where)

    def save(self) -> dict[str, int]:
        """Writes the waiting rows; returns the line of the first new row for each file.

        The files with the new rows are loaded first, elsewhere; nothing is touched unless all of them load.

        Raises:
            LexiconError: when a row is not as the schema says; the files are as before.
            UsageError: when the folder cannot be written.
        """
        try:
            contents, lines = self.planned()
            self.folder.mkdir(parents=True, exist_ok=True)
            write_all(contents)
        except OSError as error:
            raise UsageError(
                f"cannot be written: {error.strerror or error}",
                where=str(self.folder),
                remedy="give a folder that you may write, and close the file in other programs",
            ) from None
        self._waiting, self._changes = {}, {}
        return lines

    def planned(self) -> tuple[dict[Path, bytes], dict[str, int]]:
        """What :meth:`save` would write: the bytes of each file, and the line of the first new row in it.

        Raises:
            LexiconError: as :meth:`save`.
        """
        tables = {file: UserTable(self.folder / f"{file}.csv") for file in {**self._changes, **self._waiting}}
        for file, changes in self._changes.items():
            for id_, values in changes:
                tables[file].replace(id_, values)
        lines = {file: tables[file].append(rows) for file, rows in self._waiting.items()}
        contents = {table.path: table.encoded() for table in tables.values()}
        self._try(contents)
        return contents, lines

    def _try(self, contents: Mapping[Path, bytes]) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            for path, data in contents.items():
                trial = Path(scratch) / path.name
                trial.write_bytes(data)
                try:
                    read_rows(trial)
                except LexiconError as error:
                    where = error.where.replace(str(trial), str(path), 1)
                    raise LexiconError(error.problem, where=where, remedy=error.remedy) from None


def read_rows(path: Path) -> list[Row]:
    """The rows of one file, checked as the loader checks them.

    Raises:
        LexiconError: when the file is no lexicon file, or one of its rows is not as the schema says.
    """
    schema = FILES.get(path.stem)
    if schema is None:
        known = ", ".join(sorted(FILES))
        raise LexiconError("not a lexicon file", where=str(path), remedy=f"name it one of: {known}")
    problems: list[Problem] = []
    rows: dict[str, Row] = {}
    for row in read_rows_of(path, schema, problems, hashlib.sha256()):
        if row.id in rows:
            said = f"the id {row.id!r} stands twice in this file"
            raise LexiconError(said, where=row.where, remedy="give it its own id")
        rows[row.id] = row
    for problem in problems:
        raise LexiconError(problem.problem, where=problem.where, remedy=problem.remedy)
    return list(rows.values())


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Writes files in one go: all under temporary names beside their places first, then renamed.

    Raises:
        OSError: when one cannot be written; none is renamed then.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for path, data in contents.items():
            place = Path(os.path.realpath(path))
            part = place.with_name(f".{place.name}.{os.getpid()}.part")
            parts.append((part, place))
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if place.exists():
                shutil.copymode(place, part)
        for part, place in parts:
            part.replace(place)
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)

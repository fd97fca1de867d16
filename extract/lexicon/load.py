"""Reads lexicon folders (CSV rows, YAML rules) into one :class:`Lexicon`; nothing is half loaded.

Folders are layered: the shipped ``lexicons/`` first, then each folder given by the user. A later row
with the same ``id`` replaces an earlier one; rows of ``block.csv`` add up.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from extract.errors import LexiconError
from extract.lexicon.cache import fetch, store
from extract.lexicon.gazetteer import Gazetteer, compile_rows
from extract.lexicon.numbers import NUMBER, NUMBERS
from extract.lexicon.rows import Row
from extract.lexicon.schema import FILES, RULE_FILES, FileSchema

_FORMAT = 1  # of the compiled lexicon
_COMMON = frozenset({"id", "name", "aliases", "label", "subtype", "guard", "priority"})
MAX_CELL = 100_000
"""Longest cell of a lexicon file, in code points."""


@dataclass(frozen=True)
class Problem:
    """A finding of the checks: ``severity`` is ``error`` or ``warning``."""

    severity: str
    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.problem}; {self.remedy}"


@dataclass(frozen=True)
class Lexicon:
    """All rows and rules of the layered folders, and a fingerprint of their content.

    The rows that can be mentions stand in the ``gazetteer``, which finds them by form or id without
    reading them all; the others, a few hundred each, in ``tables``.
    """

    folders: tuple[Path, ...]
    tables: dict[str, tuple[Row, ...]]
    rule_blocks: dict[str, tuple[dict[str, Any], ...]]
    settings: dict[str, Any]
    types: dict[str, Any]
    fingerprint: str
    gazetteer: Gazetteer

    def rows(self, file: str) -> tuple[Row, ...]:
        """Rows of one lexicon file (``titles``, ``cities``, …), overlays applied, in load order.

        For the files of the gazetteer this decodes every row: use it for listings only.
        """
        return self.tables[file] if file in self.tables else self.gazetteer.rows(file)

    @cached_property
    def particles(self) -> frozenset[str]:
        """All forms of ``particles.csv``."""
        return frozenset(form for row in self.rows("particles") for form in row.forms)

    def rules(self, file: str) -> tuple[dict[str, Any], ...]:
        """Rule blocks of ``rules/<file>.yaml``, overlays applied, in load order."""
        return self.rule_blocks.get(file, ())


def shipped_folder() -> Path:
    """The folder of the shipped lexicons, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_lexicons"
    return inside if inside.is_dir() else package.parent / "lexicons"


def load_lexicon(folders: Sequence[str | Path] = (), rules: Sequence[str | Path] = ()) -> Lexicon:
    """The shipped lexicons with the user's ``folders`` laid over them, and extra ``rules`` folders.

    Raises:
        LexiconError: on the first row or rule that is not as its schema says.
    """
    key = _digest_of([shipped_folder(), *map(Path, folders)], list(map(Path, rules)))
    cached = fetch(key)
    if cached is None:
        lexicon, problems = collect(folders, rules)
        for problem in problems:
            if problem.severity == "error":
                raise LexiconError(problem.problem, where=problem.where, remedy=problem.remedy)
        small: dict[str, Any] = {
            "folders": lexicon.folders,
            "tables": {name: lexicon.rows(name) for name, schema in FILES.items() if not schema.taggable},
            "rule_blocks": lexicon.rule_blocks,
            "settings": lexicon.settings,
            "types": lexicon.types,
            "fingerprint": lexicon.fingerprint,
        }
        store(key, small, lexicon.gazetteer.compiled())
        cached = fetch(key)
        if cached is None:
            return lexicon
    small, parts = cached
    return Lexicon(**small, gazetteer=Gazetteer(parts))


def _digest_of(layers: Sequence[Path], rules: Sequence[Path]) -> str:
    """A digest of every file that is read, of where it stands, and of the program that compiles it."""
    digest = hashlib.sha256(f"{_FORMAT} {sys.version_info[:2]} {layers} {rules}".encode())
    here = Path(__file__).parent
    sources = [here / name for name in ("load.py", "schema.py", "rows.py", "gazetteer.py", "matcher.py")]
    folders = [*layers, *(layer / "rules" for layer in layers), *rules]
    found = [path for folder in folders for end in ("*.csv", "*.yaml") for path in sorted(folder.glob(end))]
    for path in [*sources, *found]:
        digest.update(f"\0{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def collect(
    folders: Sequence[str | Path] = (), rules: Sequence[str | Path] = ()
) -> tuple[Lexicon, list[Problem]]:
    """Like :func:`load_lexicon`, but gathers every problem instead of raising the first."""
    collecting = gc.isenabled()
    gc.disable()  # a million rows make no garbage, but the collector would look for it again and again
    try:
        return _collect([shipped_folder(), *map(Path, folders)], list(map(Path, rules)))
    finally:
        if collecting:
            gc.enable()


def _collect(layers: list[Path], rules: list[Path]) -> tuple[Lexicon, list[Problem]]:
    rule_layers = [*[layer / "rules" for layer in layers], *rules]
    problems: list[Problem] = []
    digest = hashlib.sha256()
    tables: dict[str, dict[str, Row]] = {name: {} for name in FILES}
    blocks: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in RULE_FILES}
    for layer in layers:
        if not layer.is_dir():
            problems.append(Problem("error", str(layer), "no such lexicon folder", "give an existing folder"))
            continue
        for path in sorted(layer.glob("*.csv")):
            schema = FILES.get(path.stem)
            if schema is None:
                known = ", ".join(sorted(FILES))
                problems.append(Problem("error", str(path), "not a lexicon file", f"name it one of: {known}"))
                continue
            seen: set[str] = set()
            table = tables[path.stem]
            for row in read_rows_of(path, schema, problems, digest):
                if row.id in seen:
                    problems.append(
                        Problem(
                            "error",
                            row.where,
                            f"the id {row.id!r} stands twice in this file",
                            "give it its own id",
                        )
                    )
                    continue
                seen.add(row.id)
                table.pop(row.id, None)
                table[row.id] = row
    for folder in rule_layers:
        if not folder.is_dir():
            if folder.name != "rules":
                problems.append(
                    Problem("error", str(folder), "no such rules folder", "give an existing folder")
                )
            continue
        for path in sorted(folder.glob("*.yaml")):
            if path.stem not in RULE_FILES:
                known = ", ".join(RULE_FILES)
                problems.append(Problem("error", str(path), "not a rule file", f"name it one of: {known}"))
                continue
            for block in _read_rules(path, problems, digest):
                blocks[path.stem].pop(block["name"], None)
                blocks[path.stem][block["name"]] = block
    settings = _read_yaml(layers, "main.yaml", problems, digest)
    types = _read_yaml(layers, "types.yaml", problems, digest)
    rows = {name: tuple(found.values()) for name, found in tables.items()}
    whole = not any(problem.severity == "error" for problem in problems)
    names = {name: rows[name] if whole else () for name, schema in FILES.items() if schema.taggable}
    lexicon = Lexicon(
        folders=tuple(layers),
        tables=rows,
        rule_blocks={name: tuple(found.values()) for name, found in blocks.items()},
        settings=settings,
        types=types,
        fingerprint=digest.hexdigest()[:16],
        gazetteer=Gazetteer(compile_rows(names)),
    )
    return lexicon, problems


def decode(data: bytes, where: str) -> str:
    """A lexicon file as people save it: UTF-8 with or without BOM, else CP949 as Excel writes it.

    Raises:
        LexiconError: when it is neither.
    """
    furthest = 0
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = data.count(b"\n", 0, furthest) + 1
    raise LexiconError(
        "neither UTF-8 nor CP949", where=f"{where}:{line}", remedy="save the file as CSV UTF-8"
    )


def read_rows_of(path: Path, schema: FileSchema, problems: list[Problem], digest: Any) -> Iterator[Row]:
    """The rows of one CSV file in order; what is wrong with it goes to ``problems``, its bytes to ``digest``."""
    data = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + data)
    try:
        text = unicodedata.normalize("NFC", decode(data, str(path)))
    except LexiconError as error:
        problems.append(Problem("error", error.where, error.problem, error.remedy))
        return
    csv.field_size_limit(max(csv.field_size_limit(), 64 * 1024 * 1024))
    reader = csv.reader(io.StringIO(text, newline=""))
    header: list[str] | None = None
    last = 0
    try:
        for cells in reader:
            where = f"{path}:{last + 1}"
            lines, last = reader.line_num - last, reader.line_num
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                bad = _check_header(header, schema, where)
                problems.extend(bad)
                if bad:
                    return
                continue
            try:
                if lines > 1:
                    _check_lines(dict(zip(header, cells, strict=False)), where)
                yield _row(dict(zip(header, cells, strict=False)), len(cells) - len(header), schema, where)
            except LexiconError as error:
                problems.append(Problem("error", where, error.problem, error.remedy))
    except csv.Error as error:
        problems.append(Problem("error", f"{path}:{last + 1}", f"broken CSV: {error}", "mend the line"))


def _check_header(header: list[str], schema: FileSchema, where: str) -> list[Problem]:
    found = []
    for column in header:
        if column not in schema.columns:
            remedy = f"use: {', '.join(schema.columns)}"
            found.append(Problem("error", where, f"unknown column {column!r}", remedy))
    found.extend(
        Problem("error", where, f"the column {column!r} is missing", "add it to the first line")
        for column in schema.required
        if column not in header
    )
    return found


def _check_lines(cells: dict[str, str], where: str) -> None:
    """A cell of several lines is well in ``note``, but in a name it is a quotation mark left open.

    Raises:
        LexiconError: when the id, the name or the aliases hold a line break.
    """
    for column in ("id", "name", "aliases"):
        if "\n" in cells.get(column, "").strip():
            problem = f"the cell {column!r} holds a line break"
            raise LexiconError(problem, where=where, remedy="close the quotation mark, or write on one line")


def _row(cells: dict[str, str], surplus: int, schema: FileSchema, where: str) -> Row:
    """One row; ``surplus`` cells stand beyond the last column.

    Raises:
        LexiconError: when a cell is missing, unknown or too long.
    """
    if surplus > 0:
        raise LexiconError(
            f"{surplus} more cells than columns", where=where, remedy="quote cells that hold a comma"
        )
    values = {key: value.strip() for key, value in cells.items()}
    if max(map(len, values.values())) > MAX_CELL:
        key, value = max(values.items(), key=lambda cell: len(cell[1]))
        problem = f"the cell {key!r} holds {len(value)} characters"
        raise LexiconError(problem, where=where, remedy=f"keep cells under {MAX_CELL}")
    for column in schema.required:
        if not values.get(column):
            raise LexiconError(f"no {column}", where=where, remedy=f"fill in the column {column!r}")
    for column, allowed in schema.choices.items():
        value = values.get(column, "")
        if value and value not in allowed:
            raise LexiconError(
                f"unknown {column} {value!r}",
                where=where,
                remedy=f"use one of: {', '.join(a for a in allowed if a)}",
            )
    priority = values.get("priority") or "50"
    if not priority.isascii() or not priority.isdigit():
        raise LexiconError(
            f"the priority {priority!r} is no whole number", where=where, remedy="use 0 to 100"
        )
    for column in NUMBERS:
        if values.get(column) and not NUMBER.fullmatch(values[column]):
            problem = f"the {column} {values[column]!r} is no number"
            raise LexiconError(problem, where=where, remedy="write digits without commas, or leave it empty")
    listed = values.get("aliases")
    aliases = dict.fromkeys(alias.strip() for alias in listed.split("|")) if listed else {}
    return Row(
        file=schema.name,
        id=values["id"],
        name=values["name"],
        aliases=tuple(a for a in aliases if a and a != values["name"]),
        label=values.get("label") or schema.default_label,
        subtype=values.get("subtype") or None,
        guard=values.get("guard", ""),
        priority=int(priority),
        where=where,
        values=tuple((key, value) for key, value in values.items() if value and key not in _COMMON),
    )


def _read_rules(path: Path, problems: list[Problem], digest: Any) -> Iterable[dict[str, Any]]:
    loaded = _load_yaml(path, problems, digest)
    if loaded is None:
        return
    if not isinstance(loaded, list):
        problems.append(
            Problem("error", str(path), "not a list of rules", "begin each rule with '- name: …'")
        )
        return
    names: set[str] = set()
    for number, block in enumerate(loaded, 1):
        where = f"{path}: rule {number}"
        if not isinstance(block, dict) or not isinstance(block.get("name"), str):
            problems.append(Problem("error", where, "a rule without a name", "add 'name: …'"))
        elif block["name"] in names:
            problems.append(Problem("error", where, f"the rule {block['name']!r} stands twice", "rename one"))
        else:
            names.add(block["name"])
            yield {**block, "where": f"{path}: {block['name']}"}


def _read_yaml(layers: Sequence[Path], name: str, problems: list[Problem], digest: Any) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for layer in layers:
        path = layer / name
        if path.is_file():
            loaded = _load_yaml(path, problems, digest)
            if isinstance(loaded, dict):
                merged.update(loaded)
            elif loaded is not None:
                problems.append(Problem("error", str(path), "not a mapping", "write 'key: value' lines"))
    return merged


def _load_yaml(path: Path, problems: list[Problem], digest: Any) -> Any:
    data = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + data)
    try:
        return yaml.load(decode(data, str(path)), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or "broken YAML"
        problems.append(Problem("error", f"{path}{line}", what, "mend the YAML"))
        return None

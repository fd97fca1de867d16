"""The CSV files in CP949, the encoding of old Korean spreadsheets, with an account of what does not fit it.

A character that CP949 lacks becomes ``□``, one for one, so that offsets hold; which ones, where and how often stands
in ``not_in_cp949.csv`` (UTF-8) and, in short, in a warning. JSON lines stay UTF-8 and have every character.
"""

from __future__ import annotations

import csv
import json
import unicodedata
import warnings
from collections import Counter
from pathlib import Path

from extract.errors import ExtractWarning
from extract.model import TABLES
from extract.write.cells import guarded
from extract.write.formats import NOT_IN_CP949, PACKAGE_FILE
from extract.write.stored import csv_encoding

REPLACEMENT = "□"
_NAMED = 6
_Places = Counter[tuple[str, str, str]]


def make(folder: Path) -> list[str]:
    """CP949 as a step of a run: rewrites the CSV files of the folder; the name of the account, if there is one."""
    missing: _Places = Counter()
    first: dict[tuple[str, str, str], int] = {}
    if csv_encoding(folder) == "cp949":
        return []
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        if path.is_file():
            _recode(path, table.name, missing, first)
    package = json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["encoding"] = "cp949"
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / PACKAGE_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
    if not missing:
        return []
    _account(folder / NOT_IN_CP949, missing, first)
    warnings.warn(_told(missing), ExtractWarning, stacklevel=2)
    return [NOT_IN_CP949]


def _recode(path: Path, table: str, missing: _Places, first: dict[tuple[str, str, str], int]) -> None:
    beside = path.with_name(f".{path.name}.part")
    with (
        path.open(encoding="utf-8-sig", newline="") as source,
        beside.open("w", encoding="cp949", newline="") as target,
    ):
        reader, writer = csv.reader(source), csv.writer(target, lineterminator="\r\n")
        header = next(reader)
        writer.writerow(header)
        for number, row in enumerate(reader, 2):
            for at, cell in enumerate(row):
                try:
                    cell.encode("cp949")
                except UnicodeEncodeError:
                    row[at] = _fitting(cell, (table, header[at]), number, missing, first)
            writer.writerow(row)
    beside.replace(path)


def _fitting(
    cell: str, place: tuple[str, str], number: int, missing: _Places, first: dict[tuple[str, str, str], int]
) -> str:
    kept = []
    for character in cell:
        try:
            character.encode("cp949")
            kept.append(character)
        except UnicodeEncodeError:
            key = (place[0], place[1], character)
            missing[key] += 1
            first.setdefault(key, number)
            kept.append(REPLACEMENT)
    return "".join(kept)


def _account(path: Path, missing: _Places, first: dict[tuple[str, str, str], int]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(("table", "column", "character", "code", "name", "count", "first_row"))
        for table, column, character in sorted(missing):
            code = f"U+{ord(character):04X}"
            name = unicodedata.name(character, "")
            key = (table, column, character)
            writer.writerow([table, column, guarded(character), code, name, missing[key], first[key]])


def _told(missing: _Places) -> str:
    by_character: Counter[str] = Counter()
    for (_, _, character), count in missing.items():
        by_character[character] += count
    ranked = sorted(by_character.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(
        f"{character} U+{ord(character):04X} ×{count:,}" for character, count in ranked[:_NAMED]
    )
    more = f" and {len(ranked) - _NAMED} more" if len(ranked) > _NAMED else ""
    return (
        f"characters that CP949 lacks stand as {REPLACEMENT} ({by_character.total():,} in all): {shown}{more}; "
        f"{NOT_IN_CP949} says where, and articles.jsonl has them"
    )

"""``tables.xlsx``: every table of an output folder as a sheet of one workbook, for people with a spreadsheet.

Rows are streamed, so memory does not grow with them but for the ids that links need. What a sheet cannot hold has
a place all the same: rows beyond :data:`MAX_ROWS` go on in a sheet ``mentions (2)``, numbers with more digits than a
spreadsheet keeps stand as text, a cell beyond :data:`MAX_CHARS` is cut with a mark, listed on the first sheet and told
in a warning, and links beyond :data:`MAX_LINKS` of a sheet are plain text, said on the first sheet.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extract.errors import ExtractWarning
from extract.model import Table
from extract.write.cells import BROKEN_BAR, SEPARATOR
from extract.write.folder import unwritable
from extract.write.guide import GUIDE, write_guide
from extract.write.stored import Stored

WORKBOOK_FILE = "tables.xlsx"
MAX_ROWS = 1_048_576
"""Rows of a sheet, the header among them (Excel's limit)."""
MAX_CHARS = 32_767
"""UTF-16 units of a cell (Excel's limit)."""
MAX_LINKS = 65_530
"""Links of a sheet (Excel's limit)."""
MAX_DIGITS = 15
"""Digits that a number of a spreadsheet keeps."""
CUT = "… [잘림]"

_DATES = frozenset({"date", "date_start", "date_end", "start", "end"})
"""Columns of text that hold a date or a time where it is fully known."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDTHS = (8, 60)
_SAMPLE = 200
_UNLINKED = frozenset({"sentence_id"})
_EITHER = {"object_id": ("entities", "mentions")}
"""Columns that refer to a row of one table or the other."""


@dataclass
class Written:
    """What the first sheet tells of a table."""

    table: Table
    rows: int = 0
    sheets: list[str] = field(default_factory=list)
    unlinked: int = 0
    cut: list[tuple[str, int, str]] = field(default_factory=list)
    """Sheet, row (from 1) and column of every cell that was cut."""


def make(folder: Path) -> list[str]:
    """The workbook as a format of a run: the name of what it wrote into the folder."""
    return [write_workbook(folder).name]


def write_workbook(folder: str | Path) -> Path:
    """Writes ``tables.xlsx`` into an output folder; the same tables give the same bytes.

    Raises:
        UsageError: the folder holds no tables, or cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxFileError

    stored = Stored(folder)
    path = Path(folder) / WORKBOOK_FILE
    beside = path.with_name(f".{WORKBOOK_FILE}.part")
    try:
        with TemporaryDirectory(prefix="extract-xlsx-") as rows_on_disk:
            book = Workbook(str(beside), {"constant_memory": True, "tmpdir": rows_on_disk})
            book.set_properties({"title": "추출 결과", "created": datetime.datetime(2000, 1, 1)})
            guide = book.add_worksheet(GUIDE)
            rows = _row_numbers(stored)
            found = [_Sheets(book, table, rows).write(stored.rows(table.name)) for table in stored.tables]
            write_guide(book, guide, found)
            book.close()
        beside.replace(path)
    except (OSError, XlsxFileError) as error:
        beside.unlink(missing_ok=True)
        cause = error if isinstance(error, OSError) else OSError(str(error))
        raise unwritable(path, cause) from None
    n_cut = sum(len(one.cut) for one in found)
    if n_cut:
        warnings.warn(
            f"{n_cut:,} cells of {WORKBOOK_FILE} are cut at {MAX_CHARS:,} characters (its first sheet names them); "
            "the CSV and JSONL files have them whole",
            ExtractWarning,
            stacklevel=2,
        )
    return path


def _row_numbers(stored: Stored) -> dict[str, dict[str, int]]:
    """For the tables that others refer to, the place of each id: 0 for the first row below the header."""
    numbers: dict[str, dict[str, int]] = {}
    for table in stored.tables:
        if table.name in ("articles", "entities", "mentions"):
            key = str(table.primary_key)
            numbers[table.name] = {row[key]: at for at, row in enumerate(stored.rows(table.name))}
    return numbers


class _Sheets:
    """A table in one sheet, or in several when one cannot hold it."""

    def __init__(self, book: Any, table: Table, numbers: dict[str, dict[str, int]]) -> None:
        self._book = book
        self._columns = [column.name for column in table.columns]
        self._dated = {
            column.name
            for column in table.columns
            if column.metadata["type"] == "date"
            or (column.metadata["type"] == "string" and column.name in _DATES)
        }
        keys: dict[str, tuple[str, ...]] = {
            key.column: (key.table,) for key in table.foreign_keys if key.column not in _UNLINKED
        }
        keys |= {name: tables for name, tables in _EITHER.items() if name in self._columns}
        self._links = {
            name: [(target, numbers[target]) for target in targets if target in numbers]
            for name, targets in keys.items()
            if table.name != "tokens"
        }
        self._header = _format(book, bold=True, bg_color="#E8ECF2", bottom=1)
        self._day = _format(book, num_format="yyyy-mm-dd", align="left")
        self._time = _format(book, num_format="yyyy-mm-dd hh:mm:ss", align="left")
        self._link = book.get_default_url_format()
        self._written = Written(table)
        self._n_links = 0

    def write(self, rows: Iterator[dict[str, Any]]) -> Written:
        while True:
            here = list(islice(rows, min(_SAMPLE, MAX_ROWS - 1)))
            if not here and self._written.sheets:
                return self._written
            self._sheet(here, islice(rows, MAX_ROWS - 1 - len(here)))

    def _sheet(self, sample: list[dict[str, Any]], rest: Iterator[dict[str, Any]]) -> None:
        written = self._written
        name = sheet_name(written.table.name, len(written.sheets))
        sheet = self._book.add_worksheet(name)
        written.sheets.append(name)
        self._n_links = 0
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, _width(column, [row[column] for row in sample]))
            sheet.write_string(0, at, column, self._header)
        number = 0
        for rows in (sample, rest):
            for row in rows:
                number += 1
                for at, column in enumerate(self._columns):
                    self._cell(sheet, number, at, column, row[column])
        sheet.autofilter(0, 0, max(number, 1), len(self._columns) - 1)
        written.rows += number

    def _cell(self, sheet: Any, row: int, at: int, column: str, value: Any) -> None:
        if value is None or value == []:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, (int, float)):
            if _kept(value):
                sheet.write_number(row, at, value)
            else:
                sheet.write_string(row, at, str(value))
        elif column in self._dated and (moment := _moment(value)):
            sheet.write_datetime(row, at, moment, self._day if len(value) == 10 else self._time)
        elif column in self._links and (goal := self._goal(column, value)):
            sheet.write_url(row, at, goal, self._link, value)
            self._n_links += 1
        else:
            sheet.write_string(row, at, self._text(value, row, column))

    def _goal(self, column: str, value: str) -> str | None:
        for table, numbers in self._links[column]:
            if value in numbers:
                if self._n_links >= MAX_LINKS:
                    self._written.unlinked += 1
                    return None
                part, number = divmod(numbers[value], MAX_ROWS - 1)
                return f"internal:'{sheet_name(table, part)}'!A{number + 2}"
        return None

    def _text(self, value: Any, row: int, column: str) -> str:
        if isinstance(value, list):
            value = SEPARATOR.join(str(item).replace(SEPARATOR, BROKEN_BAR) for item in value)
        text = _NOT_XML.sub("\ufffd", str(value))
        if len(text) * 2 > MAX_CHARS and _units(text) > MAX_CHARS:
            self._written.cut.append((self._written.sheets[-1], row + 1, column))
            room = MAX_CHARS - len(CUT)
            text = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + CUT
        return text


def sheet_name(table: str, part: int) -> str:
    """The name of the sheet with a table's rows, ``part`` 0 for the first one."""
    return table if part == 0 else f"{table} ({part + 1})"


def _format(book: Any, **settings: Any) -> Any:
    return book.add_format(settings)


def _kept(value: int | float) -> bool:
    digits = str(abs(value)).replace(".", "").strip("0")
    return "e" in digits or len(digits) <= MAX_DIGITS


def _moment(text: str) -> datetime.datetime | None:
    """A full date or time of the years that a spreadsheet knows."""
    if not (_DAY.fullmatch(text) or _TIME.fullmatch(text)):
        return None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.year > 1900 else None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _width(name: str, values: list[Any]) -> float:
    shown = max((_columns(str(value)) for value in values if value is not None), default=0)
    return min(max(shown + 2, _columns(name) + 4, _WIDTHS[0]), _WIDTHS[1])


def _columns(text: str) -> int:
    """The width of a text in a spreadsheet: a Hangul syllable takes as much as two digits."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text[:100])

"""Tables that people save from a spreadsheet: CSV in its usual encodings and separators, and XLSX."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import InputError, LexiconError, UsageError
from extract.lexicon.load import decode

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_CELL = 64 * 1024 * 1024


def read_table(path: str | Path, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    """The rows of a table that are not blank: the 1-based line (of a sheet: row) and the cells, trimmed.

    CSV may be UTF-8 with or without BOM, CP949 or UTF-16 with BOM, with commas, semicolons or tabs.

    Raises:
        UsageError: when there is no such file or sheet.
        InputError: when the file is no table.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError("no such file", where=str(path), remedy="give a CSV or XLSX table")
    ending = path.suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        rows = _workbook(path, sheet)
    elif ending in (".xls", ".ods", ".hwp", ".hwpx", ".numbers"):
        raise InputError(f"{ending} is not read", where=str(path), remedy="save it as CSV or XLSX")
    elif sheet is not None:
        raise UsageError("a CSV file has no sheets", where="--sheet", remedy="leave --sheet out")
    else:
        rows = _csv(path)
    return [(line, cells) for line, cells in rows if any(cells)]


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16) else decode(data, str(path))
    except (LexiconError, UnicodeDecodeError):
        raise InputError("neither UTF-8 nor CP949", where=str(path), remedy="save it as CSV UTF-8") from None
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_CELL))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"broken CSV: {error}", where=f"{path}:{line}", remedy="mend the line") from None


def _workbook(path: Path, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # zip, XML and openpyxl each raise their own kinds
        raise InputError(
            f"no XLSX workbook ({type(error).__name__})", where=str(path), remedy="save it as XLSX or CSV"
        ) from None
    try:
        if sheet is not None and sheet not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise UsageError(f"no sheet {sheet!r}", where=str(path), remedy=f"use one of: {known}")
        chosen: Any = book[sheet] if sheet is not None else book.worksheets[0]
        chosen.reset_dimensions()
        for number, values in enumerate(chosen.iter_rows(values_only=True), 1):
            yield number, [_text(value) for value in values]
    finally:
        book.close()


def _text(value: object) -> str:
    """A cell's value as it is shown: whole numbers without a point, dates without midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()

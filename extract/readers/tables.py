"""CSV, TSV and XLSX: a row is an article, its text in one column."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.errors import InputError
from extract.readers.decode import decode
from extract.readers.limits import too_large
from extract.readers.package import Package, damaged
from extract.readers.parts import Failure, Reading, Text
from extract.readers.records import columns_of, lines_of, names_text, record

_SAMPLE = 20
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"sep=(.)\n")
"""The line by which spreadsheet programs tell the delimiter."""


def read_csv(data: bytes, reading: Reading) -> Iterator[Text | Failure]:
    """Rows of a CSV or TSV whose first row (below a title, if it has one) names the columns; ``position`` counts
    the rows below it from 0.

    Raises:
        InputError: slug ``no-text-column``, ``unknown-column``, ``too-large``, ``damaged``, or those of decoding.
    """
    text = decode(data)
    named = _SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    top = text.split("\n", _SAMPLE)[:_SAMPLE]
    head = next((line for line in top if any(mark in line for mark in _DELIMITERS)), "")
    delimiter = (
        named[1] if named else max(_DELIMITERS, key=lambda mark: (head.count(mark), -_DELIMITERS.index(mark)))
    )
    lines = _Lines(_bounded(lines_of(text), delimiter, reading))
    before = csv.field_size_limit(reading.limits.cell_chars)
    try:
        rows = csv.reader(lines, delimiter=delimiter, strict=False)
        yield from _rows(_told(rows, lines, reading), reading)
    finally:
        csv.field_size_limit(before)


def _bounded(lines: Iterable[str], delimiter: str, reading: Reading) -> Iterator[str]:
    """Lines, none of which could be more cells than memory holds."""
    most = 1000 * reading.limits.columns
    for line in lines:
        if len(line) > most and line.count(delimiter) > most:
            raise too_large("a row has too many cells", "columns", reading.limits.columns)
        yield line


class _Lines:
    """Lines that know when they have come to their end."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            return next(self.lines)
        except StopIteration:
            self.ended = True
            raise


def _told(rows: Iterable[list[str]], lines: _Lines, reading: Reading) -> Iterator[list[str]]:
    try:
        for row in rows:
            if lines.ended:  # the reader looked for more lines: a quotation mark is open
                raise damaged("the table", f"a quotation that begins at {row[-1][:30]!r} is never closed")
            yield row
    except csv.Error as error:
        if "field larger" in str(error):
            limit = reading.limits.cell_chars
            raise too_large(f"a cell holds more than {limit:,} characters", "cell_chars", limit) from None
        raise damaged("the table", error) from None


def read_xlsx(data: bytes, reading: Reading) -> Iterator[Text | Failure]:
    """Rows of the first sheet that has a column of texts; values as last computed, no formula is run.

    Raises:
        InputError: slug ``no-text-column``, ``unknown-column``, ``too-large`` or ``damaged``.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    package = Package(data, reading)
    for name in package.names:  # openpyxl trusts the sizes the file states
        tags = package.read(name).count(b"<")
        if tags > 4 * reading.limits.xml_elements:
            raise too_large(f"{name[:60]} has {tags:,} tags", "xml_elements", reading.limits.xml_elements)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise damaged("the workbook", error) from None
    problem: InputError | None = None
    for sheet in book.worksheets:
        try:
            yield from _rows(_cells(sheet), reading)
            return
        except InputError as error:
            if error.slug not in ("no-text-column", "unknown-column", "empty-file"):
                raise
            problem = problem or error
    raise problem or InputError("the workbook has no sheet", remedy="give one with texts", slug="empty-file")


def _cells(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in row]
    except (KeyError, ValueError, TypeError, IndexError, SyntaxError) as error:
        raise damaged("the workbook", error) from None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _rows(rows: Iterator[list[str]], reading: Reading) -> Iterator[Text | Failure]:
    limits = reading.limits
    rows = itertools.dropwhile(lambda row: not any(cell.strip() for cell in row), rows)
    above, rows = _sample(rows)  # titles and notes may stand above the names
    if not above:
        next(rows, None)  # what ended them early, if anything did
        raise InputError("the table is empty", remedy="give one with texts", slug="empty-file")
    head = next((i for i, row in enumerate(above) if names_text(_named(row), reading.columns)), 0)
    names = _named(above[head])
    first = above[head + 1 :]
    if len(names) > limits.columns:
        raise too_large(f"the table has {len(names):,} columns", "columns", limits.columns)
    columns = columns_of(names, [dict(zip(names, row, strict=False)) for row in first], reading.columns)
    for position, row in enumerate(itertools.chain(first, rows)):
        if position >= limits.rows:
            raise too_large("the table has more rows", "rows", limits.rows)
        if any(cell.strip() for cell in row):
            yield record(dict(zip(names, row, strict=False)), columns, position, limits)


def _sample(rows: Iterator[list[str]]) -> tuple[list[list[str]], Iterator[list[str]]]:
    """The first rows, and the others; what ends the first ones early is raised when the others are asked for."""
    found: list[list[str]] = []
    try:
        found.extend(itertools.islice(rows, _SAMPLE))
    except InputError as error:
        return found, _raising(error)
    return found, rows


def _raising(error: InputError) -> Iterator[list[str]]:
    yield from ()
    raise error


def _named(names: Sequence[str]) -> list[str]:
    """Trimmed names; a name that is empty or stands twice gets the column's number."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        name = name.strip().lstrip("\ufeff")
        found.append(name if name and name not in found else f"{name}#{number}")
    while found and found[-1].startswith("#"):
        found.pop()
    return found

"""Values as CSV cells and as JSON, the same for every table.

A cell that a spreadsheet would run as a formula gets a leading apostrophe. Nothing is lost by it:
:func:`plain` takes exactly the apostrophe off that :func:`guarded` put on.
"""

from __future__ import annotations

import re
from decimal import Decimal
from operator import attrgetter
from typing import Any

from extract.model import TABLES

SEPARATOR = "|"
"""Joins the items of a list in one cell."""
BROKEN_BAR = "¦"
"""Stands for a ``|`` inside an item of a list in a cell; JSONL keeps the true one."""

_COLUMNS = {table.row: tuple(column.name for column in table.columns) for table in TABLES}
_VALUES = {row: attrgetter(*names) for row, names in _COLUMNS.items()}
_RUNS = re.compile(r"[\s']*[=+\-@＝＋－＠]|'*[\t\r\n]")


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs as a formula.

    >>> guarded("=HYPERLINK(1)"), guarded("- 항목"), guarded("서울시")
    ("'=HYPERLINK(1)", "'- 항목", '서울시')
    """
    return f"'{text}" if _RUNS.match(text) else text


def plain(cell: str) -> str:
    """The text that :func:`guarded` made ``cell`` from."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell[1:]) else cell


def cell(value: Any) -> str:
    """One value as the text of a CSV cell: ``None`` empty, numbers plain, booleans ``true``/``false``.

    Raises:
        TypeError: for a value that no column holds.
        ValueError: for a number that is not finite.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return guarded(SEPARATOR.join(item.replace(SEPARATOR, BROKEN_BAR) for item in value))
    raise TypeError(f"a {type(value).__name__} is no value of a cell")


def number(value: float) -> str:
    """A finite float in plain decimal digits, without exponent.

    >>> number(1e21), number(0.00001), number(62.8)
    ('1000000000000000000000', '0.00001', '62.8')
    """
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("a number of a table is finite")
    return format(Decimal(repr(value)), "f")


def cells(row: Any) -> list[str]:
    """A row as CSV cells."""
    return [
        # most values are words, and no formula begins with a letter or digit
        value if type(value) is str and value[:1].isalnum() else cell(value)
        for value in _VALUES[type(row)](row)
    ]


def record(row: Any) -> dict[str, Any]:
    """A row as a JSON object: numbers as numbers, lists as lists."""
    kind = type(row)
    return dict(zip(_COLUMNS[kind], _VALUES[kind](row), strict=True))

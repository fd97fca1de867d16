"""``extract query``: SQL over the tables of an output."""

from __future__ import annotations

import csv
import datetime
import json
import math
import sys
from decimal import Decimal
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.console import say
from extract.errors import UsageError
from extract.write.cells import SEPARATOR, guarded, number

if TYPE_CHECKING:
    from extract.query import Answer

_SHOWN = 200  # rows on a terminal


class Shape(str, Enum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def command(
    outputs: Annotated[Path, typer.Argument(help="Output folder of a run.", show_default=False)],
    sql: Annotated[
        str | None, typer.Argument(help="One query, in quotation marks; - for standard input.")
    ] = None,
    format_: Annotated[
        Shape | None,
        typer.Option("--format", help="How to write the answer; a table on a terminal, else csv."),
    ] = None,
    tables: Annotated[bool, typer.Option("--tables", help="List the tables and their columns.")] = False,
) -> None:
    """Ask the tables of a run in SQL.

    For example: extract query outputs "select label, count(*) from mentions group by label"
    """
    from extract.query import Answer, Database, type_of

    if not tables and not sql:
        raise UsageError("no query", where="extract query", remedy="give one in quotation marks, or --tables")
    shape = format_ or (Shape.TABLE if sys.stdout.isatty() else Shape.CSV)
    with Database(outputs) as database:
        if tables:
            rows = [
                (table.name, column.name, type_of(column), column.metadata["en"])
                for table in database.tables
                for column in table.columns
            ]
            _write(Answer(("table", "column", "type", "description"), iter(rows)), shape, shown=len(rows))
            return
        text = sys.stdin.read() if sql == "-" else sql or ""
        _write(database.query(text), shape, shown=_SHOWN)


def _write(answer: Answer, shape: Shape, shown: int) -> None:
    if shape is Shape.CSV:
        _csv(answer)
    elif shape is Shape.JSON:
        _json(answer)
    else:
        _table(answer, shown)


def _csv(answer: Answer) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([guarded(_cell(value)) if _is_text(value) else _cell(value) for value in row])


def _json(answer: Answer) -> None:
    """A JSON array, an object on each line."""
    lead = "["
    for row in answer.rows:
        item = json.dumps(_plain(dict(zip(answer.columns, row, strict=True))), ensure_ascii=False)
        sys.stdout.write(f"{lead}\n{item}")
        lead = ","
    sys.stdout.write("[]\n" if lead == "[" else "\n]\n")


def _table(answer: Answer, shown: int) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    rows = list(islice(answer.rows, shown))
    table = RichTable(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(answer.columns):
        values = [row[place] for row in rows if row[place] is not None]
        numeric = bool(values) and all(isinstance(value, (int, float, Decimal)) for value in values)
        table.add_column(name, overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    Console(highlight=False).print(table)
    more = sum(1 for _ in answer.rows)
    if more:
        say(f"the first {shown} of {shown + more:,} rows; all of them with --format csv or json")


def _is_text(value: Any) -> bool:
    return isinstance(value, (str, list, tuple, dict))


def _cell(value: Any) -> str:
    """A value as the text of a cell, as in the tables of a run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isfinite(value):
        return number(value)
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return SEPARATOR.join(value)
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(_plain(value))


def _plain(value: Any) -> Any:
    """A value as JSON has it; what is no finite number is nothing."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)

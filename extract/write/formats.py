"""The formats of a run's output: one row of :data:`TABLE_OF_FORMATS` each.

A format is added with a module of its own and a row here. There are two kinds:

- a **writer** takes the run while it goes on, article by article, and keeps nothing in memory. It is a class of the
  shape of :class:`Writer`, named by ``writer="module:Class"`` and made with ``Class(output)``;
- a **maker** reads the finished folder, when all writers are closed: a function named by ``maker="module:function"``,
  called with the folder. It returns the names of the files that it wrote there, and names in ``needs`` the formats
  that it reads; these are written too.

Both write below the folder that they are given, which lies beside the output's place until it is complete, and
list in ``files`` every name they may use, so that a later run knows the files as its own. A module is imported
only when its format is asked for, so its libraries may be heavy or an extra.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from extract.errors import UsageError
from extract.model import TABLES, Entity, ErrorRow, Table

if TYPE_CHECKING:
    from extract.write.lines import Line

PACKAGE_FILE = "datapackage.json"
NOT_IN_CP949 = "not_in_cp949.csv"


@dataclass(frozen=True)
class Output:
    """What a writer is made with.

    Attributes:
        folder: where it writes.
        tables: the tables of this run in the order of the contract.
        formats: all formats that the run writes.
    """

    folder: Path
    tables: tuple[Table, ...]
    formats: tuple[str, ...]


class Writer(Protocol):
    """A format that takes the results one by one, in the order of the inputs."""

    def __init__(self, output: Output) -> None: ...

    def article(self, line: Line) -> None:
        """Takes an article: ``line.result`` holds its rows, ``line.data`` its line of ``articles.jsonl``."""

    def error(self, row: ErrorRow) -> None:
        """Takes an input or article that failed."""

    def close(self, entities: Iterable[Entity]) -> list[str]:
        """Takes the entities of the whole run, completes the files and returns their names."""

    def abandon(self) -> None:
        """Lets go of open files when the run ends without being complete."""


@dataclass(frozen=True)
class Format:
    """A format that ``--format`` knows.

    Attributes:
        name: as the user writes it.
        what: what it is, in a few words.
        files: all names that it may write, of files and of folders.
        writer: ``module:Class`` of a :class:`Writer`, or empty.
        maker: ``module:function`` that makes the format from the finished folder, or empty.
        needs: formats that the maker reads.
        tabular: whether it holds every table of the run by itself.
    """

    name: str
    what: str
    files: tuple[str, ...]
    writer: str = ""
    maker: str = ""
    needs: tuple[str, ...] = ()
    tabular: bool = False

    def opened(self, output: Output) -> Writer:
        """The writer at work on ``output``."""
        return cast(Writer, _object(self.writer)(output))

    def make(self, folder: Path) -> list[str]:
        """Writes the format from the finished folder; the names of its files."""
        return list(cast(Callable[[Path], Sequence[str]], _object(self.maker))(folder))


def _object(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


TABLE_OF_FORMATS: tuple[Format, ...] = (
    Format(
        "csv",
        "a CSV file for each table, with datapackage.json",
        (*(f"{table.name}.csv" for table in TABLES), PACKAGE_FILE),
        writer="extract.write.csv_tables:CsvTables",
        tabular=True,
    ),
    Format(
        "jsonl",
        "articles.jsonl with everything about an article on one line",
        ("articles.jsonl", "entities.jsonl", "errors.jsonl"),
        writer="extract.write.lines:JsonLines",
    ),
    Format(
        "report",
        "report.html, a page to look at the results and the texts behind them",
        ("report.html", "report_data"),
        maker="extract.write.report:make",
        needs=("csv", "jsonl"),
    ),
    Format(
        "xlsx",
        "tables.xlsx, a workbook with a sheet for each table",
        ("tables.xlsx",),
        maker="extract.write.workbook:make",
        needs=("csv",),
    ),
    Format(
        "parquet",
        "a Parquet file for each table (needs: pip install 'extract-ko[parquet]')",
        tuple(f"{table.name}.parquet" for table in TABLES),
        maker="extract.write.parquet:make",
        needs=("csv",),
    ),
    Format(  # the last one: the others read the files as they were
        "csv-cp949",
        "the CSV files in CP949 for old spreadsheets",
        (NOT_IN_CP949,),
        maker="extract.write.encoding:make",
        needs=("csv",),
    ),
)

DEFAULT_FORMATS = ("csv", "jsonl", "report")


def format_names() -> tuple[str, ...]:
    """The names that ``--format`` takes, in the order of the table."""
    return tuple(format_.name for format_ in TABLE_OF_FORMATS)


def chosen_formats(names: Sequence[str]) -> tuple[Format, ...]:
    """The formats of these names and those that they need, each once, in the order of the table.

    Raises:
        UsageError: one is not known, or none is given.
    """
    known = {format_.name: format_ for format_ in TABLE_OF_FORMATS}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        problem = f"unknown format {unknown[0]!r}" if unknown else "no format given"
        raise UsageError(problem, remedy=f"use: {', '.join(known)}", slug="unknown-format")
    wanted = set(names)
    for name in names:
        wanted.update(known[name].needs)
    return tuple(format_ for format_ in TABLE_OF_FORMATS if format_.name in wanted)


def own_files() -> frozenset[str]:
    """Every name that some format writes."""
    return frozenset(name for format_ in TABLE_OF_FORMATS for name in format_.files)

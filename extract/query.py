"""SQL over the tables of an output, by DuckDB, which reads the files as they lie there.

Nothing is imported or copied: each table is a view over its Parquet, CSV or JSONL files, whichever the run wrote.
Only queries are run, and they reach no file outside the output.
"""

from __future__ import annotations

import glob
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import UsageError
from extract.model import TABLES, Table
from extract.write.cells import SEPARATOR
from extract.write.stored import LISTS, csv_encoding

if TYPE_CHECKING:
    import duckdb

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_GUARDED = r"^'([\s\p{Z}\x0b\x1c-\x1f\x{85}']*[=+\-@＝＋－＠]|'*[\t\r\n])"
"""A cell with the apostrophe of :func:`extract.write.cells.guarded` before it."""
_OBJECT_BYTES = 128_000_000  # longest line of articles.jsonl
_ROWS = 1_000  # fetched at a time


@dataclass(frozen=True)
class Answer:
    """What a query gives: names of columns, and rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@dataclass
class Database:
    """The tables of an output folder, to be asked.

    >>> with Database("outputs") as database:  # doctest: +SKIP
    ...     for row in database.query("select label, count(*) from mentions group by label").rows:
    ...         print(row)

    Args:
        folder: an output of a run, of any format that holds tables.

    Raises:
        UsageError: DuckDB is not installed (slug ``missing-library``), or the folder holds no tables.
    """

    folder: str | Path
    tables: list[Table] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="extract-")
        self._files = Path(self.folder).resolve()
        if glob.has_magic(str(self._files)):  # DuckDB takes brackets, stars and question marks for patterns
            link = Path(self._scratch.name, "output")
            link.symlink_to(self._files, target_is_directory=True)
            self._files = link
        try:
            self._connection = self._opened()
        except BaseException:
            self._scratch.cleanup()
            raise

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files."""
        self._connection.close()
        self._scratch.cleanup()

    def query(self, sql: str) -> Answer:
        """The answer to one query (``select``, ``with``, ``from``, ``describe``, ``summarize``, ``show tables``).

        Raises:
            UsageError: it is no query or no SQL; ``where`` tells line and column, from 1 (slug ``sql``).
        """
        import duckdb

        try:
            statements = self._connection.extract_statements(sql)
            if len(statements) != 1:
                found = "more than one" if statements else "no"
                raise UsageError(f"{found} statement", where="SQL", remedy="give one query", slug="sql")
            if statements[0].type != duckdb.StatementType.SELECT:
                raise UsageError(
                    f"it is no query: {statements[0].type.name.replace('_', ' ').lower()} statement",
                    where="SQL",
                    remedy="only queries are run: select, with, from, describe, summarize",
                    slug="sql",
                )
            cursor = self._connection.execute(statements[0])
            columns = tuple(column[0] for column in cursor.description or ())
            return Answer(columns, self._rows(cursor, sql))
        except duckdb.Error as error:
            raise self._explained(error, sql) from None

    def _rows(self, cursor: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
        import duckdb

        try:
            while rows := cursor.fetchmany(_ROWS):
                yield from rows
        except duckdb.Error as error:
            raise self._explained(error, sql) from None

    def _opened(self) -> duckdb.DuckDBPyConnection:
        try:
            import duckdb
        except ImportError:
            raise UsageError(
                "SQL needs the library duckdb",
                where="extract query",
                remedy="install it: pip install 'extract-ko[query]'",
                slug="missing-library",
            ) from None
        views = {table: view for table in TABLES if (view := self._view(table)) is not None}
        if not views:
            problem = "holds no tables" if self._files.is_dir() else "no such folder"
            remedy = "give the output folder of: extract run INPUT…"
            raise UsageError(problem, where=str(self.folder), remedy=remedy)
        self.tables = list(views)
        connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "python_enable_replacements": "false",
                "temp_directory": str(Path(self._scratch.name, "spill")),
                "errors_as_json": "true",
            },
        )
        reachable = [str(self._files), self._scratch.name]
        connection.execute(f"SET allowed_directories = [{', '.join(map(_text, reachable))}]")
        connection.execute("SET enable_external_access = false")
        try:
            for table, view in views.items():
                connection.execute(f"CREATE VIEW {table.name} AS {view}")
        except duckdb.Error as error:
            connection.close()
            raise self._unreadable(_said(error)) from None
        connection.execute("SET lock_configuration = true")
        return connection

    def _view(self, table: Table) -> str | None:
        """A query for all rows of a table; ``None`` where the run did not write it."""
        parquet = self._files / f"{table.name}.parquet"
        if parquet.is_file() or any(parquet.glob("*.parquet")):
            files = f"{parquet}/*.parquet" if parquet.is_dir() else str(parquet)
            return f"SELECT * FROM read_parquet({_text(files)})"
        cells = self._files / f"{table.name}.csv"
        if cells.is_file():
            return _of_csv(table, self._utf_8(cells))
        lines = self._files / f"{table.name}.jsonl"
        if lines.is_file():
            return _of_jsonl(table, lines)
        articles = self._files / "articles.jsonl"
        if articles.is_file() and table.name not in ("articles", "errors", "entities"):
            return _of_articles(table, articles)
        return None

    def _utf_8(self, path: Path) -> Path:
        """The CSV file, or a copy of it in UTF-8."""
        encoding = csv_encoding(path.parent)
        if encoding == "utf-8-sig":
            return path
        copy = Path(self._scratch.name, path.name)
        with (
            path.open(encoding=encoding, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            for line in source:
                target.write(line)
        return copy

    def _unreadable(self, said: dict[str, Any]) -> UsageError:
        problem = " ".join(said["exception_message"].split())[:200]
        remedy = "run extract run again"
        return UsageError(f"cannot be read as tables ({problem})", where=str(self.folder), remedy=remedy)

    def _explained(self, error: duckdb.Error, sql: str) -> UsageError:
        said = _said(error)
        where = "SQL"
        if said.get("exception_type") in ("IO", "Invalid Input") and "position" not in said:
            return self._unreadable(said)
        if str(said.get("position", "")).isdigit():
            before = sql.encode("utf-8")[: int(said["position"])].decode("utf-8", "replace")
            where = f"SQL line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
        problem, _, hint = said["exception_message"].partition("\n")
        remedy = "see: extract query OUTPUTS --tables"
        if said.get("type") == "Table" and "name" in said:
            problem = f"no table {said['name']!r}"
            remedy = f"there are: {', '.join(table.name for table in self.tables)}"
        elif hint.startswith("Candidate"):
            remedy = hint.replace("Candidate bindings", "did you mean").replace("\n", " ")
        elif said.get("exception_type") == "Permission":
            remedy = "queries read the files of the output alone"
        return UsageError(problem.rstrip("!. "), where=where, remedy=remedy, slug="sql")


def type_of(column: Any) -> str:
    """The SQL type of a column of :mod:`extract.model`."""
    return "VARCHAR[]" if column.name in LISTS else _TYPES[column.metadata["type"]]


def _of_csv(table: Table, path: Path) -> str:
    names = ", ".join(f"{_text(column.name)}: 'VARCHAR'" for column in table.columns)
    read = (
        f"read_csv({_text(str(path))}, columns = {{{names}}}, header = true, auto_detect = false, delim = ',', "
        "quote = '\"', escape = '\"', nullstr = '')"
    )
    return f"SELECT {', '.join(map(_cell, table.columns))} FROM {read}"


def _cell(column: Any) -> str:
    name = _name(column.name)
    kind = type_of(column)
    if kind not in ("VARCHAR", "VARCHAR[]"):
        return f"CAST({name} AS {kind}) AS {name}"
    plain = f"CASE WHEN regexp_matches({name}, {_text(_GUARDED)}) THEN substr({name}, 2) ELSE {name} END"
    if kind == "VARCHAR":
        return f"{plain} AS {name}"
    items = f"string_split({plain}, {_text(SEPARATOR)})"
    return f"CASE WHEN {name} IS NULL THEN [] ELSE {items} END AS {name}"


def _of_jsonl(table: Table, path: Path) -> str:
    columns = ", ".join(f"{_text(column.name)}: {_text(type_of(column))}" for column in table.columns)
    return f"SELECT * FROM {_json(path, columns)}"


def _of_articles(table: Table, path: Path) -> str:
    row = ", ".join(f"{_name(column.name)} {type_of(column)}" for column in table.columns)
    read = _json(path, f"{_text(table.name)}: {_text(f'STRUCT({row})[]')}")
    return f"SELECT unnest(row) FROM (SELECT unnest({_name(table.name)}) AS row FROM {read})"


def _json(path: Path, columns: str) -> str:
    return (
        f"read_json({_text(str(path))}, columns = {{{columns}}}, format = 'newline_delimited', "
        f"maximum_object_size = {_OBJECT_BYTES})"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return f'"{value}"'


def _said(error: duckdb.Error) -> dict[str, Any]:
    """What DuckDB says in its JSON errors; any other message as it is."""
    text = str(error)
    try:
        found = json.loads(text[text.index("{") :])
    except ValueError:
        return {"exception_message": text}
    return {"exception_message": text, **found} if isinstance(found, dict) else {"exception_message": text}

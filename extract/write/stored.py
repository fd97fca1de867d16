"""A finished output folder read back: typed rows of every table, and whole articles with their text.

What a run wrote is read from its CSV files, else from its JSONL files, else from Parquet, so that reports, workbooks and other
formats can be made from any output, at any time, without the program that produced it.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.model import TABLES, Table
from extract.write.cells import SEPARATOR, plain
from extract.write.formats import PACKAGE_FILE

LISTS = frozenset({"aliases", "host_ids", "participant_ids", "participants"})
"""Columns that hold a list: joined with ``|`` in a cell, a list in JSON."""
_BY_NAME = {table.name: table for table in TABLES}
_IN_ARTICLES = (
    "sentences",
    "tokens",
    "mentions",
    "entities",
    "dates",
    "figures",
    "relations",
    "events",
    "quotes",
)


class Stored:
    """The tables of an output folder.

    Raises:
        UsageError: when the folder does not exist or holds no tables.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.encoding = csv_encoding(self.folder)
        remedy = "give the output folder of: extract run INPUT…"
        if not self.folder.is_dir():
            raise UsageError("no such folder", where=str(folder), remedy=remedy)
        if not any(self._file("articles", ending).exists() for ending in ("csv", "jsonl", "parquet")):
            raise UsageError("holds no tables", where=str(folder), remedy=remedy)

    @property
    def tables(self) -> list[Table]:
        """The tables that are there, in the order of the contract."""
        return [table for table in TABLES if self._source(table.name) is not None]

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table: numbers as numbers, lists as lists, what is not known as ``None``.

        A table that the run did not write has no rows.

        Raises:
            UsageError: when the file is not what a run writes.
        """
        source = self._source(name)
        if source is None:
            return
        try:
            if source.suffix == ".csv":
                yield from self._csv(source, _BY_NAME[name])
            elif source.suffix == ".parquet":
                yield from _parquet(source, _BY_NAME[name])
            elif source.name == "articles.jsonl" and name in _IN_ARTICLES:
                for article in _lines(source):
                    yield from article.get(name, ())
            else:
                columns = [column.name for column in _BY_NAME[name].columns]
                for record in _lines(source):
                    yield {column: record[column] for column in columns}
        except (KeyError, ValueError, AttributeError, csv.Error) as error:
            raise self._unreadable(source, error) from None

    def articles(self) -> Iterator[dict[str, Any]]:
        """Each article as one line of ``articles.jsonl``.

        Where a run wrote CSV alone, the text is put together from the sentences; what stands between two of them
        (blanks and line ends) becomes a line end and blanks, so that all offsets hold.

        Raises:
            UsageError: as :meth:`rows`.
        """
        lines = self._file("articles", "jsonl")
        if lines.is_file():
            try:
                yield from _lines(lines)
            except ValueError as error:
                raise self._unreadable(lines, error) from None
            return
        names = [name for name in _IN_ARTICLES if name not in ("tokens", "entities")]
        grouped: dict[str, dict[str, list[dict[str, Any]]]] = {name: defaultdict(list) for name in names}
        for name in names:
            for row in self.rows(name):
                grouped[name][row["article_id"]].append(row)
        for article in self.rows("articles"):
            found = {name: grouped[name].get(article["article_id"], []) for name in names}
            yield {**article, "text": _text(article["n_chars"], found["sentences"]), **found}

    def _source(self, name: str) -> Path | None:
        table, lines = self._file(name, "csv"), self._file(name, "jsonl")
        if table.is_file():
            return table
        if lines.is_file():
            return lines
        articles = self._file("articles", "jsonl")
        if name in _IN_ARTICLES and name != "tokens" and articles.is_file():
            return articles
        parquet = self._file(name, "parquet")
        return parquet if parquet.exists() else None

    def _file(self, name: str, ending: str) -> Path:
        return self.folder / f"{name}.{ending}"

    def _csv(self, path: Path, table: Table) -> Iterator[dict[str, Any]]:
        kinds = [
            (column.name, _READ.get("list" if column.name in LISTS else column.metadata["type"], plain))
            for column in table.columns
        ]
        with path.open(encoding=self.encoding, newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name, _ in kinds if name not in (reader.fieldnames or ())]
            if missing:
                raise KeyError(f"no column {missing[0]}")
            for row in reader:
                yield {name: read(row[name]) if row[name] else _EMPTY.get(name) for name, read in kinds}

    def _unreadable(self, path: Path, error: Exception) -> UsageError:
        problem = f"{type(error).__name__}: {error}".replace("\n", " ")
        return UsageError(
            f"cannot be read as tables ({problem})", where=str(path), remedy="run extract run again"
        )


def _parquet(path: Path, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, or of a folder of parts in the order of their names."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UsageError(
            "Parquet needs the library pyarrow",
            where=str(path),
            remedy="install it: pip install 'extract-ko[parquet]'",
            slug="missing-library",
        ) from None
    dated = [column.name for column in table.columns if column.metadata["type"] == "date"]
    for part in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
        with ParquetFile(part) as file:
            for batch in file.iter_batches(columns=[column.name for column in table.columns]):
                for row in batch.to_pylist():
                    for name in dated:
                        row[name] = row[name].isoformat() if row[name] else None
                    yield row


def _number(text: str) -> int | float:
    number = float(text)
    return int(text) if text.lstrip("-").isdigit() else number


def _list(text: str) -> list[str]:
    return plain(text).split(SEPARATOR)


_READ: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": _number,
    "boolean": lambda text: text == "true",
    "list": _list,
}
_EMPTY: dict[str, Any] = {name: [] for name in LISTS}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _text(n_chars: int, sentences: list[dict[str, Any]]) -> str:
    parts: list[str] = []
    at = 0
    for sentence in sorted(sentences, key=lambda row: row["start"]):
        gap = sentence["start"] - at
        if gap < 0:
            continue
        parts += [("\n" + " " * (gap - 1)) if gap else "", sentence["text"] or ""]
        at = sentence["start"] + len(sentence["text"] or "")
    return "".join(parts).ljust(n_chars)


def csv_encoding(folder: Path) -> str:
    """The encoding of an output's CSV files, which its ``datapackage.json`` names: ``utf-8-sig`` or ``cp949``."""
    try:
        named = json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8"))["resources"][0]["encoding"]
    except (OSError, ValueError, LookupError, TypeError):
        named = "utf-8"
    return "cp949" if named == "cp949" else "utf-8-sig"

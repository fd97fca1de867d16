"""The tables as CSV: UTF-8 with BOM, RFC 4180 quoting, ``datapackage.json`` beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from extract.model import Entity, ErrorRow
from extract.write.cells import cells
from extract.write.formats import PACKAGE_FILE, Output
from extract.write.lines import PER_ARTICLE, Line
from extract.write.package import data_package


class CsvTables:
    """A :class:`~extract.write.formats.Writer` with one open file for each table."""

    def __init__(self, output: Output) -> None:
        self._folder = output.folder
        self._names = [table.name for table in output.tables]
        self._per_article = [name for name in PER_ARTICLE if name in self._names]
        self._files = ExitStack()
        self._tables: dict[str, Any] = {}
        for table in output.tables:
            path = output.folder / f"{table.name}.csv"
            file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
            self._tables[table.name] = csv.writer(self._files.enter_context(file), lineterminator="\r\n")
            self._tables[table.name].writerow([column.name for column in table.columns])

    def article(self, line: Line) -> None:
        """Takes the rows of an article."""
        result = line.result
        self._add("articles", (result.article,))
        for name in self._per_article:
            self._add(name, getattr(result, name))

    def error(self, row: ErrorRow) -> None:
        """Takes an input or article that failed."""
        self._add("errors", (row,))

    def _add(self, name: str, rows: Iterable[Any]) -> None:
        self._tables[name].writerows(map(cells, rows))

    def close(self, entities: Iterable[Entity]) -> list[str]:
        """Writes the entities and ``datapackage.json``."""
        self._add("entities", entities)
        self._files.close()
        text = json.dumps(data_package(self._names), ensure_ascii=False, indent=2)
        (self._folder / PACKAGE_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
        return [*(f"{name}.csv" for name in self._names), PACKAGE_FILE]

    def abandon(self) -> None:
        """Lets go of open files."""
        self._files.close()

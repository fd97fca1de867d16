"""An article with all its rows as one line of ``articles.jsonl``, and back.

The line is the one form in which results travel: from worker to writer, into the store of a run and out of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any, BinaryIO

from extract.model import TABLES, Article, ArticleResult, Entity, ErrorRow
from extract.write.cells import record
from extract.write.formats import TABLE_OF_FORMATS, Output

LISTS = ("sentences", "mentions", "entities", "dates", "figures", "relations", "events", "quotes")
"""Tables whose rows stand as lists in a line of ``articles.jsonl``."""
PER_ARTICLE = ("sentences", "tokens", "mentions", "dates", "figures", "relations", "events", "quotes")
"""Tables that hold the rows of one article after those of another."""

_ROWS = {table.name: table.row for table in TABLES}
_TUPLES = {
    table.name: [column.name for column in table.columns if str(column.type).startswith("tuple")]
    for table in TABLES
}
_COLUMNS = {table.name: [column.name for column in table.columns] for table in TABLES}


def to_json(result: ArticleResult, *, tokens: bool = False) -> dict[str, Any]:
    """One line of ``articles.jsonl``: the fields of ``articles``, ``text``, and the lists of rows."""
    line = record(result.article)
    line["text"] = result.text
    for name in (*LISTS, "tokens") if tokens else LISTS:
        line[name] = [record(row) for row in getattr(result, name)]
    return line


def from_json(line: dict[str, Any]) -> ArticleResult:
    """The result that :func:`to_json` made ``line`` from.

    Raises:
        KeyError, TypeError: when it did not.
    """
    article = Article(**{name: line[name] for name in _COLUMNS["articles"]})
    found: dict[str, tuple[Any, ...]] = {}
    for name in (*LISTS, "tokens"):
        rows, make, lists = line.get(name, ()), _ROWS[name], _TUPLES[name]
        for row in rows if lists else ():
            for column in lists:
                row[column] = tuple(row[column])
        found[name] = tuple(make(**row) for row in rows)
    return ArticleResult(article=article, text=line["text"], **found)


class Line:
    """An article as its line of ``articles.jsonl``, read when somebody asks for its rows.

    Attributes:
        data: the line in UTF-8 with its line end.
    """

    __slots__ = ("_result", "data")

    def __init__(self, data: bytes, result: ArticleResult | None = None) -> None:
        self.data = data
        self._result = result

    @classmethod
    def of(cls, result: ArticleResult, *, tokens: bool = False) -> Line:
        """The line of a result."""
        return cls(dumped(to_json(result, tokens=tokens)), result)

    @property
    def result(self) -> ArticleResult:
        """The rows."""
        if self._result is None:
            self._result = from_json(json.loads(self.data))
        return self._result


def dumped(value: Any) -> bytes:
    """A value as one line of JSON; half a surrogate pair, which UTF-8 cannot hold, becomes ``?``."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


class JsonLines:
    """A :class:`~extract.write.formats.Writer` of ``articles.jsonl``.

    Where no format holds all tables, the run's entities and errors are written as JSON lines, too.
    """

    def __init__(self, output: Output) -> None:
        tabular = {format_.name for format_ in TABLE_OF_FORMATS if format_.tabular}
        names = ["articles"] if tabular.intersection(output.formats) else ["articles", "entities", "errors"]
        self._open = ExitStack()
        self._files: dict[str, BinaryIO] = {}
        for name in names:
            file = (output.folder / f"{name}.jsonl").open("wb")
            self._files[name] = self._open.enter_context(file)

    def article(self, line: Line) -> None:
        """Takes the line of an article."""
        self._files["articles"].write(line.data)

    def error(self, row: ErrorRow) -> None:
        """Takes an input or article that failed."""
        self._add("errors", (row,))

    def _add(self, name: str, rows: Iterable[Any]) -> None:
        if name in self._files:
            self._files[name].writelines(dumped(record(row)) for row in rows)

    def close(self, entities: Iterable[Entity]) -> list[str]:
        """Writes the entities."""
        self._add("entities", entities)
        self._open.close()
        return [f"{name}.jsonl" for name in self._files]

    def abandon(self) -> None:
        """Lets go of open files."""
        self._open.close()

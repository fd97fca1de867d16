"""What a page asks for, read with suspicion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from extract.errors import UsageError
from extract.lexicon import Row
from extract.review.results import Results

MAX_TEXT = 500
"""Longest text in a decision, in code points."""
MAX_LIST = 200
NAMES = (
    *(
        "kind",
        "scope",
        "article",
        "mention",
        "relation",
        "start",
        "end",
        "entity",
        "entities",
        "into",
        "forms",
    ),
    *("name", "aliases", "label", "subtype", "guard", "before", "after", "decision", "rule"),
)
"""All that a decision may say; anything else is left out."""


class Asked:
    """A decision as it was sent.

    Attributes:
        data: for the journal; what a mention or relation was is added to it.
        rows: new rows of names, to be looked at for what is dangerous in them.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = {name: data[name] for name in NAMES if name in data}
        self.rows: list[Row] = []

    def text(self, name: str, default: str | None = None) -> str:
        """A short text.

        Raises:
            UsageError: when it is missing, none, or too long.
        """
        value = self.data.get(name, default)
        if value is None and default is not None:
            value = default
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise UsageError(f"no text {name!r}", remedy="load the page again")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise UsageError(f"half a character in {name!r}", remedy="select whole characters") from None
        return value

    def texts(self, name: str) -> list[str]:
        """A list of short texts; empty when it is missing.

        Raises:
            UsageError: when it is none.
        """
        values = self.data.get(name) or []
        if not isinstance(values, list) or len(values) > MAX_LIST:
            raise UsageError(f"no list {name!r}", remedy="load the page again")
        return [Asked({name: value}).text(name) for value in values]

    def span(self, length: int) -> tuple[int, int]:
        """``start`` and ``end`` in code points.

        Raises:
            UsageError: when they do not lie in a text of ``length``.
        """
        start, end = self.data.get("start"), self.data.get("end")
        whole = type(start) is int and type(end) is int
        if not whole or not 0 <= start < end <= length:  # type: ignore[operator]
            raise UsageError("no place in the text", remedy="select some words of the text")
        return start, end  # type: ignore[return-value]

    def stretch(self, text: str) -> str:
        """The words between ``start`` and ``end``."""
        start, end = self.span(len(text))
        return text[start:end]

    def mention(self, results: Results) -> tuple[dict[str, Any], dict[str, Any]]:
        """The article and the mention that are meant; its place and label are noted.

        Raises:
            UsageError: when there is none.
        """
        article, mention = self._of(results, "mentions", "mention_id", "mention")
        self.data["was"] = {name: mention[name] for name in ("start", "end", "text", "label")}
        return article, mention

    def relation(self, results: Results) -> tuple[dict[str, Any], dict[str, Any]]:
        """The article and the relation that are meant.

        Raises:
            UsageError: when there is none.
        """
        article, relation = self._of(results, "relations", "relation_id", "relation")
        self.data["was"] = {name: relation[name] for name in ("subject", "predicate", "object")}
        return article, relation

    def notice(self, rows: Iterable[Row]) -> None:
        """Keeps new rows of names."""
        self.rows += rows

    def _of(self, results: Results, table: str, key: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        article = results.article(self.text("article"))
        id_ = self.text(name)
        row = next((row for row in article[table] if row[key] == id_), None)
        if row is None:
            raise UsageError(f"no such {name}", where=id_[:40], remedy="load the page again")
        return article, row

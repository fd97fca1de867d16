"""The results of a run as a person looks through them: an index of ``articles.jsonl``, read article by article."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import InputError, UsageError
from extract.write.stored import Stored

KEPT = 30
"""So many articles are remembered for each entity, to show where it stands."""
PAGE = 50
"""Rows of one answer."""
_REMEDY = "run again: extract run INPUT… --format csv,jsonl"


@dataclass(slots=True)
class Head:
    """What a list shows of an article; ``offset`` and ``size`` are bytes in ``articles.jsonl``."""

    id: str
    title: str
    source: str
    published: str | None
    mentions: int
    offset: int
    size: int


@dataclass(slots=True)
class Known:
    """An entity of the run, with the numbers of some articles that name it."""

    row: dict[str, Any]
    articles: array[int] = field(default_factory=lambda: array("L"))


class Results:
    """One output folder.

    Raises:
        UsageError: when the folder holds no ``articles.jsonl`` or ``run.json``.
        InputError: when a line of it is no article.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "articles.jsonl"
        if not self.file.is_file():
            raise UsageError("holds no articles.jsonl", where=str(folder), remedy=_REMEDY)
        try:
            self.run: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise UsageError("holds no run.json", where=str(folder), remedy=_REMEDY) from None
        self.state = _state(self.file)
        self.heads: list[Head] = []
        self.at: dict[str, int] = {}
        self.entities: dict[str, Known] = {}
        for row in Stored(folder).rows("entities"):
            self.entities.setdefault(row["entity_id"], Known(dict(row)))
        with self.file.open("rb") as lines:
            offset = 0
            for number, line in enumerate(lines, 1):
                if line.strip():
                    self._read(line, offset, f"{self.file}:{number}")
                offset += len(line)

    def _read(self, line: bytes, offset: int, where: str) -> None:
        try:
            article = json.loads(line)
            number = len(self.heads)
            title = article["title"] or article["caption"] or article["text"][:60]
            count = len(article["mentions"])
            id_, source = article["article_id"], article["source"]
            self.heads.append(Head(id_, title, source, article["published"], count, offset, len(line)))
            self.at[id_] = number
            for entity in {mention["entity_id"] for mention in article["mentions"] if mention["entity_id"]}:
                known = self.entities.get(entity)
                if known is not None and len(known.articles) < KEPT:
                    known.articles.append(number)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError("no article", where=where, remedy="run again to make the file anew") from None

    def article(self, id_: str) -> dict[str, Any]:
        """A line of ``articles.jsonl``.

        Raises:
            UsageError: when there is no such article.
        """
        number = self.at.get(id_)
        if number is None:
            raise UsageError("no such article", where=id_[:40], remedy="load the page again")
        head = self.heads[number]
        try:
            with self.file.open("rb") as file:
                file.seek(head.offset)
                article: dict[str, Any] = json.loads(file.read(head.size))
            if article["article_id"] == id_:
                return article
        except (OSError, ValueError, KeyError, TypeError):
            pass
        raise UsageError("was written anew just now", where=str(self.file), remedy="load the page again")

    @property
    def changed(self) -> bool:
        """Whether a run has written the output anew since it was read."""
        return _state(self.file) not in (self.state, None)

    def entity(self, id_: str) -> dict[str, Any]:
        """The row of an entity.

        Raises:
            UsageError: when there is none.
        """
        if id_ not in self.entities:
            raise UsageError("no such entity", where=id_[:40], remedy="load the page again")
        return self.entities[id_].row

    def mentions_of(self, id_: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Article and mention for the places of an entity, in up to :data:`KEPT` articles."""
        for number in self.entities[id_].articles:
            article = self.article(self.heads[number].id)
            for mention in article["mentions"]:
                if mention["entity_id"] == id_:
                    yield article, mention

    def find_articles(self, words: str, start: int) -> tuple[list[Head], int]:
        """The articles whose title or source holds ``words``, from ``start`` on, and how many there are."""
        key = words.casefold()
        found = [h for h in self.heads if key in h.title.casefold() or key in h.source.casefold()]
        return found[start : start + PAGE], len(found)

    def find_entities(self, words: str, label: str, start: int) -> tuple[list[dict[str, Any]], int]:
        """The entities that have ``words`` in a name, most mentioned first, and how many there are."""
        key = words.casefold()
        found = [
            known.row
            for known in self.entities.values()
            if (not label or known.row["label"] == label)
            and any(key in form.casefold() for form in (known.row["name"], *known.row["aliases"]))
        ]
        found.sort(key=lambda row: (-row["n_mentions"], row["name"], row["entity_id"]))
        return found[start : start + PAGE], len(found)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns

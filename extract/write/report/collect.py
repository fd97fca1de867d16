"""What the report shows, taken from an output folder: compact rows that refer to each other by position.

The page counts text in UTF-16 units, as browsers do; offsets are converted here. Every list has a fixed order of
fields, which ``page/data.js`` reads.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extract.model import EVENT_TYPES, LABELS, PREDICATES, SECTIONS
from extract.write.stored import Stored

Row = list[Any]


class Pool:
    """Strings that occur often, each once; rows hold their positions, and -1 for ``None``."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}

    def __call__(self, text: str | None) -> int:
        """The position of ``text``."""
        return -1 if text is None else self._positions.setdefault(text, len(self._positions))

    @property
    def strings(self) -> list[str]:
        """All strings in the order in which they came."""
        return list(self._positions)


@dataclass
class Part:
    """The texts of some consecutive articles, with sentences and mentions."""

    first: int
    bodies: list[Row] = field(default_factory=list)
    pool: Pool = field(default_factory=Pool)
    n_chars: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        return {"first": self.first, "strings": self.pool.strings, "bodies": self.bodies}


def utf16(text: str) -> Callable[[int], int]:
    """Turns an offset in code points of ``text`` into one in UTF-16 units.

    >>> utf16("가😀나")(2)
    3
    """
    wide = [at for at, character in enumerate(text) if character > "\uffff"]
    if not wide:
        return lambda offset: offset

    return lambda offset: offset + bisect_left(wide, offset)


class Collector:
    """Reads an output folder article by article; ``parts()`` gives the texts, then ``index()`` the rest."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._pool = Pool()
        self._entities = {row["entity_id"]: at for at, row in enumerate(stored.rows("entities"))}
        self._occurrences: list[Row] = [[] for _ in self._entities]
        self._rows: dict[str, list[Row]] = {
            name: [] for name in ("articles", "relations", "events", "dates", "figures", "quotes")
        }
        self.n_chars = 0

    def parts(self, size: int) -> Iterator[Part]:
        """The texts, cut where ``size`` characters are reached."""
        part = Part(0)
        for at, article in enumerate(self._stored.articles()):
            if part.n_chars >= size:
                yield part
                part = Part(at)
            self._article(at, article, part)
            part.n_chars += len(article["text"])
            self.n_chars += len(article["text"])
        yield part

    def index(self) -> dict[str, Any]:
        """Everything but the texts; complete once all parts were taken."""
        pool = self._pool
        entities = [
            [
                row["entity_id"],
                _place(LABELS, row["label"]),
                pool(row["subtype"]),
                row["name"],
                row["aliases"],
                row["title"],
                row["affiliation"],
                row["country"],
                row["city"],
                row["wikidata"],
                row["latitude"],
                row["longitude"],
                row["n_mentions"],
                row["n_articles"],
            ]
            for row in self._stored.rows("entities")
        ]
        errors = [
            [row["source"], row["position"], row["stage"], row["error"], row["message"]]
            for row in self._stored.rows("errors")
        ]
        return {
            **self._rows,
            "entities": entities,
            "occurrences": self._occurrences,
            "errors": errors,
            "strings": pool.strings,
        }

    def _article(self, at: int, article: dict[str, Any], part: Part) -> None:
        pool, text = self._pool, article["text"]
        unit = utf16(text)
        self._rows["articles"].append(
            [
                article["article_id"],
                article["title"],
                article["kind"],
                article["source"],
                article["position"],
                article["published"],
                article["published_from"],
                article["caption"],
                article["n_chars"],
                article["n_sentences"],
                article["n_mentions"],
                article["n_relations"],
                article.get("input_id"),
            ]
        )
        sentences: Row = []
        for row in article["sentences"]:
            sentences += [unit(row["start"]), unit(row["end"]), _place(SECTIONS, row["section"])]
        mentions: Row = []
        spans: dict[str, tuple[int, int]] = {}
        for number, row in enumerate(article["mentions"]):
            start, end = unit(row["start"]), unit(row["end"])
            spans[row["mention_id"]] = (start, end)
            entity = self._entity(row["entity_id"])
            if entity >= 0:
                self._occurrences[entity] += [at, number]
            words = [part.pool(row[name]) for name in ("subtype", "value", "rule")]
            mentions += [start, end, _place(LABELS, row["label"]), entity, *words, round(row["score"] * 100)]
        part.bodies.append([text, sentences, mentions])
        self._facts(at, article, unit, spans)
        for row in article["figures"]:
            values = [row[name] for name in ("value", "low", "high", "unit", "currency", "counted")]
            place = spans.get(row["mention_id"], (0, 0))
            self._rows["figures"].append(
                [at, *place, row["text"], pool(row["type"]), *values, int(bool(row["approximate"]))]
            )
        for row in article["dates"]:
            place = spans.get(row["mention_id"], (0, 0))
            values = [row["start"], row["end"], row["grain"], row["timex"]]
            self._rows["dates"].append([at, *place, row["text"], pool(row["type"]), *values])

    def _facts(
        self, at: int, article: dict[str, Any], unit: Callable[[int], int], spans: dict[str, tuple[int, int]]
    ) -> None:
        pool = self._pool
        for row in article["relations"]:
            self._rows["relations"].append(
                [
                    at,
                    unit(row["start"]),
                    unit(row["end"]),
                    self._entity(row["subject_id"]),
                    row["subject"],
                    _place(PREDICATES, row["predicate"]),
                    self._entity(row["object_id"]),
                    row["object"],
                    row["date"],
                    row["place"],
                    pool(row["rule"]),
                    row["score"],
                ]
            )
        for row in article["events"]:
            self._rows["events"].append(
                [
                    at,
                    unit(row["start"]),
                    unit(row["end"]),
                    _place(EVENT_TYPES, row["type"]),
                    row["trigger"],
                    row["name"],
                    row["date_start"],
                    row["date_end"],
                    self._entity(row["place_id"]),
                    row["place"],
                    [self._entity(item) for item in row["host_ids"]],
                    [self._entity(item) for item in row["participant_ids"]],
                    row["participants"],
                    pool(row["rule"]),
                ]
            )
        for row in article["quotes"]:
            self._rows["quotes"].append(
                [
                    at,
                    unit(row["start"]),
                    unit(row["end"]),
                    row["text"],
                    self._entity(row["speaker_id"]),
                    row["speaker"],
                    row["cue"],
                    pool(row["kind"]),
                ]
            )

    def _entity(self, entity_id: str | None) -> int:
        return self._entities.get(entity_id, -1) if entity_id else -1


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -1

"""One row per entity across a run, from the rows of the articles."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.model import Entity
from extract.write.cells import record

IN_MEMORY = 20_000
"""So many entities are kept in memory (some 20 MB); when more have come, they go to the disk."""

_FIRST_KNOWN = (
    "subtype", "title", "affiliation", "country", "city", "wikidata", "latitude", "longitude",
)  # fmt: skip


class EntityMerge:
    """Rows of the same ``entity_id`` merged, in the order in which entities first came.

    The first row gives the name and label; what it leaves empty comes from the first later row that
    knows it. Names and aliases of later rows become aliases, counts are added up. Merging is associative, so
    that what has gone to the disk and what came after it can be merged later.

    Args:
        spill: where a database may be made when there are more than ``limit`` entities; without it all of them
            stay in memory.
        limit: entities kept in memory.
    """

    def __init__(self, spill: Path | None = None, limit: int = IN_MEMORY) -> None:
        self._rows: dict[str, Entity] = {}
        self._spill = spill
        self._limit = limit
        self._database: sqlite3.Connection | None = None

    def add(self, rows: Iterable[Entity]) -> None:
        """Takes the entities of one article."""
        for row in rows:
            known = self._rows.get(row.entity_id)
            self._rows[row.entity_id] = row if known is None else merged(known, row)
        if len(self._rows) > self._limit and self._spill is not None:
            self._flush(self._spill)

    def _flush(self, path: Path) -> None:
        if self._database is None:
            path.unlink(missing_ok=True)
            self._database = scratch_database(path)
            self._database.execute(
                "CREATE TABLE entity (place INTEGER PRIMARY KEY, id TEXT UNIQUE, row TEXT)"
            )
        find, new, change = (
            "SELECT place, row FROM entity WHERE id = ?",
            "INSERT INTO entity (id, row) VALUES (?, ?)",
            "UPDATE entity SET row = ? WHERE place = ?",
        )
        for entity_id, row in self._rows.items():
            found = self._database.execute(find, (entity_id,)).fetchone()
            if found is None:
                self._database.execute(new, (entity_id, _text(row)))
            else:
                self._database.execute(change, (_text(merged(_entity(found[1]), row)), found[0]))
        self._rows.clear()

    def __iter__(self) -> Iterator[Entity]:
        if self._database is None or self._spill is None:
            yield from self._rows.values()
            return
        self._flush(self._spill)
        for (row,) in self._database.execute("SELECT row FROM entity ORDER BY place"):
            yield _entity(row)

    def __len__(self) -> int:
        if self._database is None or self._spill is None:
            return len(self._rows)
        self._flush(self._spill)
        return int(self._database.execute("SELECT count(*) FROM entity").fetchone()[0])

    def close(self) -> None:
        """Removes what went to the disk."""
        if self._database is not None and self._spill is not None:
            self._database.close()
            self._database = None
            self._spill.unlink(missing_ok=True)


def scratch_database(path: Path) -> sqlite3.Connection:
    """A database for what need not outlive this process: never flushed to the disk, a few MB of it in memory."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-8192"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    return database


def merged(known: Entity, row: Entity) -> Entity:
    """One row from two of the same entity, of which ``known`` came first."""
    aliases = dict.fromkeys((*known.aliases, row.name, *row.aliases))
    aliases.pop(known.name, None)
    filled = {name: getattr(row, name) for name in _FIRST_KNOWN if getattr(known, name) is None}
    return dataclasses.replace(
        known,
        aliases=tuple(aliases),
        n_mentions=known.n_mentions + row.n_mentions,
        n_articles=known.n_articles + row.n_articles,
        **filled,
    )


def _text(row: Entity) -> str:
    return json.dumps(record(row))


def _entity(text: str) -> Entity:
    values = json.loads(text)
    return Entity(**{**values, "aliases": tuple(values["aliases"])})

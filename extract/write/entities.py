"""One row per entity across a run, from the rows of the articles."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from extract.model import Entity

_FIRST_KNOWN = (
    "subtype", "title", "affiliation", "country", "city", "wikidata", "latitude", "longitude",
)  # fmt: skip


class EntityMerge:
    """Rows of the same ``entity_id`` merged, in the order in which entities first came.

    The first row gives the name and label; what it leaves empty comes from the first later row that
    knows it. Names and aliases of later rows become aliases, counts are added up.
    """

    def __init__(self) -> None:
        self._rows: dict[str, Entity] = {}

    def add(self, rows: Iterable[Entity]) -> None:
        """Takes the entities of one article."""
        for row in rows:
            known = self._rows.get(row.entity_id)
            self._rows[row.entity_id] = row if known is None else _merged(known, row)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)


def _merged(known: Entity, row: Entity) -> Entity:
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

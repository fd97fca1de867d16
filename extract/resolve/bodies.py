"""The body that a bare title leaves unsaid: ``박 시장`` in a city's own press release is mayor of that city.

Rules of ``rules/identity.yaml`` with ``bodies``: title → endings of the organisations it may head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extract.errors import LexiconError
from extract.lexicon import Lexicon

DOMINANCE = 2
"""The body must be named at least so often, and so many times as often as any other of its kind."""


class BodyRule(NamedTuple):
    """Titles with the endings of the organisations that they may head."""

    name: str
    endings: Mapping[str, tuple[str, ...]]
    score: float


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the article: its set, its names, how often it is named."""

    key: int
    names: tuple[str, ...]
    count: int


def compile_body_rules(lexicon: Lexicon) -> tuple[BodyRule, ...]:
    """The rules of ``identity.yaml`` that give ``bodies``.

    Raises:
        LexiconError: where ``bodies`` is not a mapping of titles to endings.
    """
    return tuple(_compile(block) for block in lexicon.rules("identity") if "bodies" in block)


def _compile(block: dict[str, Any]) -> BodyRule:
    bodies = block["bodies"]
    if not isinstance(bodies, dict) or not all(isinstance(value, str) for value in bodies.values()):
        raise LexiconError("bodies that say nothing", where=block["where"], remedy="write 'title: endings'")
    endings = {str(title): tuple(value.split()) for title, value in bodies.items()}
    return BodyRule(f"identity:{block['name']}", endings, float(block.get("score", 0.75)))


def own_body(
    endings: Sequence[str], organisations: Iterable[Organisation], countries: frozenset[str]
) -> int | None:
    """The one organisation with such an ending that the article is about; None where that is not clear.

    Bodies abroad (``countries`` begin their names) are left out.
    """
    fitting = sorted(
        (
            organisation
            for organisation in organisations
            if any(_ends_in(name, endings) for name in organisation.names)
            and not any(name.split()[0].casefold() in countries for name in organisation.names)
        ),
        key=lambda organisation: -organisation.count,
    )
    if not fitting or fitting[0].count < DOMINANCE:
        return None
    if len(fitting) > 1 and fitting[0].count < DOMINANCE * fitting[1].count:
        return None
    return fitting[0].key


def _ends_in(name: str, endings: Sequence[str]) -> bool:
    return any(name.endswith(ending) and len(name) > len(ending) for ending in endings)

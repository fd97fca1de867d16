"""Words that stand for people and bodies named before (``두 사람``, ``양 기관``, ``동 위원회``), as data.

The blocks of ``references.yaml``: ``words`` (regular expressions), ``labels``, ``count``, ``ending``, ``names`` and
``subtypes``; see the head of that file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import regex

from extract.errors import LexiconError
from extract.lexicon import Lexicon
from extract.model import ENTITY_LABELS

_KEYS = frozenset(
    [
        "name",
        "words",
        "labels",
        "count",
        "ending",
        "names",
        "subtypes",
        "note",
        "examples",
        "counterexamples",
        "where",
    ]
)
_ONE = "은|는|이|가|도"
_MANY = f"{_ONE}|의|에|에게|을|를|과|와|께서|께서는"
_LIST_WHOLE = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """One block: whose names its words may stand for, and how many (0: the whole list named last)."""

    name: str
    labels: frozenset[str]
    count: int
    ending: bool
    names: regex.Pattern[str] | None
    subtypes: frozenset[str]
    where: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class ReferenceWords:
    """Finds the words of all blocks in a text.

    Raises:
        LexiconError: for an unknown key or label, a count that is no number, or a broken expression.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.blocks: list[Reference] = []
        parts: list[str] = []
        for block in lexicon.rules("references"):
            reference, words = _compiled(block)
            particles = _ONE if reference.count == 1 else _MANY
            parts.append(f"(?P<r{len(self.blocks)}>{words})(?=(?:{particles})(?![가-힣]))")
            self.blocks.append(reference)
        self.pattern = regex.compile("(?<![가-힣A-Za-z0-9·])(?:" + ("|".join(parts) or "(?!)") + ")")

    def of(self, match: regex.Match[str]) -> Reference:
        """The block whose words ``match`` is."""
        return self.blocks[int((match.lastgroup or "r0")[1:])]


def _compiled(block: dict[str, Any]) -> tuple[Reference, str]:
    where = str(block.get("where", block.get("name", "")))

    def bad(problem: str, remedy: str) -> LexiconError:
        return LexiconError(problem, where=where, remedy=remedy)

    for key in set(block) - _KEYS:
        raise bad(f"unknown key {key!r}", f"use: {', '.join(sorted(_KEYS))}")
    labels = frozenset(str(block.get("labels", "")).split())
    if not labels or labels - set(ENTITY_LABELS):
        raise bad(f"labels {block.get('labels')!r}", f"use some of: {', '.join(ENTITY_LABELS)}")
    words = block.get("words")
    if not isinstance(words, list) or not words:
        raise bad("a reference without words", "add a list 'words:'")
    count = block.get("count", 1)
    if not isinstance(count, int) or count < _LIST_WHOLE:
        raise bad(f"the count {count!r} is no number", "use 0, 1, 2 …")
    pattern = "(?:" + "|".join(map(str, words)) + ")"
    try:
        regex.compile(pattern)
        names = regex.compile(block["names"]) if block.get("names") else None
    except regex.error as error:
        raise bad(f"broken regular expression: {error}", "mend the expression") from error
    return Reference(
        name=str(block["name"]),
        labels=labels,
        count=count,
        ending=bool(block.get("ending", False)),
        names=names,
        subtypes=frozenset(str(block.get("subtypes", "")).split()),
        where=where,
        examples=tuple(block.get("examples") or ()),
        counterexamples=tuple(block.get("counterexamples") or ()),
    ), pattern

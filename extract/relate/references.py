"""Words that stand for people and bodies named before (``두 사람``, ``양 기관``, ``동 위원회``), as data.

The blocks of ``references.yaml``: ``words`` (regular expressions), ``labels``, ``count``, ``ending``, ``names`` and
``subtypes``; see the head of that file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from extract.errors import LexiconError
from extract.expression import Expression
from extract.lexicon import Lexicon
from extract.lexicon.expressions import Expressions
from extract.model import ENTITY_LABELS
from extract.relate.needles import masks_of, needles, numbers

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
_AFTER_ONE = Expression(r"(?:은|는|이|가|도)(?![가-힣])")
_AFTER_MANY = Expression(r"(?:은|는|이|가|도|의|에|에게|을|를|과|와|께서|께서는)(?![가-힣])")
_WORD = "[가-힣A-Za-z0-9·]"
_LITERAL = Expression("[가-힣]+")
_LIST_WHOLE = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """One block: whose names its words may stand for, and how many (0: the whole list named last)."""

    name: str
    labels: frozenset[str]
    count: int
    ending: bool
    names: Expression | None
    subtypes: frozenset[str]
    where: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Pointer(NamedTuple):
    """A reference where it stands, half open."""

    start: int
    end: int
    text: str
    reference: Reference


class ReferenceWords:
    """Finds the words of all blocks in a text.

    One automaton finds the plain words, and the literal words of the expressions: of these only those run whose
    words stand in a sentence.

    Raises:
        LexiconError: for an unknown key or label, a count that is no number, or a broken expression.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.blocks: list[Reference] = []
        self._patterns: list[tuple[Expression, Reference]] = []
        plain: dict[str, Reference] = {}
        expressions = Expressions("references")
        for block in lexicon.rules("references"):
            reference, words = _compiled(block, expressions)
            self.blocks.append(reference)
            for word in words:
                if _LITERAL.fullmatch(word):
                    plain.setdefault(word, reference)
            rest = [word for word in words if not _LITERAL.fullmatch(word)]
            if rest:
                self._patterns.append((Expression("(?<!" + _WORD + ")(?:" + "|".join(rest) + ")"), reference))
        expressions.check()
        self._always, masks = masks_of([needles(pattern.pattern) for pattern, _ in self._patterns])
        words = sorted({*plain, *masks})
        self._automaton = CharwiseDoubleArrayAhoCorasick(words) if words else None
        self._known = [(plain.get(word), masks.get(word, 0)) for word in words]

    def __call__(self, text: str, start: int, end: int) -> list[Pointer]:
        """The references in ``text[start:end]``, in order, none overlapping another."""
        found: list[Pointer] = []
        able = self._always
        for first, last, word in self._automaton.find_overlapping(text[start:end]) if self._automaton else ():
            reference, mask = self._known[word]
            able |= mask
            if reference is not None:
                first, last = start + first, start + last
                before = text[first - 1] if first else " "
                if not before.isalnum() and before != "·" and _particles(reference).match(text, last):
                    found.append(Pointer(first, last, text[first:last], reference))
        for number in numbers(able):
            pattern, reference = self._patterns[number]
            particles = _particles(reference)
            found += [
                Pointer(match.start(), match.end(), match.group(), reference)
                for match in pattern.finditer(text, start, end)
                if particles.match(text, match.end())
            ]
        return _outermost(found) if len(found) > 1 else found


def _particles(reference: Reference) -> Expression:
    return _AFTER_ONE if reference.count == 1 else _AFTER_MANY


def _outermost(pointers: list[Pointer]) -> list[Pointer]:
    """In order, the longest where several overlap."""
    kept: list[Pointer] = []
    for pointer in sorted(pointers, key=lambda p: (p.start, -p.end)):
        if not kept or pointer.start >= kept[-1].end:
            kept.append(pointer)
    return kept


def _compiled(block: dict[str, Any], expressions: Expressions) -> tuple[Reference, list[str]]:
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
    words = [str(word) for word in words]
    expressions.add("|".join(f"(?:{word})" for word in words), where)
    names = expressions.add(block["names"], where) if block.get("names") else None
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
    ), words

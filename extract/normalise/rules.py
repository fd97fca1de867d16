"""Loads the rules of ``rules/dates.yaml`` and ``rules/figures.yaml`` and compiles their patterns."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from extract.errors import LexiconError
from extract.expression import Expression
from extract.lexicon import Lexicon
from extract.lexicon.cache import keep, recall
from extract.model import SUBTYPES
from extract.normalise import reading
from extract.normalise.macros import Words

FILES = ("dates", "figures")
_SOURCES = ("macros.py", "numerals.py", "prefixes.py", "rules.py")
LABELS = ("DATE", "TIME", "FIGURE")
_KEYS = {
    "name",
    "label",
    "type",
    "priority",
    "score",
    "pattern",
    "after",
    "not_after",
    "not_before",
    "near",
    "needs",
    "value",
    "with",
    "left",
    "right",
    "between",
    "then",
    "tail",
    "examples",
    "counterexamples",
    "note",
    "where",
}


_LOOK = 16
"""Code points before and after a match that ``near`` may look at."""
_AHEAD = 32
"""Code points from the beginning of a match among which ``needs`` must stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing a date, time or figure.

    ``pattern`` matches the mention; ``begins`` is how its matches may begin (see ``prefixes``), ``needs`` what must
    stand soon behind their beginning, so that most places cost no match. ``after`` must match right before the
    mention, ``not_after`` must not; ``near`` must match somewhere around it. ``read`` makes the parse out of the
    named groups, or None where they make no sense.
    """

    name: str
    label: str
    type: str
    priority: int
    score: float
    pattern: Expression
    begins: frozenset[str]
    needs: re.Pattern[str] | None
    after: Expression | None
    not_after: Expression | None
    near: Expression | None
    read: Callable[[Mapping[str, str], Words, Mapping[str, Any]], Any]
    constants: Mapping[str, Any]

    def allows(self, found: re.Match[str]) -> bool:
        """Whether what stands around a match of the pattern allows the rule there."""
        text, start = found.string, found.start()
        if self.after is not None and self.after.match(text, start) is None:
            return False
        if self.not_after is not None and self.not_after.match(text, start):
            return False
        low = max(0, start - _LOOK)
        return self.near is None or self.near.search(text, low, found.end() + _LOOK) is not None


def matches(rules: Iterable[Rule], text: str, start: int) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Those of ``rules`` that match ``text`` at ``start``, in order, with their matches."""
    ahead = start + _AHEAD
    for rule in rules:
        if rule.needs is None or rule.needs.search(text, start, ahead) is not None:
            found = rule.pattern.match(text, start)
            if found is not None and rule.allows(found):
                yield rule, found


@dataclass(frozen=True, slots=True)
class Join:
    """How two neighbouring mentions make one range: what stands between them and what must follow.

    ``tail`` is what belongs to the mention where it follows: the ``까지`` of ``A부터 B까지``.
    """

    name: str
    label: str
    between: Expression
    then: Expression | None
    tail: Expression | None
    left: frozenset[str] = field(default_factory=frozenset)
    right: frozenset[str] = field(default_factory=frozenset)


class _Expressions:
    """The expressions of a lexicon's rules.

    Written out and checked once for the same words and kept in the cache; from then on each is compiled when it is
    first used, because compiling all of them takes longer than loading everything else.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        digest = hashlib.sha256(words.listing().encode())
        for name in _SOURCES:
            digest.update((Path(__file__).parent / name).read_bytes())
        self._key = digest.hexdigest()[:32]
        known = recall("grammar", self._key)
        self._checked, self._begun = known if known is not None else ({}, {})
        self._new = known is None

    def compiled(self, pattern: str, where: str) -> Expression:
        """The expression of a pattern with its pieces written out.

        Raises:
            LexiconError: when it does not compile.
        """
        expanded = self._checked.get(pattern)
        if expanded is None:
            expanded = self._checked[pattern] = self._words.expand(pattern, where)
            self._new = True
            try:
                Expression(expanded).compile()
            except regex.error as error:
                raise LexiconError(
                    f"the pattern does not compile: {error}", where=where, remedy="mend the pattern"
                ) from None
        return Expression(expanded)

    def beginnings(self, pattern: str) -> frozenset[str]:
        """How the matches of a pattern may begin."""
        begun = self._begun.get(pattern)
        if begun is None:
            begun = self._begun[pattern] = self._words.beginnings(pattern)
            self._new = True
        return begun

    def expand(self, pattern: str, where: str) -> str:
        """The pattern with its pieces written out."""
        return self._words.expand(pattern, where)

    def kept(self) -> None:
        """Puts what was checked into the cache, when anything is new."""
        if self._new:
            keep("grammar", self._key, (self._checked, self._begun))


def compile_rules(lexicon: Lexicon, words: Words) -> tuple[list[Rule], list[Join]]:
    """All rules and joins of the lexicon, the highest priority first.

    Raises:
        LexiconError: on an unknown key, label, type, piece or reading, or a pattern that does not compile.
    """
    rules: list[Rule] = []
    joins: list[Join] = []
    expressions = _Expressions(words)
    for file in FILES:
        for block in lexicon.rules(file):
            where = block["where"]
            unknown = set(block) - _KEYS
            if unknown:
                raise LexiconError(
                    f"unknown key {sorted(unknown)[0]!r}",
                    where=where,
                    remedy=f"use: {', '.join(sorted(_KEYS))}",
                )
            label = block.get("label")
            if label not in LABELS:
                raise LexiconError(
                    f"unknown label {label!r}", where=where, remedy=f"use: {', '.join(LABELS)}"
                )
            if "between" in block:
                joins.append(_join(file, block, expressions))
            else:
                rules.append(_rule(file, block, expressions))
    rules.sort(key=lambda rule: -rule.priority)
    expressions.kept()
    return rules, joins


def _rule(file: str, block: Mapping[str, Any], expressions: _Expressions) -> Rule:
    where, label = block["where"], block["label"]
    if block.get("type") not in SUBTYPES[label]:
        remedy = f"use one of: {', '.join(SUBTYPES[label])}"
        raise LexiconError(f"unknown type {block.get('type')!r} of {label}", where=where, remedy=remedy)
    if not block.get("pattern"):
        raise LexiconError("a rule without a pattern", where=where, remedy="add 'pattern: …'")
    read = reading.READINGS.get(block.get("value", ""))
    if read is None:
        remedy = f"use one of: {', '.join(reading.READINGS)}"
        raise LexiconError(f"unknown value {block.get('value')!r}", where=where, remedy=remedy)
    pattern = block["pattern"]
    if block.get("not_before"):
        pattern = f"(?:{pattern})(?!{block['not_before']})"
    after, not_after, near = block.get("after"), block.get("not_after"), block.get("near")
    needs = block.get("needs")
    return Rule(
        name=f"{file}:{block['name']}",
        label=label,
        type=block["type"],
        priority=int(block.get("priority", 50)),
        score=float(block.get("score", 0.9)),
        pattern=expressions.compiled(pattern, where),
        begins=expressions.beginnings(pattern),
        needs=re.compile(expressions.expand(needs, where)) if needs else None,
        after=expressions.compiled(f"(?<={after})", where) if after else None,
        not_after=expressions.compiled(f"(?<={not_after})", where) if not_after else None,
        near=expressions.compiled(near, where) if near else None,
        read=read,
        constants={**({"type": block["type"]} if label == "FIGURE" else {}), **(block.get("with") or {})},
    )


def _join(file: str, block: Mapping[str, Any], expressions: _Expressions) -> Join:
    where = block["where"]
    then, tail = block.get("then"), block.get("tail")
    return Join(
        name=f"{file}:{block['name']}",
        label=block["label"],
        between=expressions.compiled(block["between"], where),
        then=expressions.compiled(then, where) if then else None,
        tail=expressions.compiled(tail, where) if tail else None,
        left=frozenset(block.get("left") or ()),
        right=frozenset(block.get("right") or ()),
    )

"""Words that must stand in a text before a regular expression is worth running.

Each rule's expression is read once for its literal words; one automaton then finds all words of all rules in one
pass, so that a sentence only runs the rules whose words it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from daachorse import CharwiseDoubleArrayAhoCorasick

from extract.expression import Expression

_QUANTIFIER = Expression(r"(?:[?*+]|\{(\d*),?\d*\})[?+]?")
_ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
_GROUP_HEAD = Expression(r"\((?:\?(?::|>|P<\w+>|<\w+>|=|!|<=|<!|[a-zA-Z]+\)|\|))?")
_CLASS = Expression(r"\[\^?\]?(?:[^\]\\]|\\.)*+\]")
_BACK = Expression(
    r"\(\?P=|\(\?[a-zA-Z]*i|\(\?\||\(\?[&(0-9R]"
)  # back references, case folding, branch resets, calls
_FOLDED = Expression(r"\(\?[a-zA-Z]*i")
_MAX_WORDS = 120

Words = frozenset[str] | None
"""One of these stands in every match; None where that is not known."""


def needles(pattern: str) -> Words:
    """Words of which at least one stands in whatever ``pattern`` matches.

    Reads the usual syntax: literals, classes, groups, alternation, quantifiers, look-around. What it does not know
    gives None, which promises nothing; signs of the private use area stand for mentions and count for nothing.

    >>> sorted(needles(r"(?:면담|회담)(?:을)?\\s?(?:했|하고)"))
    ['면담', '회담']
    """
    if _FOLDED.search(pattern):
        return None
    words, end = _alternation(pattern, 0)
    return words if end == len(pattern) else None


def beginnings(pattern: str) -> Words:
    """Words of which one stands at the beginning of whatever ``pattern`` matches, look-around not counted.

    >>> sorted(beginnings(r"(?<!대)(?:한국|인도) (?:[가-힣]+)"))
    ['인도', '한국']
    """
    if _BACK.search(pattern):
        return None
    words, end = _first(pattern, 0)
    return words if end == len(pattern) else None


def _first(pattern: str, at: int) -> tuple[Words, int]:
    """The beginnings of an alternation, and where it ends."""
    found: set[str] = set()
    known = True
    while True:
        words, after = _first_of_sequence(pattern, at)
        _, at = _sequence(pattern, at)
        known = known and words is not None and after <= at
        found |= words or frozenset()
        if at >= len(pattern) or pattern[at] == ")":
            return (frozenset(found) if known else None), at
        at += 1


def _first_of_sequence(pattern: str, at: int) -> tuple[Words, int]:
    found = ""
    while at < len(pattern) and pattern[at] not in "|)":
        char, literal = pattern[at], ""
        if char == "(":
            head = _GROUP_HEAD.match(pattern, at)
            assert head is not None
            kind = head.group()
            if kind.endswith(")"):
                at = head.end()
                continue
            if found and kind not in _ZERO_WIDTH:
                break
            words, at = _first(pattern, head.end())
            at += 1
            quantifier = _QUANTIFIER.match(pattern, at)
            if kind in _ZERO_WIDTH and quantifier is None:
                continue
            if quantifier is not None:
                return None, at
            return words, at
        if char == "\\" and at + 1 < len(pattern) and not pattern[at + 1].isalnum():
            literal, at = pattern[at + 1], at + 2
        elif char not in "[\\.^$" and not "\ue000" <= char <= "\uf8ff":
            literal, at = char, at + 1
        elif char == "^":
            at += 1
            continue
        if not literal:
            break
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is not None:
            if quantifier.group()[0] not in "?*" and quantifier.group(1) not in ("0", ""):
                found += literal
            break
        found += literal
    return (frozenset((found,)) if found else None), at


def _alternation(pattern: str, at: int) -> tuple[Words, int]:
    branches: list[Words] = []
    while True:
        words, at = _sequence(pattern, at)
        branches.append(words)
        if at >= len(pattern) or pattern[at] == ")":
            break
        at += 1  # past the bar
    found: set[str] = set()
    for branch in branches:
        if branch is None:
            return None, at
        found |= branch
    return (frozenset(found) if len(found) <= _MAX_WORDS else None), at


def _sequence(pattern: str, at: int) -> tuple[Words, int]:
    found: list[frozenset[str]] = []
    run = ""

    def close() -> None:
        nonlocal run
        if run:
            found.append(frozenset((run,)))
        run = ""

    while at < len(pattern) and pattern[at] not in "|)":
        char = pattern[at]
        words: Words = None
        literal = ""
        if char == "(":
            head = _GROUP_HEAD.match(pattern, at)
            assert head is not None
            if head.group().endswith(")"):  # flags
                at = head.end()
                continue
            words, at = _alternation(pattern, head.end())
            if head.group() in _ZERO_WIDTH:
                words = None
            at += 1
        elif char == "[":
            match = _CLASS.match(pattern, at)
            if match is None:
                return None, len(pattern) + 1
            at = match.end()
        elif char == "\\":
            literal = pattern[at + 1] if not pattern[at + 1].isalnum() else ""
            at += 6 if pattern[at + 1] == "u" else 2
        else:
            literal = "" if char in ".^$" or "\ue000" <= char <= "\uf8ff" else char
            at += 1
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is not None:
            at = quantifier.end()
            if quantifier.group()[0] in "?*" or quantifier.group(1) in ("0", ""):
                words, literal = None, ""
            elif literal:
                words, literal = frozenset((literal,)), ""
        if literal:
            run += literal
        else:
            close()
            if words:
                found.append(words)
    close()
    best = max(found, key=lambda words: (min(len(word.strip()) for word in words), -len(words)), default=None)
    return best, at


def masks_of(wanted: Sequence[Words]) -> tuple[int, dict[str, int]]:
    """Bit masks of the expressions whose words are not known, and of those that each word may belong to."""
    always = 0
    masks: dict[str, int] = {}
    for number, words in enumerate(wanted):
        if words is None:
            always |= 1 << number
        for word in words or ():
            masks[word] = masks.get(word, 0) | 1 << number
    return always, masks


class Scanner:
    """Tells which of several expressions may match where.

    ``wanted`` holds the words of each expression (see :func:`needles`); one with None may always match.
    """

    def __init__(self, wanted: Sequence[Words]) -> None:
        self._always, masks = masks_of(wanted)
        self._masks = list(masks.values())
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(masks)) if masks else None

    def __call__(self, text: str, starts: Sequence[int]) -> list[int]:
        """A bit mask of expressions for each stretch of ``text``; the stretches begin at ``starts``."""
        found = [self._always] * len(starts)
        if self._automaton is not None and starts:
            masks = self._masks
            for start, _, word in self._automaton.find_overlapping(text):
                index = bisect_right(starts, start) - 1
                if index >= 0:
                    found[index] |= masks[word]
        return found


class Places:
    """Finds where the matches of some expressions may begin: by the words they begin with, or else hold."""

    def __init__(self, patterns: Sequence[str]) -> None:
        first = [beginnings(pattern) for pattern in patterns]
        held = [None if words else needles(pattern) for words, pattern in zip(first, patterns, strict=True)]
        self._blank: list[list[int] | None] = [
            None if begun is None and words is None else [] for begun, words in zip(first, held, strict=True)
        ]
        beginning: dict[str, list[int]] = {}
        holding: dict[str, list[int]] = {}
        for owners, wanted in ((beginning, first), (holding, held)):
            for number, words in enumerate(wanted):
                for word in sorted(words or ()):
                    owners.setdefault(word, []).append(number)
        every = sorted({*beginning, *holding})
        self._beginning = [beginning.get(word, ()) for word in every]
        self._holding = [holding.get(word, ()) for word in every]
        self._automaton = CharwiseDoubleArrayAhoCorasick(every) if every else None

    def __call__(self, text: str) -> list[list[int] | None]:
        """For each expression the offsets in ``text``, in order, at which alone it may match; None for any."""
        found = [None if places is None else list(places) for places in self._blank]
        if self._automaton is None:
            return found
        for start, _, word in self._automaton.find_overlapping(text):
            for number in self._beginning[word]:
                places = found[number]
                if places is not None:
                    places.append(start)
            for number in self._holding[word]:
                found[number] = None
        return [sorted(set(places)) if places else places for places in found]


def numbers(mask: int) -> Iterator[int]:
    """The numbers of the bits of ``mask``, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low

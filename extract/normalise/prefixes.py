"""How the matches of a pattern may begin, read off the pattern itself.

A beginning is a string of up to two symbols, three behind digits: a row of digits is one :data:`DIGITS`, blanks
are left out, and a character class too large to spell out is :data:`HANGUL` or :data:`ANY`. Lookarounds count for nothing, so the
set may hold beginnings that never match, but it lacks none that does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

DIGITS, HANGUL, ANY = "0", "\ue000", "\ue001"
BLANKS = " \xa0\t\n\r"
_DEPTH = 2
_OPEN = "\ue002"
"""Ends a beginning behind which more follows than is told."""
_LARGE = 400
"""Characters of a class beyond which it is :data:`ANY`."""

Beginnings = frozenset[str]
_EMPTY: Beginnings = frozenset([""])
_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)


def beginnings(pattern: str, piece: Callable[[str], Beginnings]) -> Beginnings:
    """The beginnings of the matches of ``pattern``; ``piece`` gives those of a named piece (``{month}``).

    They may be put behind other beginnings; :func:`bare` makes them plain.

    Raises:
        ValueError: when brackets do not match.
    """
    return _Reader(pattern, piece).read()


def bare(found: Beginnings) -> Beginnings:
    """Beginnings as plain symbols."""
    return frozenset(beginning.rstrip(_OPEN) for beginning in found)


def _joined(first: Iterable[str], then: Iterable[str]) -> Beginnings:
    """The beginnings of what starts as ``first`` and goes on as ``then``."""
    found = set()
    for left in first:
        if left.endswith(_OPEN) or (len(left) == _depth(left) and left[-1] != DIGITS):
            found.add(left)
            continue
        for right in then:
            both = left + (right[1:] if left.endswith(DIGITS) and right.startswith(DIGITS) else right)
            plain, depth = both.rstrip(_OPEN), _depth(both)
            found.add(both if len(plain) <= depth else plain[:depth] + _OPEN)
    return frozenset(found)


def _depth(beginning: str) -> int:
    return _DEPTH + beginning.startswith(DIGITS)


class _Reader:
    """A reader of the syntax that rules are written in."""

    def __init__(self, pattern: str, piece: Callable[[str], Beginnings]) -> None:
        self.pattern = pattern
        self.piece = piece
        self.at = 0

    def read(self) -> Beginnings:
        found = self._alternatives()
        if self.at < len(self.pattern):
            raise ValueError(f"unbalanced at {self.at} in {self.pattern[:40]}")
        return found

    def _alternatives(self) -> Beginnings:
        found = self._sequence()
        while self._next("|"):
            found |= self._sequence()
        return found

    def _sequence(self) -> Beginnings:
        found = _EMPTY
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            found = _joined(found, self._item())
        return found

    def _item(self) -> Beginnings:
        one = self._atom()
        least, most = self._quantifier()
        found = _EMPTY
        for _ in range(min(least, _DEPTH)):
            found = _joined(found, one)
        every = found
        for _ in range(min(most, _DEPTH) - least):
            found = _joined(found, one)
            every |= found
        return every

    def _quantifier(self) -> tuple[int, int]:
        least = most = 1
        if self._next("?"):
            least = 0
        elif self._next("*"):
            least, most = 0, _DEPTH
        elif self._next("+"):
            most = _DEPTH
        elif self.pattern[self.at : self.at + 1] == "{" and self.pattern[self.at + 1 : self.at + 2].isdigit():
            end = self.pattern.index("}", self.at)
            low, comma, high = self.pattern[self.at + 1 : end].partition(",")
            least = int(low)
            most = int(high) if high else _DEPTH if comma else least
            self.at = end + 1
        else:
            return least, most
        if not self._next("+"):
            self._next("?")
        return least, most

    def _atom(self) -> Beginnings:
        char = self.pattern[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == "{":
            end = self.pattern.index("}", self.at)
            name = self.pattern[self.at : end].partition(":")[0]
            self.at = end + 1
            return self.piece(name)
        if char == "\\":
            char = self.pattern[self.at]
            self.at += 1
            return _escaped(char)
        if char in "^$":
            return _EMPTY
        return frozenset([ANY]) if char == "." else _symbol(char)

    def _group(self) -> Beginnings:
        if self._next("?"):
            if self._next("P<") or (self._next("<") and self.pattern[self.at] not in "=!"):
                self.at = self.pattern.index(">", self.at) + 1
            elif not self._next(":") and not self._next(">"):
                return self._looked()
        found = self._alternatives()
        if not self._next(")"):
            raise ValueError(f"no ) in {self.pattern[:40]}")
        return found

    def _looked(self) -> Beginnings:
        """Passes over a lookaround: it takes no characters."""
        depth = 1
        for match in _BRACKETS.finditer(self.pattern, self.at):
            depth += {"(": 1, ")": -1}.get(match.group(), 0)
            if not depth:
                self.at = match.end()
                return _EMPTY
        raise ValueError(f"no ) in {self.pattern[:40]}")

    def _set(self) -> Beginnings:
        negated = self._next("^")
        found: set[str] = set()
        first = True
        while first or self.pattern[self.at] != "]":
            first = False
            char = self.pattern[self.at]
            self.at += 1
            if char == "\\":
                char = self.pattern[self.at]
                self.at += 1
                if char in "dsw":
                    found |= _escaped(char)
                    continue
                if char == "x":
                    char = chr(int(self.pattern[self.at : self.at + 2], 16))
                    self.at += 2
            if self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
                last = self.pattern[self.at + 1]
                self.at += 2
                found |= _range(char, last)
            else:
                found |= _symbol(char)
        self.at += 1
        return frozenset([ANY]) if negated else frozenset(found)

    def _next(self, text: str) -> bool:
        if not self.pattern.startswith(text, self.at):
            return False
        self.at += len(text)
        return True


def _symbol(char: str) -> Beginnings:
    if char in BLANKS:
        return _EMPTY
    return frozenset([DIGITS if char.isdigit() else char])


def _escaped(char: str) -> Beginnings:
    if char == "d":
        return frozenset([DIGITS])
    if char in "sbBAZz":
        return _EMPTY
    return frozenset([ANY]) if char in "wWDSpP" else _symbol(char)


def _range(first: str, last: str) -> Beginnings:
    if (first, last) == ("가", "힣"):
        return frozenset([HANGUL])
    if ord(last) - ord(first) > _LARGE:
        return frozenset([ANY])
    return frozenset(symbol for code in range(ord(first), ord(last) + 1) for symbol in _symbol(chr(code)))

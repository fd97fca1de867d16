"""Decides which rules are worth trying at a place, so that most of a text costs no rule at all.

Nothing is declared for it: how the matches of a rule may begin is read off its pattern, and where many rules
remain, the expressions themselves say by partial matching whether they could go on with the next characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extract.normalise.prefixes import ANY, BLANKS, DIGITS, HANGUL
from extract.normalise.rules import Rule

_MEMORY = 50_000
"""Answers remembered before starting afresh, so that memory stays flat on any input."""
_LONGEST_RUN = 32
_NEAR = 5
"""Characters behind a number that are looked at."""
_MANY = 8
"""Rules above which a closer look costs less than trying them."""
_RUN = re.compile(r"\d+(?:[.,]\d+){0,8}(?![.,]?\d)")
_ROW = re.compile(r"\d+(?:[ \xa0]{1,2}\d+){0,3}")
_NEXT = re.compile(rf"[{BLANKS}]+|(?<=\d)\d+")
_POINTS = (".", ",")
_NONE: frozenset[int] = frozenset()
_SPECIAL = (DIGITS, HANGUL, ANY)
_LITERAL = re.compile(r"(?<![\d{,\\-])\d{3,}(?![\d,}])")


class Dispatch:
    """The places where a rule may begin (``trigger``), and the rules that may match there.

    ``dead`` holds pairs of characters with which no rule begins, as far as they have been met.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        table: dict[str, set[int]] = defaultdict(set)
        for number, rule in enumerate(rules):
            for beginning in rule.begins:
                table[beginning or ANY].add(number)
        self._rules = rules
        self._table = dict(table)
        self.dead: set[str] = set()
        self._known: dict[str, tuple[Rule, ...]] = {}
        self._sifted: dict[tuple[str, str], tuple[Rule, ...]] = {}
        self._literals = {text for rule in rules for text in _LITERAL.findall(rule.pattern.pattern)}
        self.trigger = _trigger({beginning[0] for beginning in table})

    @property
    def remembered(self) -> int:
        """How many answers are kept."""
        return len(self._known) + len(self._sifted) + len(self.dead)

    def able(self, text: str, start: int) -> tuple[Rule, ...]:
        """The rules that could match ``text`` at ``start``, judged by its next few characters."""
        if "0" <= text[start] <= "9":
            return self._able_number(text, start)
        key = text[start : start + 2]
        if key[1:] in BLANKS:
            key = text[start : start + 3]
        rules = self._known.get(key)
        if rules is None:
            rules = self._remember(key, self._begin(key[0], key[1:].strip(BLANKS)[:1]))
            if not rules and len(key) == 2:
                self.dead.add(key)
        return self._sift(text[start : start + 4], rules) if len(rules) > _MANY else rules

    def _able_number(self, text: str, start: int) -> tuple[Rule, ...]:
        row = _ROW.match(text, start)
        end = row.end() if row else start + 1
        near = far = _next(text, end)
        run = _RUN.match(text, start, start + _LONGEST_RUN) if near[:1] in _POINTS else None
        if run is not None:
            end = run.end()
            far = _next(text, end)
        key = f"0{near} {far}"
        rules = self._known.get(key)
        if rules is None:
            rules = self._remember(key, self._begin(DIGITS, *near) | self._begin(DIGITS, *far))
        if len(rules) <= _MANY or end - start > _LONGEST_RUN:
            return rules
        return self._sift(_ROW.sub(self._class, text[start:end]) + text[end : end + 3], rules, key)

    def _begin(self, *text: str) -> set[int]:
        """The numbers of the rules with a match that begins with these characters."""
        numbers: set[int] = set()
        found = [""]
        for char in text:
            found = [beginning + kind for beginning in found for kind in _kinds(char)]
            for beginning in found:
                numbers |= self._table.get(beginning, _NONE)
        return numbers

    def _sift(self, ahead: str, rules: tuple[Rule, ...], key: str = "") -> tuple[Rule, ...]:
        """Those of ``rules``, which ``key`` stands for, that could match what begins with ``ahead``."""
        known = self._sifted.get((key, ahead))
        if known is None:
            if len(self._sifted) >= _MEMORY:
                self._sifted.clear()
            known = tuple(rule for rule in rules if rule.pattern.match(ahead, partial=True))
            self._sifted[key, ahead] = known
        return known

    def _remember(self, key: str, numbers: set[int]) -> tuple[Rule, ...]:
        if len(self._known) >= _MEMORY:
            self._known.clear()
            self.dead.clear()
        self._known[key] = rules = tuple(self._rules[number] for number in sorted(numbers))
        return rules

    def _class(self, match: re.Match[str]) -> str:
        """Digits for all that the rules tell apart no further: short numbers, years and literals are themselves."""
        digits = match.group()
        size = len(digits)
        if size <= 2 or size == 8 or digits in self._literals:
            return digits
        if size == 4:
            return digits[:3] + ("0" if digits[3] == "0" else "7")
        return digits[0] + "7" * (size - 1) if size < 12 else digits[0] + "7" * 11


def _next(text: str, end: int) -> str:
    """The next two characters that are no blanks, digits in a row counting as one; no match holds many blanks."""
    return _NEXT.sub("", text[end : end + _NEAR])[:2]


def _kinds(char: str) -> tuple[str, ...]:
    """The symbols that stand for a character; none for no character."""
    if not char:
        return ()
    if "0" <= char <= "9" or char.isdigit():
        return (DIGITS, ANY)
    return (char, HANGUL, ANY) if "가" <= char <= "힣" else (char, ANY)


def _trigger(starts: set[str]) -> re.Pattern[str]:
    hangul = "".join(char for char in sorted(starts) if "가" <= char <= "힣")
    if HANGUL in starts or ANY in starts:
        hangul = "가-힣"
    other = "".join(
        re.escape(char) for char in sorted(starts) if not "가" <= char <= "힣" and char not in _SPECIAL
    )
    parts = [r"(?<![0-9A-Za-z#])(?<![0-9][.,-])[0-9]"]
    if hangul:
        parts.append(f"(?<![가-힣])[{hangul}]")
    if other:
        parts.append(f"[{other}]")
    return re.compile("|".join(parts))

"""Decides which rules are worth trying at a place, so that most of a text costs no rule at all.

Nothing is declared for it: how the matches of a rule may begin is read off its pattern (see ``prefixes``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extract.normalise.prefixes import ANY, BLANKS, DIGITS, HANGUL
from extract.normalise.rules import Rule

_MEMORY = 50_000
"""Answers remembered before starting afresh, so that memory stays flat on any input."""
_TWO = rf"[{BLANKS}]{{0,4}}(\d+|[^{BLANKS}])?[{BLANKS}]{{0,4}}([^{BLANKS}])?"
"""The next two characters that are no blanks, digits in a row counting as one; no match holds many blanks."""
_ROW = re.compile(r"\d+(?:[ \xa0]{1,2}\d+){0,3}" + _TWO)
_RUN = re.compile(r"\d+(?:[.,]\d+){0,8}(?![.,]?\d)" + _TWO)
_POINTS = (".", ",")
_SPECIAL = (DIGITS, HANGUL, ANY)


class Dispatch:
    """The places where a rule may begin (``trigger``), and the rules that may match there.

    ``dead`` holds pairs of characters with which no rule begins, as far as they have been met.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        table: dict[str, int] = defaultdict(int)
        for number, rule in enumerate(rules):
            for beginning in rule.begins:
                table[beginning or ANY] |= 1 << number
        self._rules = rules
        self._table = dict(table)
        self.dead: set[str] = set()
        self._known: dict[str | tuple[str, ...], tuple[Rule, ...]] = {}
        self._starts = {beginning[0] for beginning in table}
        self.trigger = _trigger(self._starts)

    @property
    def remembered(self) -> int:
        """How many answers are kept."""
        return len(self._known) + len(self.dead)

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
            # Behind a blank at the end of this text more may follow in another.
            if not rules and len(key) == 2 and key[1] not in BLANKS:
                self.dead.add(key)
        return rules

    def _able_number(self, text: str, start: int) -> tuple[Rule, ...]:
        row = _ROW.match(text, start)
        key = near = row.groups("") if row else ("", "")
        run = _RUN.match(text, start) if near[0] in _POINTS else None
        if run is not None:
            key = near + run.groups("")
        rules = self._known.get(key)
        if rules is None:
            rules = self._remember(key, self._begin(DIGITS, *near) | self._begin(DIGITS, *key[2:]))
        return rules

    def _begin(self, first: str, *then: str) -> int:
        """The numbers of the rules, as bits, with a match that begins with these characters."""
        numbers, found = 0, [kind for kind in _kinds(first) if kind in self._starts]
        for char in (*then, ""):
            for beginning in found:
                numbers |= self._table.get(beginning, 0)
            found = [beginning + kind for beginning in found for kind in _kinds(char)]
        return numbers

    def _remember(self, key: str | tuple[str, ...], numbers: int) -> tuple[Rule, ...]:
        if len(self._known) >= _MEMORY:
            self._known.clear()
            self.dead.clear()
        rules = []
        while numbers:
            lowest = numbers & -numbers
            rules.append(self._rules[lowest.bit_length() - 1])
            numbers ^= lowest
        self._known[key] = known = tuple(rules)
        return known


def _kinds(char: str) -> tuple[str, ...]:
    """The symbols that stand for a character or a row of digits; none for no character."""
    if not char:
        return ()
    if char.isdigit():
        return (DIGITS, ANY)
    return (char, HANGUL, ANY) if "가" <= char <= "힣" else (char, ANY)


def _trigger(starts: set[str]) -> re.Pattern[str]:
    hangul = "".join(char for char in sorted(starts) if "가" <= char <= "힣")
    if HANGUL in starts or ANY in starts:
        hangul = "가-힣"
    other = "".join(
        re.escape(char) for char in sorted(starts) if not "가" <= char <= "힣" and char not in _SPECIAL
    )
    # One set for all that may come first lets the search run; what must not stand before is asked after it.
    behind = [r"(?<=[0-9])(?<![0-9A-Za-z#].)(?<![0-9][.,-].)"]
    if hangul:
        behind.insert(0, rf"(?<=[{hangul}])(?<![가-힣].)")
    if other:
        behind.append(f"(?<=[{other}])")
    return re.compile(f"[0-9{hangul}{other}](?:{'|'.join(behind)})", re.DOTALL)

"""Decides which rules are worth trying at a place, so that most of a text costs no rule at all.

Nothing is declared for it: the expressions themselves say, by partial matching, whether they could begin
with some characters, and the answers are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.normalise.rules import Rule

_MEMORY = 50_000
"""Answers remembered before starting afresh, so that memory stays flat on any input."""
_LONGEST_RUN = 24
_MANY = 6
_RUN = re.compile(r"\d+(?:[.,]\d+){0,3}(?![.,]?\d)")
_GROUP = re.compile(r"\d+")


class Dispatch:
    """The places where a rule may begin (``trigger``), and the rules that may match there."""

    def __init__(self, rules: Sequence[Rule], forms: Iterable[str]) -> None:
        alphabet = {form[0] for form in forms}
        alphabet.update(chr(code) for code in range(33, 127))
        for rule in rules:
            alphabet.update(char for char in rule.pattern.pattern if ord(char) > 127)
        self._starts: dict[str, tuple[Rule, ...]] = {}
        for char in sorted(alphabet):
            able = tuple(rule for rule in rules if rule.pattern.match(char, partial=True))
            if able:
                self._starts[char] = able
        self._memory: dict[str, tuple[Rule, ...]] = {}
        self.trigger = _trigger(self._starts)

    def able(self, text: str, start: int) -> tuple[Rule, ...]:
        """The rules that could match ``text`` at ``start``, judged by its next few characters.

        Where many remain they are sifted once more by what comes behind.
        """
        rules = self._starts.get(text[start], ())
        if "0" <= text[start] <= "9":
            run = _RUN.match(text, start, start + _LONGEST_RUN)
            if run is None:
                return rules
            key, end = _GROUP.sub(_class, run.group()), run.end()
            near, far = key + text[end : end + 1], key + text[end : end + 3]
        else:
            near, far = text[start : start + 2], text[start : start + 4]
        able = self._sift(near, rules)
        return self._sift(far, able) if len(able) > _MANY else able

    def _sift(self, key: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        known = self._memory.get(key)
        if known is None:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            known = self._memory[key] = tuple(rule for rule in rules if rule.pattern.match(key, partial=True))
        return known


def _class(match: re.Match[str]) -> str:
    """Digits that stand for all that the rules tell apart no further: short numbers and years are themselves."""
    digits = match.group()
    size = len(digits)
    if size <= 2 or size == 8:
        return digits
    if size == 4:
        return digits[:3] + ("0" if digits[3] == "0" else "7")
    return digits[0] + "7" * (size - 1) if size < 12 else digits[0] + "7" * 11


def _trigger(starts: Iterable[str]) -> re.Pattern[str]:
    hangul = "".join(char for char in starts if "가" <= char <= "힣")
    other = "".join(re.escape(char) for char in starts if not ("가" <= char <= "힣" or "0" <= char <= "9"))
    parts = [r"(?<![0-9A-Za-z#])(?<![0-9][.,-])[0-9]"]
    if hangul:
        parts.append(f"(?<![가-힣])[{hangul}]")
    if other:
        parts.append(f"[{other}]")
    return re.compile("|".join(parts))

"""Decides which rules are worth trying at a place, so that most of a text costs no rule at all.

Nothing is declared for it: the expressions themselves say, by partial matching, whether they could begin
with some characters, and the answers are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.normalise.rules import Rule

_MEMORY = 20_000
"""Answers remembered before starting afresh, so that memory stays flat on any input."""
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
        """The rules that could match ``text`` at ``start``, judged by its next few characters."""
        char = text[start]
        if "0" <= char <= "9":
            run = _RUN.match(text, start, start + 24)
            if run is None:
                return self._starts[char]
            end = run.end()
            after = text[end : end + 2] if text[end : end + 1] == " " else text[end : end + 1]
            key = _GROUP.sub(_class, run.group()) + after
        else:
            key = text[start : start + 2]
        known = self._memory.get(key)
        if known is None:
            if len(self._memory) >= _MEMORY:
                self._memory.clear()
            known = self._memory[key] = tuple(
                rule for rule in self._starts.get(char, ()) if rule.pattern.match(key, partial=True)
            )
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
    parts = [r"(?<![0-9A-Za-z#])(?<![0-9][.,])[0-9]"]
    if hangul:
        parts.append(f"(?<![가-힣])[{hangul}]")
    if other:
        parts.append(f"[{other}]")
    return re.compile("|".join(parts))

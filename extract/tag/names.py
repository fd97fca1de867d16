"""How much a word looks like a Korean personal name: surname, given-name syllables, Kiwi's reading."""

from __future__ import annotations

import math

from extract.lexicon import Lexicon
from extract.tag.layout import Layout, Run


class NameModel:
    """Surnames with rank (``surnames.csv``) and given-name syllable counts (``name_syllables.csv``)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.surnames = {
            form: int(row["rank"] or 999) for row in lexicon.rows("surnames") for form in row.forms
        }
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        for row in lexicon.rows("name_syllables"):
            self.first[row.name] = int(row["first"] or 0)
            self.last[row.name] = int(row["last"] or 0)
        self._first_total = sum(self.first.values()) or 1
        self._last_total = sum(self.last.values()) or 1

    def surname_of(self, word: str) -> str | None:
        """The surname that ``word`` begins with, if what remains can be a given name (one or two syllables)."""
        if len(word) == 4 and word[:2] in self.surnames:
            return word[:2]
        if len(word) in (2, 3) and word[0] in self.surnames:
            return word[0]
        if len(word) == 3 and word[:2] in self.surnames:
            return word[:2]
        return None

    def likely_given(self, word: str) -> bool:
        """Whether what follows the surname in ``word`` has syllables that given names have."""
        surname = self.surname_of(word)
        return surname is not None and self.given_score(word[len(surname) :]) >= 0.2

    def short_name(self, layout: Layout, start: int, end: int) -> bool:
        """Whether a word is a common surname and one syllable that are no word of the dictionary together."""
        word = layout.text[start:end]
        if len(word) != 2 or self.surnames.get(word[0], 999) > 60:
            return False
        covering = layout.covering(start, end)
        return covering[0].tag == "NNP" and all(m.tag[0] in "NMX" for m in covering)

    def given_score(self, given: str) -> float:
        """How common the syllables of a given name are, 0 (never seen) to about 1 (very common)."""
        if len(given) == 1:
            share = max(
                self.first.get(given, 0) / self._first_total, self.last.get(given, 0) / self._last_total
            )
            return _squash(share * 0.5)
        if len(given) != 2:
            return 0.0
        first = self.first.get(given[0], 0) / self._first_total
        last = self.last.get(given[1], 0) / self._last_total
        return math.sqrt(_squash(first) * _squash(last))

    def score(self, layout: Layout, run: Run) -> float:
        """0 to 1: how surely the run, taken alone, is a full Korean name."""
        return self.score_span(layout, run.start, run.end)

    def score_span(self, layout: Layout, start: int, end: int) -> float:
        """As :meth:`score`, for any stretch of the text."""
        word = layout.text[start:end]
        if not 2 <= len(word) <= 4 or not all("가" <= char <= "힣" for char in word):
            return 0.0
        surname = self.surname_of(word)
        if surname is None:
            return 0.0
        given = self.given_score(word[len(surname) :])
        morphemes = layout.covering(start, end)
        rank = self.surnames[surname]
        common = 1.0 if rank <= 40 else 0.85 if rank <= 100 else 0.6
        if len(morphemes) == 1 and morphemes[0].tag == "NNP":
            return common * (0.55 + 0.45 * given) if len(word) > 2 else common * 0.5 * (0.4 + given)
        if len(morphemes) == 1:  # a noun of the dictionary: 이사장, 주민, 정부
            return 0.15 * common * given
        if any(
            m.tag not in ("NNP", "NNG", "XR", "NR", "MM", "XPN", "NNB", "XSN", "MAG", "IC") for m in morphemes
        ):
            return 0.3 * common * given
        if all(m.tag in ("NR", "NNB") for m in morphemes):
            return 0.35 * common  # 이억원 위원장
        proper = any(m.tag == "NNP" for m in morphemes)
        if morphemes[-1].tag == "XSN" and not proper:
            return 0.2 * common * given  # 최소화, 선진화
        return common * given * (0.9 if proper else 0.7) if len(word) > 2 else common * given * 0.3


def _squash(share: float) -> float:
    """A syllable's share of all names on a scale where one in a hundred is common."""
    return min(1.0, share / 0.01) ** 0.5

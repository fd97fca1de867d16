"""Titles and positions: ``서울시장``, ``사무총장``, ``前 회장``. They are no mentions, but they find people."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from extract.document import Title
from extract.lexicon import Lexicon, Row
from extract.tag.layout import Layout

KEPT_WORDS = 50_000
"""Words whose endings are remembered: most words of a text have been met before."""
_TRAILING = ("님", "급", "들", "단")


class TitleFinder:
    """Finds every nominal run that ends in a title of ``titles.csv``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.forms: dict[str, Row] = {}
        for row in lexicon.rows("titles"):
            for form in row.forms:
                self.forms.setdefault(form.replace(" ", ""), row)
        self._lengths = lengths_by_end(self.forms)
        self.head = lru_cache(KEPT_WORDS)(self._head)
        """The longest title that a word ends in, and its row."""

    def _head(self, word: str) -> tuple[str, Row] | None:
        for length in self._lengths.get(word[-1:], ()):
            row = self.forms.get(word[-length:])
            if row is not None and length <= len(word):
                return word[-length:], row
        return None

    def __call__(self, layout: Layout) -> list[Title]:
        """All titles of an article in order; the span is the whole run (``서울시장``), ``head`` its title."""
        titles = []
        text, morphemes, head_of = layout.text, layout.morphemes, self.head
        for start, end, first, last in layout.runs:
            if last - first > 1:
                morpheme = morphemes[last - 1]
                if morpheme.tag == "XSN" and morpheme.form in _TRAILING:
                    end = morpheme.start
            found = head_of(text[start:end])
            if found is None:
                continue
            head, row = found
            if len(head) == 1 and end - start > 1 and layout.start_index[end - len(head)] < 0:
                continue  # 군, 양, 씨 inside a longer word
            titles.append(Title(start, end, text[start:end], head, row.rule))
        return titles


def lengths_by_end(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the forms that end in a character are, the longest first: most words end in none of them."""
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[-1:], set()).add(len(form))
    return {end: tuple(sorted(found, reverse=True)) for end, found in lengths.items() if end}

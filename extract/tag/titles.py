"""Titles and positions: ``서울시장``, ``사무총장``, ``前 회장``. They are no mentions, but they find people."""

from __future__ import annotations

from collections.abc import Iterable

from extract.document import Title
from extract.lexicon import Lexicon, Row
from extract.tag.layout import Layout, Run

_TRAILING = ("님", "급", "들", "단")


class TitleFinder:
    """Finds every nominal run that ends in a title of ``titles.csv``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.forms: dict[str, Row] = {}
        for row in lexicon.rows("titles"):
            for form in row.forms:
                self.forms.setdefault(form.replace(" ", ""), row)
        self._lengths = lengths_by_end(self.forms)

    def head(self, word: str) -> tuple[str, Row] | None:
        """The longest title that ``word`` ends in, and its row."""
        for length in self._lengths.get(word[-1:], ()):
            row = self.forms.get(word[-length:])
            if row is not None and length <= len(word):
                return word[-length:], row
        return None

    def __call__(self, layout: Layout) -> list[Title]:
        """All titles of an article in order; the span is the whole run (``서울시장``), ``head`` its title."""
        titles = []
        for run in layout.runs:
            end = _without_suffix(layout, run)
            found = self.head(layout.text[run.start : end])
            if found is None:
                continue
            head, row = found
            if len(head) == 1 and end - run.start > 1 and layout.start_index[end - len(head)] < 0:
                continue  # 군, 양, 씨 inside a longer word
            titles.append(Title(run.start, end, layout.text[run.start : end], head, row.rule))
        return titles


def lengths_by_end(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the forms that end in a character are, the longest first: most words end in none of them."""
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[-1:], set()).add(len(form))
    return {end: tuple(sorted(found, reverse=True)) for end, found in lengths.items() if end}


def _without_suffix(layout: Layout, run: Run) -> int:
    last = layout.morphemes[run.last - 1]
    if run.last - run.first > 1 and last.tag == "XSN" and last.form in _TRAILING:
        return last.start
    return run.end

"""What the rest of the pipeline says about every piece, as small numbers the model has embeddings for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.document import Candidate, Title
from extract.lexicon.matcher import Hit
from extract.tagger.forms import NAME_CODES, Occurrence
from extract.tagger.labels import LABELS
from extract.tagger.pieces import NO_WORD, Page, Piece, normal

KINDS = ("lexicon", "suffix", "pattern", "people", "article", "quantity")
"""Where a proposal of lexicon or rules comes from."""
_KIND_OF = {
    "organisations": "pattern",
    "places": "pattern",
    "people": "people",
    "names": "article",
    "article": "article",
    "dates": "quantity",
    "figures": "quantity",
}
HITS = ("PERSON", "CITY", "PLACE", "ORG", "CITY+ORG", "ORG+PLACE", "CITY+PLACE", "CITY+ORG+PLACE")
"""Labels that the rows behind a listed form may have, guarded rows too."""

Lookup = Callable[[str, Sequence[Piece]], tuple[list[Occurrence], list[Occurrence]]]

COLUMNS = ("spacing", "rule", "hit", "title", "form", "other")
SIZES = (4, 1 + 2 * len(LABELS) * len(KINDS), 1 + 2 * len(HITS), 3, 1 + 4 * (NAME_CODES - 1))
"""Number of values of each column but the last, whose classes the training data name."""

Word = tuple[str, str, str, int]
"""What stands for a piece whatever is around it: form and surface with digits as 0, tag, Kiwi's id."""
Spot = tuple[int, int, int]
"""A stretch of text, half open, and a code."""


class Observation(NamedTuple):
    """Rows of pieces as the model sees them, one after the other with a None between two rows.

    ``words`` and the integer array ``columns`` (len(words) x ``COLUMNS``) have the same length.
    """

    words: list[Word | None]
    columns: NDArray[np.int16]


class Voices(NamedTuple):
    """What lexicon and rules found in an article, each without overlap and in order of the text."""

    winners: list[Spot]
    hits: list[Spot]
    titles: list[Spot]

    def between(self, start: int, end: int) -> Voices:
        """Those that begin in ``[start, end)``."""
        return Voices(*(spots[bisect_left(spots, (start,)) : bisect_left(spots, (end,))] for spots in self))


def voices(winners: Sequence[Candidate], hits: Iterable[Hit], titles: Iterable[Title]) -> Voices:
    """Gathers them: of overlapping hits the longest stays, of equal ones the first."""
    coded = []
    end = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start < end:
            continue
        labels = "+".join(sorted({row.label for row, _ in hit.rows if row.label in LABELS}))
        if labels in HITS:
            coded.append((hit.start, hit.end, HITS.index(labels)))
            end = hit.end
    return Voices(
        [(c.start, c.end, rule_code(c)) for c in winners],
        coded,
        sorted((title.start, title.end, 0) for title in titles),
    )


def rule_code(candidate: Candidate) -> int:
    """The number of a proposal's label and kind, from 0."""
    head, _, rest = candidate.rule.partition(":")
    listed = "suffix" if "suffixes" in rest else "lexicon"
    kind = listed if head == "lexicon" else _KIND_OF.get(head, "pattern")
    return LABELS.index(candidate.label) * len(KINDS) + KINDS.index(kind)


def rows_of(text: str, found: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces line by line."""
    rows: list[list[Piece]] = []
    row: list[Piece] = []
    edge = -1
    for piece in found:
        start = piece[0]
        if edge < 0 or (start != edge and "\n" in text[edge:start]):
            row = []
            rows.append(row)
        row.append(piece)
        edge = piece[1]
    return rows


def observe(
    text: str, rows: Sequence[Sequence[Piece]], found: Voices, forms: Lookup | None = None
) -> Observation:
    """The observation of an article's rows of pieces.

    Args:
        text: the article's text.
        rows: pieces line by line.
        found: what lexicon and rules found in the article.
        forms: looks up the forms met in training, row by row.
    """
    page = Page(rows)
    names: list[Occurrence] = []
    others: list[Occurrence] = []
    first = 0
    for row in rows:
        for all_, own in zip((names, others), forms(text, row) if forms else ((), ()), strict=True):
            all_ += [Occurrence(o.first + first, o.last + first, o.code) for o in own]
        first += len(row) + 1
    words = [None if word == NO_WORD else normal_word(word) for word in page.words(text)]
    return Observation(words, columns_of(page, found, names, others))


def normal_word(word: Word) -> Word:
    """A word as the model knows it, from one as it stands in a text."""
    form, tag, surface, id_ = word
    return normal(form), tag, normal(surface), id_


def columns_of(
    page: Page, found: Voices, names: Iterable[Occurrence], others: Iterable[Occurrence]
) -> NDArray[np.int16]:
    """What is known of every place of a page (places x ``COLUMNS``).

    Args:
        page: the pieces.
        found: what lexicon and rules found in the article.
        names: names met in training, by place, without overlap.
        others: other classes of forms met in training.
    """
    columns = np.zeros((len(page.places), len(COLUMNS)), np.int16)
    if not page.places:
        return columns
    starts = np.array(page.offsets)
    ends = np.array(page.stops)
    starts[page.gaps] = -1
    apart = np.empty(len(starts) + 1, np.int16)
    apart[0] = apart[-1] = 1
    np.not_equal(starts[1:], ends[:-1], out=apart[1:-1], casting="unsafe")
    columns[:, 0] = apart[:-1] + 2 * apart[1:]
    columns[page.gaps, 0] = 0
    for column, spots in enumerate(found, 1):
        _paint(columns[:, column], page.offsets, spots)
    for first, last, code in names:
        if first == last:
            columns[first, 4] = 4 * code - 3
        else:
            columns[first, 4] = 4 * code - 1
            columns[first + 1 : last, 4] = 4 * code
            columns[last, 4] = 4 * code - 2
    for first, last, code in others:
        columns[first, 5] = 2 * code - 1
        columns[first + 1 : last + 1, 5] = 2 * code
    return columns


def _paint(column: NDArray[np.int16], offsets: Sequence[int], spots: Iterable[Spot]) -> None:
    """2c + 1 where a spot of code c begins, 2c + 2 inside of it."""
    for start, end, code in spots:
        first = bisect_left(offsets, start)
        last = bisect_left(offsets, end, first)
        if first < last:
            column[first] = 2 * code + 1
            column[first + 1 : last] = 2 * code + 2

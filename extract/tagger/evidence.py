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
from extract.tagger.pieces import Piece, normal

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
    edge = -1
    for piece in found:
        if not rows or (piece.start != edge and "\n" in text[edge : piece.start]):
            rows.append([])
        rows[-1].append(piece)
        edge = piece.end
    return rows


def observe(text: str, rows: Sequence[Sequence[Piece]], found: Voices, forms: Lookup) -> Observation:
    """The observation of an article's rows of pieces.

    Args:
        text: the article's text.
        rows: pieces line by line.
        found: what lexicon and rules found in the article.
        forms: looks up the forms met in training.
    """
    words: list[Word | None] = []
    starts: list[int] = []
    spacing: list[int] = []
    named: list[int] = []
    other: list[int] = []
    for row in rows:
        if words:
            words.append(None)
            starts.append(starts[-1])
            spacing.append(0)
            named.append(0)
            other.append(0)
        first_word = len(words)
        edge = -1
        for start, end, form, tag, id_ in row:
            words.append((normal(form), tag, normal(text[start:end]), id_))
            starts.append(start)
            if start != edge:
                if len(spacing) > first_word:
                    spacing[-1] += 2
                spacing.append(1)
            else:
                spacing.append(0)
            edge = end
        if row:
            spacing[-1] += 2
        n = len(row)
        named += [0] * n
        other += [0] * n
        names, others = forms(text, row)
        for first, last, code in names:
            for i in range(first, last + 1):
                named[first_word + i] = 4 * (code - 1) + 1 + (i > first) + 2 * (i < last)
        for first, last, code in others:
            for i in range(first, last + 1):
                other[first_word + i] = 2 * code - (i == first)
    columns = [spacing, *(_painted(starts, spots) for spots in found), named, other]
    return Observation(words, np.array(columns, np.int16).T.reshape(len(words), len(COLUMNS)))


def _painted(starts: Sequence[int], spots: Iterable[Spot]) -> list[int]:
    """0 outside, 2c + 1 where a spot of code c begins, 2c + 2 inside of it."""
    column = [0] * len(starts)
    n = len(starts)
    for start, end, code in spots:
        i = bisect_left(starts, start)
        value = 2 * code + 1
        while i < n and starts[i] < end:
            column[i] = value
            value = 2 * code + 2
            i += 1
    return column

"""From tag probabilities to spans that are well formed and do not overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.tagger.labels import LABELS, TAGS, spans_of

Floats = NDArray[np.float32]

_N = len(TAGS)
_LEGAL = np.array(
    [
        [not (after and after % 2 == 0) or before in (after - 1, after) for after in range(_N)]
        for before in range(_N)
    ]
)
_FORBIDDEN = np.where(_LEGAL, 0.0, -np.inf).astype(np.float32)
_BEGIN = _LEGAL[0]
_SMALLEST = 1e-6


def best_tags(probabilities: Floats) -> list[int]:
    """The likeliest legal tags of one row of pieces (pieces x ``TAGS``), inside never without beginning."""
    if not len(probabilities):
        return []
    tags = probabilities.argmax(1)
    if _BEGIN[tags[0]] and _LEGAL[tags[:-1], tags[1:]].all():
        return list(map(int, tags))
    return _viterbi(np.log(np.maximum(probabilities, _SMALLEST)))


def _viterbi(scores: Floats) -> list[int]:
    best = np.where(_BEGIN, scores[0], -np.inf)
    back = []
    for row in scores[1:]:
        paths = best[:, None] + _FORBIDDEN
        origin = paths.argmax(0)
        back.append(origin)
        best = paths[origin, np.arange(_N)] + row
    tags = [int(best.argmax())]
    for origin in reversed(back):
        tags.append(int(origin[tags[-1]]))
    return tags[::-1]


def spans(probabilities: Floats) -> list[tuple[int, int, str]]:
    """Spans of one row of pieces: first and last piece (included) and label."""
    return spans_of(best_tags(probabilities))


def span_probability(probabilities: Floats, first: int, last: int, labels: Sequence[str]) -> float:
    """How likely the model finds a mention from ``first`` to ``last`` (included) with one of the labels.

    Pieces are taken as independent given the text, so this is the product of beginning there, going on, and
    not going on behind it.
    """
    total = 0.0
    for label in labels:
        begin = 2 * LABELS.index(label) + 1
        chance = float(probabilities[first, begin])
        for i in range(first + 1, last + 1):
            chance *= float(probabilities[i, begin + 1])
        if last + 1 < len(probabilities):
            chance *= 1.0 - float(probabilities[last + 1, begin + 1])
        total += chance
    return min(total, 1.0)

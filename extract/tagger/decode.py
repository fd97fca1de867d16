"""From tag probabilities to spans that are well formed and do not overlap."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

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
_BEGIN = _LEGAL[0]
_BEGINNING = {label: 2 * number + 1 for number, label in enumerate(LABELS)}
_SMALLEST = 1e-6


def best_tags(probabilities: Floats) -> list[int]:
    """The likeliest legal tags of one row of pieces (pieces x ``TAGS``), inside never without beginning."""
    if not len(probabilities):
        return []
    tags = probabilities.argmax(1)
    if _BEGIN[tags[0]] and _LEGAL[tags[:-1], tags[1:]].all():
        return list(map(int, tags))
    return _viterbi(np.log(np.maximum(probabilities, _SMALLEST)))


def tags_of_page(probabilities: Floats, gaps: Sequence[int]) -> list[int]:
    """The likeliest legal tags of several rows with a gap between two; O in the gaps (:func:`best_tags` of each)."""
    tags = probabilities.argmax(1)
    tags[gaps] = 0
    broken = np.flatnonzero(~_LEGAL[tags[:-1], tags[1:]]) + 1
    places = broken.tolist() if not len(tags) or _BEGIN[tags[0]] else [0, *broken.tolist()]
    if places:
        scores = np.log(np.maximum(probabilities, _SMALLEST))
        edges = [0, *(np.flatnonzero(_apart(scores, gaps)) + 1).tolist(), len(tags)]
        done = -1
        for place in places:
            if place >= done:
                i = bisect_right(edges, place)
                first, done = edges[i - 1], edges[i]
                tags[first:done] = _viterbi(scores[first:done])
    found: list[int] = tags.tolist()
    return found


def _apart(scores: Floats, gaps: Sequence[int]) -> Any:
    """After which places, the last apart, surely no mention goes on, so that what follows can be decided by itself.

    Whatever the tags around: where one went on, O and a new beginning of the same label would be likelier.
    """
    here, after = scores[:-1], scores[1:]
    through = np.maximum(here[:, 1::2], here[:, 2::2]) + after[:, 2::2]
    apart = np.all(here[:, :1] + after[:, 1::2] > through, axis=1)
    for gap in gaps:
        apart[gap - 1 : gap + 1] = True
    return apart


def _viterbi(scores: Floats) -> list[int]:
    """The best legal path through rows of log probabilities; few rows at a time, so lists are quicker than arrays."""
    first, *rows = scores.tolist()
    best = [score if _BEGIN[tag] else -math.inf for tag, score in enumerate(first)]
    back: list[tuple[int, list[int]]] = []
    for row in rows:
        high = max(best)
        now = [high + score for score in row]
        sources = [0] * _N  # the tag before each tag that goes on
        for tag in range(2, _N, 2):
            source = tag if best[tag] > best[tag - 1] else tag - 1
            sources[tag] = source
            now[tag] = best[source] + row[tag]
        back.append((best.index(high), sources))
        best = now
    tags = [best.index(max(best))]
    for top, sources in reversed(back):
        tags.append(sources[tags[-1]] or top)
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
        begin = _BEGINNING[label]
        chance = probabilities.item(first, begin)
        for i in range(first + 1, last + 1):
            chance *= probabilities.item(i, begin + 1)
        if last + 1 < len(probabilities):
            chance *= 1.0 - probabilities.item(last + 1, begin + 1)
        total += chance
    return min(total, 1.0)

"""The labels the model tells apart, and how tags of pieces become spans."""

from __future__ import annotations

from collections.abc import Sequence

LABELS = ("PERSON", "CITY", "PLACE", "ORG", "DATE", "TIME", "FIGURE")
"""The contract's mention labels."""
TAGS = ("O", *(f"{edge}-{label}" for label in LABELS for edge in "BI"))
"""Tags of pieces: outside, beginning or inside of a mention. Tag ``2k + 1`` begins, ``2k + 2`` continues label k."""


def tags_of(n: int, spans: Sequence[tuple[int, int, str]]) -> list[int]:
    """Tags of ``n`` pieces for spans of pieces (first, last included, label) that do not overlap."""
    tags = [0] * n
    for first, last, label in spans:
        begin = 2 * LABELS.index(label) + 1
        tags[first] = begin
        for i in range(first + 1, last + 1):
            tags[i] = begin + 1
    return tags


def spans_of(tags: Sequence[int]) -> list[tuple[int, int, str]]:
    """Spans of pieces (first, last included, label); a tag that continues nothing begins a span."""
    spans = []
    first = -1
    inside = 0
    for i, tag in enumerate(tags):
        if first >= 0 and tag != inside:
            spans.append((first, i - 1, LABELS[(inside - 1) // 2]))
            first = -1
        if first < 0 and tag:
            first, inside = i, tag + tag % 2
    if first >= 0:
        spans.append((first, len(tags) - 1, LABELS[(inside - 1) // 2]))
    return spans

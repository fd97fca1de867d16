"""Tags and spans of pieces."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.tagger.decode import best_tags, span_probability, spans, tags_of_page
from extract.tagger.labels import LABELS, TAGS, spans_of, tags_of


@st.composite
def _spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    n = draw(st.integers(0, 12))
    found, position = [], 0
    while position < n:
        if draw(st.booleans()):
            last = draw(st.integers(position, n - 1))
            found.append((position, last, draw(st.sampled_from(LABELS))))
            position = last + 1
        else:
            position += 1
    return n, found


@given(_spans())
def test_spans_survive_their_tags(case: tuple[int, list[tuple[int, int, str]]]) -> None:
    n, found = case
    assert spans_of(tags_of(n, found)) == found


@given(st.lists(st.integers(0, len(TAGS) - 1), max_size=20))
def test_any_tags_give_well_formed_spans(tags: list[int]) -> None:
    edge = -1
    for first, last, label in spans_of(tags):
        assert edge < first <= last < len(tags)
        assert label in LABELS
        edge = last


@given(st.integers(0, 15), st.integers(0, 2**32 - 1))
def test_the_best_tags_are_legal(n: int, seed: int) -> None:
    probabilities = np.random.default_rng(seed).dirichlet([0.2] * len(TAGS), n).astype(np.float32)
    tags = best_tags(probabilities)
    assert len(tags) == n
    assert tags_of(n, spans_of(tags)) == tags


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=5),
    st.sampled_from([0.05, 0.2, 1.0]),
    st.integers(0, 2**32 - 1),
)
def test_the_tags_of_a_page_are_those_of_its_rows(sizes: list[int], spread: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = [chance.dirichlet([spread] * len(TAGS), n).astype(np.float32) for n in sizes]
    gaps = np.cumsum([n + 1 for n in sizes])[:-1] - 1
    nothing = np.zeros((1, len(TAGS)), np.float32)
    page = np.concatenate([part for row in rows for part in (row, nothing)][:-1])
    expected = [tag for row in rows for tag in (*best_tags(row), 0)][:-1]
    assert tags_of_page(page, gaps.tolist()) == expected


def test_a_span_is_as_likely_as_its_beginning_and_end() -> None:
    begin = TAGS.index("B-ORG")
    probabilities = np.zeros((3, len(TAGS)), np.float32)
    probabilities[0, begin] = 0.9
    probabilities[1, begin + 1] = 0.8
    probabilities[2, begin + 1] = 0.25
    probabilities[2, 0] = 0.75
    assert abs(span_probability(probabilities, 0, 1, ("ORG",)) - 0.9 * 0.8 * 0.75) < 1e-6
    assert spans(probabilities) == [(0, 1, "ORG")]

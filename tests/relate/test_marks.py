from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.relate.marks import pair_marks

CASES = [
    ("그는 “가자”고 했다", [("가자", "double")]),
    ('그는 "가자“며 ”좋다"고 했다', [("가자", "double"), ("좋다", "double")]),
    ("`푸른 선언`을 읽다", [("푸른 선언", "single")]),
    ("‘푸른 선언’과 “좋다”", [("푸른 선언", "single"), ("좋다", "double")]),
    ("“그는 ‘푸른 선언’을 읽었다”고", [("그는 ‘푸른 선언’을 읽었다", "double"), ("푸른 선언", "single")]),
    ("「도시법」에 따라", [("도시법", "corner")]),
    ("It's a girls' school", []),
    ("키는 6' 2\"이다", []),
    ("“ 길을 넓힌다. ”고 했다", [("길을 넓힌다.", "double")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_pairs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.family) for s in pair_marks(text)] == expected


def test_a_quotation_cut_off_by_the_end_is_kept_and_says_so() -> None:
    text = "그는 “우리가 함께 이 길을 걸어간다면 언젠가는 ..."
    (span,) = pair_marks(text)
    assert text[span.start : span.end] == "우리가 함께 이 길을 걸어간다면 언젠가는"
    assert not span.closed


@given(st.text(alphabet="가나다 \n.,()“”\"‘’'`「」『』고며라a1…", max_size=80))
def test_spans_lie_in_the_text_and_do_not_cross(text: str) -> None:
    spans = pair_marks(text)
    assert spans == sorted(spans)
    for span in spans:
        assert 0 <= span.outer_start < span.start <= span.end <= span.outer_end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
    doubles = [s for s in spans if s.family == "double"]
    for left, right in itertools.pairwise(doubles):
        assert left.outer_end <= right.outer_start

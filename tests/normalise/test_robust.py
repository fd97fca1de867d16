from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = (
    "1", "23", "2017", "1,234", "3.5", "만", "억", "천", "여", "년", "월", "일", "시", "분", "부터", "까지",
    "~", "-", ".", ",", ":", "/", "(", ")", "월요일", "지난", "오는", "올해", "작년", "이달", "말", "초", "매주",
    "오후", "약", "개", "명", "원", "%", "두", "스물", "한", "제", "’", "$", "대", "배", " ", "\n", "설", "전", "추석",
)  # fmt: skip


def check(grammar, text: str) -> None:
    quantities = grammar.find(text)
    end = 0
    for quantity in quantities:
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
    for published in (None, datetime.date(2024, 2, 29)):
        values = grammar.resolve(text, quantities, published)
        assert len(values) == len(quantities)
        for value in values:
            assert value.readable is None or value.readable
            start, stop = getattr(value, "start", None), getattr(value, "end", None)
            assert not (start and stop) or start < stop
    assert grammar.find(text) == quantities


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_unicode_survives(grammar, text):
    check(grammar, text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_mixture_of_quantity_words_survives(grammar, text):
    check(grammar, text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.data())
def test_any_subset_resolves(grammar, text, data):
    quantities = [q for q in grammar.find(text) if data.draw(st.booleans())]
    assert len(grammar.resolve(text, quantities, datetime.date(2024, 2, 29))) == len(quantities)


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1,", "1.", "1 ", "12:", "1/", "1-", "1~", "’17.", "년", "만", "천만", "1만 ", "1억2천", "한", "두세 ",
        "십", "이십삼", "일이삼", "오는 ", "지난 ", "3월 ", "1월1", "월~", "월·", "매주 월", "(", "’", "△", "제 ",
        "2017.1.", "1일부터 ", "5시~", "1,2,3일", "수십", "1여", "1 만", "올해 ", "첫째 ", "1분의 ", "1대 ",
    ],
)  # fmt: skip
def test_time_is_linear(grammar, piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            grammar.resolve(text, grammar.find(text), None)
            best = min(best, time.process_time() - start)
        return best

    seconds(2_000)
    small, large = seconds(10_000), seconds(40_000)
    assert large < 0.02 + 10 * small, (small, large)
    assert large < 4


def test_a_hundred_thousand_digits(grammar):
    start = time.process_time()
    text = "값은 " + "7" * 100_000 + "원이다"
    grammar.resolve(text, grammar.find(text), None)
    assert time.process_time() - start < 2


def test_memory_of_the_dispatch_is_bounded(grammar, monkeypatch):
    from extract.normalise import dispatch

    monkeypatch.setattr(dispatch, "_MEMORY", 50)
    for number in range(200):
        grammar.find(f"오늘{chr(0xAC00 + number)} {number}{chr(0xB000 + number)}")
    assert len(grammar._dispatch._memory) <= 50

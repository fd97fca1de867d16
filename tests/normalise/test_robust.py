from __future__ import annotations

import datetime
import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalise import Grammar, dispatch

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


ADVERSARIAL = (
    "1", "1,", "1.", "1 ", "12:", "1/", "1-", "1~", "’17.", "년", "만", "천만", "1만 ", "1억2천", "한", "두세 ",
    "십", "이십삼", "일이삼", "오는 ", "지난 ", "3월 ", "1월1", "월~", "월·", "매주 월", "(", "’", "△", "제 ",
    "2017.1.", "1일부터 ", "5시~", "1,2,3일", "수십", "1여", "1 만", "올해 ", "첫째 ", "1분의 ", "1대 ", "-1~",
    "1/1/", "1:1-", "다음 ", "3영업일 ", "１", "초·중·", "1년~", "1분 ", "절기 ",
)  # fmt: skip


def work(grammar, monkeypatch, text: str) -> tuple[int, int]:
    """How many places of ``text`` were looked at, and how many rules were tried there."""
    places = tries = 0
    able = grammar._dispatch.able

    def counted(text, start):
        nonlocal places, tries
        rules = able(text, start)
        places, tries = places + 1, tries + len(rules)
        return rules

    with monkeypatch.context() as patch:
        patch.setattr(grammar._dispatch, "able", counted)
        grammar.find(text)
    return places, tries


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_work_is_linear(grammar, monkeypatch, piece):
    small, large = (work(grammar, monkeypatch, piece * (size // len(piece))) for size in (5_000, 20_000))
    assert large[0] <= 4 * small[0] + 8
    assert large[1] <= 4 * small[1] + 400


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_no_faster_than_the_text(grammar, piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            grammar.resolve(text, grammar.find(text), None)
            best = min(best, time.process_time() - start)
        return best

    seconds(2_000)
    small, large = seconds(4_000), seconds(16_000)
    assert large < 0.02 + 9 * small, (small, large)


def test_a_hundred_thousand_digits_are_one_place(grammar, monkeypatch):
    assert work(grammar, monkeypatch, "값은 " + "7" * 100_000 + "원이다")[0] <= 3


def test_memory_of_the_dispatch_is_bounded(grammar, monkeypatch):
    monkeypatch.setattr(dispatch, "_MEMORY", 50)
    for number in range(200):
        grammar.find(f"오늘{chr(0xAC00 + number)} {number}{chr(0xB000 + number)} 1{number}천{number}")
    assert grammar._dispatch.remembered <= 150


def every_rule_at_every_place(grammar, text: str) -> list[tuple[int, int, str]]:
    """What is found where nothing sifts the places and the rules."""
    found, position = [], 0
    for start in range(len(text)):
        if start >= position and grammar._dispatch.trigger.match(text, start):
            quantity, position = grammar._match(text, start, grammar.rules)
            found += [(quantity.start, quantity.end, quantity.rule)] if quantity else []
    return found


@pytest.fixture(scope="module")
def by_regex(grammar) -> dict[str, regex.Pattern]:
    """The patterns of all rules, as the library that understands all of them compiles them."""
    return {rule.name: regex.compile(rule.pattern.pattern) for rule in grammar.rules}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_rules_match_the_same_whatever_library_compiles_them(grammar, by_regex, text):
    for start in range(len(text)):
        for rule in grammar.rules:
            found, expected = rule.pattern.match(text, start), by_regex[rule.name].match(text, start)
            assert (found and found.span()) == (expected and expected.span()), rule.name
            if found:
                groups = {name: value for name, value in expected.groupdict().items() if value is not None}
                assert rule.pattern.named(found) == groups, rule.name


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_dispatch_leaves_out_no_rule(grammar, text):
    grammar_of_places = [(q.start, q.end, q.rule) for q in grammar.places(text)]
    assert grammar_of_places == every_rule_at_every_place(grammar, text)


@pytest.mark.parametrize("before", ["도입한다. ’ ", "도입한다. ’\n", "도입한다. ’"])
def test_what_ended_one_text_may_begin_a_quantity_in_the_next(lexicon, before):
    grammar = Grammar(lexicon)
    grammar.find(before)
    assert [(q.start, q.end) for q in grammar.find("총회(’ 91 년 9월)에서")] == [(3, 12)]

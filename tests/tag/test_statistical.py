"""How the model's spans are weighed against lexicon and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from extract.components import analysis_of
from extract.document import Candidate, Title
from extract.normalise import Grammar
from extract.stages import shared_lexicon
from extract.tag.arbiter import Arbiter
from extract.tag.layout import Layout
from extract.tag.names import NameModel
from extract.tag.statistical import Reading, Weighing, one_label


@pytest.fixture(scope="module")
def whole(nlp: Any) -> Any:
    return nlp.make_doc, nlp.get_pipe("extract_tagger").stage.tagger


@dataclass
class _Layout:
    text: str
    hits: tuple[Any, ...] = ()


class _Reading:
    def __init__(self, *found: Candidate) -> None:
        self.found = found

    def candidates(self) -> tuple[Candidate, ...]:
        return self.found

    def likelihood(self, start: int, end: int, label: str) -> float:
        return next((c.score for c in self.found if (c.start, c.end, c.label) == (start, end, label)), 0.0)


@pytest.fixture(scope="module")
def weighing() -> Weighing:
    lexicon = shared_lexicon()
    return Weighing(lexicon, Grammar(lexicon), NameModel(lexicon))


def _own(text: str, words: str, label: str, score: float) -> Candidate:
    start = text.index(words)
    return Candidate(start, start + len(words), label, None, "tagger", score=score)


def _rule(text: str, words: str, label: str, **more: Any) -> Candidate:
    start = text.index(words)
    return Candidate(start, start + len(words), label, None, "places:any", **more)


def _winners(weighing: Weighing, text: str, own: Candidate, *rules: Candidate) -> list[tuple[str, str, str]]:
    weighed = weighing(cast(Layout, _Layout(text)), cast(Reading, _Reading(own)), list(rules), [])
    chosen = Arbiter(shared_lexicon())(weighed)
    return [(text[c.start : c.end], c.label, c.rule) for c in chosen]


TEXT = "가온누리재단은 23일 개막했다"


def test_what_the_model_is_sure_of_beats_a_longer_rule(weighing: Weighing) -> None:
    own = _own(TEXT, "가온누리재단", "ORG", 0.95)
    assert _winners(weighing, TEXT, own, _rule(TEXT, "가온누리재단은", "PLACE")) == [
        ("가온누리재단", "ORG", "tagger")
    ]


def test_what_it_guesses_fills_gaps_only(weighing: Weighing) -> None:
    own = _own(TEXT, "가온누리재단", "ORG", 0.6)
    assert _winners(weighing, TEXT, own) == [("가온누리재단", "ORG", "tagger")]
    assert _winners(weighing, TEXT, own, _rule(TEXT, "가온", "PLACE")) == [("가온", "PLACE", "places:any")]


def test_a_guess_may_widen_a_name_of_the_same_label(weighing: Weighing) -> None:
    own = _own(TEXT, "가온누리재단", "ORG", 0.6)
    assert _winners(weighing, TEXT, own, _rule(TEXT, "재단", "ORG")) == [("가온누리재단", "ORG", "tagger")]


def test_a_name_in_marks_of_its_own_stays_whole(weighing: Weighing) -> None:
    text = "‘서울-인도 나눔터’가 문을 열었다"
    own = _own(text, "서울", "CITY", 0.95)
    assert _winners(weighing, text, own, _rule(text, "서울-인도 나눔터", "ORG")) == [
        ("서울-인도 나눔터", "ORG", "places:any")
    ]


def test_an_agreeing_rule_keeps_its_name_and_comes_first(weighing: Weighing) -> None:
    own = _own(TEXT, "가온누리재단", "ORG", 0.95)
    longer, same = _rule(TEXT, "가온누리재단은 23일", "PLACE"), _rule(TEXT, "가온누리재단", "ORG")
    assert _winners(weighing, TEXT, own, longer, same) == [("가온누리재단", "ORG", "places:any")]


def test_the_users_row_wins_over_the_model(weighing: Weighing) -> None:
    own = _own(TEXT, "가온누리재단", "ORG", 0.99)
    mine = _rule(TEXT, "가온누리", "PERSON", priority=90)
    assert _winners(weighing, TEXT, own, mine) == [("가온누리", "PERSON", "places:any")]


@pytest.mark.parametrize(
    ("text", "words", "label", "score", "rule", "found"),
    [
        ("별 하나 반", "하나", "FIGURE", 0.6, None, True),  # a gap, and the grammar reads a value
        ("학창시절 이야기", "학창시절", "DATE", 0.9, None, True),  # no value, but sure
        ("학창시절 이야기", "학창시절", "DATE", 0.6, None, False),
        ("임원 10명 중 7명", "7명", "FIGURE", 0.95, "10명 중 7명", False),  # the grammar knows what is one
        ("4차 산업혁명", "4차", "FIGURE", 0.95, None, False),  # and what is none
        ("1인극 배우", "1인", "FIGURE", 0.95, None, False),  # inside a word
    ],
)
def test_quantities_of_the_models_own(
    whole: Any, text: str, words: str, label: str, score: float, rule: str | None, found: bool
) -> None:
    sentences, tagger = whole
    analysis = analysis_of(sentences(text))
    own = _own(text, words, label, score)
    rules = [] if rule is None else [_rule(text, rule, label)]
    reading = cast(Reading, _Reading(own))
    weighed = tagger.weigh(Layout(analysis, tagger.lexicon), reading, rules, [])
    assert ((own.start, own.end) in {(c.start, c.end) for c in weighed if c.rule == "tagger"}) is found


def test_a_person_keeps_one_label_in_an_article() -> None:
    text = "한울이 왔다. 한울은 갔다. 한울에서 만났다."
    found = [
        Candidate(0, 2, "PERSON", None, "tagger", score=0.9),
        Candidate(8, 10, "PERSON", None, "tagger", score=0.9),
        Candidate(16, 18, "PLACE", None, "tagger", score=0.6),
    ]
    assert [candidate.label for candidate in one_label(text, found)] == ["PERSON"] * 3


def test_titles_hold_no_names_of_the_models(weighing: Weighing) -> None:
    text = "서울시장은 말했다"
    title = Title(0, 4, "서울시장", "시장", "head-of-city")
    layout, reading = cast(Layout, _Layout(text)), cast(Reading, _Reading(_own(text, "서울", "CITY", 0.95)))
    assert weighing(layout, reading, [], [title]) == []
    assert len(weighing(layout, reading, [], [])) == 1


def test_people_end_before_their_titles(whole: Any) -> None:
    text = "도하람 마루구청장은 말했다"
    sentences, tagger = whole
    layout = Layout(analysis_of(sentences(text)), tagger.lexicon)
    reading = cast(Reading, _Reading(_own(text, "도하람 마루구청장", "PERSON", 0.95)))
    title = Title(4, 9, "마루구청장", "구청장", "head-of-city")
    assert tagger.weigh(layout, reading, [], [title]) == []
    assert len(tagger.weigh(layout, reading, [], [])) == 1


def test_a_surname_that_is_also_a_word_needs_certainty(weighing: Weighing) -> None:
    text = "전 장관들이 모였다"
    assert _winners(weighing, text, _own(text, "전", "PERSON", 0.75)) == []
    assert _winners(weighing, text, _own(text, "전", "PERSON", 0.9)) == [("전", "PERSON", "tagger")]


@pytest.mark.parametrize(
    ("text", "words", "label", "score", "found"),
    [
        (
            "추경예산을 늘렸다",
            "추경예산",
            "PERSON",
            0.7,
            False,
        ),  # common nouns alone: no person without certainty
        ("추경예산을 늘렸다", "추경예산", "PERSON", 0.9, True),
        ("홍성욱이 왔다", "홍성욱", "PERSON", 0.7, True),
        ("260413 보도자료", "260413", "FIGURE", 0.7, False),  # a number alone
        ("서연우(31)씨", "31", "FIGURE", 0.7, True),  # but for an age in brackets
        ("누리집 www.nuri.kr 참조", "nuri", "ORG", 0.9, False),
        ("누리집 www.nuri.kr/news 참조", "kr", "ORG", 0.9, False),  # in an address of the net
        ("가람부  누리부 제공", "가람부  누리부", "ORG", 0.9, False),  # over a gap in the line
        ("‘나눔이", "‘나눔이", "ORG", 0.9, False),  # begins with a sign
        ("A 지역과 B 지역", "A", "PERSON", 0.9, False),  # a letter alone
        ("A씨가 신고했다", "A", "PERSON", 0.9, True),  # but for people without a name
    ],
)
def test_what_cannot_be_a_mention_is_none(
    whole: Any, text: str, words: str, label: str, score: float, found: bool
) -> None:
    sentences, tagger = whole
    layout = Layout(analysis_of(sentences(text)), tagger.lexicon)
    weighed = tagger.weigh(layout, cast(Reading, _Reading(_own(text, words, label, score))), [], [])
    assert bool(weighed) is found


def test_a_name_the_model_sees_in_one_place_of_many_is_none(weighing: Weighing) -> None:
    text = "가온이 왔다. 가온이 갔다. 가온이 섰다."
    own = _own(text, "가온", "ORG", 0.7)
    assert _winners(weighing, text, own) == []
    assert _winners(weighing, text[:7], own) == [("가온", "ORG", "tagger")]


def test_a_part_of_a_longer_name_of_the_same_label_gives_way(weighing: Weighing) -> None:
    text = "아시아·태평양 지역"
    own = _own(text, "태평양", "PLACE", 0.95)
    assert _winners(weighing, text, own, _rule(text, "아시아·태평양", "PLACE")) == [
        ("아시아·태평양", "PLACE", "places:any")
    ]

from __future__ import annotations

import pytest

from extract.lexicon import Lexicon
from extract.model import EVENT_TYPES, Event
from extract.relate.examples import parse_example


def one(events: list[Event]) -> Event:
    assert len(events) == 1, [(e.type, e.name, e.date_start) for e in events]
    return events[0]


CASES = [
    (
        "[김하늘|PERSON] [시장|TITLE]은 [6일|DATE|2024-11-06] ‘콜롬보 선언’을 발표했다.",
        ("announcement", "콜롬보 선언", "2024-11-06", None),
    ),
    (
        "[김하늘|PERSON] [시장|TITLE]은 [8일|DATE|2024-04-08] [하노이|CITY]에서 열린 ‘한빛-하노이 교류센터’ 개소식에 참석했다.",
        ("opening", "한빛-하노이 교류센터 개소식", "2024-04-08", "하노이"),
    ),
    (
        "[한빛시|ORG]는 [2일|DATE|2024-04-02] [푸른대학교|ORG]와 인재 양성을 위한 업무협약을 체결했다.",
        ("agreement", "업무협약", "2024-04-02", None),
    ),
    (
        "[김하늘|PERSON] [시장|TITLE]은 [3일|DATE|2024-04-03] [이푸른|PERSON] [총장|TITLE]을 만났다.",
        ("meeting", None, "2024-04-03", None),
    ),
    (
        "[세계도시연합|ORG] 제8차 총회가 [5일|DATE|2024-11-05] [콜롬보|CITY]에서 개최됐다.",
        ("conference", "세계도시연합 제8차 총회", "2024-11-05", "콜롬보"),
    ),
    (
        "[김하늘|PERSON] [시장|TITLE]은 [7일|DATE|2024-04-07] [인도|PLACE]를 방문했다.",
        ("visit", "인도 방문", "2024-04-07", "인도"),
    ),
    (
        "[김하늘|PERSON] [교수|TITLE]가 [1일|DATE|2024-03-01] [푸른재단|ORG] 이사장으로 선임됐다.",
        ("appointment", "푸른재단 이사장", "2024-03-01", None),
    ),
]


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[c[1][0] for c in CASES])
def test_event(read, marked: str, expected: tuple) -> None:
    event = one(read(marked).events)
    assert (event.type, event.name, event.date_start, event.place) == expected
    assert event.type in EVENT_TYPES
    assert not event.rule.endswith(":planned")


def test_trigger_span_and_people(read) -> None:
    analysis = read(
        "[한빛시|ORG]는 [5월 3일|DATE|2024-05-03] [이푸른|PERSON] [회장|TITLE]과 간담회를 개최하였다."
    )
    event = one(analysis.events)
    assert analysis.text[event.start : event.end] == event.trigger == "간담회"
    assert event.host_ids == (analysis.mentions[0].entity_id,)
    assert event.participants == ("이푸른",)
    assert (event.date_start, event.date_end) == ("2024-05-03", "2024-05-04")


@pytest.mark.parametrize(
    "marked",
    [
        "[한빛시|ORG]는 [20일|DATE|2024-04-20] 설명회를 개최할 예정이다.",
        "[한빛시|ORG]는 [20일|DATE|2024-04-20] 설명회를 개최한다고 밝혔다.",
        "[김하늘|PERSON] [장관|TITLE]은 [20일|DATE|2024-04-20] [라메시 싱|PERSON] [장관|TITLE]과 회담할 계획이다.",
    ],
)
def test_plan_is_an_event_with_its_date_and_says_so(read, marked: str) -> None:
    event = one(read(marked).events)
    assert event.date_start == "2024-04-20"
    assert event.rule.endswith(":planned")


@pytest.mark.parametrize(
    "marked",
    [
        "[한빛시|ORG]는 설명회를 개최하지 않았다.",
        "[한빛시|ORG]는 설명회를 개최하면 좋겠다고 밝혔다.",
        "[한빛시|ORG]는 설명회 자료를 나눠 주었다.",
        "[이푸른|PERSON]은 산에서 돌을 찾았다.",
    ],
)
def test_no_event(read, marked: str) -> None:
    assert read(marked).events == []


def test_the_same_event_told_twice_is_one_row(read) -> None:
    event = one(
        read(
            "[한빛부대|ORG], [김하늘|PERSON] [이사|TITLE] 초빙강연 실시 // "
            "이번 초빙강연은 [19일|DATE|2024-07-19] [하늘회관|PLACE]에서 열렸다."
        ).events
    )
    assert (event.date_start, event.place) == ("2024-07-19", "하늘회관")


def test_two_events_of_a_kind_stay_apart_by_date(read) -> None:
    analysis = read(
        "[한빛시|ORG]는 [3일|DATE|2024-04-03] 토론회를 열었다. // [한빛시|ORG]는 [9일|DATE|2024-04-09] 토론회를 열었다."
    )
    assert [e.date_start for e in analysis.events] == ["2024-04-03", "2024-04-09"]


def test_unknown_date_stays_empty(read) -> None:
    event = one(
        read(
            "[지난해|DATE|2023-01-01] 준비를 마쳤다. // [한빛시|ORG]는 [11월 9일|DATE] 토론회를 열었다."
        ).events
    )
    assert event.date_start is None


def test_outline_fills_in_date_and_place(lexicon: Lexicon, read) -> None:
    for block in lexicon.rules("events"):
        for line in block["examples"]:
            example = parse_example(line)
            assert example.expected is not None
            kind, date = example.expected
            assert [(e.type, e.date_start) for e in read(example.text).events] == [(kind, date)], block[
                "name"
            ]
    event = one(read("[한빛시|ORG]는 토론회를 열었다. // · 장 소 : [한빛회관|PLACE]").events)
    assert event.place == "한빛회관"

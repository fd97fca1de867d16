from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalise import ImpossibleDate

WEEKDAYS = "월화수목금토일"


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("협약은 2017년 11월 6일 체결됐다", "2017년 11월 6일", "2017-11-06"),
        ("일시 : 2017. 11. 6.(월) 장소", "2017. 11. 6.(월)", "2017-11-06"),
        ("(’17.11.6)", "’17.11.6", "2017-11-06"),
        ("작성 20171106 기준", "20171106", "2017-11-06"),
        ("문서 2017-11-06 판", "2017-11-06", "2017-11-06"),
        ("'18.3월 시행", "'18.3월", "2018-03"),
        ("회장으로 2015-2018 활동", "2015-2018", "2015-01-01/2019-01-01"),
        ("1970년대 후반 건물", "1970년대 후반", "197X"),
        ("올해 3분기 실적", "올해 3분기", "2017-Q3"),
        ("2016년 3/4분기 매출", "2016년 3/4분기", "2016-Q3"),
        ("내년 상반기 완공", "내년 상반기", "2018-H1"),
        ("올해 12월 둘째 주에", "올해 12월 둘째 주", None),
        ("12월 둘째 주 금요일에", "12월 둘째 주 금요일", "2017-12-08"),
        ("12월 마지막 금요일에", "12월 마지막 금요일", "2017-12-29"),
        ("오는 20일 연다", "오는 20일", "2017-11-20"),
        ("지난 18일 열었다", "지난 18일", "2017-10-18"),
        ("시는 8일 밝혔다", "8일", "2017-11-08"),
        ("공원은 31일 밝혔다", "31일", "2017-10-31"),
        ("작년 9월 서울에서", "작년 9월", "2016-09"),
        ("지난해 도입했다", "지난해", "2016"),
        ("이달 말 개장", "이달 말", "2017-11"),
        ("내년 초 착공", "내년 초", "2018"),
        ("다음 주 월요일 개막", "다음 주 월요일", "2017-11-13"),
        ("3일 전에 끝났다", "3일 전", "2017-11-06"),
        ("2018년 설날에", "2018년 설날", "2018-02-16"),
        ("올해 추석 연휴에", "올해 추석 연휴", "2017-10-03/2017-10-05"),
        ("5년간 줄었다", "5년간", "P5Y"),
        ("지난 5년 사이", "지난 5년", "P5Y"),
        ("3박 4일 일정", "3박 4일", "P4D"),
        ("두 달 반 걸렸다", "두 달 반", "P2M15D"),
        ("매년 연다", "매년", "P1Y"),
        ("매주 수요일 연다", "매주 수요일", "XXXX-WXX-3"),
        ("격월 발행", "격월", "P2M"),
        ("월~금요일 개방", "월~금요일", "XXXX-WXX-1/XXXX-WXX-5"),
        ("11월 5일부터 8일까지 연다", "11월 5일부터 8일까지", "2017-11-05/2017-11-09"),
        ("11월 5~8일 연다", "11월 5~8일", "2017-11-05/2017-11-09"),
        ("12월 30일부터 1월 2일까지 쉰다", "12월 30일부터 1월 2일까지", "2017-12-30/2018-01-03"),
        ("2018년 1~3월 공사", "2018년 1~3월", "2018-01-01/2018-04-01"),
        ("1999년 가입 이후", "1999년", "1999"),
        ("2015년 이후 시행", "2015년", "2015-01-01/.."),
        ("2015년 이전 건물", "2015년", "../2016-01-01"),
    ],
)
def test_date_is_read(only, text, span, value):
    found, readable = only(text)
    assert found == span
    if value is not None:
        assert readable == value


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("낮 12시 종료", "낮 12시", "T12:00"),
        ("밤 12시 종료", "밤 12시", "T00:00"),
        ("오후 3시(현지시간) 개회", "오후 3시", "T15:00"),
        ("14:00 개회", "14:00", "T14:00"),
        ("오전 10시 반 개회", "오전 10시 반", "T10:30"),
        ("오후 2시부터 4시까지 연다", "오후 2시부터 4시까지", "T14:00/T16:00"),
        ("오전 9시~오후 6시 운영", "오전 9시~오후 6시", "T09:00/T18:00"),
        ("밤 11시부터 1시까지 통제", "밤 11시부터 1시까지", "T23:00/T01:00"),
        ("1시간 30분 걸린다", "1시간 30분", "PT1H30M"),
        ("4~50분 걸린다", "4~50분", "PT40M/PT50M"),
    ],
)
def test_time_is_read(only, text, span, value):
    assert only(text, None) == (span, value)


def test_time_takes_the_day_of_its_sentence(read):
    results = read("시장은 8일 오후 4시 델리에서 만났다")
    assert results == [
        ("8일", "DATE", "date", "2017-11-08"),
        ("오후 4시", "TIME", "time", "2017-11-08T16:00"),
    ]


def test_midnight_lies_on_the_next_day(grammar):
    text = "축제는 11월 10일 24시 끝난다"
    value = grammar.resolve(text, grammar.find(text), datetime.date(2017, 11, 9))[1]
    assert value.start == "2017-11-11T00:00"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11월 9일 밝혔다", "XXXX-11-09"),
        ("9일 밝혔다", "XXXX-XX-09"),
        ("수요일 열린다", "XXXX-WXX-3"),
        ("상반기 착공", "XXXX-H1"),
        ("광복절 행사", "XXXX-08-15"),
        ("지난달 열렸다", None),
        ("이날 열렸다", None),
        ("11월 9일부터 12일까지", "XXXX-11-09/XXXX-11-12"),
    ],
)
def test_nothing_is_guessed_without_publication_date(only, text, value):
    assert only(text, None)[1] == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3월 5일 개막했다. 이날 행사에는", ["2017-03-05", "2017-03-05"]),
        ("3월 5일 개막했다. 다음 날 폐막했다", ["2017-03-05", "2017-03-06"]),
        ("2015년 6월 시작해 같은 해 9월 끝났다", ["2015-06", "2015-09"]),
        ("2015년 시작해 이듬해 끝났다", ["2015", "2016"]),
        ("5월 14일과 15일 열린다", ["2017-05-14", "2017-05-15"]),
        ("지난해 4월 26일 보고하고 9월 13일 다시 보고했다", ["2016-04-26", "2016-09-13"]),
        ("올해 3분기는 전년 동기보다 늘었다", ["2017-Q3", "2016-Q3"]),
        ("다음 주 월요일과 수요일에", ["2017-11-13", "2017-11-15"]),
        ("2030년까지 줄인다며 10월 착공했다", ["2030", "2017-10"]),
    ],
)
def test_running_date(read, text, values):
    assert [value for _, _, _, value in read(text)] == values


@pytest.mark.parametrize("text", ["2월 30일 열린다", "2017년 2월 29일 열린다", "4월 31일 열린다", "13월 5일"])
def test_impossible_date_is_no_date(read, text):
    assert [result for result in read(text) if result[2] == "date"] == []


def test_date_that_proves_impossible_is_marked(grammar):
    text = "이달 31일 연다"
    [value] = grammar.resolve(text, grammar.find(text), datetime.date(2017, 11, 9))
    assert isinstance(value, ImpossibleDate)


@pytest.mark.parametrize(
    "text",
    [
        "유류세 한시 인하",
        "채용 공시를 냈다",
        "차주의 채무 부담",
        "글을 올렸다",
        "설명했다",
        "서한을 전달했다",
        "서해안",
        "만일 그렇다면",
        "최근 현재 당시 향후",
        "가을동화",
        "금주를 결심했다",
    ],
)
def test_homograph_is_no_date(read, text):
    assert [result for result in read(text) if result[1] != "FIGURE"] == []


def test_anniversary_is_a_figure(read):
    assert read("창립 25주년 행사")[0][1:3] == ("FIGURE", "ordinal")


def test_publication_time_resolves_minutes(grammar):
    text = "30분 전 발표했다"
    [value] = grammar.resolve(text, grammar.find(text), datetime.datetime(2017, 11, 9, 14, 30))
    assert (value.type, value.start) == ("time", "2017-11-09T14:00")


@settings(max_examples=150, deadline=None)
@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_date_in_every_writing_is_parsed_back(grammar, date):
    y, m, d, weekday = date.year, date.month, date.day, WEEKDAYS[date.weekday()]
    writings = [
        f"{y}년 {m}월 {d}일",
        f"{y}년{m}월{d}일",
        f"{y}년 {m}월 {d}일({weekday})",
        f"{y}년 {m}월 {d}일 {weekday}요일",
        f"{y}. {m}. {d}.",
        f"{y}.{m}.{d}.({weekday})",
        f"{y}-{m:02d}-{d:02d}",
        f"{y}/{m:02d}/{d:02d}",
        f"{y}{m:02d}{d:02d}",
    ]
    for written in writings:
        text = f"행사는 {written} 열린다"
        found = grammar.find(text)
        assert [text[q.start : q.end] for q in found] == [written]
        [value] = grammar.resolve(text, found, None)
        assert (value.start, value.end) == (
            date.isoformat(),
            (date + datetime.timedelta(1)).isoformat(),
        )


@settings(max_examples=100, deadline=None)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31)), st.integers(1, 60))
def test_range_ends_after_its_last_day(grammar, first, days):
    last = first + datetime.timedelta(days)
    for joint in ("~", " ∼ ", "부터 "):
        text = f"{first.year}.{first.month}.{first.day}.{joint}{last.year}.{last.month}.{last.day}.까지"
        [found] = grammar.find(text)
        [value] = grammar.resolve(text, [found], None)
        assert found.subtype == "range"
        assert (value.start, value.end) == (first.isoformat(), (last + datetime.timedelta(1)).isoformat())

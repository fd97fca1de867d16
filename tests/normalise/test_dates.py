from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalise import ImpossibleDate, solar

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


@pytest.mark.parametrize("text", ["창립 25주년 행사", "서거 10주기 추모식"])
def test_anniversary_comes_round_and_is_no_length(read, text):
    assert [result[1:] for result in read(text)] == [("DATE", "set", "P1Y")]


@pytest.mark.parametrize(
    "text",
    [
        "이번 달 마지막 영업일 오후 3시에 보낸다",
        "매월 첫 영업일 오전 9시부터 낸다",
        "다음 거래일에 결정한다",
        "1분기 마지막 거래일 종가",
        "다음 주 마지막 평일 14:00에 연다",
        "직전 거래일보다 올랐다",
        "내년 1월 두 번째 영업일까지",
        "마지막 근무일 전날 오후 6시에",
        "결제일로부터 2영업일 뒤 오전 10시에",
        "이달 첫 공휴일 오후",
    ],
)
def test_day_that_no_calendar_gives_is_no_date_with_all_that_belongs_to_it(read, text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("올해 마지막 거래일인 12월 30일 오후 3시", ["올해", "12월 30일", "오후 3시"]),
        ("이달 첫 거래일(2일)에", ["이달", "2일"]),
        ("평일 오전 9시에 연다", ["평일", "오전 9시"]),
        ("3거래일 연속 올랐다", ["3거래일"]),
        ("이번 달 마지막 날 오후 3시", ["이번 달 마지막 날", "오후 3시"]),
    ],
)
def test_day_that_is_said_beside_such_a_day_stays(read, text, spans):
    assert [result[0] for result in read(text)] == spans


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("올해 3분기 매출은 전년 동기보다 늘었다", "2016-Q3"),
        ("올해 1~3월 수출은 전년 동기 대비 늘었다", "2016-01-01/2016-04-01"),
        ("11월 1~20일 수출은 전년 동기 대비 늘었다", "2016-11-01/2016-11-21"),
        ("10월 물가(2010년=100)는 전년 동월 대비 올랐다", "2016-10"),
        ("지난해 12월부터 올해 2월까지 전년 동기 대비", "2015-12-01/2016-03-01"),
    ],
)
def test_same_period_of_the_year_before(read, text, value):
    assert read(text)[-1][3] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4분기 매출은 12% 늘었다", "2016-Q4"),
        ("4분기 매출은 12% 늘 것으로 전망했다", "2017-Q4"),
        ("12월 수출은 3% 감소했다", "2016-12"),
        ("12월에 연다", "2017-12"),
    ],
)
def test_period_with_figures_told_lies_behind(read, text, value):
    assert read(text, datetime.date(2017, 8, 9))[0][3] == value


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("입춘", 2025, "2025-02-03"),
        ("춘분", 2024, "2024-03-20"),
        ("입추", 2023, "2023-08-08"),
        ("동짓날", 2024, "2024-12-21"),
        ("하짓날", 2023, "2023-06-21"),
        ("초복", 2024, "2024-07-15"),
        ("초복", 2023, "2023-07-11"),
        ("말복", 2025, "2025-08-09"),
        ("한식날", 2023, "2023-04-06"),
    ],
)
def test_day_that_the_sun_fixes(read, name, year, day):
    assert read(f"{year}년 {name}에 열린다")[0][3] == day


def test_small_cold_lies_five_minutes_after_midnight():
    assert solar.term(2023, 285) == datetime.date(2023, 1, 6)


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_solar_term_moves_by_a_day_at_most(degrees):
    days = {solar.term(year, degrees).timetuple().tm_yday for year in (2001, 2002, 2003, 2005, 2026, 2027)}
    assert max(days) - min(days) <= 1


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("입춘을 맞아", "입춘", "2017-02-04"),
        ("절기상 대설인", "대설", "2017-12-07"),
        ("올 시즌 첫 승", "올 시즌", "2017"),
        ("지난 시즌 우승팀", "지난 시즌", None),
        ("2013-14시즌 우승", "2013-14시즌", "2013-01-01/2015-01-01"),
        ("올해 2학기부터", "올해 2학기", None),
        ("12월 초·중순에", "12월 초·중순", "2017-12-01/2017-12-21"),
        ("12월 중·하순 고비", "12월 중·하순", "2017-12-11/2018-01-01"),
        ("12월까지 마친다", "12월", "2017-12"),
        ("올 연말까지", "올 연말", "2017"),
        ("한 달여 만에", "한 달", "P1M"),
        ("징역 1년∼3년을", "1년∼3년", "P1Y/P3Y"),
        ("4년 주기로", "4년 주기", "P4Y"),
        ("’17.3/4분기 성장", "’17.3/4분기", "2017-Q3"),
        ("기원전 300년 무렵", "기원전 300년", None),
        ("２０１７년 １１월 ６일", "２０１７년 １１월 ６일", "2017-11-06"),
        ("2017 년 11 월 6 일 ( 월 )", "2017 년 11 월 6 일 ( 월 )", "2017-11-06"),
    ],
)
def test_named_and_odd_periods(only, text, span, value):
    assert only(text) == (span, value)


def test_local_time_stands_outside_and_lets_the_hour_through(read):
    assert read("6일(현지시간) 오후 3시 뉴욕에서") == [
        ("6일", "DATE", "date", "2017-11-06"),
        ("오후 3시", "TIME", "time", "2017-11-06T15:00"),
    ]


def test_some_years_ago_is_approximate(grammar):
    text = "10여 년 전 문을 열었다"
    [value] = grammar.resolve(text, grammar.find(text), datetime.date(2017, 11, 9))
    assert (value.timex, value.approximate) == ("2007", True)


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

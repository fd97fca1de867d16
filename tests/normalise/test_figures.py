from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("사업비 1조 2천억원을", "1조 2천억원", "1200000000000 KRW"),
        ("3만5천여 명이", "3만5천여 명", "≥35000 명"),
        ("월 6만 4,200원을", "6만 4,200원", "64200 KRW"),
        ("수출 31.5억불", "31.5억불", "3150000000 USD"),
        ("투자 5~6만 불을", "5~6만 불", "50000–60000 USD"),
        ("1만원~2만원 한도", "1만원~2만원", "10000–20000 KRW"),
        ("12 센트 올랐다", "12 센트", "0.12 USD"),
        ("$350억 시장", "$350억", "35000000000 USD"),
        ("3억 캐나다 달러", "3억 캐나다 달러", "300000000 CAD"),
        ("스물다섯 명이", "스물다섯 명", "25 명"),
        ("두세 개를", "두세 개", "2–3 개"),
        ("한두 차례", "한두 차례", "1–2 차례"),
        ("39개 도시가", "39개", "39 개"),
        ("28개국 대표가", "28개국", "28 개국"),
        ("두 사람은 만났다", "두 사람", "2 명"),
        ("5분의 2를", "5분의 2", "0.4"),
        ("10명 중 3명이", "10명 중 3명", "0.3"),
        ("12.5% 늘었다", "12.5%", "12.5 %"),
        ("0.3%포인트 올랐다", "0.3%포인트", "0.3 %p"),
        ("△3.2% 줄었다", "△3.2%", "-3.2 %"),
        ("승률 3할 5푼을", "3할 5푼", "35 %"),
        ("두 배 늘었다", "두 배", "2 배"),
        ("6~10배 비싸다", "6~10배", "6–10 배"),
        ("제8차 회의", "제8차", "8 차"),
        ("두 번째 방문", "두 번째", "2 번째"),
        ("첫째 과제", "첫째", "1 번째"),
        ("1~8호선을", "1~8호선", "1–8 호선"),
        ("만 65세 이상", "65세", "≥65 세"),
        ("20~30대가", "20~30대", "20–39 세"),
        ("50대 초반이", "50대 초반", "50–53 세"),
        ("10:1의 경쟁률", "10:1", "10:1"),
        ("2대 1의 경쟁률", "2대 1", "2:1"),
        ("영하 3.2℃까지", "영하 3.2℃", "-3.2 ℃"),
        ("면적 300㎡의", "300㎡", "300 ㎡"),
        ("1,450만 톤 CO2 감축", "1,450만 톤 CO2", "14500000 tCO2"),
        ("136만 TOE 감축", "136만 TOE", "1360000 TOE"),
        ("시속 300~320km로", "시속 300~320km", "300–320 km/h"),
        ("몸무게 4파운드 감량", "4파운드", "4 파운드"),
        ("벌금 4파운드를", "4파운드", "4 GBP"),
        ("헌법 47조 3항은", "47조 3항", "47 조"),
        ("세계 8위를", "8위", "8 위"),
        ("당기순손익 △12억원", "△12억원", "-1200000000 KRW"),
        ("취업자 -2만8천명", "-2만8천명", "-28000 명"),
        ("기온은 -12~-3도로", "-12~-3도", "-12–-3 도"),
        ("기온은 영하 12∼3도다", "영하 12∼3도", "-12–-3 ℃"),
        ("성장률은 -0.5~1.2%로", "-0.5~1.2%", "-0.5–1.2 %"),
        ("현재 마이너스 3.2%다", "마이너스 3.2%", "-3.2 %"),
        ("월 500만동을 받는다", "500만동", "5000000 VND"),
        ("열 곳 중 세 곳은", "열 곳 중 세 곳", "0.3"),
        ("담배 1천35갑을", "1천35갑", "1035 갑"),
        ("드라마 시즌2를", "시즌2", "2 시즌"),
        ("절반이 넘는 시민이", "절반", "≥0.5"),
        ("５０％ 늘었다", "５０％", "50 %"),
        ("3거래일 연속", "3거래일", "3 거래일"),
    ],
)
def test_figure_is_read(only, text, span, value):
    assert only(text) == (span, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30명 이상", "≥30 명"),
        ("30명을 넘는", "≥30 명"),
        ("30명 미만", "≤30 명"),
        ("30명 이내", "≤30 명"),
        ("최대 30명", "≤30 명"),
        ("최소 30명", "≥30 명"),
        ("총 30명", "30 명"),
    ],
)
def test_bounds_come_from_the_words_around(only, text, value):
    assert only(text) == ("30명", value)


@pytest.mark.parametrize("text", ["약 50개", "50개가량", "50개 안팎", "50여 개", "50개 정도"])
def test_approximation_is_marked(grammar, text):
    [value] = grammar.resolve(text, grammar.find(text), None)
    assert value.approximate


def test_exact_figure_is_not_approximate(grammar):
    [value] = grammar.resolve("모두 50개를", grammar.find("모두 50개를"), None)
    assert not value.approximate


@pytest.mark.parametrize("text", ["수십 명이", "수천 개의"])
def test_several_tens_have_no_value(grammar, text):
    [value] = grammar.resolve(text, grammar.find(text), None)
    assert (value.value, value.low, value.high, value.approximate) == (None, None, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "4차산업혁명",
        "CO2 배출",
        "B2B 거래",
        "#3 화면",
        "한 눈에 본다",
        "한국과 한강",
        "경기도 조사 대상",
        "너무 세계적인 도시",
        "한편 시는",
        "코로나19 확산",
        "G20 회의",
        "구조 개편안",
        "선고 2025다12345 판결",
        "서울중앙지검 공안1부는",
        "119구급대가 왔다",
        "10위안에 든다",
        "5·18 구 묘역",
    ],
)
def test_number_in_a_name_or_word_is_none(read, text):
    assert read(text) == []


@pytest.mark.parametrize("text", ["02-2133-6543", "010-1234-5678", "044-202-7466", "1588-1234"])
def test_telephone_number_is_kept_apart(read, text):
    assert read(f"문의 {text}") == [(text, "FIGURE", "phone", None)]


def test_currency_of_an_unknown_sum_is_empty(grammar):
    text = "예산 471 억 / 년"
    [value] = grammar.resolve(text, grammar.find(text)[:1], None)
    assert (value.value, value.currency, value.unit) == (47_100_000_000, None, None)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("39개 도시가 참여했다", "도시"),
        ("19명의 대표단을 맞았다", "대표단"),
        ("3가지 방법을 제시했다", "방법"),
        ("10개 국내 유망 스타트업을 뽑았다", "스타트업"),
        ("공무원 6명에게 상을 줬다", "공무원"),
        ("소재 기업(125개사)이 왔다", "기업"),
        ("두 사람은 만났다", "사람"),
        ("모두 39개로 늘었다", None),
        ("10명 이상이 왔다", None),
        ("작년 3명 늘었다", None),
    ],
)
def test_counted_noun(grammar, text, counted):
    found = [q for q in grammar.find(text) if q.label == "FIGURE"]
    [value] = grammar.resolve(text, found, None)
    assert value.counted == counted

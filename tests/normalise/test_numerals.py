from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SINO = "영일이삼사오육칠팔구"
LARGE = ("", "만", "억", "조")
ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
ADNOMINAL = ("", "한", "두", "세", "네", *ONES[5:])
TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


def myriads(number: int) -> list[tuple[int, str]]:
    """The groups of four digits, the highest first, each with its power of ten thousand."""
    groups = []
    for large in LARGE:
        number, group = divmod(number, 10_000)
        groups.append((group, large))
    return [(group, large) for group, large in reversed(groups) if group]


def grouped(number: int, blank: str = "", comma: bool = False) -> str:
    """``1억 2,345만 6,789``."""
    return blank.join((f"{group:,}" if comma else str(group)) + large for group, large in myriads(number))


def with_thousands(number: int, blank: str = "") -> str:
    """``3만5천`` and ``1억2천3백만``: digits before every power of ten."""
    parts = []
    for group, large in myriads(number):
        text = ""
        for power, name in ((1000, "천"), (100, "백")):
            digit, group = divmod(group, power)
            text += f"{digit}{name}" if digit else ""
        parts.append(text + (str(group) if group else "") + large)
    return blank.join(parts)


def sino(number: int) -> str:
    """``삼만오천사백``."""
    text = ""
    for group, large in myriads(number):
        part = ""
        for power, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
            digit, group = divmod(group, power)
            if digit:
                part += ("" if digit == 1 and name else SINO[digit]) + name
        text += ("" if part == "일" and large == "만" else part) + large
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1조 2천억", 1_200_000_000_000),
        ("6만 4,200", 64_200),
        ("20만7천415", 207_415),
        ("31.5억", 3_150_000_000),
        ("744만4천82", 7_444_082),
        ("108만1920", 1_081_920),
        ("1 조 940 억", 1_094_000_000_000),
        ("삼십", 30),
        ("스물다섯", 25),
        ("열두", 12),
        ("천이백만", 12_000_000),
        ("이천십칠", 2017),
    ],
)
def test_number_is_read(grammar, text, value):
    assert grammar.words.numerals.read(text).value == value


@pytest.mark.parametrize(
    ("text", "low", "high"), [("두세", 2, 3), ("서너", 3, 4), ("열두세", 12, 13), ("이삼백", 200, 300)]
)
def test_range_in_words_is_read(grammar, text, low, high):
    number = grammar.words.numerals.read(text)
    assert (number.value, number.low, number.high) == (None, low, high)


@pytest.mark.parametrize("text", ["개", "3개", "", "만두"])
def test_other_words_are_no_number(grammar, text):
    number = grammar.words.numerals.read(text)
    assert number is None or number.value in (None, 0)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 10**16 - 1))
def test_number_in_every_writing_is_parsed_back(grammar, number):
    writings = {
        str(number),
        f"{number:,}",
        grouped(number),
        with_thousands(number),
    }
    if not 0 < number % 10_000 < 100:  # 3조 5명 may be two figures
        writings.add(grouped(number, " ", comma=True))
    for written in writings:
        text = f"모두 {written}명이다"
        found = [q for q in grammar.find(text) if q.label == "FIGURE"]
        assert [text[q.start : q.end] for q in found] == [f"{written}명"]
        assert grammar.resolve(text, found, None)[0].value == number


@settings(max_examples=100, deadline=None)
@given(st.integers(11, 10**12))
def test_number_in_hangul_is_parsed_back(grammar, number):
    assert grammar.words.numerals.read(sino(number)).value == number


@given(st.integers(1, 99))
@settings(deadline=None)
def test_native_number_is_parsed_back(grammar, number):
    ten, unit = divmod(number, 10)
    written = "스무" if number == 20 else TENS[ten] + ADNOMINAL[unit]
    text = f"모두 {written} 명이다"
    found = grammar.find(text)
    assert [text[q.start : q.end] for q in found] == [f"{written} 명"]
    assert grammar.resolve(text, found, None)[0].value == number


@settings(max_examples=100, deadline=None)
@given(st.decimals(0, 10**6, places=2, allow_nan=False))
def test_decimal_is_parsed_back(grammar, number):
    text = f"실적이 {number:,}% 늘었다"
    [found] = grammar.find(text)
    assert grammar.resolve(text, [found], None)[0].value == pytest.approx(float(number))

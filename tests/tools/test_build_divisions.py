from __future__ import annotations

import importlib.util

import build_divisions
import pytest

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("PublicDataReader") is None, reason="the source of divisions is not installed"
)


@pytest.fixture(scope="module")
def built():
    return build_divisions.build({})


def rows(built, file, name):
    return [row for row in built[file] if row["name"] == name]


@pytest.mark.parametrize(
    ("file", "name", "code", "province"),
    [
        ("cities", "수원시", "41110", "경기도"),
        ("cities", "춘천시", "51110", "강원특별자치도"),
        ("cities", "익산시", "52140", "전북특별자치도"),
        ("places", "군위군", "27720", "대구광역시"),
        ("places", "미추홀구", "28177", "인천광역시"),
        ("places", "원미구", "41192", "경기도"),
        ("places", "종로구", "11110", "서울특별시"),
    ],
)
def test_current_code_and_province(built, file, name, code, province):
    assert [(r["code"], r["province"]) for r in rows(built, file, name)] == [(code, province)]


@pytest.mark.parametrize("name", ["마산시", "청원군", "연기군", "송탄시", "여천시"])
def test_abolished_divisions_keep_a_row_with_the_date(built, name):
    (row,) = rows(built, "cities", name) or rows(built, "places", name)
    assert row["note"].startswith("abolished ")


def test_namesakes_keep_a_row_each(built):
    assert {r["province"] for r in rows(built, "places", "중구")} >= {
        "서울특별시",
        "부산광역시",
        "울산광역시",
    }
    assert {r["province"] for r in rows(built, "places", "고성군")} == {"강원특별자치도", "경상남도"}


@pytest.mark.parametrize(
    ("file", "name", "column"),
    [("cities", "수원시", "aliases"), ("cities", "공주시", "context"), ("cities", "구미시", "proper")],
)
def test_short_forms_are_guarded_by_how_common_they_are(built, file, name, column):
    (row,) = rows(built, file, name)
    assert name.removesuffix("시") in row[column].split("|")


def test_neighbourhoods_are_never_free(built):
    found = [row for row in built["places"] if len(row["code"]) == 10]
    assert len(found) > 4500
    assert {row["guard"] for row in found} == {"proper", "context", "evidence"}
    assert all(row["guard"] == "evidence" for row in found if len(row["name"]) == 2)


def test_every_province_has_government_council_and_education_office(built):
    ids = {row["id"]: row for row in built["organisations"]}
    for province in build_divisions.provinces():
        key = f"org-kr-{province['code']}"
        assert ids[key]["name"] == province["name"]
        assert ids[f"{key}-council"]["name"] == f"{province['name']}의회"
        assert ids[f"{key}-education"]["parent"] == province["name"]
    assert "서울시의회" in ids["org-kr-11-council"]["aliases"].split("|")
    assert ids["org-kr-41-council"]["name"] == "경기도의회"


def test_constituencies_do_not_take_a_particle_for_their_letter(built):
    found = {row["name"]: row for row in built["places"] if row.get("note") == "constituency"}
    assert found["노원병"]["province"] == "서울특별시" and not found["노원병"]["guard"]
    assert found["수원을"]["guard"] == "evidence" and not found["제주을"]["guard"]


def test_ids_are_unique_and_forms_stay_apart(built):
    for file in built:
        ids = [row["id"] for row in built[file]]
        assert len(ids) == len(set(ids))
        for row in built[file]:
            forms = [
                f for c in ("name", "aliases", "proper", "context") for f in row.get(c, "").split("|") if f
            ]
            assert len(forms) == len(set(forms)), row


def test_bodies_of_provinces_are_named_by_everyday_forms(built):
    rows_by_id = {row["id"]: row for row in built["organisations"]}
    election = rows_by_id["org-kr-44-election"]
    assert election["name"] == "충청남도선거관리위원회"
    assert {"충남도선관위", "충남선관위"} <= set(election["aliases"].split("|"))
    assert rows_by_id["org-kr-27-sports"]["aliases"].split("|") == ["대구시체육회", "대구체육회"]
    assert "org-kr-11-agriculture" not in rows_by_id and "org-kr-41-agriculture" in rows_by_id


def test_divisions_of_gyeonggi_carry_the_province_since_its_short_form_is_a_word(built):
    (city,) = rows(built, "cities", "이천시")
    assert {"경기 이천", "경기 이천시"} <= set(city["aliases"].split("|"))
    (city,) = rows(built, "cities", "공주시")
    assert "공주" not in city["aliases"]

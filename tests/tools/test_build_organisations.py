from __future__ import annotations

import build_organisations
import pytest


@pytest.fixture(scope="module")
def rows():
    return {row["name"]: row for row in build_organisations.build()}


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("칭다오 맥주", "company"),
        ("퉁지 대학", "university"),
        ("캐나다 자유당", "political"),
    ],
)
def test_classes_become_subtypes(rows, name, subtype):
    assert rows[name]["subtype"] == subtype


def test_aliases_stand_with_their_head_word(rows):
    assert "이탈리아 방송협회" in rows["이탈리아 방송 협회"]["aliases"].split("|")


def test_names_of_hand_written_rows_are_left_out_whatever_their_spacing(rows):
    assert not {"통합 러시아당", "칭화 대학", "타타 모터스", "도이체 방크"} & rows.keys()


def test_legal_forms_stay_outside_the_name(rows):
    forms = {form for row in rows.values() for form in (row["name"], *row["aliases"].split("|"))}
    assert not [
        form
        for form in forms
        if form.startswith(("(주)", "㈜", "주식회사 ")) or form.endswith(("(주)", "㈜"))
    ]


def test_other_classes_and_short_names_are_left_out(rows):
    assert "더글러스 애덤스" not in rows
    assert all(len(name.replace(" ", "")) >= 4 for name in rows)

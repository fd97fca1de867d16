"""Places of one name are told apart by the places that the article names."""

from __future__ import annotations

import pytest

from extract.components import analysis_of


def row_of(nlp, text, name):
    """The entity of the last mention of ``name``: canonical name, country and degrees north."""
    analysis = analysis_of(nlp(text))
    entities = {entity.entity_id: entity for entity in analysis.entities}
    mention = [m for m in analysis.mentions if m.text == name][-1]
    entity = entities[mention.entity_id]
    return entity.name, entity.country, entity.latitude and round(entity.latitude)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "파키스탄 정부는 4일 하이데라바드에서 회의를 열었다.",
            "하이데라바드",
            ("하이데라바드", "파키스탄", 25),
        ),
        ("인도 정부는 4일 하이데라바드에서 회의를 열었다.", "하이데라바드", ("하이데라바드", "인도", 17)),
        (
            "인도는 넓다. 한 연구원이 하이데라바드에서 회의를 열었다.",
            "하이데라바드",
            ("하이데라바드", "인도", 17),
        ),
        ("강원도는 5일 고성군에서 행사를 열었다.", "고성군", ("고성군", "대한민국", None)),
    ],
)
def test_a_country_or_province_in_the_article_decides(nlp, text, name, expected):
    assert row_of(nlp, text, name) == expected


def test_the_nearest_province_of_the_sentence_decides(nlp):
    text = "강원도는 5일 고성군에서 축제를 열었다. 경상남도는 6일 고성군에서 시장을 열었다."
    analysis = analysis_of(nlp(text))
    assert [m.text for m in analysis.mentions].count("고성군") == 2
    first, second = (m.entity_id for m in analysis.mentions if m.text == "고성군")
    assert first != second


def test_the_name_in_full_decides_for_the_whole_article(nlp):
    text = "광주광역시와 전라남도가 협약을 맺었다. 광주시는 예산을 지원한다."
    assert row_of(nlp, text, "광주시")[0] == "광주광역시"
    text = "경기도 광주시에서 행사가 열렸다. 참가자들은 광주시에서 하루를 묵었다."
    analysis = analysis_of(nlp(text))
    assert len({m.entity_id for m in analysis.mentions if m.text.endswith("광주시")}) == 1


def test_a_small_namesake_does_not_win_by_the_way(nlp):
    assert row_of(nlp, "미국 대통령은 파리를 방문했다.", "파리")[1] == "프랑스"


def test_a_korean_city_stays_korean_unless_the_country_stands_before_it(nlp):
    assert row_of(nlp, "중국 대표단이 왔다. 안산에서 공장이 문을 열었다.", "안산")[1] == "대한민국"
    assert row_of(nlp, "중국 안산에서 공장이 문을 열었다.", "중국 안산")[1] == "중국"


def test_without_any_hint_the_id_stays_open(nlp):
    assert row_of(nlp, "하이데라바드에서 회의가 열렸다.", "하이데라바드")[1:] == (None, None)
    assert row_of(nlp, "고성군에서 회의가 열렸다.", "고성군")[1:] == (None, None)

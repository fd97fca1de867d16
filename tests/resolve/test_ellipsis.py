from __future__ import annotations

import pytest

import extract
from extract.document import Analysis


@pytest.fixture(scope="module")
def read():
    nlp = extract.load()
    return lambda text: extract.analysis_of(nlp(text))


def named(analysis: Analysis) -> list[tuple[str, str, str]]:
    names = {entity.entity_id: entity.name for entity in analysis.entities}
    return [(m.text, m.label, names[m.entity_id]) for m in analysis.mentions if m.label in ("ORG", "CITY")]


CASES = [
    (
        "서울·경기교육청은 업무협약을 체결했다.",
        [("서울", "ORG", "서울특별시교육청"), ("경기교육청", "ORG", "경기도교육청")],
    ),
    (
        "서울·경기·인천교육청이 함께 포럼을 열었다.",
        [
            ("서울", "ORG", "서울특별시교육청"),
            ("경기", "ORG", "경기도교육청"),
            ("인천교육청", "ORG", "인천광역시교육청"),
        ],
    ),
    (
        "동·서부소방서는 합동훈련을 실시했다.",
        [("동", "ORG", "동부소방서"), ("서부소방서", "ORG", "서부소방서")],
    ),
    (
        "남·북부경찰서가 공동으로 단속에 나섰다.",
        [("남", "ORG", "남부경찰서"), ("북부경찰서", "ORG", "북부경찰서")],
    ),
    (
        "서울·부산·대구시는 공동 선언문을 발표했다.",
        [("서울", "ORG", "서울특별시"), ("부산", "ORG", "부산광역시"), ("대구시", "ORG", "대구광역시")],
    ),
    (
        "서울·수원지방검찰청은 합동 회의를 열었다.",
        [("서울", "ORG", "서울지방검찰청"), ("수원지방검찰청", "ORG", "수원지방검찰청")],
    ),
    (
        "기획재정·행정안전부 장관이 참석했다.",
        [("기획재정", "ORG", "기획재정부"), ("행정안전부", "ORG", "행정안전부")],
    ),
    ("서울·부산에서 열린다.", [("서울", "CITY", "서울특별시"), ("부산", "CITY", "부산광역시")]),
    ("서울·하나은행이 참여했다.", [("서울", "CITY", "서울특별시"), ("하나은행", "ORG", "하나은행")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:12] for case in CASES])
def test_members_that_share_an_end_have_their_full_names(read, text, expected) -> None:
    analysis = read(text)
    assert named(analysis) == expected
    assert all(text[m.start : m.end] == m.text for m in analysis.mentions)
    starts = [m.start for m in analysis.mentions]
    assert starts == sorted(starts)


def test_a_member_is_one_entity_with_its_full_name_elsewhere(read) -> None:
    analysis = read("동부소방서가 훈련했다. 이어 동·서부소방서는 합동훈련을 실시했다.")
    ids = {m.text: m.entity_id for m in analysis.mentions if m.label == "ORG"}
    assert ids["동"] == ids["동부소방서"] != ids["서부소방서"]
    assert "동" not in next(e for e in analysis.entities if e.name == "동부소방서").aliases


def test_members_take_part_in_relations(read) -> None:
    rows = read("서울·경기교육청은 업무협약을 체결했다.").relations
    assert [(r.subject, r.predicate, r.object) for r in rows] == [
        ("서울특별시교육청", "agreed_with", "경기도교육청")
    ]

"""Whole layouts of releases and news items, as they come from offices, sites and converters."""

from __future__ import annotations

import pytest

from extract.readers import Document
from extract.segment import Segment, segment

MINISTRY = """\
보도자료

보도시점
2026. 3. 5.(목) 12:00
< 3. 5.(목) 석간 >
배포
2026. 3. 4.(수) 14:00

“청년이 떠나지 않는 도시” 부산시, 지원 대폭 확대
- 열두 대학과 협약, 월 20만 원 지원 -

□ 부산시(시장 박하늘)는 3월 5일(목) 청년 지원을 확대한다고 밝혔다.
  ○ 이번 사업은 청년의 지역 정착을 돕기 위한 것이다.

담당 부서
청년정책과
책임자
과  장
홍길동
(051-123-4567)
"""
CITY = """\
부산광역시 보도자료
2026년 3월 5일(목) 조간부터 보도해 주시기 바랍니다.

담당부서: 경제실 청년정책과 | 청년정책과장 | 홍길동 | 051-123-4567
사진없음 □   사진있음 ■   쪽수: 3쪽

부산시, 청년 1,200명에 월 20만 원 지원
 - 열두 대학과 협약…상담실 따로 둔다

□ 부산시가 청년의 정착을 돕기 위해 올해 1,200명에게 월 20만 원을 지원한다.

붙임1. 사업 개요 1부.
붙임2. 사진 2매. 끝.
"""
LABELLED = """\
배포일시 : ’26. 3. 4.(수)
제 목 : 박하늘 시장, 인도 도시 대표단 접견
1. 박하늘 시장은 3.4.(수) 오전 인도 도시 대표단과 만났다.
2. 양측은 협력을 강화하기로 하였다.
"""
EXPORTED = "제목: 부산시, 총회 연다\n날짜: 2026-03-04\n기자: 홍길동\n\n부산시는 4일 총회를 연다고 밝혔다.\n"
AGENCY = """\
부산시, 해운대서 ‘도시 총회’ 연다
(부산=한바다통신) 홍길동 기자 = 부산시는 오는 11월 6일부터 사흘 동안 총회를 연다고 4일 밝혔다.

hong@example.com
(끝)
"""


@pytest.mark.parametrize(
    ("text", "title", "published", "body"),
    [
        pytest.param(
            MINISTRY,
            "“청년이 떠나지 않는 도시” 부산시, 지원 대폭 확대",
            "2026-03-04",
            ("□ 부산시(시장", "위한 것이다."),
            id="ministry",
        ),
        pytest.param(
            CITY,
            "부산시, 청년 1,200명에 월 20만 원 지원",
            "2026-03-05",
            ("□ 부산시가", "지원한다."),
            id="city",
        ),
        pytest.param(
            LABELLED,
            "박하늘 시장, 인도 도시 대표단 접견",
            "2026-03-04",
            ("1. 박하늘", "하였다."),
            id="labelled",
        ),
        pytest.param(EXPORTED, "부산시, 총회 연다", "2026-03-04", ("부산시는 4일", "밝혔다."), id="exported"),
        pytest.param(
            AGENCY, "부산시, 해운대서 ‘도시 총회’ 연다", None, ("(부산=한바다통신)", "밝혔다."), id="agency"
        ),
    ],
)
def test_layout(text: str, title: str, published: str | None, body: tuple[str, str]) -> None:
    [article] = segment(Document("a.txt", text))
    assert article.title == title
    assert (article.published.isoformat() if article.published else None) == published
    [found] = [article.text[s.start : s.end] for s in article.sections if s.section == "body"]
    assert found.startswith(body[0]) and found.endswith(body[1])


def test_layout_of_releases_in_markdown_parted_by_rules() -> None:
    text = "\n---\n\n".join(
        f"# 보도자료\n\n## {title}\n\n**배포일: 2026. 3. {day}.**\n\n부산시는 {day}일 계획을 밝혔다고 전했다.\n"
        for title, day in (("부산시, 청년 지원 확대", 4), ("부산시, 총회 개최", 5))
    )
    found: list[Segment] = segment(Document("a.md", text))
    assert [(a.title, a.published.day if a.published else None) for a in found] == [
        ("부산시, 청년 지원 확대", 4),
        ("부산시, 총회 개최", 5),
    ]
    assert found[1].text.startswith("# 보도자료")


def test_layout_of_columns_by_bracketed_kinds() -> None:
    text = (
        "[사설] 청년이 떠나는 도시\n\n청년이 떠나고 있다. 지난해 1만 명이 떠났다.\n\n무엇을 할 것인가?\n\n"
        "[칼럼] 총회가 남긴 것\n\n총회가 끝났다. 서른 도시가 남긴 약속은 무엇인가.\n"
    )
    found = segment(Document("a.txt", text))
    assert [(a.kind, a.title, a.caption) for a in found] == [
        ("사설", "청년이 떠나는 도시", None),
        ("칼럼", "총회가 남긴 것", None),
    ]
    assert found[0].text.endswith("무엇을 할 것인가?")

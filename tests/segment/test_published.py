"""Where the publication date is read from, and where it is not guessed."""

from __future__ import annotations

import datetime

import pytest

from extract.readers import Document
from extract.segment import segment, segment_whole
from extract.segment.published import (
    dateline_date,
    filename_date,
    header_date,
    metadata_date,
)

BODY = "부산시, 총회 열어\n\n부산시는 4일 총회를 열었다고 밝혔다.\n"


def iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("배포일시: 2017. 11. 6.(월)", "2017-11-06"),
        ("배포일 '17.11.6", "2017-11-06"),
        ("배포 ’17. 11. 6.(월)", "2017-11-06"),
        ("보도시점 2026년 3월 5일(목) 조간", "2026-03-05"),
        ("보도시점 2026. 3. 5.(목) 조간 / 배포 2026. 3. 4.(수)", "2026-03-04"),
        ("**보도시점: 배포 즉시 보도 가능 / 배포: 2026. 4. 10.(금)**", "2026-04-10"),
        ("| 배 포 일 시 | 2017.11.06.(월) 09:00 |", "2017-11-06"),
        ("게시 시각: 04/10/2026 22:42:00", "2026-04-10"),
        ("등록일 2017-11-06", "2017-11-06"),
        ("보도자료\n2017. 11. 6.(월)", "2017-11-06"),
        ("보도일시 배포 즉시\n담당부서 청년정책과", None),
        ("배포일시 2017. 13. 6.", None),
        ("2017. 11. 6.\n2017. 11. 7.", None),
        ("담당자 김바다 (051-123-4567)", None),
        ("첨부: 260410 사업 개요.pdf", None),
    ],
)
def test_header_date(header: str, day: str | None) -> None:
    assert iso(header_date(header)) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20171106_x.txt", "2017-11-06"),
        ("in/보도자료 2017-11-06.md", "2017-11-06"),
        ("2017.11.06 총회.txt", "2017-11-06"),
        ("171106_총회.txt", "2017-11-06"),
        ("(260410) 총회.txt", "2026-04-10"),
        ("seoul-press-2017-11.txt", None),
        ("156754053.md", None),
        ("20171306.txt", None),
        ("20171106-20171108.txt", None),
        ("제171106호.txt", None),
        ("2017/11/06.txt", None),
        ("20260101/article.txt", None),
    ],
)
def test_filename_date(name: str, day: str | None) -> None:
    assert iso(filename_date(name)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("(서울=2017-11-06) 부산시는", "2017-11-06"),
        ("[부산=한바다통신 2017.11.06] 부산시는", "2017-11-06"),
        ("(서울=한바다통신) 부산시는 2017년 11월 6일", None),
        ("2017년 11월 6일 부산에서 열린 총회", None),
    ],
)
def test_dateline_date(text: str, day: str | None) -> None:
    assert iso(dateline_date(text)) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05T09:00:00+09:00", "2026-03-05"),
        ("2026. 3. 5.", "2026-03-05"),
        ("어제", None),
        ("2026-02-30", None),
    ],
)
def test_metadata_date(value: str, day: str | None) -> None:
    assert iso(metadata_date(value)) == day


def test_published_takes_the_surest_source_first() -> None:
    option = datetime.date(2026, 1, 1)
    metadata = {"published": "2026-01-02"}
    header, dateline = "배포일시 2026. 1. 3.\n\n", "입력 2026.01.05 09:30\n\n"
    named = "20260104_a.txt"

    def found(
        text: str,
        source: str = "a.txt",
        metadata: dict[str, str] | None = None,
        day: datetime.date | None = None,
    ) -> tuple[str | None, str | None]:
        [article] = segment(Document(source, text, metadata or {}), day)
        return iso(article.published), article.published_from

    full = header + dateline + BODY
    assert found(full, named, metadata, option) == ("2026-01-01", "option")
    assert found(full, named, metadata) == ("2026-01-02", "metadata")
    assert found(full, named) == ("2026-01-03", "header")
    assert found(dateline + BODY, named) == ("2026-01-04", "filename")
    assert found(dateline + BODY) == ("2026-01-05", "text")
    assert found("2026. 1. 5.\n" + BODY) == ("2026-01-05", "text")
    assert found(BODY + "\n입력 2026.01.05\n") == ("2026-01-05", "text")
    assert found(BODY) == (None, None)


def test_published_of_a_whole_text_names_its_field() -> None:
    article = segment_whole(BODY, datetime.date(2026, 1, 1))
    assert (iso(article.published), article.published_from) == ("2026-01-01", "field")
    assert segment_whole("20260104").published is None

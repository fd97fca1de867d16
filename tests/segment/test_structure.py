"""Headline, kind, caption, body and boilerplate of one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import SECTIONS
from extract.readers import Document
from extract.segment import Segment, segment, segment_whole
from extract.segment.headline import repeats, split_kind


def one(text: str) -> Segment:
    [article] = segment(Document("a.txt", text))
    return article


def parts(article: Segment, section: str) -> list[str]:
    return [article.text[s.start : s.end] for s in article.sections if s.section == section]


RELEASE = """\
보 도 자 료
보도시점  2026. 3. 5.(목) 조간      배포  2026. 3. 4.(수)
담당부서  청년정책과      담당자  과장 홍길동 (051-123-4567)

부산시, 청년 1,200명에게 월 20만 원 지원
- 열두 대학과 협약 맺고 상담실 운영 -

□ 부산시는 청년의 지역 정착을 돕는다고 4일 밝혔다.

 ○ 지원 대상은 만 19세부터 34세까지다.
   - 신청은 시 누리집에서 받는다.
   * 예산이 다하면 일찍 마감

□ 박하늘 부산시장은 “청년이 떠나지 않는 도시를 만들겠다”고 말했다. 끝.

붙임 : 협약식 사진 2부.

담당 부서
- 청년정책과: 과장 홍길동
- 담당자: 주무관 김바다 (051-123-4568)
"""


def test_structure_of_a_press_release() -> None:
    article = one(RELEASE)
    assert article.title == "부산시, 청년 1,200명에게 월 20만 원 지원"
    assert article.kind is None
    assert parts(article, "title") == [
        "부산시, 청년 1,200명에게 월 20만 원 지원\n- 열두 대학과 협약 맺고 상담실 운영 -"
    ]
    [body] = parts(article, "body")
    assert body.startswith("□ 부산시는 청년의") and body.endswith("만들겠다”고 말했다.")
    boilerplate = parts(article, "boilerplate")
    assert boilerplate[0].startswith("보 도 자 료") and boilerplate[0].endswith("(051-123-4567)")
    assert boilerplate[1] == "끝."
    assert boilerplate[2].startswith("붙임 :") and boilerplate[2].endswith("(051-123-4568)")
    assert (article.published.isoformat() if article.published else None, article.published_from) == (
        "2026-03-04",
        "header",
    )


MARKDOWN = """\
# [동정] 박하늘 시장, 청년 상담실 찾아

- 출처: 부산시 누리집
- 게시 시각: 03/04/2026 08:00:00
- PDF 첨부: 260304 청년 상담실.pdf

## 본문

**보도시점: 배포 즉시**

## 박하늘 시장 “청년이 떠나지 않는 도시”
- 상담실 열두 곳 둘러봐

박하늘 부산시장은 4일 청년 상담실을 찾아 운영을 점검했다.

## 상담실 운영

| 곳 | 시간 |
| --- | --- |
| 해운대 | 9시 |

상담실은 열두 곳이다. <끝>

## 담당 부서

- 청년정책과: 책임자 / 과장 홍길동

## 첨부파일

- 260304 청년 상담실.pdf
"""


def test_structure_of_markdown() -> None:
    article = one(MARKDOWN)
    assert (article.kind, article.title) == ("동정", "박하늘 시장, 청년 상담실 찾아")
    assert parts(article, "title")[1] == "## 박하늘 시장 “청년이 떠나지 않는 도시”\n- 상담실 열두 곳 둘러봐"
    body = "\n".join(parts(article, "body"))
    assert "점검했다." in body and "## 상담실 운영" in body and "| 해운대 | 9시 |" in body
    assert not any(word in body for word in ("출처", "보도시점", "홍길동", ".pdf", "끝", "---"))
    assert str(article.published) == "2026-03-04"


NEWS = """\
[기장=통신] 입력 2026.03.04 09:30
홍길동 기자

기장군, 봄꽃 축제 연다
열두 마을이 함께 준비

기장군은 4일 봄꽃 축제를 연다고 밝혔다.
축제는 사흘 동안 이어진다.

▲ 지난해 축제에 모인 사람들 모습 (사진=기장군)

군은 주차장 세 곳을 새로 열었다.

홍길동 기자 hong@example.com
저작권자 ⓒ 한바다일보, 무단 전재 및 재배포 금지
"""


def test_structure_of_a_news_article() -> None:
    article = one(NEWS)
    assert article.title == "기장군, 봄꽃 축제 연다"
    assert article.caption == "▲ 지난해 축제에 모인 사람들 모습 (사진=기장군)"
    assert parts(article, "title") == ["기장군, 봄꽃 축제 연다\n열두 마을이 함께 준비"]
    assert parts(article, "body") == [
        "기장군은 4일 봄꽃 축제를 연다고 밝혔다.\n축제는 사흘 동안 이어진다.",
        "군은 주차장 세 곳을 새로 열었다.",
    ]
    assert parts(article, "boilerplate")[-1].endswith("재배포 금지")


@pytest.mark.parametrize(
    ("first", "second", "title", "caption"),
    [
        ("시장이 인사말을 하고 있다", "부산시, 총회 열어", "부산시, 총회 열어", "시장이 인사말을 하고 있다"),
        ("총회장 모습", "부산시, 총회 열어", "부산시, 총회 열어", "총회장 모습"),
        ("총회", "[영상] 부산시, 총회 열어", "부산시, 총회 열어", "총회"),
        ("부산시의 총회", "시장단 서른 명 모여", "시장단 서른 명 모여", "부산시의 총회"),
        ("부산시, 총회 열어", "시장단 서른 명 모여", "부산시, 총회 열어", None),
        ("[영상] 부산시, 총회 열어", "총회장 모습", "부산시, 총회 열어", None),
    ],
)
def test_structure_tells_caption_from_headline(
    first: str, second: str, title: str, caption: str | None
) -> None:
    article = one(f"{first}\n\n{second}\n\n부산시의 총회 부산시는 4일 총회를 열었다고 밝혔다.\n")
    assert (article.title, article.caption) == (title, caption)


@pytest.mark.parametrize(
    ("headline", "kind", "rest"),
    [
        ("[영상] 총회 열려", "영상", "총회 열려"),
        ("【포토】총회 열려", "포토", "총회 열려"),
        ("(참고자료) 총회 열려", "참고자료", "총회 열려"),
        ("(시장 동정) 총회 열려", "시장 동정", "총회 열려"),
        ("(주)한바다, 총회 열어", None, "(주)한바다, 총회 열어"),
        ("총회 [영상] 열려", None, "총회 [영상] 열려"),
        ("[영상]", None, "[영상]"),
    ],
)
def test_split_kind(headline: str, kind: str | None, rest: str) -> None:
    assert split_kind(headline) == (kind, rest)


@pytest.mark.parametrize(
    ("caption", "body", "end"),
    [
        ("총회장 모습 ⓒ부산시", "총회장 모습 부산시는", 6),
        ("`총회장`을 둘러본다", "‘총회장’을 둘러본다 부산시는", 11),
        ("총회장을 보다", "총회장을 보다· 부산", 7),
        ("간담회", "간담회는 4일", -1),
        ("총회장 모습", "부산시는 총회장 모습", -1),
        ("총회장 모습", "총회장", -1),
        ("“”", "총회장", -1),
    ],
)
def test_repeats(caption: str, body: str, end: int) -> None:
    assert repeats(caption, body) == end


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("사진설명) 부산시가 협약을 맺고 있다.", "caption"),
        ("(사진 제공-부산시)", "boilerplate"),
        ("※ 별첨: 협약서", "boilerplate"),
        ("【붙임】 1. 협약서 1부. 끝.", "boilerplate"),
        ("문의 : 청년정책과 (051-123-4567)", "boilerplate"),
        ("- 끝 -", "boilerplate"),
        ("#부산시 #청년 #상담실", "boilerplate"),
        ("hong@example.com", "boilerplate"),
        ("홍길동 기자", "boilerplate"),
        ("첨부한 자료는 누리집에서 내려받을 수 있다.", "body"),
        ("문의는 120 다산콜센터로 하면 된다.", "body"),
        ("□ 담당자들은 한목소리로 환영했다.", "body"),
    ],
)
def test_structure_of_a_last_line(line: str, section: str) -> None:
    article = one(f"부산시, 총회 열어\n\n부산시는 4일 총회를 열었다고 밝혔다.\n\n{line}\n")
    assert article.sections[-1].section == section
    assert article.text.endswith(line)
    assert article.text[article.sections[-1].end :] == ""


def test_structure_of_one_paragraph_is_body() -> None:
    article = one("부산시는 4일 총회를 열었다고 밝혔다. 총회는 사흘 동안 이어진다.")
    assert (article.title, [s.section for s in article.sections]) == (None, ["body"])


def test_structure_of_hard_wrapped_text_takes_no_line_of_the_body_for_a_subtitle() -> None:
    text = (
        "부산시, 총회 열어\n\n"
        "부산시는 4일 해운대에서 총회를 열고 회원 도시와 함께\n"
        "기후 위기에 맞서기로 했다고 밝혔다. 총회에는 서른 개\n"
        "도시의 시장이 참석했다.\n"
    )
    article = one(text)
    assert parts(article, "title") == ["부산시, 총회 열어"]
    assert parts(article, "body")[0].startswith("부산시는 4일")


def test_segment_whole_keeps_the_text_to_the_character() -> None:
    text = "\n  부산시, 총회 열어\n\n부산시는 4일 총회를 열었다.\n\n"
    article = segment_whole(text)
    assert article.text == text
    assert article.title == "부산시, 총회 열어"


LINES = st.sampled_from(
    [
        "",
        "  ",
        "보도자료",
        "배포일시: 2026. 3. 4.",
        "# 부산시, 총회 열어",
        "부산시, 총회 열어",
        "[영상] 총회장 모습",
        "□ 부산시는 4일 총회를 열었다.",
        "- 서른 도시 참석 -",
        "부산시는 4일 총회를 열었다고 밝혔다. 총회는 사흘 동안 이어지며 ...",
        "부산시, 총회 열어 부산시는 4일 총회를 열었다고 밝혔다. 끝.",
        "----",
        "\f",
        "붙임 1. 협약서",
        "홍길동 기자 hong@example.com",
        "| 가 | 나 |",
        "끝.",
    ]
)


@given(st.lists(LINES, max_size=24).map("\n".join) | st.text(max_size=200))
def test_sections_cover_the_text_in_order_without_overlap(text: str) -> None:
    for article in [*segment(Document("a.txt", text)), segment_whole(text)]:
        end = 0
        for section in article.sections:
            assert section.section in SECTIONS
            assert end <= section.start < section.end <= len(article.text)
            assert not article.text[end : section.start].strip()
            words = article.text[section.start : section.end]
            assert words == words.strip()
            end = section.end
        assert not article.text[end:].strip()


BLANK = "".join(map(chr, filter(lambda code: chr(code).isspace(), range(0x3001)))) + "-"


@given(st.lists(LINES, max_size=40).map("\n".join) | st.text(max_size=200))
def test_articles_hold_all_text_of_the_document_in_order(text: str) -> None:
    at = 0
    for article in segment(Document("a.txt", text)):
        found = text.index(article.text, at)
        assert not text[at:found].strip(BLANK)
        at = found + len(article.text)
    assert not text[at:].strip(BLANK)


def test_structure_cuts_a_photo_caption_off_the_end_of_a_paragraph() -> None:
    body = "부산시는 4일 총회를 열었다고 밝혔다."
    article = one(f"부산시, 총회 열어\n\n{body} 사진 설명) 총회장에 모인 시장들. (사진 제공-부산시)\n")
    assert parts(article, "body") == [body]
    assert parts(article, "caption") == ["사진 설명) 총회장에 모인 시장들. (사진 제공-부산시)"]
    assert article.caption is None


@pytest.mark.parametrize(
    "body",
    [
        "대구시가 5월부터 시행하는 야간 개방 사업의 참가자 모집",
        "“함께 만드는 도시”라는 의미를 담고 있다. 담당 김하늘",
    ],
)
def test_a_row_with_a_title_and_one_line_of_text_has_a_body(body: str) -> None:
    title = "대구 도서관 야간 개방"
    [article] = segment(Document("a.jsonl", f"{title}\n\n{body}", {"title": title}, "", 0, True))
    assert article.title == title
    assert [section.section for section in article.sections] == ["title", "body"]

"""Where one document is cut into several articles, and where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers import Document, read
from extract.segment import Segment, segment


def cut(text: str) -> list[Segment]:
    return segment(Document("a.txt", text))


def titles(text: str) -> list[str | None]:
    return [article.title for article in cut(text)]


BODY = (
    "부산시는 청년의 지역 정착을 돕기 위해 올해 1,200명에게 월 20만 원을 지원한다고 밝혔다. "
    "시는 지난달 공모를 거쳐 열두 개 대학과 협약을 맺었으며, 참여 대학은 상담실을 따로 두고 "
    "취업을 앞둔 학생을 돕는다. 지원을 바라는 청년은 시 누리집에서 신청하면 된다."
)

SEED_LAYOUT = f"""박하늘 부산시장이 협약식에서 인사말을 하고 있다

[영상] 부산시, 열두 대학과 ‘청년 정착’ 협약

박하늘 부산시장이 협약식에서 인사말을 하고 있다 {BODY} 협약은 3년 동안 이어지며 ...
협약식

청년 1,200명에게 월 20만 원

{BODY} 신청은 다음 달부터 받고...
지역 대학 총장들과 박하늘 시장 ⓒ부산시

[전문] 부산 청년 선언

지역 대학 총장들과 박하늘 시장 {BODY} 우리는 ..."""


def test_segment_cuts_captioned_articles_that_follow_each_other() -> None:
    found = cut(SEED_LAYOUT)
    assert [(a.position, a.kind, a.title, a.caption) for a in found] == [
        (
            0,
            "영상",
            "부산시, 열두 대학과 ‘청년 정착’ 협약",
            "박하늘 부산시장이 협약식에서 인사말을 하고 있다",
        ),
        (1, None, "청년 1,200명에게 월 20만 원", "협약식"),
        (2, "전문", "부산 청년 선언", "지역 대학 총장들과 박하늘 시장 ⓒ부산시"),
    ]
    for article in found:
        assert article.text in SEED_LAYOUT
        assert article.text == article.text.strip()


def test_segment_makes_a_repeated_caption_a_section_of_its_own() -> None:
    article = cut(SEED_LAYOUT)[2]
    stretches = [(s.section, article.text[s.start : s.end]) for s in article.sections]
    assert stretches[:3] == [
        ("caption", "지역 대학 총장들과 박하늘 시장 ⓒ부산시"),
        ("title", "[전문] 부산 청년 선언"),
        ("caption", "지역 대학 총장들과 박하늘 시장"),
    ]
    assert stretches[3][1].startswith("부산시는 청년의")


def test_segment_finds_all_ten_articles_of_the_seed_file() -> None:
    [document] = read([Path(__file__).parents[2] / "seeds" / "seoul-press-2017-11.txt"])
    assert isinstance(document, Document)
    found = segment(document)
    assert [(article.kind, article.title) for article in found] == [
        ("영상", "인도 WRI회의서 ‘스마트시티 서울’ 알려"),
        ("영상", "서울시, 인도에서 첫 투자유치설명회 성료"),
        (None, "인도 도시개발장관 만나 ‘디지털시장실’ 알려"),
        ("영상", "콜롬보에서 온 ‘시티넷’ 현장스케치"),
        (None, "‘서울-인도 경제교류센터’ 델리에 문열어"),
        (None, "서울시 2021년까지 시티넷 총회 ‘회장도시’로"),
        ("전문", "시티넷 총회 ‘콜롬보 선언’"),
        ("카드뉴스", "서울시장이 회장 맡고 있는 국제협의회 ‘이클레이’는…"),
        (None, "아‧태도시 네트워크 ‘시티넷’ 총회 주재"),
        (None, "4차 산업혁명 이끌어 갈 세운상가에서 간담회 개최"),
    ]
    assert [article.caption for article in found] == [
        "지속 가능한 스마트시티 조성을 위한 서울-인도 간 협력방안, 내용은",
        "서울시, 인도에서 첫 투자유치 설명회 진행",
        "박원순 서울시장은 인도 순방 중 11월9일 하디프 싱 푸리 인도 주택도시개발부 장관과 면담했다",
        "시티넷 30주년, 콜롬보 총회에 선 시티넷 의장 박원순",
        "박원순 서울시장이 `서울-인도 경제교류센터`개소식에서 축사를 하고 있다",
        "11월 7일 시티넷 회장도시 연임 결정 후 축하를 받고 있는 박원순 시장의 모습",
        "`콜롬보 선언`을 발표하고 있는 박원순 서울시장",
        "지속가능한 서울을 말하다",
        "박원순 시장 시티넷 총회 개회식 기조연설 모습 ⓒ서울시",
        "간담회",
    ]
    assert {article.published for article in found} == {None}


ARTICLE = "{0} 청년 지원 확대\n\n{0}는 청년 지원을 늘린다고 3일 밝혔다.\n\n시는 예산을 두 배로 늘렸다.\n"


@pytest.mark.parametrize(
    "rule", ["----", "=====", "* * *", "──────────", "- - - -", "***", "\f", "\n\f", "~~~~~~~~", "\n----\n"]
)
def test_segment_cuts_at_rules_and_page_breaks_between_articles(rule: str) -> None:
    text = f"{ARTICLE.format('부산시')}{rule}\n{ARTICLE.format('대구시')}{rule}\n{ARTICLE.format('광주시')}"
    assert titles(text) == ["부산시 청년 지원 확대", "대구시 청년 지원 확대", "광주시 청년 지원 확대"]


RELEASE = """보도자료
배포일시 2026. 3. {1}.(화)
담당부서 청년정책과

{0}, 청년 지원 확대

□ {0}는 청년 지원을 늘린다고 {1}일 밝혔다.
□ 시는 예산을 두 배로 늘렸다.

문의: 청년정책과 051-123-4567
"""


def test_segment_cuts_before_the_head_of_a_further_release() -> None:
    found = cut(RELEASE.format("부산시", 3) + RELEASE.format("대구시", 4))
    assert [(a.title, a.published.day if a.published else None) for a in found] == [
        ("부산시, 청년 지원 확대", 3),
        ("대구시, 청년 지원 확대", 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"청년 지원 확대\n\n{BODY}\n\n----\n\n문의: 청년정책과 051-123-4567\n", id="contacts"),
        pytest.param(f"청년 지원 확대\n\n{BODY}\n\n----\n\n{BODY}\n", id="second part without headline"),
        pytest.param(f"청년 지원 확대\n=====\n\n{BODY}\n", id="underlined headline"),
        pytest.param(f"보도자료\n=====\n청년 지원 확대\n-----\n{BODY}\n", id="rules inside the head"),
        pytest.param(f"청년 지원 확대\n\n{BODY}\n\f붙임 1 사업 개요\n\n{BODY}\n", id="attachment page"),
        pytest.param(f"청년 지원\n\n{BODY} 시는 곧\n\f예산을 늘린다.\n", id="page break in a sentence"),
        pytest.param(f"청년 지원 확대\n\n{BODY}\n\n지원 대상과 방법\n\n{BODY}\n", id="subheading"),
        pytest.param(f"청년 지원 확대\n\n{BODY}\n\n[참고] 사업 개요\n\n{BODY}\n", id="bracketed note"),
        pytest.param(
            f"# 청년 지원 확대\n\n{BODY}\n\n## 지원 대상\n\n{BODY}\n\n## 방법\n\n{BODY}\n", id="Markdown"
        ),
        pytest.param(f"청년 지원\n\n{BODY} “떠나지 않게 …”\n\n지원 대상\n\n{BODY}\n", id="one ellipsis"),
        pytest.param("한 줄로 된 글", id="one line"),
        pytest.param(BODY, id="one paragraph"),
        pytest.param("\n\n".join([BODY] * 5), id="paragraphs"),
        pytest.param("| 구분 | 값 |\n| --- | --- |\n| 청년 | 3 |\n", id="table"),
    ],
)
def test_segment_leaves_one_article_where_it_is_unsure(text: str) -> None:
    [article] = cut(text)
    assert article.text == text.strip()


def test_segment_gives_nothing_for_a_blank_document() -> None:
    assert cut("\n \n\f\n") == []


def test_segment_with_nothing_but_a_rule_is_one_article() -> None:
    assert len(cut("----")) == 1


@pytest.mark.parametrize(
    "caption",
    [
        "박하늘 부산시장이 협약식에서 인사말을 하고 있다.",
        "박하늘 부산시장(가운데)과 열두 대학 총장이 4일 부산시청에서 열린 ‘청년 정착’ 협약식에서 협약서를 들고 사진을 찍고 있다. "
        "이날 협약식에는 청년 대표 서른 명과 지역 기업 대표, 시의원, 대학생 기자단이 함께했다.",
        "총회장에 모인 서른 도시의 시장들",
    ],
)
def test_segment_finds_articles_by_captions_that_are_sentences(caption: str) -> None:
    text = (
        f"{caption}\n\n부산시, 총회 열어\n\n{caption} {BODY} 총회는...\n"
        f"{caption}\n\n대구시, 총회 열어\n\n{caption} {BODY} 총회는...\n"
        f"광주시, 총회 열어\n\n{BODY} 총회는...\n"
        f"총회장 안내판\n\n울산시, 총회 열어\n\n{BODY} 총회는..."
    )
    assert [(a.title, a.caption) for a in cut(text)] == [
        ("부산시, 총회 열어", caption),
        ("대구시, 총회 열어", caption),
        ("광주시, 총회 열어", None),
        ("울산시, 총회 열어", "총회장 안내판"),
    ]


def test_segment_takes_no_last_sentence_for_a_caption() -> None:
    text = f"[칼럼] 첫째 글\n\n{BODY}\n\n그래서 청년은 떠난다.\n\n[칼럼] 둘째 글\n\n{BODY}\n"
    first, second = cut(text)
    assert first.text.endswith("그래서 청년은 떠난다.")
    assert (second.title, second.caption) == ("둘째 글", None)


def test_segment_cuts_before_a_headline_with_the_labels_of_a_release_below_it() -> None:
    text = "\n".join(
        f"# {city}, 청년 지원 확대\n\n- 출처: {city} 누리집\n- 부서: 청년정책과\n- 게시일: 2026. 3. {day}.\n\n"
        f"{city}는 청년 지원을 늘린다고 {day}일 밝혔다.\n"
        for city, day in (("부산시", 3), ("대구시", 4), ("광주시", 5))
    )
    found = cut(text)
    assert [(a.title, a.published.day if a.published else None) for a in found] == [
        ("부산시, 청년 지원 확대", 3),
        ("대구시, 청년 지원 확대", 4),
        ("광주시, 청년 지원 확대", 5),
    ]


@pytest.mark.parametrize("end", ["끝.", "<끝>", "(사진 제공-부산시)", "- 사업 개요.hwpx", "051-123-4567"])
def test_segment_cuts_at_rules_after_every_kind_of_end(end: str) -> None:
    text = f"부산시, 총회 열어\n\n{BODY}\n\n{end}\n\n----\n\n대구시, 총회 열어\n\n{BODY} 총회는 이어진다.\n"
    assert titles(text) == ["부산시, 총회 열어", "대구시, 총회 열어"]


def test_segment_leaves_parts_of_markdown_with_lower_headings_in_their_article() -> None:
    text = f"# 부산시, 총회 열어\n\n{BODY}\n\n---\n\n## 총회 개요\n\n{BODY} 총회는 이어진다.\n"
    assert titles(text) == ["부산시, 총회 열어"]

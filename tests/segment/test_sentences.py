"""Sentences inside sections, and the quotations that keep them together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kiwipiepy import Kiwi

from extract.document import Section
from extract.readers import Document
from extract.segment import quotation_spans, segment, segment_whole, sentence_spans


class Tok(NamedTuple):
    start: int
    sent_position: int


@pytest.fixture(scope="module")
def kiwi() -> Iterator[Kiwi]:
    yield Kiwi()


def sentences(kiwi: Kiwi, text: str) -> list[str]:
    spans = sentence_spans(text, segment_whole(text).sections, kiwi.tokenize(text))
    return [text[start:end] for start, end, _ in spans]


@pytest.mark.parametrize(
    "expected",
    [
        ["부산시는 총회를 열었다.", "시장단이 참석했다."],
        ["박 시장은 “도시를 살리겠다. 함께 가자”고 말했다.", "총회는 사흘 이어진다."],
        ['그는 "도시를 살리겠다“며 ”함께 가자. 지금이다"고 말했다.', "총회는 이어진다."],
        ["박하늘 시장: “도시를 살리겠습니다. 함께 갑시다”", "총회는 사흘 동안 이어집니다."],
        ["“함께 갑시다.”", "박 시장은 이렇게 말했다."],
        ["‘도시, 함께 가자’라는 주제로 총회를 열었다.", "시장단이 참석했다."],
        ["총회를 열었다.", "‘함께 가자’는 구호를 외쳤다."],
        ["총회(의장은 박하늘이다. 임기는 2년이다)를 열었다.", "시장단이 참석했다."],
        ["총회에서 우리는 다음을 약속한다.", "○ 도시의 역할을 인정한다.", "○ 정책을 나눈다."],
        ["총회를 열었다. ...", "※ 문의는 시청으로 한다."],
        ["#1 도시의 미래", "#2 총회를 열었습니다.", "#3 함께 갑니다."],
        ["ㅇ 총회를 열었다.", "시장단이 참석했다."],
        ["① 총회를 열었다.", "시장단이 참석했다."],
        ["그는 말했다.", "또 ”도시를 살리겠다고 했다.", "총회는 이어진다."],
    ],
)
def test_sentences_of_a_line(kiwi: Kiwi, expected: list[str]) -> None:
    assert sentences(kiwi, " ".join(expected)) == expected


@pytest.mark.parametrize("mark", ["#12", "□"])
def test_a_mark_at_the_end_begins_no_sentence(mark: str) -> None:
    line = f"도시의 미래를 함께 여는 이야기 {mark}"
    text = f"{line}\n\n총회는 이어진다."
    sections = [Section("body", 0, len(text))]
    assert [text[start:end] for start, end, _ in sentence_spans(text, sections, [])] == [
        line,
        "총회는 이어진다.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "부산시는 해운대에서 열린 총회에 참석해\n기후 위기에 함께 맞서기로 했다.\n총회는 사흘 이어진다.",
            [
                "부산시는 해운대에서 열린 총회에 참석해\n기후 위기에 함께 맞서기로 했다.",
                "총회는 사흘 이어진다.",
            ],
        ),
        (
            "□ 총회 개요\n ○ 일시: 3월 4일\n ○ 장소: 해운대\n - 서른 도시 참석",
            ["□ 총회 개요", "○ 일시: 3월 4일", "○ 장소: 해운대", "- 서른 도시 참석"],
        ),
        (
            "박 시장은 “도시를 살리겠다.\n함께 가자”고 말했다.\n\n시장단은 “찬성한다\n\n반대도 있었다.",
            ["박 시장은 “도시를 살리겠다.\n함께 가자”고 말했다.", "시장단은 “찬성한다", "반대도 있었다."],
        ),
        (
            "| 구분 | 값 |\n| --- | --- |\n| 도시 | 30곳 |",
            ["| 구분 | 값 |", "| --- | --- |", "| 도시 | 30곳 |"],
        ),
    ],
)
def test_sentences_of_several_lines(kiwi: Kiwi, text: str, expected: list[str]) -> None:
    spans = sentence_spans(text, [Section("body", 0, len(text))], kiwi.tokenize(text))
    assert [text[start:end] for start, end, _ in spans] == expected


def test_sentences_end_where_the_section_ends(kiwi: Kiwi) -> None:
    caption = "박하늘 시장과 시장단의 모습"
    text = f"{caption}\n\n[영상] 부산시, 총회 열어\n\n{caption} 부산시는 총회를 열었다고 밝혔다."
    [article] = segment(Document("a.txt", text))
    spans = sentence_spans(article.text, article.sections, kiwi.tokenize(article.text))
    assert [(section, article.text[start:end]) for start, end, section in spans] == [
        ("caption", caption),
        ("title", "[영상] 부산시, 총회 열어"),
        ("caption", caption),
        ("body", "부산시는 총회를 열었다고 밝혔다."),
    ]


def test_sentences_do_not_follow_a_cut_inside_a_word() -> None:
    text = "총회를 열었다며 웃었다"
    tokens = [Tok(0, 0), Tok(7, 1), Tok(9, 2)]
    spans = sentence_spans(text, [Section("body", 0, len(text))], tokens)
    assert spans == [(0, 9 - 1, "body"), (9, 12, "body")]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("그는 “가자”고 했다", ["“가자”"]),
        ('그는 "가자"고, "서자"고 했다', ['"가자"', '"서자"']),
        ('그는 "가고 싶다“며 ”서자"고 했다', ['"가고 싶다“', '”서자"']),
        ("그는 “가자 서자. “오자”고 했다", ["“오자”"]),
        ("그는 가자”고 했다. “서자”고 했다", ["“서자”"]),
        ("“ 가자 ”라며 “서자”고 했다", ["“ 가자 ”", "“서자”"]),
        ("’26년부터 ’27년까지 ‘청년’ 사업", ["‘청년’"]),
        ("(‘ 26.3.11.) 조치 ‘청년’", ["‘청년’"]),
        ("그는 “‘가자’는 말”이라고 했다", ["“‘가자’는 말”"]),
        ('"', []),
    ],
)
def test_quotation_spans(text: str, quotations: list[str]) -> None:
    assert [text[start:end] for start, end in quotation_spans(text)] == quotations


def test_quotation_spans_forget_a_mark_that_never_closes() -> None:
    text = "그는 “가자고 했다. " + "총회를 열었다. " * 200 + "그리고 ”라고 했다."
    assert quotation_spans(text) == []


PIECES = st.sampled_from(
    [
        "부산시는 ",
        "총회를 열었다. ",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "(",
        ")",
        "\n",
        "\n\n",
        "○ ",
        "- ",
        "...",
        "며 ",
        " ",
        "\t",
    ]
)


@given(
    st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=120),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9)), max_size=20),
)
def test_sentences_cover_their_sections(text: str, positions: list[tuple[int, int]]) -> None:
    tokens = [Tok(start, number) for start, number in sorted(positions) if start < len(text)]
    sections = segment_whole(text).sections
    spans = sentence_spans(text, sections, tokens)
    end = 0
    for start, stop, section in spans:
        assert end <= start < stop
        assert text[start:stop] == text[start:stop].strip()
        assert not text[end:start].strip()
        assert any(s.section == section and s.start <= start and stop <= s.end for s in sections)
        end = stop
    assert not text[end:].strip()


@given(st.text('“”"‘’ 가며\n', max_size=80))
def test_quotation_spans_are_sorted_and_apart(text: str) -> None:
    end = 0
    for start, stop in quotation_spans(text):
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    "piece", ["“가 ", '"가" ', "‘가 ", "(가 ", "○ 가 ", "가다. ", "가\n", "- ", "|", "끝.", "[가] "]
)
def test_long_monotonous_text_is_cut_without_a_hang(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    spans = sentence_spans(text, segment_whole(text).sections, [])
    assert spans == sorted(spans)
    assert sum(end - start for start, end, _ in spans) <= len(text)

from __future__ import annotations

import making
import pytest

from extract.model import ErrorRow
from extract.readers import Document, read_bytes
from extract.readers.blocks import render
from extract.readers.line_ends import Joiner
from extract.readers.pdf_chars import Run
from extract.readers.pdf_layout import layout, without_furniture
from extract.readers.pdf_paragraphs import paragraphs

HEIGHT = 842.0


def run(
    text: str, left: float, y: float, *, size: float = 10.0, spaced: bool = False, width: float | None = None
) -> Run:
    """A run whose Hangul letters are as wide as high and whose other letters are half as wide."""
    wide = sum(size if "가" <= c <= "힣" else size / 2 for c in text) if width is None else width
    return Run(text, left, left + wide, y, size, spaced)


def text_of(*pages: list[Run]) -> str:
    cleaned, _ = without_furniture([layout(runs, HEIGHT) for runs in pages])
    return render(paragraphs(cleaned))


def test_lines_become_paragraphs_and_broken_words_are_joined() -> None:
    text = text_of(
        [
            run(
                "□ 서울시는 오는 6일 오후 시청 대회의실에서 전 세계 도시들과 함께 총회를 개최하고 이번 협약의 불확실성에 선제적",
                50,
                700,
                width=480,
            ),
            run("으로 대응하고자 상담 창구를 마련한다고", 60, 684, spaced=True, width=470),
            run("밝혔다.", 60, 668),
            run("□ 이번 총회에는 500명이 참석한다.", 50, 640),
        ]
    )
    first, second = text.strip().split("\n\n")
    assert "선제적으로 대응하고자" in first
    assert first.endswith("마련한다고 밝혔다.")
    assert second == "□ 이번 총회에는 500명이 참석한다."


@pytest.mark.parametrize(
    ("before", "after", "parted"),
    [
        ("전반의 불확실성에 선제적", "으로 대응하고자", False),
        ("추진(4월 이용", "분부터 소급 적용)한다", False),
        ("국회 본회의 의결을", "거쳐 제1회 추가경정예산이", True),
        ("정책은 이미 시행되고", "있다고 밝혔다", True),
        ("총 8.2조원(64", "만명) 규모", False),
        ("예산은 2,20", "4억원 규모", False),
        ("교통혼잡", "·환경관리 등", False),
        ("서울시", "(시장 박원순)", True),
    ],
)
def test_line_ends_are_weighed(before: str, after: str, parted: bool) -> None:
    assert Joiner().join([(before, False), (after, False)]) == f"{before}{' ' if parted else ''}{after}"


def test_a_blank_in_the_file_decides_and_latin_hyphens_are_taken_back() -> None:
    joiner = Joiner()
    assert joiner.join([("선제적", True), ("으로", False)]) == "선제적 으로"
    assert joiner.join([("the govern-", False), ("ment said", False)]) == "the government said"


def test_columns_are_read_one_after_the_other() -> None:
    left = [
        run(f"왼쪽 {i}째 줄은 이렇게 길게 이어지는 글이다.", 50, 700 - 15 * i, width=230) for i in range(8)
    ]
    right = [
        run(f"오른쪽 {i}째 줄은 이렇게 길게 이어지는 글이다.", 320, 700 - 15 * i, width=230) for i in range(8)
    ]
    title = run("두 단에 걸친 제목", 50, 760, size=20, width=500)
    mixed = [title, *(r for pair in zip(left, right, strict=True) for r in pair)]
    text = text_of(mixed)
    assert text.index("왼쪽 7째") < text.index("오른쪽 0째")
    assert text.startswith("두 단에 걸친 제목\n")


def test_rows_of_a_table_keep_their_cells_apart() -> None:
    rows = [
        run(cell, 50 + 120 * column, 700 - 16 * row)
        for row, cells in enumerate((("담당 부서", "총무과", "홍길동"), ("전화", "02-111-2222", "팀장"), ("팩스", "02-333-4444", "주임")))
        for column, cell in enumerate(cells)
    ]  # fmt: skip
    assert (
        text_of(rows)
        == "| 담당 부서 | 총무과 | 홍길동 |\n| 전화 | 02-111-2222 | 팀장 |\n| 팩스 | 02-333-4444 | 주임 |\n"
    )


def test_raised_letters_belong_to_their_line_and_labels_stand_before_their_lines() -> None:
    line = [run("감축설비", 50, 700), run("*", 90, 705, size=6, width=4), run("를 도입한다.", 95, 700)]
    label = [
        run("보도시점", 50, 600),
        run("(온라인) 2026. 4. 13.", 100, 608),
        run("(지면) 2026. 4. 14.", 100, 592),
    ]
    text = text_of([*line, *label])
    assert "감축설비*를 도입한다." in text
    assert text.index("보도시점") < text.index("(온라인)")


def test_page_numbers_and_running_lines_are_dropped_and_paragraphs_go_on_over_pages() -> None:
    def page(number: int, *body: Run) -> list[Run]:
        return [
            run("서울시 보도자료", 50, 800),
            *body,
            run("내 손안에 서울", 50, 40),
            run(f"- {number} -", 290, 25),
        ]

    text = text_of(
        page(
            1,
            run("서울시는 오는 6일 오후 시청 대회의실에서 총회를 개최하고", 50, 120, width=480, spaced=True),
        ),
        page(2, run("도시들과 협약을 맺는다.", 50, 700)),
        page(3, run("셋째 쪽이다.", 50, 700)),
    )
    assert (
        text
        == "서울시 보도자료\n\n서울시는 오는 6일 오후 시청 대회의실에서 총회를 개최하고 도시들과 협약을 맺는다.\n\n셋째 쪽이다.\n"
    )


def test_a_real_file_is_read() -> None:
    data = making.pdf(
        [
            (50, 800, 24, "Seoul hosts cities"),
            (50, 700, 12, "The city government of Seoul said on Monday that it will host a gen-"),
            (50, 685, 12, "eral assembly of cities."),
            (290, 25, 9, "- 1 -"),
        ],
        [(50, 700, 12, "Next page."), (290, 25, 9, "- 2 -")],
    )
    [document] = read_bytes(data, "release.bin")
    assert isinstance(document, Document)
    assert document.text == (
        "Seoul hosts cities\n\nThe city government of Seoul said on Monday that it will host a general assembly of"
        " cities.\n\nNext page.\n"
    )
    assert document.metadata["headline"] == "Seoul hosts cities"


def test_scanned_pages_are_said_to_hold_no_text() -> None:
    [row] = read_bytes(making.pdf([]), "scan.pdf")
    assert isinstance(row, ErrorRow)
    assert row.error == "no-text"
    assert "OCR" in row.message

from __future__ import annotations

import json

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import ErrorRow
from extract.readers import Columns, Document, read_bytes
from extract.readers.records import lines_of
from extract.write import cell, plain

LONG = "서울시는 6일 시청에서 총회를 열고 39개 도시와 협약을 맺었다고 밝혔다. " * 4
ROWS = [
    ["번호", "제목", "본문", "등록일"],
    ["17", "총회 개최", "서울시는 총회를 열었다.", "2024-03-05"],
    ["18", "", '부산시는 "좋다"고\n말했다, 그렇다.', "2024. 3. 6."],
]


def csv_bytes(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(quoted).encode(encoding)


def jsonl_bytes(rows: list[list[str]]) -> bytes:
    return "\n".join(
        json.dumps(dict(zip(rows[0], row, strict=True)), ensure_ascii=False) for row in rows[1:]
    ).encode()


def documents(data: bytes, name: str, columns: Columns | None = None) -> list[Document]:
    items = list(read_bytes(data, name, columns=columns))
    found = [item for item in items if isinstance(item, Document)]
    assert len(found) == len(items), items
    return found


TABLES = {
    "utf8.csv": csv_bytes(ROWS),
    "excel.csv": csv_bytes(ROWS, ";", "cp949"),
    "tabs.tsv": csv_bytes(ROWS, "\t", "utf-16"),
    "book.xlsx": making.xlsx(ROWS),
    "second-sheet.xlsx": making.xlsx([["설명"], ["안내"]], ROWS),
    "lines.jsonl": jsonl_bytes(ROWS),
    "lines.txt": jsonl_bytes(ROWS),
    "array.json": json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]).encode(),
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_articles_with_title_date_and_id(name: str) -> None:
    first, second = documents(TABLES[name], name)
    assert (first.text, first.position, first.whole) == ("총회 개최\n\n서울시는 총회를 열었다.", 0, True)
    assert first.metadata == {"title": "총회 개최", "published": "2024-03-05", "id": "17"}
    assert (second.text, second.position) == ('부산시는 "좋다"고\n말했다, 그렇다.', 1)


@pytest.mark.parametrize("head", ["본문", "Text", "내 용", "기사_본문", "CONTENT"])
def test_the_text_column_is_known_by_its_usual_names(head: str) -> None:
    assert documents(csv_bytes([["a", head], ["x", "서울시"]]), "a.csv")[0].text == "서울시"


def test_the_text_column_is_guessed_when_one_column_alone_is_long() -> None:
    assert documents(csv_bytes([["a", "b"], ["서울", LONG], ["부산", LONG]]), "a.csv")[0].text == LONG.strip()


@pytest.mark.parametrize("rows", [[["a", "b"], ["서울", "부산"]], [["a", "b"], [LONG, LONG]]])
def test_the_text_column_is_not_guessed_when_it_is_not_obvious(rows: list[list[str]]) -> None:
    [row] = read_bytes(csv_bytes(rows), "a.csv")
    assert isinstance(row, ErrorRow)
    assert row.error == "no-text-column"
    assert "'a', 'b'" in row.message
    assert "--text-column" in row.message


def test_columns_named_by_the_user_go_before_guesses() -> None:
    columns = Columns(text="요약", id="코드", date="b", title="a")
    rows = [["코드", "a", "b", "본문", "요약"], ["K-1", "제목이다", "2024-01-02", "긴 글", "짧은 글"]]
    [document] = documents(csv_bytes(rows), "a.csv", columns)
    assert document.text == "제목이다\n\n짧은 글"
    assert document.metadata == {"title": "제목이다", "published": "2024-01-02", "id": "K-1"}


def test_an_unknown_column_is_told_with_those_there_are() -> None:
    [row] = read_bytes(csv_bytes(ROWS), "a.csv", columns=Columns(date="작성"))
    assert isinstance(row, ErrorRow)
    assert (row.error, "--date-column" in row.message, "'등록일'" in row.message) == (
        "unknown-column",
        True,
        True,
    )


def test_rows_without_text_and_broken_lines_are_errors_and_the_others_go_on() -> None:
    data = (
        '{"text": "서울시"}\n\n{"text": " "}\n{"text": \n[1]\n{"text": null, "a": 1}\n{"text": 7}\n'.encode()
    )
    items = list(read_bytes(data, "a.jsonl"))
    assert [(item.position, getattr(item, "error", None)) for item in items] == [
        (0, None), (1, "empty-row"), (2, "damaged"), (3, "damaged"), (4, "empty-row"), (5, None)
    ]  # fmt: skip
    assert "line 4" in items[2].message  # type: ignore[union-attr]


def test_half_a_surrogate_pair_is_made_a_character_that_can_be_written() -> None:
    [document] = documents(b'{"text": "\\ud800 \\ud83d\\ude00", "title": "\\udc00"}', "a.jsonl")
    assert document.text == "\ufffd 😀"


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\n번호;본문\r\n17;부산시, 총회\r\n",
        "보도자료 목록\n(2024년 3월)\n\n번호;본문\n17;부산시, 총회\n",
        '{\n "id": 17,\n "본문": "부산시, 총회"\n}\n',
    ],
    ids=["sep", "title", "one-object"],
)
def test_what_stands_above_the_names_is_passed_over(data: str) -> None:
    [document] = documents(data.encode(), "a.json" if data.startswith("{") else "a.csv")
    assert (document.text, document.metadata["id"]) == ("부산시, 총회", "17")


def test_a_quotation_mark_that_is_never_closed_is_told_and_rows_before_it_are_kept() -> None:
    items = list(read_bytes('번호,본문\n1,서울시\n2,"부산시\n3,대구시\n'.encode(), "a.csv"))
    assert [getattr(item, "error", "") for item in items] == ["", "damaged"]
    assert "'부산시" in items[1].message  # type: ignore[union-attr]


@given(st.text("가\n\u2028 ", max_size=12))
def test_lines_are_those_of_the_text(text: str) -> None:
    assert "".join(lines_of(text)) == text
    assert all(line.find("\n") in (-1, len(line) - 1) for line in lines_of(text))


def test_formulas_are_read_as_they_stand_and_written_so_that_no_spreadsheet_runs_them() -> None:
    texts = ["=1+1", "+82-2-120", "-3.5%", "@합계", "＝1", "＠가", '=HYPERLINK("http://192.0.2.1")']
    quoted = csv_bytes([["번호", "본문"], *([str(i), text] for i, text in enumerate(texts))])
    for document, text in zip(documents(quoted, "a.csv"), texts, strict=True):
        assert document.text == text
        assert cell(document.text) == f"'{text}"
        assert plain(cell(document.text)) == text
    formulas = making.xlsx([["번호", "본문"], [1, "=1+1"], [2, "서울시"]])
    assert [getattr(item, "error", "") for item in read_bytes(formulas, "a.xlsx")] == ["empty-row", ""]


def test_a_line_separator_in_a_cell_does_not_end_the_row() -> None:
    found = documents("번호,본문\n1,서울시\u2028부산시\n2,대구시\n".encode(), "a.csv")
    assert [document.text for document in found] == ["서울시\n부산시", "대구시"]
    [document] = documents('{"본문": "서울시\u2028부산시"}\n'.encode(), "a.jsonl")
    assert document.text == "서울시\n부산시"


def test_blank_rows_of_a_table_are_passed_over_but_counted() -> None:
    found = documents(csv_bytes([["본문", "a"], ["서울시", ""], ["", ""], ["부산시", ""]]), "a.csv")
    assert [document.position for document in found] == [0, 2]


def test_dates_and_numbers_of_a_workbook_are_read_as_people_see_them() -> None:
    import datetime

    rows = [["본문", "날짜", "번호"], ["서울시", datetime.datetime(2024, 3, 5), 3.0]]
    assert documents(making.xlsx(rows), "a.xlsx")[0].metadata == {"published": "2024-03-05", "id": "3"}


def test_formulas_of_a_workbook_are_not_run() -> None:
    items = list(
        read_bytes(making.xlsx([["본문"], ['=WEBSERVICE("http://192.0.2.1")'], ["서울시"]]), "a.xlsx")
    )
    assert [getattr(item, "text", None) for item in items] == ["서울시"]

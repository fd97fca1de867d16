from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hand_made import article, results
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import lists, text
from pages import ATTACK, hostile, ordinary

from extract.cli import main
from extract.errors import ExtractWarning, UsageError
from extract.model import TABLES, ArticleResult, Figure, Sentence
from extract.write import workbook, write_run
from extract.write.guide import GUIDE
from extract.write.workbook import write_workbook


def opened(folder: Path) -> Any:
    return openpyxl.load_workbook(write_workbook(folder))


def column(sheet: Any, name: str) -> list[Any]:
    at = [cell.value for cell in sheet[1]].index(name)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def test_a_sheet_for_each_table_behind_a_guide_in_korean(tmp_path: Path) -> None:
    book = opened(ordinary(tmp_path / "out"))
    assert book.sheetnames == [GUIDE, *(table.name for table in TABLES if table.name != "tokens")]
    words = {str(cell.value) for row in book[GUIDE].iter_rows() for cell in row if cell.value}
    for table in TABLES:
        if table.name != "tokens":
            assert table.ko in words
            assert {one.metadata["ko"] for one in table.columns} <= words
    for table in TABLES:
        if table.name in book.sheetnames:
            sheet = book[table.name]
            assert [cell.value for cell in sheet[1]] == [one.name for one in table.columns]
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref.startswith("A1:")


def test_dates_are_dates_numbers_are_numbers_and_what_is_unknown_is_empty(tmp_path: Path) -> None:
    book = opened(ordinary(tmp_path / "out"))
    assert [cell.value for cell in column(book["articles"], "published")] == [
        datetime.datetime(2026, 3, 3),
        None,
    ]
    assert column(book["dates"], "start")[0].value == datetime.datetime(2026, 3, 2)
    assert column(book["dates"], "start")[0].number_format == "yyyy-mm-dd"
    assert column(book["dates"], "timex")[-1].value == "XXXX-11-09"
    assert column(book["figures"], "value")[0].value == 1200
    assert column(book["figures"], "approximate")[0].value is False
    assert column(book["mentions"], "score")[0].value == pytest.approx(0.9)
    assert column(book["entities"], "aliases")[0].value == "김 시장|하늘"
    assert column(book["relations"], "date")[1].value == datetime.datetime(2026, 3, 2)
    assert column(book["relations"], "date")[0].value is None


def test_pandas_reads_the_types_and_hangul(tmp_path: Path) -> None:
    path = write_workbook(ordinary(tmp_path / "out"))
    frames = pd.read_excel(path, sheet_name=None)
    assert frames["mentions"]["text"].tolist()[:2] == ["김하늘", "3월 2일"]
    assert frames["mentions"]["start"].dtype.kind == "i"
    assert frames["figures"]["value"].tolist() == [1200]
    assert frames["articles"]["published"].dtype.kind == "M"
    assert frames["mentions"]["article_id"].tolist() == ["a1"] * 4 + ["a2"] * 2  # links hold their text


def test_links_lead_to_the_row_that_is_named(tmp_path: Path) -> None:
    book = opened(ordinary(tmp_path / "out"))
    for name, target, key in (
        ("article_id", "articles", "article_id"),
        ("entity_id", "entities", "entity_id"),
    ):
        cells = [cell for cell in column(book["mentions"], name) if cell.value]
        assert cells
        for cell in cells:
            sheet, place = cell.hyperlink.location.replace("'", "").split("!")
            assert sheet == target
            row = book[sheet][int(place[1:])]
            assert row[[one.value for one in book[sheet][1]].index(key)].value == cell.value
    assert column(book["figures"], "mention_id")[0].hyperlink.location.startswith("'mentions'")
    assert column(book["relations"], "object_id")[1].hyperlink.location.startswith("'entities'")


def test_columns_fit_hangul(tmp_path: Path) -> None:
    book = opened(ordinary(tmp_path / "out"))
    widths = {
        name: book["mentions"].column_dimensions[letter].width
        for name, letter in (("text", "F"), ("label", "G"))
    }
    assert widths["text"] >= len("1,200명") + 2
    assert book["sentences"].column_dimensions["F"].width > 50  # 44 syllables and signs


def test_the_same_tables_give_the_same_bytes_at_any_time(tmp_path: Path) -> None:
    out = ordinary(tmp_path / "out")
    before = write_workbook(out).read_bytes()
    time.sleep(2.1)  # a ZIP holds times in steps of two seconds
    assert write_workbook(out).read_bytes() == before


def test_text_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    book = opened(hostile(tmp_path / "out"))
    first = results()[0]
    assert isinstance(first, ArticleResult)
    nasty = (
        "=1+1",
        "@SUM(A1)",
        "+1",
        "-1",
        "http://example.org/x",
        "{=1}",
        "_x0041_",
        "\x01\x0b",
        "\ufffe",
        " 앞뒤 ",
    )
    rows = tuple(Sentence(f"s{at}", "a1", "body", 0, 1, text) for at, text in enumerate(nasty))
    write_run(tmp_path / "out2", [dataclasses.replace(first, sentences=rows)], formats=("csv",))
    sheet = opened(tmp_path / "out2")["sentences"]
    cells = column(sheet, "text")
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    read = [cell.value for cell in cells]
    assert read[:6] == list(nasty[:6])
    assert read[8] == "\ufffd" and read[9] == nasty[9]
    with zipfile.ZipFile(tmp_path / "out2" / "tables.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
    assert "_x005F_x0041_" in xml and "_x0001__x000B_" in xml and "<f>" not in xml
    assert column(book["articles"], "title")[0].value.startswith(ATTACK)


def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    book = opened(ordinary(tmp_path / "out"))
    assert [name for name in book.sheetnames if name.startswith("mentions")] == ["mentions", "mentions (2)"]
    texts = [cell.value for name in ("mentions", "mentions (2)") for cell in column(book[name], "text")]
    assert texts == ["김하늘", "3월 2일", "1,200명", "부산", "부산시", "김하늘"]
    assert book["mentions (2)"]["A1"].value == "mention_id"
    assert column(book["dates"], "mention_id")[-1].hyperlink.location == "'mentions (2)'!A2"


def test_a_cell_that_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    first = results()[0]
    assert isinstance(first, ArticleResult)
    long = "가" * 40_000
    rows = (Sentence("s1", "a1", "body", 0, 40_000, long), Sentence("s2", "a1", "body", 0, 1, "😀" * 20_000))
    write_run(tmp_path / "out", [dataclasses.replace(first, sentences=rows)], formats=("csv",))
    with pytest.warns(ExtractWarning, match=r"2 cells of tables.xlsx are cut"):
        book = opened(tmp_path / "out")
    texts = [cell.value for cell in column(book["sentences"], "text")]
    assert len(texts[0]) == 32_767 and texts[0].endswith("… [잘림]") and texts[0].startswith("가가")
    assert texts[1].endswith("😀… [잘림]")
    words = [str(cell.value) for row in book[GUIDE].iter_rows() for cell in row if cell.value]
    assert "sentences 2행 text" in words and "sentences 3행 text" in words


def test_links_beyond_the_limit_are_text_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_LINKS", 2)
    book = opened(ordinary(tmp_path / "out"))
    cells = column(book["mentions"], "article_id")
    assert [cell.hyperlink is None for cell in cells][:3] == [False, True, True]
    assert cells[5].value == "a2"
    assert any("링크가 너무 많아" in str(cell.value) for row in book[GUIDE].iter_rows() for cell in row)


def test_long_numbers_keep_their_digits(tmp_path: Path) -> None:
    first = results()[0]
    assert isinstance(first, ArticleResult)
    values = (1_200_000_000_000, 1234567890123456789, 0.1, 10**21)
    rows = tuple(
        Figure(f"m{at}", "a1", "수", "count", value, None, None, None, None, None, False)
        for at, value in enumerate(values)
    )
    write_run(tmp_path / "out", [dataclasses.replace(first, figures=rows)], formats=("csv",))
    read = [cell.value for cell in column(opened(tmp_path / "out")["figures"], "value")]
    assert read == [1_200_000_000_000, "1234567890123456789", 0.1, 10**21]


def test_no_rows_make_an_empty_sheet(tmp_path: Path) -> None:
    empty = ArticleResult(article=article("a1", 0, "글"), text="글")
    write_run(tmp_path / "out", [empty], formats=("csv",))
    assert opened(tmp_path / "out")["mentions"].max_row == 1


def test_a_run_writes_the_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    write_run(out, results(), formats=("xlsx",))
    assert {"tables.xlsx", "articles.csv"} <= {path.name for path in out.iterdir()}
    with pytest.raises(UsageError, match="no such folder"):
        write_workbook(tmp_path / "nowhere")
    with pytest.raises(SystemExit) as ended:
        main(["run", str(tmp_path), "--format", "xls"])
    assert ended.value.code == 2
    assert "xlsx" in capsys.readouterr().err


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-calc")
    path = write_workbook(ordinary(tmp_path / "out"))
    # the sheet "mentions" is the fourth: guide, articles, sentences, mentions
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    lines = (tmp_path / "tables-mentions.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("mention_id,article_id")
    assert any("김하늘" in line and "PERSON" in line for line in lines)
    dates = (tmp_path / "tables-dates.csv").read_text(encoding="utf-8")
    assert "2026-03-02,2026-03-03" in dates
    assert "안내" in {file.stem.removeprefix("tables-") for file in tmp_path.glob("tables-*.csv")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists(text(min_size=1), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was(tmp_path: Path, words: list[str]) -> None:
    first = results()[0]
    assert isinstance(first, ArticleResult)
    rows = tuple(Sentence(f"s{at}", "a1", "body", 0, 1, word) for at, word in enumerate(words))
    write_run(tmp_path / "out", [dataclasses.replace(first, sentences=rows)], formats=("csv",))
    cells = column(opened(tmp_path / "out")["sentences"], "text")
    read = [
        re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), cell.value or "") for cell in cells
    ]
    assert read == [re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", word) for word in words]

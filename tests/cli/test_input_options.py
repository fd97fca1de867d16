from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from extract.cli import main


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["run", *arguments])
    return int(caught.value.code or 0)


def articles(out: Path) -> list[dict[str, str]]:
    with (out / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = 'key,head,story,day\nK-1,서울시 총회 개최,"국 토 부는 6일 인도 뉴델리에서 총회를 열었다.",2024-03-05\nK-2,,,2024-03-06\n'
    (tmp_path / "table.csv").write_text(rows, encoding="utf-8")
    return tmp_path / "table.csv"


COLUMNS = ("--text-column", "story", "--id-column", "key", "--date-column", "day", "--title-column", "head")


def test_columns_named_on_the_command_line_fill_the_article(table: Path, tmp_path: Path) -> None:
    assert run(str(table), "--out", str(tmp_path / "out"), *COLUMNS) == 1  # the second row has no text
    [article] = articles(tmp_path / "out")
    assert article["title"] == "서울시 총회 개최"
    assert (article["published"], article["published_from"]) == ("2024-03-05", "field")
    assert (article["position"], article["input_id"]) == ("0", "K-1")
    info = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert info["options"]["columns"] == {"text": "story", "id": "key", "date": "day", "title": "head"}
    assert info["options"]["repair_spacing"] is False
    assert len(info["inputs"]) == 1


def test_an_unknown_column_is_an_error_row_and_nothing_is_left_to_do(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(table), "--out", str(tmp_path / "out"), "--text-column", "본문") == 3
    assert "no column '본문' among 'key', 'head', 'story', 'day'" in capsys.readouterr().err


def test_repaired_spacing_is_what_all_tables_see_and_run_json_says(table: Path, tmp_path: Path) -> None:
    run(str(table), "--out", str(tmp_path / "out"), "--repair-spacing", *COLUMNS)
    article = json.loads((tmp_path / "out" / "articles.jsonl").read_text("utf-8"))
    assert article["text"].endswith("국토부는 6일 인도 뉴델리에서 총회를 열었다.")
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["options"]["repair_spacing"] is True


def test_limits_of_a_users_main_yaml_hold(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "main.yaml").write_text("reading:\n  file_bytes: 20\n", encoding="utf-8")
    assert run(str(table), "--out", str(tmp_path / "out"), "--lexicons", str(tmp_path / "mine")) == 3
    assert "the limit file_bytes is 20" in capsys.readouterr().err

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import pytest
from hand_made import article, results

import extract
from extract.errors import ExtractWarning
from extract.model import ArticleResult, Sentence
from extract.write import write_run
from extract.write.stored import Stored

TEXT = "㈜하늘 • 쀍 “인용” – 😀😀 淸"


def one(out: Path, text: str) -> Path:
    result = ArticleResult(
        article=dataclasses.replace(article("a1", 0, text, title="제목 •"), source="보도자료.txt"),
        text=text,
        sentences=(Sentence("s1", "a1", "body", 0, len(text), text),),
    )
    write_run(out, [result, results()[1]], formats=("csv", "jsonl", "report", "csv-cp949"))
    return out


def test_what_does_not_fit_is_replaced_one_for_one_and_told(tmp_path: Path) -> None:
    with pytest.warns(ExtractWarning, match=r"as □ \(5 in all\): • U\+2022 ×2, 😀 U\+1F600 ×2, – U\+2013 ×1"):
        out = one(tmp_path / "out", TEXT)
    data = (out / "sentences.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    text = next(csv.DictReader(data.decode("cp949").splitlines()))["text"]
    assert text == "㈜하늘 □ 쀍 “인용” □ □□ 淸"
    assert len(text) == len(TEXT)
    with (out / "not_in_cp949.csv").open(encoding="utf-8-sig", newline="") as file:
        account = {(row["table"], row["column"], row["code"]): row for row in csv.DictReader(file)}
    assert account["sentences", "text", "U+1F600"]["count"] == "2"
    assert account["sentences", "text", "U+1F600"]["name"] == "GRINNING FACE"
    assert account["articles", "title", "U+2022"]["first_row"] == "2"
    assert json.loads((out / "articles.jsonl").read_bytes())["text"] == TEXT
    assert "😀" in (out / "report.html").read_text(encoding="utf-8")


def test_what_fits_is_only_encoded(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    out = tmp_path / "out"
    plain = [
        dataclasses.replace(row, events=()) if isinstance(row, ArticleResult) else row for row in results()
    ]
    write_run(out, plain, formats=("csv", "csv-cp949"))
    assert not recwarn.list
    assert not (out / "not_in_cp949.csv").exists()
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["encoding"] for resource in package["resources"]} == {"cp949"}
    assert extract.tables(out)["articles"]["title"].tolist()[0] == "=제목"
    assert next(iter(Stored(out).rows("articles")))["title"] == "=제목"
    again = tmp_path / "again"
    write_run(again, plain, formats=("csv",))
    for path in again.glob("*.csv"):
        assert (out / path.name).read_bytes() == path.read_bytes().decode("utf-8-sig").encode("cp949")


def test_the_output_is_a_valid_data_package(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    with pytest.warns(ExtractWarning, match="¦ U"):  # it stands for a | inside an item of a list
        write_run(tmp_path / "out", results(), formats=("csv", "csv-cp949"))
    report = frictionless.Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])

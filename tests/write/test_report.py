from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text
from pages import ATTACK, BREAK, hostile, long, ordinary

from extract.cli import main
from extract.errors import ExtractWarning, UsageError
from extract.write.report import build, write_report
from extract.write.report.build import script_json
from extract.write.report.collect import utf16
from extract.write.stored import Stored


def embedded(page: str, name: str) -> dict:
    return json.loads(
        re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)[1]
    )


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    first = ordinary(tmp_path / "out") / "report.html"
    before = first.read_bytes()
    assert write_report(first.parent) == [first]
    assert first.read_bytes() == before


def test_the_policy_names_the_style_and_both_scripts_and_nothing_else(tmp_path: Path) -> None:
    page = (hostile(tmp_path / "out") / "report.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy and "strict-dynamic" not in policy
    blocks = re.findall(
        r"<(?:style|script)(?: id=\"__________cytoscape_stylesheet\")?>(.*?)</(?:style|script)>", page, re.S
    )
    digests = {base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in blocks}
    assert digests == set(re.findall(r"sha256-([^']+)'", policy))
    assert page.index("Content-Security-Policy") < page.index("<style")
    assert not re.search(r"""\b(?:src|href)=["']?(?:https?:)?//""", page)


def test_data_never_leaves_its_element_or_fills_a_slot(tmp_path: Path) -> None:
    page = (hostile(tmp_path / "out") / "report.html").read_text(encoding="utf-8")
    assert page.count("<script") == 4  # two with data, the library, the page's own
    data = embedded(page, "data")
    assert data["articles"][0][1] == ATTACK + BREAK
    assert data["errors"][0][0] == f"in/{ATTACK}"


def test_offsets_count_utf16_units_in_the_page(tmp_path: Path) -> None:
    page = (hostile(tmp_path / "out") / "report.html").read_text(encoding="utf-8")
    text, _, mentions = embedded(page, "part")["bodies"][0]
    units = text.encode("utf-16-le")
    found = [units[2 * mentions[at] : 2 * mentions[at + 1]].decode("utf-16-le") for at in (0, 8)]
    assert found == ["김하늘", "부산"]  # the second stands behind an emoji
    assert [utf16("a😀b😀")(at) for at in range(5)] == [0, 1, 3, 4, 6]


def test_csv_alone_gives_the_text_by_its_sentences(tmp_path: Path) -> None:
    out = ordinary(tmp_path / "out")
    whole = list(Stored(out).articles())
    (out / "articles.jsonl").unlink()
    again = list(Stored(out).articles())
    assert [article["text"] for article in again] == [article["text"] for article in whole]
    for name in ("mentions", "figures", "relations", "events", "quotes", "dates"):
        rows = json.dumps([article[name] for article in whole])
        assert json.dumps([article[name] for article in again]) == rows.replace("a|b", "a\\u00a6b")


def test_jsonl_alone_gives_the_same_rows_as_csv(tmp_path: Path) -> None:
    out = ordinary(tmp_path / "out")
    tables = {table.name: list(Stored(out).rows(table.name)) for table in Stored(out).tables}
    for path in out.glob("*.csv"):
        path.unlink()
    for name in ("articles", "mentions", "figures", "relations", "quotes"):
        assert list(Stored(out).rows(name)) == tables[name]
    assert list(Stored(out).rows("errors")) == []


def test_a_large_run_keeps_its_texts_beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = long(tmp_path / "out", articles=6, names=3)
    monkeypatch.setattr(build, "SPLIT_AT", 100)
    monkeypatch.setattr(build, "PART_SIZE", 100)
    page, *beside = write_report(out)
    assert len(beside) > 1
    html = page.read_text(encoding="utf-8")
    data = embedded(html, "data")
    assert data["folder"] == "report_data" and len(data["starts"]) == len(beside)
    assert "사람000은 회의에" not in html
    monkeypatch.undo()
    assert write_report(out) == [page]
    assert not (out / "report_data").exists()


def test_a_run_beyond_the_limit_goes_without_a_report_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "RUN_LIMIT", 1)
    with pytest.warns(ExtractWarning, match=r"report.html is left out: 2 articles"):
        out = ordinary(tmp_path / "out")
    assert not (out / "report.html").exists()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert write_report(out)


@pytest.mark.parametrize("case", ["missing", "empty", "too many", "broken"])
def test_what_is_no_output_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    out = ordinary(tmp_path / "out")
    if case == "missing":
        shutil.rmtree(out)
    elif case == "empty":
        for path in out.iterdir():
            path.unlink()
    elif case == "broken":
        (out / "relations.csv").write_text("nothing\n", encoding="utf-8")
        (out / "articles.jsonl").write_text("{]\n", encoding="utf-8")
    else:
        monkeypatch.setattr(build, "MAX_ARTICLES", 1)
    with pytest.raises(UsageError) as told:
        write_report(out)
    assert "\n" not in str(told.value)


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ordinary(tmp_path / "out")
    (out / "report.html").unlink()
    with pytest.raises(SystemExit) as ended:
        main(["report", str(out)])
    assert not ended.value.code
    assert "report.html" in capsys.readouterr().out
    assert (out / "report.html").stat().st_size > 500_000


@given(text())
def test_any_text_survives_inside_a_script_element(words: str) -> None:
    written = script_json(words)
    assert "<" not in written and "\u2028" not in written
    assert json.loads(written) == words


@given(text(alphabet=sampled_from("가a😀𠀀\n")))
def test_utf16_offsets_cut_as_a_browser_does(words: str) -> None:
    unit, data = utf16(words), words.encode("utf-16-le")
    for start in range(len(words) + 1):
        for end in range(start, len(words) + 1):
            assert data[2 * unit(start) : 2 * unit(end)].decode("utf-16-le") == words[start:end]

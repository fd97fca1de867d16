import itertools
import json
from pathlib import Path

import pytest

from extract.engines import article
from extract.engines.local import run
from extract.errors import InputError, NothingToDoError, UsageError
from extract.model import TABLES

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLE = "부산시, 도시포럼 개최\n\n부산시는 {day}일 부산 벡스코에서 도시포럼을 개최했다. 강동현 부산시장은 “함께 가자”고 말했다.\n"


def tables(folder):
    return {
        path.name: path.read_bytes()
        for path in sorted(Path(folder).iterdir())
        if path.is_file() and path.name != "run.json"
    }


@pytest.fixture()
def inputs(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for day in range(1, 13):
        (folder / f"{day:02}.txt").write_text(ARTICLE.format(day=day), encoding="utf-8")
    return folder


def test_the_tables_are_the_same_bytes_for_any_workers_and_order_of_inputs(inputs, tmp_path):
    files = sorted(inputs.iterdir())
    run(files, tmp_path / "one", workers=1, model=False)
    run(files[::-1], tmp_path / "two", workers=2, model=False)
    first, second = tables(tmp_path / "one"), tables(tmp_path / "two")
    assert list(first) == list(second)
    assert all(first[name] == second[name] for name in first)


def test_every_row_points_into_its_text(tmp_path):
    run([SEEDS], tmp_path / "out")
    lines = (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert len(found) == 10
    for rows in found:
        text = rows["text"]
        for name in ("sentences", "mentions", "quotes"):
            assert all(text[row["start"] : row["end"]] == row["text"] for row in rows[name])
        ends = [(m["start"], m["end"]) for m in rows["mentions"]]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
        known = {entity["entity_id"] for entity in rows["entities"]}
        assert {m["entity_id"] for m in rows["mentions"] if m["entity_id"]} <= known


def test_an_article_met_twice_is_processed_once_and_said_so(inputs, tmp_path):
    (inputs / "copy.txt").write_bytes((inputs / "01.txt").read_bytes())
    summary = run([inputs], tmp_path / "out", model=False)
    assert summary.articles == 12
    [duplicate] = summary.duplicates
    assert duplicate["source"].endswith("copy.txt")
    assert any("processed once" in line for line in summary.lines())
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["duplicates"] == [
        duplicate
    ]


def test_an_article_that_fails_is_a_row_and_the_rest_goes_on(inputs, tmp_path, monkeypatch):
    real = article.tokenised

    def failing(segment):
        if " 5일" in segment.text:
            raise RuntimeError("boom")
        return real(segment)

    monkeypatch.setattr(article, "tokenised", failing)
    summary = run([inputs], tmp_path / "out", workers=1, model=False)
    assert (summary.articles, summary.errors) == (11, 1)
    row = (tmp_path / "out" / "errors.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert "05.txt,0,extract,unexpected,RuntimeError: boom" in row
    with pytest.raises(InputError):
        run([inputs], tmp_path / "strict", workers=1, strict=True, model=False)
    assert not (tmp_path / "strict").exists()


def test_nothing_to_do_and_bad_usage_are_told_before_anything_is_written(tmp_path, inputs):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToDoError):
        run([tmp_path / "empty"], tmp_path / "out")
    with pytest.raises(UsageError):
        run([inputs], tmp_path / "out", formats=("docx",))
    assert not (tmp_path / "out").exists()


def test_tokens_are_written_on_request(inputs, tmp_path):
    run([inputs / "01.txt"], tmp_path / "out", tokens=True, model=False)
    header, first, *_ = (tmp_path / "out" / "tokens.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header.split(",") == [c.name for t in TABLES if t.name == "tokens" for c in t.columns]
    assert first.endswith("부산시,NNP")

"""Decisions show in the tables of the next run, which repeats the last one with the lexicon folder."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from at_the_page import Person

from extract.engines.local import run
from extract.errors import UsageError
from extract.evaluate import evaluate, read_gold
from extract.evaluate.exchange import read
from extract.review.rerun import command_of


def found(p: Person, at: int = 0) -> set[tuple[str, str, str | None]]:
    return {(m["text"], m["label"], m["subtype"]) for m in p.article(at)["mentions"]}


def names(p: Person) -> dict[str, set[str]]:
    rows = p.get("/api/entities")["rows"]
    made: dict[str, set[str]] = {}
    for row in rows:
        made.setdefault(row["name"], set()).update(row["aliases"])
    return made


def run_again(p: Person, place: Path, finished: Path) -> None:
    run([finished / "in"], place / "out", lexicons=[p.mine], model=False, workers=1)


def test_the_page_runs_again_and_every_decision_is_in_the_tables(person: Any) -> None:
    p = person()
    p.decide("add", **p.stretch("물결마루"), label="PLACE", subtype="facility")
    p.decide("label", **p.mention("김하늘"), label="ORG", subtype="company")
    p.decide("reject", **p.mention("국토교통부", 1))
    p.decide("reject", **p.mention("서울"), scope="context", after="을 방문")
    p.decide("split", entity=p.entity("새빛나루재단"), forms=["새빛나루"])
    article = p.article()
    wrong = next(r for r in article["relations"] if r["predicate"] == "hosted")
    p.decide("relation", article=article["id"], relation=wrong["relation_id"])
    assert p.get("/api/state")["waiting"] == 6
    assert p.post("/api/rerun").json()["running"]
    assert "a run is going on" in p.post("/api/rerun").json()["problem"]
    while (state := p.get("/api/run"))["running"]:
        time.sleep(0.1)
    assert state["code"] == 0, state["told"]
    assert p.get("/api/state")["waiting"] == 0
    first, second = found(p), found(p, 1)
    assert ("물결마루", "PLACE", "facility") in first and ("물결마루", "PLACE", "facility") in second
    assert ("김하늘", "ORG", "company") in first and ("김하늘", "PERSON", None) not in first
    assert "국토교통부" not in [text for text, _, _ in second]
    assert "서울" not in [text for text, _, _ in first]
    assert ("서울시", "ORG", "government") in second
    assert "hosted" not in [r["predicate"] for r in p.article()["relations"]]
    assert "새빛나루" in names(p) and "새빛나루" not in names(p)["새빛나루재단"]
    options = json.loads((p.session.results.folder / "run.json").read_text(encoding="utf-8"))["options"]
    assert options["lexicons"] == [str(p.mine)]


def test_merged_entities_a_longer_span_and_a_candidate_are_in_the_tables(
    person: Any, place: Path, finished: Path
) -> None:
    p = person()
    p.decide("merge", into=p.entity("푸른결소프트"), entities=[p.entity("하늘결소프트")])
    span = p.stretch("4월 2일 부산")
    p.decide("span", **p.mention("부산"), start=span["start"], end=span["end"])
    p.decide(
        "candidate",
        decision="yes",
        label="ORG",
        subtype="association",
        name="새빛나루재단",
        aliases="새빛나루",
        rule="x",
    )
    p.decide(
        "candidate", decision="no", label="PERSON", name="도하윤", aliases="", rule="people:name-before-title"
    )
    run_again(p, place, finished)
    assert "하늘결소프트" in names(p)["푸른결소프트"] and "하늘결소프트" not in names(p)
    assert ("4월 2일 부산", "CITY", None) in found(p)
    assert ("새빛나루", "ORG", "association") in found(p)
    assert "도하윤" not in [text for text, _, _ in found(p)]


def test_annotated_articles_score_what_was_found(person: Any, tmp_path: Path) -> None:
    p = person()
    p.decide("checked", article=p.article()["id"])
    p.decide("reject", scope="here", **p.mention("푸른결소프트"))
    p.decide("add", scope="here", **p.stretch("물결마루"), label="PLACE", subtype="facility")
    result = p.session.results.article(p.article()["id"])
    scores = evaluate(read_gold(p.mine / "gold.jsonl"), [{**result, "id": result["article_id"]}])
    assert scores.errors == []
    counts = scores.labels.values()
    assert (sum(one.fp for one in counts), sum(one.fn for one in counts)) == (1, 1)


@pytest.mark.parametrize("format_", ["gold", "doccano", "label-studio"])
def test_exports_come_back_as_they_went(person: Any, format_: str) -> None:
    p = person()
    p.decide("reject", scope="here", **p.mention("푸른결소프트"))
    p.decide("label", scope="here", **p.mention("12대"), label="TIME")
    answer = p.client.get(f"/api/export?format={format_}")
    assert "attachment" in answer.headers["content-disposition"]
    want = p.article()["here"]
    assert [len(one["mentions"]) for one in read(answer.text, format_)] == [len(want)]
    assert len(read(p.client.get(f"/api/export?format={format_}&all=1").text, format_)) == 2
    for entry in p.session.journal.standing:
        p.undo(entry.number)
    assert p.article()["here"] is None and p.files() == {}
    headers = {"origin": str(p.client.base_url), "content-type": "application/octet-stream"}
    taken = p.client.post("/api/import", content=answer.content, headers=headers)
    assert taken.status_code == 200 and taken.json()["count"] == 1
    got = p.article()["here"]
    assert [(m["start"], m["end"], m["label"]) for m in got] == [
        (m["start"], m["end"], m["label"]) for m in want
    ]
    p.undo(taken.json()["number"])
    assert p.files() == {}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no annotated texts"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "no annotated texts"),
        (b'{"text": "abc", "label": []}\n{"text": "abc"}', "no annotated texts"),
        (b'[{"data": {"text": "abc"}, "annotations": [1]}]', "no annotated texts"),
        (b'{"text": "abc", "label": [[0, 1, "ORG"]]}', "none of this output's articles"),
        (b'{"text": "abc", "label": [[0, 9, "ORG"]]}', "not a doccano record"),
    ],
)
def test_what_cannot_be_imported_is_told(person: Any, data: bytes, problem: str) -> None:
    p = person()
    headers = {"origin": str(p.client.base_url), "content-type": "application/octet-stream"}
    answer = p.client.post("/api/import", content=data, headers=headers)
    assert answer.status_code == 400 and problem in answer.json()["problem"]
    assert p.files() == {}


def test_a_run_is_repeated_with_all_its_options(tmp_path: Path) -> None:
    for name in ("in", "lex", "rules", "mine"):
        (tmp_path / name).mkdir()
    options = {
        "inputs": [str(tmp_path / "in")],
        "date": "2026-03-02",
        "formats": ["csv", "jsonl", "report"],
        "tokens": True,
        "columns": {"text": "본문"},
        "repair_spacing": True,
        "lexicons": [str(tmp_path / "lex")],
        "rules": [str(tmp_path / "rules")],
    }
    described = {"options": options, "fingerprints": {"tagger": None}}
    command = command_of(described, tmp_path / "out", tmp_path / "mine")
    assert command == [
        *("run", "--out", str(tmp_path / "out"), "--format", "csv,jsonl,report", "--date", "2026-03-02"),
        *("--text-column", "본문", "--repair-spacing", "--tokens", "--lexicons", str(tmp_path / "lex")),
        *("--lexicons", str(tmp_path / "mine"), "--rules", str(tmp_path / "rules"), "--no-tagger"),
        *("--", str(tmp_path / "in")),
    ]
    options["lexicons"].append(str(tmp_path / "mine"))
    assert command_of(described, tmp_path / "out", tmp_path / "mine").count(str(tmp_path / "mine")) == 1
    assert command_of(described, tmp_path / "out", tmp_path / "mine", "w")[-4:-2] == ["--model", "w"]
    described["fingerprints"]["tagger"] = "other weights"
    with pytest.raises(UsageError, match="--model FOLDER"):
        command_of(described, tmp_path / "out", tmp_path / "mine")
    options["inputs"] = [str(tmp_path / "gone")]
    with pytest.raises(UsageError, match="is not there"):
        command_of(described, tmp_path / "out", tmp_path / "mine")
    options["inputs"] = ["-"]
    with pytest.raises(UsageError, match="standard input"):
        command_of(described, tmp_path / "out", tmp_path / "mine")

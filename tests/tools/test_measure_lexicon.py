from __future__ import annotations

import json

import measure_lexicon
import pytest


@pytest.fixture
def known():
    return {
        "수원": {("LC", "")},
        "경기": {("LC", "context")},
        "환경부": {("OG", "")},
        "서울시": {("LC", ""), ("OG", "")},
    }


@pytest.mark.parametrize(("text", "expected"), [("경기 수원", True), ("경기 어딘가", False), ("수원", False)])
def test_composed_needs_every_word(known, text, expected):
    assert measure_lexicon.composed(known, text) is expected


def test_coverage_tells_own_label_from_any_label(known, tmp_path, capsys):
    mentions = [
        {"text": "수원", "label": "LC"},
        {"text": "경기 수원", "label": "LC"},
        {"text": "환경부", "label": "LC"},
        {"text": "서울시", "label": "OG"},
        {"text": "한강공원", "label": "LC"},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a-wikitree", "text": "", "mentions": mentions}), encoding="utf-8")
    measure_lexicon.coverage(known, path, "wikitree", 5)
    out = capsys.readouterr().out
    assert "LC: 4 mentions; form listed under LC 25.0%" in out
    assert "under any label 50.0%" in out and "each of its words 75.0%" in out
    assert "한강공원" in out


def test_danger_lists_forms_that_are_rarely_names(known, tmp_path, capsys):
    text = "수원 수원 수원 서울시"
    record = {"id": "b", "text": text, "mentions": [{"start": 9, "end": 12, "text": "서울시", "label": "OG"}]}
    path = tmp_path / "raw.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    measure_lexicon.danger(known, path, 3, "b")
    out = capsys.readouterr().out
    assert "수원: 3 times, 0 of them a name" in out and "서울시" not in out


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 2), "inside a longer LC"),
        ((0, 5), "label LC"),
        ((0, 9), "around a shorter name"),
        ((20, 22), "no name"),
    ],
)
def test_wrong_spans_are_told_apart(span, expected):
    gold = [{"start": 0, "end": 5, "label": "LC"}, {"start": 6, "end": 9, "label": "OG"}]
    assert measure_lexicon.cause(*span, gold) == expected


def test_tagging_prints_precision_and_causes(tmp_path, capsys):
    text = "부산에서 국토교통부가 회의를 열었다."
    mentions = [
        {"start": 0, "end": 2, "text": "부산", "label": "LC"},
        {"start": 5, "end": 10, "text": "국토교통부", "label": "PS"},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a-wikitree", "text": text, "mentions": mentions}), encoding="utf-8")
    measure_lexicon.tagging(path, "wikitree", endings=True)
    out = capsys.readouterr().out
    assert "LC: precision 1.000, recall 1.000 of 1" in out and "wrong: label PS 1" in out

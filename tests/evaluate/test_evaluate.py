from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.evaluate import GoldArticle, Scores, evaluate, format_report, read_gold
from extract.evaluate.scores import total
from extract.evaluate.values import date_agrees, figure_agrees, instant

TEXT = "강릉시(시장 박서연)는 6일 100만 원을 한빛넷(HANBITNET)에 지원했다. 박 시장은 “반갑다”고 말했다."


def span(part: str, nth: int = 0) -> dict[str, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(part, start + 1)
    return {"start": start, "end": start + len(part)}


GOLD = {
    "id": "one",
    "text": TEXT,
    "published": "2017-11-06",
    "mentions": [
        {**span("강릉시"), "label": "ORG", "entity": "강릉시"},
        {**span("박서연"), "label": "PERSON", "entity": "박서연"},
        {
            **span("6일"),
            "label": "DATE",
            "value": {"type": "date", "start": "2017-11-06", "end": "2017-11-07", "timex": "2017-11-06"},
        },
        {
            **span("100만 원"),
            "label": "FIGURE",
            "alt": [[span("100만")["start"], span("100만")["end"]]],
            "value": {"type": "money", "value": 1000000, "unit": "원", "currency": "KRW"},
        },
        {**span("한빛넷"), "label": "ORG", "entity": "한빛넷"},
        {**span("HANBITNET"), "label": "ORG", "entity": "한빛넷", "sure": False},
        {**span("박", 1), "label": "PERSON", "entity": "박서연"},
    ],
    "entities": [
        {"name": "강릉시", "label": "ORG", "aliases": []},
        {"name": "박서연", "label": "PERSON", "aliases": ["박"]},
        {"name": "한빛넷", "label": "ORG", "aliases": ["HANBITNET"]},
    ],
    "relations": [
        {"subject": "박서연", "predicate": "holds_title", "object": "강릉시장", "sure": True},
        {"subject": "강릉시", "predicate": "supports", "object": "한빛넷"},
        {"subject": "강릉시", "predicate": "agreed_with", "object": "한빛넷", "sure": False},
    ],
    "events": [{"type": "funding", "trigger": "지원", "date_start": "2017-11-06"}],
    "quotes": [{**span("반갑다"), "text": "반갑다", "speaker": "박서연", "kind": "direct"}],
}


@pytest.fixture
def gold(tmp_path: Path) -> list[GoldArticle]:
    return read(tmp_path, GOLD)


def read(folder: Path, *articles: dict) -> list[GoldArticle]:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(a, ensure_ascii=False) for a in articles), encoding="utf-8")
    return read_gold(path)


@pytest.fixture
def result() -> dict:
    """The gold as a result."""
    found: dict = {"id": "one", "text": TEXT, "mentions": [], "entities": [], "dates": [], "figures": []}
    for entity in GOLD["entities"]:
        found["entities"].append({**entity, "entity_id": f"e-{entity['name']}"})
    for i, mention in enumerate(GOLD["mentions"]):
        entity = mention.get("entity")
        row = {key: mention[key] for key in ("start", "end", "label")}
        found["mentions"].append({**row, "mention_id": f"m{i}", "entity_id": entity and f"e-{entity}"})
        if "value" in mention:
            table = "dates" if mention["label"] == "DATE" else "figures"
            found[table].append({"mention_id": f"m{i}", **mention["value"]})
    for table in ("relations", "events", "quotes"):
        found[table] = copy.deepcopy([row for row in GOLD[table] if row.get("sure", True)])
    return found


def counts(scores: Scores) -> tuple[int, int, int]:
    found = total(scores.labels)
    return found.tp, found.fp, found.fn


def relations(scores: Scores) -> tuple[int, int, int]:
    found = total(scores.relations)
    return found.tp, found.fp, found.fn


def test_the_gold_itself_scores_one(gold: list[GoldArticle], result: dict) -> None:
    found = evaluate(gold, [result]).to_dict()
    assert found["errors"] == []
    assert [found[name]["f1"] for name in ("mentions", "mentions_relaxed", "klue", "relations")] == [1.0] * 4
    assert found["clusters"]["f1"] == found["clusters"]["pairwise"]["f1"] == 1.0
    for name in ("values", "events", "quotes"):
        assert {share["accuracy"] for share in found[name].values() if share["of"]} == {1.0}


def test_an_unsure_mention_may_be_missing(gold: list[GoldArticle], result: dict) -> None:
    result["mentions"] = [m for m in result["mentions"] if m["mention_id"] != "m5"]
    assert counts(evaluate(gold, [result])) == (6, 0, 0)


def test_an_alternative_span_is_right_with_its_value(gold: list[GoldArticle], result: dict) -> None:
    result["mentions"][3].update(span("100만"))
    scores = evaluate(gold, [result])
    assert counts(scores) == (6, 0, 0)
    assert scores.values["FIGURE"].accuracy == 1.0


def test_a_wrong_label_is_wrong_and_missed_but_right_in_klue_if_it_maps(gold, result: dict) -> None:
    result["mentions"][0]["label"] = "CITY"
    scores = evaluate(gold, [result])
    assert counts(scores) == (5, 1, 1)
    assert (scores.klue["OG"].tp, scores.klue["OG"].fn, scores.klue["LC"].fp) == (1, 1, 1)


def test_a_shifted_span_is_right_only_when_relaxed(gold, result: dict) -> None:
    result["mentions"][0]["end"] -= 1
    scores = evaluate(gold, [result])
    assert counts(scores) == (5, 1, 1)
    assert scores.relaxed.f1 == 1.0


def test_an_invented_mention_is_wrong(gold, result: dict) -> None:
    result["mentions"].append({**span("지원"), "label": "ORG"})
    scores = evaluate(gold, [result], show=5)
    assert counts(scores) == (6, 1, 0)
    assert scores.shown["mention wrong"] == ["one ORG 지원"]


def test_values_are_judged_where_the_mention_was_found(gold, result: dict) -> None:
    result["dates"][0]["start"] = "2017-12-06"
    result["figures"][0].update(value=100, unit="won", currency="KRW")
    values = evaluate(gold, [result]).values
    assert [values[name].accuracy for name in ("DATE", "FIGURE", "unit", "currency")] == [0.0, 0.0, 0.0, 1.0]


def test_a_split_entity_costs_recall_and_a_merged_one_precision(gold, result: dict) -> None:
    split, merged = copy.deepcopy(result), copy.deepcopy(result)
    split["mentions"][6]["entity_id"] = "e-other"
    for mention in merged["mentions"]:
        mention["entity_id"] = "e-all"
    split_scores, merged_scores = (evaluate(gold, [r]).clusters for r in (split, merged))
    assert split_scores.precision == 1.0
    assert split_scores.recall == pytest.approx(0.75)
    assert merged_scores.recall == 1.0
    assert merged_scores.precision == pytest.approx((1 + 1 + 2 + 2) / 16)


def test_relations_match_by_alias_title_tail_and_symmetry(gold, result: dict) -> None:
    result["relations"] = [
        {
            "rule": "identity:a",
            "subject": "박",
            "subject_id": "e-박서연",
            "predicate": "holds_title",
            "object": "시장",
        },
        {"subject": "박서연", "predicate": "holds_title", "object": "강릉시장"},
        {"subject": "HANBITNET", "predicate": "agreed_with", "object": "강릉시"},
        {"subject": "한빛넷", "predicate": "supports", "object": "강릉시"},
    ]
    scores = evaluate(gold, [result])
    assert relations(scores) == (1, 1, 1)
    assert scores.relations["supports"].to_dict()["f1"] == 0.0
    assert scores.rules["identity:a"].precision == 1.0


def test_an_event_needs_its_date_and_a_quote_its_speaker(gold, result: dict) -> None:
    result["events"][0]["date_start"] = "2017-11-07"
    result["quotes"][0].update(start=result["quotes"][0]["start"] - 1, end=result["quotes"][0]["end"] + 1)
    result["quotes"][0]["speaker"] = "강릉시"
    scores = evaluate(gold, [result])
    assert (scores.events["type"].right, scores.events["type and date"].right) == (1, 0)
    assert (scores.quotes["found"].right, scores.quotes["with speaker"].right) == (1, 0)


def test_another_text_and_a_missing_result_are_errors(gold, result: dict) -> None:
    assert "no result for one" in evaluate(gold, []).errors[0]
    result["text"] = TEXT.replace("강릉시", "강릉 시", 1)
    scores = evaluate(gold, [result])
    assert "not the gold text" in scores.errors[0]
    assert scores.articles == 0


def test_results_without_ids_are_taken_in_order(gold, result: dict) -> None:
    del result["id"]
    assert counts(evaluate(gold, [result])) == (6, 0, 0)


RANGE_TEXT = "19일부터 23일까지 연다."


@pytest.mark.parametrize(
    ("spans", "klue", "exact"),
    [([(0, 11)], True, (1, 0, 0)), ([(0, 3), (6, 9)], True, (2, 0, 0)), ([(0, 11)], False, (1, 0, 0))],
)
def test_a_range_stands_for_its_parts(tmp_path: Path, spans: list, klue: bool, exact: tuple) -> None:
    article = {
        "text": RANGE_TEXT,
        "mentions": [{"start": 0, "end": 3, "label": "DATE"}, {"start": 6, "end": 9, "label": "DATE"}],
        "range_variants": [{"start": 0, "end": 11, "label": "DATE"}],
    }
    mentions = [{"start": s, "end": e, "label": "DATE", "mention_id": f"m{s}"} for s, e in spans]
    scores = evaluate(read(tmp_path, article), [{"text": RANGE_TEXT, "mentions": mentions}], klue=klue)
    assert counts(scores) == exact
    assert scores.klue["DT"].tp == (2 if klue else exact[0])
    assert scores.klue["DT"].f1 == 1.0


def test_klue_gold_is_scored_by_its_six_labels(tmp_path: Path) -> None:
    text = "박서연은 19일부터 23일까지 강릉에 있었다."
    article = {
        "id": "klue-1",
        "text": text,
        "mentions": [
            {"start": 0, "end": 3, "text": "박서연", "label": "PS"},
            {"start": 5, "end": 8, "text": "19일", "label": "DT"},
            {"start": 11, "end": 14, "text": "23일", "label": "DT"},
            {"start": 18, "end": 20, "text": "강릉", "label": "LC"},
        ],
    }
    mentions = [
        {"start": 0, "end": 3, "label": "PERSON"},
        {"start": 5, "end": 14, "label": "DATE"},
        {"start": 18, "end": 20, "label": "CITY"},
    ]
    scores = evaluate(read(tmp_path, article), [{"id": "klue-1", "text": text, "mentions": mentions}])
    assert total(scores.klue).to_dict()["tp"] == 4
    assert total(scores.klue).f1 == 1.0
    assert counts(scores) == (0, 0, 0)
    assert "mentions, KLUE's six labels" in format_report(scores)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ('{"mentions": []}', "no text"),
        ('{"text": "가나", "mentions": [{"start": 0, "label": "ORG"}]}', "a mention without 'end'"),
        ('{"text": "가나", "mentions": [{"start": 0, "end": 3, "label": "ORG"}]}', "lies outside the text"),
        ('{"text": "가나", "mentions": [{"start": 0, "end": 2, "label": "GPE"}]}', "unknown label 'GPE'"),
    ],
)
def test_read_gold_names_file_line_and_problem(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "가", "mentions": []}\n\n' + line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert message in str(caught.value)
    assert f"{path}:3" in str(caught.value)


def test_read_gold_of_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_gold(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("gold_value", "row", "agrees"),
    [
        ({"type": "duration", "duration": "P1W"}, {"duration": "P7D"}, True),
        ({"type": "duration", "duration": "P1Y"}, {"duration": "P1M"}, False),
        ({"type": "date", "timex": "XXXX-06-15"}, {"start": None, "timex": "XXXX-06-15"}, True),
        ({"type": "date", "timex": "XXXX-06-15"}, {"start": "2022-06-15", "timex": "2022-06-15"}, False),
        ({"type": "time", "start": "2018-09-03T12:00"}, {"start": "2018-09-03T12:00:00+09:00"}, True),
        ({"type": "set"}, {"type": "set"}, True),
        ({"type": "date", "start": "2018-09-03"}, None, False),
        ({"type": "date"}, {"start": "2018-09-03"}, None),
    ],
)
def test_date_agrees(gold_value: dict, row: dict | None, agrees: bool | None) -> None:
    assert date_agrees(gold_value, row) is agrees


@pytest.mark.parametrize(
    ("gold_value", "row", "agrees"),
    [
        ({"low": 50}, {"low": 50.0, "value": None}, True),
        ({"value": 3}, {"low": 3}, False),
        ({"value": 1.2e12}, {"value": "1,200,000,000,000"}, True),
        ({"value": 3}, None, False),
        ({}, {"value": 3}, None),
    ],
)
def test_figure_agrees(gold_value: dict, row: dict | None, agrees: bool | None) -> None:
    assert figure_agrees(gold_value, row) is agrees


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017-11-06T00:00", "2017-11-06"),
        ("2017-11-06 16:00:00", "2017-11-06T16:00"),
        ("2017-11", "2017-11"),
        ("", None),
    ],
)
def test_instant(value: str, expected: str | None) -> None:
    assert instant(value) == expected


def test_the_report_shows_every_section_and_the_errors(gold, result: dict) -> None:
    result["relations"].append({"subject": "박서연", "predicate": "visited", "object": "달"})
    report = format_report(evaluate(gold, [result], show=3))
    for part in ("mentions (exact span and label)", "B-cubed", "relations", "visited", "quotes", "events"):
        assert part in report
    assert "one 박서연 | visited | 달" in report

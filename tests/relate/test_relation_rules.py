from __future__ import annotations

import dataclasses

import pytest

from extract.errors import LexiconError
from extract.lexicon import Lexicon, collect
from extract.relate.check import check_rules
from extract.relate.examples import analyse_example, parse_example
from extract.relate.rules import RuleSet

RULES = collect()[0].rules("relations")


def test_every_example_of_the_shipped_rules_holds(lexicon: Lexicon) -> None:
    assert [str(p) for p in check_rules(lexicon)] == []


@pytest.mark.parametrize("block", RULES, ids=[b["name"] for b in RULES])
def test_rule_has_example_and_counterexample(block: dict) -> None:
    assert block.get("examples"), "a rule without an example is never reached"
    assert block.get("counterexamples"), "say what the rule must not find"


def with_rule(lexicon: Lexicon, **block: object) -> Lexicon:
    block = {
        "name": "new",
        "predicate": "visited",
        "trigger": "들러",
        "examples": [],
        "where": "x.yaml: new",
        **block,
    }
    blocks = {**lexicon.rule_blocks, "relations": (block,), "references": ()}
    return dataclasses.replace(lexicon, rule_blocks=blocks)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"predicate": "went_to"}, "unknown predicate"),
        ({"trigger": "(들러"}, "broken regular expression"),
        ({"subject": {"labels": "HUMAN"}}, "unknown label"),
        ({"object": {"labels": "CITY", "role": "nearby"}}, "unknown role"),
        ({"object": {"label": "CITY"}}, "unknown argument key"),
        ({"colour": "red"}, "unknown key"),
        ({"pattern": "{subject:ORG}"}, "needs a trigger"),
        ({"score": 0}, "outside (0, 1]"),
        ({"score": "high"}, "no number"),
    ],
)
def test_broken_rule_says_what_is_wrong(lexicon: Lexicon, change: dict, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem.replace("(", r"\(")) as caught:
        RuleSet(with_rule(lexicon, **change))
    assert caught.value.where == "x.yaml: new"
    assert caught.value.remedy


def test_one_block_adds_a_rule(lexicon: Lexicon) -> None:
    example = "[김하늘|PERSON] [시장|TITLE]은 [푸른마을|PLACE]에 들러 주민들과 인사했다. => 김하늘 | visited | 푸른마을"
    added = with_rule(
        lexicon,
        subject={"labels": "PERSON", "role": "subject"},
        object={"labels": "PLACE CITY", "role": "to"},
        examples=[example],
    )
    assert check_rules(added) == []


def test_check_reports_missed_example_and_hit_counterexample(lexicon: Lexicon) -> None:
    line = "[김하늘|PERSON] [시장|TITLE]은 [푸른마을|PLACE]에 들러 인사했다."
    missed = with_rule(lexicon, examples=[line + " => 김하늘 | visited | 하늘마을"])
    assert "does not find" in check_rules(missed)[0].problem
    hit = with_rule(
        lexicon,
        subject={"labels": "PERSON", "role": "subject"},
        object={"labels": "PLACE", "role": "to"},
        counterexamples=[line],
    )
    assert any("finds" in p.problem for p in check_rules(hit))


def test_example_marks_become_mentions_titles_and_dates() -> None:
    analysis = analyse_example(
        "[박|PERSON|박하늘] [시장|TITLE]은 [6일|DATE|2024-05-06] 떠났다. // 다음 문장이다."
    )
    assert analysis.text == "박 시장은 6일 떠났다.\n다음 문장이다."
    assert [(m.text, m.label) for m in analysis.mentions] == [("박", "PERSON"), ("6일", "DATE")]
    assert [e.name for e in analysis.entities] == ["박하늘"]
    assert [t.text for t in analysis.titles] == ["시장"]
    assert (analysis.dates[0].start, analysis.dates[0].end) == ("2024-05-06", "2024-05-07")
    assert len(analysis.sentences) == 2
    assert parse_example("가 => 나 | met_with | 다").expected == ("나", "met_with", "다")
    with pytest.raises(ValueError, match="unknown label"):
        analyse_example("[박|HUMAN]은 떠났다.")

from __future__ import annotations

import dataclasses

import pytest

from extract.errors import LexiconError
from extract.normalise import Grammar, check_rules


def with_rule(lexicon, file: str, **block):
    rule = {"name": "extra", "where": f"{file}.yaml: extra", **block}
    blocks = {**lexicon.rule_blocks, file: (*lexicon.rules(file), rule)}
    return dataclasses.replace(lexicon, rule_blocks=blocks)


COUNT = {"label": "FIGURE", "type": "count", "value": "figure"}


def test_examples_of_all_rules_hold(lexicon):
    assert [str(problem) for problem in check_rules(lexicon)] == []


@pytest.mark.parametrize("file", ["dates", "figures"])
def test_every_rule_has_an_example(lexicon, file):
    assert [block["name"] for block in lexicon.rules(file) if not block.get("examples")] == []


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({**COUNT, "pattern": "{nonsense}"}, "no piece {nonsense}"),
        ({**COUNT, "pattern": "(unclosed"}, "does not compile"),
        ({**COUNT, "pattern": ""}, "without a pattern"),
        ({**COUNT, "pattern": "x", "colour": "red"}, "unknown key 'colour'"),
        ({**COUNT, "pattern": "x", "label": "NUMBER"}, "unknown label"),
        ({**COUNT, "pattern": "x", "type": "date"}, "unknown type"),
        ({**COUNT, "pattern": "x", "value": "magic"}, "unknown value"),
    ],
)
def test_broken_rule_is_named(lexicon, block, message):
    with pytest.raises(LexiconError, match=message.replace("{", r"\{").replace("}", r"\}")) as caught:
        Grammar(with_rule(lexicon, "figures", **block))
    assert caught.value.where == "figures.yaml: extra"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ({"text": "모두 7두름을", "span": "8두름"}, "needs a text and a span"),
        ({"text": "모두 7두름을", "span": "7두름", "value": "8"}, "not '8'"),
        ({"text": "모두 7두름을", "span": "모두"}, "is not found"),
        ({"text": "모두 7개를", "span": "7개"}, "is matched by figures:count"),
    ],
)
def test_wrong_example_is_reported(lexicon, example, message):
    block = {**COUNT, "pattern": "{number:number} ?두름", "examples": [example]}
    problems = check_rules(with_rule(lexicon, "figures", **block))
    assert len(problems) == 1
    assert message in problems[0].problem


def test_rule_without_examples_is_reported(lexicon):
    problems = check_rules(with_rule(lexicon, "figures", **COUNT, pattern="{number:number} ?두름"))
    assert [problem.problem for problem in problems] == ["a rule without examples"]


def test_matching_counterexample_is_reported(lexicon):
    examples = [{"text": "굴비 7두름", "span": "7두름"}]
    block = {**COUNT, "pattern": "{number:number} ?두름", "examples": examples, "counterexamples": ["3두름"]}
    problems = check_rules(with_rule(lexicon, "figures", **block))
    assert "counterexample '3두름' is matched" in problems[0].problem


def test_new_counter_is_one_row(lexicon):
    row = dataclasses.replace(lexicon.rows("counters")[0], id="bowl", name="두름", aliases=(), values=())
    row = dataclasses.replace(row, values=(("type", "count"), ("unit", "두름")))
    tables = {**lexicon.tables, "counters": (*lexicon.rows("counters"), row)}
    grammar = Grammar(dataclasses.replace(lexicon, tables=tables))
    text = "굴비 1만2천여 두름을 나눴다"
    [found] = grammar.find(text)
    [value] = grammar.resolve(text, [found], None)
    assert (text[found.start : found.end], value.readable) == ("1만2천여 두름", "≥12000 두름")


def test_lexicon_without_words_or_rules_finds_nothing(lexicon):
    empty = dataclasses.replace(lexicon, tables={}, rule_blocks={})
    assert check_rules(empty) == []
    assert Grammar(empty).find("2017년 11월 6일 도시 39개") == []

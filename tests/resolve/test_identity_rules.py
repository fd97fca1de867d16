from __future__ import annotations

import dataclasses

import pytest

from extract.errors import LexiconError
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.expressions import Expressions
from extract.resolve.examples import check_rules
from extract.resolve.patterns import compile_rule, compile_rules
from extract.resolve.skeleton import SYMBOLS


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_every_rule_gives_its_examples_and_no_counterexample(lexicon: Lexicon) -> None:
    assert [str(problem) for problem in check_rules(lexicon)] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pattern": "{person:PERSN}"}, "unknown {PERSN}"),
        ({"pattern": "({person:PERSON} {title:TITLE}"}, "broken regular expression"),
        ({"claims": ["person likes title"]}, "a claim that says nothing"),
        ({"claims": ["person holds_title office"]}, "a claim that says nothing"),
        ({"claims": []}, "without claims"),
        ({"item": "{title:TITLE}"}, "neither or both"),
        ({"when": "sometimes"}, "unknown condition"),
        ({"patern": "x"}, "unknown key 'patern'"),
    ],
)
def test_a_broken_rule_says_what_is_wrong(lexicon: Lexicon, change: dict, message: str) -> None:
    block = {
        "name": "person-title",
        "pattern": "{person:PERSON} {title:TITLE}",
        "claims": ["person holds_title title"],
        "where": "identity.yaml: person-title",
    }
    with pytest.raises(LexiconError) as caught:
        compile_rules(dataclasses.replace(lexicon, rule_blocks={"identity": ({**block, **change},)}))
    assert message in str(caught.value)
    assert "identity.yaml: person-title" in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [
        ("{person:PERSON}{GLOSS} {title:TITLE}", "PERSON TITLE"),
        ("(?:{ORG} (?:{CITY} )?)?{person:PERSON} {title:TITLE}", "PERSON TITLE"),
        (r"{title:TITLE}\({person:PERSON}\)", "TITLE PERSON"),
        ("{title:TITLE}[(/]{person:PERSON}", "TITLE PERSON"),
        ("{person:PERSON}? ?{title:TITLE}", "TITLE"),
        ("{person:PERSON}{0,2}{title:TITLE}+", "TITLE"),
        ("{person:PERSON} {title:TITLE}|{title:TITLE}: {person:PERSON}", ""),
    ],
)
def test_a_rule_knows_the_signs_that_every_match_holds(pattern: str, labels: str) -> None:
    block = {"name": "x", "where": "x", "pattern": pattern, "claims": ["person holds_title title"]}
    assert compile_rule(block, Expressions("x")).signs == "".join(SYMBOLS[label] for label in labels.split())

"""Runs the examples and counterexamples of every rule of ``rules/dates.yaml`` and ``figures.yaml``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from extract.errors import LexiconError
from extract.lexicon import Lexicon, Problem
from extract.normalise.grammar import Grammar
from extract.normalise.rules import FILES, matches
from extract.normalise.values import Quantity

_REMEDY = "mend the pattern or the example"


def check_rules(lexicon: Lexicon) -> list[Problem]:
    """The findings of running all examples: each must be found by its own rule, with its span and value.

    An example has ``text``, ``span`` and, where it matters, ``value`` (the readable form) and ``published``
    (the publication date); ``rule`` names another rule that must find it instead. A rule for what is no quantity
    has ``nothing`` in place of ``span``: the words that it takes away. A counterexample is a text in which the
    rule must find nothing.
    """
    try:
        grammar = Grammar(lexicon)
    except LexiconError as error:
        return [Problem("error", error.where, error.problem, error.remedy)]
    problems: list[Problem] = []
    for file in FILES:
        for block in lexicon.rules(file):
            examples = block.get("examples") or []
            if not examples:
                problems.append(Problem("error", block["where"], "a rule without examples", "add one"))
            for example in examples:
                said = _example(grammar, f"{file}:{block['name']}", example)
                if said:
                    problems.append(Problem("error", block["where"], said, _REMEDY))
            for text in block.get("counterexamples") or []:
                for found in grammar.find(text):
                    if found.rule == f"{file}:{block['name']}":
                        said = f"the counterexample {text!r} is matched at {text[found.start : found.end]!r}"
                        problems.append(Problem("error", block["where"], said, _REMEDY))
    return problems


def _example(grammar: Grammar, name: str, example: Mapping[str, Any]) -> str | None:
    text, span = example.get("text"), example.get("span", example.get("nothing"))
    if not isinstance(text, str) or not isinstance(span, str) or span not in text:
        return f"the example {text!r} needs a text and a span that stands in it"
    published = example.get("published")
    if isinstance(published, str):
        published = datetime.date.fromisoformat(published)
    found = grammar.find(text)
    if "nothing" in example:
        return _taken_away(grammar, name, text, span, found)
    values = grammar.resolve(text, found, published)
    for quantity, value in zip(found, values, strict=True):
        if text[quantity.start : quantity.end] != span:
            continue
        if (
            quantity.rule != f"{name.split(':')[0]}:{example['rule']}"
            if "rule" in example
            else quantity.rule != name
        ):
            return f"the example {text!r} is matched by {quantity.rule}"
        expected = example.get("value")
        if expected is not None and str(expected) != value.readable:
            return f"in the example {text!r} {span!r} gives {value.readable!r}, not {str(expected)!r}"
        return None
    return f"in the example {text!r} {span!r} is not found, but {_said(text, found)}"


def _taken_away(grammar: Grammar, name: str, text: str, span: str, found: Sequence[Quantity]) -> str | None:
    """What is wrong where the rule ``name`` must take ``span`` away, so that no quantity is found there."""
    start = text.index(span)
    end = start + len(span)
    inside = [quantity for quantity in found if quantity.start < end and start < quantity.end]
    if inside:
        return f"in the example {text!r} nothing may be found in {span!r}, but {_said(text, inside)}"
    [rule] = [rule for rule in grammar.rules if rule.name == name]
    if not any(match.end() == end for _, match in matches([rule], text, start)):
        return f"in the example {text!r} the rule does not match {span!r}"
    return None


def _said(text: str, found: Sequence[Quantity]) -> str:
    return ", ".join(f"{text[q.start : q.end]!r} ({q.rule})" for q in found) or "nothing"

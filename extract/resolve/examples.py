"""Runs the examples of ``rules/identity.yaml``: every one must give what it says, no more and no less.

Examples are sentences with the mentions and titles marked: ``[박원순 PERSON] [서울시장 TITLE]은``.
"""

from __future__ import annotations

import re

from extract.document import Analysis, Title
from extract.errors import LexiconError
from extract.lexicon import Lexicon, Problem
from extract.model import LABELS, Mention, stable_id
from extract.resolve.names import squeeze
from extract.resolve.resolver import Resolver
from extract.resolve.rules import run_rules
from extract.resolve.skeleton import build_skeleton

_MARKED = re.compile(rf"\[([^\[\]]+) ({'|'.join(LABELS)}|TITLE)\]")
_CLAIM = re.compile(r"(.+?) (holds_title|affiliated_with|also_known_as) (.+)")


def parse_marked(marked: str, lexicon: Lexicon) -> Analysis:
    """An analysis of a sentence with ``[text LABEL]`` marks; ``TITLE`` marks become titles."""
    heads = {form.replace(" ", ""): row.rule for row in lexicon.rows("titles") for form in row.forms}
    analysis = Analysis(text="", article_id="a0")
    parts: list[str] = []
    length = cursor = 0
    for match in _MARKED.finditer(marked):
        gap = marked[cursor : match.start()]
        text, label = match.groups()
        start = length + len(gap)
        length = start + len(text)
        parts += (gap, text)
        cursor = match.end()
        if label == "TITLE":
            head = next((text[i:] for i in range(len(text)) if text[i:] in heads), text)
            analysis.titles.append(Title(start, length, text, head, heads.get(head, "rule:example")))
            continue
        mention_id = stable_id("m", start, length, label)
        analysis.mentions.append(
            Mention(mention_id, "a0", None, start, length, text, label, None, None, None, "rule:example", 1.0)
        )
    analysis.text = "".join([*parts, marked[cursor:]])
    return analysis


def claims_of(marked: str, resolver: Resolver, lexicon: Lexicon) -> list[str]:
    """The claims of a marked sentence as lines ``subject predicate object``."""
    analysis = parse_marked(marked, lexicon)
    resolver(analysis)
    names = {entity.entity_id: entity.name for entity in analysis.entities}
    return [f"{names[claim.subject]} {claim.predicate} {claim.object}" for claim in analysis.claims]


def names_of(marked: str, resolver: Resolver, lexicon: Lexicon) -> list[str]:
    """The mentions of a marked sentence with what they name, as lines ``text: name``."""
    analysis = parse_marked(marked, lexicon)
    resolver(analysis)
    names = {entity.entity_id: entity.name for entity in analysis.entities}
    return [f"{m.text}: {names[m.entity_id]}" for m in analysis.mentions if m.entity_id in names]


def check_rules(lexicon: Lexicon) -> list[Problem]:
    """Compiles every rule and runs its examples and counterexamples.

    Returns:
        One error per rule that does not compile, has no example, or does not give what it says.
    """
    try:
        resolver = Resolver(lexicon)
    except LexiconError as error:
        return [Problem("error", error.where, error.problem, error.remedy)]
    problems: list[Problem] = []

    def used(marked: str) -> set[str]:
        return _rules_of(marked, resolver, lexicon)

    for block in lexicon.rules("identity"):
        where, name = block["where"], f"identity:{block['name']}"
        examples = block.get("examples") or ()
        if not examples:
            problems.append(Problem("error", where, "no examples", "add one that the rule finds"))
        reached = False
        for example in examples:
            expected = {_comparable(line) for line in example.get("gives", ())}
            found = {_comparable(line) for line in claims_of(example["text"], resolver, lexicon)}
            if found != expected:
                got = "; ".join(sorted(" ".join(line) for line in found)) or "nothing"
                problems.append(
                    Problem("error", where, f"{example['text']} gives {got}", "mend rule or example")
                )
            named = names_of(example["text"], resolver, lexicon)
            problems.extend(
                Problem("error", where, f"{example['text']} does not name {line!r}", "mend rule or example")
                for line in example.get("names", ())
                if line not in named
            )
            reached = reached or name in used(example["text"])
        if examples and not reached and "passing" not in block:
            problems.append(Problem("error", where, "no example reaches the rule", "add one that it finds"))
        problems.extend(
            Problem("error", where, f"finds the counterexample {marked}", "narrow the pattern")
            for marked in block.get("counterexamples") or ()
            if name in used(marked)
        )
    return problems


def _rules_of(marked: str, resolver: Resolver, lexicon: Lexicon) -> set[str]:
    analysis = parse_marked(marked, lexicon)
    skeleton = build_skeleton(analysis.text, analysis.mentions, analysis.titles)
    found = {fact.rule for fact in run_rules(resolver.rules, skeleton)}
    resolver(analysis)
    return found | {claim.rule for claim in analysis.claims} | {m.rule for m in analysis.mentions}


def _comparable(line: str) -> tuple[str, ...]:
    """A claim's parts; the two names of one thing in alphabetical order, for either may be the entity's."""
    match = _CLAIM.fullmatch(line)
    if match is None:
        return (line,)
    subject, predicate, value = match.groups()
    subject, value = squeeze(subject), squeeze(value)
    if predicate == "also_known_as" and value < subject:
        subject, value = value, subject
    return (subject, predicate, value)

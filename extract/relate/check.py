"""Runs the examples and counterexamples of the relation rules: ``extract lexicon check`` and the tests."""

from __future__ import annotations

from extract.errors import LexiconError
from extract.lexicon import Lexicon, Problem
from extract.relate.examples import analyse_example, parse_example
from extract.relate.relator import Relator


def check_rules(lexicon: Lexicon) -> list[Problem]:
    """Problems of ``relations.yaml`` and ``references.yaml``: broken blocks, examples missed, counterexamples found.

    An example must be found by the very rule that it stands in; a counterexample must not be.
    """
    try:
        relator = Relator(lexicon)
    except LexiconError as error:
        return [Problem("error", error.where, error.problem, error.remedy)]
    problems: list[Problem] = []
    for rule in relator.rules.rules:
        if not rule.examples:
            problems.append(
                Problem("warning", rule.where, "a rule without examples", "add 'examples:' with one line")
            )
        own = f"relations:{rule.name}"
        problems += _run(relator, rule.where, rule.examples, own=own, wanted=True)
        problems += _run(relator, rule.where, rule.counterexamples, own=own, wanted=False)
    for block in relator.builder.references.blocks:
        problems += _run(relator, block.where, block.examples, own=None, wanted=True)
        problems += _run(relator, block.where, block.counterexamples, own=None, wanted=False)
    return problems


def _run(
    relator: Relator, where: str, lines: tuple[str, ...], *, own: str | None, wanted: bool
) -> list[Problem]:
    """Problems of the examples (``wanted``) or counterexamples ``lines``; only rows of the rule ``own`` count."""
    problems: list[Problem] = []
    for line in lines:
        try:
            example = parse_example(line)
            analysis = analyse_example(example.text)
        except ValueError as error:
            problems.append(Problem("error", where, str(error), "mend the example"))
            continue
        relator(analysis)
        found = [r for r in analysis.relations if own in (None, r.rule)]
        rows = [f"{r.subject} | {r.predicate} | {r.object}" for r in found]
        if not wanted and rows:
            problems.append(
                Problem("error", where, f"finds {rows[0]!r} in {example.text!r}", "narrow the rule")
            )
        elif wanted and (example.expected is None or " | ".join(example.expected) not in rows):
            got = "; ".join(
                f"{r.subject} | {r.predicate} | {r.object} by {r.rule}" for r in analysis.relations
            )
            problem = f"does not find the row of {line!r} (found: {got or 'nothing'})"
            problems.append(Problem("error", where, problem, "mend it"))
    return problems

"""Runs the examples and counterexamples of the relation rules: ``extract lexicon check`` and the tests."""

from __future__ import annotations

from extract.errors import LexiconError
from extract.lexicon import Lexicon, Problem
from extract.relate.examples import analyse_example, parse_example


def check_rules(lexicon: Lexicon) -> list[Problem]:
    """Problems of ``relations.yaml``: broken blocks, examples that a rule misses, counterexamples it finds.

    An example must be found by the very rule that it stands in; a counterexample must not be.
    """
    from extract.relate.relator import Relator

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
        for line in (*rule.examples, *rule.counterexamples):
            try:
                example = parse_example(line)
                analysis = analyse_example(example.text)
            except ValueError as error:
                problems.append(Problem("error", rule.where, str(error), "mend the example"))
                continue
            relator(analysis)
            own = [r for r in analysis.relations if r.rule == f"relations:{rule.name}"]
            rows = [f"{r.subject} | {r.predicate} | {r.object}" for r in own]
            if line in rule.counterexamples:
                if rows:
                    problems.append(
                        Problem(
                            "error", rule.where, f"finds {rows[0]!r} in {example.text!r}", "narrow the rule"
                        )
                    )
            elif example.expected is None or " | ".join(example.expected) not in rows:
                got = "; ".join(
                    f"{r.subject} | {r.predicate} | {r.object} by {r.rule}" for r in analysis.relations
                )
                problems.append(
                    Problem(
                        "error",
                        rule.where,
                        f"does not find the row of {line!r} (found: {got or 'nothing'})",
                        "mend it",
                    )
                )
    return problems

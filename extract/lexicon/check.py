"""All checks of the lexicons: schema, duplicates, dangerous forms, and every rule's examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extract.lexicon.load import Lexicon, Problem, collect
from extract.lexicon.matcher import squeeze
from extract.lexicon.schema import FILES
from extract.model import SUBTYPES


def check(
    folders: Sequence[str | Path] = (), rules: Sequence[str | Path] = ()
) -> tuple[Lexicon, list[Problem]]:
    """The loaded lexicon and all findings, errors first; rules run their examples only on a clean schema."""
    lexicon, problems = collect(folders, rules)
    problems += _rows(lexicon)
    if not any(problem.severity == "error" for problem in problems):
        problems += _examples(lexicon)
    problems.sort(key=lambda problem: problem.severity != "error")
    return lexicon, problems


def _rows(lexicon: Lexicon) -> list[Problem]:
    problems: list[Problem] = []
    for name, schema in FILES.items():
        claims: dict[str, str] = {}
        for row in lexicon.rows(name):
            if row.label and row.subtype and row.subtype not in SUBTYPES[row.label]:
                remedy = f"use one of: {', '.join(SUBTYPES[row.label])}"
                problems.append(
                    Problem("error", row.where, f"{row.label} has no subtype {row.subtype!r}", remedy)
                )
            if not schema.taggable:
                continue
            for form, guard in row.guarded_forms:
                key = squeeze(form)
                if not key:
                    problems.append(
                        Problem("error", row.where, f"the form {form!r} is empty", "write a name")
                    )
                elif len(key) == 1 and guard not in ("context", "evidence"):
                    problems.append(
                        Problem(
                            "warning",
                            row.where,
                            f"{form!r} is one character and never tagged",
                            "guard or drop it",
                        )
                    )
                elif claims.setdefault(form, row.id) != row.id and not _told_apart(row.values, schema.name):
                    problems.append(
                        Problem(
                            "warning",
                            row.where,
                            f"{form!r} is also claimed by {claims[form]}",
                            "merge the rows, or say in country, province, parent or note what tells them apart",
                        )
                    )
    return problems


def _told_apart(values: tuple[tuple[str, str], ...], _file: str) -> bool:
    """Whether a row says where its namesake is, so that two rows of one name are meant."""
    return any(key in ("country", "province", "parent", "code", "note") for key, _ in values)


def _examples(lexicon: Lexicon) -> list[Problem]:
    from extract.normalise import check_rules as check_quantities
    from extract.relate import check_rules as check_relations
    from extract.resolve import check_rules as check_identity
    from extract.tag.patterns import check_rules as check_patterns

    return [
        *check_patterns(lexicon),
        *check_quantities(lexicon),
        *check_identity(lexicon),
        *check_relations(lexicon),
    ]


def count_rows(lexicon: Lexicon) -> dict[str, Counter[str]]:
    """Rows per file and source."""
    return {
        name: Counter(row["source"] or "(none)" for row in lexicon.rows(name))
        for name in FILES
        if lexicon.rows(name)
    }

"""All checks of the lexicons: schema, duplicates, dead and dangerous rows, settings, every rule's examples."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.lexicon import Lexicon, Problem, Row, collect
from extract.lexicon.dangers import dangerous, own_rows
from extract.lexicon.matcher import squeeze
from extract.lexicon.schema import FILES, GUARDS
from extract.lexicon.settings import check_settings
from extract.model import SUBTYPES

_TAGGABLE = tuple(name for name, schema in FILES.items() if schema.taggable)


def check(
    folders: Sequence[str | Path] = (), rules: Sequence[str | Path] = ()
) -> tuple[Lexicon, list[Problem]]:
    """The loaded lexicon and all findings, errors first; rules run their examples only on a clean schema."""
    lexicon, problems = collect(folders, rules)
    problems += check_rows(lexicon)
    problems += check_settings(lexicon)
    if not any(problem.severity == "error" for problem in problems):
        problems += _examples(lexicon)
    problems.sort(key=lambda problem: problem.severity != "error")
    return lexicon, problems


def check_rows(lexicon: Lexicon) -> list[Problem]:
    """Findings on the rows of all files: what the schema of one file alone cannot tell."""
    particles = frozenset(form for row in lexicon.rows("particles") for form in row.forms)
    return [*_rows(lexicon), *_dead(lexicon), *dangerous(own_rows(lexicon), particles)]


def _rows(lexicon: Lexicon) -> Iterator[Problem]:
    """Subtypes that the label has not, forms that nothing can match, names and ids of two rows."""
    ids: dict[str, Row] = {}
    for name in FILES:
        claims: dict[str, Row] = {}
        for row in lexicon.rows(name):
            if row.label and row.subtype and row.subtype not in SUBTYPES[row.label]:
                known = SUBTYPES[row.label]
                remedy = f"use one of: {', '.join(known)}" if known else "leave the subtype empty"
                yield Problem("error", row.where, f"{row.label} has no subtype {row.subtype!r}", remedy)
            if name not in _TAGGABLE:
                continue
            other = ids.setdefault(row.id, row)
            if other is not row:
                yield Problem(
                    "warning",
                    row.where,
                    f"the id {row.id!r} stands in {other.where}, too",
                    "give it its own id",
                )
            for form, guard in row.guarded_forms:
                key = squeeze(form)
                if not key:
                    yield Problem("error", row.where, f"the form {form!r} is empty", "write a name")
                elif len(key) == 1 and guard not in ("context", "evidence"):
                    said = f"{form!r} is one character and never tagged"
                    yield Problem("warning", row.where, said, "guard or drop it")
                elif claims.setdefault(form, row) is not row and not (
                    _told_apart(row) or (_shipped(lexicon, claims[form]) and not _shipped(lexicon, row))
                ):
                    yield Problem(
                        "warning",
                        row.where,
                        f"{form!r} is also claimed by {claims[form].id}",
                        "merge the rows, or say in country, province, parent or note what tells them apart",
                    )


def _shipped(lexicon: Lexicon, row: Row) -> bool:
    return row.where.startswith(str(lexicon.folders[0]) + os.sep)


def _told_apart(row: Row) -> bool:
    """Whether a row says where its namesake is, so that two rows of one name are meant."""
    return any(key in ("country", "province", "parent", "code", "note") for key, _ in row.values)


def _dead(lexicon: Lexicon) -> Iterator[Problem]:
    """Rows that can never tag anything: every form is another row's first, or blocked everywhere.

    Another row comes first when it has the same label, a higher priority and a guard no stricter. Namesakes
    that say where they are can still be chosen by context, and that a user's row comes before a shipped one is
    what folders are for: neither is told.
    """
    claims: dict[str, list[tuple[Row, int]]] = defaultdict(list)
    rows: list[tuple[Row, list[tuple[str, str, int]]]] = []
    for name in _TAGGABLE:
        for row in lexicon.rows(name):
            forms = [(form, squeeze(form), GUARDS.index(guard)) for form, guard in row.guarded_forms]
            rows.append((row, forms))
            for _, key, guard_rank in forms:
                claims[key].append((row, guard_rank))
    blocked: dict[str, set[str]] = defaultdict(set)
    for block in lexicon.rows("block"):
        if not block["before"] and not block["after"]:
            for form in block.forms:
                blocked[form].add(block.label or "")
    for row, forms in rows:
        if all(blocked.get(form, set()) & {"", row.label} for form, _, _ in forms):
            yield Problem(
                "warning", row.where, f"{row.name!r} is blocked by block.csv", "drop one of the two rows"
            )
            continue
        if _told_apart(row) or all(len(claims[key]) == 1 for _, key, _ in forms):
            continue
        shipped = _shipped(lexicon, row)
        over: list[str] = []
        for _, key, rank in forms:
            found = next(
                (
                    other
                    for other, other_rank in claims[key]
                    if other is not row
                    and other.label == row.label
                    and other_rank <= rank
                    and other.priority > row.priority
                    and _shipped(lexicon, other) == shipped
                ),
                None,
            )
            if found is None:
                break
            over.append(found.id)
        else:
            ids = ", ".join(dict.fromkeys(over))
            said = f"{row.name!r} is never taken: each of its forms belongs to {ids} with a higher priority"
            yield Problem("warning", row.where, said, "merge the rows, or give it a form of its own")


def _examples(lexicon: Lexicon) -> list[Problem]:
    from extract.normalise import check_rules as check_quantities
    from extract.relate.check import check_rules as check_relations
    from extract.resolve.examples import check_rules as check_identity
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

"""Lists of noun phrases: ``A, B와 C를`` has one role, that of its last member."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.relate.phrases import Phrase
    from extract.relate.view import Unit


def coordinate(unit: Unit, phrases: list[Phrase]) -> None:
    """Members of a list take the role of its last member."""
    headline = unit.headline
    for k in range(len(phrases) - 2, -1, -1):
        p, q = phrases[k], phrases[k + 1]
        if p.role not in ("comma", "dot", "and", "with"):
            continue
        if p.role == "comma" and headline and k == 0:
            p.role = "subj"
            continue
        if q.start - p.after > 1 or not _alike(p, q, p.role):
            continue
        if p.role == "with" and (q.role in ("mod", "end", "other", "comma") or q.label == "TITLE"):
            continue
        if q.role == "mod" and p.role == "comma":
            continue
        p.role = q.role
        if not q.group:
            q.group.append(q)
        p.group = q.group
        p.group.insert(0, p)
        if q.role == "mod":
            p.tail, p.tail_role, p.tail_end = q.tail, q.tail_role, q.tail_end
    if headline and phrases and phrases[0].role == "comma":
        phrases[0].role = "subj"


def _alike(p: Phrase, q: Phrase, mark: str) -> bool:
    people = ("PERSON", "TITLE")
    if p.label in people or q.label in people:
        return p.label in people and q.label in people
    bodies = ("ORG", "CITY", "PLACE")
    if p.label in bodies and q.label in bodies:
        return p.label == q.label or mark != "comma" or {p.label, q.label} == {"CITY", "PLACE"}
    return p.label == q.label

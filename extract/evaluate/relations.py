"""Whether a predicted relation states a gold one."""

from __future__ import annotations

import re
from typing import Any

from extract.evaluate.names import Names, holds, normal
from extract.model import SYMMETRIC_PREDICATES

_TEXT_OBJECT = frozenset(
    ("holds_title", "appointed_as", "attended", "hosted", "operates", "supports", "also_known_as")
)
_TEXT_SUBJECT = frozenset(("has_figure", "also_known_as"))
_FIGURE_OBJECT = frozenset(("has_figure", "founded"))
_BOUND = re.compile(r"^(?:약|총|모두|전체|최대|최소)")


def states(
    gold: dict[str, Any], predicted: dict[str, Any], gold_names: Names, predicted_names: Names
) -> bool:
    """Same predicate, and subject and object the same by any of their names; for symmetric predicates in
    either order. Free-text objects agree when one holds the other, figures when one begins the other."""
    predicate = gold["predicate"]
    if predicted.get("predicate") != predicate:
        return False
    subject = (predicted.get("subject"), predicted.get("subject_id"))
    value = (predicted.get("object"), predicted.get("object_id"))

    def same(name: str, other: tuple[Any, Any], free: bool) -> bool:
        if gold_names.of(name) & predicted_names.of(*other):
            return True
        return free and holds(name, other[0])

    def agree(left: str, right: str) -> bool:
        if not same(left, subject, predicate in _TEXT_SUBJECT):
            return False
        if predicate in _FIGURE_OBJECT:
            return _same_figure(right, value[0])
        return same(right, value, predicate in _TEXT_OBJECT)

    symmetric = predicate in SYMMETRIC_PREDICATES
    for left in (gold["subject"], *(gold.get("subject_alt") or ())):
        for right in (gold["object"], *(gold.get("object_alt") or ())):
            if agree(left, right) or (symmetric and agree(right, left)):
                return True
    return False


def _same_figure(one: Any, other: Any) -> bool:
    a, b = _BOUND.sub("", normal(one)), _BOUND.sub("", normal(other))
    return bool(a and b) and (a.startswith(b) or b.startswith(a))

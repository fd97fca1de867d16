"""When and where: the date and the place that belong to a predicate."""

from __future__ import annotations

from extract.expression import Expression
from extract.model import Date
from extract.relate import clauses
from extract.relate.fillers import Filler, of_mention
from extract.relate.view import Unit

_ANNOUNCED = Expression(r"^\s?(?:밝혔|말했|전했|발표했|강조했|설명했)")


def day_of(unit: Unit, anchor: int, *, own_clause: bool = False, no_relative: bool = False) -> Date | None:
    """The date (or range of dates) of the predicate at ``anchor``: the nearest before it in its clause.

    A date before a relative clause counts only where there is no other; ``no_relative``: one right before the
    verb of such a clause never counts; ``own_clause``: nor does a date of an earlier clause of the sentence.
    """
    view = unit.view
    region = view.region(anchor)
    crossed = [p for p in unit.predicates if p.end <= anchor and view.region(p.start) == region]
    fallback: Date | None = None
    for mention in reversed(view.mentions_in(unit.start, anchor)):
        if mention.label != "DATE" or view.region(mention.start) != region:
            continue
        date = view.dates.get(mention.mention_id)
        if date is None or date.type not in ("date", "range"):
            continue
        if mention.text.isdigit() and mention.end - mention.start == 4:
            continue  # the year in a name: 2020 두바이 엑스포
        if _ANNOUNCED.match(view.text[mention.end : mention.end + 8]):
            continue
        known = date if date.start else None
        between = [p for p in crossed if p.start >= mention.end]
        if any(p.kind == "EF" for p in between):
            break
        relative = [p for p in between if p.kind == "ETM" and p.after == ""]
        if own_clause and (relative or any(p.kind == "EC" for p in between)):
            return None
        if relative:
            adjacent = relative[0].start - mention.end <= 3  # 지난 3월 발표된 …: the date of 발표
            chained = any(p.kind == "EC" for p in between)
            if not (adjacent and no_relative) and not chained:
                fallback = fallback or known
            continue
        return known  # a date that could not be resolved is not replaced by a farther one
    return fallback


def place_of(unit: Unit, anchor: int) -> Filler | None:
    """The CITY or PLACE with ``에서`` (else ``에``) in the clause of the predicate at ``anchor``."""
    for phrase in clauses.in_clause(unit, anchor, ("at",), over=True, chained=True):
        if phrase.mention is not None and phrase.mention.label in ("CITY", "PLACE"):
            return of_mention(unit.view, phrase.mention)
    return None

"""Events being put together: the same event told twice in an article becomes one row."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Date, Event, stable_id
from extract.relate.fillers import Filler
from extract.relate.view import Unit, View


@dataclass(slots=True)
class Draft:
    """An event being put together from its tellings."""

    type: str
    trigger: str
    start: int
    end: int
    unit: Unit
    name: str | None
    head: str
    day: Date | None
    place: Filler | None
    rule: str
    score: float
    planned: bool
    hosts: list[Filler] = field(default_factory=list)
    participants: list[Filler] = field(default_factory=list)


def unique(fillers: list[Filler]) -> list[Filler]:
    """The fillers without repetitions, in order."""
    seen: dict[str, Filler] = {}
    for f in fillers:
        seen.setdefault(f.id or f.name, f)
    return list(seen.values())


def merge(merged: list[Draft], draft: Draft) -> Draft:
    """Adds a telling to the event that it tells again, else as a new event; returns that event."""
    for other in reversed(merged):
        if _same(other, draft):
            if other.day is None or (draft.day is not None and other.planned and not draft.planned):
                other.day = draft.day or other.day
            other.place = other.place or draft.place
            other.hosts = unique(other.hosts + draft.hosts)
            other.participants = unique(other.participants + draft.participants)
            other.planned = other.planned and draft.planned
            if draft.name and (other.name is None or (len(draft.name) > len(other.name) and bare(other))):
                other.name = draft.name
            return other
    merged.append(draft)
    return draft


def join_last(merged: list[Draft], draft: Draft) -> Draft | None:
    """``이날 행사에는 …`` adds to the occasion told before it (returned); alone it names nothing."""
    if merged and draft.start - merged[-1].start < 1500:
        merged[-1].participants = unique(merged[-1].participants + draft.participants)
        return merged[-1]
    return None


def bare(draft: Draft) -> bool:
    """Whether the event has no name beyond its trigger word."""
    return draft.name is None or draft.name.replace(" ", "") == draft.head.replace(" ", "")


def _same(a: Draft, b: Draft) -> bool:
    if a.type != b.type and not (a.name and b.name and a.name.replace(" ", "") == b.name.replace(" ", "")):
        return False
    if a.day is not None and b.day is not None and not _overlap(a.day, b.day):
        return False
    if a.head[-2:] != b.head[-2:] or (a.type == "appointment" and a.head != b.head):
        return False
    ids = {f.id for f in a.participants} & {f.id for f in b.participants}
    if (
        a.type in ("meeting", "visit", "agreement", "appointment") and a.head in ("면담", "방문", "협약")
    ) or a.type == "appointment":
        if a.type == "visit" and a.place is not None and b.place is not None:
            return a.place.id == b.place.id
        if a.participants and b.participants:
            return bool(ids) and (
                a.type != "meeting"
                or {f.id for f in a.participants} <= {f.id for f in b.participants}
                or {f.id for f in b.participants} <= {f.id for f in a.participants}
            )
        return True
    x, y = (a.name or "").replace(" ", ""), (b.name or "").replace(" ", "")
    return x == y or bare(a) or bare(b) or x.endswith(y) or y.endswith(x) or x in y or y in x


def _overlap(a: Date, b: Date) -> bool:
    if not a.start or not b.start:
        return True
    a_end, b_end = a.end or a.start, b.end or b.start
    return (
        a.start[:10] < max(b_end[:10], b.start[:10] + "~")
        and b.start[:10] < max(a_end[:10], a.start[:10] + "~")
        if a.start[:10] != b.start[:10]
        else True
    )


def event_row(view: View, draft: Draft) -> Event:
    """The row of a draft; one dated after the article's publication is a plan."""
    article_id = view.analysis.article_id
    day = draft.day
    published = view.analysis.published
    ahead = published is not None and day is not None and (day.start or "")[:10] > published.isoformat()
    rule = draft.rule + (":planned" if draft.planned or ahead else "")
    return Event(
        stable_id("v", article_id, draft.type, draft.start, draft.end),
        article_id,
        draft.unit.sentence_id,
        draft.type,
        draft.trigger,
        draft.name,
        draft.start,
        draft.end,
        day.start[:10] if day and day.start else None,
        day.end[:10] if day and day.end else None,
        draft.place.id if draft.place else None,
        draft.place.name if draft.place else None,
        tuple(f.id for f in draft.hosts if f.id),
        tuple(f.id for f in draft.participants if f.id),
        tuple(f.name for f in draft.participants),
        rule,
        draft.score,
    )

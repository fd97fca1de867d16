"""A place inside a place next to it is one mention: ``충남 보령시 신흑동``, ``스리랑카 콜롬보``."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.document import Candidate
from extract.lexicon import Lexicon, Row
from extract.tag.arbiter import USER_PRIORITY

_INNER = ("CITY", "PLACE")
_STATES = ("country", "province", None)  # a CITY has no subtype
_PART = regex.compile(r" [동서남북중]{1,2}부 (?!지역)")  # 중국 서남부 윈난성
_OWNED = (" 국영 ", " 관영 ", " 공영 ")  # 호주 국영 ABC방송
_WIDE = ("country", "province", "district", "region")


class PlaceNesting:
    """Joins neighbouring place candidates where the first may contain the second."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.gazetteer = lexicon.gazetteer

    def __call__(self, text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Merged candidates, labelled by their innermost part; chains join from left to right."""
        local = [c for c in candidates if c.label in _INNER or c.places or c.municipal]
        by_start: dict[int, list[Candidate]] = {}
        for candidate in local:
            by_start.setdefault(candidate.start, []).append(candidate)
        merged: dict[tuple[int, int, str], Candidate] = {}
        queue = sorted(local, key=lambda c: (c.priority, -c.start, -c.end))  # the user's own rows come first
        while queue:
            outer = queue.pop()
            if text[outer.end : outer.end + 1] != " ":
                continue
            part = _PART.match(text, outer.end)
            for inner in by_start.get(part.end() if part else outer.end + 1, ()):
                places = _inside(outer, inner)
                if places is None or (part and not places):
                    continue
                priority = max(outer.priority, inner.priority)
                joined = Candidate(
                    outer.start,
                    inner.end,
                    inner.label,
                    inner.subtype,
                    inner.rule,
                    priority - (priority < USER_PRIORITY),  # 바이에른 뮌헨 is a club, if a row says so
                    min(outer.score, inner.score),
                    self._row(inner, places),
                    None,
                    places,
                    inner.municipal,
                )
                key = (joined.start, joined.end, joined.label)
                if key not in merged:
                    merged[key] = joined
                    queue.append(joined)
        return list(merged.values())

    def bodies(self, text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """A country or city and the body after it, as KLUE has them: ``베트남 국회``, ``미국 CNN``, ``서울 경찰청``."""
        ends = {
            c.end: c for c in candidates if c.label in _INNER and c.row is not None and c.subtype in _STATES
        }
        found = []
        for body in candidates:
            place = ends.get(body.start - 1)
            if place is None and text[body.start - 4 : body.start] in _OWNED:
                place = ends.get(body.start - 4)
            if place is None or place.row is None or text[body.start - 1] != " ":
                continue
            if body.label != "ORG" or body.row is None or body.places:
                continue
            own = body.row["country"]
            at_home = not own or own in (place.row["country"], place.row["code"], place.row.id)
            found.append(
                body._replace(
                    start=place.start,
                    rule=body.rule if at_home else "names:place-and-body",
                    row=body.row if at_home else None,
                )
            )
        return found

    def _row(self, inner: Candidate, places: tuple[Row, ...]) -> Row | None:
        """The one row that is left once the outer place is known."""
        if len(places) != 1:
            return inner.row
        if inner.label != "ORG":
            return places[0]
        return self.gazetteer.by_id("organisations", f"org-{places[0].id}") or inner.row


def _inside(outer: Candidate, inner: Candidate) -> tuple[Row, ...] | None:
    """The rows of ``inner`` that lie in ``outer`` (none for an unlisted place); ``None`` if it cannot."""
    if outer.label == "ORG" and not (outer.places or outer.municipal):
        return None
    if inner.label == "PLACE" and inner.subtype in ("country", "continent"):
        return None
    if outer.label == "PLACE" and outer.subtype not in _WIDE:
        return None
    if not inner.places:
        if inner.subtype in ("region", "natural"):
            return None
        return () if inner.municipal or inner.label in _INNER else None
    if not outer.places:
        return inner.places if outer.municipal and inner.municipal else None
    found = tuple(row for row in inner.places if any(contains(wide, row) for wide in outer.places))
    return found or None


def contains(wide: Row, narrow: Row) -> bool:
    """Whether the columns ``country``, ``province`` and ``code`` of two place rows put one into the other."""
    if wide.id == narrow.id:
        return False
    if wide.subtype == "country":
        return narrow["country"] in (wide.id, wide["code"], wide.name)
    if narrow["province"] and narrow["province"] in (wide.id, wide["code"], *wide.forms):
        return True
    if (
        wide.label == "CITY"
        and narrow.subtype in ("region", "natural", "facility")
        and not narrow["province"]
    ):
        return bool(narrow["country"]) and narrow["country"] == wide["country"]  # 서울 여의도
    if not narrow["province"] and wide.subtype in ("province", "district"):
        return narrow["country"] in ("", wide["country"]) and not narrow["code"]
    code, outer = narrow["code"], wide["code"]
    return bool(
        code
        and outer
        and code != outer
        and code.startswith(outer.rstrip("0"))
        and narrow["country"] == wide["country"]
    )

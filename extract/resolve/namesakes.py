"""Which of several places of one name is meant: the places that the article names beside it decide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from extract.lexicon import Row
from extract.lexicon.gazetteer import Gazetteer
from extract.model import Mention, Sentence
from extract.tag.nesting import contains

HOME = "KR"
"""The country that a Korean text speaks of without naming it."""
RIVAL = 20
"""A namesake with less than this part of the usual one's people needs its country or province right beside it."""
LISTED = 2
"""More provinces than these are a list of places, which says nothing about a name among them."""
_KEPT = 20_000
"""Names whose rows are remembered."""
_FILES = {"CITY": ("cities", "places"), "PLACE": ("cities", "places"), "ORG": ("organisations",)}


class _Named(NamedTuple):
    """A place that the article names without doubt, or whose government it names."""

    start: int
    end: int
    row: Row


class _Evidence(NamedTuple):
    """What an article says about the places of one name.

    ``places``: the place of each row of the name; ``in_full``: rows that the article names in full; ``votes``: the
    places named, in order, that hold some of them and not the others, with the rows they hold, and where they
    begin; ``counts``: how often each row is held; ``listed``: too many provinces are named to say anything.
    """

    places: Mapping[str, Row | None]
    in_full: set[str]
    votes: Sequence[tuple[_Named, frozenset[str]]]
    starts: Sequence[int]
    counts: Counter[str]
    listed: bool


class Namesakes:
    """Chooses among the lexicon rows of one form, mention by mention."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: dict[tuple[str, str], list[Row]] = {}  # names come again and again

    def __call__(
        self, mentions: Sequence[Mention], rows: Sequence[Row | None], sentences: Sequence[Sentence]
    ) -> list[Row | None]:
        """The rows of ``mentions`` anew; ``rows`` are what the tagger believes without any context.

        A namesake that the article names in full wins (``경기도 광주시`` … ``광주시``). Else the nearest
        province or country in the sentence that holds one of them and not the others; else the one that the
        article names most. Against a clear belief only a place speaks whose rival is named nowhere. Where
        nothing decides, the row stays as it was: open, unless the belief is clear.
        """
        found = {
            i: rivals
            for i, mention in enumerate(mentions)
            if mention.label in _FILES
            and " " not in mention.text
            and len(rivals := self._rivals(mention)) > 1
        }
        if not found:
            return list(rows)
        named = [
            _Named(mention.start, mention.end, place)
            for i, mention in enumerate(mentions)
            if i not in found
            and (place := self._place(rows[i]) or self._country(mention, rows[i])) is not None
        ]
        chosen = list(rows)
        starts = [sentence.start for sentence in sentences]
        evidence: dict[tuple[str, str], _Evidence] = {}
        for i, rivals in found.items():
            number = bisect_right(starts, mentions[i].start) - 1
            sentence = sentences[number] if number >= 0 else None
            key = mentions[i].label, mentions[i].text
            if key not in evidence:
                evidence[key] = self._evidence(rivals, named)
            chosen[i] = _choose(mentions[i], rivals, rows[i], evidence[key], sentence)
        return chosen

    def _rivals(self, mention: Mention) -> list[Row]:
        key = (mention.label, mention.text)
        rivals = self._known.get(key)
        if rivals is None:
            rows = self.gazetteer.named(mention.text, *_FILES[mention.label])
            rivals = [row for row in rows if row.label == mention.label and self._place(row) is not None]
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = rivals
        return rivals

    def _place(self, row: Row | None) -> Row | None:
        """The place of a row: itself, or the one that a government (``org-kr-11``) governs."""
        if row is None or row.label in ("CITY", "PLACE"):
            return row
        if not row.id.startswith("org-kr-"):
            return None
        key = row.id.removeprefix("org-")
        return self.gazetteer.by_id("cities", key) or self.gazetteer.by_id("places", key)

    def _country(self, mention: Mention, row: Row | None) -> Row | None:
        """The country abroad of a body: ``파키스탄 정부``, ``나이키``."""
        first, _, rest = mention.text.partition(" ")
        if rest:
            found = self.gazetteer.named(first, "countries")
            if found:
                return found[0]
        code = row["country"] if row is not None else ""
        return self.gazetteer.by_id("countries", code) if code and code != HOME else None

    def _evidence(self, rivals: Sequence[Row], named: Sequence[_Named]) -> _Evidence:
        """What the places named in the article say about the places of one name."""
        places = {row.id: self._place(row) for row in rivals}
        named_rows = {(one.row.file, one.row.id): one.row for one in named}
        inside = {
            name: frozenset(
                key for key, place in places.items() if place is not None and contains(outer, place)
            )
            for name, outer in named_rows.items()
        }
        said = [(one, inside[one.row.file, one.row.id]) for one in named]
        votes = [(one, held) for one, held in said if 0 < len(held) < len(rivals)]
        counts = Counter(key for _, held in votes for key in held)
        provinces = sum(row["code"].isdigit() and len(row["code"]) == 2 for row in named_rows.values())
        in_full = {row.id for row in rivals if places[row.id] in named_rows.values()}
        return _Evidence(
            places, in_full, votes, [vote[0].start for vote in votes], counts, provinces > LISTED
        )


def _choose(
    mention: Mention,
    rivals: Sequence[Row],
    believed: Row | None,
    evidence: _Evidence,
    sentence: Sentence | None,
) -> Row | None:
    if len(evidence.in_full) == 1:
        return next(row for row in rivals if row.id in evidence.in_full)
    if believed is not None:
        return believed if evidence.listed else _against(believed, rivals, evidence.places, evidence.counts)
    if sentence is not None:
        edges = (sentence.start, mention.start, sentence.end)
        first, here, last = (bisect_left(evidence.starts, edge) for edge in edges)
        near = evidence.votes[max(first, here - 1) : min(here + 1, last)]
        if near:
            _, inside = min(near, key=lambda vote: (_distance(mention, vote[0]), vote[0].start))
            if len(inside) == 1:
                return next(row for row in rivals if row.id in inside)
    ranked = evidence.counts.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return next(row for row in rivals if row.id == ranked[0][0])
    return None


def _against(
    believed: Row,
    rivals: Sequence[Row],
    places: Mapping[str, Row | None],
    supported: Container[str],
) -> Row:
    """The believed row, unless the article names only the country or province of one other of some size."""
    usual = places.get(believed.id)
    if usual is None or believed.id in supported:
        return believed
    others = [row for row in rivals if row.id in supported and _may_be_meant(places[row.id], usual)]
    return others[0] if len(others) == 1 else believed


def _may_be_meant(place: Row | None, usual: Row) -> bool:
    """Whether a namesake is large enough, and not abroad where the usual one is at home."""
    if place is None or (usual["country"] == HOME and place["country"] != HOME):
        return False
    people = place["population"]
    return not people or float(people) * RIVAL >= float(usual["population"] or 0)


def _distance(mention: Mention, other: _Named) -> int:
    return max(other.start - mention.end, mention.start - other.end)

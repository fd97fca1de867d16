"""Names met in training: which label a form had, how surely and how often, found in text by one automaton."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import daachorse

from extract.tagger.labels import LABELS
from extract.tagger.pieces import Page, Piece

_new = tuple.__new__  # a named tuple in a third of the time that its own call takes

MAX_PIECES = 10
"""Longest form, in pieces, that is looked up."""
CERTAINTIES = 4
COUNTS = 4


class Reading(NamedTuple):
    """How a form was annotated: ``name`` codes label, certainty and count, ``other`` a class that is no label.

    Codes are 0 where there is nothing to say.
    """

    name: int
    other: int


def name_code(label: str, share: float, count: int) -> int:
    """The code of a form that had ``label`` ``count`` times, in ``share`` of all its occurrences."""
    certainty = 3 if share > 0.8 else 2 if share > 0.45 else 1 if share > 0.12 else 0
    often = 0 if count == 1 else 1 if count < 4 else 2 if count < 10 else 3
    return 1 + (LABELS.index(label) * CERTAINTIES + certainty) * COUNTS + often


NAME_CODES = 1 + len(LABELS) * CERTAINTIES * COUNTS


class Occurrence(NamedTuple):
    """Pieces ``first`` to ``last`` (included) that spell a form with that code."""

    first: int
    last: int
    code: int


class Forms:
    """The forms of a model: ``names`` and ``others`` hold the codes of their readings."""

    def __init__(
        self, forms: Sequence[str], readings: Sequence[Sequence[int]], automaton: bytes | None = None
    ) -> None:
        self.forms = forms
        self.names = [reading[0] for reading in readings]
        self.others = [reading[1] for reading in readings]
        self._automaton = None
        if automaton:
            self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(automaton)
        elif forms:
            self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(forms))

    def compiled(self) -> bytes:
        """The automaton, to be stored beside the forms."""
        return self._automaton.serialize() if self._automaton else b""

    def spans(self, text: str, row: Sequence[Piece]) -> Iterator[tuple[int, int, int]]:
        """First piece, last piece and number of every form that begins and ends with a piece of ``row``."""
        if self._automaton is None or not row:
            return
        base = row[0].start
        starts = {piece.start - base: i for i, piece in enumerate(row)}
        ends = {piece.end - base: i for i, piece in enumerate(row)}
        for start, end, number in self._automaton.find_overlapping(text[base : row[-1].end]):
            first = starts.get(start)
            if first is not None:
                last = ends.get(end)
                if last is not None and last - first < MAX_PIECES:
                    yield first, last, number

    def __call__(self, text: str, row: Sequence[Piece]) -> tuple[list[Occurrence], list[Occurrence]]:
        """The names and the other classes of a row of pieces, each without overlap."""
        names, others = [], []
        for first, last, number in self.spans(text, row):
            if self.names[number]:
                names.append(Occurrence(first, last, self.names[number]))
            if self.others[number]:
                others.append(Occurrence(first, last, self.others[number]))
        return without_overlap(names, is_trace), without_overlap(others)

    def on(self, text: str, page: Page) -> tuple[list[Occurrence], list[Occurrence]]:
        """The names and the other classes of a page, by its places, each without overlap."""
        names: list[Occurrence] = []
        others: list[Occurrence] = []
        if self._automaton is not None and page.places:
            starts, ends, base = page.starts, page.ends, page.offsets[0]
            # no form goes over the end of a line, so that both ends are in one row of pieces
            for start, end, number in self._automaton.find_overlapping(text[base : page.stops[-1]]):
                if (first := starts.get(start + base)) is None or (last := ends.get(end + base)) is None:
                    continue
                if 0 <= last - first < MAX_PIECES:
                    if self.names[number]:
                        names.append(_new(Occurrence, (first, last, self.names[number])))
                    if self.others[number]:
                        others.append(_new(Occurrence, (first, last, self.others[number])))
        return without_overlap(names, is_trace), without_overlap(others)


def is_trace(code: int) -> bool:
    """Whether only a trace of the form's occurrences had the label."""
    return (code - 1) // COUNTS % CERTAINTIES == 0


def without_overlap(
    found: Iterable[Occurrence], last_choice: Callable[[int], bool] | None = None
) -> list[Occurrence]:
    """The longest first, codes of ``last_choice`` only where nothing else stands; in order of the text."""
    chosen: list[Occurrence] = []
    cluster: list[tuple[int, Occurrence]] = []
    edge = -1
    for item in sorted(enumerate(found), key=_first):
        _, (first, last, _code) = item
        if first > edge:
            chosen += _of_cluster(cluster, last_choice)
            cluster = []
        cluster.append(item)
        edge = max(edge, last)
    chosen += _of_cluster(cluster, last_choice)
    return chosen


def _first(item: tuple[int, Occurrence]) -> int:
    return item[1][0]


def _of_cluster(
    cluster: Sequence[tuple[int, Occurrence]], last_choice: Callable[[int], bool] | None
) -> list[Occurrence]:
    """:func:`without_overlap` of numbered occurrences that overlap each other and no others."""
    if len(cluster) < 2:
        return [occurrence for _, occurrence in cluster]
    ranked = sorted(
        (last_choice is not None and last_choice(code), first - last, first, number, last, code)
        for number, (first, last, code) in cluster
    )
    taken: set[int] = set()
    chosen: list[Occurrence] = []
    for _, length, first, _, last, code in ranked:
        if first in taken or last in taken:
            continue  # what was chosen before is as long or longer, or is no last choice and may lie inside
        places = range(first, last + 1)
        if length < -1 and last_choice is not None and not taken.isdisjoint(places):
            continue
        taken.update(places)
        chosen.append(Occurrence(first, last, code))
    chosen.sort()
    return chosen

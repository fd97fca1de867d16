"""What the model reads: Kiwi's morphemes as a monotone row of surface pieces."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.document import Morpheme

PAIRS = frozenset(["남북", "한미", "한일", "한중", "북미", "미중", "중일", "미일", "북중", "여야", "한러"])
"""Nouns that Kiwi keeps whole and that name two parties: cut in two so that each can be a mention."""
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
)
_AFTER_ANONYMOUS = " (씨군양"
_WORD = re.compile(r"\S+")
_DIGIT = re.compile(r"\d")
_JAMO = {0x1100 + i: ord(c) for i, c in enumerate("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")}
_JAMO |= {0x1161 + i: 0x314F + i for i in range(21)}
_new = tuple.__new__  # a named tuple in a third of the time that its own call takes


Piece = Morpheme
"""A surface piece: a morpheme, or a part of one, that overlaps none before it."""

_GAP = Piece(-1, -1, "", "")
NO_WORD = ("", "", "", -1)


class Page:
    """Rows of pieces one after the other, with an empty place between two rows.

    Attributes:
        places: the pieces in order, an empty one between two rows.
        gaps: the empty places.
        offsets: where the piece of each place begins; in an empty place, that of the one before.
        stops: where the piece of each place ends, -1 in an empty place.
        starts: offset → place of the piece that begins there; ``ends``: offset → place of the one that ends there.
    """

    def __init__(self, rows: Iterable[Sequence[Piece]]) -> None:
        self.places: list[Piece] = []
        self.gaps: list[int] = []
        for row in rows:
            if self.places:
                self.gaps.append(len(self.places))
                self.places.append(_GAP)
            self.places += row
        self._columns: Sequence[tuple[Any, ...]] = (
            list(zip(*self.places, strict=True)) if self.places else [()] * len(_GAP)
        )
        starts, stops, *_ = self._columns
        numbers = range(len(self.places))
        self.starts = dict(zip(starts, numbers, strict=True))
        self.ends = dict(zip(stops, numbers, strict=True))
        if self.gaps:
            del self.starts[-1], self.ends[-1]
        self.stops: tuple[int, ...] = stops
        self.offsets = list(starts)
        for gap in self.gaps:
            self.offsets[gap] = starts[gap - 1]

    def words(self, text: str) -> Iterator[tuple[str, str, str, int]]:
        """Form, tag, surface and Kiwi's id of every place; of an empty one :data:`NO_WORD`."""
        starts, stops, forms, tags, _, _, ids = self._columns
        surfaces = [text[start:end] for start, end in zip(starts, stops, strict=True)]
        return zip(forms, tags, surfaces, ids, strict=True)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last place of what pieces of one row spell from ``start`` to ``end``, if they do."""
        first, last = self.starts.get(start), self.ends.get(end)
        if first is None or last is None or last < first:
            return None
        i = bisect_left(self.gaps, first)
        return (first, last) if i == len(self.gaps) or self.gaps[i] > last else None


class Edges:
    """Where the pieces of a page begin and end: what is kept of a page that the model has read."""

    def __init__(self, page: Page) -> None:
        self._starts = array("i", page.starts)
        self._ends = array("i", page.ends)
        self._places = array("i", page.starts.values())

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """As :meth:`Page.span`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._ends, end)
        if last < first or last == len(self._ends) or self._starts[first] != start or self._ends[last] != end:
            return None
        places = self._places[first], self._places[last]
        return places if places[1] - places[0] == last - first else None


def pieces(text: str, tokens: Iterable[Morpheme]) -> list[Piece]:
    """The pieces of some morphemes, in order, without overlap and without empty ones.

    A morpheme that lies inside the one before it (``었`` in ``했``) has no piece. Dictionary entries that
    hold a space, names of two parties (``남북``) and ``김모 씨`` are cut where mentions may begin or end.
    """
    found: list[Piece] = []
    add = found.append
    edge = 0
    for token in tokens:
        start, end, form, tag, _unknown, _sentence, id_ = token
        if start < edge:
            if end <= edge:
                continue
            length = end - start
            start = edge
            token = _new(Piece, (start, end, form, tag, False, 0, id_))
        elif start == end:
            continue
        else:
            length = end - start
        edge = end
        if tag == "NNP" or tag == "NNG":
            if length == 2:
                if form in PAIRS:
                    add(Piece(start, start + 1, form[0], tag))
                    add(Piece(start + 1, end, form[1], tag))
                    continue
                if text[end - 1] == "모" and text[start] in _SURNAMES:
                    if text[end : end + 1] and text[end] in _AFTER_ANONYMOUS:
                        add(Piece(start, start + 1, form[0], "NNP"))
                        add(Piece(start + 1, end, "모", "XSN"))
                        continue
            elif length > 3 and " " in form:
                words = _WORD.finditer(text, start, end)
                found += [Piece(word.start(), word.end(), word.group(), tag) for word in words]
                continue
        add(token)
    return found


def normal(form: str) -> str:
    """``form`` with every digit as 0 and conjoining jamo as the ones of a keyboard."""
    if form.isdigit():
        return "0" * len(form)
    if "가" <= form[0] <= "힣" and form.isalpha():
        return form
    return _DIGIT.sub("0", form).translate(_JAMO)

"""Sentences inside the sections of an article.

Kiwi proposes where sentences begin; sections, blank lines and bullets always part them, a line break
parts them where a line is finished, and a quotation keeps them together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Protocol

from extract.document import Section
from extract.segment import lines as kinds
from extract.segment.lines import split_lines
from extract.segment.quotation import QUOTATION_MARK, quotation_spans


class Positioned(Protocol):
    """What is needed of a Kiwi token: its offset in code points and the number of its sentence."""

    @property
    def start(self) -> int:
        """First code point in the whole text."""

    @property
    def sent_position(self) -> int:
        """0-based number of the sentence that Kiwi puts the token in."""


WRAP = 100
"""Longest line of a text that is broken at a fixed width, in code points."""

_SENTENCE = attrgetter("sent_position")
_BEFORE = re.compile(rf"(?:\s|[.!?…。][{kinds.CLOSING}]*)\Z")
_LOOK_BACK = 6
_REACH = 40
_BARE = re.compile(r"[^\w]*\Z")
_MARK = re.compile(r"[□○◯●■◎❍◦▶▷※→⇒☞·•\-]+\Z")
_FINISHED = re.compile(rf"(?:[.!?。…]|[가-힣](?:다|요|죠|까))[.!?…]*[{kinds.CLOSING}]*\Z")
_FULL_STOP = re.compile(rf"[.!?](?<=[가-힣][다요죠까].)[.!?]*[{kinds.CLOSING}]*\s+(?=\S)")
_INLINE_ITEM = re.compile(r"[□○◯■❍※#](?<=\s.)(?:(?<=[□○◯■❍])\s|(?<=※)|(?<=#)\d{1,2}\s)")
_LONGEST_MARK = 4
"""Code points of the mark of a list without the blank behind it."""
_BRACKETED = re.compile(r"\([^()\n]{1,200}\)")
_CITES = re.compile(
    r"\s?(?:이?라[고며는]|고(?![가-힣])|며(?![가-힣])|면서|는(?![가-힣])|은(?![가-힣])|을(?![가-힣])|를(?![가-힣])"
    r"|의(?![가-힣])|이(?![가-힣])|등(?![가-힣])|하고|[,.)\]])|\s(?:말했|밝혔|전했|강조했|덧붙|설명했|했다)"
)


def sentence_spans(
    text: str, sections: Sequence[Section], tokens: Iterable[Positioned]
) -> list[tuple[int, int, str]]:
    """``(start, end, section)`` of every sentence, sorted, in code points of ``text``, half open.

    ``tokens`` are Kiwi's, of the whole ``text``. Sentences do not overlap, lie inside one section,
    have no white space at their ends, and together cover every character of the sections that is no
    white space.
    """
    reach = _reach(text, tokens)
    cuts = sorted(reach)
    marks = [found.start() for found in QUOTATION_MARK.finditer(text)]
    spans: list[tuple[int, int, str]] = []
    for section in sections:
        for start, end in _hard_stretches(text, section):
            inside: list[int] = []
            if section.section != "title":
                between = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
                inside = [cut for cut in between if reach[cut] <= end]
                if text.find("\n", start, end) >= 0:
                    inside = sorted({*inside, *_line_cuts(text, start, end)})
                if inside:
                    inside = _kept_together(inside, (m.span() for m in _BRACKETED.finditer(text, start, end)))
                if bisect_left(marks, start) < bisect_left(marks, end):
                    inside = _quoted_together(text, start, end, inside)
            spans.extend(_spans(text, start, end, inside, section.section))
    return spans


def _reach(text: str, tokens: Iterable[Positioned]) -> dict[int, int]:
    """Where sentences may begin, and the end of what says so."""
    sure = {*_proposed(text, tokens), *(found.end() for found in _FULL_STOP.finditer(text))}
    items = {found.start(): found.end() for found in _INLINE_ITEM.finditer(text)}
    return {**items, **{cut: cut for cut in sure}}


def _proposed(text: str, tokens: Iterable[Positioned]) -> list[int]:
    """Offsets at which Kiwi begins a sentence, where a word begins too."""
    firsts = (next(sentence).start for _, sentence in groupby(tokens, _SENTENCE))
    return [start for start in firsts if _BEFORE.search(text, max(0, start - _LOOK_BACK), start)]


def _hard_stretches(text: str, section: Section) -> list[tuple[int, int]]:
    """The section cut at blank lines, before bullets, and at every line where lines are items."""
    by_line = section.section != "body"
    found: list[tuple[int, int]] = []
    fresh = True
    for line in split_lines(text, section.start, section.end):
        if not line.text:
            fresh = True
            continue
        rule = kinds.is_rule(line.text)
        if (
            fresh
            or rule
            or by_line
            or line.page
            or kinds.is_bullet(line.text)
            or kinds.HEADING.match(line.text)
        ):
            found.append((line.start, line.end))
        else:
            found[-1] = (found[-1][0], line.end)
        fresh = bool(
            by_line
            or rule
            or kinds.HEADING.match(line.text)
            or kinds.TABLE.match(line.text)
            or kinds.ENCLOSED.match(line.text)
        )
    return found


def _kept_together(cuts: list[int], spans: Iterable[tuple[int, int]]) -> list[int]:
    """``cuts`` without those inside one of ``spans``."""
    for first, last in spans:
        low, high = bisect_right(cuts, first), bisect_left(cuts, last)
        if low < high:
            cuts = cuts[:low] + cuts[high:]
    return cuts


def _quoted_together(text: str, start: int, end: int, cuts: list[int]) -> list[int]:
    """``cuts`` without those inside quotations, and with those before and behind quoted sentences."""
    spans = quotation_spans(text, start, end)
    added: list[int] = []
    for first, last in spans:
        at = bisect_left(cuts, first + 1)
        begins = at < len(cuts) and cuts[at] == first + 1 < last
        if begins and _BEFORE.search(text, max(start, first - _LOOK_BACK), first):
            added.append(first)
        if last < end and _ends_here(text, first, last, end):
            added.append(last)
    return sorted({*_kept_together(cuts, spans), *added})


def _ends_here(text: str, first: int, last: int, end: int) -> bool:
    """A sentence ends with the quotation: it is complete, and no quoting word follows."""
    if not text[last].isspace() or _CITES.match(text, last, min(end, last + 12)):
        return False
    return _FINISHED.search(text, max(first, last - 1 - _REACH), last - 1) is not None


def _line_cuts(text: str, start: int, end: int) -> list[int]:
    """Line breaks that end a sentence: after a finished line, and wherever lines are not just wrapped."""
    lines = split_lines(text, start, end)
    widest = max(len(line.text) for line in lines)
    cuts = []
    for line, following in pairwise(lines):
        wrapped = widest <= WRAP and len(line.text) >= 0.6 * widest
        if not wrapped or kinds.ends(line.text, kinds.SENTENCE_END):
            cuts.append(following.start)
    return cuts


def _spans(text: str, start: int, end: int, cuts: Sequence[int], section: str) -> list[tuple[int, int, str]]:
    """The stretch cut at ``cuts``; a piece without a letter or digit joins its neighbour.

    A mark of a list joins the sentence after it, anything else the sentence before it.
    """
    spans: list[tuple[int, int, str]] = []
    carried = -1
    for first, last in pairwise([start, *cuts, end]):
        piece = text[first:last]
        stripped = piece.strip()
        if not stripped:
            continue
        first += len(piece) - len(piece.lstrip())
        last = first + len(stripped)
        bare = _BARE.match(stripped) is not None or (not spans and _is_mark(stripped))
        if bare and spans and (last == end or not _MARK.match(stripped)):
            spans[-1] = (spans[-1][0], last, section)
            carried = -1
        elif bare and last < end:
            carried = first if carried < 0 else carried
        else:
            spans.append((first if carried < 0 else carried, last, section))
            carried = -1
    return spans


def _is_mark(piece: str) -> bool:
    """Nothing but the mark of a list (``ㅇ``, ``1.``, ``①``)."""
    found = kinds.BULLET.match(f"{piece} ") if len(piece) <= _LONGEST_MARK else None
    return found is not None and found.end() >= len(piece)

"""An article's text with every mention and title shrunk to one symbol, for patterns to run over.

``박원순 서울시장은 인도 뉴델리에서`` becomes ``P T은 L에서`` (with private-use characters for the
letters), so that a pattern says what stands next to what without knowing any name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from extract.document import Title
from extract.model import Mention

SYMBOLS = {
    "PERSON": "\ue000",
    "ORG": "\ue001",
    "CITY": "\ue002",
    "PLACE": "\ue003",
    "TITLE": "\ue004",
    "DATE": "\ue005",
    "TIME": "\ue006",
    "FIGURE": "\ue007",
}
"""Label → the private-use character that stands for it."""


_ODD = re.compile("[（）：，；／\u00a0\u3000\t]")
_PLAIN = str.maketrans("（）：，；／\u00a0\u3000\t", "():,;/   ")
TITLE_TAILS = "직무\\s?대리 직무\\s?대행 권한\\s?대행 대행 당선인 당선자 후보자 후보 내정자 지명자 특사"
"""Words (as patterns) after a title that belong to it (``시장 권한대행``, ``장관 후보자``)."""
_TAIL = re.compile(rf" ?(?:{TITLE_TAILS.replace(' ', '|')})(?![가-힣]*(?:군|작|들))")


class Item(NamedTuple):
    """A mention or title of the skeleton. ``inside`` is the mention that a title holds, if any."""

    start: int
    end: int
    text: str
    label: str
    mention: Mention | None = None
    title: Title | None = None
    inside: Mention | None = None


class Skeleton:
    """The shrunk text, and the way back: every position to its item and its place in the article.

    Full-width signs and odd spaces are plain ones in it (``（`` is ``(``), so that patterns need not know them.
    """

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self.source = text
        self.items = items
        self._at: list[int] = []
        parts: list[str] = []
        length = cursor = 0
        for item in items:
            gap = text[cursor : item.start]
            parts.append(gap)
            length += len(gap)
            parts.append(SYMBOLS[item.label])
            self._at.append(length)
            length += 1
            cursor = item.end
        parts.append(text[cursor:])
        text = "".join(parts)
        self.text = text.translate(_PLAIN) if _ODD.search(text) else text

    def index(self, position: int) -> int | None:
        """Number of the item whose symbol stands at ``position`` of the skeleton, else None."""
        found = bisect_right(self._at, position) - 1
        return found if found >= 0 and self._at[found] == position else None

    def offset(self, position: int) -> int:
        """Where ``position`` of the skeleton lies in the article: a code point; a symbol's is its start."""
        found = bisect_right(self._at, position) - 1
        if found < 0:
            return position
        if self._at[found] == position:
            return self.items[found].start
        return self.items[found].end + position - self._at[found] - 1


def build_skeleton(text: str, mentions: Sequence[Mention], titles: Sequence[Title]) -> Skeleton:
    """Mentions and titles in order.

    A title that holds a mention stands for both (``새만금개발청장``); one glued to a person's name is cut
    free of it (``홍길동회장``); any other overlap leaves the mention alone.
    """
    ordered = sorted(mentions, key=_place_of)
    items: list[Item | None] = [Item(m.start, m.end, m.text, m.label, m) for m in ordered]
    first = 0
    for title in _whole_titles(text, sorted(titles, key=_place_of)):
        while first < len(ordered) and ordered[first].end <= title.start:
            first += 1
        stop = first
        while stop < len(ordered) and ordered[stop].start < title.end:
            stop += 1
        item = _place(text, title, ordered[first:stop])
        if item is not None:
            if item.inside is not None:
                items[first] = None
            items.append(item)
    kept = [item for item in items if item is not None]
    kept.sort(key=attrgetter("start"))
    return Skeleton(text, kept)


def _place_of(one: Mention | Title) -> tuple[int, int]:
    return one.start, -one.end


def _whole_titles(text: str, titles: Sequence[Title]) -> list[Title]:
    """Titles in order, each with what changes it: ``본부장 직무대리``, ``대통령 당선인``."""
    found: list[Title] = []
    for title in titles:
        if found and title.start < found[-1].end:
            continue
        tail = _TAIL.match(text, title.end)
        if tail is not None:
            title = Title(title.start, tail.end(), text[title.start : tail.end()], title.head, title.row)
        found.append(title)
    return found


def _place(text: str, title: Title, over: Sequence[Mention]) -> Item | None:
    if not over:
        return Item(title.start, title.end, title.text, "TITLE", title=title)
    held = over[0]
    if len(over) > 1 or held.start < title.start or held.end > title.end:
        return None
    if held.label == "PERSON":
        if held.start != title.start or held.end >= title.end:
            return None
        return Item(held.end, title.end, text[held.end : title.end], "TITLE", title=title)
    if (held.start, held.end) == (title.start, title.end):
        return None
    return Item(title.start, title.end, title.text, "TITLE", title=title, inside=held)

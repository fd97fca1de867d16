"""Dirty text as the stages see it, and their rows put back onto the text as it is stored.

Files bring characters that a reader's eye does not see or does not tell apart: zero-width characters and
stray controls inside words, full-width digits, a dozen hyphens, dots and blanks. The tokeniser hands the
stages a copy in which they are as usual; the last stage, :func:`restore`, makes offsets and quoted text of
all rows those of the stored text.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from extract.document import Analysis, Section

_CONTROLS = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_MARKS = r"\u0300-\u036f"
_UNSEEN = re.compile(f"[{_CONTROLS}]+|(?<=[가-힣])[{_MARKS}]+")
"""Controls, zero-width and directional characters, and marks that Hangul cannot bear."""
_MAYBE_UNSEEN = re.compile(f"[{_CONTROLS}{_MARKS}]")  # several times as fast

_USUAL = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u3164\uffa0\u2800", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2043\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2024\u318d\u2219\u2027\u22c5\u30fb\uff65\u119e", "·"),
    **dict.fromkeys("\u223c\u301c\u02dc\uff5e", "~"),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5E) if code != 0xFF0D},
}  # fmt: skip
_TABLE = str.maketrans(_USUAL)
_UNUSUAL = re.compile("[" + "".join(map(re.escape, _USUAL)) + "]")
_BULLET = re.compile(r"[\u2022\uf09e\uf0b7](?<=[가-힣A-Za-z0-9].)(?=[가-힣A-Za-z0-9])")

_Row = TypeVar("_Row")


class Seen:
    """A text as the stages see it.

    Attributes:
        stored: the text as it is stored.
        text: the text to work on; ``stored`` itself when nothing in it is dirty.
    """

    def __init__(self, stored: str) -> None:
        self.stored = stored
        text = stored
        if _UNUSUAL.search(text):
            text = text.translate(_TABLE)
        self.text = _BULLET.sub("·", text)
        self._origin: list[int] | None = None
        if _MAYBE_UNSEEN.search(self.text) and _UNSEEN.search(self.text):
            kept: list[str] = []
            origin: list[int] = []
            at = 0
            for found in _UNSEEN.finditer(self.text):
                kept.append(self.text[at : found.start()])
                origin.extend(range(at, found.start()))
                at = found.end()
            kept.append(self.text[at:])
            origin.extend(range(at, len(self.text)))
            self.text, self._origin = "".join(kept), origin

    @property
    def same(self) -> bool:
        """Nothing in the text is dirty."""
        return self.text == self.stored

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the stored text behind ``text[start:end]``."""
        if self._origin is None:
            return start, end
        if start >= end:
            at = self._origin[start] if start < len(self._origin) else len(self.stored)
            return at, at
        return self._origin[start], self._origin[end - 1] + 1

    def inner(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of ``text`` that is left of ``stored[start:end]``."""
        if self._origin is None:
            return start, end
        return bisect_left(self._origin, start), bisect_left(self._origin, end)

    def sections(self, sections: Sequence[Section]) -> list[Section]:
        """Sections of the stored text as sections of ``text``; those without a character fall away."""
        if self._origin is None:
            return list(sections)
        moved = [type(s)(s.section, *self.inner(s.start, s.end)) for s in sections]
        return [section for section in moved if section.start < section.end]

    def moved(self, rows: list[_Row]) -> list[_Row]:
        """Rows whose span, and text where it is that of the span, are those of the stored text."""
        quoted = rows and (hasattr(rows[0], "text") or hasattr(rows[0], "trigger"))
        if self._origin is None and not quoted:
            return rows
        return [self._moved(row) for row in rows]

    def _moved(self, row: _Row) -> _Row:
        item: Any = row
        start, end = self.span(item.start, item.end)
        changes: dict[str, Any] = {} if (start, end) == (item.start, item.end) else _ends(start, end)
        for name in ("text", "trigger"):
            said = getattr(item, name, None)
            if (
                said is not None
                and said == self.text[item.start : item.end]
                and said != self.stored[start:end]
            ):
                changes[name] = self.stored[start:end]
        if not changes:
            return row
        moved: _Row = (
            item._replace(**changes) if hasattr(item, "_replace") else dataclasses.replace(item, **changes)
        )
        return moved


def restore(analysis: Analysis) -> None:
    """Makes the text and all rows of ``analysis`` those of the stored text; does nothing where they are."""
    seen = analysis.seen
    if seen is None:
        return
    for name in ("sections", "sentences", "morphemes", "titles", "candidates", "mentions", "claims", "relations", "events",
                 "quotes"):  # fmt: skip
        setattr(analysis, name, seen.moved(getattr(analysis, name)))
    shown = {mention.mention_id: mention.text for mention in analysis.mentions}
    analysis.dates = _with_text(analysis.dates, shown)
    analysis.figures = _with_text(analysis.figures, shown)
    analysis.text, analysis.seen = seen.stored, None


def _ends(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end}


def _with_text(rows: list[_Row], shown: dict[str, str]) -> list[_Row]:
    items: list[Any] = list(rows)
    return [
        item
        if shown.get(item.mention_id, item.text) == item.text
        else dataclasses.replace(item, text=shown[item.mention_id])
        for item in items
    ]

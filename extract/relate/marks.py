"""Pairs quotation marks the way people type them, not the way they should.

Straight and curly mixed, a closing mark where an opening one should be, spaces inside the marks, a quote
that is never closed because the text was cut. Offsets are code points, half open; a :class:`Span` covers the
words *inside* the marks and ``outer`` the marks too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.expression import Expression

DOUBLE = '“”"＂〝〞„‟'
SINGLE = "‘’'`‛´"
CORNER = {"「": "」", "『": "』", "｢": "｣", "《": "》", "〈": "〉"}
_MARK = re.compile(r"[“”\"＂〝〞„‟‘’'`‛´「」『』｢｣《》〈〉\n]")
_AFTER_CLOSE = Expression(
    r"\s?(?:이?라(?:고|며|면서|는|던|고는|고도)?(?![가-힣])|이?라(?:고|며|면서)|이?란\s|[고며]\s|면서|[은는이가을를의와과로도에](?![가-힣])|으로|에서|에는|이다|이었|입니다|임[.\s]"
    r"|(?:하|했|한|해)|[.,!?)\]…]|\s?$|\n)"
)
_OPENERS = " \t\n([{<:,·-–—~/=○□ㅇ▲△※*▪•"
MAX_INSIDE = 1500
"""Longest stretch between two marks that is still one quotation, in code points."""
_OTHER_CLOSE = Expression(r"(?<=\S)[’'](?=[가-힣])")
_ELLIPSIS = Expression(r"(?:\.{2,}|…)\s*$")


class Span(NamedTuple):
    """Words between a pair of marks. ``family`` is ``double``, ``single`` or ``corner``."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    family: str
    closed: bool = True


def pair_marks(text: str) -> list[Span]:
    """All marked stretches of ``text`` in order of their beginning; inner ones follow the outer one.

    >>> [text[s.start:s.end] for text in ['그는 "좋다“며 ”가자"고 했다'] for s in pair_marks(text)]
    ['좋다', '가자']
    """
    spans: list[Span] = []
    doubles: list[int] = []  # position of the open double mark
    singles: list[int] = []
    corners: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            if not (doubles or singles or corners):
                continue
            if doubles and _ELLIPSIS.search(text, max(0, at - 6), at):
                _cut_off(spans, text, doubles.pop(), at)
            elif doubles and _blank_line(text, at):
                doubles.clear()
            singles.clear()
            corners.clear()
        elif mark in DOUBLE:
            if doubles:
                opened = doubles[-1]
                if at - opened > MAX_INSIDE or _opens_again(text, at, mark):
                    doubles[-1] = at
                else:
                    doubles.pop()
                    _add(spans, text, opened, at, "double")
            elif not _closes_only(text, at, mark):
                doubles.append(at)
            if not doubles:
                singles.clear()
        elif mark in SINGLE:
            _single(text, at, mark, singles, spans)
        elif mark in CORNER:
            corners.append((at, CORNER[mark]))
        elif corners and corners[-1][1] == mark:
            _add(spans, text, corners.pop()[0], at, "corner")
    if doubles:
        _cut_off(spans, text, doubles[-1], len(text))
    spans.sort()
    return spans


def _add(spans: list[Span], text: str, opened: int, closed: int, family: str) -> None:
    start = _left(text, opened + 1, closed)
    end = closed
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end, opened, closed + 1, family))


def _cut_off(spans: list[Span], text: str, opened: int, end: int) -> None:
    """A quotation that the end of the text cut off: it reaches to the last word."""
    outer_end = end
    while end > opened and text[end - 1] in " \n\t.…":
        end -= 1
    other = _OTHER_CLOSE.search(text, opened + 10, end)
    if other is not None and _AFTER_CLOSE.match(text, other.end()):
        _add(spans, text, opened, other.start(), "double")  # “…’임을 강조했다: closed by another mark
        return
    if 10 < end - opened <= MAX_INSIDE and "\n" not in text[opened:end]:
        spans.append(Span(_left(text, opened + 1, end), end, opened, outer_end, "double", closed=False))


def _left(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _blank_line(text: str, newline: int) -> bool:
    return text[newline + 1 : newline + 2] in ("\n", "") or text[newline + 1 : newline + 3].strip(" ") in (
        "□",
        "ㅇ",
        "○",
        "※",
    )


def _opens_again(text: str, at: int, mark: str) -> bool:
    """Whether a mark met inside an open pair begins a new one: the earlier one was never closed."""
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark in "”〞" or not before.isspace() or not after or after.isspace():
        return False
    return _AFTER_CLOSE.match(text, at + 1) is None


def _closes_only(text: str, at: int, mark: str) -> bool:
    """Whether a mark met outside a pair can only be a leftover closing one."""
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 2]
    if not after or after == "\n":
        return True
    return (
        before not in _OPENERS
        and not before.isspace()
        and (after.isspace() or after in ".,)")
        and mark != "“"
    )


def _single(text: str, at: int, mark: str, singles: list[int], spans: list[Span]) -> None:
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 2]
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return  # apostrophe
    if before.isascii() and before.isdigit() and mark in "’'" and not singles:
        return  # feet, minutes
    opens_like = (
        (before in _OPENERS or before in DOUBLE or before.isspace()) and after and not after.isspace()
    )
    if singles and (mark == "’" or not opens_like or _AFTER_CLOSE.match(text, at + 1)):
        opened = singles.pop()
        if at - opened <= MAX_INSIDE // 5:
            _add(spans, text, opened, at, "single")
    elif singles and mark != "‘" and not opens_like:
        singles.pop()
    elif after and not after.isspace():
        singles[:] = [at]

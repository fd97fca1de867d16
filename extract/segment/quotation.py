"""Where quotations stand, in texts whose quotation marks cannot be trusted.

Press texts mix straight and curly marks, close with opening marks and open with closing ones, and
forget marks. What a mark does is therefore read from its surroundings first (a particle or a quoting
ending after it closes, a blank before it opens), from its shape only then.
"""

from __future__ import annotations

import re

MAX_QUOTATION = 1000
"""Longest quotation, in code points; anything longer is a forgotten mark."""

QUOTATION_MARK = re.compile('["“”„‟＂‘]')
"""What every quotation begins with."""
_DOUBLE = re.compile(r"[\"“”„‟＂]")
_SINGLE = re.compile(r"‘(?!\s?\d\d\s?[.년~～\-–)])([^‘’\n]{1,200})’")
_JOSA = re.compile(
    r"\s?(?:이?라[고며는]|이?란|고(?=[\s,.])|며(?=[\s,])|면서|는(?=\s)|은(?=\s)|을(?=\s)|를(?=\s)|의(?=\s)|이(?=[\s다라])|가(?=\s)"
    r"|에(?=[\s서])|으?로|와(?=\s)|과(?=\s)|도(?=\s)|등(?=\s)|하고|[,.)\]』」])"
)
_OPENERS = frozenset("([{<〈《「『:：·,/-–—")


def quotation_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of balanced quotations in ``text[start:end]``, marks included, in order, not nested.

    Double marks of any shape, and ``‘…’``. A mark without its fellow is passed over.
    """
    end = len(text) if end is None else end
    doubles = _double_spans(text, start, end)
    merged: list[tuple[int, int]] = []
    following = iter([*doubles, (end, end)])
    double = next(following)
    for found in _SINGLE.finditer(text, start, end):
        while double[1] <= found.start() and double[0] < end:
            merged.append(double)
            double = next(following)
        if found.end() <= double[0]:
            merged.append(found.span())
    merged.extend(span for span in (double, *following) if span[0] < end)
    return merged


def _double_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened = -1
    for found in _DOUBLE.finditer(text, start, end):
        at = found.start()
        if _opens(text, at, start, end, opened >= 0):
            opened = at
        elif opened >= 0:
            if at - opened <= MAX_QUOTATION:
                spans.append((opened, at + 1))
            opened = -1
    return spans


def _opens(text: str, at: int, start: int, end: int, is_open: bool) -> bool:
    """Whether the mark at ``at`` opens a quotation (else it closes one)."""
    mark = text[at]
    free_before = at == start or text[at - 1].isspace() or text[at - 1] in _OPENERS
    free_after = at + 1 >= end or text[at + 1].isspace()
    particle = _JOSA.match(text, at + 1, min(end, at + 8)) is not None
    if free_before and not free_after:
        if particle and mark != "“":
            return not is_open
        return True
    if free_after and not free_before:
        return False
    if not free_before:
        if particle or mark == "”":
            return False
        return not is_open
    if mark == "“":
        return True
    return False if mark == "”" else not is_open

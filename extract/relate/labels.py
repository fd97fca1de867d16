"""Labels of an outline (``· 일 시 : …``, ``· 참석자``) and what stands behind or below them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extract.expression import Expression
from extract.lexicon.expressions import Capturing

_BULLET = r"[ \t○ㅇ●□■◦•·ᄋ\-*▪◆◇※<(（【\[]*+"
_NEXT_LABEL = Expression(rf"{_BULLET}(?:[가-힣]\s?){{1,6}}\s?[:：]")
_ITEM = Expression(r"\s*(?:[○ㅇ◦•·ᄋ\-*▪※]|\()")


class Label(NamedTuple):
    """A label's words without spaces, and the expression for a line that begins with one of them."""

    words: tuple[str, ...]
    pattern: Capturing


def label_of(words: Iterable[str]) -> Label:
    """A line that begins with one of ``words`` (spaces inside them allowed) and a colon, or stands alone."""
    bare = tuple(word.replace(" ", "") for word in words)
    forms = "|".join(r"\s?".join(map(re.escape, word)) for word in bare)
    rest = r"(?:(?:[:：]|(?<=[)）】\]]))\s*(?P<rest>\S.*)|[:：]?\s*(?P<below>))"
    return Label(bare, Capturing(rf"(?m)^{_BULLET}(?:{forms})[\s)）】\]>]*{rest}$"))


def listed_under(text: str, label: Label) -> list[tuple[int, int]]:
    """The stretches that belong to a label: the rest of its line, and the items of the lines below it."""
    spans: list[tuple[int, int]] = []
    squeezed = text.replace(" ", "")
    if not any(word in squeezed for word in label.words):
        return spans
    for match in label.pattern.finditer(text):
        start = end = match.end()
        if match.group("rest"):
            start = match.start("rest")
        lines = 0
        while end < len(text) and lines < 12:
            stop = text.find("\n", end + 1)
            stop = len(text) if stop < 0 else stop
            line = text[end + 1 : stop]
            if line.strip() and (_NEXT_LABEL.match(line) or not _ITEM.match(line)):
                break
            if match.group("rest") and line.strip()[:1] in (match.group().strip()[:1], ""):
                break
            end = stop
            lines += 1
        spans.append((start, end))
    return spans

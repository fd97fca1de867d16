"""Where one document holds several articles, and where each begins.

A cut needs evidence: a separating line or page break between two stretches that both look like whole
articles, a body that is broken off by an ellipsis or whose first words repeat the caption line, a
headline with a bracketed kind, or a new release's head. What is unsure stays one article.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.segment import lines as kinds
from extract.segment.headline import MEDIA_KINDS, is_sentence_caption, opens_with, split_kind
from extract.segment.lines import Line
from extract.segment.published import header_date
from extract.segment.structure import LONG, blocks, is_running

BROKEN_OFF = 60
"""A line longer than this that ends in an ellipsis is a body broken off, in code points."""


class Stretch(NamedTuple):
    """The lines of one article. ``caption_first``: a caption line stands before the headline."""

    lines: list[Line]
    caption_first: bool


class _Start(NamedTuple):
    """A place where a caption line, a headline and a body follow each other."""

    number: int
    two_lines: bool
    repeated: bool
    kind: bool
    broken_off: bool
    finished: bool


def stretches(lines: list[Line]) -> list[Stretch]:
    """The articles of a document as stretches of its lines, in order; at least one."""
    found: list[Stretch] = []
    for part in _at_separators(lines):
        for piece in _at_heads(part):
            found.extend(_at_layout(piece))
    return found


def _at_separators(lines: list[Line]) -> list[list[Line]]:
    """Cuts at rules and page breaks where the stretches on both sides look like articles."""
    parts: list[list[Line]] = [[]]
    for index, line in enumerate(lines):
        if line.page or (kinds.RULE.match(line.text) and not _underlines(lines, index)):
            parts.append([])
        parts[-1].append(line)
    merged: list[list[Line]] = []
    complete = False
    level = None
    for part in parts:
        opening = _opening(part)
        level = _level(opening) if level is None and opening else level
        by_rule = bool(merged) and not part[0].page
        if (
            complete
            and (by_rule or _is_finished(merged[-1]))
            and _level(opening) == level
            and _opens_article(part)
        ):
            merged.append([])
            complete = False
        elif not merged:
            merged.append([])
        merged[-1].extend(part)
        complete = complete or _has_body(part)
    return merged


def _underlines(lines: Sequence[Line], index: int) -> bool:
    """The rule at ``index`` underlines a headline that stands alone above it."""
    if not index or not kinds.is_headline(lines[index - 1].text):
        return False
    return index == 1 or not lines[index - 2].text or kinds.is_rule(lines[index - 2].text)


def _opening(lines: Sequence[Line]) -> str:
    """The first line that is no rule and no label of a head."""
    return next(
        (
            line.text
            for line in lines
            if line.text and not kinds.is_rule(line.text) and not kinds.is_header(line.text)
        ),
        "",
    )


def _level(text: str) -> int:
    """Level of a Markdown heading, 0 for other lines."""
    found = kinds.HEADING.match(text)
    return len(found[0].strip()) if found else 0


def _has_body(lines: Sequence[Line]) -> bool:
    return any(_is_prose(line.text) for line in lines)


def _is_prose(text: str) -> bool:
    """A sentence of some length that ends with a full stop, or text broken off by an ellipsis."""
    if len(text) < 20 or kinds.is_header(text):
        return False
    return bool(kinds.ends(text, kinds.PROSE_END) or kinds.ends(text, kinds.ELLIPSIS) or len(text) > LONG)


def _is_finished(lines: Sequence[Line]) -> bool:
    """Ends as articles end: with a sentence, an ellipsis, ``끝.``, a contact or a byline."""
    last = next((line.text for line in reversed(lines) if line.text and not kinds.is_rule(line.text)), "")
    return _ends_article(last)


def _ends_article(text: str) -> bool:
    return bool(
        kinds.ends(text, kinds.SENTENCE_END)
        or kinds.is_footer(text)
        or kinds.is_contact(text)
        or kinds.is_byline(text)
        or kinds.is_date_line(text)
        or kinds.is_file_name(text)
        or kinds.is_marked_end(text)
    )


def _opens_article(lines: Sequence[Line]) -> bool:
    """Begins with a headline or a release's head and goes on with running text."""
    content = [line for line in lines if line.text and not kinds.is_rule(line.text)]
    if not content:
        return False
    first = content[0].text
    if not (
        kinds.is_headline(first)
        or kinds.is_masthead(first)
        or kinds.is_date_line(first)
        or kinds.is_byline(first)
    ):
        return False
    if kinds.is_attachment(first):
        return False
    around = blocks(lines)
    for index, line in enumerate(content[:30]):
        if is_running(line, around[line.start]):
            return index > 0 and _has_body(content[index:])
    return False


def _at_heads(lines: list[Line]) -> list[list[Line]]:
    """Cuts before the head of a further release after a finished body."""
    pieces: list[list[Line]] = [[]]
    body_seen = False
    for index, line in enumerate(lines):
        if body_seen and line.text and _is_finished(pieces[-1]) and _opens_release(lines, index):
            pieces.append([])
            body_seen = False
        pieces[-1].append(line)
        body_seen = body_seen or (_is_prose(line.text) and not kinds.is_contact(line.text))
    return pieces


def _opens_release(lines: list[Line], index: int) -> bool:
    """A release begins at ``index``: its name or time of release with more labels below, or its
    headline with labels and their date directly below it."""
    text = lines[index].text
    if kinds.is_masthead(text):
        following = [line.text for line in lines[index : index + 24] if line.text][:10]
        found = sum(kinds.is_header(other) for other in following) >= 2
    elif kinds.is_headline(text):
        following = [line.text for line in lines[index + 1 : index + 8] if line.text][:3]
        labelled = [other for other in following if kinds.is_header(other) or kinds.is_date_line(other)]
        found = len(labelled) == 3 and header_date("\n".join(labelled)) is not None
    else:
        return False
    return found and _opens_article(lines[index : index + 80])


def _at_layout(lines: list[Line]) -> list[Stretch]:
    """Cuts where [caption line,] headline and body follow a finished body, each after a blank line."""
    content = [(number, line) for number, line in enumerate(lines) if line.text]
    starts: list[_Start] = []
    headline = -1
    for i in range(len(content)):
        start = _start(lines, content, i) if i != headline else None
        if start:
            starts.append(start)
            headline = i + 1 if start.two_lines else -1
    pairs = [start for start in starts if start.two_lines]
    captions = sum(start.repeated or start.kind for start in pairs)
    caption_first = bool(pairs) and 2 * captions >= len(pairs)
    opening = starts[0] if starts and starts[0].number == content[0][0] else None
    broken_off = sum(start.broken_off for start in starts)
    strong = sum(start.repeated or start.kind or start.broken_off for start in starts)
    regular = strong >= 2 and 2 * strong >= len(starts)
    cuts = [
        start.number
        for start in starts
        if start is not opening and _is_sure(start, regular=regular, often_broken_off=broken_off >= 2)
    ]
    bounds = [0, *cuts, len(lines)]
    several = len(cuts) > 0
    two_lined = {start.number for start in pairs} | ({0} if opening in pairs else set())
    return [
        Stretch(lines[first:last], several and caption_first and first in two_lined)
        for first, last in pairwise(bounds)
    ]


def _is_sure(start: _Start, *, regular: bool, often_broken_off: bool) -> bool:
    """Whether an article begins here.

    ``regular``: at least half of the document's starts, and two, bear a mark of their own;
    ``often_broken_off``: two bodies or more end in an ellipsis.
    """
    if start.repeated or (start.kind and start.finished):
        return True
    if start.two_lines:
        return start.broken_off or (start.finished and regular)
    return start.broken_off and often_broken_off


def _start(lines: list[Line], content: list[tuple[int, Line]], i: int) -> _Start | None:
    """The start of an article at content line ``i``, if the lines there have the layout of one."""
    number, first = content[i]
    if i + 1 >= len(content) or not _blank_after(lines, number):
        return None
    headline = kinds.is_headline(first.text)
    if not headline and not is_sentence_caption(first.text):
        return None
    following = content[i + 1]
    two_lines = kinds.is_headline(following[1].text) and len(following[1].text) <= LONG
    if two_lines:
        if i + 2 >= len(content) or not _blank_after(lines, following[0]):
            return None
        body = content[i + 2][1].text
        kind = split_kind(following[1].text)[0]
    else:
        body = following[1].text
        kind = split_kind(first.text)[0]
    if not (len(body) > LONG or (_is_prose(body) and not kinds.is_bullet(body))):
        return None
    before = content[i - 1][1].text if i else ""
    repeated = two_lines and len(first.text) >= 8 and opens_with(body, first.text)
    broken_off = len(before) > BROKEN_OFF and kinds.ends(before, kinds.ELLIPSIS)
    weak = not headline or (two_lines and first.text.endswith(("?", "!")))
    if weak and i and not (two_lines and (repeated or broken_off)):
        return None
    return _Start(
        number=number,
        two_lines=two_lines,
        repeated=repeated,
        kind=kind in MEDIA_KINDS,
        broken_off=broken_off,
        finished=_ends_article(before),
    )


def _blank_after(lines: list[Line], number: int) -> bool:
    return number + 1 < len(lines) and not lines[number + 1].text

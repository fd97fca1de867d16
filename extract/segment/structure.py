"""What is headline, caption, body and boilerplate in one article's lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.document import Section
from extract.segment import lines as kinds
from extract.segment.headline import (
    MEDIA_KINDS,
    clean_headline,
    cut_caption,
    cut_photo_caption,
    is_caption_before,
    is_sentence_caption,
    opens_with,
    split_kind,
    trimmed,
)
from extract.segment.lines import Line

MAX_SUBTITLES = 4
MAX_BLOCK = 24
MAX_ABOVE = 16
"""A headline known beforehand is looked for in so many lines from the top."""
LONG = 120
"""A line longer than this is running text, in code points."""

_TAIL = re.compile(r"\s*[-<〈(\[]?\s?(?<![가-힣])끝\s?(?:\.|[>〉)\]])[.>〉)\]\s-]*$")


@dataclass(slots=True)
class Structure:
    """The parts of one article. ``header`` is the text of its head, for the publication date."""

    title: str | None = None
    kind: str | None = None
    caption: str | None = None
    sections: list[Section] = field(default_factory=list)
    header: str = ""


def structure(
    text: str, lines: Sequence[Line], *, caption_first: bool = False, headline: str | None = None
) -> Structure:
    """Sections of the article whose lines are ``lines``; offsets as those of the lines.

    ``caption_first``: the document's other articles put a caption line before the headline. ``headline``: what
    the file shows or says to be the headline; it is taken when it is one of the first lines.
    The sections cover every character that is no white space, in order, without overlap.
    """
    content = [line for line in lines if line.text]
    if not content:
        return Structure()
    found = Structure()
    labels = ["body"] * len(content)
    shown = _line_of(headline, content) if headline else -1
    lead = _leading_caption(content, lines, caption_first) if shown < 0 else -1
    above = max(lead, shown) + 1
    top = above + _body_start(content[above:], lines)
    _label_top(content, labels, top, found, lines, caption_first, lead, shown)
    _label_rest(content, labels, top)
    if "body" not in labels and (found.title is None or shown >= 0):
        labels = ["body" if label == "title" and i != shown else label for i, label in enumerate(labels)]
    for label, line in zip(labels, content, strict=True):
        if label == "caption" and found.caption is None:
            found.caption = line.text
    found.sections = _refine(text, _merge(content, labels), found)
    return found


def _line_of(headline: str, content: Sequence[Line]) -> int:
    """Index of the line that is ``headline``, among the first ones and before any running text, or -1."""
    wanted = "".join(headline.split())
    for i, line in enumerate(content[:MAX_ABOVE]):
        if "".join(line.text.split()) == wanted:
            return i
        if len(line.text) > LONG and not kinds.is_bullet(line.text):
            break
    return -1


def is_running(line: Line, block: Sequence[Line]) -> bool:
    """Running text rather than a headline; ``block`` are the neighbouring lines without a blank between."""
    text = line.text
    if kinds.HEADING.match(text) or kinds.is_header(text) or kinds.is_contact(text) or kinds.is_rule(text):
        return False
    if kinds.is_byline(text) or kinds.is_date_line(text):
        return False
    if len(text) > LONG or kinds.ends(text, kinds.FULL_STOP):
        return True
    if kinds.ends(text, kinds.ELLIPSIS) and len(text) > LONG // 2:
        return True
    if kinds.is_bullet(text) and not kinds.DASH.match(text):
        return True
    if kinds.ENCLOSED.match(text) or kinds.is_attachment(text):
        return True
    return len(block) >= 3 and _hard_wrapped(line, block)


def _hard_wrapped(line: Line, block: Sequence[Line]) -> bool:
    """A line in a block of lines broken at one width, the last of which ends a sentence."""
    widest = max(len(other.text) for other in block)
    later = [other for other in block if other.start > line.start]
    return (
        bool(later)
        and widest <= LONG
        and len(line.text) >= 0.7 * widest
        and any(kinds.ends(other.text, kinds.FULL_STOP) for other in later)
        and not any(kinds.is_bullet(other.text) for other in block)
    )


def blocks(lines: Sequence[Line]) -> dict[int, list[Line]]:
    """For the offset of each line with text, the lines around it that no blank line parts from it.

    Longer blocks come in pieces of :data:`MAX_BLOCK` lines.
    """
    found: dict[int, list[Line]] = {}
    block: list[Line] = []
    for line in lines:
        if not line.text or line.page or len(block) >= MAX_BLOCK:
            block = []
        if line.text:
            block.append(line)
            found[line.start] = block
    return found


def _body_start(content: Sequence[Line], lines: Sequence[Line]) -> int:
    """Index of the first line of running text; the lines before it are head and headlines."""
    around = blocks(lines)
    for index, line in enumerate(content):
        if is_running(line, around[line.start]):
            return index
    top = next((i + 1 for i, line in enumerate(content) if kinds.is_headline(line.text)), 0)
    while 0 < top < len(content) and _is_head(content[top].text):
        top += 1
    return top


def _leading_caption(content: Sequence[Line], lines: Sequence[Line], caption_first: bool) -> int:
    """Index of a caption line before the headline that would pass for running text, or -1."""
    first = next((i for i, line in enumerate(content) if not _is_head(line.text)), len(content))
    if first + 2 >= len(content):
        return -1
    line, headline, body = content[first : first + 3]
    if kinds.is_headline(line.text) or not is_sentence_caption(line.text):
        return -1
    if not kinds.is_headline(headline.text) or not _apart(line, headline, lines):
        return -1
    sure = caption_first or split_kind(headline.text)[0] in MEDIA_KINDS or opens_with(body.text, line.text)
    return first if sure and _apart(headline, body, lines) else -1


def _label_top(
    content: Sequence[Line],
    labels: list[str],
    top: int,
    found: Structure,
    lines: Sequence[Line],
    caption_first: bool,
    lead: int,
    shown: int,
) -> None:
    heads = [i for i in range(top) if i not in (lead, shown) and _is_head(content[i].text)]
    candidates = [i for i in range(lead + 1, top) if kinds.is_headline(content[i].text)]
    title = shown if shown >= 0 else _title_index(content, candidates, heads)
    if title is None or (top >= len(content) and shown < 0):
        for i in heads:
            labels[i] = "boilerplate"
        found.header = _header(content[i].text for i in heads)
        return
    caption = lead if lead >= 0 else None
    after = [i for i in candidates if i > title]
    if caption is None and after and not kinds.HEADING.match(content[title].text):
        second = after[0]
        swapped = top < len(content) and (
            caption_first or is_caption_before(content[title].text, content[second].text, content[top].text)
        )
        if swapped and _apart(content[title], content[second], lines):
            caption, title = title, second
    found.kind, headline = split_kind(clean_headline(content[title].text))
    found.title = headline.strip() or None
    if caption is not None:
        found.caption = content[caption].text
        labels[caption] = "caption"
    subtitles = 0
    for i in range(top):
        text = content[i].text
        if i == caption:
            continue
        if i == title:
            labels[i] = "title"
        elif kinds.is_photo_caption(text):
            labels[i] = "caption"
        elif i > title and i not in heads and (i in candidates or kinds.DASH.match(text)):
            subtitles += 1
            labels[i] = "title" if subtitles <= MAX_SUBTITLES else "body"
        elif i in heads or i < title:
            labels[i] = "boilerplate"
    found.header = _header(content[i].text for i in range(top) if labels[i] == "boilerplate")


def _header(texts: Iterable[str]) -> str:
    """The head's lines; empty where no line bears a label of a release (a mere date of entry)."""
    head = list(texts)
    return "\n".join(head) if any(kinds.is_header(text) for text in head) else ""


def _is_head(text: str) -> bool:
    return (
        kinds.is_header(text)
        or kinds.is_byline(text)
        or kinds.is_date_line(text)
        or kinds.is_contact(text)
        or kinds.is_rule(text)
    )


def _title_index(content: Sequence[Line], candidates: list[int], heads: list[int]) -> int | None:
    if not candidates:
        return None
    for i in candidates:
        if content[i].text.startswith("# ") or kinds.after_headline_label(content[i].text):
            return i
    labelled = [i for i in heads if kinds.is_header(content[i].text) or kinds.is_contact(content[i].text)]
    if labelled:
        below = [i for i in candidates if i > labelled[-1]]
        if below:
            return below[0]
        return max(candidates, key=lambda i: len(content[i].text))
    return candidates[0]


def _apart(first: Line, second: Line, lines: Sequence[Line]) -> bool:
    return any(not line.text and first.end <= line.start <= second.start for line in lines)


def _label_rest(content: Sequence[Line], labels: list[str], top: int) -> None:
    """Contacts, attachments, credits and the like among the lines after the headline."""
    listing = False
    for i in range(top, len(content)):
        text = content[i].text
        if kinds.is_contact_heading(text):
            labels[i] = "boilerplate"
            listing = True
            continue
        if kinds.is_photo_caption(text):
            labels[i] = "caption"
        elif _is_back_matter(text) or (listing and _is_listed(text)):
            labels[i] = "boilerplate"
        else:
            listing = False
    if "body" not in labels and "title" not in labels:
        for i in range(top, len(content)):
            labels[i] = "body"


def _is_back_matter(text: str) -> bool:
    return (
        kinds.is_rule(text)
        or kinds.is_footer(text)
        or kinds.is_byline(text)
        or kinds.is_date_line(text)
        or kinds.is_contact(text)
        or (kinds.is_header(text) and not _is_item(text))
    )


_BODY_ITEM = re.compile(r"[□○ㅇ※①-⑳➀-➓❶-❿]|\d{1,2}[.)]\s")
_ITEM = re.compile(r"[□○ㅇ※·•◦▪‣∙*]")


def _is_item(text: str) -> bool:
    """A list item of the body (``ㅇ 문의: …``) rather than a line of a head."""
    return _ITEM.match(text) is not None and not kinds.is_contact(text)


def _is_listed(text: str) -> bool:
    """A line of a list of contacts or files: no heading, no sentence, none of the body's bullets."""
    return (
        len(text) <= 160
        and not kinds.HEADING.match(text)
        and not kinds.ends(text, kinds.FULL_STOP)
        and not _BODY_ITEM.match(text)
    )


def _merge(content: Sequence[Line], labels: Sequence[str]) -> list[Section]:
    sections: list[Section] = []
    for line, label in zip(content, labels, strict=True):
        if sections and sections[-1].section == label:
            sections[-1] = Section(label, sections[-1].start, line.end)
        else:
            sections.append(Section(label, line.start, line.end))
    return sections


def _refine(text: str, sections: list[Section], found: Structure) -> list[Section]:
    """Cuts the repeated caption out of the first body section and ``끝.`` off the ends of bodies."""
    refined: list[Section] = []
    first = True
    for section in sections:
        if section.section != "body":
            refined.append(section)
            continue
        parts = [section]
        if first and found.caption:
            parts = cut_caption(text, section, found.caption)
        first = False
        parts[-1:] = cut_photo_caption(text, parts[-1])
        last = parts[-1]
        tail = _TAIL.search(text, max(last.start, last.end - 30), last.end)
        if last.section == "body" and tail and tail.start() > last.start:
            parts[-1:] = trimmed(
                text,
                Section("body", last.start, tail.start()),
                Section("boilerplate", tail.start(), last.end),
            )
        refined.extend(parts)
    return refined

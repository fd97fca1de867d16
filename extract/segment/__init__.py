"""From documents to articles: where each begins, its headline, caption, body, boilerplate and date.

>>> from extract.readers import Document
>>> [article] = segment(Document("a.txt", "제목입니다\\n\\n서울시는 6일 총회에 참석했다고 밝혔다.\\n"))
>>> article.title
'제목입니다'
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from extract.document import Section
from extract.readers.document import Document
from extract.segment.articles import stretches
from extract.segment.lines import Line, is_date_line, is_rule, split_lines
from extract.segment.published import dateline_date, filename_date, header_date, line_date, metadata_date
from extract.segment.quotation import quotation_spans
from extract.segment.sentences import sentence_spans
from extract.segment.structure import Structure, structure

__all__ = ["Segment", "quotation_spans", "segment", "segment_whole", "sentence_spans"]


@dataclass(frozen=True, slots=True)
class Segment:
    """One article of a document.

    Attributes:
        position: 0-based index within the document.
        text: the article's own stretch of the document, without the blank lines around it.
        title: its headline, without a bracketed kind and without marks of Markdown.
        kind: the bracketed kind of the headline (``영상``, ``전문``, …).
        caption: the caption line.
        published: the publication date, ``None`` when nothing says it.
        published_from: ``option field metadata header filename text``, or ``None``.
        input_id: the id that the input gives the text (``--id-column``), or ``None``.
        sections: stretches of ``text`` (code points, half open) in order, without overlap; they cover
            every character that is no white space.
    """

    position: int
    text: str
    title: str | None
    kind: str | None
    caption: str | None
    published: datetime.date | None
    published_from: str | None
    sections: list[Section]
    input_id: str | None = None


def segment(document: Document, published: datetime.date | None = None) -> list[Segment]:
    """The articles of ``document`` in order; none when it is blank.

    ``published`` is the date given by the user, which goes before all that the document says.
    """
    if document.whole:
        return [_record(document, published)]
    found: list[Segment] = []
    for lines, caption_first in stretches(split_lines(document.text)):
        content = _without_rules([line for line in lines if line.text])
        if not content:
            continue
        start, end = content[0].start, content[-1].end
        lines = [line for line in lines if start <= line.start <= end]
        text = document.text[start:end]
        shifted = [line._replace(start=line.start - start, end=line.end - start) for line in lines]
        headline = document.metadata.get("headline") or document.metadata.get("title")
        parts = structure(text, shifted, caption_first=caption_first, headline=headline)
        day, source = _published(document, parts, shifted, text, published)
        found.append(
            Segment(
                document.position + len(found),
                text,
                parts.title,
                parts.kind,
                parts.caption,
                day,
                source,
                parts.sections,
            )
        )
    return found


def segment_whole(text: str, published: datetime.date | None = None, *, source: str = "field") -> Segment:
    """``text`` as one article, kept to the character; ``source`` says where ``published`` came from."""
    lines = split_lines(text)
    parts = structure(text, lines)
    document = Document("", text)
    day, origin = _published(document, parts, lines, text, None)
    if published is not None:
        day, origin = published, source
    return Segment(0, text, parts.title, parts.kind, parts.caption, day, origin, parts.sections)


def _record(document: Document, published: datetime.date | None) -> Segment:
    """A row of a table or a line of JSON: one article, with the title and date of its columns."""
    text = document.text.strip()
    parts = structure(text, split_lines(text), headline=document.metadata.get("title"))
    day, source = _published(document, parts, split_lines(text), text, published)
    identifier = document.metadata.get("id")
    return Segment(
        document.position,
        text,
        parts.title,
        parts.kind,
        parts.caption,
        day,
        "field" if source == "metadata" else source,
        parts.sections,
        identifier,
    )


def _without_rules(content: list[Line]) -> list[Line]:
    """The lines without separating rules at their ends, unless there is nothing else."""
    inner = [number for number, line in enumerate(content) if not is_rule(line.text)]
    return content[inner[0] : inner[-1] + 1] if inner else content


def _published(
    document: Document,
    parts: Structure,
    lines: list[Line],
    text: str,
    option: datetime.date | None,
) -> tuple[datetime.date | None, str | None]:
    if option is not None:
        return option, "option"
    day = metadata_date(document.metadata.get("published", ""))
    if day:
        return day, "metadata"
    day = (
        header_date(parts.header, metadata_date(document.metadata.get("modified", "")))
        if parts.header
        else None
    )
    if day:
        return day, "header"
    day = filename_date(document.source)
    if day:
        return day, "filename"
    day = dateline_date(text)
    if day:
        return day, "text"
    edges = [line.text for line in lines if line.text]
    for line in [*edges[:6], *edges[-4:]]:
        if is_date_line(line) and (day := line_date(line)):
            return day, "text"
    return None, None

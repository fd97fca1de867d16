"""Paragraphs and tables of an office document, and the text they stand for.

Every reader of a structured format makes blocks; how they become lines is decided here, once:

- a paragraph is a line, with a blank line after it;
- a row of a table is a line ``| cell | cell |``; empty cells are left out;
- a table or row with one filled cell is a frame around text, as headlines and mastheads of press releases
  have, and gives its paragraphs; so does a row whose cells hold whole texts side by side, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.readers.marks import MASTHEAD, begins_item
from extract.readers.parts import Text

_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LONG_CELL = 200
"""A cell with more code points than this holds a text, not a value."""
_MANY_PARAGRAPHS = 6
_HEADLINE = 1.25
"""A headline's letters are larger than the running text's by this factor at least."""
_MAX_HEADLINE = 120
_MIN_HEADLINE = 6
_OPENING = 30


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text, and the size of its letters in points (0 when unknown)."""

    text: str
    size: float = 0.0


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell is a list of blocks."""

    rows: list[list[list[Paragraph | Table]]] = field(default_factory=list)


Block = Paragraph | Table


def render(blocks: Sequence[Block]) -> str:
    """The text of ``blocks``: paragraphs and rows of tables as lines."""
    return "\n\n".join(_lines(blocks, ordinary_size(blocks))) + "\n"


def rendered(blocks: Sequence[Block], metadata: dict[str, str]) -> Text:
    """``blocks`` as a text; the ``headline`` that its size shows joins the metadata."""
    found = headline(blocks)
    return Text(render(blocks), {**metadata, "headline": found} if found else metadata)


def headline(blocks: Sequence[Block]) -> str | None:
    """The largest paragraph before the running text, unless it is a masthead such as ``보도자료``."""
    ordinary = ordinary_size(blocks)
    best: Paragraph | None = None
    for paragraph in _opening(blocks, ordinary):
        text = clean(paragraph.text)
        if (
            ordinary
            and paragraph.size >= _HEADLINE * ordinary
            and _MIN_HEADLINE <= len(text) <= _MAX_HEADLINE
            and not MASTHEAD.match(text)
            and (best is None or paragraph.size > best.size + 0.5)
        ):
            best = Paragraph(text, paragraph.size)
    return best.text if best else None


def _opening(blocks: Sequence[Block], ordinary: float) -> Iterator[Paragraph]:
    """Paragraphs from the top, those in frames as well, up to the first long one of ordinary size."""
    for seen, paragraph in enumerate(_flattened(blocks, ordinary)):
        if seen >= _OPENING or (
            len(paragraph.text) > _MAX_HEADLINE and paragraph.size < _HEADLINE * ordinary
        ):
            return
        yield paragraph


def _flattened(blocks: Sequence[Block], ordinary: float) -> Iterator[Paragraph]:
    for block in join_headline(blocks, ordinary):
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _flattened(cell, ordinary)


def _lines(blocks: Sequence[Block], ordinary: float = 0.0) -> Iterator[str]:
    """Chunks of text that a blank line parts: a paragraph, or consecutive rows of a table."""
    for block in join_headline(blocks, ordinary):
        if isinstance(block, Paragraph):
            text = clean(block.text)
            if text:
                yield text
        else:
            yield from _table(block, ordinary)


def _table(table: Table, ordinary: float) -> Iterator[str]:
    rows: list[str] = []
    for row in table.rows:
        filled = [(cell, lines) for cell in row if (lines := list(_lines(cell, ordinary)))]
        if len(filled) > 1 and not any(_is_text(cell, lines) for cell, lines in filled):
            rows.append("| " + " | ".join(" ".join(" ".join(lines).split()) for _, lines in filled) + " |")
            continue
        if rows:
            yield "\n".join(rows)
            rows = []
        for _, lines in filled:
            yield from lines
    if rows:
        yield "\n".join(rows)


def _is_text(cell: Sequence[Block], lines: Sequence[str]) -> bool:
    """The cell holds a text or a table of its own, not a value."""
    return (
        len(lines) > _MANY_PARAGRAPHS
        or sum(map(len, lines)) > _LONG_CELL
        or any(isinstance(block, Table) and len(block.rows) > 1 for block in cell)
    )


def clean(text: str) -> str:
    """``text`` with runs of blanks as one; a line broken by hand goes on, unless a bullet follows."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _BLANKS.sub(" ", raw).strip()
        if line and lines and not begins_item(line):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return "\n".join(lines)


def join_headline(blocks: Sequence[Block], ordinary: float) -> list[Block]:
    """A headline that runs over several paragraphs of one size as one paragraph.

    ``ordinary`` is the letter size of the running text in points; 0 when unknown, which joins nothing.
    """
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and ordinary
            and min(block.size, before.size) >= _HEADLINE * ordinary
            and abs(block.size - before.size) < 1
            and len(before.text) + len(block.text) <= _MAX_HEADLINE
            and not begins_item(block.text)
            and not begins_item(before.text)
        ):
            joined[-1] = Paragraph(f"{before.text.strip()} {block.text.strip()}", before.size)
        else:
            joined.append(block)
    return joined


def ordinary_size(blocks: Sequence[Block]) -> float:
    """The letter size in which most of the text stands; 0 when none is known."""
    lengths: dict[float, int] = {}
    _measure(blocks, lengths)
    return max(lengths, key=lambda size: (lengths[size], size), default=0.0)


def _measure(blocks: Sequence[Block], lengths: dict[float, int]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.size:
                lengths[block.size] = lengths.get(block.size, 0) + len(block.text)
        else:
            for row in block.rows:
                for cell in row:
                    _measure(cell, lengths)

"""Lines of a PDF joined into paragraphs, and rows of its tables into tables."""

from __future__ import annotations

from collections.abc import Sequence

from extract.readers.blocks import Block, Paragraph, Table
from extract.readers.line_ends import Joiner
from extract.readers.marks import begins_item, ends_sentence
from extract.readers.pdf_layout import Page, PageLine

_LEADING = 2.1
"""Baselines of one paragraph are at most so many letter heights apart."""
_INDENT = 0.7
_SIZES = 1.18


def paragraphs(pages: Sequence[Page]) -> list[Block]:
    """Blocks of all pages in order; a paragraph may go on over a page or column break."""
    builder = _Builder()
    for page in pages:
        for column in page.columns:
            builder.column(column)
    return builder.finish()


class _Builder:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[PageLine] = []
        self.joiner = Joiner()
        self.margin = 0.0
        self.broken = False

    def column(self, lines: Sequence[PageLine]) -> None:
        """Adds the lines of one column."""
        margins = _margins(lines)
        self.broken = True
        for line, margin in zip(lines, margins, strict=True):
            if len(line.cells) > 1:
                self.close()
                row: list[list[Block]] = [[Paragraph(cell.text, cell.size)] for cell in line.cells]
                last = self.blocks[-1] if self.blocks else None
                if isinstance(last, Table):
                    last.rows.append(row)
                else:
                    self.blocks.append(Table([row]))
            else:
                if self.lines and not self.goes_on(line, margin):
                    self.close()
                self.lines.append(line)
            self.margin = margin
            self.broken = False

    def goes_on(self, line: PageLine, margin: float) -> bool:
        """Whether ``line`` continues the open paragraph."""
        last = self.lines[-1]
        if begins_item(line.text) or max(line.size, last.size) > _SIZES * min(line.size, last.size):
            return False
        if self.hangs(line):
            return True
        first_word = line.text.split(" ", 1)[0]
        room = self.margin - last.right
        if room > line.size * (len(first_word) + 0.8):
            return False
        if self.broken:
            return not ends_sentence(last.text)
        if last.y - line.y > _LEADING * max(line.size, last.size):
            return False
        indented = line.left > last.left + _INDENT * line.size
        return not (indented and ends_sentence(last.text) and not begins_item(self.lines[0].text))

    def hangs(self, line: PageLine) -> bool:
        """The open paragraph is a list item in mid-sentence, and ``line`` stands below its text."""
        first, last = self.lines[0], self.lines[-1]
        return (
            not self.broken
            and begins_item(first.text)
            and not ends_sentence(last.text)
            and first.left + _INDENT * line.size < line.left < first.left + 3 * line.size
            and last.y - line.y <= _LEADING * max(line.size, last.size)
            and last.right - first.left > 0.75 * (self.margin - first.left)
        )

    def close(self) -> None:
        """Ends the open paragraph."""
        if not self.lines:
            return
        text = self.joiner.join([(line.text, line.cells[-1].spaced) for line in self.lines])
        self.blocks.append(Paragraph(text, max(line.size for line in self.lines)))
        self.lines = []

    def finish(self) -> list[Block]:
        """All blocks."""
        self.close()
        return self.blocks


def _margins(lines: Sequence[PageLine]) -> list[float]:
    """For each line the right margin of the text around it: the furthest right edge in its neighbourhood."""
    reach = 12
    edges = [line.right if len(line.cells) == 1 else 0.0 for line in lines]
    return [max(edges[max(0, i - reach) : i + reach + 1]) for i in range(len(lines))]

"""From runs of characters to the lines of a page in reading order: columns, rows, headers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.readers.pdf_chars import Run

_EDGE = 0.12
"""Headers, footers and page numbers stand within this share of the page's height from its edges."""
_PAGE_NUMBER = re.compile(
    r"[-–—‒―~<(\[|\s]*\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?[-–—‒―~>)\]|\s]*$|(?:page|p\.|쪽|페이지)\s?\d{1,4}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_GUTTER = 1.0
_COLUMN_LINES = 5
_COLUMN_FILL = 0.6
_BLANK = 0.12
_MAX_RUNS = 300
"""So many runs of one line are looked at together."""
_CELL_GAP = 1.3
_MOST_RUNS = 20_000


@dataclass(slots=True)
class Cell:
    """Text of one line without a wide gap; ``spaced``: a blank ends it in the file."""

    text: str
    left: float
    right: float
    size: float
    spaced: bool


@dataclass(slots=True)
class PageLine:
    """One line of a column: its cells from left to right, and its baseline (points, upwards)."""

    cells: list[Cell]
    y: float

    @property
    def text(self) -> str:
        """The cells' texts with blanks between."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Right edge in points."""
        return self.cells[-1].right

    @property
    def size(self) -> float:
        """Height of its largest letters in points."""
        return max(cell.size for cell in self.cells)


@dataclass(slots=True)
class Page:
    """Columns (and full-width bands between them) in reading order, each a list of lines from the top."""

    height: float
    columns: list[list[PageLine]]


def layout(runs: Sequence[Run], height: float) -> Page:
    """The page whose runs are ``runs``; as the file draws them where no page of a text has so many."""
    if len(runs) > _MOST_RUNS:
        return Page(height, [[_line([run]) for run in runs]])
    return Page(height, [lines for part in _columns(list(runs)) if (lines := _lines(part))])


def _columns(runs: list[Run]) -> list[list[Run]]:
    """``runs`` as columns side by side and bands across them, in reading order."""
    if len(runs) < 2 * _COLUMN_LINES:
        return [runs]
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    gutter = _gutter([run for run in runs if run.right - run.left < 0.6 * (right - left)], left, right)
    if gutter is None:
        return [runs]
    parts: list[list[Run]] = []
    band: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if run.left < gutter < run.right:
            parts.extend(_band(band, gutter))
            band = []
            if parts and parts[-1] and parts[-1][-1].left < gutter < parts[-1][-1].right:
                parts[-1].append(run)
            else:
                parts.append([run])
        else:
            band.append(run)
    parts.extend(_band(band, gutter))
    if any(_is_column(part, gutter) for part in parts):
        return _merged(parts, gutter)
    return [runs]


def _merged(parts: list[list[Run]], gutter: float) -> list[list[Run]]:
    """Parts in which what is no column goes together with its neighbours."""
    merged: list[list[Run]] = []
    open_ = False
    for part in parts:
        column = _is_column(part, gutter)
        if merged and open_ and not column:
            merged[-1].extend(part)
        else:
            merged.append(list(part))
        open_ = not column
    return merged


def _is_column(part: Sequence[Run], gutter: float) -> bool:
    return len(part) >= _COLUMN_LINES and (
        all(run.right <= gutter for run in part) or all(run.left >= gutter for run in part)
    )


def _gutter(runs: Sequence[Run], left: float, right: float) -> float | None:
    """The middle of the widest strip near the middle that none of ``runs`` touches."""
    if len(runs) < 2 * _COLUMN_LINES:
        return None
    size = sorted(run.size for run in runs)[len(runs) // 2]
    edge, best = left, (0.0, 0.0)
    for run in sorted(runs, key=lambda run: run.left):
        if run.left - edge > best[0]:
            middle = (run.left + edge) / 2
            if left + 0.3 * (right - left) < middle < left + 0.7 * (right - left):
                best = (run.left - edge, middle)
        edge = max(edge, run.right)
    return best[1] if best[0] >= _GUTTER * size else None


def _band(band: list[Run], gutter: float) -> list[list[Run]]:
    """The runs between two full-width lines: two columns when both sides hold running text."""
    if not band:
        return []
    sides = [run for run in band if run.right <= gutter], [run for run in band if run.left >= gutter]
    if all(_is_text(side) for side in sides):
        return [list(side) for side in sides]
    return [band]


def _is_text(side: Sequence[Run]) -> bool:
    """Lines that fill their column, as those of running text do and those of a table do not."""
    if len(side) < _COLUMN_LINES:
        return False
    width = max(run.right for run in side) - min(run.left for run in side)
    filled = sum(len(run.text) for run in side if run.right - run.left >= _COLUMN_FILL * width)
    size = sorted(run.size for run in side)[len(side) // 2]
    return filled >= 0.6 * sum(len(run.text) for run in side) and width >= 12 * size


def _lines(runs: Sequence[Run]) -> list[PageLine]:
    """Runs of one column as lines; raised and lowered letters belong to the line beside them."""
    open_: list[list[Run]] = []
    done: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-(run.y + run.size / 2), run.left)):
        for line in open_:
            if _beside(line, run):
                line.append(run)
                break
        else:
            open_.append([run])
        if len(open_) > 8:
            done.append(open_.pop(0))
    return _with_labels([_line(line) for line in sorted(done + open_, key=lambda line: -_base(line).y)])


def _with_labels(lines: list[PageLine]) -> list[PageLine]:
    """Lines in which a label set between the two lines on its right stands before the upper one."""
    placed: list[PageLine] = []
    for i, line in enumerate(lines):
        upper = placed[-1] if placed else None
        lower = lines[i + 1] if i + 1 < len(lines) else None
        if upper and lower and len(line.cells) == 1 and _stands_between(line, upper, lower):
            upper.cells.insert(0, line.cells[0])
        else:
            placed.append(line)
    return placed


def _stands_between(label: PageLine, upper: PageLine, lower: PageLine) -> bool:
    reach = 1.2 * max(label.size, upper.size)
    return (
        label.right <= min(upper.left, lower.left) + 0.3 * label.size
        and upper.y - label.y < reach
        and label.y - lower.y < reach
        and label.right - label.left < 12 * label.size
    )


def _base(line: Sequence[Run]) -> Run:
    """The run that gives the line its height: the largest, among equals the longest."""
    return max(line, key=lambda run: (round(run.size, 1), run.right - run.left))


def _beside(line: Sequence[Run], run: Run) -> bool:
    if len(line) >= _MAX_RUNS:
        return False
    base = _base(line)
    overlap = min(base.y + base.size, run.y + run.size) - max(base.y, run.y)
    if overlap < 0.6 * min(base.size, run.size):
        return False
    slack = 0.4 * min(base.size, run.size)
    return all(run.left >= other.right - slack or run.right <= other.left + slack for other in line)


def _line(runs: list[Run]) -> PageLine:
    cells: list[Cell] = []
    base = _base(runs)
    for run in sorted(runs, key=lambda run: run.left):
        last = cells[-1] if cells else None
        if last and run.left - last.right <= _CELL_GAP * max(last.size, run.size):
            parted = last.spaced or run.left - last.right > _BLANK * max(last.size, run.size)
            last.text += f" {run.text}" if parted else run.text
            last.right, last.spaced = run.right, run.spaced
            last.size = max(last.size, run.size)
        else:
            cells.append(Cell(run.text, run.left, run.right, run.size, run.spaced))
    return PageLine(cells, base.y)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], str]:
    """Pages without page numbers, running footers, and repetitions of running headers.

    The first appearance of a running header stays, for it may be the masthead. Also gives the footers' text.
    """
    seen: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        seen.update({_key(page, line) for line in _edge_lines(page)})
    kept_headers: set[tuple[str, bool]] = set()
    footers: dict[str, None] = {}
    cleaned = []
    for page in pages:
        edge = {id(line) for line in _edge_lines(page)}
        columns = []
        for column in page.columns:
            lines = []
            for line in column:
                key = _key(page, line)
                if id(line) in edge and _PAGE_NUMBER.match(line.text):
                    continue
                if id(line) in edge and seen[key] >= 2 and 2 * seen[key] >= len(pages):
                    if not key[1]:
                        footers[line.text] = None
                        continue
                    if key in kept_headers:
                        continue
                    kept_headers.add(key)
                lines.append(line)
            if lines:
                columns.append(lines)
        cleaned.append(Page(page.height, columns))
    return cleaned, " ".join(footers)


def _edge_lines(page: Page) -> Iterable[PageLine]:
    for column in page.columns:
        for line in column:
            if line.y > (1 - _EDGE) * page.height or line.y < _EDGE * page.height:
                yield line


def _key(page: Page, line: PageLine) -> tuple[str, bool]:
    """What a running line has in common on all pages: its words without numbers, and top or bottom."""
    return _DIGITS.sub("#", line.text), line.y > page.height / 2

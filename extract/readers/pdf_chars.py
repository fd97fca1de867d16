"""What stands where on a page of a PDF: runs of characters with their boxes, from pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

_HYPHENS = (0x2, 0xFFFE)
"""What pdfium gives for a hyphen at a line's end that only parts a word."""
_CELL_GAP = 1.3
"""A gap wider than this, in letter heights, parts two cells or columns."""
_SHIFT = 0.35
"""A character whose baseline differs by more than this, in letter heights, stands on another line."""


class Run(NamedTuple):
    """Characters of one line without a wide gap: text, box in points (y upwards), and letter height.

    ``spaced``: a blank stands after the last letter, so the word ends with the run.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    spaced: bool


def page_runs(textpage: Any) -> list[Run]:
    """The runs of a page in the order in which the file draws them."""
    runs: list[Run] = []
    letters: list[str] = []
    left = right = baseline = size = 0.0

    def close() -> None:
        text = "".join(letters)
        if text.strip():
            bare = text.rstrip()
            runs.append(Run(bare.lstrip(), left, right, baseline, size, len(bare) < len(text)))
        letters.clear()

    for letter, generated, x0, x1, y, height in _characters(textpage):
        if generated:
            if letter == " " and letters:
                letters.append(" ")
            continue
        blank = letter.isspace()
        if letters:
            moved = abs(y - baseline) > _SHIFT * max(size, height)
            gap = x0 - right
            if moved or gap > _CELL_GAP * max(size, 1.0) or gap < -2.0 * max(size, 1.0):
                if blank:
                    letters.append(" ")
                    continue
                close()
        if not letters:
            if blank:
                continue
            left, baseline, size = x0, y, height
        letters.append(" " if blank else letter)
        if not blank:
            right = x1
            size = max(size, height)
    close()
    return runs


def _characters(textpage: Any) -> Iterator[tuple[str, bool, float, float, float, float]]:
    """Letter, whether pdfium made it up, left, right, baseline and height of every character."""
    handle = textpage.raw
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in _HYPHENS:
            code = ord("-")
        if code in (0, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
            continue
        letter = chr(code)
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            yield letter, True, 0.0, 0.0, 0.0, 0.0
            continue
        if letter in "\r\n":
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        yield letter, False, box.left, box.right, y.value, abs(box.top - box.bottom)

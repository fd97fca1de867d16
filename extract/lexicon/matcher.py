"""How a lexicon form and a stretch of text are compared: by squeezed form, then by spacing and case."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.lexicon.rows import Row

DOTS = "·․ㆍ∙‧・•⋅᛫"
_DASHES = "‐‑‒–—―−－~∼～"
SKIP = frozenset(DOTS + " \t\n\r\f\v\u00a0\u3000\u200b\u200c\u200d\ufeff\u2009\u2002\u2003\u202f")
"""White space and middle dots: they fall out before forms and text meet."""
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FOLD.update({ord(dash): ord("-") for dash in _DASHES})
LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
FOLDED = re.compile("[" + "".join(map(re.escape, map(chr, FOLD))) + "]")
SKIPPED = re.compile("[" + "".join(map(re.escape, sorted(SKIP))) + "]")
UPPER = re.compile("[A-Z]+")
FOLD_AND_LOWER = {**FOLD, **LOWER, **{code + 0xFEE0: code + 32 for code in LOWER}}
MIN_SPACED = 5
"""Shortest form, squeezed, that may match across a space which the form itself does not have."""


class Hit(NamedTuple):
    """A lexicon form found in a text: half-open code-point span, and each row that claims it with its guard."""

    start: int
    end: int
    rows: tuple[tuple[Row, str], ...]


def squeeze(text: str) -> str:
    """The form under which lexicon entries and text are compared."""
    folded = text.translate(FOLD_AND_LOWER)
    return folded if folded.isalnum() else "".join([char for char in folded if char not in SKIP])


def fits(form: str, squeezed: str, surface: str) -> bool:
    """Whether ``surface`` may stand for ``form`` although spacing or case differ.

    Args:
        form: the form as the lexicon has it.
        squeezed: the surface without white space and dots, half-width, its case kept.
        surface: the stretch of the text.
    """
    if surface == form:
        return True
    length = len(squeezed)
    if length <= 5 and form.isascii() and form.upper() == form and squeezed != _without_skipped(form):
        return False  # acronyms keep their case: WHO is not who
    if len(surface) == length:
        return True
    gaps = sum(char in SKIP and char not in DOTS for char in surface)
    if gaps <= sum(char == " " for char in form) or length >= MIN_SPACED:
        return "\n" not in surface
    return length >= 3 and len(surface) == 2 * length - 1 and not surface[1::2].strip(" ")  # 공 정 위


def _without_skipped(text: str) -> str:
    return "".join([char for char in text.translate(FOLD) if char not in SKIP])

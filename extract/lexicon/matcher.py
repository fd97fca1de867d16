"""One automaton over all lexicon forms, tolerant of spacing, middle dots, width and case.

Text and forms are *squeezed* before they meet: white space and middle dots fall out, full-width
characters become half-width, Latin letters lower case. A table maps every squeezed character back to its
place, so hits carry code-point offsets of the original text.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import daachorse

from extract.lexicon.load import Lexicon, Row
from extract.lexicon.schema import FILES

_DOTS = "·․ㆍ∙‧・•⋅᛫"
_DASHES = "‐‑‒–—―−－~∼～"
_SKIP = frozenset(_DOTS + " \t\n\r\f\v\u00a0\u3000\u200b\u200c\u200d\ufeff\u2009\u2002\u2003\u202f")
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD.update({ord(dash): ord("-") for dash in _DASHES})
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
MIN_SPACED = 5
"""Shortest form, squeezed, that may match across a space which the form itself does not have."""


class Hit(NamedTuple):
    """A lexicon form found in a text: half-open code-point span, and each row that claims it with its guard."""

    start: int
    end: int
    rows: tuple[tuple[Row, str], ...]


def squeeze(text: str) -> str:
    """The form under which lexicon entries and text are compared."""
    folded = text.translate(_FOLD).translate(_LOWER)
    return "".join([char for char in folded if char not in _SKIP])


class Matcher:
    """All forms of the given lexicon files in one automaton.

    Args:
        lexicon: the loaded lexicon.
        files: lexicon files whose rows are matched; by default all whose rows can be mentions.
    """

    def __init__(self, lexicon: Lexicon, files: Iterable[str] | None = None) -> None:
        names = tuple(files) if files is not None else tuple(n for n, s in FILES.items() if s.taggable)
        claims: dict[str, list[tuple[Row, str, str]]] = {}
        for name in names:
            for row in lexicon.rows(name):
                for form, guard in row.guarded_forms:
                    key = squeeze(form)
                    if key and guard != "evidence":
                        claims.setdefault(key, []).append((row, form, guard))
        keys = sorted(claims)
        self._claims = [tuple(claims[key]) for key in keys]
        self._automaton = _automaton(keys, f"{lexicon.fingerprint}-{'-'.join(names)}") if keys else None

    def __len__(self) -> int:
        return len(self._claims)

    def scan(self, text: str) -> Iterator[Hit]:
        """Every form in ``text``, overlapping ones too, ordered by end; borders are the caller's concern."""
        if self._automaton is None:
            return
        folded = text.translate(_FOLD)
        index = [i for i, char in enumerate(folded) if char not in _SKIP]
        squeezed = folded if len(index) == len(folded) else "".join([folded[i] for i in index])
        lowered = squeezed.translate(_LOWER)
        for start, end, pattern in self._automaton.find_overlapping(lowered):
            claims = self._claims[pattern]
            first, last = index[start], index[end - 1] + 1
            rows = tuple(
                (row, guard)
                for row, form, guard in claims
                if _fits(form, squeezed[start:end], text[first:last], end - start)
            )
            if rows:
                yield Hit(first, last, rows)


def _fits(form: str, squeezed: str, surface: str, length: int) -> bool:
    """Whether a surface may stand for a form although spacing or case differ."""
    if surface == form:
        return True
    if form.isascii() and length <= 5 and form.upper() == form and squeezed != _squeeze_width(form):
        return False  # acronyms keep their case: WHO is not who
    if len(surface) == length:
        return True
    gaps = sum(char in _SKIP and char not in _DOTS for char in surface)
    if gaps <= sum(char == " " for char in form) or length >= MIN_SPACED:
        return "\n" not in surface
    return length >= 3 and len(surface) == 2 * length - 1 and not surface[1::2].strip(" ")  # 공 정 위


def _squeeze_width(text: str) -> str:
    """Like :func:`squeeze`, but the case stays."""
    return "".join([char for char in text.translate(_FOLD) if char not in _SKIP])


def cache_folder() -> Path:
    """Where compiled automata are kept: ``$EXTRACT_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("EXTRACT_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "extract-ko"


def _automaton(keys: list[str], name: str) -> Any:
    """The automaton over ``keys``, from the cache when it is there and whole, else built and cached."""
    path = cache_folder() / f"{name}.automaton"
    try:
        count, data = pickle.loads(path.read_bytes())
        if count == len(keys):
            return daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(data)
    except FileNotFoundError:
        pass
    except Exception:
        path.unlink(missing_ok=True)
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(keys)
    _store(path, pickle.dumps((len(keys), automaton.serialize())))
    return automaton


def _store(path: Path, data: bytes) -> None:
    """Write ``data`` under ``path`` in one step; a cache that cannot be written is simply not kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
    except OSError:
        return

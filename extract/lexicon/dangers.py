"""What Kiwi says about a user's names: short ones that are common words, and ones with a particle at an end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import regex

from extract.lexicon import Lexicon, Problem, Row
from extract.lexicon.folder import NAME_FILES
from extract.lexicon.matcher import squeeze

SHORT = 2
"""A name of so many syllables needs a guard when it is a common word, too."""
_HANGUL = regex.compile(r"[가-힣]+")
_FIRM = regex.compile(r"㈜|㈔|㈐|[(（](?:주|재|사|유)[)）]|주식회사\s")
_MARKS = "‘’“”'\"「」『』〈〉《》<>()（）[]"


def own_rows(lexicon: Lexicon) -> Iterator[Row]:
    """The rows of names that stand in the user's folders."""
    shipped = str(lexicon.folders[0]) + os.sep
    for file in NAME_FILES:
        for row in lexicon.rows(file):
            if not row.where.startswith(shipped):
                yield row


def dangerous(rows: Iterable[Row], particles: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Warnings about forms of ``rows`` that would tag common words, or that no text can match.

    Kiwi is asked only about short forms and forms that end like a particle, each once.
    """
    for row in rows:
        for form, guard in row.guarded_forms:
            key = squeeze(form)
            mark = _FIRM.match(form)
            if mark is not None or (form and (form[0] in _MARKS and form[-1] in _MARKS)):
                shown = mark.group().strip() if mark is not None else f"{form[0]}{form[-1]}"
                yield Problem(
                    "warning", row.where, f"{form!r} begins with {shown}", "write the name alone, without it"
                )
            elif not guard and len(key) <= SHORT and _HANGUL.fullmatch(key):
                word = _common_word(form)
                if word:
                    yield Problem(
                        "warning",
                        row.where,
                        f"{form!r} is a common word, too (Kiwi: {word})",
                        "set its guard to proper or context",
                    )
            elif particles and _particle_end(form, particles):
                particle = _particle(form)
                if particle:
                    yield Problem(
                        "warning",
                        row.where,
                        f"{form!r} ends with the particle {particle!r}",
                        "write the name without it",
                    )


def _common_word(form: str) -> str:
    """How Kiwi reads a form that is one word of its dictionary and no proper noun; else empty."""
    tokens = _tokens(form)
    if len(tokens) == 1 and not tokens[0].oov and tokens[0].tag not in ("NNP", "SL", "SH"):
        return f"{tokens[0].form}/{tokens[0].tag}"
    return ""


def _particle_end(form: str, particles: frozenset[str]) -> bool:
    return any(form[-length:] in particles for length in range(1, min(4, len(form) - 1) + 1))


def _particle(form: str) -> str:
    """The particle that Kiwi reads at the end of a form; else empty."""
    tokens = _tokens(form)
    return tokens[-1].form if len(tokens) > 1 and tokens[-1].tag[0] == "J" else ""


def _tokens(form: str) -> list[Any]:
    from extract.tokenise.kiwi import shared_kiwi

    return list(shared_kiwi().tokenize(form))

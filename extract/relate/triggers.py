"""The trigger words of events: the rows of ``events.csv`` as alternations."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from extract.expression import Expression
from extract.lexicon import Lexicon


class TriggerWords:
    """Words by kind: ``event`` names an occasion, ``act`` is the event itself, ``hold``/``attend`` take an occasion.

    ``words`` maps a form to its event type, kind and row id.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.words: dict[str, tuple[str, str, str]] = {}
        forms: dict[str, list[str]] = {"event": [], "act": [], "hold": [], "attend": []}
        for row in lexicon.rows("events"):
            kind = row["kind"]
            for form in row.forms:
                for word in (form.strip(), form.replace(" ", "")):
                    self.words.setdefault(word, (row["type"], kind, row.id))
                group = kind if kind in forms else "act"
                forms[group].append(form)
        self.occasion = Forms(forms["event"])
        self.act = Forms(forms["act"])
        self.hold = Expression(body_of(forms["hold"] + forms["attend"]))
        self.attend = Expression(body_of(forms["attend"]))


class Forms:
    """Finds word forms in a text, leftmost and longest; a space in a form may be missing."""

    def __init__(self, forms: Sequence[str]) -> None:
        words = sorted({word.strip() for form in forms for word in (form, form.replace(" ", ""))} - {""})
        self._automaton = (
            CharwiseDoubleArrayAhoCorasick(words, match_kind=MATCH_KIND_LEFTMOST_LONGEST) if words else None
        )

    def __call__(self, text: str) -> list[tuple[int, int]]:
        """Half-open spans, in order, none overlapping another."""
        return [(start, end) for start, end, _ in self._automaton.find(text)] if self._automaton else []


def body_of(forms: list[str]) -> str:
    """An alternation of word forms; a space in a form may be missing in the text."""
    parts = sorted(
        {regex.escape(f).replace(r"\\s", r"\s").replace(r"\ ", r"\s?") for f in forms}, key=len, reverse=True
    )
    return "(?:" + "|".join(parts) + ")" if parts else "(?!)"


HEADLINE_TAIL = Expression(r"\s?(?:성료|성황|개최|열려|열어|마쳐|참석|진행|실시|$|\.|,|및\s|…)")

"""The trigger words of events: the rows of ``events.csv`` as alternations."""

from __future__ import annotations

import regex

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
                self.words.setdefault(form.strip(), (row["type"], kind, row.id))
                group = kind if kind in forms else "act"
                forms[group].append(form)
        self.occasion = alternation(forms["event"])
        self.act = alternation(forms["act"])
        self.hold = regex.compile(body_of(forms["hold"] + forms["attend"]))
        self.attend = regex.compile(body_of(forms["attend"]))
        self.either = alternation(forms["event"] + forms["act"])


def body_of(forms: list[str]) -> str:
    """An alternation of word forms; a space in a form may be missing in the text."""
    parts = sorted(
        {regex.escape(f).replace(r"\\s", r"\s").replace(r"\ ", r"\s?") for f in forms}, key=len, reverse=True
    )
    return "(?:" + "|".join(parts) + ")" if parts else "(?!)"


def alternation(forms: list[str]) -> regex.Pattern[str]:
    """The compiled alternation of word forms."""
    return regex.compile(body_of(forms))


HEADLINE_TAIL = regex.compile(r"\s?(?:성료|성황|개최|열려|열어|마쳐|참석|진행|실시|$|\.|,|및\s|…)")

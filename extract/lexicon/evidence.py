"""What the words around a name say about it: a title after it, how it ends, a gloss, quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extract.lexicon import Lexicon
from extract.tag.layout import Layout
from extract.tag.names import NameModel
from extract.tag.titles import TitleFinder

_OPENERS = "‘’“”'\"「『〈《<"
_CLOSERS = "’‘”“'\"」』〉》>"
_SHORT_FOR = regex.compile(
    rf"[{_CLOSERS}]?\s?[(（]\s?(?:이하|약칭)\s?[{_OPENERS}]?([^)）{_CLOSERS}]{{2,30}}+)"
)
_GLOSS = regex.compile(rf"[{_CLOSERS}]?\s?[(（]([A-Z][\p{{Latin}}0-9&.,'’\- ]{{1,60}}+)[)）]")
_PLACE_PARTICLES = ("에서", "에는", "에 ", "으로", "까지 ", "행 ")
NAME_LIKE = 0.5
"""From this likeness on (``NameModel``), a word alone is taken for a Korean personal name."""


class Clue(NamedTuple):
    """One piece of evidence: how it is shown, and the label and subtype that it speaks for with what weight."""

    shown: str
    label: str | None = None
    subtype: str | None = None
    weight: int = 0


class Clues:
    """Evidence about stretches of an article, by the titles, suffixes and names of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.titles = TitleFinder(lexicon)
        self.names = NameModel(lexicon)
        self.endings: dict[str, tuple[str, str | None, int]] = {}
        for file, label in (("org_suffixes", "ORG"), ("place_suffixes", "PLACE")):
            for row in lexicon.rows(file):
                weight = 3 if row["strength"] == "strong" else 1
                for form in row.forms:
                    self.endings.setdefault(form, (row.label or label, row.subtype, weight))
        self.longest = max(map(len, self.endings), default=0)

    def __call__(self, layout: Layout, start: int, end: int) -> Iterator[Clue]:
        """All evidence about ``layout.text[start:end]``, half open, in code points."""
        text = layout.text
        name = text[start:end]
        like_a_person = self.names.score_span(layout, start, end)
        follows = layout.run_at(end + 1) if text[end : end + 1] == " " else None
        if follows is not None and follows.start == end + 1:
            head = self.titles.head(text[follows.start : follows.end])
            person = like_a_person >= 0.35 or " " in name
            firm = head is not None and head[1]["strength"] == "strong" and head[0] != "시장"
            if head is not None and len(head[0]) > 1 and (person or firm):  # 감사 and 시장 are words, too
                label = "PERSON" if person else "ORG"
                yield Clue(f"title follows: {head[0]}", label, None, 2)
        if like_a_person >= NAME_LIKE:
            yield Clue("like a personal name", "PERSON", None, 2)
        for length in range(min(self.longest, len(name) - 1), 0, -1):
            found = self.endings.get(name[-length:])
            if found is not None:
                if length > 1:
                    yield Clue(f"suffix: {name[-length:]}", *found)
                break
        short = _SHORT_FOR.match(text, end)
        if short is not None:
            yield Clue(f"(이하 {short.group(1).strip()})", "ORG", None, 2)
        gloss = _GLOSS.match(text, end)
        if gloss is not None:
            initials = gloss.group(1).isupper()
            yield Clue(f"gloss: {gloss.group(1)}", "ORG" if initials else None, None, 2 if initials else 0)
        if text[start - 1 : start] and text[start - 1] in _OPENERS and text[end : end + 1] in tuple(_CLOSERS):
            yield Clue("in quotation marks")
        if text.startswith(_PLACE_PARTICLES, end):
            yield Clue("followed by 에서, 에 or 으로", "PLACE", None, 1)

"""One article as the relation rules see it: units (sentences with their quotations kept whole), lazily parsed.

A :class:`Unit` is a sentence, or several where the sentence splitter cut inside a quotation. What is costly
(phrases, predicates) is computed only for the units in which a trigger or a quotation was found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Generic, TypeVar

from extract.document import Analysis, Morpheme, Title
from extract.expression import Expression
from extract.model import Date, Entity, Mention
from extract.relate.marks import Span
from extract.relate.phrases import Phrase, PhraseBuilder
from extract.relate.predicates import Predicate, find_predicates
from extract.relate.references import Pointer
from extract.resolve.names import same_office

_NOMINAL_END = Expression(r"(?:다|요|까|죠|음|함|됨|임|오|라)[.!?”\"’')\]\s…]*$")


T = TypeVar("T")


class Once(Generic[T]):
    """``cached_property`` without its lock, which takes longer than much of what is found out here."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find

    def __get__(self, unit: Unit, _: type) -> T:
        found = unit.__dict__[self._find.__name__] = self._find(unit)
        return found


class Unit:
    """A sentence of the article. ``start``/``end`` are code points of the article's text, half open.

    Most sentences are never asked for more than their place; the rest is found out when it is asked for.
    """

    def __init__(self, view: View, index: int, start: int, end: int, section: str, sentence_id: str) -> None:
        self.view = view
        self.index = index
        self.start = start
        self.end = end
        self.section = section
        self.sentence_id = sentence_id
        self.subjects: dict[Any, Any] = {}  # what ``clauses.subject_of`` found
        self.marks: list[Any] | None = None  # what ``clauses.subject_marks`` found

    @property
    def text(self) -> str:
        """The unit as it stands."""
        return self.view.text[self.start : self.end]

    @Once
    def first(self) -> int:
        """Index of its first morpheme in the article's."""
        return self.view.morpheme_index(self.start)

    @Once
    def last(self) -> int:
        """One past the index of its last morpheme."""
        return self.view.morpheme_index(self.end)

    @property
    def morphemes(self) -> Sequence[Morpheme]:
        """Kiwi's morphemes of the unit."""
        return self.view.morphemes[self.first : self.last]

    @Once
    def phrases(self) -> list[Phrase]:
        """Noun phrases headed by a mention, a title or a pronoun, in order."""
        return self.view.builder.build(self)

    @Once
    def predicates(self) -> list[Predicate]:
        """Verbs and adjectives with their endings, in order."""
        found = find_predicates(self.morphemes)
        over = self.view.mention_over
        return [p for p in found if (m := over(p.start)) is None or m.end < p.end]

    @Once
    def headline(self) -> bool:
        """Whether the unit is a headline or speaks like one (``…, 간담회 개최``: no final ending)."""
        return (
            self.section == "title"
            or _NOMINAL_END.search(self.view.text, max(self.start, self.end - 8), self.end) is None
        )


class View:
    """The analysis of one article with the look-ups that the rules need."""

    def __init__(self, analysis: Analysis, quoted: list[Span], builder: PhraseBuilder) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.morphemes = analysis.morphemes
        self.starts = [m.start for m in analysis.morphemes]
        self.mentions = sorted(analysis.mentions, key=attrgetter("start"))
        self.mention_starts = [m.start for m in self.mentions]
        self.titles: list[Title] = sorted(analysis.titles)
        self.title_starts = [t.start for t in self.titles]
        self.quoted = quoted
        self._quote_starts = [span.outer_start for span in quoted]
        self.builder = builder
        self.entities: dict[str, Entity] = {e.entity_id: e for e in analysis.entities}
        self.dates: dict[str, Date] = {d.mention_id: d for d in analysis.dates}
        self.units = self._units()
        self.unit_starts = [u.start for u in self.units]
        self._pointers: dict[int, list[Pointer]] = {}

    def _units(self) -> list[Unit]:
        units: list[Unit] = []
        last: Unit | None = None
        open_end = -1
        for sentence in self.analysis.sentences:
            start, end = sentence.start, sentence.end
            goes_on = last is not None and (
                start < open_end or (start == last.end and self.text[start].isalnum())
            )
            if last is not None and goes_on and last.section == sentence.section:
                last.end = end
            else:
                last = Unit(self, len(units), start, end, sentence.section, sentence.sentence_id)
                units.append(last)
            if self.quoted:
                i = bisect_left(self._quote_starts, end) - 1
                open_end = self.quoted[i].outer_end if i >= 0 and self.quoted[i].closed else -1
        return units

    def pointers(self, unit: Unit) -> list[Pointer]:
        """The references of ``unit`` (``두 사람``, ``그``), whatever they mean."""
        found = self._pointers.get(unit.index)
        if found is None:
            found = self._pointers[unit.index] = self.builder.references(self.text, unit.start, unit.end)
        return found

    def unit_at(self, offset: int) -> Unit | None:
        """The unit that holds ``offset``."""
        i = bisect_right(self.unit_starts, offset) - 1
        return self.units[i] if i >= 0 and offset < self.units[i].end else None

    def region(self, offset: int) -> int:
        """Which quotation ``offset`` stands in: its index, or -1 outside all of them."""
        i = bisect_right(self._quote_starts, offset) - 1
        return i if i >= 0 and offset < self.quoted[i].outer_end else -1

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin in ``[start, end)``."""
        return self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]

    def mention_over(self, offset: int) -> Mention | None:
        """The mention that covers ``offset``."""
        i = bisect_right(self.mention_starts, offset) - 1
        return self.mentions[i] if i >= 0 and offset < self.mentions[i].end else None

    def titles_in(self, start: int, end: int) -> list[Title]:
        """Titles that begin in ``[start, end)``."""
        return self.titles[bisect_left(self.title_starts, start) : bisect_left(self.title_starts, end)]

    def morpheme_index(self, offset: int) -> int:
        """Index of the first morpheme that begins at or after ``offset``."""
        return bisect_left(self.starts, offset)

    def is_edge(self, offset: int) -> bool:
        """Whether a morpheme begins at ``offset``."""
        i = bisect_left(self.starts, offset)
        return i < len(self.starts) and self.starts[i] == offset

    def name_of(self, mention: Mention) -> str:
        """Readable name of what a mention stands for: the entity's name, else its own text."""
        entity = self.entities.get(mention.entity_id or "")
        return entity.name if entity else mention.text

    def holder_of(self, title: str, organisation: str | None = None) -> Entity | None:
        """The one person of the article who bears ``title``; None where nobody or several do."""
        people = [e for e in self.entities.values() if e.label == "PERSON" and e.title]
        found = [e for e in people if e.title == title]
        if not found:
            found = [
                e for e in people if e.title and (same_office(e.title, title) or same_office(title, e.title))
            ]
        if organisation and len(found) > 1:
            found = [e for e in found if e.affiliation == organisation]
        return found[0] if len(found) == 1 else None

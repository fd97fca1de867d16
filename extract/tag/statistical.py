"""The statistical tagger's voice: names that nobody listed, and how likely every other proposal is."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from extract.document import Analysis, Candidate, Morpheme, Title
from extract.tag.layout import Layout
from extract.tag.occurrences import occurrences
from extract.tagger.decode import span_probability, tags_of_page
from extract.tagger.evidence import Voices, rows_of, voices
from extract.tagger.labels import spans_of
from extract.tagger.pieces import Edges, Page, Piece, pieces

if TYPE_CHECKING:
    from extract.lexicon import Lexicon
    from extract.normalise import Grammar
    from extract.tag.names import NameModel
    from extract.tagger.model import Floats, Model

RULE = "tagger"
_OPENING = frozenset("‘’“”'\"`(<《「『[")
_CLOSING = frozenset("‘’“”'\"`)>》」』]")
_GAP = re.compile(r"[\t\n]|  ")
_NET = re.compile(r"[A-Za-z0-9][./@#_][A-Za-z]")  # as in addresses of the net, and in names of files
_ANONYMOUS = re.compile(r"\s?(?:씨|양|군|모|\()")
_BEYOND_DOUBT = 0.95
_MOST_PARTS = 6  # known names inside one name; more is a list
_LONGEST = 64  # code points in which a quantity that reaches into the model's span begins
_AT_ONCE = 50_000  # pieces of a long article that are made and shown to the model at once
QUANTITIES = frozenset(("DATE", "TIME", "FIGURE"))


class Reading:
    """What the model says of one article: its own spans, and the likelihood of any other.

    ``parts`` are the article's pages with the probabilities of their places, in order. The pages of a ``long`` article
    are not kept, their edges are.
    """

    def __init__(self, parts: Iterable[tuple[Page, Floats]], long: bool = False) -> None:
        self._starts: list[int] = []
        self._parts: list[tuple[Page | Edges, Floats]] = []
        self._found: list[Candidate] = []
        for page, probabilities in parts:
            probabilities[page.gaps] = 0.0  # no name goes on there
            self._found += _found(page, probabilities)
            self._starts.append(page.offsets[0])
            self._parts.append((Edges(page) if long else page, probabilities))

    def candidates(self) -> Sequence[Candidate]:
        """The spans that the model finds, with its probability as score."""
        return self._found

    def likelihood(self, start: int, end: int, label: str) -> float | None:
        """The probability of a mention; None where the model's pieces do not begin and end there."""
        number = bisect_right(self._starts, start) - 1
        if number < 0:
            return None
        edges, probabilities = self._parts[number]
        span = edges.span(start, end)
        return None if span is None else span_probability(probabilities, *span, _alike(label))


def _found(page: Page, probabilities: Floats) -> Iterator[Candidate]:
    offsets, stops = page.offsets, page.stops
    for first, last, label in spans_of(tags_of_page(probabilities, page.gaps)):
        score = span_probability(probabilities, first, last, _alike(label))
        yield Candidate(offsets[first], stops[last], label, None, RULE, score=score)


def _alike(label: str) -> tuple[str, ...]:
    """Labels that count as one when the model is asked how sure it is: it tells places apart by class only."""
    return ("CITY", "PLACE") if label in ("CITY", "PLACE") else (label,)


class StatisticalTagger:
    """Reads articles with a model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, layout: Layout, analysis: Analysis, winners: Sequence[Candidate]) -> Reading:
        """What the model makes of an article, given what lexicon and rules found in it."""
        found = voices(winners, layout.hits, analysis.titles)
        long = len(analysis.morphemes) > _AT_ONCE
        return Reading(self._read(layout.text, analysis.morphemes, found, long), long)

    def _read(
        self, text: str, morphemes: Sequence[Morpheme], found: Voices, long: bool
    ) -> Iterator[tuple[Page, Floats]]:
        """Pages with their probabilities; of a long article so many that memory stays within bounds."""
        for rows in _blocks(text, morphemes):
            page = Page(rows)
            here = found.between(page.offsets[0], rows[-1][-1].end) if long else found
            yield page, self.model.on(text, page, here)


def _blocks(text: str, morphemes: Sequence[Morpheme]) -> Iterator[list[list[Piece]]]:
    """The pieces of an article line by line, so many lines at once that they hold ``_AT_ONCE`` pieces."""
    rows: list[list[Piece]] = []
    size = 0
    for stretch in _stretches(text, morphemes):
        for row in rows_of(text, pieces(text, stretch)):
            rows.append(row)
            size += len(row)
            if size >= _AT_ONCE:
                yield rows
                rows, size = [], 0
    if rows:
        yield rows


def _stretches(text: str, morphemes: Sequence[Morpheme]) -> Iterator[Sequence[Morpheme]]:
    """About ``_AT_ONCE`` morphemes at a time, cut where a line ends."""
    first = 0
    while len(morphemes) - first > _AT_ONCE:
        last = first + _AT_ONCE
        edge = max(morpheme.end for morpheme in morphemes[first:last])
        while last < len(morphemes) and "\n" not in text[edge : morphemes[last].start]:
            edge = max(edge, morphemes[last].end)
            last += 1
        yield morphemes[first:last]
        first = last
    if first < len(morphemes):
        yield morphemes[first:]


class Weighing:
    """Lexicon, rules and model weighed against each other, by the numbers under ``tagger`` in ``main.yaml``."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar, names: NameModel) -> None:
        self.grammar = grammar
        self.names = names
        settings = lexicon.settings.get("tagger") or {}
        self.sure = float(settings.get("sure", 0.8))
        self.least = float(settings.get("least", 0.5))
        people = lexicon.settings.get("people") or {}
        self.ambiguous = frozenset(people.get("ambiguous_surnames") or ())
        self.accept = float(people.get("accept", 0.3))

    def __call__(
        self, layout: Layout, reading: Reading, candidates: Sequence[Candidate], titles: Sequence[Title]
    ) -> list[Candidate]:
        """The candidates with the model's own beside them, each on the tier that its evidence deserves.

        What the model is sure of goes before lexicon and rules: a candidate of theirs with the same span and
        label is raised, since it knows a row or a value; else the model's own span enters. So is a name that
        stands in marks of its own (``‘서울-인도 경제교류센터’``), whatever the model thinks of its parts. What
        the model is less sure of competes with lexicon and rules where it only widens one of their names
        (``국회 개헌특위``), and fills gaps elsewhere.
        """
        text = layout.text
        weighed = [
            candidate._replace(tier=0) if _in_marks(text, candidate) else candidate
            for candidate in candidates
        ]
        known = sorted((candidate.start, candidate.end, candidate.label) for candidate in candidates)
        own = one_label(text, [c for c in reading.candidates() if self._possible(layout, c, titles)])
        doubtful = self._doubtful(text, reading, own)
        at: dict[tuple[int, int], list[int]] = {(candidate.start, candidate.end): [] for candidate in own}
        for i, candidate in enumerate(candidates):
            if (span := (candidate.start, candidate.end)) in at:
                at[span].append(i)
        rows = {span: hit.rows for hit in layout.hits if (span := (hit.start, hit.end)) in at}
        for candidate in own:
            span = candidate.start, candidate.end
            if (text[candidate.start : candidate.end], candidate.label) in doubtful:
                continue
            inner, wider = _parts_and_wholes(candidate, known)
            if inner > _MOST_PARTS:
                continue
            tier = 2 if wider else 0 if candidate.score >= self.sure else 1 if inner else 2
            same = at[span]
            alike = [i for i in same if candidates[i].label in _alike(candidate.label)]
            if alike:
                for i in alike if tier == 0 else ():
                    weighed[i] = weighed[i]._replace(tier=0)
            elif candidate.label in QUANTITIES:
                weighed.extend(self._quantity(layout, candidate, known))
            else:
                row = next(
                    (row for row, _ in rows.get(span, ()) if row.label in _alike(candidate.label)), None
                )
                if row is not None:
                    label = row.label or candidate.label
                    candidate = candidate._replace(label=label, subtype=row.subtype, row=row)
                places = next((candidates[i].places for i in same if candidates[i].places), ())
                weighed.append(candidate._replace(tier=tier, places=places))
        return weighed

    def _doubtful(self, text: str, reading: Reading, own: Sequence[Candidate]) -> set[tuple[str, str]]:
        """Names of the model's, with their label, that it does not believe in when it takes all places together."""
        weak = {
            (text[c.start : c.end], c.label)
            for c in own
            if c.score < _BEYOND_DOUBT and c.label not in QUANTITIES
        }
        places = occurrences(text, {words for words, _ in weak})
        doubtful = set()
        for words, label in weak:
            found = [reading.likelihood(start, start + len(words), label) for start in places[words]]
            known = [likelihood for likelihood in found if likelihood is not None]
            if known and sum(known) < self.least * len(known):
                doubtful.add((words, label))
        return doubtful

    def _possible(self, layout: Layout, own: Candidate, titles: Sequence[Title]) -> bool:
        """Whether the model's span may be a mention at all.

        Titles hold no mentions (``서울`` in ``서울시장``). A surname that is also a word of its own (``전 장관``),
        a person of common nouns alone (``추경예산``, unless it sounds like a name) and an abbreviation need the model
        to be sure. People end before their titles, and a letter is one only as in ``A씨``. Names neither begin
        nor end with a sign, nor do they lie in addresses of the net, or over a gap in a line; a number alone is
        a figure in brackets only (an age).
        """
        text = layout.text
        words = text[own.start : own.end]
        weak = words in self.ambiguous or (own.label in ("PERSON", "ORG") and words.isascii())
        if own.label == "PERSON" and not weak:
            weak = (
                len(words) > 1
                and not layout.is_proper(own.start, own.end)
                and self.names.score_span(layout, own.start, own.end) < self.accept
            )
        if own.score < (self.sure if weak else self.least):
            return False
        if own.label in QUANTITIES:
            return not words.replace(".", "").isdigit() or text[own.end : own.end + 1] == ")"
        if _GAP.search(words) or _NET.search(text[max(0, own.start - 2) : own.end + 2]):
            return False
        if not (text[own.start].isalnum() and (text[own.end - 1].isalnum() or text[own.end - 1] in _CLOSING)):
            return False
        i = bisect_right(titles, own.start, key=lambda title: title.start) - 1
        if own.label == "PERSON":
            if i + 1 < len(titles) and titles[i + 1].start < own.end:
                return False
            if len(words) == 1 and words.isascii():
                return bool(_ANONYMOUS.match(text, own.end))
        if i < 0 or titles[i].end < own.end:
            return True
        return own.label == "PERSON" and (titles[i].start, titles[i].end) != (own.start, own.end)

    def _quantity(
        self, layout: Layout, own: Candidate, known: Sequence[tuple[int, int, str]]
    ) -> Iterator[Candidate]:
        """The model's date, time or figure where the grammar leaves a gap, with its value if it has one.

        The grammar knows what belongs together (``10명 중 7명``, ``0.8%포인트``) and what only looks like a
        quantity (``4차 산업혁명``), so nothing of the model's stands where either is the case, nor inside a
        word; and without a value only what the model is sure of.
        """
        text = layout.text
        near = known[bisect_left(known, (own.start - _LONGEST,)) : bisect_left(known, (own.end,))]
        if any(end > own.start and label in QUANTITIES for _, end, label in near):
            return
        if not layout.begins_well(own.start) or layout.after(own.end) in ("inside", "noun"):
            return
        length = own.end - own.start
        for quantity in self.grammar.find(text[own.start : own.end]):
            if (quantity.start, quantity.end) == (0, length) and quantity.label == own.label:
                if not self.grammar.denies(text, own.start, own.end):
                    parts = tuple((a + own.start, b + own.start) for a, b in quantity.parts)
                    value = dataclasses.replace(
                        quantity, start=own.start, end=own.end, parts=parts, rule=RULE
                    )
                    yield own._replace(subtype=quantity.subtype, value=value, tier=2)
                return
        if own.score >= self.sure:
            yield own._replace(tier=2)


def _in_marks(text: str, candidate: Candidate) -> bool:
    """Whether a name fills quotation marks or brackets."""
    return (
        candidate.label not in QUANTITIES
        and candidate.start > 0
        and candidate.end < len(text)
        and text[candidate.start - 1] in _OPENING
        and text[candidate.end] in _CLOSING
    )


def _parts_and_wholes(own: Candidate, known: Sequence[tuple[int, int, str]]) -> tuple[int, bool]:
    """How many known names of the model's label are parts of its span, and whether it is a part of one.

    Args:
        known: spans with labels, in order.
    """
    labels = _alike(own.label)
    parts = set()
    whole = False
    for i in range(bisect_left(known, (own.start - _LONGEST,)), len(known)):
        start, end, label = known[i]
        if start >= own.end:
            break
        if label in labels and (start, end) != (own.start, own.end):
            if own.start <= start and end <= own.end:
                parts.add((start, end))
            elif start <= own.start and own.end <= end:
                whole = True
    return len(parts), whole


def one_label(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The model's spans, those of one name with the label that it gave them most surely in the article.

    A country or municipality is a place here and a body there; only people keep to one label.
    """
    weights: dict[str, dict[str, float]] = {}
    for candidate in found:
        if candidate.label not in QUANTITIES:
            labels = weights.setdefault(text[candidate.start : candidate.end], {})
            labels[candidate.label] = labels.get(candidate.label, 0.0) + candidate.score
    chosen = []
    for candidate in found:
        labels = weights.get(text[candidate.start : candidate.end], {})
        if len(labels) > 1 and "PERSON" in labels and candidate.label not in QUANTITIES:
            best = max(sorted(labels), key=lambda label: labels[label])
            candidate = candidate._replace(label=best)
        chosen.append(candidate)
    return chosen

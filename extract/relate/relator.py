"""Relations, events and quotes of one article."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache

from extract.document import Analysis
from extract.lexicon import Lexicon
from extract.model import SYMMETRIC_PREDICATES, Date, Relation, stable_id
from extract.relate import mood as mood_of
from extract.relate.context import Context
from extract.relate.events import EventFinder
from extract.relate.frames import Hit, apply_frame
from extract.relate.marks import pair_marks
from extract.relate.needles import numbers
from extract.relate.outline import apply_outline
from extract.relate.patterns import apply_nested, apply_pattern, masked_unit
from extract.relate.phrases import PhraseBuilder
from extract.relate.quotes import QuoteFinder
from extract.relate.rules import RuleSet
from extract.relate.times import day_of, place_of
from extract.relate.view import Unit, View

_MARKS = dict.fromkeys(map(ord, "‘’“”'\"·"))
_TEXT_OBJECTS = ("attended", "hosted", "operates", "supports", "appointed_as")


class Relator:
    """Fills ``relations``, ``events`` and ``quotes`` of an :class:`Analysis` from the rules of a lexicon.

    Raises:
        LexiconError: when a rule of ``relations.yaml``, ``events.yaml`` or ``quotes.yaml`` is broken.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.rules = RuleSet(lexicon)
        self.builder = PhraseBuilder(lexicon)
        self.quotes = QuoteFinder(lexicon)
        self.events = EventFinder(lexicon)
        self.gazetteer = lexicon.gazetteer
        self.blocked = _blocked(lexicon)
        self.is_organisation = lru_cache(maxsize=16384)(self._is_organisation)
        self.is_country = lru_cache(maxsize=16384)(self._is_country)

    def _is_organisation(self, form: str) -> bool:
        """Whether an organisation of the lexicon has this name or alias."""
        found = self.gazetteer.named(form, "organisations")
        return len(form) > 1 and any(row.label == "ORG" and form in row.forms for row in found)

    def _is_country(self, form: str) -> bool:
        return bool(self.gazetteer.named(form, "countries"))

    def __call__(self, analysis: Analysis) -> None:
        """Adds the rows, each list sorted by ``start``; entities, mentions and claims must be there."""
        spans = pair_marks(analysis.text)
        quoted = self.quotes.candidates(analysis.text, spans)
        view = View(analysis, quoted, self.builder)
        context = Context(view)
        analysis.quotes = self.quotes(view, context, spans)
        analysis.events = self.events(view, context)
        analysis.relations = self._relations(view, context)
        view.units.clear()  # they point back at it: the article would wait for the garbage collector

    def _relations(self, view: View, context: Context) -> list[Relation]:
        rows: dict[tuple[str, str, str], Relation] = {}
        self._claims(view, rows)
        hits: list[Hit] = []
        masks = self.rules.scanner(view.text, view.unit_starts)
        for unit, mask in zip(view.units, masks, strict=True):
            if mask and unit.section != "boilerplate":
                hits += self._hits(unit, context, mask)
        for rule in self.rules.outlines:
            hits += apply_outline(rule, view)
        for rule in self.rules.nested:
            hits += apply_nested(rule, view, self.is_organisation, self.is_country)
        hits.sort(key=lambda h: (-h.rule.priority, h.bare, h.start, h.end))
        published = view.analysis.published
        for k, hit in enumerate(hits):
            if published is not None and hit.mood == mood_of.FACT and not hit.rule.state:
                day = day_of(hit.unit, hit.anchor)
                if not hit.past and day is not None and _ahead(day, published):
                    hits[k] = hit._replace(mood=mood_of.PLANNED)
        planned = {h.rule.predicate for h in hits if h.mood == mood_of.PLANNED}
        for hit in hits:
            if hit.mood != mood_of.FACT:
                continue
            if hit.bare and hit.rule.predicate in planned:
                continue
            self._add(view, rows, hit)
        found: Iterable[Relation] = rows.values()
        if self.blocked:
            found = [r for r in found if (_norm(r.subject), r.predicate, _norm(r.object)) not in self.blocked]
        return sorted(found, key=lambda r: (r.start, r.end, r.predicate, r.subject, r.object))

    def _hits(self, unit: Unit, context: Context, mask: int) -> list[Hit]:
        """What the rules find in ``unit`` whose words it holds; ``mask`` tells which."""
        hits: list[Hit] = []
        labels = frozenset([m.label for m in unit.view.mentions_in(unit.start, unit.end)])
        able = mask & self.rules.able(labels)
        unfilled = mask & self.rules.referring & ~able
        if unfilled and unit.view.pointers(unit):
            able |= unfilled
        masked = None
        for number in numbers(able):
            rule = self.rules.searched[number]
            if rule.trigger is not None:
                hits += apply_frame(rule, unit, context)
            else:
                masked = masked or masked_unit(unit)
                hits += apply_pattern(rule, unit, masked)
        return hits

    def _claims(self, view: View, rows: dict[tuple[str, str, str], Relation]) -> None:
        for claim in sorted(view.analysis.claims, key=lambda c: (c.start, c.end, c.predicate, c.object)):
            entity = view.entities.get(claim.subject)
            subject = entity.name if entity else claim.subject
            key = (claim.subject, claim.predicate, claim.object_id or _norm(claim.object))
            if key in rows:
                continue
            rows[key] = self._row(
                view,
                claim.subject,
                subject,
                claim.predicate,
                claim.object_id,
                claim.object,
                claim.start,
                claim.end,
                None,
                None,
                claim.rule,
                claim.score,
            )

    def _add(self, view: View, rows: dict[tuple[str, str, str], Relation], hit: Hit) -> None:
        subject, object_ = hit.subject, hit.object
        predicate = hit.rule.predicate
        if (
            predicate in SYMMETRIC_PREDICATES
            and object_.start < subject.start
            and object_.start >= hit.unit.start
        ):
            subject, object_ = object_, subject
        keys = [(subject.id or _norm(subject.name), predicate, object_.id or _norm(object_.name))]
        if predicate in SYMMETRIC_PREDICATES:
            keys.append((keys[0][2], predicate, keys[0][0]))
        if any(key in rows for key in keys):
            return
        if predicate in _TEXT_OBJECTS and object_.id is None and _told(rows, keys[0]):
            return
        day = day_of(hit.unit, hit.anchor, own_clause=hit.rule.state)
        published = view.analysis.published
        if hit.past and day is not None and published is not None and _ahead(day, published):
            day = None  # 2027년 총회 개최지로 선정됐다: not the day of what is done
        place = place_of(hit.unit, hit.anchor)
        rows[keys[0]] = self._row(
            view, subject.id, subject.name, predicate, object_.id, object_.name, hit.start, hit.end,
            day.start if day else None, place.name if place else None, f"relations:{hit.rule.name}", hit.rule.score,
        )  # fmt: skip

    def _row(
        self, view: View, subject_id: str | None, subject: str, predicate: str, object_id: str | None, object_: str,
        start: int, end: int, date: str | None, place: str | None, rule: str, score: float,
    ) -> Relation:  # fmt: skip
        article_id = view.analysis.article_id
        unit = view.unit_at(start)
        return Relation(
            stable_id("r", article_id, subject_id or subject, predicate, object_id or object_, start, end),
            article_id, unit.sentence_id if unit else None, subject_id, subject, predicate, object_id, object_,
            start, end, date, place, rule, score,
        )  # fmt: skip


def _blocked(lexicon: Lexicon) -> frozenset[tuple[str, str, str]]:
    """The facts of ``block_relations.csv``, by subject, predicate and object."""
    rows = lexicon.rows("block_relations")
    facts = {(_norm(row.name), row["predicate"], _norm(row["object"])) for row in rows}
    return frozenset(facts | {(o, p, s) for s, p, o in facts if p in SYMMETRIC_PREDICATES})


def _ahead(day: Date, published: datetime.date) -> bool:
    return day.start is not None and day.start[:10] > published.isoformat()


def _norm(name: str) -> str:
    return "".join(name.translate(_MARKS).split())


def _told(rows: dict[tuple[str, str, str], Relation], key: tuple[str, str, str]) -> bool:
    """Whether the same fact is there under a longer or shorter name of the object."""
    return any(s == key[0] and p == key[1] and (o.endswith(key[2]) or key[2].endswith(o)) for s, p, o in rows)

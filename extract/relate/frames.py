"""Applies frame rules: a trigger, and the phrases of its clause that fill subject and object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extract.model import Mention
from extract.relate import clauses
from extract.relate.phrases import Phrase
from extract.relate.predicates import Predicate
from extract.relate.rules import Argument, Rule
from extract.relate.view import Unit, View


class Filler(NamedTuple):
    """What fills an argument: an entity (or mention) id where there is one, the readable name, where it stands."""

    id: str | None
    name: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A relation that a rule found; ``state`` is its mood, ``bare`` says that it stands in a headline."""

    rule: Rule
    subject: Filler
    object: Filler
    unit: Unit
    start: int
    end: int
    anchor: int
    mood: str
    bare: bool


class Context:
    """What carries over from sentence to sentence: the topic, the last person, the last pair."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._topics: dict[int, list[Filler]] = {}

    def topics(self, unit: Unit) -> list[Filler]:
        """The mentions that are the topic (else the subject) of ``unit``."""
        if unit.index not in self._topics:
            found: list[Filler] = []
            for mark, _, role in clauses.subject_marks(unit):
                if self.view.region(mark.position) >= 0:
                    continue
                if role == "topic" or not found:
                    if mark.phrase is not None and mark.phrase.mention is not None:
                        found = members(self.view, mark.phrase, self)
                        if role == "topic":
                            break
                    elif role == "topic":
                        found = []
                        break
            self._topics[unit.index] = found
        return self._topics[unit.index]

    def carried(self, unit: Unit, labels: frozenset[str], reach: int = 2) -> list[Filler]:
        """The nearest earlier topic with one of ``labels``, at most ``reach`` sentences back."""
        for back in range(1, reach + 1):
            if unit.index - back < 0:
                break
            before = self.view.units[unit.index - back]
            if before.section != unit.section:
                break
            topics = self.topics(before)
            if topics:
                return topics if all(t.label in labels for t in topics) else []
        return []

    def last_person(self, unit: Unit, before: int) -> Filler | None:
        """The person that ``그는`` at ``before`` means: the last person who was a subject."""
        for index in range(unit.index, max(-1, unit.index - 4), -1):
            for mark, position, _ in reversed(clauses.subject_marks(self.view.units[index])):
                if position < before and mark.phrase is not None and mark.phrase.label == "PERSON":
                    return filler(self.view, mark.phrase)
        return None


def filler(view: View, phrase: Phrase) -> Filler | None:
    """The entity that a phrase names; None for a title that nobody, or more than one, bears."""
    mention = phrase.mention
    if mention is not None:
        return of_mention(view, mention)
    if phrase.title is not None:
        organisation = view.name_of(phrase.organisation) if phrase.organisation else None
        entity = view.holder_of(phrase.title.text, organisation)
        if entity is not None:
            return Filler(entity.entity_id, entity.name, "PERSON", phrase.start, phrase.end)
    return None


def of_mention(view: View, mention: Mention) -> Filler:
    """A mention as a filler: its entity's id and name, or its own for dates and figures."""
    if mention.label in ("DATE", "TIME", "FIGURE"):
        return Filler(mention.mention_id, mention.text, mention.label, mention.start, mention.end)
    return Filler(mention.entity_id, view.name_of(mention), mention.label, mention.start, mention.end)


def members(view: View, phrase: Phrase, context: Context) -> list[Filler]:
    """All members of the list that ``phrase`` belongs to."""
    if phrase.label == "PRONOUN":
        unit = view.unit_at(phrase.start)
        if phrase.pronoun in ("그", "그녀") and unit is not None:
            person = context.last_person(unit, phrase.start)
            return [person] if person else []
        return []
    found = (filler(view, p) for p in (phrase.group or [phrase]))
    return [f for f in found if f is not None]


def apply_frame(rule: Rule, unit: Unit, context: Context) -> list[Hit]:
    """Every relation that ``rule`` finds in ``unit``."""
    assert rule.trigger is not None
    hits: list[Hit] = []
    view = unit.view
    for match in rule.trigger.finditer(view.text, unit.start, unit.end):
        start, end = match.span()
        if not view.is_edge(start):
            continue
        if rule.without is not None and rule.without.search(
            view.text, max(unit.start, start - 40), min(unit.end, end + 30)
        ):
            continue
        predicate = clauses.governed(unit, start, end)
        bare = predicate is None
        if predicate is None:
            if not (rule.headline and unit.headline and _ends_headline(unit, end)):
                continue
            mood = clauses.FACT if not _plan_after(unit, end) else clauses.PLANNED
        else:
            mood = clauses.mood(unit, predicate, start, state=rule.state)
        if mood in (clauses.NEGATED, clauses.OPEN):
            continue
        hits += _fill(rule, unit, context, start, end, predicate, mood, bare)
    return hits


def _ends_headline(unit: Unit, end: int) -> bool:
    rest = unit.view.text[end : unit.end].lstrip()
    return (
        not rest
        or rest[0] in ".,·…&'’\"”)]"
        or rest.startswith(("및 ", "등", "성료", "성황", "위해", "위한", "후 ", "…", "예정", "계획", "추진"))
    )


def _plan_after(unit: Unit, end: int) -> bool:
    return bool(clauses._PLAN.search(unit.view.text, end, min(unit.end, end + 12)))


def _fill(
    rule: Rule,
    unit: Unit,
    context: Context,
    start: int,
    end: int,
    predicate: Predicate | None,
    mood: str,
    bare: bool,
) -> list[Hit]:
    view = unit.view
    subjects, own = _subjects(rule.subject, unit, context, start, predicate)
    objects = _objects(rule.object, unit, context, start, end, predicate, subjects)
    if rule.pair and not objects and len(subjects) >= 2 and own:
        pairs = [(a, b) for i, a in enumerate(subjects) for b in subjects[i + 1 :]]
    else:
        pairs = [(s, o) for s in subjects for o in objects]
    stop = predicate.end if predicate is not None else end
    hits = []
    for s, o in pairs:
        if s.id is not None and s.id == o.id:
            continue
        inside = [x.start for x in (s, o) if unit.start <= x.start < start] + [start]
        last = max([stop] + [x.end for x in (s, o) if stop < x.end <= unit.end])
        hits.append(Hit(rule, s, o, unit, min(inside), last, start, mood, bare))
    return hits


def _subjects(
    spec: Argument, unit: Unit, context: Context, start: int, predicate: Predicate | None
) -> tuple[list[Filler], bool]:
    """Fillers of the subject, and whether they stand in this very clause."""
    view = unit.view
    found = clauses.subject_of(unit, start, predicate)
    if found is not None:
        if found.phrase is None:
            return [], False
        fillers = [f for f in members(view, found.phrase, context) if f.label in spec.labels]
        return fillers, True
    for role in spec.roles:
        if role == "subject":
            continue
        phrases = clauses.in_clause(unit, start, (role,))
        fillers = [f for p in phrases[:1] for f in members(view, p, context) if f.label in spec.labels]
        if fillers:
            return fillers, True
    if spec.carry and not _has_subject(unit, start):
        return context.carried(unit, spec.labels), False
    return [], False


def _has_subject(unit: Unit, start: int) -> bool:
    return any(position < start for _, position, _ in clauses.subject_marks(unit))


def _objects(
    spec: Argument,
    unit: Unit,
    context: Context,
    start: int,
    end: int,
    predicate: Predicate | None,
    subjects: list[Filler],
) -> list[Filler]:
    view = unit.view
    if spec.text:
        found = text_object(spec, unit, start, end, predicate)
        return [found] if found else []
    out: list[Filler] = []
    for role in spec.roles:
        if role == "head":
            head = (
                clauses.head_after(unit, predicate)
                if predicate is not None and predicate.kind == "ETM"
                else None
            )
            phrases = [head] if head else []
        elif role == "any":
            phrases = clauses.in_clause(
                unit,
                start,
                ("with", "obj", "to", "at", "mod", "other", "subj", "topic", "gen", "end", "comma", "as"),
            )
        elif role == "mod":
            phrases = [
                p
                for p in unit.phrases
                if p.role == "mod"
                and p.end <= start
                and p.end + len(p.tail) + 1 >= start
                and p.label in spec.labels
            ][:1]
        else:
            phrases = clauses.in_clause(unit, start, (role,), over=spec.over)
        taken: set[int] = set()
        for phrase in phrases:
            if phrase.label not in spec.labels and not (phrase.label == "TITLE" and "PERSON" in spec.labels):
                continue
            for f in members(view, phrase, context):
                if f.label in spec.labels and f.start not in taken and all(f.id != s.id for s in subjects):
                    taken.add(f.start)
                    out.append(f)
            if out and role != "any":
                break
        if out:
            return sorted(out, key=lambda f: f.start)
    if spec.carry:
        return [f for f in context.carried(unit, spec.labels) if all(f.id != s.id for s in subjects)]
    return []


def text_object(
    spec: Argument, unit: Unit, start: int, end: int, predicate: Predicate | None
) -> Filler | None:
    """The noun phrase that stands as the object, as text."""
    view = unit.view
    span: tuple[int, int] | None = None
    floor = max([p.end for p in unit.predicates if p.end <= start], default=unit.start)
    i = view.morpheme_index(start) - 1
    if spec.bare and i >= unit.first and view.morphemes[i].tag.startswith(("N", "SS", "XS")):
        span = clauses.noun_phrase(unit, view.morphemes[i].end)
    while span is None and i >= unit.first and view.morphemes[i].start >= floor:
        morpheme = view.morphemes[i]
        if morpheme.tag.startswith("J"):
            if morpheme.form in spec.particles:
                span = clauses.noun_phrase(unit, morpheme.start)
                break
            if morpheme.tag in ("JKO", "JKS") or (morpheme.tag == "JX" and morpheme.form in ("은", "는")):
                break
        i -= 1
    if span is None and "head" in spec.roles and predicate is not None and predicate.kind == "ETM":
        span = _noun_run_after(unit, predicate.end)
    if span is None:
        return None
    name = clauses.clean_name(view.text[span[0] : span[1]])
    if len(name) < 2 or (spec.heads is not None and not spec.heads.search(name)):
        return None
    if spec.drop is not None and spec.drop.search(name):
        return None
    entity_id = None
    for mention in view.mentions_in(span[0], span[1]):
        if mention.end >= span[1] - 1 and mention.start <= span[0] + 1:
            entity_id = mention.entity_id
            name = view.name_of(mention)
    return Filler(entity_id, name, "TEXT", span[0], span[1])


def _noun_run_after(unit: Unit, offset: int) -> tuple[int, int] | None:
    view = unit.view
    i = view.morpheme_index(offset)
    start = end = -1
    while i < unit.last:
        morpheme = view.morphemes[i]
        if morpheme.tag.startswith(("NN", "SN", "SL", "XP", "XS", "SS", "SO", "XR")) and morpheme.tag not in (
            "XSV",
            "XSA",
        ):
            start = morpheme.start if start < 0 else start
            end = morpheme.end
        else:
            break
        i += 1
    return (start, end) if start >= 0 else None

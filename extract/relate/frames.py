"""Applies frame rules: a trigger, and the phrases of its clause that fill subject and object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import regex

from extract.model import Event, Mention
from extract.relate import clauses, nouns
from extract.relate import mood as mood_of
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


_POINTS_BACK = regex.compile(
    r"이\s?자리(?:에|에는|에서)|(?:이날|이번|동|본|해당)\s[가-힣]*(?:회|식|행사|강연|회의|포럼|축제)(?:은|는|에|에는|에서)|행사에"
)
_NUMBER = regex.compile(r"\d|[수몇]?[십백천만억]|[두세네]\s")
_RANKED = regex.compile(r"^제\s?\d|(?:차|번째|위|회|등|호선|호)$")
_BARE = regex.compile(r"[가-힣]{2,4}")


class Context:
    """What carries over from sentence to sentence: the topic, the last person, the last pair."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._topics: dict[int, list[Filler]] = {}
        self.events: list[Event] = []

    def topics(self, unit: Unit) -> list[Filler]:
        """The mentions that are the topic (else the subject) of ``unit``."""
        if unit.index not in self._topics:
            found: list[Filler] = []
            finals = [p.end for p in unit.predicates if p.kind == "EF" and self.view.region(p.start) < 0]
            floor = finals[-2] if len(finals) > 1 else unit.start
            for mark, _, role in clauses.subject_marks(unit):
                if self.view.region(mark.position) >= 0 or mark.position < floor:
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

    def event_before(self, unit: Unit, offset: int, *, topic: bool = False) -> Filler | None:
        """The occasion told last before ``offset``, in this sentence or the one before it.

        ``topic``: where it stands in an earlier sentence, this one must point back to it (``이 자리에는``).
        """
        occasions = [
            e for e in self.events if e.start < offset and e.name and e.rule.startswith("events:event-")
        ]
        if not occasions:
            return None
        last = occasions[-1]
        if last.start < unit.start:
            if topic and not _POINTS_BACK.search(self.view.text, unit.start, offset):
                return None
            if not topic and last.start < self.view.units[max(0, unit.index - 1)].start:
                return None
        return Filler(None, last.name or "", "TEXT", last.start, last.end)

    def event_after(self, unit: Unit, offset: int) -> Filler | None:
        """The first occasion after ``offset`` in the same sentence (``… 참석한 가운데 총회를 열었다``)."""
        for event in self.events:
            if offset < event.start < unit.end and event.name and event.rule.startswith("events:event-"):
                return Filler(None, event.name, "TEXT", event.start, event.end)
        return None

    def full_event(self, unit: Unit, named: Filler) -> Filler | None:
        """The event that a bare name (``행사``, ``개소식``) stands for; None for a bare name without one."""
        if " " in named.name or named.id is not None or not _BARE.fullmatch(named.name):
            return named
        told = [e for e in self.events if e.name and e.rule.startswith("events:event-")]
        same = [e for e in told if e.name and e.name.endswith(named.name) and e.name != named.name]
        if same:
            return named._replace(name=same[0].name or named.name)
        before = [e for e in told if e.start < named.start]
        if named.name in ("행사", "자리", "회의", "대회") and before:
            return named._replace(name=before[-1].name or named.name)
        return None if named.name in ("행사", "자리", "대회", "교육", "캠페인") else named

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
        predicate = mood_of.governed(unit, start, end)
        if rule.adverb:
            predicate = next(
                (p for p in unit.predicates if p.start >= end and view.region(p.start) == view.region(start)),
                None,
            )
        done = bool(match.groupdict().get("done"))
        bare = predicate is None and not done
        if done:
            predicate, mood = None, mood_of.FACT
        elif predicate is None:
            if not (rule.headline and unit.headline and _ends_headline(unit, end)):
                continue
            mood = mood_of.FACT if not _plan_after(unit, end) else mood_of.PLANNED
        else:
            mood = mood_of.mood(unit, predicate, start, state=rule.state)
        if mood in (mood_of.NEGATED, mood_of.OPEN):
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
    return bool(mood_of.plan_in(unit.view.text, end, min(unit.end, end + 12)))


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
    subjects, own = _subjects(rule, unit, context, start, predicate)
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
    rule: Rule, unit: Unit, context: Context, start: int, predicate: Predicate | None
) -> tuple[list[Filler], bool]:
    """Fillers of the subject, and whether they stand in this very clause."""
    view = unit.view
    spec = rule.subject
    if spec.event:
        event = context.event_before(unit, start)
        if (
            predicate is not None
            and predicate.after == "가운데"
            and (event is None or event.start < unit.start)
        ):
            event = context.event_after(unit, start) or event
        if event is not None:
            return [event], True
    for role in spec.roles:
        fillers: list[Filler] = []
        if role == "subject":
            found = clauses.subject_of(
                unit, start, predicate, state=rule.state, head_is_object="head" in rule.object.roles
            )
            if found is not None:
                if found.phrase is not None:
                    fillers = [f for f in members(view, found.phrase, context) if f.label in spec.labels]
                    if not fillers and "chief" in spec.roles:
                        fillers = _chief(unit, found.phrase)
                if "listed" in spec.roles:
                    seen = {f.id for f in fillers}
                    fillers += [f for f in _listed(unit, start, spec) if f.id not in seen]
                if fillers or len(spec.roles) == 1:
                    return fillers, True
        elif role == "topic":
            marks = [m for m, at, r in clauses.subject_marks(unit) if r == "topic" and at < start]
            marks = [m for m in marks if view.region(m.position) == view.region(start)]
            clause = max(
                [p.end for p in unit.predicates if p.end <= start and p.kind in ("EC", "EF")], default=0
            )
            marks = [m for m in marks if m.phrase is not None or m.position >= clause]
            if marks:
                last = marks[-1]
                if last.phrase is None:
                    return [], True
                return [f for f in members(view, last.phrase, context) if f.label in spec.labels], True
        elif role == "listed":
            fillers = _listed(unit, start, spec)
        elif role != "chief":
            phrases = clauses.in_clause(unit, start, (role,))
            if role == "at":  # 서울에서는 총회를 열었다
                phrases = [p for p in phrases if p.label == "CITY" and p.particle in ("에서는", "에서도")]
            fillers = [f for p in phrases[:1] for f in members(view, p, context) if f.label in spec.labels]
        if fillers:
            return fillers, True
    if spec.carry and not _has_subject(unit, start):
        return context.carried(unit, spec.labels, spec.reach), False
    return [], False


def _chief(unit: Unit, phrase: Phrase) -> list[Filler]:
    """The person in the brackets after a body: ``한빛시(시장 김하늘)는``."""
    mention = phrase.mention
    if mention is None:
        return []
    inside = unit.view.mentions_in(mention.end, phrase.end)
    return [of_mention(unit.view, m) for m in inside if m.label == "PERSON"][:1]


_LIST_ROLES = ("subj", "topic", "also", "with", "comma", "dot", "and", "etc", "end", "other", "mod")


_BODY_ROLES = ("subj", "also", "comma", "dot", "and")


def _listed(unit: Unit, start: int, spec: Argument) -> list[Filler]:
    """Everybody named between the last predicate and the trigger, whatever the order of name and title."""
    view = unit.view
    before = [p for p in unit.predicates if p.end <= start]
    floor = max(
        [p.end for p in before if p.kind == "EF" or (p.kind == "EC" and p.action)], default=unit.start
    )
    enclosing = [p.start for p in before if p.kind in ("ETM", "ETN")]
    roles = {p.mention.start: p.role for p in unit.phrases if p.mention is not None}
    out = []
    region = view.region(start)
    for mention in view.mentions_in(floor, start):
        if mention.label not in spec.labels or view.region(mention.start) != region:
            continue
        role = roles.get(mention.start)
        if role in ("subj", "topic") and any(at >= mention.end for at in enclosing):
            continue
        if role in (_LIST_ROLES if mention.label == "PERSON" else _BODY_ROLES):
            out.append(of_mention(view, mention))
    return out


def _counts(mention: Mention | None) -> bool:
    """Whether a figure counts something (no ordinals, no ranks)."""
    if mention is None or mention.subtype not in (None, "count", "other"):
        return False
    return _NUMBER.search(mention.text) is not None and _RANKED.search(mention.text) is None


def _has_object(unit: Unit, start: int) -> bool:
    """Whether the clause says its object itself, be it a mention or not."""
    view = unit.view
    floor = max([p.end for p in unit.predicates if p.end <= start], default=unit.start)
    first, last = view.morpheme_index(floor), view.morpheme_index(start)
    return any(m.tag == "JKO" for m in view.morphemes[first:last])


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
        texts = text_objects(spec, unit, start, predicate)
        if spec.event:
            texts = [f for f in (context.full_event(unit, f) for f in texts) if f is not None]
        if texts or not spec.event:
            return texts
    if spec.event:
        event = context.event_before(unit, start, topic=True) if view.region(start) < 0 else None
        if (
            predicate is not None
            and predicate.after == "가운데"
            and (event is None or event.start < unit.start)
        ):
            event = context.event_after(unit, start) or event
        return [event] if event is not None else []
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
            if spec.next is not None and not spec.next.match(view.text, phrase.after):
                continue
            if phrase.label not in spec.labels and not (phrase.label == "TITLE" and "PERSON" in spec.labels):
                continue
            for f in members(view, phrase, context):
                if f.label == "FIGURE" and not _counts(phrase.mention):
                    continue
                if f.label in spec.labels and f.start not in taken and all(f.id != s.id for s in subjects):
                    taken.add(f.start)
                    out.append(f)
            if out and role != "any":
                break
        if out:
            return sorted(out, key=lambda f: f.start)
    if spec.carry and not _has_object(unit, start):
        return [
            f for f in context.carried(unit, spec.labels, spec.reach) if all(f.id != s.id for s in subjects)
        ]
    return []


def text_objects(spec: Argument, unit: Unit, start: int, predicate: Predicate | None) -> list[Filler]:
    """The noun phrase that stands as the object, as text; several where it is a list of owners."""
    view = unit.view
    span: tuple[int, int] | None = None
    floor = max([p.end for p in unit.predicates if p.end <= start], default=unit.start)
    i = view.morpheme_index(start) - 1
    if spec.bare and i >= unit.first and view.morphemes[i].tag.startswith(("N", "SS", "XS")):
        span = nouns.noun_phrase(unit, view.morphemes[i].end)
    while span is None and i >= unit.first and view.morphemes[i].start >= floor:
        morpheme = view.morphemes[i]
        if morpheme.tag.startswith("J"):
            if morpheme.form in spec.particles:
                span = nouns.noun_phrase(unit, morpheme.start)
                break
            stacked = i > unit.first and view.morphemes[i - 1].tag == "JKB"
            if morpheme.tag in ("JKO", "JKS") or (
                morpheme.tag == "JX" and morpheme.form in ("은", "는") and not stacked
            ):
                break
        i -= 1
    if span is None and "head" in spec.roles and predicate is not None and predicate.kind == "ETM":
        span = _noun_run_after(unit, predicate.end)
    if span is None:
        return []
    spans = _owners(unit, span, floor) if spec.owner else [span]
    return [f for f in (_text_filler(spec, unit, s) for s in spans) if f is not None]


def _owners(unit: Unit, span: tuple[int, int], floor: int) -> list[tuple[int, int]]:
    """``한국 스타트업`` and ``인도 스타트업`` in ``한국 스타트업의 진출과 인도 스타트업의 진출``; else the phrase itself."""
    view = unit.view
    out: list[tuple[int, int]] = []
    current: tuple[int, int] | None = span
    while current is not None:
        i = view.morpheme_index(current[0]) - 1
        owner = None
        if i >= unit.first and view.morphemes[i].tag == "JKG" and view.morphemes[i].start >= floor:
            owner = nouns.noun_phrase(unit, view.morphemes[i].start)
        out.insert(0, owner or current)
        i = view.morpheme_index((owner or current)[0]) - 1
        current = None
        if i >= unit.first and view.morphemes[i].form in ("과", "와") and view.morphemes[i].start >= floor:
            current = nouns.noun_phrase(unit, view.morphemes[i].start)
    return out


def _text_filler(spec: Argument, unit: Unit, span: tuple[int, int]) -> Filler | None:
    view = unit.view
    name = nouns.clean_name(view.text[span[0] : span[1]])
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

"""Applies frame rules: a trigger, and the phrases of its clause that fill subject and object."""

from __future__ import annotations

from typing import NamedTuple

from extract.relate import clauses
from extract.relate import mood as mood_of
from extract.relate.context import Context, members
from extract.relate.fillers import Filler, of_mention
from extract.relate.objects import objects_of
from extract.relate.phrases import Phrase
from extract.relate.predicates import Predicate
from extract.relate.rules import Argument, Rule
from extract.relate.view import Unit


class Hit(NamedTuple):
    """A relation that a rule found. ``bare``: it stands in a headline; ``past``: its verb says that it is done."""

    rule: Rule
    subject: Filler
    object: Filler
    unit: Unit
    start: int
    end: int
    anchor: int
    mood: str
    bare: bool
    past: bool = False


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
        if rule.verbs is not None and (
            predicate is None or rule.verbs.match(view.text, predicate.start) is None
        ):
            continue
        done = "done" in rule.trigger.named(match)
        bare = predicate is None and not done
        if done:
            predicate, mood = None, mood_of.FACT
        elif predicate is None:
            if not rule.headline:
                continue
            if not (unit.headline and _ends_headline(unit, end)) and _run_on(unit, start, end) is None:
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


def _run_on(unit: Unit, start: int, end: int) -> Phrase | None:
    """The head of a headline that runs on into the text: ``서울시, 인도에서 열린 회의 참석 지속 가능한 …``."""
    view = unit.view
    if not unit.phrases or view.text[end : end + 1] != " ":
        return None
    first = unit.phrases[0]
    if first.role not in ("comma", "subj") or view.text[first.end : first.end + 1] != ",":
        return None
    if first.start - unit.start > 6 or start - first.after > 60 or first.group:
        return None
    if any(p.kind in ("EF", "EC") and first.after <= p.start and p.end <= start for p in unit.predicates):
        return None
    if any(first.start < at < start for _, at, _ in clauses.subject_marks(unit)):
        return None
    return first


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
    objects: list[Filler] = []
    if rule.object.text:  # does not ask who; mostly there is none
        objects = objects_of(rule.object, unit, context, start, end, predicate, [])
        if not objects:
            return []
    subjects, own = _subjects(rule, unit, context, start, end, predicate)
    if not subjects:
        return []
    if not rule.object.text:
        objects = objects_of(rule.object, unit, context, start, end, predicate, subjects)
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
        past = predicate is not None and predicate.past
        hits.append(Hit(rule, s, o, unit, min(inside), last, start, mood, bare, past))
    return hits


def _subjects(
    rule: Rule, unit: Unit, context: Context, start: int, end: int, predicate: Predicate | None
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
            head = _run_on(unit, start, end) if predicate is None else None
            if head is not None:
                return [f for f in members(view, head, context) if f.label in spec.labels], True
            found = clauses.subject_of(
                unit, start, predicate, state=rule.state, head_is_object="head" in rule.object.roles
            )
            if found is not None:
                if found.phrase is not None:
                    fillers = [f for f in members(view, found.phrase, context) if f.label in spec.labels]
                    if not fillers and "chief" in spec.roles:
                        fillers = _chief(unit, found.phrase)
                adnominal = predicate is not None and predicate.kind == "ETM" and predicate.after == ""
                if "listed" in spec.roles and not adnominal:
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
            if predicate is None or predicate.kind != "ETM" or predicate.after:
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


_LIST_ROLES = ("subj", "topic", "also", "with", "comma", "dot", "and", "etc", "end", "other")


_BODY_ROLES = ("subj", "comma", "dot", "and")


def _listed(unit: Unit, start: int, spec: Argument) -> list[Filler]:
    """Everybody named between the last predicate and the trigger, whatever the order of name and title."""
    view = unit.view
    before = [p for p in unit.predicates if p.end <= start]
    floor = max(
        [p.end for p in before if p.kind == "EF" or (p.kind == "EC" and p.action)], default=unit.start
    )
    enclosing = [p.start for p in before if p.kind in ("ETM", "ETN")]
    roles = {p.mention.start: p.role for p in unit.phrases if p.mention is not None}
    for p in unit.phrases:  # 이정성 장인, …: a title that no lexicon knows
        if p.mention is not None and p.role == "mod":
            unknown = (
                " " not in p.tail and len(p.tail) < 7 and view.text[p.tail_end : p.tail_end + 1] in (",", "·")
            )
            roles[p.mention.start] = "comma" if unknown else "mod"
    out = []
    following = {
        p.mention.start: q.label for p, q in zip(unit.phrases, unit.phrases[1:], strict=False) if p.mention
    }
    region = view.region(start)
    for mention in view.mentions_in(floor, start):
        if mention.label not in spec.labels or view.region(mention.start) != region:
            continue
        role = roles.get(mention.start)
        if role in ("subj", "topic") and any(at >= mention.end for at in enclosing):
            continue
        if mention.label != "PERSON" and role != "subj" and following.get(mention.start) != "ORG":
            continue  # 재단 및 모금회 이사장: the body is not there itself
        if role in (_LIST_ROLES if mention.label == "PERSON" else _BODY_ROLES):
            out.append(of_mention(view, mention))
    return out


def _has_subject(unit: Unit, start: int) -> bool:
    return any(position < start for _, position, _ in clauses.subject_marks(unit))

"""The object of a frame: phrases of the clause in a role, or a noun phrase as text."""

from __future__ import annotations

from collections.abc import Iterator

from extract.expression import Expression
from extract.model import Mention
from extract.relate import clauses, nouns
from extract.relate.context import Context, members
from extract.relate.fillers import Filler, of_mention
from extract.relate.predicates import Predicate
from extract.relate.rules import Argument
from extract.relate.view import Unit

_NUMBER = Expression(r"\d|[수몇]?[십백천만억]|[두세네]\s")
_ORGANISE = frozenset(("주최", "주관", "후원"))
_RANKED = Expression(r"^제\s?\d|(?:차|번째|위|회|등|호선|호)$")


def objects_of(
    spec: Argument,
    unit: Unit,
    context: Context,
    start: int,
    end: int,
    predicate: Predicate | None,
    subjects: list[Filler],
) -> list[Filler]:
    """What fills the object, as the rule\'s ``spec`` says: mentions in a role, a noun phrase, or an occasion."""
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
        if role == "date":
            day = _date_of(unit, start)
            return [day] if day is not None else []
        if role == "subject":
            found = clauses.subject_of(unit, start, predicate)
            if found is None or found.phrase is None:
                return []
            return [f for f in members(view, found.phrase, context) if f.label in spec.labels]
        if role == "head":
            head = (
                clauses.head_after(unit, predicate)
                if predicate is not None and predicate.kind == "ETM"
                else None
            )
            phrases = [head] if head and head.role != "mod" else []
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
            phrases = clauses.in_clause(unit, start, (role,), over=spec.over, chained=spec.chained)
        taken: set[tuple[int, str | None]] = set()
        for phrase in phrases:
            if spec.next is not None and not spec.next.match(view.text, phrase.after):
                continue
            if phrase.label not in spec.labels and not (phrase.label == "TITLE" and "PERSON" in spec.labels):
                continue
            for f in members(view, phrase, context):
                if f.label == "FIGURE" and not _counts(phrase.mention):
                    continue
                if (
                    f.label in spec.labels
                    and (f.start, f.id) not in taken
                    and all(f.id != s.id for s in subjects)
                ):
                    taken.add((f.start, f.id))
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


def _date_of(unit: Unit, start: int) -> Filler | None:
    """The nearest DATE before ``start`` in its clause (``1987년`` in ``1987년 설립됐다``)."""
    view = unit.view
    for mention in reversed(view.mentions_in(unit.start, start)):
        if mention.label == "DATE" and view.region(mention.start) == view.region(start):
            between = [p for p in unit.predicates if mention.end <= p.start and p.end <= start]
            known = view.dates.get(mention.mention_id)
            after_topic = any(
                0 <= mention.start - p.after <= 4 for p in unit.phrases if p.role in ("topic", "subj")
            )
            crossed = any(p.kind != "ETM" or not after_topic for p in between)
            if crossed or known is None or known.type not in ("date", "range"):
                return None
            return of_mention(view, mention)
    return None


def text_objects(spec: Argument, unit: Unit, start: int, predicate: Predicate | None) -> list[Filler]:
    """The noun phrase that stands as the object, as text; several where it is a list of owners."""
    for span, particle in _text_spans(spec, unit, start, predicate):
        found = [_text_filler(spec, unit, s, particle) for s in _spans_of(spec, unit, span, start)]
        fillers = [f for f in found if f is not None]
        if fillers or not spec.over:
            return fillers
    return []


def _spans_of(spec: Argument, unit: Unit, span: tuple[int, int], start: int) -> list[tuple[int, int]]:
    if not spec.owner:
        return [span]
    return _owners(unit, span, max([p.end for p in unit.predicates if p.end <= start], default=unit.start))


def _text_spans(
    spec: Argument, unit: Unit, start: int, predicate: Predicate | None
) -> Iterator[tuple[tuple[int, int], str]]:
    """Where the object may stand, nearest first, with its particle.

    An object in 을/를 ends the search unless the rule looks ``over`` it (``이사장에 김 교수를 선임했다``).
    """
    view = unit.view
    floor = max([p.end for p in unit.predicates if p.end <= start], default=unit.start)
    i = view.morpheme_index(start) - 1
    predicate = _organising(unit, predicate)
    relative = "head" in spec.roles and predicate is not None and predicate.kind == "ETM"
    if spec.bare and i >= unit.first and view.morphemes[i].tag.startswith(("N", "SS", "XS")):
        span = nouns.noun_phrase(unit, view.morphemes[i].end)
        if span is not None and not (relative and spec.heads and not spec.heads.search(_named(unit, span))):
            yield span, ""
    while i >= unit.first and view.morphemes[i].start >= floor:
        morpheme = view.morphemes[i]
        if morpheme.tag.startswith("J"):
            if morpheme.form in spec.particles:
                span = nouns.noun_phrase(unit, morpheme.start)
                if span is not None:
                    yield span, morpheme.form
                if not spec.over:
                    break
            stacked = i > unit.first and view.morphemes[i - 1].tag == "JKB"
            subject = morpheme.tag == "JKS" or (
                morpheme.tag == "JX" and morpheme.form in ("은", "는") and not stacked
            )
            if (subject or morpheme.tag == "JKO") and not (spec.over and morpheme.tag != "JX"):
                break
        i -= 1
    if relative and predicate is not None:
        span = _noun_run_after(unit, predicate.end)
        if span is not None:
            yield span, ""


def _organising(unit: Unit, predicate: Predicate | None) -> Predicate | None:
    """``주관한`` for ``주최하고`` in ``시가 주최하고 연구원이 주관한 포럼이 열렸다``: both have one object."""
    if predicate is not None and predicate.kind == "EC" and predicate.noun in _ORGANISE:
        following = next((p for p in unit.predicates if p.start >= predicate.end), None)
        if following is not None and following.kind == "ETM" and following.noun in _ORGANISE:
            return following
    return predicate


def _named(unit: Unit, span: tuple[int, int]) -> str:
    return nouns.clean_name(unit.view.text[span[0] : span[1]])


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


def _text_filler(spec: Argument, unit: Unit, span: tuple[int, int], particle: str) -> Filler | None:
    view = unit.view
    name = _named(unit, span)
    if len(name) < 2 or (spec.heads is not None and not spec.heads.search(name)):
        return None
    if spec.drop is not None and spec.drop.search(name):
        return None
    if particle in spec.titled and not any(t.end == span[1] for t in view.titles_in(span[0], span[1])):
        if spec.role_nouns is None or not spec.role_nouns.search(name):
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

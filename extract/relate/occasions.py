"""Occasions: events told by a noun and a verb of holding or attending (``간담회를 열었다``, ``총회에 참석했다``)."""

from __future__ import annotations

from extract.expression import Expression
from extract.model import Date
from extract.relate import clauses, nouns
from extract.relate import mood as mood_of
from extract.relate.context import Context, members
from extract.relate.drafts import Draft, unique
from extract.relate.fillers import Filler
from extract.relate.predicates import Predicate, word_set
from extract.relate.times import day_of, place_of
from extract.relate.triggers import HEADLINE_TAIL, TriggerWords
from extract.relate.view import Unit

_AFTER_NAME = word_set("계기 기간 현장 당시 중 후 직후 참석 등 개막 폐막 결과 참가 개최 이후")
_PARTICLE = Expression(
    r"(?:\([^()]{0,60}\))?(?:(?<=[’”'\")])\s)?(을|를|도|에|에는|에서|가|이|은|는)(?![가-힣])"
)
_BY_MEANS = Expression(r"\s?(?:통해|통한|통하여)(?![가-힣])")
_BRACKET = Expression(r"[’”'\"`｣」]?\s?\(")
_WHO = ("PERSON", "ORG", "CITY", "PLACE")
_ONLY_HELD = ("캠프", "훈련", "교육", "캠페인")  # a camp is not always an occasion
_GAP = Expression(r"[\s‘'“\"`｢「이번동본여0-9]*")


class OccasionFinder:
    """Finds the occasions of a unit."""

    def __init__(self, triggers: TriggerWords, score: float) -> None:
        self.triggers = triggers
        self.score = score

    def __call__(self, unit: Unit, context: Context, spans: list[tuple[int, int]]) -> list[Draft]:
        """A draft for every occasion that is said to be held or attended."""
        view = unit.view
        out: list[Draft] = []
        for start, end in spans:
            if view.region(start) >= 0 or not _ends_noun(unit, end) or not view.is_edge(start):
                continue
            span = nouns.noun_phrase(unit, _past_marks(view.text, end)) or (start, end)
            span = (min(span[0], start), span[1])
            held = self._held(unit, span, end)
            if held is None:
                continue
            predicate, mood, attended = held
            if mood in (mood_of.NEGATED, mood_of.OPEN):
                continue
            word = view.text[start:end]
            type_, _, row = self.triggers.words[word]
            name = nouns.clean_name(view.text[span[0] : end])
            anchor = predicate.start if predicate is not None and predicate.end <= span[0] else span[0]
            strict = name == word
            day = (
                day_of(unit, anchor, no_relative=strict)
                or (day_of(unit, predicate.start, no_relative=strict) if predicate is not None else None)
                or _bracket_day(unit, end)
            )
            place = place_of(unit, anchor) or (
                place_of(unit, predicate.start) if predicate is not None else None
            )
            draft = Draft(
                type_,
                word,
                start,
                end,
                unit,
                name,
                word,
                day,
                place,
                f"events:{row}",
                self.score,
                mood == mood_of.PLANNED,
            )
            if predicate is not None:
                self._roles(unit, context, draft, predicate, attended)
            out.append(draft)
        return out

    def _roles(
        self, unit: Unit, context: Context, draft: Draft, predicate: Predicate, attended: bool
    ) -> None:
        view = unit.view
        subject = clauses.subject_of(unit, predicate.start, predicate)
        found: list[Filler] = []
        if subject is not None and subject.phrase is not None:
            found = members(view, subject.phrase, context)
        elif subject is None and predicate.kind in ("EF", "EC") and predicate.stem not in ("열리", "되"):
            found = context.carried(unit, frozenset(("PERSON", "ORG")), 1)
        people = [f for f in found if f.label in ("PERSON", "ORG", "CITY")]
        if attended:
            draft.participants = unique(people)
        elif predicate.stem not in ("열리",) and not predicate.noun.endswith("되") and predicate.stem != "되":
            draft.hosts = unique([f for f in people if f.label in ("ORG", "CITY", "PERSON")])
            others = clauses.in_clause(unit, draft.start, ("with",), over=True)[:1]
            draft.participants = unique(
                [f for f in people if f.label == "PERSON"]
                + [f for p in others for f in members(view, p, context) if f.label in _WHO]
            )

    def _held(self, unit: Unit, span: tuple[int, int], end: int) -> tuple[Predicate | None, str, bool] | None:
        """Whether the occasion is said to be held or attended: its predicate, the mood, attended or not."""
        view = unit.view
        text = view.text
        end = _past_marks(text, end)
        before = next((p for p in reversed(unit.predicates) if p.end <= span[0]), None)
        if (
            before is not None
            and before.kind == "ETM"
            and _GAP.fullmatch(text, before.end, span[0])
            and self.triggers.hold.match(text, before.start)
            and before.after == ""
            and not text[unit.start : before.start].endswith(("문을 ", "막을 "))
        ):
            mood = mood_of.mood(unit, before, before.start) if before.ending != "는" else mood_of.FACT
            return before, mood, False
        particle = _PARTICLE.match(text, end, end + 70)
        if particle:
            role = particle.group(1)
            position = particle.end()
            if role in ("을", "를") and _BY_MEANS.match(text, position):
                known = day_of(unit, span[0]) is not None
                return (None, mood_of.FACT, False) if known else None
            for p in unit.predicates:
                if p.start < position or view.region(p.start) >= 0:
                    continue
                holds = self.triggers.hold.match(text, p.start) or (
                    role in ("을", "를")
                    and not p.noun
                    and p.stem in ("열", "하", "갖", "가지", "마치", "치르")
                )
                attends = bool(self.triggers.attend.match(text, p.start))
                if role in ("을", "를", "도") and holds and not (attends and role == "을"):
                    return p, mood_of.mood(unit, p, p.start), attends
                if role in ("에", "에는") and attends:
                    return p, mood_of.mood(unit, p, p.start), True
                if role in ("가", "이", "은", "는") and holds and not attends:
                    if p.kind in ("EF", "EC", "ETM") and (role in ("은", "는") or p.start - position < 60):
                        return p, mood_of.mood(unit, p, p.start), False
                if role in ("을", "를", "에", "가", "이") and p.kind != "ETM":
                    break
            told = role == "에서" and not text[span[0] : end].endswith(_ONLY_HELD)
            if told and day_of(unit, span[0]) is not None and not _generic(text[span[0] : end]):
                return None, mood_of.FACT, False
            return None
        if unit.headline:
            rest = text[end : unit.end]
            tail = HEADLINE_TAIL.match(rest)
            if tail:
                planned = mood_of.plan_in(rest, 0, 14)
                return None, mood_of.PLANNED if planned else mood_of.FACT, False
        return None


def _past_marks(text: str, end: int) -> int:
    while end < len(text) and text[end] in "’”'\"`｣」』》〉":
        end += 1
    return end


def _ends_noun(unit: Unit, end: int) -> bool:
    """Whether the trigger ends its noun phrase (no further noun follows, only marks, particles or light verbs)."""
    view = unit.view
    i = view.morpheme_index(end)
    if i >= unit.last:
        return True
    morpheme = view.morphemes[i]
    if morpheme.start < end:
        return False
    if morpheme.start > end and morpheme.tag.startswith("N"):
        return unit.headline or morpheme.form in _AFTER_NAME
    return not (morpheme.start == end and morpheme.tag.startswith(("N", "XSN")))


def _bracket_day(unit: Unit, end: int) -> Date | None:
    view = unit.view
    match = _BRACKET.match(view.text, end, end + 4)
    if match is None:
        return None
    for mention in view.mentions_in(match.end(), match.end() + 3):
        date = view.dates.get(mention.mention_id)
        if date is not None and date.start:
            return date
    return None


def _generic(name: str) -> bool:
    return " " not in name.strip()

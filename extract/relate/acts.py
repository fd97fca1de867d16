"""Acts: events told by a verb or a verbal noun (``면담했다``, ``협약을 체결했다``, ``방문 중인``)."""

from __future__ import annotations

from extract.expression import Expression
from extract.relate import clauses, nouns
from extract.relate import mood as mood_of
from extract.relate.context import Context, members
from extract.relate.drafts import Draft, unique
from extract.relate.fillers import Filler, filler
from extract.relate.predicates import Predicate
from extract.relate.times import day_of, place_of
from extract.relate.triggers import HEADLINE_TAIL, TriggerWords
from extract.relate.view import Unit

_AGREEMENT = Expression(r"(?:협약|협정|MOU|양해각서|조약|의향서|계약|자매결연|결연|LOI)$")


_DECLARATION = Expression(
    r"(?:선언|선언문|성명|성명서|담화문|종합계획|기본계획|종합대책|로드맵|비전|헌장|합의문|공동발표문)$"
)
_GAP = Expression(r"(?:을|를|도|이|가)?\s?(?:중\s?)?(?:공식\s|잇따라\s|각각\s)?")
_TREATY = Expression(r"협약|협정|양해각서|MOU|조약")
_TRANSITIVE = (
    "착수",
    "수상",
    "시상",
    "서명",
    "출시",
    "기부",
    "기탁",
    "기증",
    "발표",
)  # 재단이 출범한: the thing itself
_AS_SUBJECT = Expression(r"(?:이|가|은|는)(?![가-힣])")
_FAR = 60
_LIGHT = ("하", "갖", "가지", "나누", "이", "마치", "되", "열리", "열", "이루어지", "이뤄지")
_OWN_ACT = ("취임", "당선", "연임")  # what one does oneself; one is 선출, 임명 or 위촉 by others


class ActFinder:
    """Finds the acts of a unit."""

    def __init__(self, triggers: TriggerWords, score: float) -> None:
        self.triggers = triggers
        self.score = score

    def __call__(self, unit: Unit, context: Context, spans: list[tuple[int, int]]) -> list[Draft]:
        """A draft for every act that is told as a fact or a plan."""
        view = unit.view
        out: list[Draft] = []
        for start, end in spans:
            if not view.is_edge(start) or view.region(start) >= 0:
                continue
            word = view.text[start:end]
            type_, kind, row = self.triggers.words.get(word, ("other", "act", ""))
            predicate = self._light(unit, start, end)
            if predicate is None:
                if not (
                    unit.headline and kind == "act" and HEADLINE_TAIL.match(view.text, end)
                ) or _part_of_name(unit, start):
                    continue
                mood = (
                    mood_of.PLANNED
                    if mood_of.plan_in(view.text, end, min(unit.end, end + 10))
                    else mood_of.FACT
                )
            else:
                mood = mood_of.mood(unit, predicate, start)
                if mood == mood_of.PLANNED and view.text[predicate.end : predicate.end + 6].startswith("로"):
                    continue
            if mood in (mood_of.NEGATED, mood_of.OPEN):
                continue
            draft = self._act(unit, context, word, type_, kind, row, start, end, predicate, mood)
            if draft is not None:
                out.append(draft)
        return out

    def _light(self, unit: Unit, start: int, end: int) -> Predicate | None:
        """The predicate of a verbal noun: ``면담했다``, ``면담을 갖고``, ``방문 중인``."""
        predicate = mood_of.governed(unit, start, end)
        if predicate is not None:
            return predicate
        text = unit.view.text
        gap = _GAP.match(text, end, min(unit.end, end + 8))
        position = gap.end() if gap else end
        following = next((p for p in unit.predicates if p.end > end), None)
        if (
            following is not None
            and following.start <= position
            and (
                (not following.noun and following.stem in _LIGHT)
                or following.noun in ("진행", "개최", "실시", "성사")
            )
        ):
            return following
        if _AS_SUBJECT.match(text, end) and following is not None and following.start - end < _FAR:
            if following.stem == "열리" or following.noun in ("개최", "성사"):
                return following
        return None

    def _act(
        self, unit: Unit, context: Context, word: str, type_: str, kind: str, row: str, start: int, end: int,
        predicate: Predicate | None, mood: str,
    ) -> Draft | None:  # fmt: skip
        view = unit.view
        subject = clauses.subject_of(unit, start, predicate)
        people = (
            members(view, subject.phrase, context)
            if subject is not None and subject.phrase is not None
            else []
        )
        people = [p for p in people if p.label in ("PERSON", "ORG", "CITY", "PLACE")]
        if not people and subject is None and not unit.headline:
            people = context.carried(unit, frozenset(("PERSON", "ORG")), 1)
        name: str | None = None
        place = place_of(unit, start)
        head, anchor = word, start
        others: list[Filler] = []
        if type_ == "meeting":
            roles = ("with", "obj") if kind != "verb" else ("obj", "with")
            others = self._others(unit, context, start, roles, ("PERSON", "ORG"))
            if kind == "act" and predicate is not None and _AS_SUBJECT.match(view.text, end):
                anchor, people = predicate.start, []  # 정상회담이 15일 하노이에서 열렸다
                place = place_of(unit, anchor)
                span = nouns.noun_phrase(unit, end)
                name = nouns.clean_name(view.text[span[0] : span[1]]) if span is not None else None
                if day_of(unit, anchor) is None and place is None:
                    return None
            elif not others and not people:
                return None
            if kind == "verb" and not others:
                return None
            head = "면담"
        elif type_ == "visit":
            where = ("obj",) if kind == "place-verb" else ("obj", "to")
            targets = self._others(unit, context, start, where, ("CITY", "PLACE", "ORG"))
            if predicate is None or not targets:
                tail = [
                    p
                    for p in unit.phrases
                    if p.role == "mod"
                    and p.end + 1 >= start - 1
                    and p.end <= start
                    and p.label in ("CITY", "PLACE", "ORG")
                ]
                targets = targets or [f for p in tail if (f := filler(view, p))]
            if not targets or (
                kind == "place-verb" and not any(t.label in ("CITY", "PLACE") for t in targets)
            ):
                told = predicate is not None and predicate.kind in ("EF", "EC")
                if not told or not self._object_text(unit, start) or not people or kind == "place-verb":
                    return None
            place = targets[0] if targets else None
            name = f"{place.name} {word}" if place and kind == "act" else None
            head = "방문"
        elif type_ == "agreement":
            named = self._object_text(unit, start, bare=True)
            if named is None or not _AGREEMENT.search(named):
                following = view.text[end : end + 30]
                if not _TREATY.search(following) or predicate is None or predicate.kind != "ETM":
                    return None
                named = None
            name = named
            head = "협약"
            others = self._others(unit, context, start, ("with",), ("ORG", "CITY", "PLACE"))
            if not people and not others and day_of(unit, start) is None:
                if named is None or named.endswith("계약") or predicate is None or predicate.kind == "ETM":
                    return None
        elif type_ == "appointment":
            if predicate is not None and predicate.stem == "하" and word not in _OWN_ACT:
                people = self._others(unit, context, start, ("obj",), ("PERSON", "ORG", "CITY"))
            if not people:
                return None
            name = _role_text(unit, start)
        elif type_ == "announcement":
            name = self._object_text(unit, start)
            if name is None or predicate is None or not _DECLARATION.search(name) or " " not in name.strip():
                return None
            head = name
        elif type_ in ("opening", "launch", "funding", "award", "signing"):
            if predicate is None:
                return None
            named = self._object_text(unit, start, predicate)
            if named is None and not people:
                return None
            told = predicate.kind in ("EF", "EC") and bool(people) and named is not None
            if day_of(unit, start) is None and not told:
                return None
            name = named if type_ != "funding" else None
        day = day_of(unit, anchor)
        rule = f"events:{row}"
        draft = Draft(
            type_, word, start, end, unit, name, head, day, place, rule, self.score, mood == mood_of.PLANNED
        )
        draft.participants = unique(people + others)
        return draft

    def _others(
        self, unit: Unit, context: Context, start: int, roles: tuple[str, ...], labels: tuple[str, ...]
    ) -> list[Filler]:
        for role in roles:
            for phrase in clauses.in_clause(unit, start, (role,), over=True)[:1]:
                found = [f for f in members(unit.view, phrase, context) if f.label in labels]
                if found:
                    return found
        return []

    def _object_text(
        self, unit: Unit, start: int, predicate: Predicate | None = None, *, bare: bool = False
    ) -> str | None:
        """The noun phrase that is done something to; the subject, too, where it is what happens (``재단이 출범했다``)."""
        view = unit.view
        active = predicate is not None and predicate.stem == "하" and predicate.noun.endswith(_TRANSITIVE)
        cases = ("JKO",) if active else ("JKO", "JKS")
        i = view.morpheme_index(start) - 1
        if i < unit.first:
            return None
        if bare and view.morphemes[i].tag.startswith(("N", "SL")):
            span = nouns.noun_phrase(unit, view.morphemes[i].end)
            return nouns.clean_name(view.text[span[0] : span[1]]) if span else None
        floor = max([p.end for p in unit.predicates if p.end <= start], default=unit.start)
        while i >= unit.first and view.morphemes[i].start >= floor:
            morpheme = view.morphemes[i]
            if morpheme.tag in cases or (morpheme.tag == "JX" and morpheme.form == "도"):
                span = nouns.noun_phrase(unit, morpheme.start)
                return nouns.clean_name(view.text[span[0] : span[1]]) if span else None
            i -= 1
        return None


def _part_of_name(unit: Unit, start: int) -> bool:
    return start > 0 and unit.view.text[start - 1].isalnum() and not unit.view.is_edge(start)


def _role_text(unit: Unit, start: int) -> str | None:
    """``시티넷 회장`` in ``시티넷 회장으로 선출``."""
    view = unit.view
    i = view.morpheme_index(start) - 1
    steps = 0
    while i >= unit.first and steps < 6:
        morpheme = view.morphemes[i]
        if morpheme.tag == "JKB" and morpheme.form in ("로", "으로", "에"):
            span = nouns.noun_phrase(unit, morpheme.start)
            return nouns.clean_name(view.text[span[0] : span[1]]) if span else None
        if morpheme.tag[0] in "JE":
            return None
        i -= 1
        steps += 1
    return None

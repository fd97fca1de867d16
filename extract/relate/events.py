"""Events: what took or will take place, when, where, by and with whom.

Two ways lead to an event: an *act* (``면담했다``, ``협약을 체결했다``, ``방문 중인``) and an *occasion*
(``간담회를 열었다``, ``총회가 개최됐다``, ``개소식에 참석했다``). The trigger words are rows of ``events.csv``; the
blocks of ``events.yaml`` say how an outline (``· 일 시 : …``) names them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extract.lexicon import Lexicon
from extract.model import Date, Event, stable_id
from extract.relate import clauses, nouns
from extract.relate import mood as mood_of
from extract.relate.frames import Context, Filler, filler, members, of_mention
from extract.relate.outline import label_pattern, listed_under
from extract.relate.predicates import Predicate, word_set
from extract.relate.times import day_of, place_of
from extract.relate.view import Unit, View

_GENERIC = regex.compile(r"^(?:(?:이번|동|본|이날|이|해당|올해)\s?)?$")
_AGREEMENT = regex.compile(r"(?:협약|협정|MOU|양해각서|조약|의향서|계약|자매결연|결연|LOI)$")
_HEADLINE_TAIL = regex.compile(r"\s?(?:성료|성황|개최|열려|열어|마쳐|참석|진행|실시|$|\.|,|및\s|…)")


_AFTER_NAME = word_set("계기 기간 현장 당시 중 후 직후 참석 등 개막 폐막 결과 참가 개최 이후")


_VAGUE = word_set("행사 대회 캠페인 훈련 교육 강좌")


@dataclass(slots=True)
class Draft:
    """An event being put together from its tellings."""

    type: str
    trigger: str
    start: int
    end: int
    unit: Unit
    name: str | None
    head: str
    day: Date | None
    place: Filler | None
    rule: str
    score: float
    planned: bool
    hosts: list[Filler] = field(default_factory=list)
    participants: list[Filler] = field(default_factory=list)


class EventFinder:
    """Finds the events of an article with the trigger words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words: dict[str, tuple[str, str, str]] = {}
        forms: dict[str, list[str]] = {"event": [], "act": [], "hold": [], "attend": []}
        for row in lexicon.rows("events"):
            kind = row["kind"]
            for form in row.forms:
                self.words.setdefault(form.strip(), (row["type"], kind, row.id))
                group = kind if kind in forms else "act"
                forms[group].append(form)
        self.occasion = _alternation(forms["event"])
        self.act = _alternation(forms["act"])
        self.hold = regex.compile(_body(forms["hold"] + forms["attend"]))
        self.attend = regex.compile(_body(forms["attend"]))
        self.either = _alternation(forms["event"] + forms["act"])
        self.labels: dict[str, regex.Pattern[str]] = {}
        for block in lexicon.rules("events"):
            if block.get("kind") == "outline":
                self.labels[block["field"]] = label_pattern(block.get("words", ()))

    def __call__(self, view: View, context: Context) -> list[Event]:
        """The events of an article, one row each, sorted by ``start``."""
        drafts: list[Draft] = []
        for unit in view.units:
            if unit.section == "boilerplate":
                continue
            if self.either.search(view.text, unit.start, unit.end):
                drafts += self._acts(unit, context)
                drafts += self._occasions(unit, context)
        drafts.sort(key=lambda d: (d.unit.section == "title", d.start))
        merged: list[Draft] = []
        for draft in drafts:
            if draft.head in _VAGUE and _bare(draft):
                _join_last(merged, draft)
            else:
                _merge(merged, draft)
        self._outline(view, merged)
        return [_row(view, draft) for draft in sorted(merged, key=lambda d: (d.start, d.end))]

    # ------------------------------------------------------------------ acts
    def _acts(self, unit: Unit, context: Context) -> list[Draft]:
        view = unit.view
        out: list[Draft] = []
        for match in self.act.finditer(view.text, unit.start, unit.end):
            start, end = match.span()
            if not view.is_edge(start) or view.region(start) >= 0:
                continue
            word = match.group().strip()
            type_, kind, row = self.words.get(word, ("other", "act", ""))
            predicate = self._light(unit, start, end)
            if predicate is None:
                if not (
                    unit.headline and kind == "act" and _HEADLINE_TAIL.match(view.text, end)
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
        gap = regex.match(
            r"(?:을|를|도|이|가)?\s?(?:중\s?)?(?:공식\s|잇따라\s|각각\s)?", text[end : min(unit.end, end + 8)]
        )
        position = end + (gap.end() if gap else 0)
        following = next((p for p in unit.predicates if p.end > end), None)
        if (
            following is not None
            and following.start <= position
            and (
                following.stem in ("하", "갖", "가지", "나누", "이", "진행", "마치", "되")
                or following.noun in ("진행", "개최", "실시")
            )
        ):
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
        head = word
        others: list[Filler] = []
        if type_ == "meeting":
            roles = ("with", "obj") if kind != "verb" else ("obj", "with")
            others = self._others(unit, context, start, roles, ("PERSON", "ORG"))
            if not others and not people:
                return None
            if kind == "verb" and not others:
                return None
            head = "면담"
        elif type_ == "visit":
            targets = [f for f in self._others(unit, context, start, ("obj", "to"), ("CITY", "PLACE", "ORG"))]
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
                if not self._object_text(unit, start) or not people or kind == "place-verb":
                    return None
            place = targets[0] if targets else None
            name = f"{place.name} {word}" if place and kind == "act" else None
            head = "방문"
        elif type_ == "agreement":
            named = self._object_text(unit, start, bare=True)
            if named is None or not _AGREEMENT.search(named):
                following = view.text[end : end + 30]
                if (
                    not regex.search(r"협약|협정|양해각서|MOU|조약", following)
                    or predicate is None
                    or predicate.kind != "ETM"
                ):
                    return None
                named = None
            name = named
            head = "협약"
            others = self._others(unit, context, start, ("with",), ("ORG", "CITY", "PLACE"))
            if not people and not others and day_of(unit, start) is None:
                if named is None or named.endswith("계약") or predicate is None or predicate.kind == "ETM":
                    return None
        elif type_ == "appointment":
            if not people:
                return None
            name = _role_text(unit, start)
        elif type_ in ("opening", "launch", "funding", "award", "signing"):
            if predicate is None:
                return None
            named = self._object_text(unit, start)
            if named is None and not people:
                return None
            if day_of(unit, start) is None:
                return None
            name = named if type_ != "funding" else None
        day = day_of(unit, start)
        rule = f"events:{row}"
        draft = Draft(
            type_, word, start, end, unit, name, head, day, place, rule, 0.8, mood == mood_of.PLANNED
        )
        draft.participants = _unique(people + others)
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

    def _object_text(self, unit: Unit, start: int, *, bare: bool = False) -> str | None:
        view = unit.view
        i = view.morpheme_index(start) - 1
        if i < unit.first:
            return None
        if bare and view.morphemes[i].tag.startswith(("N", "SL")):
            span = nouns.noun_phrase(unit, view.morphemes[i].end)
            return nouns.clean_name(view.text[span[0] : span[1]]) if span else None
        floor = max([p.end for p in unit.predicates if p.end <= start], default=unit.start)
        while i >= unit.first and view.morphemes[i].start >= floor:
            morpheme = view.morphemes[i]
            if morpheme.tag in ("JKO", "JKS") or (morpheme.tag == "JX" and morpheme.form == "도"):
                span = nouns.noun_phrase(unit, morpheme.start)
                return nouns.clean_name(view.text[span[0] : span[1]]) if span else None
            i -= 1
        return None

    # ------------------------------------------------------------------ occasions
    def _occasions(self, unit: Unit, context: Context) -> list[Draft]:
        view = unit.view
        out: list[Draft] = []
        for match in self.occasion.finditer(view.text, unit.start, unit.end):
            start, end = match.span()
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
            word = match.group()
            type_, _, row = self.words[word]
            name = nouns.clean_name(view.text[span[0] : end])
            anchor = predicate.start if predicate is not None and predicate.end <= span[0] else span[0]
            strict = name == word
            day = (
                day_of(unit, anchor, own_clause=strict)
                or (day_of(unit, predicate.start, own_clause=strict) if predicate is not None else None)
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
                0.8,
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
        if subject is None or subject.phrase is None:
            return
        people = [f for f in members(view, subject.phrase, context) if f.label in ("PERSON", "ORG", "CITY")]
        if attended:
            draft.participants = _unique(people)
        elif predicate.stem not in ("열리",) and not predicate.noun.endswith("되") and predicate.stem != "되":
            draft.hosts = _unique([f for f in people if f.label in ("ORG", "CITY", "PERSON")])
            others = clauses.in_clause(unit, draft.start, ("with",), over=True)[:1]
            draft.participants = _unique(
                [f for f in people if f.label == "PERSON"]
                + [f for p in others for f in members(view, p, context)]
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
            and not text[before.end : span[0]].strip(" ‘'“\"`｢「이번동본130여0123456789")
            and self.hold.match(text, before.start)
            and before.after == ""
            and not text[unit.start : before.start].endswith(("문을 ", "막을 "))
        ):
            mood = mood_of.mood(unit, before, before.start) if before.ending != "는" else mood_of.FACT
            return before, mood, False
        particle = regex.match(
            r"(?:\([^()]{0,60}\))?(을|를|도|에|에는|에서|가|이|은|는)(?![가-힣])", text[end : end + 70]
        )
        if particle:
            role = particle.group(1)
            position = end + particle.end()
            for p in unit.predicates:
                if p.start < position or view.region(p.start) >= 0:
                    continue
                holds = self.hold.match(text, p.start) or (
                    role in ("을", "를")
                    and not p.noun
                    and p.stem in ("열", "하", "갖", "가지", "마치", "치르")
                )
                attends = bool(self.attend.match(text, p.start))
                if role in ("을", "를", "도") and holds and not (attends and role == "을"):
                    return p, mood_of.mood(unit, p, p.start), attends
                if role in ("에", "에는") and attends:
                    return p, mood_of.mood(unit, p, p.start), True
                if role in ("가", "이", "은", "는") and holds and not attends:
                    if p.kind in ("EF", "EC", "ETM") and (role in ("은", "는") or p.start - position < 60):
                        return p, mood_of.mood(unit, p, p.start), False
                if role in ("을", "를", "에", "가", "이") and p.kind != "ETM":
                    break
            if role == "에서" and day_of(unit, span[0]) is not None and not _generic(text[span[0] : end]):
                return None, mood_of.FACT, False
            return None
        if unit.headline:
            rest = text[end : unit.end]
            tail = _HEADLINE_TAIL.match(rest)
            if tail:
                planned = mood_of.plan_in(rest, 0, 14)
                return None, mood_of.PLANNED if planned else mood_of.FACT, False
        return None

    # ------------------------------------------------------------------ outline
    def _outline(self, view: View, drafts: list[Draft]) -> None:
        """``· 일 시 : …`` and ``· 장 소 : …`` fill in the main event of the article."""
        main = next((d for d in drafts if d.type != "visit"), None)
        if main is None:
            return
        for kind, pattern in self.labels.items():
            for start, end in listed_under(view.text, pattern)[:1]:
                for mention in view.mentions_in(start, end):
                    date = view.dates.get(mention.mention_id)
                    if kind == "date" and main.day is None and date is not None and date.start:
                        main.day = date
                    elif kind == "place" and main.place is None and mention.label in ("CITY", "PLACE", "ORG"):
                        main.place = of_mention(view, mention)


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


def _part_of_name(unit: Unit, start: int) -> bool:
    return start > 0 and unit.view.text[start - 1].isalnum() and not unit.view.is_edge(start)


def _bracket_day(unit: Unit, end: int) -> Date | None:
    view = unit.view
    match = regex.match(r"[’”'\"`｣」]?\s?\(", view.text[end : end + 4])
    if match is None:
        return None
    for mention in view.mentions_in(end + match.end(), end + match.end() + 3):
        date = view.dates.get(mention.mention_id)
        if date is not None and date.start:
            return date
    return None


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


def _generic(name: str) -> bool:
    return " " not in name.strip()


def _unique(fillers: list[Filler]) -> list[Filler]:
    seen: dict[str, Filler] = {}
    for f in fillers:
        seen.setdefault(f.id or f.name, f)
    return list(seen.values())


def _merge(merged: list[Draft], draft: Draft) -> None:
    """Adds a telling to the event that it tells again, else as a new event."""
    for other in reversed(merged):
        if _same(other, draft):
            if other.day is None or (draft.day is not None and other.planned and not draft.planned):
                other.day = draft.day or other.day
            other.place = other.place or draft.place
            other.hosts = _unique(other.hosts + draft.hosts)
            other.participants = _unique(other.participants + draft.participants)
            other.planned = other.planned and draft.planned
            if draft.name and (other.name is None or (len(draft.name) > len(other.name) and _bare(other))):
                other.name = draft.name
            return
    merged.append(draft)


def _join_last(merged: list[Draft], draft: Draft) -> None:
    """``이날 행사에는 …`` adds to the occasion told before it; alone it names nothing."""
    if merged and draft.start - merged[-1].start < 1500:
        merged[-1].participants = _unique(merged[-1].participants + draft.participants)


def _bare(draft: Draft) -> bool:
    return draft.name is None or draft.name.replace(" ", "") == draft.head.replace(" ", "")


def _same(a: Draft, b: Draft) -> bool:
    if a.type != b.type and not (a.name and b.name and a.name.replace(" ", "") == b.name.replace(" ", "")):
        return False
    if a.day is not None and b.day is not None and not _overlap(a.day, b.day):
        return False
    if a.head[-2:] != b.head[-2:] or (a.type == "appointment" and a.head != b.head):
        return False
    ids = {f.id for f in a.participants} & {f.id for f in b.participants}
    if (
        a.type in ("meeting", "visit", "agreement", "appointment") and a.head in ("면담", "방문", "협약")
    ) or a.type == "appointment":
        if a.type == "visit" and a.place is not None and b.place is not None:
            return a.place.id == b.place.id
        if a.participants and b.participants:
            return bool(ids) and (
                a.type != "meeting"
                or {f.id for f in a.participants} <= {f.id for f in b.participants}
                or {f.id for f in b.participants} <= {f.id for f in a.participants}
            )
        return True
    x, y = (a.name or "").replace(" ", ""), (b.name or "").replace(" ", "")
    return x == y or _bare(a) or _bare(b) or x.endswith(y) or y.endswith(x) or x in y or y in x


def _overlap(a: Date, b: Date) -> bool:
    if not a.start or not b.start:
        return True
    a_end, b_end = a.end or a.start, b.end or b.start
    return (
        a.start[:10] < max(b_end[:10], b.start[:10] + "~")
        and b.start[:10] < max(a_end[:10], a.start[:10] + "~")
        if a.start[:10] != b.start[:10]
        else True
    )


def _row(view: View, draft: Draft) -> Event:
    article_id = view.analysis.article_id
    day = draft.day
    published = view.analysis.published
    ahead = published is not None and day is not None and (day.start or "")[:10] > published.isoformat()
    rule = draft.rule + (":planned" if draft.planned or ahead else "")
    return Event(
        stable_id("v", article_id, draft.type, draft.start, draft.end),
        article_id,
        draft.unit.sentence_id,
        draft.type,
        draft.trigger,
        draft.name,
        draft.start,
        draft.end,
        day.start[:10] if day and day.start else None,
        day.end[:10] if day and day.end else None,
        draft.place.id if draft.place else None,
        draft.place.name if draft.place else None,
        tuple(f.id for f in draft.hosts if f.id),
        tuple(f.id for f in draft.participants if f.id),
        tuple(f.name for f in draft.participants),
        rule,
        draft.score,
    )


def _body(forms: list[str]) -> str:
    parts = sorted(
        {regex.escape(f).replace(r"\\s", r"\s").replace(r"\ ", r"\s?") for f in forms}, key=len, reverse=True
    )
    return "(?:" + "|".join(parts) + ")" if parts else "(?!)"


def _alternation(forms: list[str]) -> regex.Pattern[str]:
    return regex.compile(_body(forms))

"""Who does what in a clause: the subject of a predicate, and the phrases that belong to it.

Korean is head final: a phrase belongs to the first predicate after it, except the topic (``은/는``), which
holds for all that follow, and the subject of a relative clause, which is the noun after the clause.
"""

from __future__ import annotations

from typing import NamedTuple

from extract.expression import Expression
from extract.relate.mood import is_conditional
from extract.relate.phrases import SUBJECT_ROLES, Phrase
from extract.relate.predicates import Predicate, word_set
from extract.relate.view import Unit

_TIME_TOPICS = word_set(
    "이날 오늘 어제 올해 현재 이번 이후 당시 최근 지금 향후 때 경우 시 중 후 전 바 앞서 그동안 이때 이제 한편"
)


_PEOPLE = Expression(
    r"(?:관계자|참석자|참가자|기부자|대표|대표단|방문단|시민|주민|학생|청소년|관광객|방문객|기업인|직원|위원|인사|장병|농민|상인|정상"
    r"|의원|사람|이)(?:들)?(?=(?:은|는|이|가|을|를|과|와|의|에게|께|도|만|들)(?![가-힣]))"
)
_LEADS_UP = Expression(r"\s?(?:[가-힣]{1,6}\s){0,2}[가-힣]{0,6}+")
_NEAR = 26


class Subject(NamedTuple):
    """What stands as the subject: a phrase, or plain ``text`` where it is no mention."""

    phrase: Phrase | None
    text: str
    position: int


def subject_of(
    unit: Unit,
    start: int,
    predicate: Predicate | None,
    *,
    state: bool = False,
    head_is_object: bool = False,
    region: int | None = None,
) -> Subject | None:
    """The subject of the predicate whose trigger begins at ``start``, searched in the same unit.

    A topic does not reach into a relative clause (``관광객`` visits in ``시장은 서울을 방문한 관광객이 …``) unless
    the modified noun is the object (``head_is_object``) or the sentence defines its topic (``state``). ``region``
    is the quotation to search in (see ``View.region``), by default the one that ``start`` stands in.
    """
    if region is None:
        region = unit.view.region(start)
    key = (start, predicate, state, head_is_object, region)
    if key not in unit.subjects:  # several rules ask for the same verb
        unit.subjects[key] = _subject_of(unit, start, predicate, state, head_is_object, region)
    return unit.subjects[key]


def _subject_of(
    unit: Unit, start: int, predicate: Predicate | None, state: bool, head_is_object: bool, region: int
) -> Subject | None:
    view = unit.view
    adnominal = predicate is not None and predicate.kind == "ETM" and predicate.after == ""
    marks = subject_marks(unit)
    found: Subject | None = None
    for mark, position, role in reversed(marks):
        if position >= start or view.region(position) != region:
            continue
        if view.text[start] in "되됐" and role == "subj":
            ends = mark.phrase.after if mark.phrase is not None else position + len(mark.text) + 1
            if start - ends <= 1:  # the complement of 되다: 회장도시가 되었다
                continue
        crossed = [
            p
            for p in unit.predicates
            if position <= p.start and p.end <= start and view.region(p.start) == region
        ]
        if any(p.kind == "EF" for p in crossed):
            break
        if role == "topic":
            if found is None or not adnominal:
                found = mark if found is None else found
            break
        if any(_encloses(p) for p in crossed):
            continue
        if found is None:
            found = mark
            if not crossed:
                break
            # a later topic to the left overrules a subject that already has its own predicate
            topic = _topic_before(unit, marks, position, region, start)
            reported = predicate is not None and predicate.kind == "EC" and "다고" in predicate.ending
            if (
                topic is not None and not reported
            ):  # 당은 김 후보가 …에 선출됐다고 밝혔다: the topic only tells it
                found = topic
            break
    if found is None and not adnominal:
        found = _sole_subject(unit, marks, start, region)
    if adnominal and not head_is_object:
        doer = _person_after(unit, predicate)  # type: ignore[arg-type]
        if doer is not None:
            return doer
    if adnominal:
        own = found is not None and not _crossed(unit, found.position, start)
        if own and found is not None and _role_at(marks, found.position) != "topic":
            return found
        head = head_after(unit, predicate)  # type: ignore[arg-type]
        if head is not None and head.label == "ORG" and head.role in ("mod", "other", "end"):
            return None  # 참석한 국군체육부대 장병들: the body is not the one who did it
        if head is not None and head.label in ("PERSON", "ORG", "TITLE"):
            return Subject(head, "", head.start)
        if found is not None and _role_at(marks, found.position) != "topic":
            return None
        if not head_is_object and not (state and _defines(unit)):
            return None
    return found


def _sole_subject(
    unit: Unit, marks: list[tuple[Subject, int, str]], start: int, region: int
) -> Subject | None:
    """The one subject before ``start`` although a relative clause follows it: the main verb needs one too.

    ``장관이 9일 브라질에서 열린 회의에서 총리를 만났다``; not where the clause's verb follows it at once
    (``정부가 발표한 계획``).
    """
    before = [(m, r) for m, at, r in marks if at < start and unit.view.region(at) == region]
    if len(before) != 1 or before[0][1] != "subj" or before[0][0].phrase is None:
        return None
    phrase = before[0][0].phrase
    crossed = [p for p in unit.predicates if p.start >= phrase.after and p.end <= start]
    if not crossed or crossed[0].start - phrase.after <= 2 or any(p.kind in ("EF", "EC") for p in crossed):
        return None
    return before[0][0]


def _person_after(unit: Unit, predicate: Predicate) -> Subject | None:
    """``관계자들`` in ``시장이 총회에 참가한 도시 관계자들을 초청해``: people without a name who did it."""
    text = unit.view.text
    match = _PEOPLE.search(text, predicate.end, min(unit.end, predicate.end + _NEAR))
    if match is None or _LEADS_UP.fullmatch(text, predicate.end, match.start()) is None:
        return None
    start = predicate.end + (text[predicate.end] == " ")
    if unit.view.mentions_in(start, match.end() + 1):
        return None
    return Subject(None, text[start : match.end()], start)


def _defines(unit: Unit) -> bool:
    """Whether the unit ends in a copula: ``A는 …하는 기관이다``."""
    final = next((p for p in reversed(unit.predicates) if p.kind == "EF"), None)
    return final is not None and final.stem == "이"


def _crossed(unit: Unit, position: int, start: int) -> bool:
    return any(position <= p.start and p.end <= start for p in unit.predicates)


def _role_at(marks: list[tuple[Subject, int, str]], position: int) -> str:
    return next((role for mark, _, role in marks if mark.position == position), "")


def _topic_before(
    unit: Unit, marks: list[tuple[Subject, int, str]], before: int, region: int, start: int
) -> Subject | None:
    for mark, position, role in reversed(marks):
        if position < before and role == "topic" and unit.view.region(position) == region:
            if any(p.kind == "EF" and position <= p.start and p.end <= start for p in unit.predicates):
                return None
            return mark
    return None


def _encloses(predicate: Predicate) -> bool:
    """Whether a subject before this predicate belongs to it alone."""
    if predicate.kind in ("ETM", "ETN"):
        return True
    return predicate.kind == "EC" and (
        is_conditional(predicate)
        or "다고" in predicate.ending
        or "다며" in predicate.ending
        or "라고" in predicate.ending
    )


def subject_marks(unit: Unit) -> list[tuple[Subject, int, str]]:
    """Every subject or topic of the unit with its position and role, mentions and plain nouns alike."""
    if unit.marks is None:
        unit.marks = _subject_marks(unit)
    return unit.marks


def _subject_marks(unit: Unit) -> list[tuple[Subject, int, str]]:
    phrases = {p.after: p for p in unit.phrases if p.role in SUBJECT_ROLES}
    view = unit.view
    out: list[tuple[Subject, int, str]] = []
    seen: set[int] = set()
    for p in unit.phrases:
        if p.role in SUBJECT_ROLES:
            role = "topic" if p.role == "topic" else "subj"
            first = p.group[0] if p.group else p
            out.append((Subject(p, "", first.start), first.start, role))
            seen.add(p.after)
        elif p.role == "mod" and p.tail_role in SUBJECT_ROLES and p.label not in ("DATE", "TIME", "TITLE"):
            out.append(
                (
                    Subject(None, view.text[p.start : p.tail_end], p.start),
                    p.start,
                    "topic" if p.tail_role == "topic" else "subj",
                )
            )
            seen.add(p.tail_end)
    spans = [(p.start, p.after) for p in phrases.values()]
    for i in range(unit.first, unit.last):
        morpheme = view.morphemes[i]
        if morpheme.tag == "JKS" or (morpheme.tag == "JX" and morpheme.form in ("은", "는")):
            if morpheme.end in seen or morpheme.start in seen or i == unit.first:
                continue
            before = view.morphemes[i - 1]
            if not before.tag.startswith(("NN", "NR", "NP", "XS", "SL", "SN")) or before.form in _TIME_TOPICS:
                continue
            if any(s <= morpheme.start < e for s, e in spans):
                continue
            start = before.start
            k = i - 2
            while (
                k >= unit.first
                and view.morphemes[k].tag.startswith(("NN", "XP", "XS", "SL"))
                and view.morphemes[k].tag not in ("XSV", "XSA")
            ):
                start = view.morphemes[k].start
                k -= 1
            out.append(
                (
                    Subject(None, view.text[start : before.end], start),
                    start,
                    "topic" if morpheme.tag == "JX" else "subj",
                )
            )
    out.sort(key=lambda item: item[1])
    return out


def head_after(unit: Unit, predicate: Predicate) -> Phrase | None:
    """The phrase that an adnominal clause modifies: it begins right after the ending."""
    text = unit.view.text
    for phrase in unit.phrases:
        if phrase.start >= predicate.end:
            gap = text[predicate.end : phrase.start]
            if gap.strip(" ‘'“\"`｢「<《㈜"):
                return None
            if phrase.role == "gen" and phrase.label in ("PERSON", "TITLE"):
                return None  # 행사에 참석한 김하늘의 누나
            return phrase
    return None


def in_clause(
    unit: Unit, start: int, roles: tuple[str, ...], *, over: bool = False, chained: bool = False
) -> list[Phrase]:
    """Phrases with one of ``roles`` that belong to the predicate at ``start``, nearest first.

    ``over``: phrases before a relative clause inside the predicate's own clause count too; ``chained``: so do
    those before a verb in ``-어`` (``서울에서 의장을 초청해 회의를 열었다``).
    """
    near = [p for p in unit.phrases if p.role in roles and p.start < start and p.after <= start]
    if not near:
        return []
    view = unit.view
    region = view.region(start)
    crossed = [p for p in unit.predicates if p.end <= start and view.region(p.start) == region]
    out = []
    for phrase in reversed(near):
        if view.region(phrase.start) != region:
            continue
        between = [p for p in crossed if p.start >= phrase.end]
        if any(p.kind == "EF" or (p.kind in ("ETM", "ETN") and not over) for p in between):
            continue
        if any(p.kind == "EC" and not (chained and p.ending in ("어", "아", "여")) for p in between):
            continue
        out.append(phrase)
    return out

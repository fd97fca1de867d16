"""Who does what in a clause: the subject of a predicate, its arguments, its mood, the noun phrase before it.

Korean is head final: a phrase belongs to the first predicate after it, except the topic (``은/는``), which
holds for all that follow, and the subject of a relative clause, which is the noun after the clause.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from extract.relate.phrases import SUBJECT_ROLES, Phrase
from extract.relate.predicates import Predicate
from extract.relate.view import Unit

FACT, PLANNED, NEGATED, OPEN = "fact", "planned", "negated", "open"
_CONDITIONAL = frozenset(
    [
        "면",
        "으면",
        "려고",
        "으려고",
        "고자",
        "자",
        "도록",
        "러",
        "으러",
        "어야",
        "아야",
        "려면",
        "으려면",
        "거나",
        "더라도",
        "든지",
        "려",
        "으려",
        "게",
        "ᆯ지",
        "을지",
        "을까",
        "ᆯ까",
        "자고",
        "자는",
        "라고",
        "라며",
        "라는",
        "으라고",
        "ᆯ수록",
        "을수록",
    ]
)
_PLAN = regex.compile(
    r"예정|계획|방침|전망|할\s것|될\s것|겠|기로|구상|려고|고자|목표|추진한다|나갈|앞두|준비"
)
_NOT = regex.compile(
    r"지\s?(?:는|도|를)?\s?(?:않|못|아니|말)|(?:을|를|이|가|은|는|도|할|될)?\s?(?:수\s)?(?:없|못\s?[하했한]|안\s[하했한]|무산|취소|불발|연기|거부|거절|중단)"
)
_SHIFT = regex.compile(r"앞으로|향후|추후|내년|하반기|상반기|지속|계속|이후|다음|더욱|적극|또한|아울러|이를")
_AFTER_ADNOMINAL_PLAN = frozenset({"예정", "계획", "방침", "전망", "것"})
_FOLLOWING_FACT = frozenset(
    {"바", "데", "후", "뒤", "가운데", "이후", "직후", "다음", "채", "이래", "중", "것"}
)
_PLAIN_CHAIN = frozenset(
    [
        "고",
        "며",
        "으며",
        "어",
        "아",
        "여",
        "어서",
        "아서",
        "면서",
        "으면서",
        "지만",
        "는데",
        "ᆫ데",
        "은데",
        "고서",
        "더니",
        "다가",
        "으나",
        "나",
        "자마자",
        "므로",
        "으므로",
        "니",
        "으니",
    ]
)
_TIME_TOPICS = frozenset(
    [
        "이날",
        "오늘",
        "어제",
        "올해",
        "현재",
        "이번",
        "이후",
        "당시",
        "최근",
        "지금",
        "향후",
        "때",
        "경우",
        "시",
        "중",
        "후",
        "전",
        "바",
        "앞서",
        "그동안",
        "이때",
        "이제",
    ]
)


class Subject(NamedTuple):
    """What stands as the subject: a phrase, or plain ``text`` where it is no mention."""

    phrase: Phrase | None
    text: str
    position: int


def governed(unit: Unit, start: int, end: int) -> Predicate | None:
    """The predicate that a trigger in ``[start, end)`` belongs to; None where it stands as a bare noun."""
    for predicate in unit.predicates:
        if predicate.end > start:
            return (
                predicate
                if (predicate.start <= end + 1 and predicate.end > end - 1) or predicate.start < end
                else None
            )
    return None


def mood(unit: Unit, predicate: Predicate, start: int, *, state: bool = False) -> str:
    """Whether the clause of ``predicate`` tells a fact, a plan, a negation or something left open.

    ``state``: the rule speaks of a lasting state, so that the present tense is a fact too.
    """
    text = unit.view.text
    if predicate.negated or _NOT.search(text, start, min(unit.end, predicate.end + 6)):
        return NEGATED
    if predicate.future:
        return PLANNED
    kind, ending = predicate.kind, predicate.ending
    if kind == "ETM":
        if ending in ("ᆯ", "을", "ㄹ"):
            return PLANNED if predicate.after in _AFTER_ADNOMINAL_PLAN else OPEN
        if ending in ("는",) and not predicate.progressive and not state:
            return _chain(unit, predicate, state) if predicate.after in ("것", "") else FACT
        return FACT
    if kind == "ETN":
        if ending == "기":
            tail = text[predicate.end : predicate.end + 14]
            if tail.startswith("로"):
                return PLANNED
            return FACT if predicate.past and tail.startswith(" 때문") else OPEN
        return FACT
    if kind == "EC":
        if ending in _CONDITIONAL:
            return OPEN
        if ending.startswith(("다", "ᆫ다", "는다")) or ending.endswith(("다고", "다며", "다면서", "다는")):
            return _tense(predicate, state)
        if predicate.past:
            return FACT
        return _chain(unit, predicate, state)
    if ending in ("자", "라", "십시오", "ᆯ까요", "을까요", "ᆸ시다"):
        return OPEN
    return _tense(predicate, state)


def _tense(predicate: Predicate, state: bool) -> str:
    if predicate.past or predicate.progressive or state:
        return FACT
    return PLANNED


def _chain(unit: Unit, predicate: Predicate, state: bool) -> str:
    """A clause that goes on (``만나고, …할 예정이다``) shares the plan of the clause that ends the chain."""
    text = unit.view.text
    region = unit.view.region(predicate.start)
    for following in unit.predicates:
        if following.start <= predicate.start or unit.view.region(following.start) != region:
            continue
        if following.kind == "ETM" and following.after not in _AFTER_ADNOMINAL_PLAN:
            continue
        if following.kind == "ETN" and following.ending != "기":
            continue
        if following.kind == "EC" and following.ending in _PLAIN_CHAIN and not following.past:
            continue
        if following.kind == "EC" and following.ending in _CONDITIONAL:
            continue
        between = text[predicate.end : following.start]
        if following.past or following.progressive:
            return FACT
        if following.kind == "ETN":
            tail = text[following.end : following.end + 14]
            return (
                PLANNED
                if tail.startswith("로") and not regex.match(r"로\s(?:했|하였|합의|약속|결정|뜻)", tail)
                else FACT
            )
        planned = (
            following.future
            or following.after in ("예정", "계획", "방침")
            or (not state and following.kind == "EF")
        )
        if planned and (
            _SHIFT.search(between) is None or not _PLAN.search(text, following.start, following.end + 6)
        ):
            return PLANNED
        return FACT
    return FACT


def subject_of(unit: Unit, start: int, predicate: Predicate | None) -> Subject | None:
    """The subject of the predicate whose trigger begins at ``start``, searched in the same unit."""
    view = unit.view
    region = view.region(start)
    adnominal = predicate is not None and predicate.kind == "ETM" and predicate.after == ""
    marks = subject_marks(unit)
    found: Subject | None = None
    for mark, position, role in reversed(marks):
        if position >= start or view.region(position) != region:
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
            if topic is not None:
                found = topic
            break
    if adnominal:
        own = found is not None and not _crossed(unit, found.position, start)
        if own and found is not None and _role_at(marks, found.position) != "topic":
            return found
        head = head_after(unit, predicate)  # type: ignore[arg-type]
        if head is not None and head.label in ("PERSON", "ORG", "TITLE"):
            return Subject(head, "", head.start)
        if found is not None and _role_at(marks, found.position) != "topic":
            return None
    return found


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
        predicate.ending in _CONDITIONAL
        or "다고" in predicate.ending
        or "다며" in predicate.ending
        or "라고" in predicate.ending
    )


def subject_marks(unit: Unit) -> list[tuple[Subject, int, str]]:
    """Every subject or topic of the unit with its position and role, mentions and plain nouns alike."""
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
        elif p.role == "mod" and p.tail_role in SUBJECT_ROLES:
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
            return phrase if gap.strip(" ‘'“\"`｢「<《㈜") == "" else None
    return None


def in_clause(unit: Unit, start: int, roles: tuple[str, ...], *, over: bool = False) -> list[Phrase]:
    """Phrases with one of ``roles`` that belong to the predicate at ``start``, nearest first.

    ``over``: phrases before a relative clause inside the predicate's own clause count too.
    """
    view = unit.view
    region = view.region(start)
    crossed = [p for p in unit.predicates if p.end <= start and view.region(p.start) == region]
    out = []
    for phrase in reversed(unit.phrases):
        if (
            phrase.start >= start
            or phrase.role not in roles
            or phrase.after > start
            or view.region(phrase.start) != region
        ):
            continue
        between = [p for p in crossed if p.start >= phrase.end]
        if any(p.kind in ("EF", "EC") or (p.kind in ("ETM", "ETN") and not over) for p in between):
            continue
        out.append(phrase)
    return out


_LEFT_OK = ("NNG", "NNP", "NNB", "NR", "SN", "SL", "SH", "XPN", "XSN", "XR", "W_SERIAL", "SW")
_DETERMINERS = regex.compile(
    r"^(?:(?:이번|동|본|이|그|각|첫|첫\s?번째|해당|올해|이날|오는|지난|같은|관련|현지|공동|이\s날)\s|[□ㅇ○△※▲▪•*\-·]\s?)+"
)


def noun_phrase(unit: Unit, end: int, *, limit: int = 60) -> tuple[int, int] | None:
    """The noun phrase that ends at ``end``: nouns, numbers, quoted names, without leading determiners or dates."""
    view = unit.view
    text, morphemes = view.text, view.morphemes
    i = view.morpheme_index(end) - 1
    start = end
    floor = max(unit.start, end - limit)
    closing = ""
    while i >= unit.first and morphemes[i].start >= floor:
        morpheme = morphemes[i]
        tag = morpheme.tag
        char = text[morpheme.start]
        if closing:
            start = morpheme.start
            if char in closing:
                closing = ""
        elif (
            char in "’”'\"`｣」』》〉)"
            and morpheme.end - morpheme.start == 1
            and (tag.startswith("SS") or tag in ("SW", "SY"))
        ):
            closing = {")": "(", "」": "「", "｣": "｢", "』": "『", "》": "《", "〉": "〈"}.get(char, "‘“'\"`")
            start = morpheme.start
        elif tag in _LEFT_OK or (tag in ("SP", "SO") and char in "·-–~"):
            if tag == "SW" and char in "□ㅇ○△※▲▪•*":
                break
            start = morpheme.start
        else:
            break
        i -= 1
    if closing:
        return None
    for mention in view.mentions_in(start, end):
        if (
            mention.label in ("DATE", "TIME")
            and mention.end < end
            and not text[start : mention.start].strip("‘“'\"`｢「")
        ):
            if text[mention.end : mention.end + 1] in (" ", ","):
                start = mention.end
    while start < end and text[start] in " ,·-":
        start += 1
    match = _DETERMINERS.match(text[start:end])
    if match:
        start += match.end()
    return (start, end) if end - start >= 2 else None


_BRACKETED = regex.compile(r"\s?\([^()]{0,80}\)")


def clean_name(name: str) -> str:
    """A name without marks and glosses: ``‘시티넷(CITYNET)’ 제8차 총회`` → ``시티넷 제8차 총회``."""
    name = _BRACKETED.sub("", name)
    name = regex.sub(r"[‘’“”'\"`｢｣「」『』《》〈〉<>]", "", name)
    return regex.sub(r"\s+", " ", name).strip(" ,·-:")

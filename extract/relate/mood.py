"""Whether a clause tells a fact, a plan, a negation or something left open, from its endings.

``체결했다`` is a fact, ``체결할 예정`` and ``체결한다`` a plan, ``체결하지 않았다`` a negation, ``체결하면`` left
open. A clause that goes on (``만나고, …할 예정이다``) shares the plan of the clause that ends the chain.
"""

from __future__ import annotations

from extract.expression import Expression
from extract.relate.predicates import Predicate, word_set
from extract.relate.view import Unit

FACT, PLANNED, NEGATED, OPEN = "fact", "planned", "negated", "open"
_CONDITIONAL = word_set(
    "면 으면 려고 으려고 고자 자 도록 러 으러 어야 아야 려면 으려면 거나 더라도 든지 려 으려 게 ᆯ지 을지 을까 ᆯ까 "
    "자고 자는 라고 라며 라는 으라고 ᆯ수록 을수록"
)
_PLAIN_CHAIN = word_set(
    "고 며 으며 어 아 여 어서 아서 면서 으면서 지만 는데 ᆫ데 은데 고서 더니 다가 으나 나 자마자 므로 으므로 니 으니"
)
_PLAN = Expression(
    r"예정|계획|방침|전망|할\s것|될\s것|겠|기로|구상|려고|고자|목표|추진한다|나갈|앞두|앞둔|준비|추진\b"
)
_NOT = Expression(
    r"지\s?(?:는|도|를)?\s?(?:않|못|아니|말)"
    r"|(?:을|를|이|가|은|는|도|할|될)?\s?(?:수\s)?(?:없|못\s?[하했한]|안\s[하했한]|무산|취소|불발|연기|거부|거절|중단)"
)
_SHIFT = Expression(r"앞으로|향후|추후|내년|하반기|상반기|지속|계속|이후|다음|더욱|적극|또한|아울러|이를")
_PLAN_NOUNS = frozenset({"예정", "계획", "방침", "전망", "것"})
_AHEAD = Expression(r"\s?(?:가능성|방침|예정|계획|전망|것으로\s(?:보|알려|예상|전망))")
_PAST_DECISION = Expression(r"로\s(?:했|하였|합의|약속|결정|뜻)")


def governed(unit: Unit, start: int, end: int) -> Predicate | None:
    """The predicate that a trigger in ``[start, end)`` belongs to; None where it stands as a bare noun."""
    for predicate in unit.predicates:
        if predicate.end > start:
            if predicate.start <= end:
                return predicate
            light = predicate.stem in ("하", "되") and not predicate.noun
            return predicate if light and predicate.start <= end + 1 else None
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
        if ending.endswith(("라는", "자는", "냐는")):
            return OPEN
        if predicate.after == "가운데":  # … 참석한 가운데 열린다
            following = next((p for p in unit.predicates if p.start >= predicate.end), None)
            if following is not None and following.kind in ("EF", "EC"):
                return mood(unit, following, following.start, state=state)
        if ending in ("ᆯ", "을", "ㄹ"):
            return PLANNED if predicate.after in _PLAN_NOUNS else OPEN
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
        if predicate.past or state:
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
        if following.kind == "ETM" and following.after == "바":
            return FACT
        if following.kind == "ETM" and following.ending in ("ᆯ", "을") and _AHEAD.match(text, following.end):
            return PLANNED
        if following.kind == "ETM" and following.after not in _PLAN_NOUNS:
            continue
        if following.kind == "ETN" and following.ending != "기":
            continue
        if following.kind == "EC" and following.ending in _PLAIN_CHAIN and not following.past:
            continue
        if following.kind == "EC" and following.ending in _CONDITIONAL:
            continue
        if following.kind == "EF" and not following.action:
            return FACT
        between = text[predicate.end : following.start]
        if following.past or following.progressive:
            return FACT
        if following.kind == "ETN":
            tail = text[following.end : following.end + 14]
            return PLANNED if tail.startswith("로") and not _PAST_DECISION.match(tail) else FACT
        planned = (
            following.future
            or following.after in ("예정", "계획", "방침")
            or (not state and following.kind == "EF")
            or (not state and "다고" in following.ending and not _has_topic(unit, predicate.start))
        )
        if planned and (
            _SHIFT.search(between) is None or not _PLAN.search(text, following.start, following.end + 6)
        ):
            return PLANNED
        return FACT
    return FACT


def _has_topic(unit: Unit, before: int) -> bool:
    """``A는 회의를 열고 …한다고 밝혔다``: the topic held the meeting, whatever it then announced."""
    return any(m.tag == "JX" and m.form in ("은", "는", "도") and m.start < before for m in unit.morphemes)


def is_conditional(predicate: Predicate) -> bool:
    """Whether the ending makes the clause a condition, an aim or an order (``하면``, ``하도록``, ``하려고``)."""
    return predicate.ending in _CONDITIONAL


def plan_in(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` speaks of a plan (``예정``, ``계획``, ``…하기로``)."""
    return _PLAN.search(text, start, end) is not None

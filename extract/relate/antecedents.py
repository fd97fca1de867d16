"""Whom a reference means: the one, two or three people or bodies named before it, or the last list of names.

Nothing is guessed: where more or fewer fit than the words say (``두 사람`` after three names), nobody is meant.
"""

from __future__ import annotations

from extract.expression import Expression
from extract.relate.fillers import Filler, filler, of_mention
from extract.relate.phrases import Phrase
from extract.relate.references import Reference
from extract.relate.view import Unit, View

REACH = 3
"""Sentences back within which the names must stand."""

_ACTS = Expression(r"(?:\s?\([^()]{0,60}\))?\s?[은는이가](?![가-힣])")
_PREFIX = Expression(r"^(?:동|이|본|해당|같은)\s?")
_PARTNERS = ("topic", "subj", "also", "with", "comma", "dot", "and", "etc", "obj", "dat", "from")
_PEOPLE = frozenset(("PERSON",))


def antecedents(view: View, unit: Unit, phrase: Phrase) -> list[Filler]:
    """The fillers that the reference ``phrase`` of ``unit`` stands for, placed where the reference stands."""
    reference = phrase.reference
    if reference is None:
        return []
    if reference.labels == _PEOPLE and reference.count == 1:
        return []  # 그는: the last person who was a subject, see ``Context.last_person``
    if reference.count == 1:
        body = _body(view, phrase, reference)
        found = [body] if body is not None else []
    elif reference.count == 0:
        found = _last_list(view, unit, phrase, reference)
    elif reference.subtypes:
        found = _named(view, unit, phrase, reference)
    elif "PERSON" in reference.labels and len(reference.labels) > 1:  # 양측
        found = _partners(view, unit, phrase, reference, _PEOPLE)
        found = found or _partners(view, unit, phrase, reference, reference.labels - _PEOPLE)
    else:
        found = _partners(view, unit, phrase, reference, reference.labels)
    return [f._replace(start=phrase.start, end=phrase.end) for f in found]


def _body(view: View, phrase: Phrase, reference: Reference) -> Filler | None:
    """``구는``, ``동 위원회는``: the body named before whose name ends so; ``해당 기관은``: the one just named."""
    word = _PREFIX.sub("", phrase.pronoun) if reference.ending else ""
    named = [
        m
        for m in view.mentions_in(0, phrase.start)
        if m.label in reference.labels and m.text.endswith(word) and len(m.text) > len(word)
    ]
    if word == "대학":
        named = [
            m
            for m in view.mentions_in(0, phrase.start)
            if m.label == "ORG" and m.text.endswith(("대", "대학", "대학교"))
        ]
    if not named:
        return None
    if len(word) != 1:  # 위원회는: the one just named
        return of_mention(view, named[-1])
    acting = [m for m in named if _ACTS.match(view.text, m.end)]
    return of_mention(view, (acting or named)[0])  # 시는, 구는: the body whose text it is, named first


def _units_before(view: View, unit: Unit) -> list[Unit]:
    found = []
    for index in range(unit.index, max(-1, unit.index - REACH - 1), -1):
        before = view.units[index]
        if before.section != unit.section:
            break
        found.append(before)
    return found


def _partners(
    view: View, unit: Unit, phrase: Phrase, reference: Reference, labels: frozenset[str]
) -> list[Filler]:
    """The ``count`` entities that act or are acted with in the sentences before, nearest sentence first."""
    found: dict[str, Filler] = {}
    for before in _units_before(view, unit):
        here: dict[str, Filler] = {}
        for other in before.phrases:
            if other.start >= phrase.start or other.role not in _PARTNERS:
                continue
            one = filler(view, other)
            if one is not None and one.id is not None and _fits(one, reference, labels):
                here.setdefault(one.id, one)
        if len(here) == reference.count:
            return list(here.values())
        for key, one in here.items():
            found.setdefault(key, one)
        if len(found) >= reference.count:
            return list(found.values()) if len(found) == reference.count else []
    return []


def _fits(one: Filler, reference: Reference, labels: frozenset[str]) -> bool:
    if one.label not in labels:
        return False
    return one.label == "CITY" or reference.names is None or reference.names.search(one.name) is not None


def _last_list(view: View, unit: Unit, phrase: Phrase, reference: Reference) -> list[Filler]:
    """``이들은``: the people or bodies of the list that was named last as a subject."""
    for before in _units_before(view, unit)[:3]:
        for other in reversed(before.phrases):
            if other.start < phrase.start and other.group and (other.is_subject or other.role == "with"):
                found = [f for f in (filler(view, p) for p in other.group) if f is not None]
                return found if all(f.label in reference.labels for f in found) else []
        if before is not unit and any(p.is_subject for p in before.phrases):
            return []
    return []


def _named(view: View, unit: Unit, phrase: Phrase, reference: Reference) -> list[Filler]:
    """``양국``: the countries named in the sentences before, wherever they stand."""
    found: dict[str, Filler] = {}
    for before in _units_before(view, unit):
        for mention in view.mentions_in(before.start, min(before.end, phrase.start)):
            entity = view.entities.get(mention.entity_id or "")
            subtypes = {mention.subtype, entity.subtype if entity else None}
            if mention.label in reference.labels and mention.entity_id and reference.subtypes & subtypes:
                found.setdefault(mention.entity_id, of_mention(view, mention))
        if len(found) >= reference.count:
            return list(found.values()) if len(found) == reference.count else []
    return []

"""Which mentions of people are one person: full name, surname with title, spelling of a foreign name."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extract.model import Mention
from extract.resolve.groups import Form, Groups, form_of_name
from extract.resolve.names import (
    has_hangul,
    is_korean_name,
    may_sound_alike,
    other_script,
    same_office,
    sound_distance,
    words_inside,
)

MAX_SOUND_DISTANCE = 0.26
"""Share of jamo in which two spellings of one foreign name may differ (``구테흐스``, ``구테레스``:
2 of 8)."""


class Titles:
    """What a mention is called: the titles' heads (``장관``) and full texts (``외교장관``), and whether they are
    former ones (``전 장관``), present ones or both."""

    def __init__(self) -> None:
        self.heads: set[str] = set()
        self.texts: set[str] = set()
        self.past: set[bool] = set()

    def add(self, head: str, text: str, past: bool = False) -> None:
        """Takes in one title of the mention."""
        self.heads.add(head)
        self.texts.add(text)
        self.past.add(past)


def join_persons(groups: Groups, mentions: Sequence[Mention], titles: Mapping[int, Titles]) -> None:
    """Joins every short or variant form with the fullest person it fits.

    A surname (``박`` in ``박 시장``) or a part of a foreign name goes to the nearest person before it whose
    title agrees, else to the nearest whose title is not known; never to one with another title. Two
    spellings of a foreign name are one person when their sounds are close and a title agrees.
    """
    sets: dict[int, list[int]] = defaultdict(list)
    surnames: list[int] = []
    for i, mention in enumerate(mentions):
        if mention.label == "PERSON":
            if is_surname(mention.text):
                surnames.append(i)
            else:
                sets[groups.find(i)].append(i)
    people = [_Person(found, mentions, titles) for found in sets.values()]
    people.sort(key=lambda person: person.length)
    by_word: dict[str, list[_Person]] = defaultdict(list)
    titled: list[_Person] = []
    for person in people:
        if person.has_parts:
            for word in {word for form in person.forms for word in form}:
                by_word[word].append(person)
            if person.titles.heads:
                titled.append(person)
    for person in people:
        others = [other for form in person.forms for other in by_word.get(form[0], ())]
        if person.titles.heads and person.has_sound:
            others += titled
        longer = (other for other in others if other is not person and other.length >= person.length)
        _join(groups, person.members[0], _best(person, longer))
    by_first: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        for first in {form[0][:1] for form in person.forms if len(form) == 1}:
            by_first[first].append(person)
    alone: dict[tuple[str, frozenset[str]], int] = {}
    bearers: dict[tuple[object, ...], list[int]] = {}
    for i in surnames:
        person = _Person([i], mentions, titles)
        surname, called = mentions[i].text, person.titles
        said = (surname, frozenset(called.heads), frozenset(called.texts), frozenset(called.past))
        if said not in bearers:
            bearers[said] = _best(person, by_first[surname])
        if not _join(groups, i, bearers[said]):
            groups.join(alone.setdefault((surname, frozenset(called.heads)), i), i)


class _Person:
    """A set of mentions with its spellings and titles. One that ``has_parts`` may be called by one of them,
    or spelled in another way; a Korean name of two or three syllables is only shortened to its surname. One that
    ``has_sound`` may be a spelling of a longer one."""

    def __init__(self, members: list[int], mentions: Sequence[Mention], titles: Mapping[int, Titles]) -> None:
        self.members = members
        self.texts = list(dict.fromkeys(mentions[i].text for i in members))
        self.forms = [form_of_name("PERSON", text) for text in self.texts]
        hangul = [form for form in self.forms if has_hangul("".join(form))] or self.forms
        self.has_parts = any(len(form) > 1 or len(form[0]) > 3 for form in self.forms)
        self.has_sound = any(map(_has_sound, self.texts, self.forms))
        self.length = max(sum(map(len, form)) for form in hangul)
        self.titles = Titles()
        for i in members:
            if i in titles:
                self.titles.heads |= titles[i].heads
                self.titles.texts |= titles[i].texts
                self.titles.past |= titles[i].past


def _best(person: _Person, others: Iterable[_Person]) -> list[int]:
    """The mentions, in order, of those of ``others`` that fit ``person`` best."""
    best, chosen = -1, list[int]()
    for other in others:
        agree = _agreement(person.titles, other.titles)
        if agree < max(best, 0) or not _fits(person, other, sounds=agree > 0):
            continue
        if agree > best:
            best, chosen = agree, []
        chosen += other.members
    return sorted(chosen)


def _join(groups: Groups, i: int, others: Sequence[int]) -> bool:
    """Joins mention ``i`` with the last of ``others`` before it, else with the first; False where there is none."""
    if others:
        groups.join(i, others[max(0, bisect_left(others, i) - 1)])
    return bool(others)


def is_surname(text: str) -> bool:
    """Whether a PERSON mention is a bare Korean surname."""
    return len(text) == 1 and "가" <= text <= "힣"


def _agreement(one: Titles, other: Titles) -> int:
    """2 where a title agrees (``외교장관`` and ``장관``), 1 where it agrees but for being a former one, 0 where one
    has none, -1 where they differ."""
    if not one.heads or not other.heads:
        return 0
    agree = one.heads & other.heads or any(
        same_office(a, b) or same_office(b, a) for a in one.texts for b in other.texts
    )
    if not agree:
        return -1
    return 2 if one.past & other.past else 1


def _fits(person: _Person, other: _Person, sounds: bool) -> bool:
    """Whether a form of ``person`` is short for one of ``other`` or, with ``sounds``, spelled as it sounds."""
    for text, form in zip(person.texts, person.forms, strict=True):
        for full_text, full in zip(other.texts, other.forms, strict=True):
            if form == full or other_script(text, full_text):
                continue
            if _is_short(text, form, full) or (sounds and _sounds_alike(text, form, full)):
                return True
    return False


def _is_short(text: str, form: Form, full: Form) -> bool:
    if is_surname(text):
        return len(full) == 1 and len(full[0]) > 1 and is_korean_name(full[0]) and full[0][0] == text
    return len(full) > len(form) and len(text) >= 2 and words_inside(form, full)


def _has_sound(text: str, form: Form) -> bool:
    length = sum(map(len, form))
    return length > 3 or (length == 3 and not is_korean_name(text))


def _sounds_alike(text: str, form: Form, full: Form) -> bool:
    if not _has_sound(text, form) or sum(map(len, form)) > sum(map(len, full)):
        return False
    here, there = "".join(form), "".join(full[-len(form) :])
    return (
        may_sound_alike(here, there, MAX_SOUND_DISTANCE)
        and 0 < sound_distance(here, there) <= MAX_SOUND_DISTANCE
    )

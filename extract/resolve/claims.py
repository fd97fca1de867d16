"""What the facts say of people and names: titles, affiliations and aliases, and the claims they become."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extract.document import Claim, Title
from extract.resolve.bodies import BodyRule, Organisation, own_body
from extract.resolve.entities import Draft, name_key
from extract.resolve.names import same_office, squeeze
from extract.resolve.offices import Offices
from extract.resolve.rules import Fact
from extract.resolve.skeleton import Skeleton

ALIAS = ("also_known_as", "shortened_to")
_PAST = re.compile(r"前|(?:^|\s)전[임직]?(?=\s)")
_FORMER = re.compile(r"^(?:前\s?|전[임직]?\s)")
_STREET = re.compile(r"[가-힣\d](?:동|리|읍|면|로|길|가)$")
_RANK = re.compile(r"^.*?(?=(?:시장|지사|군수|구청장|교육감)(?:$| ))")

Body = int | str
"""An organisation or place: the representative of its set, or a readable text where it is no mention."""

_PUBLIC_ENDINGS = ("시", "도", "군", "구", "부", "처", "청")


class Held(NamedTuple):
    """A title of a person, with the body that the title itself names.

    ``office`` is the same for two ways of writing one office: ``충남지사``, ``충청남도지사``.
    """

    text: str
    head: str
    past: bool
    body: Body | None
    office: tuple[Body, str] | None
    fact: Fact

    @property
    def shown(self) -> str:
        """The title as readers should see it: a former one says so."""
        return f"前 {self.text}" if self.past else self.text


class Membership(NamedTuple):
    """A body that a person belongs or belonged to."""

    body: Body
    past: bool
    fact: Fact


class Findings:
    """Titles, memberships and aliases by entity (the representative of its set)."""

    def __init__(
        self, facts: Sequence[Fact], skeleton: Skeleton, entity_of: Callable[[int], int | None]
    ) -> None:
        self.held: dict[int, list[Held]] = defaultdict(list)
        self.memberships: dict[int, list[Membership]] = defaultdict(list)
        self.aliases: dict[int, list[tuple[str, str, Fact]]] = defaultdict(list)
        self._facts = facts
        self._skeleton = skeleton
        self._entity_of = entity_of

    def collect(
        self, offices: Offices, known: Callable[[str], int | None], honorifics: Iterable[str]
    ) -> None:
        """Sorts the facts by whom they are about. ``known`` finds an entity of the article by its name."""
        skip = frozenset(honorifics)
        past: set[tuple[int, int, int]] = set()
        for fact in self._facts:
            entity = self._entity_of(fact.subject)
            if entity is None:
                continue
            if fact.predicate in ALIAS:
                subject = self._skeleton.items[fact.subject].text
                self.aliases[entity].append((subject, object_text(fact, self._skeleton), fact))
            elif fact.predicate == "holds_title" and isinstance(fact.object, int):
                held = self._title(fact, fact.object, offices, known, skip)
                if held is not None:
                    self.held[entity].append(held)
                    if held.past:
                        past.add((fact.subject, fact.start, fact.end))
        for fact in self._facts:
            if fact.predicate == "affiliated_with" and not self._is_street(fact.object):
                person, body = self._entity_of(fact.subject), self._body(fact.object, known)
                if person is not None and body is not None and body != person:
                    once = (fact.subject, fact.start, fact.end) in past
                    self.memberships[person].append(Membership(body, once, fact))
        for titles in self.held.values():
            titles.sort(key=lambda held: (held.fact.start, held.fact.end))
        for person, titles in self.held.items():
            stated = {(m.fact.start, m.fact.end) for m in self.memberships.get(person, ())}
            for held in titles:
                # 국토교통부 김가람 도시경제과장: the ministry is said, the division only implied
                implied = isinstance(held.body, str) and (held.fact.start, held.fact.end) in stated
                if held.body is not None and not implied:
                    self.memberships[person].append(Membership(held.body, held.past, held.fact))
        for memberships in self.memberships.values():
            memberships.sort(key=lambda member: (member.fact.start, member.fact.end))

    def _is_street(self, value: int | str) -> bool:
        """Whether a place only says where somebody lives or stands (``지묘동``), not whose he or she is."""
        if isinstance(value, str):
            return False
        item = self._skeleton.items[value]
        return item.label == "PLACE" and _STREET.search(item.text) is not None

    def _body(self, value: int | str, known: Callable[[str], int | None]) -> Body | None:
        if isinstance(value, int):
            return self._entity_of(value)
        entity = known(value)
        return value if entity is None else entity

    def infer(
        self,
        rules: Sequence[BodyRule],
        persons: Iterable[int],
        organisations: Sequence[Organisation],
        countries: frozenset[str],
    ) -> None:
        """Gives persons without any affiliation the body of their bare title, where it is clear."""
        for rule in rules:
            taken: dict[str, set[Body]] = defaultdict(set)
            for person, titles in self.held.items():
                for held in titles:
                    taken[held.head] |= {member.body for member in self.memberships.get(person, ())}
            for person in persons:
                if self.memberships.get(person):
                    continue
                for held in self.held.get(person, ()):
                    endings = rule.endings.get(held.text)
                    if endings is None or held.past:
                        continue
                    free = [found for found in organisations if found.key not in taken[held.head]]
                    body = own_body(endings, free, countries)
                    if body is not None:
                        fact = held.fact._replace(rule=rule.name, score=rule.score)
                        self.memberships[person].append(Membership(body, False, fact))
                        break

    def _title(
        self,
        fact: Fact,
        number: int,
        offices: Offices,
        known: Callable[[str], int | None],
        honorifics: frozenset[str],
    ) -> Held | None:
        item = self._skeleton.items[number]
        if item.title is None or item.title.row in honorifics:
            return None
        body: Body | None = None
        if item.inside is not None:
            body = self._entity_of(number)
        else:
            title = Title(item.start, item.end, item.text, item.title.head, item.title.row)
            inside = offices.inside(title, lambda text: known(text) is not None)
            if inside is not None:
                entity = known(inside)
                body = inside if entity is None else entity
        text = _FORMER.sub("", item.text)
        office = None
        if body is not None:
            key = offices.row_id(body) or squeeze(body) if isinstance(body, str) else body
            office = (key, _RANK.sub("", item.text) if item.inside is None else item.text)
        return Held(text, item.title.head, is_past(fact, number, self._skeleton), body, office, fact)


def is_past(fact: Fact, number: int, skeleton: Skeleton) -> bool:
    """Whether a title is said to be a former one (``前 회장``, ``전임 시장``)."""
    item = skeleton.items[number]
    before = skeleton.source[max(0, min(fact.start, item.start - 3)) : item.start]
    return _PAST.search(before) is not None or _FORMER.match(item.text) is not None


def share_titles(facts: Sequence[Fact], skeleton: Skeleton) -> list[Fact]:
    """Completes what is said of titles: the second title of ``A 겸 B`` goes to whoever holds the first (or
    the other way round), and the bracket after a title (``홍길동 교수(한빛대학교)``) is about its holder."""
    holders = {fact.object: fact for fact in facts if fact.predicate == "holds_title"}
    shared: list[Fact] = []
    for fact in facts:
        if fact.predicate != "same_holder":
            shared.append(fact)
            continue
        for here, there in ((fact.subject, fact.object), (fact.object, fact.subject)):
            source = holders.get(here)
            if source is not None and there not in holders:
                start, end = min(source.start, fact.start), max(source.end, fact.end)
                added = Fact(source.subject, "holds_title", there, start, end, fact.rule, fact.score)
                holders[there] = added
                shared.append(added)
    found = []
    for fact in shared:
        holder = holders.get(fact.subject) if skeleton.items[fact.subject].label == "TITLE" else None
        if holder is not None:
            fact = fact._replace(subject=holder.subject, start=min(fact.start, holder.start))
        found.append(fact)
    return found


def object_text(fact: Fact, skeleton: Skeleton) -> str:
    """The object of a fact as it stands in the text."""
    return fact.object if isinstance(fact.object, str) else skeleton.items[fact.object].text


def describe(drafts: dict[int, Draft], findings: Findings, offices: Offices) -> None:
    """Writes title, affiliation and aliases into the drafts.

    The affiliation is a present one: a public office before others, since it identifies a person in other
    articles too (a mayor who chairs an association is known as mayor), then the one stated most often, else
    first; the title belongs to it.
    """
    for person, found in findings.memberships.items():
        if drafts[person].label == "PERSON" and found:
            times = Counter(member.body for member in found)
            body = min(
                found, key=lambda m: (m.past, not _is_public(m.body, drafts), -times[m.body], m.fact.start)
            ).body
            drafts[person].affiliation = body if isinstance(body, str) else drafts[body].name
            drafts[person].affiliation_key = _body_key(body, drafts, offices)
    for person, titles in findings.held.items():
        own = drafts[person].affiliation_key
        places = {
            (member.fact.start, member.fact.end)
            for member in findings.memberships.get(person, ())
            if _body_key(member.body, drafts, offices) == own
        }
        own_titles = {held.text for held in titles if (held.fact.start, held.fact.end) in places}
        best = min(
            _standing(titles), key=lambda held: (held.past, held.text not in own_titles, held.fact.start)
        )
        drafts[person].title = best.shown
    for entity, names in findings.aliases.items():
        drafts[entity].aliases += [alias for _, alias, _ in names]


def _is_public(body: int | str, drafts: dict[int, Draft]) -> bool:
    """Whether a person's body is a government, ministry or municipality."""
    if isinstance(body, str):
        return body.endswith(_PUBLIC_ENDINGS)
    row = drafts[body].row
    return row.subtype == "government" if row is not None else drafts[body].name.endswith(_PUBLIC_ENDINGS)


def claims_of(
    drafts: dict[int, Draft], ids: dict[int, str], findings: Findings, offices: Offices
) -> list[Claim]:
    """The claims of an article in the order of their evidence, each once with its first evidence."""
    found: dict[tuple[str, str, str], Claim] = {}

    def add(predicate: str, subject: int, text: str, object_id: str | None, fact: Fact) -> None:
        claim = Claim(predicate, ids[subject], text, object_id, fact.start, fact.end, fact.rule, fact.score)
        same = object_id or (offices.row_id(text) if predicate == "affiliated_with" else None)
        found.setdefault((predicate, ids[subject], same or squeeze(text)), claim)

    for person, titles in findings.held.items():
        for held in _standing(titles):
            add("holds_title", person, held.shown, None, held.fact)
    for person, memberships in findings.memberships.items():
        for member in memberships:
            if isinstance(member.body, str):
                add("affiliated_with", person, member.body, None, member.fact)
            else:
                body = member.body
                add("affiliated_with", person, drafts[body].name, ids[body], member.fact)
    for entity, names in findings.aliases.items():
        own = squeeze(drafts[entity].name)
        for subject, alias, fact in names:
            other = subject if squeeze(alias) == own else alias
            if squeeze(other) != own:
                add("also_known_as", entity, other, None, fact)
    return sorted(found.values(), key=lambda c: (c.start, c.end, c.predicate, c.object))


def _body_key(body: Body, drafts: dict[int, Draft], offices: Offices) -> str:
    """The same for one body in any article: by lexicon row, else by name."""
    name = body if isinstance(body, str) else drafts[body].name
    row = None if isinstance(body, str) else drafts[body].row
    row_id = row.id if row is not None else offices.row_id(name)
    return f"row:{row_id}" if row_id else name_key("ORG", name)


def _standing(titles: Sequence[Held]) -> list[Held]:
    """Each title once, where it stands first, without those that another outdoes."""
    first: dict[tuple[str, bool], Held] = {}
    for held in titles:
        first.setdefault((held.text, held.past), held)
    found = list(first.values())
    return [held for held in found if not _is_outdone(held, found)]


def _is_outdone(held: Held, titles: Sequence[Held]) -> bool:
    """Whether another title says the same and more: ``서울시장`` for ``시장`` (but not ``부시장``), or said
    the same before: ``서울특별시장`` for ``서울시장``."""
    for other in titles:
        if len(other.text) > len(held.text) and same_office(other.text, held.text):
            return True
        same = other.office is not None and other.office == held.office
        if same and other.text != held.text and other.fact.start < held.fact.start:
            return True
    return False

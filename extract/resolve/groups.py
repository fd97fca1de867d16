"""Which mentions of organisations and places name the same one: by row, spelling, part and abbreviation."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from extract.lexicon import Row
from extract.model import Mention
from extract.resolve.names import is_abbreviation, office_form, place_form, squeeze

BODIES = frozenset(["시", "도", "군", "구"])
"""Words that stand for the government named before (``시는 … 밝혔다``)."""

MIN_ABROAD = 3
"""Syllables from which on a bare name may stand for a body abroad: ``정부`` after ``미국 정부`` does not."""

KIND = {"PERSON": "PERSON", "ORG": "ORG", "CITY": "LOCATION", "PLACE": "LOCATION"}
"""Labels whose mentions may name one entity: a city is a place, its government is neither."""

Form = tuple[str, ...]


class Groups:
    """Sets of mentions (by number) that name one entity; a disjoint-set forest.

    Args:
        size: how many mentions there are.
        own: mentions with the row of the user's own that they are of: two such rows are two entities,
            whatever the text says of their names.
    """

    def __init__(self, size: int, own: Mapping[int, tuple[str, str]] | None = None) -> None:
        self._parent = list(range(size))
        self._own = dict(own or {})

    def find(self, member: int) -> int:
        """The set's representative: its lowest member."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        """Both name the same entity."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return
        if self._own:
            mine, theirs = self._own.get(a), self._own.get(b)
            if mine and theirs and mine != theirs:
                return
            if mine or theirs:
                self._own[min(a, b)] = mine or theirs or ("", "")
        self._parent[max(a, b)] = min(a, b)

    def members(self) -> dict[int, list[int]]:
        """Representative → members, both in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for member in range(len(self._parent)):
            found[self.find(member)].append(member)
        return dict(found)


@lru_cache(maxsize=65536)
def form_of_name(label: str, name: str) -> Form:
    """The comparable words of a name: ``인도 델리시`` (CITY) → ``(인도, 델리)``, ``서울특별시`` (ORG) →
    ``(서울시,)``, ``공 정 위`` → ``(공정위,)``."""
    if label == "PERSON":
        return tuple(squeeze(word) for word in name.replace("-", " ").split())
    words = name.split()
    shorten = office_form if label == "ORG" else place_form
    if len(words) > 1 and all(len(word) == 1 for word in words):
        words = ["".join(words)]
    return tuple(squeeze(shorten(word)) for word in words)


def join_same(
    groups: Groups, mentions: Sequence[Mention], forms: Sequence[Form], rows: Sequence[Row | None]
) -> None:
    """Joins mentions of one kind with the same lexicon row, or the same words however spaced.

    ``forms`` are the :func:`form_of_name` of the mentions.
    """
    shared = _shared_ends(mentions, forms) | _shared_rows(mentions, forms, rows)
    first: dict[tuple[str, ...], int] = {}
    for i, (mention, form, row) in enumerate(zip(mentions, forms, rows, strict=True)):
        kind = KIND[mention.label]
        if mention.text in BODIES or (kind == "PERSON" and len(mention.text) == 1):
            continue
        if (kind, form) not in shared:
            known = first.setdefault((kind, "".join(form)), i)
            if known != i:
                groups.join(known, i)
        if row is not None:
            known = first.setdefault((kind, row.file, row.id), i)
            if known != i:
                groups.join(known, i)


def _shared_ends(mentions: Sequence[Mention], forms: Sequence[Form]) -> set[tuple[str, Form]]:
    """One-word names that two different longer ones of the article end in: ``중구`` after ``서울 중구`` and
    ``부산 중구``. Their mentions are told apart one by one."""
    before: dict[tuple[str, Form], str] = {}
    shared = set()
    for mention, form in zip(mentions, forms, strict=True):
        if len(form) > 1 and mention.label != "PERSON":
            key = (KIND[mention.label], form[-1:])
            if before.setdefault(key, form[-2]) != form[-2]:
                shared.add(key)
    return shared


def _shared_rows(
    mentions: Sequence[Mention], forms: Sequence[Form], rows: Sequence[Row | None]
) -> set[tuple[str, Form]]:
    """Names that stand for two lexicon rows in one article: ``고성군`` in 강원도 and in 경상남도."""
    owner: dict[tuple[str, Form], Row] = {}
    shared = set()
    for mention, form, row in zip(mentions, forms, rows, strict=True):
        if row is not None:
            key = (KIND[mention.label], form)
            if _disagree(owner.setdefault(key, row), row):
                shared.add(key)
    return shared


def join_parts(
    groups: Groups,
    mentions: Sequence[Mention],
    forms: Sequence[Form],
    rows: Sequence[Row | None],
    countries: frozenset[str],
) -> None:
    """Joins a name with the longer one that ends in it: ``델리`` and ``인도 델리``.

    Where several longer names end in it (``서울 중구``, ``인천 중구``), each mention goes to the nearest
    one before it. A body that was named by itself first is not its foreign namesake (``캐나다
    원자력안전위원회``); ``countries`` holds the names of countries abroad.
    """
    by_last: dict[tuple[str, str], dict[Form, list[int]]] = defaultdict(dict)
    for i, (mention, form) in enumerate(zip(mentions, forms, strict=True)):
        if mention.label != "PERSON" and form:
            by_last[(KIND[mention.label], form[-1])].setdefault(form, []).append(i)
    for (kind, _), alike in by_last.items():
        if len(alike) < 2:
            continue
        for short, found in alike.items():
            longer: list[int] = []
            for long, others in alike.items():
                if len(long) > len(short) and _ends_in(long, short, kind):
                    abroad = kind == "ORG" and long[0] in countries
                    if abroad and sum(map(len, short)) < MIN_ABROAD:
                        continue
                    first = mentions[found[0]].start
                    longer += [
                        j
                        for j in others
                        if not (abroad and (rows[found[0]] is not None or first < mentions[j].start))
                    ]
            if longer:
                longer.sort(key=lambda j: mentions[j].start)
                _join_nearest(groups, found, longer, mentions, rows)


def _join_nearest(
    groups: Groups,
    found: Sequence[int],
    longer: Sequence[int],
    mentions: Sequence[Mention],
    rows: Sequence[Row | None],
) -> None:
    """Joins each mention of ``found`` with the last of ``longer`` before it, else the first after it."""
    starts = [mentions[j].start for j in longer]
    for i in found:
        before = bisect_left(starts, mentions[i].start)
        nearest = longer[before - 1] if before else longer[0]
        if not _disagree(rows[i], rows[nearest]):
            groups.join(i, nearest)


def _ends_in(long: Form, short: Form, kind: str) -> bool:
    if long[-len(short) :] == short:
        return True
    rest = iter(long)  # 몽골 나란바토르구 within 몽골 울란바토르시 나란바토르구
    return kind == "LOCATION" and long[-1] == short[-1] and all(word in rest for word in short)


def join_abbreviations(groups: Groups, mentions: Sequence[Mention], rows: Sequence[Row | None]) -> None:
    """Joins ``공정위`` with ``공정거래위원회``, where only one organisation fits."""
    spelled: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.label == "ORG":
            spelled.setdefault(squeeze(mention.text), i)
    by_first: dict[str, list[int]] = defaultdict(list)
    for text, i in spelled.items():
        for first in {text[:1], squeeze(mentions[i].text.split()[-1])[:1]}:
            by_first[first].append(i)
    for short, i in spelled.items():
        if not 2 <= len(short) <= 6:
            continue
        fitting = {
            groups.find(j)
            for j in by_first[short[0]]
            if i != j and not _disagree(rows[i], rows[j]) and _abbreviates(mentions[i], mentions[j])
        }
        if len(fitting) == 1:
            groups.join(i, fitting.pop())


def _abbreviates(short: Mention, long: Mention) -> bool:
    if is_abbreviation(short.text, long.text):
        return True
    words = long.text.split()
    return len(words) > 1 and is_abbreviation(short.text, words[-1])


def join_bodies(groups: Groups, mentions: Sequence[Mention]) -> None:
    """Joins ``시``, ``구``, ``도``, ``군`` with the government of that kind named most often, else first:
    a press release calls its own body so, not the neighbour that it also names."""
    for body in sorted({m.text for m in mentions if m.label == "ORG" and m.text in BODIES}):
        short = [i for i, m in enumerate(mentions) if m.label == "ORG" and m.text == body]
        counts = Counter(
            groups.find(i)
            for i, m in enumerate(mentions)
            if m.label == "ORG" and len(m.text) > 1 and office_form(m.text).endswith(body)
        )
        owner = max(counts, key=lambda found: (counts[found], -found)) if counts else short[0]
        for i in short:
            groups.join(owner, i)


def join_aliases(groups: Groups, mentions: Sequence[Mention], pairs: Iterable[tuple[int, int | str]]) -> None:
    """Joins a mention with the alias that the text gives it; an alias may be a mention or plain text."""
    by_text: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        by_text[squeeze(mention.text), KIND[mention.label]].append(i)
    for name, alias in pairs:
        kind = KIND[mentions[name].label]
        if isinstance(alias, int):
            if kind == KIND[mentions[alias].label]:
                groups.join(name, alias)
            continue
        spoken = by_text.get((squeeze(alias), kind), [])
        for other in spoken:
            groups.join(name, other)
        del spoken[1:]  # they are one set now


def _disagree(one: Row | None, other: Row | None) -> bool:
    if one is other or one is None or other is None:
        return False
    return one.id != other.id or one.file != other.file

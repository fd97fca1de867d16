"""From sets of mentions to entity rows: names, attributes and ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extract.lexicon import Lexicon, Row
from extract.model import Entity, Mention, stable_id
from extract.resolve.groups import KIND, form_of_name
from extract.resolve.names import has_hangul, is_abbreviation, squeeze


@dataclass(slots=True)
class Draft:
    """An entity in the making: its mentions (by number) and what was found out about it."""

    members: list[int]
    label: str
    row: Row | None
    name: str
    forms: list[str]
    title: str | None = None
    affiliation: str | None = None
    affiliation_key: str | None = None
    aliases: list[str] = field(default_factory=list)


def draft(
    members: Sequence[int], mentions: Sequence[Mention], rows: Sequence[Row | None], shortened: frozenset[str]
) -> Draft:
    """The entity of ``members``. ``shortened`` holds surface forms that the text calls short for another."""
    counts: dict[str, int] = {}
    labels: dict[str, int] = {}
    row_counts: dict[tuple[str, str], int] = {}
    row = None
    for i in members:
        mention = mentions[i]
        counts[mention.text] = counts.get(mention.text, 0) + 1
        labels[mention.label] = labels.get(mention.label, 0) + 1
        one = rows[i]
        if one is not None:
            key = (one.file, one.id)
            row_counts[key] = row_counts.get(key, 0) + 1
            if row is None or row_counts[key] > row_counts[(row.file, row.id)]:
                row = one
    label = _commonest(labels)
    forms = list(counts)
    canonical = row is not None and row.label is not None and KIND.get(row.label) == KIND[label]
    if canonical and row is not None:
        name = row.name
    elif label == "PERSON":
        name = _fullest_person(forms)
    else:
        name = _usual_name(label, counts, shortened)
    return Draft(members=list(members), label=label, row=row, name=name, forms=forms)


def _commonest(counts: dict[str, int]) -> str:
    """The key with the highest count, the first of several."""
    return next(iter(counts)) if len(counts) == 1 else max(counts, key=counts.__getitem__)


def _fullest_person(forms: Sequence[str]) -> str:
    if len(forms) == 1:
        return forms[0]
    hangul = [form for form in forms if has_hangul(form)] or list(forms)
    return max(hangul, key=len)


def _usual_name(label: str, counts: dict[str, int], shortened: frozenset[str]) -> str:
    """The form met most often, longest among equals, leaving out short and foreign ones where others are."""
    forms = list(counts)
    chosen = forms[0]
    if len(forms) > 1:
        hangul = [form for form in forms if has_hangul(form)] or forms
        whole = [
            form
            for form in hangul
            if squeeze(form) not in shortened
            and len(form) > 1
            and not any(
                is_abbreviation(form, other) and name_key(label, form) != name_key(label, other)
                for other in forms
            )
        ]
        chosen = max(whole or hangul, key=lambda form: (counts[form], len(form)))
    if label == "CITY":
        return chosen.split()[-1]
    return chosen


def entity_id(drafted: Draft, article_id: str) -> str:
    """The id of an entity, from its content alone.

    A lexicon row gives it; else a person's name with the affiliation (without one the title, without
    either the article), and anything else's name.
    """
    if drafted.row is not None:
        return stable_id("e", drafted.label, drafted.row.file, drafted.row.id)
    name = squeeze(drafted.name)
    if drafted.label == "PERSON":
        return stable_id("e", "PERSON", name, drafted.affiliation_key or drafted.title or article_id)
    return stable_id("e", drafted.label, name_key(drafted.label, drafted.name))


def name_key(label: str, name: str) -> str:
    """What two spellings of one organisation or place share: ``서울특별시`` and ``서울시``."""
    return " ".join(form_of_name(label, name))


class Atlas:
    """Names of countries by code and by form, and of cities by form, for the columns of the entities."""

    def __init__(self, lexicon: Lexicon) -> None:
        countries = lexicon.rows("countries")
        self._country_of_code = {row["code"]: row.name for row in countries if row["code"]}
        self._country_of_form = {form: row.name for row in countries for form in row.forms}
        self._gazetteer = lexicon.gazetteer
        self._city_of = lru_cache(maxsize=16384)(self._only_city)

    def country(self, row: Row | None, forms: Sequence[str]) -> str | None:
        """The country of a lexicon row, else the one that a form of the name begins with (``인도 델리``)."""
        if row is not None and row["country"]:
            return self._country_of_code.get(row["country"], row["country"])
        for form in forms:
            first, _, rest = form.partition(" ")
            if rest and first in self._country_of_form:
                return self._country_of_form[first]
        return None

    def city(self, forms: Sequence[str]) -> str | None:
        """The city that stands before the last word of a form (``뉴델리 타지마할호텔``), if only one is called so."""
        for form in forms:
            for word in form.split()[:-1]:
                city = self._city_of(word)
                if city is not None:
                    return city
        return None

    def _only_city(self, word: str) -> str | None:
        names = {row.name for row in self._gazetteer.named(word, "cities") if word in row.forms}
        return names.pop() if len(names) == 1 else None


def entity_row(drafted: Draft, entity: str, mentions: Sequence[Mention], atlas: Atlas) -> Entity:
    """The row of the entities table for one article."""
    row, label = drafted.row, drafted.label
    subtypes: dict[str, int] = {}
    for i in drafted.members:
        mention = mentions[i]
        if mention.subtype and mention.label == label:
            subtypes[mention.subtype] = subtypes.get(mention.subtype, 0) + 1
    return Entity(
        entity_id=entity,
        label=label,
        subtype=_commonest(subtypes) if subtypes else None,
        name=drafted.name,
        aliases=tuple(sorted({*drafted.forms, *drafted.aliases} - {drafted.name})),
        title=drafted.title,
        affiliation=drafted.affiliation,
        country=atlas.country(row, drafted.forms) if label != "PERSON" else None,
        city=atlas.city(drafted.forms) if label in ("PLACE", "ORG") else None,
        wikidata=(row["wikidata"] or None) if row is not None else None,
        latitude=_degrees(row["latitude"]) if row is not None else None,
        longitude=_degrees(row["longitude"]) if row is not None else None,
        n_mentions=len(drafted.members),
        n_articles=1,
    )


def _degrees(value: str) -> float | None:
    return float(value) if value else None

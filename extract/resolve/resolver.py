"""Who is who inside one article: mentions become entities, and what the text says of their identity."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from extract.document import Analysis
from extract.lexicon import Lexicon, Row
from extract.model import ENTITY_LABELS, Entity, Mention
from extract.resolve.bodies import Organisation, compile_body_rules
from extract.resolve.claims import ALIAS, Findings, claims_of, describe, is_past, object_text, share_titles
from extract.resolve.ellipsis import Ellipsis, full_names
from extract.resolve.entities import Atlas, Draft, draft, entity_id, entity_row, name_key
from extract.resolve.groups import (
    Groups,
    form_of_name,
    join_abbreviations,
    join_aliases,
    join_bodies,
    join_parts,
    join_same,
)
from extract.resolve.names import squeeze
from extract.resolve.namesakes import Namesakes
from extract.resolve.offices import Offices, spoken_places
from extract.resolve.patterns import compile_rules
from extract.resolve.persons import Titles, join_persons
from extract.resolve.rules import Fact, run_rules
from extract.resolve.skeleton import Skeleton, build_skeleton

_NAME_FILES = ("people", "cities", "places", "countries", "organisations")


class Resolver:
    """Fills ``entity_id`` of every PERSON, ORG, CITY and PLACE mention, ``entities`` and ``claims``.

    One article gives the same ids whatever else is in the run.

    Raises:
        LexiconError: when ``rules/identity.yaml`` is not as ``extract.resolve.patterns`` says.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.rules = compile_rules(lexicon)
        self.body_rules = compile_body_rules(lexicon)
        self.offices = Offices(lexicon)
        self.atlas = Atlas(lexicon)
        self.ellipsis = Ellipsis(lexicon)
        self._gazetteer = lexicon.gazetteer
        self._folders = tuple(str(folder) for folder in lexicon.folders[1:])
        self.namesakes = Namesakes(lexicon.gazetteer)
        self.countries = frozenset(
            squeeze(form) for row in lexicon.rows("countries") if row["code"] != "KR" for form in row.forms
        )
        passing = {w for b in lexicon.rules("identity") for w in str(b.get("passing", "")).split()}
        self.honorifics = frozenset(
            row.rule
            for row in lexicon.rows("titles")
            if row["kind"] == "honorific" or passing.intersection(row.forms)
        )

    def __call__(self, analysis: Analysis) -> None:
        """Resolves ``analysis.mentions`` in place; ``entities`` and ``claims`` are replaced."""
        full = self.ellipsis(analysis)
        named = [mention for mention in analysis.mentions if mention.label in ENTITY_LABELS]
        if full:
            named = list(full_names(named, full))
        number = {mention.mention_id: i for i, mention in enumerate(named)}
        rows = [self._row_of(m, analysis.rows.get(m.mention_id)) for m in named]
        rows = self.namesakes(named, rows, analysis.sentences)
        places = spoken_places(named) if any(title.head == "시장" for title in analysis.titles) else ()
        is_market = self.offices.is_market
        titles = [title for title in analysis.titles if title.head != "시장" or not is_market(title, places)]
        skeleton = build_skeleton(analysis.text, analysis.mentions, titles)

        def mention_of(item: int) -> int | None:
            mention = skeleton.items[item].mention or skeleton.items[item].inside
            return None if mention is None else number.get(mention.mention_id)

        facts = share_titles(run_rules(self.rules, skeleton), skeleton)
        own = self._own(rows)
        if own:
            facts = [fact for fact in facts if not _told_apart(fact, own, mention_of)]
        groups = self._group(named, rows, skeleton, facts, mention_of, own)

        def entity_of(item: int) -> int | None:
            member = mention_of(item)
            return None if member is None else groups.find(member)

        short = frozenset(squeeze(object_text(f, skeleton)) for f in facts if f.predicate == "shortened_to")
        drafts = {key: draft(found, named, rows, short) for key, found in groups.members().items()}
        findings = Findings(facts, skeleton, entity_of)
        findings.collect(self.offices, _finder(drafts, self.offices), self.honorifics)
        if self.body_rules:
            findings.infer(self.body_rules, drafts, _organisations(drafts), self.countries)
        describe(drafts, findings, self.offices)
        ids = {key: entity_id(drafted, analysis.article_id) for key, drafted in drafts.items()}
        resolved = {m.mention_id: ids[groups.find(i)] for i, m in enumerate(named)}
        analysis.mentions = [
            _with_entity(m, resolved[m.mention_id]) if m.mention_id in resolved else m
            for m in analysis.mentions
        ]
        analysis.entities = _entities(drafts, ids, named, self.atlas)
        analysis.claims = claims_of(drafts, ids, findings, self.offices)

    def _own(self, rows: Sequence[Row | None]) -> dict[int, tuple[str, str]]:
        """The mentions of rows of the user's own."""
        if not self._folders:
            return {}
        found = ((i, row) for i, row in enumerate(rows) if row is not None)
        return {i: (row.file, row.id) for i, row in found if row.where.startswith(self._folders)}

    def _row_of(self, mention: Mention, row: Row | None) -> Row | None:
        """The lexicon row behind a mention: the tagger's, else the only one that lists the form.

        A body abroad does not take the row of its namesake at home (``캐나다 원자력안전위원회``).
        """
        if row is None:
            parts = mention.rule.split(":")
            if parts[0] != "lexicon" or len(parts) < 3 or parts[1] not in _NAME_FILES:
                return None
            rows = self._gazetteer.named(mention.text, parts[1])
            return rows[0] if len(rows) == 1 else None
        if mention.label != "ORG" or " " not in mention.text:
            return row
        first, _, rest = mention.text.partition(" ")
        if rest and first in self.countries and mention.text not in row.forms:
            home = {country["code"] for country in self._gazetteer.named(first, "countries")}
            return row if row["country"] in home else None
        return row

    def _group(
        self,
        named: Sequence[Mention],
        rows: Sequence[Row | None],
        skeleton: Skeleton,
        facts: Sequence[Fact],
        mention_of: Callable[[int], int | None],
        own: Mapping[int, tuple[str, str]],
    ) -> Groups:
        """The sets of mentions that name one entity."""
        pairs: list[tuple[int, int | str]] = []
        titles: dict[int, Titles] = defaultdict(Titles)
        for fact in facts:
            subject = mention_of(fact.subject)
            if subject is None:
                continue
            if fact.predicate in ALIAS:
                alias = mention_of(fact.object) if isinstance(fact.object, int) else fact.object
                if alias is not None:
                    pairs.append((subject, alias))
            elif fact.predicate == "holds_title" and isinstance(fact.object, int):
                title = skeleton.items[fact.object].title
                if title is not None and title.row not in self.honorifics:
                    titles[subject].add(title.head, title.text, is_past(fact, fact.object, skeleton))
        groups = Groups(len(named), own)
        forms = [form_of_name(mention.label, mention.text) for mention in named]
        join_same(groups, named, forms, rows)
        join_aliases(groups, named, pairs)
        join_parts(groups, named, forms, rows, self.countries)
        join_abbreviations(groups, named, rows)
        join_bodies(groups, named)
        join_persons(groups, named, titles)
        return groups


def _told_apart(
    fact: Fact, own: Mapping[int, tuple[str, str]], mention_of: Callable[[int], int | None]
) -> bool:
    """Whether a fact calls two names one for which the user has two rows."""
    if fact.predicate not in ALIAS or not isinstance(fact.object, int):
        return False
    subject, other = mention_of(fact.subject), mention_of(fact.object)
    if subject is None or other is None or subject not in own or other not in own:
        return False
    return own[subject] != own[other]


def _with_entity(m: Mention, entity: str) -> Mention:
    # dataclasses.replace costs four times as much, and every mention of a run passes here
    return Mention(
        m.mention_id,
        m.article_id,
        m.sentence_id,
        m.start,
        m.end,
        m.text,
        m.label,
        m.subtype,
        entity,
        m.value,
        m.rule,
        m.score,
    )


def _organisations(drafts: dict[int, Draft]) -> list[Organisation]:
    return [
        Organisation(key, (drafted.name, *drafted.forms), len(drafted.members))
        for key, drafted in drafts.items()
        if drafted.label == "ORG"
    ]


def _finder(drafts: dict[int, Draft], offices: Offices) -> Callable[[str], int | None]:
    """Finds an organisation or place of the article by any of its names."""
    by_name: dict[tuple[str, str], int] = {}
    by_row: dict[str, int] = {}
    for key, drafted in drafts.items():
        if drafted.row is not None and drafted.label == "ORG":
            by_row.setdefault(drafted.row.id, key)
        for form in (drafted.name, *drafted.forms):
            by_name.setdefault((drafted.label, name_key(drafted.label, form)), key)

    def find(text: str) -> int | None:
        for label in ("ORG", "CITY", "PLACE"):
            key = by_name.get((label, name_key(label, text)))
            if key is not None:
                return key
        return by_row.get(offices.row_id(text) or "")

    return find


def _entities(
    drafts: dict[int, Draft], ids: dict[int, str], named: Sequence[Mention], atlas: Atlas
) -> list[Entity]:
    """Entity rows in the order of first mention; drafts that come out with one id are one row."""
    found: dict[str, Entity] = {}
    for key, drafted in drafts.items():
        row = entity_row(drafted, ids[key], named, atlas)
        first = found.get(row.entity_id)
        if first is not None:
            aliases = sorted({*first.aliases, *row.aliases, row.name} - {first.name})
            count = first.n_mentions + row.n_mentions
            row = dataclasses.replace(first, aliases=tuple(aliases), n_mentions=count)
        found[row.entity_id] = row
    return list(found.values())

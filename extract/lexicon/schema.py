"""What each lexicon file holds: its columns, which are required, and their allowed values.

A lexicon file is a CSV whose first line names the columns; a rule file is a YAML list of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import PREDICATES, SUBTYPES

GUARDS = (
    "",  # tagged wherever the morpheme edges allow
    "proper",  # only where Kiwi reads the form as a proper noun (NNP) or foreign word (SL)
    "context",  # only next to supporting context: a containing place, a place particle, a title
    "title",  # only directly before a title (surname rows: 박 시장)
    "evidence",  # never on its own; supports rules and the tagger
)
STRENGTHS = ("strong", "weak")


@dataclass(frozen=True)
class FileSchema:
    """Columns of one lexicon file. ``labels``: labels that its rows may carry (empty: no label column)."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    default_label: str | None = None
    taggable: bool = False


_BASE = ("id", "name", "aliases", "proper", "context", "label", "subtype", "guard", "priority")
"""Columns of every file whose rows are tagged. ``guard`` holds for the name and the aliases; ``proper`` and
``context`` are further aliases (``|`` between), each with the guard that its column is named after."""
_TAIL = ("source", "note")
_PLACE = ("country", "province", "code", "latitude", "longitude", "population", "wikidata")


def _names(name: str, label: str, subtypes: tuple[str, ...], *attributes: str) -> FileSchema:
    return FileSchema(
        name,
        (*_BASE, *attributes, *_TAIL),
        ("id", "name"),
        {"label": ("PERSON", "CITY", "PLACE", "ORG"), "subtype": ("", *subtypes), "guard": GUARDS},
        default_label=label,
        taggable=True,
    )


_ANY_SUBTYPE = SUBTYPES["PLACE"] + SUBTYPES["ORG"]

FILES: dict[str, FileSchema] = {
    s.name: s
    for s in (
        _names("people", "PERSON", (), "title", "affiliation", "country", "wikidata"),
        _names("cities", "CITY", (), *_PLACE),
        _names("places", "PLACE", SUBTYPES["PLACE"], *_PLACE),
        _names(
            "countries", "PLACE", SUBTYPES["PLACE"], "adjectives", "code", "latitude", "longitude", "wikidata"
        ),
        _names("organisations", "ORG", _ANY_SUBTYPE, "parent", "country", "english", "wikidata"),
        FileSchema(
            "titles",
            ("id", "name", "aliases", "kind", "strength", *_TAIL),
            ("id", "name", "strength"),
            {"strength": STRENGTHS},
        ),
        FileSchema(
            "org_suffixes",
            ("id", "name", "aliases", "subtype", "strength", *_TAIL),
            ("id", "name", "subtype", "strength"),
            {"subtype": SUBTYPES["ORG"], "strength": STRENGTHS},
        ),
        FileSchema(
            "place_suffixes",
            ("id", "name", "aliases", "label", "subtype", "strength", *_TAIL),
            ("id", "name", "strength"),
            {"label": ("CITY", "PLACE"), "subtype": ("", *SUBTYPES["PLACE"]), "strength": STRENGTHS},
        ),
        FileSchema("surnames", ("id", "name", "rank", "population", *_TAIL), ("id", "name"), {}),
        FileSchema("name_syllables", ("id", "name", "first", "last", *_TAIL), ("id", "name"), {}),
        FileSchema(
            "particles",
            ("id", "name", "role", "after", *_TAIL),
            ("id", "name"),
            {"after": ("", "vowel", "consonant")},
        ),
        FileSchema(
            "block",
            ("id", "name", "aliases", "label", "before", "after", *_TAIL),
            ("id", "name"),
            {"label": ("", "PERSON", "CITY", "PLACE", "ORG", "DATE", "TIME", "FIGURE")},
        ),
        FileSchema("refused", ("id", "name", "aliases", *_TAIL), ("id", "name"), {}),
        FileSchema(
            "block_relations",
            ("id", "name", "predicate", "object", *_TAIL),
            ("id", "name", "predicate", "object"),
            {"predicate": PREDICATES},
        ),
        FileSchema(
            "numerals",
            ("id", "name", "aliases", "kind", "value", *_TAIL),
            ("id", "name", "kind"),
            {},
        ),
        FileSchema(
            "calendar",
            ("id", "name", "aliases", "kind", "value", *_TAIL),
            ("id", "name", "kind"),
            {},
        ),
        FileSchema(
            "counters",
            ("id", "name", "aliases", "type", "unit", "guard", *_TAIL),
            ("id", "name", "type"),
            {},
        ),
        FileSchema(
            "units",
            ("id", "name", "aliases", "type", "unit", "currency", "factor", *_TAIL),
            ("id", "name", "type"),
            {},
        ),
        FileSchema(
            "events",
            ("id", "name", "aliases", "type", "kind", *_TAIL),
            ("id", "name", "type"),
            {},
        ),
    )
}
RULE_FILES = (
    "people",
    "places",
    "organisations",
    "identity",
    "dates",
    "figures",
    "relations",
    "events",
    "quotes",
    "references",
)

"""What the stages hand on to each other about one article, before it becomes rows.

A spaCy ``Doc`` carries one :class:`Analysis` (``doc.user_data["extract"]``); each stage reads what the
stages before it found and adds its own. All offsets are code points into ``Analysis.text``, half open.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.model import Date, Entity, Event, Figure, Mention, Quote, Relation, Sentence, Why

if TYPE_CHECKING:
    from extract.lexicon import Row
    from extract.tokenise.seen import Seen

ANALYSIS = "extract"


class Morpheme(NamedTuple):
    """A Kiwi morpheme. Neighbours may overlap where Korean contracts (``했`` = ``하`` + ``었``).

    ``unknown``: the form stands in none of Kiwi's dictionaries, Kiwi guessed its tag. ``sent_position`` counts
    Kiwi's sentences in the article, ``id`` is the morpheme's number in Kiwi's model.
    """

    start: int
    end: int
    form: str
    tag: str
    unknown: bool = False
    sent_position: int = 0
    id: int = -1


class Section(NamedTuple):
    """A stretch of an article: ``title``, ``caption``, ``body`` or ``boilerplate``."""

    section: str
    start: int
    end: int


class Title(NamedTuple):
    """A title or position (``서울시장``, ``사무총장``); no mention of its own, but a property of a person.

    ``head`` is the lexicon's title at the end of the span (``시장`` in ``서울시장``).
    """

    start: int
    end: int
    text: str
    head: str
    row: str


class Candidate(NamedTuple):
    """A span that some lexicon row, rule or model proposes as a mention. The arbiter decides.

    ``places`` are the rows of the places that the span may denote, whatever label its role gave it;
    ``municipal`` marks an unlisted municipality (``나란바토르구``), a place or a body by its role alike.
    ``tier`` comes before length: 0 what is as good as certain, 1 the ordinary, 2 what only fills gaps.
    """

    start: int
    end: int
    label: str
    subtype: str | None
    rule: str
    priority: int = 50
    score: float = 0.8
    row: Row | None = None
    value: Any = None
    places: tuple[Row, ...] = ()
    municipal: bool = False
    tier: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """An identity fact found while resolving who is who; becomes a relation row.

    ``predicate`` is one of ``holds_title affiliated_with also_known_as``. ``subject`` is an entity id;
    ``object`` the readable object, ``object_id`` its entity id where it is an entity.
    """

    predicate: str
    subject: str
    object: str
    object_id: str | None
    start: int
    end: int
    rule: str
    score: float


@dataclass(slots=True)
class Analysis:
    """The working state of one article.

    While the stages work, ``text`` and all offsets are those of the text as :class:`~extract.tokenise.seen.Seen`
    cleaned it (``seen``); the last stage makes them those of the stored text and sets ``seen`` to ``None``, as it
    is from the beginning where there is nothing to clean.
    """

    text: str
    article_id: str
    published: datetime.date | None = None
    seen: Seen | None = None
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    morphemes: list[Morpheme] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)  # mention id → lexicon row behind it
    values: dict[str, Any] = field(default_factory=dict)  # mention id → parsed date or figure
    why: dict[str, Why] = field(default_factory=dict)  # mention id → reasons
    entities: list[Entity] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

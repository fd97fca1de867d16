"""The rows of every table, and the one place where their columns are defined.

Writers, ``datapackage.json``, the data dictionary and the tests all derive from the dataclasses
below: a field's position is the column's position, its metadata carries the column's type and its
description in English and Korean. Offsets everywhere are Unicode code points into the article's
text, ``start`` inclusive, ``end`` exclusive.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from typing import Any

LABELS = ("PERSON", "CITY", "PLACE", "ORG", "DATE", "TIME", "FIGURE")
ENTITY_LABELS = ("PERSON", "CITY", "PLACE", "ORG")
SUBTYPES: dict[str, tuple[str, ...]] = {
    "PERSON": (),
    "CITY": (),
    "PLACE": ("country", "province", "district", "region", "continent", "facility", "natural", "address"),
    "ORG": (
        "government",
        "company",
        "university",
        "international",
        "association",
        "media",
        "political",
        "military",
        "sports",
        "other",
    ),
    "DATE": ("date", "range", "duration", "set"),
    "TIME": ("time", "range", "duration", "set"),
    "FIGURE": (
        "count",
        "money",
        "percent",
        "ordinal",
        "age",
        "measure",
        "ratio",
        "rank",
        "multiple",
        "score",
        "phone",
        "other",
    ),
}
KLUE_LABELS = {
    "PERSON": "PS",
    "CITY": "LC",
    "PLACE": "LC",
    "ORG": "OG",
    "DATE": "DT",
    "TIME": "TI",
    "FIGURE": "QT",
}
PREDICATES = (
    "holds_title",
    "affiliated_with",
    "also_known_as",
    "located_in",
    "part_of",
    "member_of",
    "founded",
    "founded_by",
    "operates",
    "has_figure",
    "met_with",
    "visited",
    "attended",
    "hosted",
    "agreed_with",
    "cooperates_with",
    "appointed_as",
    "supports",
)
SYMMETRIC_PREDICATES = ("met_with", "agreed_with", "cooperates_with")
EVENT_TYPES = (
    "meeting",
    "conference",
    "agreement",
    "opening",
    "visit",
    "appointment",
    "announcement",
    "launch",
    "funding",
    "award",
    "signing",
    "other",
)
SECTIONS = ("title", "caption", "body", "boilerplate")
PUBLISHED_FROM = ("option", "field", "metadata", "header", "filename", "text")


def stable_id(prefix: str, *parts: object) -> str:
    """An id derived from content alone: ``prefix`` and 12 hexadecimal digits of a SHA-256."""
    joined = "\x1f".join(["" if part is None else str(part) for part in parts])
    return f"{prefix}{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def column(type_: str, en: str, ko: str, *, default: Any = dataclasses.MISSING, **constraints: Any) -> Any:
    """A dataclass field that is also a table column (Frictionless ``type``, description, constraints)."""
    metadata = {"type": type_, "en": en, "ko": ko, "constraints": constraints}
    if default is dataclasses.MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a row is there: what produced it and what else competed for the same text.

    ``voices`` name every lexicon row, rule or model that proposed this very span and label;
    ``lost`` those whose overlapping proposal was set aside, as ``rule: text (LABEL)``.
    """

    rule: str
    voices: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its own stretch of the input, and what the segmenter found out about it."""

    article_id: str = column("string", "Id derived from the text", "기사 식별자", required=True, unique=True)
    source: str = column("string", "Path of the input as given", "입력 파일 경로", required=True)
    position: int = column(
        "integer", "0-based index within the source", "파일 안에서의 순서(0부터)", required=True
    )
    kind: str | None = column("string", "Bracketed kind of the headline", "제목의 [말머리]")
    title: str | None = column("string", "Headline", "제목")
    caption: str | None = column("string", "Caption line", "사진 설명")
    published: str | None = column("date", "Publication date", "배포(게재)일")
    published_from: str | None = column(
        "string", "Where the publication date came from", "배포일의 출처", enum=list(PUBLISHED_FROM)
    )
    n_chars: int = column("integer", "Code points of the text", "글자 수", required=True)
    n_sentences: int = column("integer", "Sentences", "문장 수", required=True)
    n_mentions: int = column("integer", "Mentions", "개체 언급 수", required=True)
    n_relations: int = column("integer", "Relations", "관계 수", required=True)
    input_id: str | None = column(
        "string", "Id that the input gives the article", "입력 자료의 식별자", default=None
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, with the section of the article that it belongs to."""

    sentence_id: str = column("string", "Id of the sentence", "문장 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    section: str = column(
        "string", "Part of the article", "기사 안의 구역", enum=list(SECTIONS), required=True
    )
    start: int = column("integer", "First code point", "시작 위치", required=True)
    end: int = column("integer", "One past the last code point", "끝 위치(미포함)", required=True)
    text: str = column("string", "The sentence as it stands", "문장", required=True)


@dataclass(frozen=True, slots=True)
class Token:
    """One Kiwi morpheme with its Sejong tag."""

    token_id: str = column("string", "Id of the token", "형태소 식별자", required=True, unique=True)
    sentence_id: str | None = column("string", "Sentence", "문장 식별자")
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    start: int = column("integer", "First code point", "시작 위치", required=True)
    end: int = column("integer", "One past the last code point", "끝 위치(미포함)", required=True)
    form: str = column("string", "Morpheme (dictionary form)", "형태소", required=True)
    tag: str = column("string", "Sejong part-of-speech tag", "세종 품사 태그", required=True)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name, date or figure where it stands in the text."""

    mention_id: str = column("string", "Id of the mention", "언급 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    sentence_id: str | None = column("string", "Sentence", "문장 식별자")
    start: int = column("integer", "First code point", "시작 위치", required=True)
    end: int = column("integer", "One past the last code point", "끝 위치(미포함)", required=True)
    text: str = column("string", "The mention as it stands", "언급된 표현", required=True)
    label: str = column("string", "What it is", "종류", enum=list(LABELS), required=True)
    subtype: str | None = column("string", "Finer kind", "세부 종류")
    entity_id: str | None = column("string", "Entity it names", "개체 식별자")
    value: str | None = column("string", "Normalised form", "정규화한 값")
    rule: str = column(
        "string", "Lexicon row, rule or model behind it", "근거(사전 행·규칙·모델)", required=True
    )
    score: float = column(
        "number", "Confidence in (0, 1]", "신뢰도(0–1)", required=True, minimum=0, maximum=1
    )


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, city, place or organisation across the whole run."""

    entity_id: str = column("string", "Id of the entity", "개체 식별자", required=True, unique=True)
    label: str = column("string", "What it is", "종류", enum=list(ENTITY_LABELS), required=True)
    subtype: str | None = column("string", "Finer kind", "세부 종류")
    name: str = column("string", "Fullest or canonical name", "대표 이름", required=True)
    aliases: tuple[str, ...] = column("string", "Other surface forms, joined with |", "다른 표기(|로 구분)")
    title: str | None = column("string", "Title of a person", "직함")
    affiliation: str | None = column("string", "Affiliation of a person", "소속")
    country: str | None = column("string", "Country", "국가")
    city: str | None = column("string", "City", "도시")
    wikidata: str | None = column("string", "Wikidata id, where known", "위키데이터 식별자")
    latitude: float | None = column("number", "WGS 84 degrees north", "위도(도)")
    longitude: float | None = column("number", "WGS 84 degrees east", "경도(도)")
    n_mentions: int = column("integer", "Mentions in the run", "언급 수", required=True)
    n_articles: int = column("integer", "Articles in the run", "기사 수", required=True)


@dataclass(frozen=True, slots=True)
class Date:
    """The value of a DATE or TIME mention (ISO 8601, TIMEX3)."""

    mention_id: str = column("string", "Mention", "언급 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    text: str = column("string", "The mention as it stands", "언급된 표현", required=True)
    type: str = column(
        "string",
        "Kind of value",
        "값의 종류",
        enum=["date", "time", "range", "duration", "set"],
        required=True,
    )
    start: str | None = column("string", "First instant, ISO 8601", "시작(ISO 8601)")
    end: str | None = column("string", "One past the last instant, ISO 8601", "끝(미포함, ISO 8601)")
    grain: str | None = column("string", "second … decade", "단위(초~10년)")
    duration: str | None = column("string", "ISO 8601 duration", "기간(ISO 8601)")
    timex: str | None = column("string", "TIMEX3 value", "TIMEX3 값")
    anchor: str | None = column(
        "date", "Date that a relative expression was resolved against", "상대 표현의 기준일"
    )
    approximate: bool = column("boolean", "Said to be approximate", "어림값 여부", required=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a FIGURE mention as plain numbers."""

    mention_id: str = column("string", "Mention", "언급 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    text: str = column("string", "The mention as it stands", "언급된 표현", required=True)
    type: str = column("string", "Kind of figure", "값의 종류", enum=list(SUBTYPES["FIGURE"]), required=True)
    value: int | float | None = column("number", "Plain number", "수치")
    low: int | float | None = column("number", "Lower bound", "최솟값")
    high: int | float | None = column("number", "Upper bound", "최댓값")
    unit: str | None = column("string", "Counter or unit, normal form", "단위")
    currency: str | None = column("string", "ISO 4217 code", "통화(ISO 4217)")
    counted: str | None = column("string", "Noun that is counted", "세는 대상")
    approximate: bool = column("boolean", "Said to be approximate", "어림값 여부", required=True)


@dataclass(frozen=True, slots=True)
class Relation:
    """One fact: who, what, with whom, and the words that say so."""

    relation_id: str = column("string", "Id of the relation", "관계 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    sentence_id: str | None = column("string", "Sentence of the evidence", "문장 식별자")
    subject_id: str | None = column("string", "Entity id of the subject", "주어 식별자")
    subject: str = column("string", "Subject", "주어", required=True)
    predicate: str = column("string", "Relation", "관계", enum=list(PREDICATES), required=True)
    object_id: str | None = column("string", "Entity or mention id of the object", "목적어 식별자")
    object: str = column("string", "Object", "목적어", required=True)
    start: int = column("integer", "First code point of the evidence", "근거 시작", required=True)
    end: int = column("integer", "One past its last code point", "근거 끝(미포함)", required=True)
    date: str | None = column("string", "Date of the same event", "날짜")
    place: str | None = column("string", "Place of the same event", "장소")
    rule: str = column("string", "Rule behind it", "근거 규칙", required=True)
    score: float = column(
        "number", "Confidence in (0, 1]", "신뢰도(0–1)", required=True, minimum=0, maximum=1
    )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that took or will take place."""

    event_id: str = column("string", "Id of the event", "사건 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    sentence_id: str | None = column("string", "Sentence of the trigger", "문장 식별자")
    type: str = column("string", "Kind of event", "사건의 종류", enum=list(EVENT_TYPES), required=True)
    trigger: str = column("string", "Word that tells of it", "사건을 나타내는 말", required=True)
    name: str | None = column("string", "Name of the event", "사건 이름")
    start: int = column("integer", "First code point of the trigger", "시작 위치", required=True)
    end: int = column("integer", "One past its last code point", "끝 위치(미포함)", required=True)
    date_start: str | None = column("string", "First day, ISO 8601", "시작일")
    date_end: str | None = column("string", "One past the last day, ISO 8601", "종료일(미포함)")
    place_id: str | None = column("string", "Entity id of the place", "장소 식별자")
    place: str | None = column("string", "Place", "장소")
    host_ids: tuple[str, ...] = column(
        "string", "Entity ids of the hosts, joined with |", "주최 식별자(|로 구분)"
    )
    participant_ids: tuple[str, ...] = column(
        "string", "Entity ids of the participants, joined with |", "참가자 식별자(|로 구분)"
    )
    participants: tuple[str, ...] = column(
        "string", "Names of the participants, joined with |", "참가자(|로 구분)"
    )
    rule: str = column("string", "Rule behind it", "근거 규칙", required=True)
    score: float = column(
        "number", "Confidence in (0, 1]", "신뢰도(0–1)", required=True, minimum=0, maximum=1
    )


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said, and by whom. ``start``/``end`` span the words inside the marks."""

    quote_id: str = column("string", "Id of the quote", "인용 식별자", required=True, unique=True)
    article_id: str = column("string", "Article", "기사 식별자", required=True)
    sentence_id: str | None = column("string", "Sentence", "문장 식별자")
    start: int = column("integer", "First code point inside the marks", "시작 위치", required=True)
    end: int = column(
        "integer", "One past the last code point inside the marks", "끝 위치(미포함)", required=True
    )
    text: str = column("string", "The words said", "인용문", required=True)
    speaker_id: str | None = column("string", "Entity id of the speaker", "발언자 식별자")
    speaker: str | None = column("string", "Speaker", "발언자")
    cue: str | None = column("string", "Verb or mark that makes it a quote", "인용 표지")
    kind: str = column(
        "string", "direct or indirect", "직접/간접", enum=["direct", "indirect"], required=True
    )


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """An input or article that could not be processed; the rest of the run is not affected."""

    source: str = column("string", "Path of the input as given", "입력 파일 경로", required=True)
    position: int | None = column("integer", "0-based index within the source", "파일 안에서의 순서(0부터)")
    stage: str = column("string", "Stage that failed", "실패한 단계", required=True)
    error: str = column("string", "Kind of error", "오류 종류", required=True)
    message: str = column("string", "What happened and what to do", "내용과 조치", required=True)


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """Everything extracted from one article: the unit that workers return and writers take."""

    article: Article
    text: str
    sentences: tuple[Sentence, ...] = ()
    tokens: tuple[Token, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[Date, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key: ``columns`` of a table refer to ``target`` columns of ``table``."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the contract: its name, row class, keys and what it is in words."""

    name: str
    row: type
    primary_key: str | None
    en: str
    ko: str
    foreign_keys: tuple[Key, ...] = ()

    @property
    def columns(self) -> tuple[dataclasses.Field[Any], ...]:
        """The columns in order, as dataclass fields with their metadata."""
        return dataclasses.fields(self.row)


_ARTICLE = Key("article_id", "articles", "article_id")
_SENTENCE = Key("sentence_id", "sentences", "sentence_id")
_MENTION = Key("mention_id", "mentions", "mention_id")

TABLES: tuple[Table, ...] = (
    Table("articles", Article, "article_id", "One row per article", "기사별 한 행"),
    Table("sentences", Sentence, "sentence_id", "One row per sentence", "문장별 한 행", (_ARTICLE,)),
    Table(
        "tokens",
        Token,
        "token_id",
        "One row per morpheme (on request)",
        "형태소별 한 행(요청 시)",
        (_ARTICLE, _SENTENCE),
    ),
    Table(
        "mentions",
        Mention,
        "mention_id",
        "One row per name, date or figure where it stands",
        "본문에 나온 이름·날짜·수치별 한 행",
        (_ARTICLE, _SENTENCE, Key("entity_id", "entities", "entity_id")),
    ),
    Table(
        "entities",
        Entity,
        "entity_id",
        "One row per person, city, place or organisation",
        "인물·도시·장소·기관별 한 행",
    ),
    Table("dates", Date, "mention_id", "Values of dates and times", "날짜·시각의 값", (_MENTION, _ARTICLE)),
    Table("figures", Figure, "mention_id", "Values of figures", "수치의 값", (_MENTION, _ARTICLE)),
    Table(
        "relations",
        Relation,
        "relation_id",
        "One row per fact with its evidence",
        "근거가 있는 사실별 한 행",
        (_ARTICLE, _SENTENCE, Key("subject_id", "entities", "entity_id")),
    ),
    Table(
        "events",
        Event,
        "event_id",
        "One row per event",
        "사건별 한 행",
        (_ARTICLE, _SENTENCE, Key("place_id", "entities", "entity_id")),
    ),
    Table(
        "quotes",
        Quote,
        "quote_id",
        "One row per quotation with its speaker",
        "발언자별 인용 한 행",
        (_ARTICLE, _SENTENCE, Key("speaker_id", "entities", "entity_id")),
    ),
    Table("errors", ErrorRow, None, "Inputs that could not be processed", "처리하지 못한 입력"),
)

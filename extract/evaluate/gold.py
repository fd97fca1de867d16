"""Reads annotated articles: full annotation to the data contract, or KLUE-NER mentions alone.

One JSON object a line with ``text`` and ``mentions``; ``id`` (or ``position``), ``published``,
``entities``, ``relations``, ``events``, ``quotes`` and ``range_variants`` where there are any. A mention has
``start``, ``end`` (code points, half open) and ``label``, one of the contract's seven or KLUE's six; and
optionally ``sure`` (false: good annotators could disagree), ``entity``, ``value`` and ``alt`` (spans that
are as right as the main one).
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.model import KLUE_LABELS

Span = tuple[int, int]
_KLUE = frozenset(KLUE_LABELS.values())


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated mention. ``spans`` holds the main span and its alternatives, ``reach`` all of them."""

    label: str
    spans: tuple[Span, ...]
    sure: bool = True
    entity: str | None = None
    value: dict[str, Any] | None = None

    @property
    def span(self) -> Span:
        """The main span."""
        return self.spans[0]

    @property
    def reach(self) -> Span:
        """From the first to the last code point of any of the spans."""
        return min(start for start, _ in self.spans), max(end for _, end in self.spans)


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article. ``klue`` says that its mentions carry KLUE's six labels."""

    id: str
    text: str
    published: str | None
    mentions: tuple[GoldMention, ...]
    range_variants: tuple[GoldMention, ...] = ()
    entities: tuple[dict[str, Any], ...] = ()
    relations: tuple[dict[str, Any], ...] = ()
    events: tuple[dict[str, Any], ...] = ()
    quotes: tuple[dict[str, Any], ...] = ()
    klue: bool = False
    surfaces: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # (entity, text of a mention)


def read_gold(path: str | Path) -> list[GoldArticle]:
    """The articles of a gold file, in order.

    Raises:
        InputError: when the file cannot be read, a line is not a JSON object with a text, a label is
            unknown, or a span lies outside the text.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot be read: {error}", where=str(path), remedy="give a UTF-8 JSONL file"
        ) from error
    articles: list[GoldArticle] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            articles.append(_article(line, f"{path}:{number}", len(articles)))
    return articles


def _article(line: str, where: str, position: int) -> GoldArticle:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise InputError(f"not JSON: {error}", where=where, remedy="write one JSON object a line") from error
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise InputError("no text", where=where, remedy='write {"text": …, "mentions": […]}')
    text = unicodedata.normalize("NFC", data["text"])
    raw = list(data.get("mentions") or ())
    mentions = tuple(_mention(one, len(text), where) for one in raw)
    labels = {mention.label for mention in mentions}
    key = next(
        (str(data[k]) for k in ("id", "position", "article_id") if data.get(k) is not None), str(position)
    )
    return GoldArticle(
        id=key,
        text=text,
        published=data.get("published"),
        mentions=mentions,
        range_variants=tuple(_mention(one, len(text), where) for one in data.get("range_variants") or ()),
        entities=tuple(data.get("entities") or ()),
        relations=tuple(data.get("relations") or ()),
        events=tuple(data.get("events") or ()),
        quotes=tuple(data.get("quotes") or ()),
        klue=bool(labels) and labels <= _KLUE,
        surfaces=tuple(
            (one["entity"], one.get("text") or text[one["start"] : one["end"]])
            for one in raw
            if one.get("entity")
        ),
    )


def _mention(data: Any, length: int, where: str) -> GoldMention:
    try:
        spans = ((data["start"], data["end"]), *((start, end) for start, end in data.get("alt") or ()))
        label = data["label"]
    except (TypeError, KeyError, ValueError) as error:
        problem = f"a mention without {error}"
        raise InputError(problem, where=where, remedy="give start, end and label") from error
    if label not in KLUE_LABELS and label not in _KLUE:
        known = ", ".join([*KLUE_LABELS, *sorted(_KLUE)])
        raise InputError(f"unknown label {label!r}", where=where, remedy=f"use one of: {known}")
    for start, end in spans:
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
            remedy = "count code points of the text"
            raise InputError(f"the span {start}–{end} lies outside the text", where=where, remedy=remedy)
    value = data.get("value")
    return GoldMention(
        label=label,
        spans=spans,
        sure=is_sure(data),
        entity=data.get("entity") or None,
        value=value if isinstance(value, dict) else None,
    )


def is_sure(item: dict[str, Any]) -> bool:
    """Whether a gold item counts: false only where it says ``"sure": false``."""
    return item.get("sure", True) is not False

"""Examples of a rule: a sentence with its mentions marked inline, and the row that must come out.

``[박원순|PERSON] [서울시장|TITLE]은 [하디프 싱 푸리|PERSON] [장관|TITLE]과 면담했다 => 박원순 | met_with | 하디프 싱 푸리``.
A third part in the brackets names the entity (``[박|PERSON|박원순]``) or gives the date (``[6일|DATE|2017-11-06]``);
A subtype follows the label (``[한국|PLACE:country]``); ``//`` begins a new sentence. Without ``=>`` the rule must find nothing.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from extract.document import Analysis, Morpheme, Section, Title
from extract.expression import Expression
from extract.model import LABELS, Date, Entity, Mention, Sentence, stable_id

_MARK = Expression(r"\[([^\[\]|]+)\|([A-Z]+)(?::([a-z]+))?(?:\|([^\[\]|]+))?\]")


class Example(NamedTuple):
    """A marked text and the expected ``(subject, predicate, object)`` (None: nothing)."""

    text: str
    expected: tuple[str, ...] | None


def parse_example(line: str) -> Example:
    """Splits an example at ``=>``.

    Raises:
        ValueError: when the expected row has not three parts (subject, predicate, object).
    """
    text, arrow, row = line.partition("=>")
    if not arrow:
        return Example(text.strip(), None)
    parts = tuple(part.strip() for part in row.split("|"))
    return Example(text.strip(), parts)


def analyse_example(marked: str, published: datetime.date | None = None) -> Analysis:
    """An :class:`Analysis` of a marked text: mentions and entities from the marks, morphemes from Kiwi.

    Raises:
        ValueError: for a label that does not exist.
    """
    from extract.tokenise.kiwi import shared_kiwi

    marked = marked.replace(" // ", "\n").replace("//", "\n")
    text = ""
    position = 0
    found: list[tuple[int, int, str, str | None, str | None]] = []
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        if match.group(2) not in (*LABELS, "TITLE"):
            raise ValueError(
                f"unknown label {match.group(2)!r} in an example: use {', '.join(LABELS)} or TITLE"
            )
        found.append(
            (len(text), len(text) + len(match.group(1)), match.group(2), match.group(3), match.group(4))
        )
        text += match.group(1)
        position = match.end()
    text += marked[position:]
    analysis = Analysis(text=text, article_id="example", published=published)
    analysis.sections = [Section("body", 0, len(text))]
    analysis.morphemes = [
        Morpheme(t.start, t.start + t.len, t.form, str(t.tag)) for t in shared_kiwi().tokenize(text)
    ]
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            for s, e in sentence_spans(text, start, end):
                analysis.sentences.append(
                    Sentence(stable_id("s", "example", s), "example", "body", s, e, text[s:e])
                )
        start = end + 1
    entities: dict[str, Entity] = {}
    for s, e, label, subtype, extra in found:
        if label == "TITLE":
            analysis.titles.append(Title(s, e, text[s:e], text[s:e], "example"))
            continue
        mention_id = stable_id("m", "example", s, e)
        entity_id = None
        if label in ("PERSON", "ORG", "CITY", "PLACE"):
            name = extra or text[s:e]
            entity_id = stable_id("e", name)
            entities.setdefault(
                entity_id,
                Entity(entity_id, label, None, name, (), None, None, None, None, None, None, None, 1, 1),
            )
        elif label in ("DATE", "TIME"):
            analysis.dates.append(_date(mention_id, text[s:e], extra))
        analysis.mentions.append(
            Mention(
                mention_id, "example", None, s, e, text[s:e], label, subtype, entity_id, None, "example", 1.0
            )
        )
    analysis.entities = list(entities.values())
    return analysis


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of ``text[start:end]`` by Kiwi."""
    from extract.tokenise.kiwi import shared_kiwi

    return [(start + s.start, start + s.end) for s in shared_kiwi().split_into_sents(text[start:end])]


def _date(mention_id: str, text: str, value: str | None) -> Date:
    first = last = None
    if value:
        first, _, last = value.partition("/")
        if not last and len(first) == 10:
            last = (datetime.date.fromisoformat(first) + datetime.timedelta(days=1)).isoformat()
    return Date(mention_id, "example", text, "date", first, last or None, "day", None, value, None, False)

"""What holds for the rows of every article, whatever its text; tests and fuzzers share it."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterable

from extract.engines.article import process_text
from extract.model import LABELS, SUBTYPES, TABLES, ArticleResult, Mention
from extract.write import plain, to_json
from extract.write.cells import cells, guarded

DAY = datetime.date(2024, 2, 29)
_ROWS = tuple(table for table in TABLES if table.name not in ("articles", "errors"))


def check_text(nlp: object, text: str) -> ArticleResult:
    """Processes ``text`` as one article and checks its rows."""
    result = process_text(nlp, text, DAY)  # type: ignore[arg-type]
    assert result.text == text
    check_rows(result)
    return result


def check_rows(result: ArticleResult) -> None:
    """Offsets, overlaps, unique ids, references, and that every row can be written and read back."""
    text, article = result.text, result.article
    assert article.n_chars == len(text)
    assert (article.n_sentences, article.n_mentions) == (len(result.sentences), len(result.mentions))
    for row in (*result.sentences, *result.mentions, *result.quotes):
        assert 0 <= row.start < row.end <= len(text), row
        assert text[row.start : row.end] == row.text, row
    for event in result.events:
        assert text[event.start : event.end] == event.trigger, event
    for relation in result.relations:
        assert 0 <= relation.start < relation.end <= len(text), relation
    for spans in (result.sentences, result.mentions):
        for before, after in itertools.pairwise(spans):
            assert before.end <= after.start, (before, after)
    for mention in result.mentions:
        check_mention(mention)
    check_ids(result)
    for table in _ROWS:
        for row in getattr(result, table.name):
            written = cells(row)
            for value, name in zip(written, (column.name for column in table.columns), strict=True):
                stored = getattr(row, name)
                if isinstance(stored, str):
                    assert plain(value) == stored
                    assert guarded(stored) == value
    json.dumps(to_json(result, tokens=True), ensure_ascii=False, allow_nan=False).encode("utf-8")


def check_mention(mention: Mention) -> None:
    """Label, subtype and score are of the contract; no blank or line break hangs on."""
    assert mention.label in LABELS, mention
    assert mention.subtype is None or mention.subtype in SUBTYPES[mention.label], mention
    assert mention.text == mention.text.strip(), mention
    assert 0 < mention.score <= 1, mention


def check_ids(result: ArticleResult) -> None:
    """Ids are unique, and every reference of every row leads to a row."""
    mentions = _unique(mention.mention_id for mention in result.mentions)
    entities = _unique(entity.entity_id for entity in result.entities)
    sentences = _unique(sentence.sentence_id for sentence in result.sentences)
    _unique(relation.relation_id for relation in result.relations)
    _unique(event.event_id for event in result.events)
    _unique(quote.quote_id for quote in result.quotes)
    valued = _unique(row.mention_id for row in (*result.dates, *result.figures))
    assert valued <= mentions
    shown = {mention.mention_id: mention.text for mention in result.mentions}
    assert all(shown[row.mention_id] == row.text for row in (*result.dates, *result.figures))
    for row in (*result.mentions, *result.relations, *result.events, *result.quotes, *result.tokens):
        assert row.article_id == result.article.article_id
        assert row.sentence_id is None or row.sentence_id in sentences, row
    referred: list[str | None] = [mention.entity_id for mention in result.mentions]
    referred += [relation.subject_id for relation in result.relations]
    referred += [quote.speaker_id for quote in result.quotes]
    for event in result.events:
        referred += [event.place_id, *event.host_ids, *event.participant_ids]
    assert {reference for reference in referred if reference} <= entities
    assert {r.object_id for r in result.relations if r.object_id} <= entities | mentions


def _unique(ids: Iterable[str]) -> set[str]:
    listed = list(ids)
    assert len(set(listed)) == len(listed), sorted(listed)
    return set(listed)

"""Scores results against gold articles.

- Gold items with ``"sure": false`` are ignored both ways: never missed, and a prediction that overlaps one
  is never wrong.
- A mention is right when span (or an alternative span) and label are; *relaxed*, when it overlaps.
- Values are judged on mentions that were found exactly; entities (B-cubed) on those that the gold links.
- A relation is right by predicate and by any name of subject and object; a second one of the same is ignored.
- An event is found by type and start date, a quote by half of its span (intersection over union).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from extract.evaluate.clusters import Item, score_clusters
from extract.evaluate.gold import GoldArticle, GoldMention, is_sure
from extract.evaluate.mentions import (
    PredictedMention,
    apply_range_variants,
    klue_label,
    match_exact,
    match_relaxed,
    predicted_mentions,
    split_ranges,
)
from extract.evaluate.names import Names, normal
from extract.evaluate.relations import states
from extract.evaluate.scores import Counts, Scores
from extract.evaluate.values import date_agrees, figure_agrees, instant
from extract.model import ENTITY_LABELS

MIN_QUOTE_OVERLAP = 0.5
"""Intersection over union from which on a predicted quote is the gold one."""


def evaluate(
    gold: Sequence[GoldArticle], results: Iterable[dict[str, Any]], klue: bool = False, show: int = 0
) -> Scores:
    """Scores the results of the gold articles.

    Args:
        gold: what :func:`extract.evaluate.read_gold` read.
        results: one dictionary per article as a line of ``articles.jsonl`` (``text``, ``mentions``,
            ``entities``, ``dates``, ``figures``, ``relations``, ``events``, ``quotes``), found by its ``id``;
            results without any ``id`` are taken in the order of ``gold``.
        klue: in the six-label view, ranges are taken apart as KLUE does (``19일부터 23일까지`` is two).
        show: how many errors of each kind to list in ``Scores.shown``.

    Returns:
        The scores. ``errors`` names gold articles without a result and results of another text.
    """
    scores = Scores()
    by_id = _by_id(gold, results, scores.errors)
    clustered: list[Item] = []
    errors = _Shown(show)
    for article in gold:
        result = by_id.get(article.id)
        if result is None:
            scores.errors.append(f"no result for {article.id}")
            continue
        if unicodedata.normalize("NFC", str(result.get("text") or "")) != article.text:
            scores.errors.append(f"the text of the result for {article.id} is not the gold text")
            continue
        scores.articles += 1
        predicted = predicted_mentions(result)
        _score_klue(article, predicted, klue, scores, errors)
        if article.klue:
            continue
        pairs = _score_mentions(article, predicted, scores, errors)
        _score_values(article, pairs, scores, errors)
        clustered += _linked(article, pairs)
        names = Names(article.entities, article.surfaces), Names(result.get("entities") or ())
        _score_relations(article, result, names, scores, errors)
        _score_events(article, result, scores, errors)
        _score_quotes(article, result, names, scores, errors)
    scores.clusters = score_clusters(clustered)
    scores.shown = errors.lists
    return scores


class _Shown:
    """Lists of errors, each up to a limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.lists: dict[str, list[str]] = {}

    def add(self, kind: str, article: GoldArticle, text: str) -> None:
        if self.limit > 0 and len(self.lists.setdefault(kind, [])) < self.limit:
            self.lists[kind].append(f"{article.id} {text}")


def _by_id(
    gold: Sequence[GoldArticle], results: Iterable[dict[str, Any]], errors: list[str]
) -> dict[str, dict[str, Any]]:
    given = list(results)
    if all(result.get("id") is None for result in given):
        return {article.id: result for article, result in zip(gold, given, strict=False)}
    found: dict[str, dict[str, Any]] = {}
    for position, result in enumerate(given):
        key = str(position if result.get("id") is None else result["id"])
        if key in found:
            errors.append(f"two results with the id {key}")
        found[key] = result
    return found


def _score_klue(
    article: GoldArticle, predicted: list[PredictedMention], klue: bool, scores: Scores, errors: _Shown
) -> None:
    """The six-label view; gold that has seven labels is seen through KLUE's."""
    gold: Sequence[GoldMention] = article.mentions
    if klue or article.klue:
        predicted = split_ranges(article.text, predicted)
    else:
        gold = apply_range_variants(gold, article.range_variants, predicted)
    matching = match_exact(gold, predicted, klue_label)
    for mention, _ in matching.pairs:
        scores.klue[klue_label(mention.label)].add(tp=1)
    for mention in matching.missed:
        scores.klue[klue_label(mention.label)].add(fn=1)
    for wrong in matching.wrong:
        scores.klue[klue_label(wrong.label)].add(fp=1)
    if article.klue:
        _show(article, matching.missed, matching.wrong, errors)


def _score_mentions(
    article: GoldArticle, predicted: list[PredictedMention], scores: Scores, errors: _Shown
) -> list[tuple[GoldMention, PredictedMention]]:
    gold = apply_range_variants(article.mentions, article.range_variants, predicted)
    matching = match_exact(gold, predicted)
    for mention, _ in matching.pairs:
        scores.labels[mention.label].add(tp=1)
    for mention in matching.missed:
        scores.labels[mention.label].add(fn=1)
    for wrong in matching.wrong:
        scores.labels[wrong.label].add(fp=1)
    scores.relaxed.add(*match_relaxed(gold, predicted))
    _show(article, matching.missed, matching.wrong, errors)
    return matching.pairs


def _show(
    article: GoldArticle, missed: list[GoldMention], wrong: list[PredictedMention], errors: _Shown
) -> None:
    for kind, found in (("mention missed", missed), ("mention wrong", wrong)):
        for mention in found:
            start, end = mention.span
            errors.add(kind, article, f"{mention.label} {article.text[start:end]}")


def _score_values(
    article: GoldArticle,
    pairs: list[tuple[GoldMention, PredictedMention]],
    scores: Scores,
    errors: _Shown,
) -> None:
    for mention, found in pairs:
        if mention.value is None:
            continue
        if mention.label in ("DATE", "TIME"):
            right = date_agrees(mention.value, found.row)
        else:
            right = figure_agrees(mention.value, found.row)
            for attribute in ("unit", "currency"):
                if mention.value.get(attribute):
                    got = (found.row or {}).get(attribute)
                    scores.values[attribute].add(normal(mention.value[attribute]) == normal(got))
        if right is None:
            continue
        scores.values[mention.label].add(right)
        if not right:
            start, end = mention.span
            text = f"{mention.label} {article.text[start:end]}: gold {mention.value}, got {found.row}"
            errors.add("value wrong", article, text)


def _linked(article: GoldArticle, pairs: list[tuple[GoldMention, PredictedMention]]) -> list[Item]:
    """Mentions that both sides link; a prediction without an entity is one of its own."""
    return [
        (article.id, normal(mention.entity), found.entity_id or f"#{found.span}")
        for mention, found in pairs
        if mention.entity and mention.label in ENTITY_LABELS
    ]


def _score_relations(
    article: GoldArticle,
    result: dict[str, Any],
    names: tuple[Names, Names],
    scores: Scores,
    errors: _Shown,
) -> None:
    taken: set[int] = set()
    for row in result.get("relations") or ():
        hits = [i for i, gold in enumerate(article.relations) if states(gold, row, *names)]
        new = [i for i in hits if is_sure(article.relations[i]) and i not in taken]
        if new:
            taken.add(new[0])
            _predicate(scores, row).add(tp=1)
            scores.rules[str(row.get("rule"))].add(tp=1)
        elif not hits:
            _predicate(scores, row).add(fp=1)
            scores.rules[str(row.get("rule"))].add(fp=1)
            errors.add("relation wrong", article, _line(row))
    for i, gold in enumerate(article.relations):
        if is_sure(gold) and i not in taken:
            _predicate(scores, gold).add(fn=1)
            errors.add("relation missed", article, _line(gold))


def _predicate(scores: Scores, row: dict[str, Any]) -> Counts:
    return scores.relations[str(row.get("predicate"))]


def _line(row: dict[str, Any]) -> str:
    return f"{row.get('subject')} | {row.get('predicate')} | {row.get('object')}"


def _score_events(article: GoldArticle, result: dict[str, Any], scores: Scores, errors: _Shown) -> None:
    for name, dated in (("type and date", True), ("type", False)):
        free = list(result.get("events") or ())
        for gold in article.events:
            if not is_sure(gold):
                continue
            found = next((row for row in free if _same_event(gold, row, dated)), None)
            scores.events[name].add(found is not None)
            if found is not None:
                free.remove(found)
            elif dated:
                text = f"{gold['type']} {gold.get('trigger')} {gold.get('date_start')}"
                errors.add("event missed", article, text)


def _same_event(gold: dict[str, Any], row: dict[str, Any], dated: bool) -> bool:
    if row.get("type") != gold["type"]:
        return False
    if not dated or not gold.get("date_start"):
        return True
    return instant(row.get("date_start")) == instant(gold["date_start"])


def _score_quotes(
    article: GoldArticle,
    result: dict[str, Any],
    names: tuple[Names, Names],
    scores: Scores,
    errors: _Shown,
) -> None:
    gold_names, predicted_names = names
    for gold in article.quotes:
        if not is_sure(gold):
            continue
        rows = result.get("quotes") or ()
        best = max(rows, key=lambda row, gold=gold: _overlap(gold, row), default=None)
        found = best if best is not None and _overlap(gold, best) >= MIN_QUOTE_OVERLAP else None
        scores.quotes["found"].add(found is not None)
        if found is None:
            scores.quotes["with speaker"].add(False)
            errors.add("quote missed", article, article.text[gold["start"] : gold["end"]][:50])
            continue
        said = gold_names.of(gold.get("speaker"))
        right = not gold.get("speaker") and not found.get("speaker")
        right = right or bool(said & predicted_names.of(found.get("speaker"), found.get("speaker_id")))
        scores.quotes["with speaker"].add(right)
        if not right:
            errors.add("speaker wrong", article, f"gold {gold.get('speaker')}, got {found.get('speaker')}")


def _overlap(gold: dict[str, Any], row: dict[str, Any]) -> float:
    shared = min(gold["end"], row["end"]) - max(gold["start"], row["start"])
    if shared <= 0:
        return 0.0
    return shared / (max(gold["end"], row["end"]) - min(gold["start"], row["start"]))

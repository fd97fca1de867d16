"""Matching of predicted mentions with gold ones: exact, relaxed, and by KLUE's conventions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extract.evaluate.gold import GoldMention, Span
from extract.model import KLUE_LABELS

_RANGE = re.compile(r"(?P<first>.+?)(?:부터|에서)\s*(?P<last>.+?)(?:까지)?")
_PARTS = re.compile(r"(?P<first>.+?)(?:\s*(?:중|가운데|부터)\s*(?P<last>\d.*?)(?:까지)?|(?<=%)\s*포인트)")
_KLUE_PARTS = {"DT": _RANGE, "TI": _RANGE, "QT": _PARTS}


@dataclass(frozen=True, slots=True)
class PredictedMention:
    """A predicted mention. ``row`` is its row of ``dates`` or ``figures``, ``entity_id`` its cluster."""

    label: str
    span: Span
    entity_id: str | None = None
    row: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """Gold mentions with the prediction that found them, gold mentions missed, predictions wrong."""

    pairs: list[tuple[GoldMention, PredictedMention]]
    missed: list[GoldMention]
    wrong: list[PredictedMention]


def klue_label(label: str) -> str:
    """KLUE's label for one of the contract's; KLUE's own stay."""
    return KLUE_LABELS.get(label, label)


def predicted_mentions(result: dict[str, Any]) -> list[PredictedMention]:
    """The mentions of an article's result with their date or figure rows."""
    rows: dict[str, dict[str, Any]] = {}
    for table in ("dates", "figures"):
        for row in result.get(table) or ():
            rows[row["mention_id"]] = row
    return [
        PredictedMention(
            label=mention["label"],
            span=(mention["start"], mention["end"]),
            entity_id=mention.get("entity_id") or None,
            row=rows.get(mention.get("mention_id") or ""),
        )
        for mention in result.get("mentions") or ()
    ]


def apply_range_variants(
    gold: Sequence[GoldMention], variants: Iterable[GoldMention], predicted: Iterable[PredictedMention]
) -> list[GoldMention]:
    """``gold`` with the parts of a range replaced by the whole where exactly the whole was predicted."""
    chosen = {(mention.span, mention.label) for mention in predicted}
    found = list(gold)
    for variant in variants:
        if (variant.span, variant.label) not in chosen:
            continue
        start, end = variant.span
        parts = [g for g in found if g.label == variant.label and start <= g.span[0] and g.span[1] <= end]
        found = [g for g in found if g not in parts]
        found.append(
            GoldMention(
                variant.label, (variant.span,), all(g.sure for g in parts), variant.entity, variant.value
            )
        )
    return sorted(found, key=lambda mention: mention.span)


def split_ranges(text: str, predicted: Iterable[PredictedMention]) -> list[PredictedMention]:
    """Predictions cut as KLUE annotates them.

    ``19일부터 23일까지`` is ``19일`` and ``23일`` there, ``10명 중 7명`` is ``10명`` and ``7명``, and of ``2%포인트``
    only ``2%`` is marked; ``5시∼8시`` stays one mention.
    """
    found = []
    for mention in predicted:
        pattern = _KLUE_PARTS.get(klue_label(mention.label))
        match = pattern.fullmatch(text, *mention.span) if pattern is not None else None
        if match is None:
            found.append(mention)
        else:
            spans = [match.span(part) for part in ("first", "last") if match.group(part)]
            found += [PredictedMention(mention.label, span) for span in spans]
    return found


def match_exact(
    gold: Sequence[GoldMention],
    predicted: Sequence[PredictedMention],
    view: Callable[[str], str] = lambda label: label,
) -> Matching:
    """Matches by span (the main one or an alternative) and label as ``view`` shows it.

    Unsure gold is neither found nor missed; a prediction that overlaps it, or lies within reach of a gold
    mention that was found, is not wrong.
    """
    open_at: dict[tuple[Span, str], list[int]] = {}
    for i, guess in enumerate(predicted):
        open_at.setdefault((guess.span, view(guess.label)), []).append(i)
    pairs, missed, reached = [], [], []
    used: set[int] = set()
    for mention in sorted(gold, key=lambda g: not g.sure):
        found = None
        for span in mention.spans:
            waiting = open_at.get((span, view(mention.label)))
            if waiting:
                found = waiting.pop(0)
                break
        if found is not None:
            used.add(found)
            reached.append(mention.reach)
            if mention.sure:
                pairs.append((mention, predicted[found]))
        elif mention.sure:
            missed.append(mention)
    unsure = [mention.reach for mention in gold if not mention.sure]
    wrong = [
        guess
        for i, guess in enumerate(predicted)
        if i not in used
        and not any(overlaps(guess.span, reach) for reach in unsure)
        and not any(_within(guess.span, reach) for reach in reached)
    ]
    return Matching(pairs, missed, wrong)


def match_relaxed(gold: Sequence[GoldMention], predicted: Sequence[PredictedMention]) -> tuple[int, int, int]:
    """Right, wrong and missed where any overlap with the same label counts; each prediction counts once."""
    sure = [mention for mention in gold if mention.sure]
    free = dict(enumerate(predicted))
    left = []
    for mention in sure:
        exact = (i for i, p in free.items() if p.label == mention.label and p.span in mention.spans)
        found = next(exact, None)
        if found is None:
            left.append(mention)
        else:
            del free[found]
    missed = 0
    for mention in left:
        near = (i for i, p in free.items() if p.label == mention.label and overlaps(p.span, mention.span))
        found = next(near, None)
        if found is None:
            missed += 1
        else:
            del free[found]
    unsure = [mention.reach for mention in gold if not mention.sure]
    wrong = sum(
        not any(overlaps(p.span, reach) for reach in unsure)
        and not any(p.label == g.label and _within(p.span, g.reach) for g in sure)
        for p in free.values()
    )
    return len(sure) - missed, wrong, missed


def overlaps(one: Span, other: Span) -> bool:
    """Whether two half-open spans share a code point."""
    return one[0] < other[1] and other[0] < one[1]


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]

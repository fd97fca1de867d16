"""Why a span is a mention or none: what the lexicons and rules proposed there, and what the arbiter decided."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path

from extract.components import analysis_of
from extract.document import Candidate
from extract.pipeline import load
from extract.stages import shared_lexicon
from extract.tag.arbiter import USER_PRIORITY, Arbiter


def explain_span(
    text: str,
    start: int,
    end: int,
    published: datetime.date | None = None,
    lexicons: Sequence[str | Path] = (),
    rules: Sequence[str | Path] = (),
    model: bool | str | Path = True,
) -> list[str]:
    """Lines that tell about ``text[start:end]``: its morphemes, every overlapping candidate, and the verdict."""
    nlp = load(lexicons, rules, model)
    doc = nlp.make_doc(text)
    analysis = analysis_of(doc)
    analysis.published = published
    for _name, component in nlp.pipeline:
        doc = component(doc)
    morphemes = [f"{m.form}/{m.tag}" for m in analysis.morphemes if m.start < end and start < m.end]
    lines = [f"span       {text[start:end]} [{start}:{end}]", f"morphemes  {' '.join(morphemes) or '(none)'}"]
    arbiter = Arbiter(shared_lexicon(tuple(map(str, lexicons)), tuple(map(str, rules))))
    overlapping = [c for c in analysis.candidates if c.start < end and start < c.end]
    winners = {(c.start, c.end, c.label, c.rule) for c in arbiter(analysis.candidates)}
    if not overlapping:
        lines.append("verdict    neither lexicon nor rules nor tagger propose a mention here")
        lines.append(
            "remedy     add it: extract lexicon add, or a row in your own lexicon folder (docs/extending.md)"
        )
        return lines
    overlapping.sort(
        key=lambda c: ((c.start, c.end, c.label, c.rule) not in winners, c.start - c.end, c.rule)
    )
    for candidate in overlapping:
        won = (candidate.start, candidate.end, candidate.label, candidate.rule) in winners
        lines.append(f"{'won' if won else 'lost':<10} {_candidate(text, candidate)}")
    for mention in analysis.mentions:
        if (mention.start, mention.end) == (start, end):
            entity = next((e for e in analysis.entities if e.entity_id == mention.entity_id), None)
            shown = (
                f", entity {entity.name}" if entity else f", value {mention.value}" if mention.value else ""
            )
            lines.append(f"verdict    a {mention.label} mention{shown}, by {mention.rule}")
            break
    else:
        lines.append("verdict    not a mention of its own: a longer or stronger candidate took the place")
    return lines


def _candidate(text: str, candidate: Candidate) -> str:
    subtype = f"/{candidate.subtype}" if candidate.subtype else ""
    user = ", your own row" if candidate.priority >= USER_PRIORITY else ""
    where = f" ({_near(candidate.row.where)})" if candidate.row is not None else ""
    return (
        f"{text[candidate.start : candidate.end]} [{candidate.start}:{candidate.end}] {candidate.label}{subtype} "
        f"by {candidate.rule}, priority {candidate.priority}{user}, score {candidate.score:.2f}{where}"
    )


def _near(where: str) -> str:
    """A file and its line, without the folder in which the user is."""
    here = f"{Path.cwd()}{os.sep}"
    return where.removeprefix(here)

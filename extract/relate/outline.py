"""The outline of an event: lines such as ``· 일 시 : …``, ``· 장 소 : …``, ``· 참석자`` with people below it."""

from __future__ import annotations

from extract.expression import Expression
from extract.relate import mood as mood_of
from extract.relate.fillers import Filler, of_mention
from extract.relate.frames import Hit
from extract.relate.labels import listed_under
from extract.relate.rules import Rule
from extract.relate.view import View

_WHOLE = Expression(r"[’”'\")）]*\s*(?:[,·․ㆍ‧/、;|\n]|$|(?:등|공동|외)(?![가-힣]{2}))")


def apply_outline(rule: Rule, view: View) -> list[Hit]:
    """People listed under a label (``참석자``) as subjects; the object is the article's main occasion."""
    assert rule.outline is not None
    hits: list[Hit] = []
    main = next(
        (
            e
            for e in view.analysis.events
            if e.name and e.type in ("meeting", "conference", "opening", "other")
        ),
        None,
    )
    if main is None:
        return hits
    for start, end in listed_under(view.text, rule.outline):
        for mention in view.mentions_in(start, end):
            if mention.label not in rule.subject.labels:
                continue
            if mention.label != "PERSON" and not _WHOLE.match(view.text, mention.end, end):
                continue  # 국회 내일을 생각하는 의원모임: the body has a longer name
            unit = view.unit_at(mention.start)
            if unit is None:
                continue
            subject = of_mention(view, mention)
            event = Filler(None, main.name or "", "TEXT", main.start, main.end)
            hits.append(
                Hit(
                    rule, subject, event, unit, mention.start, mention.end, mention.start, mood_of.FACT, False
                )
            )
    return hits

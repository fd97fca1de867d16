"""The outline of an event: lines such as ``· 일 시 : …``, ``· 장 소 : …``, ``· 참석자`` with people below it."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from extract.relate import mood as mood_of
from extract.relate.context import Filler, of_mention
from extract.relate.frames import Hit
from extract.relate.rules import Rule
from extract.relate.view import View

_BULLET = r"[\s○ㅇ●□■◦•·ᄋ\-*▪◆◇※<(（【\[]*"
_NEXT_LABEL = regex.compile(rf"{_BULLET}(?:[가-힣]\s?){{1,6}}\s?[:：]")
_ITEM = regex.compile(r"\s*(?:[○ㅇ◦•·ᄋ\-*▪※]|\()")


def label_pattern(words: Iterable[str]) -> regex.Pattern[str]:
    """A line that begins with one of ``words`` (spaces inside them allowed) and a colon, or stands alone."""
    forms = "|".join(r"\s?".join(map(regex.escape, word.replace(" ", ""))) for word in words)
    return regex.compile(rf"(?m)^{_BULLET}(?:{forms})[\s)）】\]>]*(?:[:：]\s*(?P<rest>.*)|(?P<below>))$")


def listed_under(text: str, pattern: regex.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches that belong to a label: the rest of its line, and the items of the lines below it."""
    spans = []
    for match in pattern.finditer(text):
        start = end = match.end()
        if match.group("rest"):
            start = match.start("rest")
        lines = 0
        while end < len(text) and lines < 12:
            stop = text.find("\n", end + 1)
            stop = len(text) if stop < 0 else stop
            line = text[end + 1 : stop]
            if line.strip() and (_NEXT_LABEL.match(line) or not _ITEM.match(line)):
                break
            if match.group("rest") and line.strip()[:1] in (match.group().strip()[:1], ""):
                break
            end = stop
            lines += 1
        spans.append((start, end))
    return spans


def apply_outline(rule: Rule, view: View) -> list[Hit]:
    """People listed under a label (``참석자``) as subjects; the object is the article's main occasion."""
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
    for start, end in listed_under(view.text, label_pattern(rule.outline)):
        for mention in view.mentions_in(start, end):
            if mention.label not in rule.subject.labels:
                continue
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

"""Applies pattern rules: regular expressions over a sentence in which every mention is one masked sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from extract.expression import Expression
from extract.model import Mention
from extract.relate import mood as mood_of
from extract.relate import nouns
from extract.relate.fillers import Filler, of_mention
from extract.relate.frames import Hit
from extract.relate.rules import CLOSE, LABEL_CODES, OPEN, Rule
from extract.relate.view import Unit, View

_BASE = 0xE100
_LOCAL = "시도군구읍면"  # a local body before a name says where, not whose
_SPACE = Expression(r" ")


class Masked(NamedTuple):
    """A sentence with its mentions replaced by ``OPEN label index CLOSE``, and the way back to offsets."""

    text: str
    mentions: list[Mention]
    offsets: list[int]

    def offset(self, position: int) -> int:
        """The article's offset of a position in the masked text."""
        return self.offsets[min(position, len(self.offsets) - 1)]


def masked_unit(unit: Unit) -> Masked:
    """The unit with every mention masked. At most 6,000 mentions of a unit are masked."""
    text = unit.view.text
    mentions = unit.view.mentions_in(unit.start, unit.end)[:6000]
    parts: list[str] = []
    offsets: list[int] = []
    position = unit.start
    for index, mention in enumerate(mentions):
        parts.append(text[position : mention.start])
        offsets.extend(range(position, mention.start))
        parts.append(OPEN + LABEL_CODES[mention.label] + chr(_BASE + index) + CLOSE)
        offsets.extend((mention.start, mention.start, mention.start, max(mention.start, mention.end - 1)))
        position = mention.end
    parts.append(text[position : unit.end])
    offsets.extend(range(position, unit.end + 1))
    return Masked("".join(parts), mentions, offsets)


def apply_pattern(rule: Rule, unit: Unit, masked: Masked) -> list[Hit]:
    """Every relation that ``rule`` finds in the masked unit."""
    assert rule.pattern is not None
    hits = []
    for match in rule.pattern.finditer(masked.text):
        subject = _filler(unit, masked, match, "subject", rule)
        object_ = _filler(unit, masked, match, "object", rule)
        if subject is None or object_ is None or (subject.id is not None and subject.id == object_.id):
            continue
        named = (unit.view.text[f.start : f.end] for f in (subject, object_))
        if rule.within is not None and not all(rule.within.search(text) for text in named):
            continue
        start, end = masked.offset(match.start()), masked.offset(match.end() - 1) + 1
        if rule.without is not None and rule.without.search(unit.view.text, start, min(unit.end, end + 20)):
            continue
        hits.append(Hit(rule, subject, object_, unit, start, end, start, mood_of.FACT, False))
    return hits


def _filler(unit: Unit, masked: Masked, match, which: str, rule: Rule) -> Filler | None:  # type: ignore[no-untyped-def]
    found = match.groupdict().get(which)
    if not found:
        return None
    if len(found) == 1 and ord(found) >= _BASE:
        index = ord(found) - _BASE
        if index >= len(masked.mentions):
            return None
        mention = masked.mentions[index]
        spec = rule.subject if which == "subject" else rule.object
        return None if mention.subtype in spec.without else of_mention(unit.view, mention)
    start = masked.offset(match.start(which))
    end = masked.offset(match.end(which) - 1) + 1
    name = nouns.clean_name(unit.view.text[start:end])
    spec = rule.subject if which == "subject" else rule.object
    if len(name) < 2 or (spec.heads is not None and not spec.heads.search(name)):
        return None
    return Filler(None, name, "TEXT", start, end)


def _names(rule: Rule, view: View) -> dict[str, tuple[str | None, str]]:
    """The entities that may be the object of a nested rule: id and name by every form."""
    names: dict[str, tuple[str | None, str]] = {}
    for entity in view.analysis.entities:
        if entity.label in rule.object.labels:
            for form in (entity.name, *entity.aliases):
                names.setdefault(form, (entity.entity_id, entity.name))
    return names


def apply_nested(
    rule: Rule, view: View, known: Callable[[str], bool], country: Callable[[str], bool]
) -> list[Hit]:
    """Names that begin with another name: of the article, or one that ``known`` accepts; no ``country``'s."""
    names: dict[str, tuple[str | None, str]] | None = None
    hits = []
    for mention in view.mentions:
        if mention.label not in rule.subject.labels or " " not in mention.text or mention.subtype == "sports":
            continue
        unit = view.unit_at(mention.start)
        if unit is None or unit.section == "boilerplate":
            continue
        if rule.within is not None and not rule.within.search(mention.text):
            continue
        if names is None:
            names = _names(rule, view)
        subject = of_mention(view, mention)
        for at in reversed([m.start() for m in _SPACE.finditer(mention.text)]):  # the nearest body above it
            first = mention.text[:at]
            found = names.get(first) or ((None, first) if known(first) else None)
            if found is None or first[-1] in _LOCAL or found[0] == subject.id or at + 1 == len(mention.text):
                continue
            if country(first):
                continue
            object_ = Filler(found[0], found[1], "ORG", mention.start, mention.start + at)
            hits.append(
                Hit(
                    rule,
                    subject,
                    object_,
                    unit,
                    mention.start,
                    mention.end,
                    mention.start,
                    mood_of.FACT,
                    False,
                )
            )
            break
    return hits

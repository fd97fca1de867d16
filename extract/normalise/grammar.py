"""Finds dates, times and figures in a text with the rules of ``rules/dates.yaml`` and ``figures.yaml``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from extract.lexicon.load import Lexicon
from extract.normalise import figures
from extract.normalise.dispatch import Dispatch
from extract.normalise.macros import Words
from extract.normalise.resolve import Resolver
from extract.normalise.rules import Rule, compile_rules
from extract.normalise.values import Clock, DateValue, FigureValue, Moment, Period, Quantity

_LOOK_BACK = 16
"""Code points before a match that a rule's ``not_after`` and ``near`` may look at."""


class Grammar:
    """The compiled rules of one lexicon. Building it takes some tenths of a second; using it keeps no state.

    Raises:
        LexiconError: when a rule of the lexicon is not as it must be.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = Words(lexicon)
        self.rules, self.joins = compile_rules(lexicon, self.words)
        self._dispatch = Dispatch(self.rules, self.words.forms)
        self._trigger = self._dispatch.trigger
        self._modifiers = figures.Modifiers(self.words)

    def find(self, text: str) -> list[Quantity]:
        """The dates, times and figures of ``text``: not overlapping, in order, offsets in code points."""
        found: list[Quantity] = []
        position = 0
        search, able = self._trigger.search, self._dispatch.able
        while True:
            hit = search(text, position)
            if hit is None:
                break
            start = hit.start()
            rules = able(text, start)
            quantity = self._match(text, start, rules) if rules else None
            if quantity is None:
                position = _skip(text, start)
            else:
                found.append(quantity)
                position = quantity.end
        return self._join(text, found)

    def resolve(
        self, text: str, quantities: Sequence[Quantity], published: datetime.date | None
    ) -> list[DateValue | FigureValue]:
        """The values of ``quantities`` (any of what :meth:`find` found in ``text``, in text order), one each.

        Relative expressions are counted from ``published``, then from the running date of the text; without
        ``published`` what would need it stays open (``XXXX-11-09``).
        """
        resolver = Resolver(text, published)
        values: list[DateValue | FigureValue] = []
        for quantity in quantities:
            if quantity.label == "FIGURE":
                values.append(self._modifiers.apply(text, quantity))
            else:
                values.append(resolver.value(quantity))
        return values

    def _match(self, text: str, start: int, rules: Sequence[Rule]) -> Quantity | None:
        best: Quantity | None = None
        for rule in rules:
            match = rule.pattern.match(text, start)
            if match is None or match.end() == start:
                continue
            if (
                best is not None and match.end() <= best.end
            ):  # rules come by priority: at equal length it stays
                continue
            if rule.after is not None and not rule.after.search(text[max(0, start - _LOOK_BACK) : start]):
                continue
            if rule.not_after is not None and rule.not_after.search(text[max(0, start - _LOOK_BACK) : start]):
                continue
            if rule.near is not None and not rule.near.search(
                text[max(0, start - _LOOK_BACK) : match.end() + _LOOK_BACK]
            ):
                continue
            groups = {name: value for name, value in match.groupdict().items() if value is not None}
            parse = rule.read(
                groups,
                self.words,
                {"type": rule.type, **rule.constants} if rule.label == "FIGURE" else rule.constants,
            )
            if parse is None:
                continue
            best = Quantity(start, match.end(), rule.label, rule.type, rule.name, rule.score, parse)
        return best

    def _join(self, text: str, found: list[Quantity]) -> list[Quantity]:
        joined: list[Quantity] = []
        for quantity in found:
            if joined:
                both = self._range(text, joined[-1], quantity)
                if both is not None:
                    joined[-1] = both
                    continue
            joined.append(quantity)
        return joined

    def _range(self, text: str, left: Quantity, right: Quantity) -> Quantity | None:
        if left.label != right.label or right.start - left.end > 8 or left.parts:
            return None
        between = text[left.end : right.start]
        for join in self.joins:
            if join.label != left.label or not join.between.fullmatch(between):
                continue
            if (join.left and left.subtype not in join.left) or (
                join.right and right.subtype not in join.right
            ):
                continue
            if join.then is not None and not join.then.match(text, right.end):
                continue
            parse = _joined(left, right)
            if parse is None:
                continue
            subtype = left.subtype if left.label == "FIGURE" else "range"
            parts = ((left.start, left.end), (right.start, right.end))
            return replace(
                left, end=right.end, subtype=subtype, rule=join.name, parse=parse, parts=parts,
                score=min(left.score, right.score),
            )  # fmt: skip
        return None


def _joined(left: Quantity, right: Quantity) -> object | None:
    """The parse of the range from ``left`` to ``right``, or None where they make none."""
    if left.label == "FIGURE":
        return figures.joined(left.parse, right.parse)
    if left.label == "TIME":
        return (
            Period(left.parse, right.parse)
            if isinstance(left.parse, Clock) and isinstance(right.parse, Clock)
            else None
        )
    return (
        Period(left.parse, right.parse)
        if isinstance(left.parse, Moment) and isinstance(right.parse, Moment)
        else None
    )


def _skip(text: str, start: int) -> int:
    """Where to go on after nothing was found: behind the digits, so that a long row of them is read once."""
    if not text[start].isdigit():
        return start + 1
    return _NUMBER.match(text, start).end()


_NUMBER = re.compile(r"\d+")

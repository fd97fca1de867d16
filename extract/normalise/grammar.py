"""Finds dates, times and figures in a text with the rules of ``rules/dates.yaml`` and ``figures.yaml``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from extract.lexicon import Lexicon
from extract.normalise import figures, lengths
from extract.normalise.dispatch import Dispatch
from extract.normalise.macros import Words
from extract.normalise.reading import Nothing
from extract.normalise.resolve import Resolver
from extract.normalise.rules import Rule, compile_rules, matches
from extract.normalise.values import Clock, DateValue, FigureValue, Length, Moment, Period, Quantity

_NEAR = 16  # code points on either side that may belong to words which only look like a quantity


class Grammar:
    """The compiled rules of one lexicon. Building it takes some tenths of a second; using it keeps no state.

    Raises:
        LexiconError: when a rule of the lexicon is not as it must be.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = Words(lexicon)
        self.rules, self.joins = compile_rules(lexicon, self.words)
        self._dispatch = Dispatch(self.rules)
        self._trigger = self._dispatch.trigger
        self._modifiers = figures.Modifiers(self.words)

    def find(self, text: str) -> list[Quantity]:
        """The dates, times and figures of ``text``: not overlapping, in order, offsets in code points."""
        text = _half_width(text)
        return self._join(text, self.places(text))

    def places(self, text: str) -> list[Quantity]:
        """What the rules find in ``text``, before ranges are put together."""
        found: list[Quantity] = []
        position = 0
        able, dead = self._dispatch.able, self._dispatch.dead
        for hit in self._trigger.finditer(text):
            start = hit.start()
            if start < position or text[start : start + 2] in dead:
                continue
            rules = able(text, start)
            if rules:
                quantity, position = self._match(text, start, rules)
                if quantity is not None:
                    found.append(quantity)
        return found

    def denies(self, text: str, start: int, end: int) -> bool:
        """Whether a rule says that ``text[start:end]`` belongs to words that only look like a quantity.

        ``4차`` in ``4차 산업혁명``, ``112`` in ``112 신고``. So do rules that may begin within it, behind its first
        character, and find nothing there: ``301조`` in ``301조 조사``.
        """
        low = max(0, start - _NEAR)
        window = _half_width(text[low : end + _NEAR])
        position = 0
        for hit in self._trigger.finditer(window):
            place = hit.start()
            rules = self._dispatch.able(window, place) if place >= position else ()
            if rules:
                quantity, position = self._match(window, place, rules)
                if quantity is None and place < end - low and start - low < position:
                    return True
        return False

    def resolve(
        self, text: str, quantities: Sequence[Quantity], published: datetime.date | None
    ) -> list[DateValue | FigureValue]:
        """The values of ``quantities`` (any of what :meth:`find` found in ``text``, in text order), one each.

        Relative expressions are counted from ``published``, then from the running date of the text; without
        ``published`` what would need it stays open (``XXXX-11-09``).
        """
        text = _half_width(text)
        resolver = Resolver(text, published)
        values: list[DateValue | FigureValue] = []
        for quantity in quantities:
            if quantity.label == "FIGURE":
                values.append(self._modifiers.apply(text, quantity))
            else:
                values.append(resolver.value(quantity))
        return values

    def _match(self, text: str, start: int, rules: Sequence[Rule]) -> tuple[Quantity | None, int]:
        """The longest match at ``start`` and where to go on; the place itself where there is none."""
        best: Quantity | None = None
        end = start
        for rule, match in matches(rules, text, start):
            if match.end() <= end:  # rules come by priority: at equal length the first stays
                continue
            parse = rule.read(rule.pattern.named(match), self.words, rule.constants)
            if parse is None:
                continue
            end = match.end()
            if isinstance(parse, Nothing):
                best = None
            else:
                best = Quantity(start, end, rule.label, rule.type, rule.name, rule.score, parse)
        return best, end

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
            tail = join.tail.match(text, right.end) if join.tail is not None else None
            return Quantity(
                left.start,
                tail.end() if tail else right.end,
                left.label,
                left.subtype if left.label == "FIGURE" or left.subtype == "duration" else "range",
                join.name,
                min(left.score, right.score),
                parse,
                parts=((left.start, left.end), (right.start, right.end)),
            )
        return None


def _joined(left: Quantity, right: Quantity) -> object | None:
    """The parse of the range from ``left`` to ``right``, or None where they make none."""
    if left.label == "FIGURE":
        return figures.joined(left.parse, right.parse)
    if isinstance(left.parse, Length) and isinstance(right.parse, Length):
        return lengths.joined(left.parse, right.parse)
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


def _half_width(text: str) -> str:
    """``text`` with full-width digits and signs as ASCII, character for character, so that offsets stay."""
    return text.translate(_HALVES) if _FULL_DIGIT.search(text) else text


_FULL_DIGIT = re.compile("[０-９]")
_HALVES = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

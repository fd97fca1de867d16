"""Resolves what the words of a date or time leave open, in the order of the text.

What is relative is counted from the publication date (``지난달``, ``오는 20일``, ``8일``); what Korean counts
from the story (``이날``, ``다음 날``, ``같은 해``) from the running date: the last date that the text named.
Without a publication date nothing is guessed: the TIMEX3 value says what is known (``XXXX-11-09``).
"""

from __future__ import annotations

import datetime
import re

from extract.normalise import hours, moments, spans
from extract.normalise.spans import Day, Span
from extract.normalise.values import (
    Clock,
    DateValue,
    ImpossibleDate,
    Length,
    Moment,
    Period,
    Quantity,
    Recurrence,
)

_ONE_DAY = datetime.timedelta(1)
_SENTENCE_END = re.compile(r"[.!?。][\"'”’」』)]*\s|\n")
_REPORTED = re.compile(
    r"\s?(?:[가-힣 ]{0,4})?"
    r"(?:밝혔|밝힌|밝혀|말했|전했|발표했|알렸|설명했|보도했|강조했|덧붙였|공개했|촉구했|지적했)"
)
_CLAUSE = 120
"""Code points behind a period in which its figures are told."""
_KNOWN = re.compile(
    r"(?:증가|감소|상승|하락|급증|급감|급등|급락|기록|집계|달성|성장)(?:했|하였|됐|되었|한 [0-9])"
    r"|늘었|줄었|올랐|내렸|떨어졌|늘어난|줄어든|오른|내린"
)
_EXPECTED = re.compile(r"전망|예상|예정|계획|목표|겠|[할될일을를날들릴칠] 것")
_CONJUNCTION = re.compile(r"\s?(?:와|과|이나|나|및|또는|혹은|아니면|,|·)?\s?(?:또는|혹은|아니면)?\s?")
_OPEN_END = re.compile(r"\s?(?:이후|이래)(?![가-힣]*[0-9])")
_OPEN_START = re.compile(r"\s?이전(?!의? ?[가-힣]*계획)")
_TARGET = re.compile(r"\s?까지")
_ABOUT = re.compile(
    r"\s?(?:(?:경(?!과)|께|쯤)(?=[^가-힣]|$|에|부터|까지|[은는이의와과로])|무렵|즈음|가량|정도|전후|여(?![가-힣]))"
)
_ABOUT_BEFORE = re.compile(r"(?<![가-힣])(?:약|대략|거의|근)\s?$")
_BASE_YEAR = re.compile(r"\s?년?\s?=")
"""``2020년=100``: the year that an index is counted from."""
_COUNTED_FROM = {"day": ("day",), "week": ("day", "week"), "month": ("day", "month"), "quarter": ("quarter",)}
"""Grains of the running date that a unit can be counted from; any for the others."""


class Resolver:
    """Resolves the dates and times of one text, called once for each in text order.

    ``published`` may be a ``datetime``: only then ``30분 전`` has a moment.
    """

    def __init__(self, text: str, published: Day | None) -> None:
        self.text = text
        self.now = published if isinstance(published, datetime.datetime) else None
        self.published = self.now.date() if self.now else published
        self.running: Span | None = None
        self.period: Span | None = None
        self.month: Span | None = None
        self.last: tuple[int, Span | None, Moment] | None = None

    def value(self, quantity: Quantity) -> DateValue:
        """The value of the next date or time."""
        try:
            value = self._value(quantity)
        except (ValueError, OverflowError):  # beyond the years that the calendar can hold
            value = DateValue(quantity.subtype)
        about = isinstance(quantity.parse, Moment) and quantity.parse.approximate
        if not value.approximate and (about or self._about(quantity)):
            return value._replace(approximate=True)
        return value

    def _value(self, quantity: Quantity) -> DateValue:
        parse = quantity.parse
        if isinstance(parse, Moment):
            return self._moment(quantity, parse)
        if isinstance(parse, Clock):
            return self._clock(quantity, parse)
        if isinstance(parse, Length):
            return hours.length_value(parse)
        if isinstance(parse, Recurrence):
            return hours.recurrence_value(parse)
        if isinstance(parse.first, Clock):
            return hours.clock_range(parse, self._day(quantity), None)
        return self._period(quantity, parse)

    def _moment(self, quantity: Quantity, moment: Moment) -> DateValue:
        if moment.offset is not None and moment.offset[0].startswith("T"):
            return hours.ago(moment.offset[1], self.now)
        span, anchor = self._span(quantity, moment)
        if span is None:
            if (moment.day is not None and anchor is not None) or moment.year is not None:
                return ImpossibleDate("date")
            timex = self._partial(quantity, moment)
            self.last = (quantity.end, None, moment)
            return DateValue("date", timex=timex, grain=moments.grain(moment))
        self._remember(quantity, moment, span)
        value = _date(span, anchor)
        if moment.same and "/" in span.timex:
            value = value._replace(type="range")
        if moment.bound == "since" or _OPEN_END.match(self.text, quantity.end):
            return value._replace(type="range", end=None, timex=f"{span.timex}/..")
        if moment.bound == "until" or _OPEN_START.match(self.text, quantity.end):
            return value._replace(type="range", start=None, timex=f"../{span.timex}")
        return value

    def _period(self, quantity: Quantity, period: Period) -> DateValue:
        first, last = period.first, moments.inherit(period.first, period.last)
        span, anchor = self._span(quantity, first)
        if span is None:
            early = self._partial(quantity, first)
            late = self._partial(quantity, last._replace(month=last.month or first.month))
            self.last = (quantity.end, None, last)
            timex = f"{early}/{late}" if early and late else None
            return DateValue("range", timex=timex, grain=moments.grain(first))
        self._remember(quantity, first, span)
        until, _ = self._span(quantity, last)
        if until is not None and until.end <= span.start:
            until = moments.later(until, span.start)
        if until is None or until.end <= span.start:
            return _date(span, anchor)._replace(type="range", end=None)
        self._remember(quantity, last, until)
        self.period = Span(span.start, until.end, until.grain, f"{span.timex}/{until.timex}")
        start, end, timex = span.start.isoformat(), until.end.isoformat(), f"{span.timex}/{until.timex}"
        return DateValue("range", start, end, until.grain, timex=timex, anchor=anchor)

    def _clock(self, quantity: Quantity, clock: Clock) -> DateValue:
        date, anchor = self._day(quantity), None
        if clock.shift is not None:
            date = None
            if self.published is not None:
                date, anchor = self.published + clock.shift * _ONE_DAY, self.published.isoformat()
        value = hours.clock_value(clock, date, anchor)
        if value.start and not value.end and _OPEN_END.match(self.text, quantity.end):
            return value._replace(type="range", timex=f"{value.timex}/..")
        return value

    def _remember(self, quantity: Quantity, moment: Moment, span: Span) -> None:
        self.last = (quantity.end, span, moment)
        compared = moment.running and moment.shift is not None and moment.shift[1] < 0 and span.grain != "day"
        named = moment.offset is None and moment.bound is None and not compared  # 전년 대비 names no scene
        if named and not _BASE_YEAR.match(self.text, quantity.end):
            self.running = self.period = span
            if span.grain in ("day", "month"):
                self.month = span

    def _span(self, quantity: Quantity, moment: Moment) -> tuple[Span | None, str | None]:
        """The days of a moment, and the date that they were counted from where they were."""
        if moment.unknown:
            return None, None
        base = self._base(moment)
        anchor = base.isoformat() if base else None
        if moment.offset is not None:
            return (moments.counted(*moment.offset, base), anchor) if base else (None, None)
        year = moment.year
        if year is None and moment.yy is not None:
            year = moments.century_of(moment.yy, self.published)
        if year is not None:
            return moments.within_year(moment, year, self._repeated(moment)), None
        if moment.decade is not None:
            return moments.decade(moment, moment.decade, self.published), None
        if moment.century is not None:
            found = spans.century(moment.century)
            return (spans.part(found, moment.part) if moment.part else found), None
        if moment.shift is not None:
            return (
                (moments.shifted(moment, *moment.shift, base, self._repeated(moment)), anchor)
                if base
                else (None, None)
            )
        if moment.same == "period":
            return None, None
        return self._open(quantity, moment, base, anchor)

    def _repeated(self, moment: Moment) -> Span | None:
        """What ``같은 기간`` repeats: the last period, for ``동월`` the last month or day."""
        return self.month if moment.same in ("month", "day") else self.period

    def _base(self, moment: Moment) -> Day | None:
        """The date to count from: of the text where the words say so, else of publication."""
        if not moment.running or moment.shift is None:
            return self.published
        repeated = self._repeated(moment) if moment.same else None
        if repeated is not None:
            return repeated.start
        unit, amount = moment.shift
        if self.running is not None and self.running.grain in _COUNTED_FROM.get(unit, (self.running.grain,)):
            return self.running.start
        return self.published if amount and unit != "day" else None

    def _open(
        self, quantity: Quantity, moment: Moment, base: Day | None, anchor: str | None
    ) -> tuple[Span | None, str | None]:
        """A moment that names no year: from its neighbour in the sentence, else around publication."""
        reported = bool(_REPORTED.match(self.text, quantity.end))
        near = None if moment.direction or reported else self._neighbour(quantity)
        if moment.nth is None and moment.day is None and moment.month is None:
            if moment.weekday is not None and near is not None and self._listed(quantity):
                ahead = (moment.weekday - 1 - near.start.weekday()) % 7 or 7
                return spans.day(near.start + ahead * _ONE_DAY), anchor
            if moment.weekday is not None:
                return (
                    (moments.weekday(moment.weekday, moment.direction, base), anchor)
                    if base
                    else (None, None)
                )
            if moment.week_part is not None:
                weeks = {"past": -1, "next": 1}.get(moment.direction or "", 0)
                return (moments.shifted(moment, "week", weeks, base), anchor) if base else (None, None)
        if moment.edge == "first" and moment.month is None:  # 첫날 is the first of what is spoken of
            return None, None
        if moments.yearly(moment):
            if near is not None and (moment.season is None or near.grain == "year"):
                return moments.within_year(moment, near.start.year), None
            if base is None:
                return None, None
            found = [moments.within_year(moment, base.year + n) for n in (-1, 0, 1)]
            chosen = moments.choose(found, base, moment, past=reported)
            if chosen is not None and chosen.start > base and self._told(quantity, moment):
                chosen = moments.choose(found, base, moment, past=True)
            return chosen, anchor
        if near is not None and near.grain in ("day", "month", "week"):
            span = moments.narrow(moment, spans.month(near.start.year, near.start.month))
            if (
                span is not None
                and moments.agrees(span, moment)
                and not (base and near.start.month == base.month)
            ):
                return span, None
        if base is None:
            return None, None
        found = [moments.shifted(moment, "month", n, base) for n in (-1, 0, 1, 2)]
        return (moments.choose(found[:3], base, moment, past=reported) or found[3]), anchor

    def _told(self, quantity: Quantity, moment: Moment) -> bool:
        """Whether figures of a period are told as known: ``3분기 매출은 … 증가했다``."""
        if moment.direction or not (moment.quarter or moment.half or (moment.month and moment.day is None)):
            return False
        clause = self.text[quantity.end : quantity.end + _CLAUSE]
        stop = _SENTENCE_END.search(clause)
        clause = clause[: stop.start()] if stop else clause
        return bool(_KNOWN.search(clause)) and not _EXPECTED.search(clause)

    def _neighbour(self, quantity: Quantity) -> Span | None:
        """The date named last in the same sentence, unless it is a far goal (``2030년까지``)."""
        if self.last is None or self.last[1] is None or not self._same_sentence(quantity):
            return None
        if self.last[1].grain == "year" and _TARGET.match(self.text, self.last[0]):
            return None
        return self.last[1]

    def _same_sentence(self, quantity: Quantity) -> bool:
        before = self.last[0] if self.last else 0
        return not _SENTENCE_END.search(self.text, before, max(before, quantity.start))

    def _listed(self, quantity: Quantity) -> bool:
        """Whether only a conjunction stands between the last weekday and this one: ``월요일과 수요일``."""
        if self.last is None or self.last[2].weekday is None:
            return False
        return bool(_CONJUNCTION.fullmatch(self.text, self.last[0], quantity.start))

    def _partial(self, quantity: Quantity, moment: Moment) -> str | None:
        """TIMEX3 without a year; a day alone takes the month that the sentence named before."""
        month = moment.month
        if month is None and self.last is not None and self.last[1] is None and self._same_sentence(quantity):
            month = self.last[2].month
        return moments.partial(moment, month)

    def _day(self, quantity: Quantity) -> Day | None:
        """The day that the sentence of a clock time named last."""
        near = self._neighbour(quantity)
        if near is None or near.grain != "day" or near.end - near.start != _ONE_DAY:
            return None
        return near.start

    def _about(self, quantity: Quantity) -> bool:
        head = self.text[max(0, quantity.start - 6) : quantity.start]
        return bool(_ABOUT.match(self.text, quantity.end) or _ABOUT_BEFORE.search(head))


def _date(span: Span, anchor: str | None) -> DateValue:
    start, end = span.start.isoformat(), span.end.isoformat()
    return DateValue("date", start, end, span.grain, timex=span.timex, anchor=anchor)

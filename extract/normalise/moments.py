"""From a moment, as the words give it, to days: pure functions without a text around them."""

from __future__ import annotations

import datetime
import math
import re

from extract.normalise import spans
from extract.normalise.spans import Day, Span
from extract.normalise.values import Moment

_ONE_DAY = datetime.timedelta(1)
_YEAR = re.compile(r"(?<![^/])\d{4}")
"""The years of a TIMEX3 value, or of the two ends of one."""
_FAR = 330
"""Days: a month or holiday named without a year lies in the year of publication unless it is further away."""


def yearly(moment: Moment) -> bool:
    """Whether the moment is fixed within a year that it does not name."""
    if moment.month is not None or moment.quarter is not None or moment.half is not None:
        return True
    named = (moment.season, moment.year_part, moment.holiday, moment.iso_week)
    return any(field is not None for field in named)


def grain(moment: Moment) -> str | None:
    """The unit that the moment names."""
    if moment.day is not None or moment.weekday is not None or moment.holiday is not None:
        return "day"
    for field in ("month", "quarter", "half", "season"):
        if getattr(moment, field) is not None:
            return field
    return None


def within_year(moment: Moment, year: int, running: Span | None = None) -> Span | None:
    """The part of ``year`` that the moment names; ``running`` is what ``같은 기간`` repeats."""
    span = spans.year(year)
    if moment.same is not None:
        same = _same(moment, year, running)
        if same is None:
            return None
        span = same
    if moment.holiday is not None:
        return _holiday(moment.holiday, moment.holiday_tail, year)
    if moment.iso_week is not None:
        return spans.week(Day.fromisocalendar(year, moment.iso_week, 1))
    if moment.month is not None:
        span = spans.month(year, moment.month)
    elif moment.quarter is not None:
        span = spans.quarter(year, moment.quarter)
    elif moment.half is not None:
        span = spans.half(year, moment.half)
    elif moment.season is not None:
        span = spans.season(year, moment.season)
    elif moment.year_part is not None:
        return spans.part(span, moment.year_part)
    return narrow(moment, span)


def narrow(moment: Moment, span: Span) -> Span | None:
    """The day, week or part within ``span``; None where it has no such day."""
    if moment.day is not None:
        if span.grain != "month" or not 1 <= moment.day <= (span.end - span.start).days:
            return None
        return spans.day(span.start.replace(day=moment.day))
    if moment.days:
        if moment.days[-1] > (span.end - span.start).days:
            return None
        first, last = (span.start.replace(day=number) for number in (moment.days[0], moment.days[-1]))
        return Span(first, last + _ONE_DAY, "day", f"{first.isoformat()}/{last.isoformat()}")
    if moment.edge is not None:
        return spans.day(span.start if moment.edge == "first" else span.end - _ONE_DAY)
    if moment.nth is not None and moment.weekday is not None:
        found = spans.nth_weekday(span, moment.weekday, moment.nth)
        return spans.day(found) if found else None
    if moment.week and moment.nth is not None:
        mondays = spans.weeks_of(span)
        index = moment.nth - 1 if moment.nth > 0 else moment.nth
        if not -len(mondays) <= index < len(mondays):
            return None
        span = spans.week(mondays[index])
    if moment.week_part is not None and span.grain == "week":
        low, high = moment.week_part
        start, end = (span.start + datetime.timedelta(number) for number in (low - 1, high))
        return Span(start, end, "day", span.timex + ("-WE" if low == 6 else ""))
    if moment.weekday is not None and span.grain == "week":
        return spans.day(span.start + datetime.timedelta(moment.weekday - 1))
    return spans.part(span, moment.part) if moment.part is not None else span


def shifted(moment: Moment, unit: str, amount: int, base: Day, running: Span | None = None) -> Span | None:
    """The moment within the period that lies ``amount`` units from that of ``base``: ``작년 9월``, ``다음 달``."""
    if unit == "year":
        return within_year(moment, base.year + amount, running)
    if unit == "quarter":
        start = spans.add_months(Day(base.year, 3 * ((base.month - 1) // 3) + 1, 1), 3 * amount)
        return narrow(moment, spans.quarter(start.year, (start.month + 2) // 3))
    if unit == "month":
        start = spans.add_months(base.replace(day=1), amount)
        return narrow(moment, spans.month(start.year, start.month))
    if unit == "week":
        return narrow(moment, spans.week(spans.monday_of(base) + datetime.timedelta(7 * amount)))
    return spans.day(base + datetime.timedelta(amount))


def counted(letter: str, amount: float, base: Day) -> Span | None:
    """``3일 전``, ``5년 뒤``: a day, or a year where years were counted."""
    if math.isnan(amount):
        return None
    if letter == "Y" and amount == int(amount):
        return spans.year(base.year + int(amount))
    return spans.day(spans.add(base, letter, amount))


def weekday(number: int, direction: str | None, base: Day) -> Span:
    """A weekday named alone: the next one from ``base`` on, unless ``지난``, ``이번``, ``다음`` say otherwise."""
    ahead = (number - 1 - base.weekday()) % 7
    monday = spans.monday_of(base)
    if direction == "past":
        return spans.day(base - datetime.timedelta((7 - ahead) if ahead else 7))
    if direction == "this":
        return spans.day(monday + datetime.timedelta(number - 1))
    if direction == "next":
        return spans.day(monday + datetime.timedelta(7 + number - 1))
    return spans.day(base + datetime.timedelta(7 if direction == "future" and not ahead else ahead))


def agrees(span: Span, moment: Moment) -> bool:
    """Whether the weekday that stands with a date is right."""
    return moment.weekday is None or moment.day is None or span.start.isoweekday() == moment.weekday


def choose(found: list[Span | None], base: Day, moment: Moment, *, past: bool) -> Span | None:
    """Of the same moment in neighbouring months or years the one that is meant, seen from ``base``.

    The weekday in brackets decides, then ``지난`` and ``오는``, then the month (year) of publication, then
    nearness. ``past`` says that the text reports (``… 31일 밝혔다``).
    """
    able = [span for span in found if span is not None]
    able = [span for span in able if agrees(span, moment)] or able
    if not able:
        return None
    if moment.direction == "past" or past:
        before = [span for span in able if span.start <= base]
        if before:
            return before[-1]
    if moment.direction == "future":
        after = [span for span in able if span.end > base]
        if after:
            return after[0]
    if moment.season is not None:
        around = [span for span in able if span.start <= base < span.end]
        if around:
            return around[0]
    if yearly(moment):
        same = [
            span for span in able if span.start.year == base.year and abs((span.start - base).days) <= _FAR
        ]
    else:
        same = [span for span in able if (span.start.year, span.start.month) == (base.year, base.month)]
    if same:
        return same[0]
    return min(able, key=lambda span: (abs((span.start - base).days), span.start < base))


def century_of(yy: int, published: Day | None) -> int:
    """The year that two digits stand for: this century up to fifteen years ahead, else the last."""
    now = published.year if published else 2030
    year = now // 100 * 100 + yy
    return year if year <= now + 15 else year - 100


def decade(moment: Moment, number: int, published: Day | None) -> Span | None:
    """``1990년대``, ``90년대 후반``."""
    if number < 100:
        number += 1900 if number >= 30 or published is None else published.year // 100 * 100
    found = spans.decade(number)
    return spans.part(found, moment.part) if moment.part else found


def inherit(first: Moment, last: Moment) -> Moment:
    """``last`` with what it takes over from the beginning of the range: year, month, direction."""
    if last.year is not None or last.yy is not None or last.shift is not None or last.holiday or last.decade:
        return last
    if last.month is None and (last.day is not None or last.edge is not None):
        last = last._replace(month=first.month)
    keep = first.shift
    if keep is not None and (keep[0] == "day" or (keep[0] == "month" and last.month is not None)):
        keep = None
    return last._replace(
        year=first.year,
        yy=first.yy,
        shift=keep,
        running=first.running and keep is not None,
        direction=first.direction,
    )


def later(until: Span, start: Day) -> Span | None:
    """The end of a range that would lie before its beginning: moved on by a month or a year."""
    if until.grain == "day" and until.end - until.start == _ONE_DAY:
        same_month = (until.start.year, until.start.month) == (start.year, start.month)
        return spans.day(spans.add_months(until.start, 1 if same_month else 12))
    if until.grain == "month":
        return spans.month(until.start.year + 1, until.start.month)
    return None


def partial(moment: Moment, month: int | None) -> str | None:
    """TIMEX3 for what is known of a date whose year is not: ``XXXX-11-09``."""
    if moment.holiday is not None:
        return None if " " in moment.holiday else f"XXXX-{moment.holiday}"
    if moment.shift is not None or moment.offset is not None or moment.same:
        return None
    if moment.day is not None:
        return f"XXXX-{month:02d}-{moment.day:02d}" if month else f"XXXX-XX-{moment.day:02d}"
    if moment.month is not None:
        return f"XXXX-{moment.month:02d}"
    if moment.quarter is not None:
        return f"XXXX-Q{moment.quarter}"
    if moment.half is not None:
        return f"XXXX-H{moment.half}"
    if moment.season is not None:
        return f"XXXX-{moment.season}"
    return f"XXXX-WXX-{moment.weekday}" if moment.weekday is not None else None


def _same(moment: Moment, year: int, running: Span | None) -> Span | None:
    if running is None or (moment.same in ("month", "day") and running.grain not in ("day", "month")):
        return None
    years = year - running.start.year
    start, end = (spans.add_months(date, 12 * years) for date in (running.start, running.end))
    if moment.same == "month":
        return spans.month(year, start.month)
    timex = _YEAR.sub(lambda match: f"{int(match.group()) + years:04d}", running.timex)
    return Span(start, end, running.grain, timex)


def _holiday(value: str, tail: str | None, year: int) -> Span | None:
    date = spans.holiday(year, value)
    if date is None:
        return None
    if tail == "season":
        first, last = date - _ONE_DAY, date + _ONE_DAY
        return Span(first, last + _ONE_DAY, "day", f"{first.isoformat()}/{last.isoformat()}")
    return spans.day(date + datetime.timedelta(int(tail or 0)))

"""Calendar arithmetic: stretches of days with their ISO 8601 ends and TIMEX3 values."""

from __future__ import annotations

import calendar
import datetime
from functools import lru_cache
from typing import NamedTuple

from korean_lunar_calendar import KoreanLunarCalendar

from extract.normalise import solar

Day = datetime.date

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Span(NamedTuple):
    """Days from ``start`` up to, not including, ``end``; ``grain`` is the unit that was named."""

    start: Day
    end: Day
    grain: str
    timex: str


def day(date: Day) -> Span:
    """One day."""
    return Span(date, date + datetime.timedelta(1), "day", date.isoformat())


def month(year: int, number: int) -> Span:
    """One month."""
    return Span(
        Day(year, number, 1), add_months(Day(year, number, 1), 1), "month", f"{year:04d}-{number:02d}"
    )


def year(number: int) -> Span:
    """One year."""
    return Span(Day(number, 1, 1), Day(number + 1, 1, 1), "year", f"{number:04d}")


def quarter(number: int, nth: int) -> Span:
    """One quarter of a year."""
    start = Day(number, 3 * nth - 2, 1)
    return Span(start, add_months(start, 3), "quarter", f"{number:04d}-Q{nth}")


def half(number: int, nth: int) -> Span:
    """One half of a year."""
    start = Day(number, 6 * nth - 5, 1)
    return Span(start, add_months(start, 6), "half", f"{number:04d}-H{nth}")


def season(number: int, code: str) -> Span:
    """One season; winter runs into the next year (meteorological seasons)."""
    start = Day(number, SEASONS[code], 1)
    return Span(start, add_months(start, 3), "season", f"{number:04d}-{code}")


def decade(start_year: int) -> Span:
    """Ten years."""
    return Span(Day(start_year, 1, 1), Day(start_year + 10, 1, 1), "decade", f"{start_year // 10:03d}")


def century(number: int) -> Span:
    """A hundred years; the 18th century is 1701 to 1800."""
    start = (number - 1) * 100 + 1
    return Span(Day(start, 1, 1), Day(start + 100, 1, 1), "century", f"{number - 1:02d}")


def week(monday: Day) -> Span:
    """Seven days from a Monday (ISO 8601)."""
    iso_year, iso_week, _ = monday.isocalendar()
    return Span(monday, monday + datetime.timedelta(7), "week", f"{iso_year:04d}-W{iso_week:02d}")


def monday_of(date: Day) -> Day:
    """The Monday of the week that holds ``date``."""
    return date - datetime.timedelta(date.weekday())


def add_months(date: Day, months: int) -> Day:
    """The same day some months later, or the month's last where it has no such day."""
    index = date.year * 12 + date.month - 1 + months
    target_year, target_month = divmod(index, 12)
    last = calendar.monthrange(target_year, target_month + 1)[1]
    return Day(target_year, target_month + 1, min(date.day, last))


def add(date: Day, letter: str, amount: float) -> Day:
    """``date`` moved by an ISO 8601 component (``Y M W D``)."""
    if letter == "Y":
        return add_months(date, round(12 * amount))
    if letter == "M":
        return add_months(date, round(amount))
    return date + datetime.timedelta(amount * (7 if letter == "W" else 1))


def weeks_of(span: Span) -> list[Day]:
    """The Mondays of the weeks that belong to a month: those whose Thursday lies in it (ISO 8601)."""
    first = monday_of(span.start + datetime.timedelta(3))
    if first + datetime.timedelta(3) < span.start:
        first += datetime.timedelta(7)
    found = []
    while first + datetime.timedelta(3) < span.end:
        if first + datetime.timedelta(3) >= span.start:
            found.append(first)
        first += datetime.timedelta(7)
    return found


def nth_weekday(span: Span, weekday: int, nth: int) -> Day | None:
    """The ``nth`` (``-1``: last) such weekday (1 Monday … 7 Sunday) within ``span``."""
    if nth > 0:
        ahead = (weekday - 1 - span.start.weekday()) % 7
        found = span.start + datetime.timedelta(ahead + 7 * (nth - 1))
    else:
        last = span.end - datetime.timedelta(1)
        found = last - datetime.timedelta((last.weekday() - weekday + 1) % 7)
    return found if span.start <= found < span.end else None


def part(span: Span, code: str) -> Span | None:
    """The beginning, middle or end of a span, as Korean officials cut it (months in thirds of ten days)."""
    if code == "whole":
        return span
    s, e = span.start, span.end
    months = (e.year - s.year) * 12 + e.month - s.month
    if span.grain == "month":
        cut = {
            "early": (1, 11), "mid": (11, 21), "late": (21, None), "end": (21, None), "back": (16, None), "front": (1, 16),
        }[code]  # fmt: skip
        start = s.replace(day=cut[0])
        end = s.replace(day=cut[1]) if cut[1] else e
    elif span.grain == "week":
        low, high = {
            "early": (0, 3),
            "front": (0, 3),
            "mid": (2, 5),
            "back": (3, 7),
            "late": (3, 7),
            "end": (4, 7),
        }[code]
        start, end = s + datetime.timedelta(low), s + datetime.timedelta(high)
    elif span.grain in ("decade", "century"):
        tenth = (e.year - s.year) // 10
        low, high = {
            "early": (0, 3), "mid": (3, 7), "late": (7, 10), "end": (7, 10), "back": (5, 10), "front": (0, 5),
        }[code]  # fmt: skip
        start, end = s.replace(year=s.year + low * tenth), s.replace(year=s.year + high * tenth)
    elif months in (12, 6, 3):
        cuts = {
            12: {
                "early": (0, 3),
                "mid": (4, 8),
                "late": (9, 12),
                "end": (11, 12),
                "back": (6, 12),
                "front": (0, 6),
            },
            6: {
                "early": (0, 2),
                "mid": (2, 4),
                "late": (4, 6),
                "end": (5, 6),
                "back": (3, 6),
                "front": (0, 3),
            },
            3: {
                "early": (0, 1),
                "mid": (1, 2),
                "late": (2, 3),
                "end": (2, 3),
                "back": (2, 3),
                "front": (0, 1),
            },
        }[months]
        start, end = add_months(s, cuts[code][0]), add_months(s, cuts[code][1])
    else:
        return None
    return Span(start, end, "day", span.timex)


@lru_cache(maxsize=512)
def holiday(year_number: int, value: str) -> Day | None:
    """The day of a named day in a year; None where the lunar tables end (2050).

    ``value`` is a month and day (``10-09``), a lunar one (``lunar 08-15``), the sun's longitude (``solar 315``),
    a dog day (``dog 1``) or ``cold food``.
    """
    kind, _, rest = value.rpartition(" ")
    if kind == "solar":
        return solar.term(year_number, int(rest))
    if kind == "dog":
        return solar.dog_day(year_number, int(rest))
    if kind == "cold":
        return solar.cold_food(year_number)
    month_number, day_number = map(int, rest.split("-"))
    if not kind:
        return Day(year_number, month_number, day_number)
    lunar = KoreanLunarCalendar()
    if not lunar.setLunarDate(year_number, month_number, day_number, False):
        return None
    return Day(lunar.solarYear, lunar.solarMonth, lunar.solarDay)

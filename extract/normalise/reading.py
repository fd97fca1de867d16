"""Reads the named groups of a matched date or time into its parse.

Each function in :data:`READINGS` is what a rule's ``value:`` names. Groups say what they are (``year``,
``month``, ``relative_year``, ``part`` …); in a range the groups of the far end begin with ``to_``.
"""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

from extract.normalise import amounts, lengths
from extract.normalise.macros import Words
from extract.normalise.values import Moment, Period, Recurrence

Groups = Mapping[str, str]
Reading = Callable[[Groups, Words, Mapping[str, Any]], Any]

_DIGITS = re.compile(r"\d+")
_SHIFTS = {
    "relative_year": "year",
    "relative_month": "month",
    "relative_week": "week",
    "relative_day": "day",
    "relative_quarter": "quarter",
}
_WEEKDAYS = re.compile(r"[월화수목금토일](?:요일)?")
_LIST = re.compile(r"[,·ㆍ․‧･|・∙⋅]")
_WORDS = {
    "half": "half",
    "season": "season",
    "part": "part",
    "edge": "edge",
    "year_part": "year_part",
    "holiday_tail": "holiday_tail",
    "same": "same",
    "holiday": "holiday",
    "solar_term": "holiday",
    "part_short": "part",
    "bound": "bound",
}


class Nothing:
    """What a reading gives for words that are no quantity (30 February): nothing else is read into them."""


NOTHING = Nothing()
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def moment(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | Nothing | None:
    """A place in the calendar, or :data:`NOTHING` for 30 February."""
    fields: dict[str, Any] = dict(constants)
    for name, text in groups.items():
        if (
            name in ("year", "yy", "month", "quarter", "decade", "iso_week")
            or name == "century"
            or name == "day"
        ):
            fields[name] = int(_DIGITS.findall(text)[0])
        elif name == "days":
            fields["days"] = days = tuple(int(number) for number in _DIGITS.findall(text))
            if any(later <= day for day, later in itertools.pairwise(days)):
                return None
        elif name == "weekday":
            fields["weekday"] = _weekday(text, words)
        elif name in _SHIFTS:
            value = words.row(name, text)["value"]
            fields["running"] = value.startswith("@")
            fields["shift"] = (_SHIFTS[name], int(value.lstrip("@")))
        elif name == "direction":
            fields["direction"] = words.row("direction", text)["value"]
        elif name == "nth":
            fields["nth"] = _nth(text, words)
        elif name == "week":
            fields["week"] = True
        elif name == "week_part":
            first, last = words.row("week_part", text)["value"].split("-")
            fields["week_part"] = (int(first), int(last))
        elif name in _WORDS:
            value = words.row(name, text)["value"]
            fields[_WORDS[name]] = int(value) if name == "half" else value
    found = Moment(**fields)
    return found if _possible(found) else NOTHING


def _weekday(text: str, words: Words) -> int:
    bare = text.strip("()[]（）, \u00a0")
    row = words.rows["weekday"].get(bare) or words.rows["weekday_short"][bare]
    return int(row["value"])


def _nth(text: str, words: Words) -> int:
    digits = _DIGITS.search(text)
    return int(digits.group()) if digits else int(words.row("nth", text)["value"])


def _possible(found: Moment) -> bool:
    """Whether the calendar has such a day at all."""
    if found.month is not None and not 1 <= found.month <= 12:
        return False
    if found.quarter is not None and not 1 <= found.quarter <= 4:
        return False
    for day in (*found.days, found.day):
        if day is None:
            continue
        if not 1 <= day <= 31:
            return False
        if found.month is not None:
            if day > _DAYS_IN_MONTH[found.month - 1]:
                return False
            if found.year and day > calendar.monthrange(found.year, found.month)[1]:
                return False
    return True


def moments(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Period | None:
    """A range written as one piece: ``11월 5~8일``, ``2015-2018``; the far end takes over what it lacks."""
    first = moment(lengths.near(groups), words, constants)
    last = moment(lengths.far(groups), words, {})
    if not isinstance(first, Moment) or not isinstance(last, Moment):
        return None
    if first.day and last.day and last.month is None and last.day < 10 <= first.day:
        tens = first.day // 10 * 10  # 18~9일 is 18~19일
        if first.day < tens + last.day <= 31 and "to_weekday" not in groups:
            last = last._replace(day=tens + last.day)
    return Period(first, last)


def decades(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Period | None:
    """``1960∼70년대``: the second decade takes over the century of the first."""
    first, last = int(groups["decade"]), int(groups["to_decade"])
    if first > 100 > last:
        last += first // 100 * 100
    return Period(Moment(decade=first), Moment(decade=last)) if first < last else None


def nothing(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Nothing:
    """Words that look like a quantity and are none: ``4차 산업혁명``."""
    return NOTHING


def since(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | Nothing | None:
    """A moment with an open end: ``’18.4.30.~``."""
    return moment(groups, words, {**constants, "bound": "since"})


def years(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Period | None:
    """A range of years: ``2015-2018``; None unless the second follows the first within a lifetime."""
    found = moments(groups, words, constants)
    if found is None:
        return None
    first, last = found.first, found.last
    if first.year and last.year and not 0 < last.year - first.year <= 150:
        return None
    if first.year and last.yy is not None:
        year = first.year // 100 * 100 + last.yy
        if not 0 < year - first.year <= 50:
            return None
        found = Period(first, Moment(year=year))
    return found


def compact(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | None:
    """Eight digits that spell a date: ``20171106``."""
    try:
        day = datetime.datetime.strptime(groups["digits"], "%Y%m%d")
    except ValueError:
        return None
    return Moment(year=day.year, month=day.month, day=day.day)


def recurrence(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Recurrence | None:
    """What recurs: ``매년``, ``매주 수요일``, ``매월 15일``, ``매년 9월 22일``."""
    inner = {name: text for name, text in groups.items() if name not in ("every", "amount", "unit")}
    if "every" in groups:
        every = words.row("every", groups["every"])["value"]
    else:
        span = lengths.length(
            {name: groups[name] for name in ("amount", "unit") if name in groups}, words, {}
        )
        if span is None or span.high is not None:
            return None
        every = amounts.iso(span.low)
    where = moment(inner, words, constants) if inner else None
    if where is not None and not isinstance(where, Moment):
        return None
    return Recurrence(every, where)


def recurring(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Recurrence:
    """What recurs on days of its own: ``25주년`` (``every: P1Y``), ``평일``."""
    if "day_kind" not in groups:
        return Recurrence(constants["every"])
    timex = words.row("day_kind", groups["day_kind"])["value"]
    return Recurrence("P1W", timex=timex)


def weekdays(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Recurrence | None:
    """Several weekdays of every week: ``월~금요일``, ``매주 월·수·금요일``."""
    text = groups["weekdays"]
    days = [_weekday(name, words) for name in _WEEKDAYS.findall(text)]
    if len(days) < 2 or days != sorted(set(days)):
        return None
    through = len(days) == 2 and not _LIST.search(text)
    return Recurrence("P1W", timex=("/" if through else ",").join(f"XXXX-WXX-{day}" for day in days))


READINGS: dict[str, Reading] = {
    "weekdays": weekdays,
    "moment": moment,
    "moments": moments,
    "since": since,
    "decades": decades,
    "nothing": nothing,
    "years": years,
    "compact": compact,
    "offset": lengths.offset,
    "clock": lengths.clock,
    "clocks": lengths.clocks,
    "length": lengths.length,
    "recurrence": recurrence,
    "recurring": recurring,
    **amounts.READINGS,
}
"""What a rule's ``value:`` may name."""

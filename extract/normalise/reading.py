"""Reads the named groups of a matched date or time into its parse.

Each function in :data:`READINGS` is what a rule's ``value:`` names. Groups say what they are (``year``,
``month``, ``relative_year``, ``part`` …); in a range the groups of the far end begin with ``to_``.
"""

from __future__ import annotations

import calendar
import datetime
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import regex

from extract.normalise import amounts
from extract.normalise.macros import Words
from extract.normalise.numerals import Number
from extract.normalise.values import Clock, Length, Moment, Period, Recurrence

Groups = Mapping[str, str]
Reading = Callable[[Groups, Words, Mapping[str, Any]], Any]

_DIGITS = regex.compile(r"\d+")
_SHIFTS = {
    "relative_year": "year",
    "relative_month": "month",
    "relative_week": "week",
    "relative_day": "day",
    "relative_quarter": "quarter",
}
_WEEKDAYS = regex.compile(r"[월화수목금토일](?:요일)?")
_LIST = regex.compile(r"[,·ㆍ․‧･|・∙⋅]")
_SECONDS = {"TH": 3600, "TM": 60, "TS": 1}
_WORDS = {
    "half": "half",
    "season": "season",
    "part": "part",
    "edge": "edge",
    "year_part": "year_part",
    "holiday_tail": "holiday_tail",
    "same": "same",
    "holiday": "holiday",
    "bound": "bound",
}


class NoSuchDay:
    """What a reading gives for a date that the calendar does not have: nothing else is read into its words."""


NO_SUCH_DAY = NoSuchDay()
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def moment(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | NoSuchDay | None:
    """A place in the calendar, or :data:`NO_SUCH_DAY` for 30 February."""
    fields: dict[str, Any] = dict(constants)
    for name, text in groups.items():
        if (
            name in ("year", "yy", "month", "quarter", "decade", "iso_week")
            or name == "century"
            or name == "day"
        ):
            fields[name] = int(_DIGITS.search(text).group())
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
    return found if _possible(found) else NO_SUCH_DAY


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


def _far(groups: Groups) -> dict[str, str]:
    return {name[3:]: text for name, text in groups.items() if name.startswith("to_")}


def _near(groups: Groups) -> dict[str, str]:
    return {name: text for name, text in groups.items() if not name.startswith("to_")}


def moments(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Period | None:
    """A range written as one piece: ``11월 5~8일``, ``2015-2018``; the far end takes over what it lacks."""
    first = moment(_near(groups), words, constants)
    last = moment(_far(groups), words, {})
    if not isinstance(first, Moment) or not isinstance(last, Moment):
        return None
    return Period(first, last)


def since(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | NoSuchDay | None:
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


def offset(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | Clock | None:
    """A moment counted from now: ``3일 전``, ``두 달 뒤``; a clock time for ``30분 전``."""
    sign = int(words.row("offset", groups["offset"])["value"])
    found = length(groups, words, constants)
    if found is None or found.high is not None:
        return None
    if all(letter in _SECONDS for letter, _ in found.low):
        return Moment(offset=("TS", sign * sum(amount * _SECONDS[letter] for letter, amount in found.low)))
    if len(found.low) != 1:
        return None
    letter, amount = found.low[0]
    return Moment(offset=(letter, sign * amount), **constants)


def clock(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Clock | None:
    """A time of day: ``오후 2시 30분``, ``14:00``, ``정오``, ``밤``; None for an impossible one."""
    fields: dict[str, Any] = dict(constants)
    if "clock" in groups:
        hour, minute = words.row("clock", groups["clock"])["value"].split(":")
        return Clock(int(hour), int(minute), said=True, **fields)
    added, night = 0, False
    if "day_night" in groups:
        fields["shift"] = int(words.row("day_night", groups["day_night"])["value"])
        groups = {**groups, "daypart": "밤"}
    if "daypart" in groups:
        span, code, added_text = words.row("daypart", groups["daypart"])["value"].split()
        low, high = span.split("-")
        added, night = int(added_text), code == "NI" and added_text == "12"
        fields.update(code=code, part=(int(low), int(high)), said=True)
    if "meridiem" in groups:
        added = int(words.row("meridiem", groups["meridiem"])["value"])
        fields["said"] = True
    if "hour" not in groups:
        return Clock(**fields)
    hour = _small(groups["hour"], words)
    if hour is None or hour > 24:
        return None
    fields.pop("part", None)
    minute = _small(groups["minute"], words) if "minute" in groups else 30 if "half" in groups else None
    second = float(groups["second"]) if "second" in groups else None
    if minute is not None and minute > 59:
        return None
    code = fields.get("code")
    if night and hour == 12:
        hour = 24
    elif night and hour < 6:
        hour += 24
    elif added == 12 and hour < 12 and not (code == "DT" and hour > 6):
        hour += 12
    elif fields.get("said") and hour == 12 and added == 0 and code in (None, "MO", "NI"):
        hour = 0
    minus = _small(groups["minus"], words) if "minus" in groups else 0
    return Clock(hour, minute, second, minus=minus or 0, **fields)


def _small(text: str, words: Words) -> int | None:
    digits = _DIGITS.fullmatch(text.strip())
    if digits:
        return int(digits.group())
    number = words.numerals.read(text)
    return number.value if number and isinstance(number.value, int) else None


def clocks(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Period | None:
    """A range of clock times written as one piece: ``오후 6∼12시``, ``14:00~16:00``."""
    near = _near(groups)
    far = _far(groups)
    first, last = clock(near, words, constants), clock(far, words, {})
    if first is None or last is None:
        return None
    return Period(first, last)


def length(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Length | None:
    """A length of time: ``5년간``, ``1시간 30분``, ``2∼3개월``, ``두 달 반``, ``열흘``, ``3박 4일``."""
    fields: dict[str, Any] = dict(constants)
    if "direction" in groups:
        fields["direction"] = "past"
    if "span" in groups:
        low, _, high = words.row("span", groups["span"])["value"].partition("/")
        return Length(amounts.components(low), amounts.components(high) if high else None, **fields)
    low_parts: list[tuple[str, float]] = []
    high_parts: list[tuple[str, float]] = []
    approximate = "excess" in groups
    for suffix in ("", "2", "3"):
        if f"unit{suffix}" not in groups:
            continue
        letter = words.row("unit", groups[f"unit{suffix}"])["value"]
        number = _amount(groups, suffix, words)
        if number is None:
            return None
        approximate |= number.approximate
        if number.value is None and number.low is None:
            low_parts.append((letter, float("nan")))
            continue
        for parts, end in ((low_parts, number.low), (high_parts, number.high)):
            value = number.value if number.value is not None else end
            parts.append(_scaled(letter, value))
    if "hundredths" in groups:
        letter, seconds = low_parts[-1]
        low_parts[-1] = high_parts[-1] = (letter, float(f"{seconds}.{groups['hundredths']}"))
    if "half" in groups and low_parts:
        half = _half(low_parts[-1][0])
        if half is None:
            return None
        low_parts.append(half)
        high_parts.append(half)
    if not low_parts:
        return None
    low, high = tuple(low_parts), tuple(high_parts)
    nights = int(groups["nights"]) if "nights" in groups else None
    return Length(low, high if high and high != low else None, approximate, nights=nights, **fields)


def _amount(groups: Groups, suffix: str, words: Words) -> Number | None:
    text = groups.get(f"amount{suffix}")
    if text is None:
        return None
    number = words.numerals.read(text)
    to = groups.get(f"to_amount{suffix}")
    if number is None or to is None:
        return number
    return amounts.spread(number, words.numerals.read(to), to)


def _scaled(letter: str, value: float) -> tuple[str, float]:
    digits = _DIGITS.match(letter)
    return (letter[digits.end() :], value * int(digits.group())) if digits else (letter, value)


def _half(letter: str) -> tuple[str, float] | None:
    return {
        "Y": ("M", 6),
        "M": ("D", 15),
        "W": ("D", 3.5),
        "D": ("TH", 12),
        "TH": ("TM", 30),
        "TM": ("TS", 30),
    }.get(letter)


def recurrence(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Recurrence | None:
    """What recurs: ``매년``, ``매주 수요일``, ``매월 15일``, ``매년 9월 22일``."""
    inner = {name: text for name, text in groups.items() if name not in ("every", "amount", "unit")}
    if "every" in groups:
        every = words.row("every", groups["every"])["value"]
    else:
        span = length({name: groups[name] for name in ("amount", "unit") if name in groups}, words, {})
        if span is None or span.high is not None:
            return None
        every = amounts.iso(span.low)
    where = moment(inner, words, constants) if inner else None
    if where is not None and not isinstance(where, Moment):
        return None
    return Recurrence(every, where)


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
    "years": years,
    "compact": compact,
    "offset": offset,
    "clock": clock,
    "clocks": clocks,
    "length": length,
    "recurrence": recurrence,
    **amounts.READINGS,
}
"""What a rule's ``value:`` may name."""

"""Reads the named groups of a matched clock time or length of time into its parse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from extract.normalise import amounts
from extract.normalise.macros import Words
from extract.normalise.numerals import Number
from extract.normalise.values import Clock, Length, Moment, Period

Groups = Mapping[str, str]

_DIGITS = re.compile(r"\d+")
_DAY = 86_400
_SECONDS = {"Y": 365 * _DAY, "M": 30 * _DAY, "W": 7 * _DAY, "D": _DAY, "TH": 3600, "TM": 60, "TS": 1}


def near(groups: Groups) -> dict[str, str]:
    """The groups of the near end of a range."""
    return {name: text for name, text in groups.items() if not name.startswith("to_")}


def far(groups: Groups) -> dict[str, str]:
    """The groups of the far end of a range, under the names of the near one."""
    return {name[3:]: text for name, text in groups.items() if name.startswith("to_")}


def offset(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Moment | Clock | None:
    """A moment counted from now: ``3일 전``, ``두 달 뒤``; a clock time for ``30분 전``."""
    sign = int(words.row("offset", groups["offset"])["value"])
    found = length(groups, words, constants)
    if found is None or found.high is not None:
        return None
    if all(letter.startswith("T") for letter, _ in found.low):
        return Moment(offset=("TS", sign * seconds(found.low)))
    if len(found.low) != 1:
        return None
    letter, amount = found.low[0]
    return Moment(offset=(letter, sign * amount), approximate=found.approximate, **constants)


def clock(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Clock | None:
    """A time of day: ``오후 2시 30분``, ``14:00``, ``정오``, ``밤``; None for an impossible one."""
    fields: dict[str, Any] = dict(constants)
    if "clock" in groups:
        named_hour, named_minute = words.row("clock", groups["clock"])["value"].split(":")
        return Clock(int(named_hour), int(named_minute), said=True, **fields)
    added, night = 0, False
    if "day_night" in groups:
        fields["shift"] = int(words.row("day_night", groups["day_night"])["value"])
        groups = {**groups, "daypart": "밤"}
    if "daypart" in groups:
        through, code, added_text = words.row("daypart", groups["daypart"])["value"].split()
        low, high = through.split("-")
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
    said_code = fields.get("code")
    if night and hour == 12:
        hour = 24
    elif night and hour < 6:
        hour += 24
    elif added == 12 and hour < 12 and not (said_code == "DT" and hour > 6):
        hour += 12
    elif fields.get("said") and hour == 12 and added == 0 and said_code in (None, "MO", "NI"):
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
    first, last = clock(near(groups), words, constants), clock(far(groups), words, {})
    if first is None or last is None:
        return None
    return Period(first, last)


def length(groups: Groups, words: Words, constants: Mapping[str, Any]) -> Length | None:
    """A length of time: ``5년간``, ``1시간 30분``, ``2∼3개월``, ``두 달 반``, ``열흘``, ``3박 4일``."""
    fields: dict[str, Any] = dict(constants)
    if "direction" in groups:
        fields["direction"] = "past"
    if "span" in groups:
        least, _, most = words.row("span", groups["span"])["value"].partition("/")
        return Length(amounts.components(least), amounts.components(most) if most else None, **fields)
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
            parts.append(_scaled(letter, number.value if number.value is not None else end or 0))
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


def joined(first: Length, last: Length) -> Length | None:
    """The length from ``first`` to ``last``: ``1년~3년``; None where the second is not the longer."""
    if first.high is not None or last.high is not None or not seconds(first.low) < seconds(last.low):
        return None
    return Length(first.low, last.low, approximate=True, direction=first.direction)


def seconds(parts: tuple[tuple[str, float], ...]) -> float:
    """About how long the components last; NaN where an amount is not known."""
    return sum(amount * _SECONDS[letter] for letter, amount in parts)


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

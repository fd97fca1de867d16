"""Values of clock times, parts of the day and lengths of time."""

from __future__ import annotations

import datetime
import math

from extract.normalise import amounts
from extract.normalise.spans import Day
from extract.normalise.values import Clock, DateValue, Length, Period, Recurrence


def clock_value(clock: Clock, date: Day | None, anchor: str | None) -> DateValue:
    """A time of day on ``date``; where the date is not known the TIMEX3 value holds the time alone."""
    if clock.hour is None:
        code = clock.code or "XX"
        if date is None or clock.part is None:
            return DateValue("time", timex=f"T{code}", anchor=anchor)
        low, high = (_instant(date, hour) for hour in clock.part)
        return DateValue("time", low, high, "hour", timex=f"{date}T{code}", anchor=anchor, approximate=True)
    hour, minute = _minus(clock.hour, clock)
    grain = "second" if clock.second is not None else "minute" if minute is not None else "hour"
    if date is None:
        return DateValue(
            "time", grain=grain, timex=f"T{_time(hour % 24, minute, clock.second)}", anchor=anchor
        )
    start = _instant(date, hour, minute, clock.second)
    return DateValue("time", start, grain=grain, timex=start, anchor=anchor)


def clock_range(period: Period, date: Day | None, anchor: str | None) -> DateValue:
    """From one time of day to another: ``오후 2시부터 4시까지`` ends at 16:00, ``밤 11시~1시`` on the next day."""
    first, last = period.first, period.last
    if first.hour is None or last.hour is None:
        return DateValue("range", timex=f"T{first.code}/T{last.code}")
    early, late = _minus(first.hour, first), _minus(last.hour, last)
    hour = late[0]
    if not last.said and first.said and first.hour >= 12 >= hour and hour + 12 > first.hour:
        hour += 12
    if (hour, late[1] or 0) <= (early[0], early[1] or 0):
        hour += 12 if not last.said and hour < 12 and hour + 12 > early[0] else 24
    grain = "minute" if first.minute is not None or last.minute is not None else "hour"
    if date is None:
        start, end = _time(early[0] % 24, early[1], first.second), _time(hour % 24, late[1], last.second)
        return DateValue("range", grain=grain, timex=f"T{start}/T{end}")
    start, end = _instant(date, *early, first.second), _instant(date, hour, late[1], last.second)
    return DateValue("range", start, end, grain, timex=f"{start}/{end}", anchor=anchor)


def ago(seconds: float, now: datetime.datetime | None) -> DateValue:
    """``30분 전``: a moment only where the hour of publication is known, else how long ago it was."""
    if now is None:
        length = amounts.iso_of_seconds(abs(seconds))
        return DateValue("duration", duration=length, timex=length)
    start = (now + datetime.timedelta(seconds=seconds)).isoformat(timespec="minutes")
    return DateValue("time", start, grain="minute", timex=start, anchor=now.date().isoformat())


def length_value(length: Length) -> DateValue:
    """A length of time; of a range (``2~3개월``) the TIMEX3 value holds both ends."""
    duration = amounts.iso(length.low)
    if any(math.isnan(amount) for _, amount in length.low):
        return DateValue("duration", timex=duration, approximate=True)
    if length.high is not None:
        return DateValue("duration", timex=f"{duration}/{amounts.iso(length.high)}", approximate=True)
    return DateValue("duration", duration=duration, timex=duration, approximate=length.approximate)


def recurrence_value(recurrence: Recurrence) -> DateValue:
    """What recurs: ``XXXX-WXX-3`` for ``매주 수요일``, ``P1Y`` for ``매년``."""
    where, timex = recurrence.moment, recurrence.timex or recurrence.every
    if where is not None:
        if where.month is not None:
            timex = f"XXXX-{where.month:02d}" + (f"-{where.day:02d}" if where.day is not None else "")
        elif where.weekday is not None and recurrence.every == "P1W":
            timex = f"XXXX-WXX-{where.weekday}"
        elif where.day is not None:
            timex = f"XXXX-XX-{where.day:02d}"
        elif where.week_part is not None:
            timex = "XXXX-WXX-WE"
    return DateValue("set", duration=recurrence.every, timex=timex)


def _minus(hour: int, clock: Clock) -> tuple[int, int | None]:
    """Hour and minute, less the minutes of ``5시 10분 전``."""
    if not clock.minus:
        return hour, clock.minute
    total = hour * 60 + (clock.minute or 0) - clock.minus
    return total // 60 % 24, total % 60


def _time(hour: int, minute: int | None, second: float | None) -> str:
    text = f"{hour:02d}:{minute or 0:02d}"
    return f"{text}:{second:02.0f}" if second is not None else text


def _instant(date: Day, hour: int, minute: int | None = None, second: float | None = None) -> str:
    days, hour = divmod(hour, 24)
    return f"{(date + datetime.timedelta(days)).isoformat()}T{_time(hour, minute, second)}"

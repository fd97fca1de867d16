"""Resolves what the words of a date or time leave open, in the order of the text.

What is relative is counted from the publication date (``지난달``, ``오는 20일``, ``8일``); what Korean counts
from the story (``이날``, ``다음 날``, ``같은 해``) from the running date: the last date that the text named.
Without a publication date nothing is guessed: the TIMEX3 value says what is known (``XXXX-11-09``).
"""

from __future__ import annotations

import datetime
import math
from dataclasses import replace

import regex

from extract.normalise import amounts, spans
from extract.normalise.spans import Day, Span
from extract.normalise.values import Clock, DateValue, ImpossibleDate, Length, Moment, Period, Quantity, Recurrence

_SENTENCE_END = regex.compile(r"[.!?。][\"'”’」』)]*\s|\n")
_REPORTED = regex.compile(
    r"\s?(?:[가-힣 ]{0,4})?(?:밝혔|밝힌|밝혀|말했|전했|발표했|알렸|설명했|보도했|강조했|덧붙였|공개했|촉구했|지적했)"
)
_CONJUNCTION = regex.compile(r"\s?(?:와|과|이나|나|및|또는|혹은|아니면|,|·)?\s?(?:또는|혹은|아니면)?\s?")
_OPEN_END = regex.compile(r"\s?(?:이후|이래)(?![가-힣]*[0-9])")
_OPEN_START = regex.compile(r"\s?이전(?!의? ?[가-힣]*계획)")
_ABOUT = regex.compile(r"\s?(?:경|께|쯤|무렵|즈음|가량|정도|전후|여(?![가-힣]))")
_ABOUT_BEFORE = regex.compile(r"(?<![가-힣])(?:약|대략|거의|근)\s?$")
_MAX_YEAR = 9000


class Resolver:
    """Resolves the dates and times of one text, called once for each in text order."""

    def __init__(self, text: str, published: Day | None) -> None:
        self.text = text
        self.now = published if isinstance(published, datetime.datetime) else None
        self.published = published.date() if isinstance(published, datetime.datetime) else published
        self.running: Span | None = None
        self.last: tuple[int, Span | None, Moment] | None = None

    def value(self, quantity: Quantity) -> DateValue:
        """The value of the next date or time."""
        try:
            value = self._value(quantity)
        except (ValueError, OverflowError):
            value = DateValue(quantity.subtype)
        if self._about(quantity) and not value.approximate:
            value = replace(value, approximate=True)
        return value

    def _value(self, quantity: Quantity) -> DateValue:
        parse = quantity.parse
        if isinstance(parse, Moment):
            return self._moment_value(quantity, parse)
        if isinstance(parse, Clock):
            return self._clock_value(quantity, parse)
        if isinstance(parse, Length):
            return self._length_value(quantity, parse)
        if isinstance(parse, Recurrence):
            return _recurrence_value(parse)
        if isinstance(parse.first, Clock):
            return self._clock_range(quantity, parse)
        return self._moment_range(quantity, parse)

    # -- dates -------------------------------------------------------------------------------------

    def _moment_value(self, quantity: Quantity, parse: Moment) -> DateValue:
        if parse.offset is not None and parse.offset[0].startswith("T"):
            return self._instant_value(parse)
        span, anchor = self._span(quantity, parse)
        if span is None:
            if parse.day is not None and anchor is not None or parse.year is not None:
                return ImpossibleDate("date")
            self.last = (quantity.end, None, parse)
            return DateValue("date", timex=self._partial(quantity, parse), grain=_grain(parse))
        self._remember(quantity, parse, span)
        value = _date(span, anchor)
        if parse.bound == "since" or _OPEN_END.match(self.text, quantity.end):
            return replace(value, type="range", end=None, timex=f"{span.timex}/..")
        if parse.bound == "until" or _OPEN_START.match(self.text, quantity.end):
            return replace(value, type="range", start=None, timex=f"../{span.timex}")
        return value

    def _moment_range(self, quantity: Quantity, parse: Period) -> DateValue:
        first, last = parse.first, _inherit(parse.first, parse.last)
        span, anchor = self._span(quantity, first)
        if span is None:
            early, late = self._partial(quantity, first), self._partial(quantity, _upper(first, last))
            self.last = (quantity.end, None, last)
            return DateValue(
                "range", timex=f"{early}/{late}" if early and late else None, grain=_grain(first)
            )
        self._remember(quantity, first, span)
        until, _ = self._span(quantity, last)
        if until is not None and until.end <= span.start:
            until = _later(until, span)
        if until is None or until.end <= span.start:
            return replace(_date(span, anchor), type="range", end=None)
        self._remember(quantity, last, until)
        return DateValue(
            "range",
            start=span.start.isoformat(),
            end=until.end.isoformat(),
            grain=until.grain,
            timex=f"{span.timex}/{until.timex}",
            anchor=anchor,
        )

    def _remember(self, quantity: Quantity, parse: Moment, span: Span) -> None:
        self.last = (quantity.end, span, parse)
        if parse.offset is None and parse.bound is None:
            self.running = span

    def _span(self, quantity: Quantity, parse: Moment) -> tuple[Span | None, str | None]:
        """The days of a moment, and the date that they were counted from where they were."""
        base, anchor = self.published, self.published.isoformat() if self.published else None
        if parse.offset is not None:
            return (_offset(base, parse), anchor) if base else (None, None)
        if parse.running:
            base = self.running.start if self.running and _bears(self.running, parse) else None
            anchor = base.isoformat() if base else None
            if base is None and parse.shift and parse.shift[1] != 0 and parse.shift[0] != "day":
                base, anchor = self.published, self.published.isoformat() if self.published else None
            if base is None:
                return None, None
        year = parse.year
        if year is None and parse.yy is not None:
            year = _century(parse.yy, self.published)
        if year is not None:
            return self._within(parse, spans.year(year), explicit=True), None
        if parse.decade is not None:
            return _decade(parse, self.published), None
        if parse.century is not None:
            found = spans.century(parse.century)
            return (spans.part(found, parse.part) if parse.part else found), None
        if parse.shift is not None:
            if base is None:
                return None, None
            return self._shifted(parse, base), anchor
        if parse.same == "period":
            return None, None
        return self._open(quantity, parse, base, anchor)

    def _shifted(self, parse: Moment, base: Day) -> Span | None:
        unit, amount = parse.shift
        if unit == "year":
            return self._within(parse, spans.year(base.year + amount), explicit=True)
        if unit == "quarter":
            start = spans.add_months(Day(base.year, 3 * ((base.month - 1) // 3) + 1, 1), 3 * amount)
            return self._narrow(parse, spans.quarter(start.year, (start.month + 2) // 3))
        if unit == "month":
            start = spans.add_months(base.replace(day=1), amount)
            return self._narrow(parse, spans.month(start.year, start.month))
        if unit == "week":
            return self._narrow(parse, spans.week(spans.monday_of(base) + datetime.timedelta(7 * amount)))
        return spans.day(base + datetime.timedelta(amount))

    def _within(self, parse: Moment, year: Span, *, explicit: bool) -> Span | None:
        """The part of ``year`` that the moment names."""
        number = year.start.year
        span = year
        if parse.same is not None:
            same = self._same(parse, number)
            if same is None:
                return None
            span = same
        if parse.holiday is not None:
            return _holiday(parse, number)
        if parse.iso_week is not None:
            return spans.week(Day.fromisocalendar(number, parse.iso_week, 1))
        if parse.month is not None:
            span = spans.month(number, parse.month)
        elif parse.quarter is not None:
            span = spans.quarter(number, parse.quarter)
        elif parse.half is not None:
            span = spans.half(number, parse.half)
        elif parse.season is not None:
            span = spans.season(number, parse.season)
        elif parse.year_part is not None:
            return spans.part(span, parse.year_part)
        return self._narrow(parse, span)

    def _same(self, parse: Moment, number: int) -> Span | None:
        """``작년 같은 기간``: the period that the text spoke of last, in another year."""
        if self.running is None:
            return None
        start, end = self.running.start, self.running.end
        moved = spans.add_months(start, 12 * (number - start.year))
        if parse.same == "month":
            return spans.month(number, start.month)
        until = spans.add_months(end, 12 * (number - start.year))
        timex = self.running.timex.replace(f"{start.year:04d}", f"{number:04d}", 1)
        return Span(moved, until, self.running.grain, timex)

    def _narrow(self, parse: Moment, span: Span) -> Span | None:
        """The day, week or part within ``span``; None where it has no such day."""
        if parse.day is not None:
            if span.grain != "month":
                return None
            start = span.start
            if not 1 <= parse.day <= (span.end - start).days:
                return None
            return spans.day(start.replace(day=parse.day))
        if parse.days:
            first, last = parse.days[0], parse.days[-1]
            if last > (span.end - span.start).days:
                return None
            start, end = span.start.replace(day=first), spans.day(span.start.replace(day=last)).end
            return Span(start, end, "day", f"{start.isoformat()}/{(end - datetime.timedelta(1)).isoformat()}")
        if parse.edge is not None:
            return spans.day(span.start if parse.edge == "first" else span.end - datetime.timedelta(1))
        if parse.week and parse.nth is not None and parse.weekday is None:
            mondays = spans.weeks_of(span)
            index = parse.nth - 1 if parse.nth > 0 else parse.nth
            if not -len(mondays) <= index < len(mondays):
                return None
            span = spans.week(mondays[index])
        elif parse.nth is not None and parse.weekday is not None:
            found = spans.nth_weekday(span, parse.weekday, parse.nth)
            return spans.day(found) if found else None
        if parse.week_part is not None and span.grain == "week":
            low, high = parse.week_part
            start = span.start + datetime.timedelta(low - 1)
            return Span(
                start, span.start + datetime.timedelta(high), "day", span.timex + ("-WE" if low == 6 else "")
            )
        if parse.weekday is not None and span.grain == "week":
            return spans.day(span.start + datetime.timedelta(parse.weekday - 1))
        if parse.part is not None:
            return spans.part(span, parse.part)
        return span

    # -- what names no year ------------------------------------------------------------------------

    def _open(
        self, quantity: Quantity, parse: Moment, base: Day | None, anchor: str | None
    ) -> tuple[Span | None, str | None]:
        """A moment that names no year: from its neighbour in the sentence, else around the publication date."""
        reported = bool(_REPORTED.match(self.text, quantity.end))
        near = None if parse.direction or reported else self._neighbour(quantity)
        if parse.weekday is not None and parse.day is None and parse.nth is None and parse.month is None:
            if near is not None and parse.direction is None and self._listed(quantity):
                ahead = (parse.weekday - 1 - near.start.weekday()) % 7 or 7
                return spans.day(near.start + datetime.timedelta(ahead)), anchor
            return (self._weekday(parse, base), anchor) if base else (None, None)
        if parse.week_part is not None and parse.nth is None:
            if base is None:
                return None, None
            return self._narrow(
                parse, spans.week(spans.monday_of(base) + datetime.timedelta(_weeks(parse)))
            ), anchor
        if _yearly(parse):
            if near is not None:
                return self._within(parse, spans.year(near.start.year), explicit=False), None
            if base is None:
                return None, None
            found = [self._within(parse, spans.year(base.year + n), explicit=False) for n in (-1, 0, 1)]
            return _choose(found, base, parse, reported), anchor
        # a day, an edge or a week of an unnamed month
        if near is not None and near.grain in ("day", "month", "week"):
            found = self._narrow(parse, spans.month(near.start.year, near.start.month))
            if found is not None and _agrees(found, parse) and not (base and near.start.month == base.month):
                return found, None
        if base is None:
            return None, None
        months = []
        for n in (-1, 0, 1, 2):
            start = spans.add_months(base.replace(day=1), n)
            months.append(self._narrow(parse, spans.month(start.year, start.month)))
        return _choose(months[:3], base, parse, reported) or _choose(months, base, parse, reported), anchor

    def _weekday(self, parse: Moment, base: Day) -> Span:
        ahead = (parse.weekday - 1 - base.weekday()) % 7
        if parse.direction == "past":
            return spans.day(base - datetime.timedelta((7 - ahead) if ahead else 7))
        if parse.direction == "future" and ahead == 0:
            ahead = 7
        if parse.direction == "this":
            return spans.day(spans.monday_of(base) + datetime.timedelta(parse.weekday - 1))
        if parse.direction == "next":
            return spans.day(spans.monday_of(base) + datetime.timedelta(7 + parse.weekday - 1))
        return spans.day(base + datetime.timedelta(ahead))

    def _listed(self, quantity: Quantity) -> bool:
        """Whether only a conjunction stands between the last weekday and this one: ``월요일과 수요일``."""
        if self.last is None or self.last[2].weekday is None:
            return False
        return bool(_CONJUNCTION.fullmatch(self.text, self.last[0], quantity.start))

    def _neighbour(self, quantity: Quantity) -> Span | None:
        """The date named last in the same sentence."""
        if self.last is None or self.last[1] is None:
            return None
        if _SENTENCE_END.search(self.text, self.last[0], max(self.last[0], quantity.start)):
            return None
        return self.last[1]

    def _partial(self, quantity: Quantity, parse: Moment) -> str | None:
        """TIMEX3 for what is known of a date whose year is not."""
        month = parse.month
        if parse.holiday is not None:
            return f"XXXX-{parse.holiday}" if not parse.holiday.startswith("lunar") else None
        if parse.shift is not None or parse.offset is not None or parse.same:
            return None
        if month is None and parse.day is not None and self.last is not None and self.last[1] is None:
            earlier = self.last[2]
            if not _SENTENCE_END.search(self.text, self.last[0], max(self.last[0], quantity.start)):
                month = earlier.month
        if parse.day is not None:
            return f"XXXX-{month:02d}-{parse.day:02d}" if month else f"XXXX-XX-{parse.day:02d}"
        if month is not None:
            return f"XXXX-{month:02d}"
        if parse.quarter is not None:
            return f"XXXX-Q{parse.quarter}"
        if parse.half is not None:
            return f"XXXX-H{parse.half}"
        if parse.season is not None:
            return f"XXXX-{parse.season}"
        if parse.weekday is not None:
            return f"XXXX-WXX-{parse.weekday}"
        return None

    # -- times, lengths ----------------------------------------------------------------------------

    def _day_of(self, quantity: Quantity) -> tuple[Day | None, str | None]:
        near = self._neighbour(quantity)
        if near is not None and near.grain == "day" and near.end - near.start == datetime.timedelta(1):
            return near.start, None
        return None, None

    def _instant_value(self, parse: Moment) -> DateValue:
        """``30분 전``: a moment only where the hour of publication is known, else how long ago it was."""
        seconds = parse.offset[1] if parse.offset else 0.0
        if self.now is None or self.published is None:
            length = amounts.iso_of_seconds(abs(seconds))
            return DateValue("duration", duration=length, timex=length)
        start = (self.now + datetime.timedelta(seconds=seconds)).isoformat(timespec="minutes")
        return DateValue("time", start, grain="minute", timex=start, anchor=self.published.isoformat())

    def _clock_value(self, quantity: Quantity, parse: Clock) -> DateValue:
        date, anchor = self._day_of(quantity)
        if parse.shift is not None:
            date, anchor = None, None
            if self.published is not None:
                date, anchor = self.published + datetime.timedelta(parse.shift), self.published.isoformat()
        if parse.hour is None:
            code = parse.code or "XX"
            if date is None or parse.part is None:
                return DateValue("time", timex=f"T{code}", anchor=anchor)
            low, high = (_instant(date, hour, 0, None) for hour in parse.part)
            return DateValue("time", low, high, "hour", timex=f"{date}T{code}", anchor=anchor, approximate=True)
        hour, minute = _minus(parse)
        grain = "second" if parse.second is not None else "minute" if minute is not None else "hour"
        start = _instant(date, hour, minute, parse.second)
        value = DateValue(
            "time",
            start=start if date else None,
            grain=grain,
            timex=start if date else f"T{_time(hour % 24, minute, parse.second)}",
            anchor=anchor,
        )
        if _OPEN_END.match(self.text, quantity.end) and date:
            return replace(value, type="range")
        return value

    def _clock_range(self, quantity: Quantity, parse: Period) -> DateValue:
        date, anchor = self._day_of(quantity)
        first, last = parse.first, parse.last
        if first.hour is None or last.hour is None:
            return DateValue("range", timex=f"T{first.code}/T{last.code}")
        early, late = _minus(first), _minus(last)
        hour = late[0]
        if not last.said and first.said and first.hour >= 12 and hour <= 12 and hour + 12 > first.hour:
            hour += 12
        if (hour, late[1] or 0) <= (early[0], early[1] or 0):
            hour += 12 if not last.said and hour + 12 > early[0] and hour < 12 else 24
        start, end = _instant(date, *early, first.second), _instant(date, hour, late[1], last.second)
        if date is None:
            early_text, late_text = (
                _time(early[0] % 24, early[1], first.second),
                _time(hour % 24, late[1], last.second),
            )
            return DateValue("range", grain="hour", timex=f"T{early_text}/T{late_text}")
        grain = "minute" if first.minute is not None or last.minute is not None else "hour"
        return DateValue("range", start, end, grain, timex=f"{start}/{end}", anchor=anchor)

    def _length_value(self, quantity: Quantity, parse: Length) -> DateValue:
        duration = amounts.iso(parse.low)
        if any(math.isnan(amount) for _, amount in parse.low):
            return DateValue("duration", timex=duration, approximate=True)
        if parse.high is not None:
            high = amounts.iso(parse.high)
            return DateValue("duration", duration=None, timex=f"{duration}/{high}", approximate=True)
        return DateValue("duration", duration=duration, timex=duration, approximate=parse.approximate)

    def _about(self, quantity: Quantity) -> bool:
        head = self.text[max(0, quantity.start - 6) : quantity.start]
        return bool(_ABOUT.match(self.text, quantity.end) or _ABOUT_BEFORE.search(head))


def _bears(running: Span, parse: Moment) -> bool:
    """Whether the running date is fine enough to count the moment's unit from it."""
    unit = parse.shift[0] if parse.shift else "day"
    coarse = {"day": ("day",), "week": ("day", "week"), "month": ("day", "month"), "quarter": ("quarter",)}
    return unit not in coarse or running.grain in coarse[unit]


def _date(span: Span, anchor: str | None) -> DateValue:
    return DateValue(
        "date", span.start.isoformat(), span.end.isoformat(), span.grain, timex=span.timex, anchor=anchor
    )


def _yearly(parse: Moment) -> bool:
    """Whether the moment is fixed within an unnamed year."""
    named = (
        parse.month,
        parse.quarter,
        parse.half,
        parse.season,
        parse.year_part,
        parse.holiday,
        parse.iso_week,
    )
    return any(field is not None for field in named)


def _grain(parse: Moment) -> str | None:
    if parse.day is not None or parse.weekday is not None or parse.holiday is not None:
        return "day"
    for field in ("month", "quarter", "half", "season"):
        if getattr(parse, field) is not None:
            return field
    return None


def _weeks(parse: Moment) -> int:
    return {"past": -7, "next": 7}.get(parse.direction or "", 0)


def _agrees(span: Span, parse: Moment) -> bool:
    return parse.weekday is None or parse.day is None or span.start.isoweekday() == parse.weekday


def _choose(found: list[Span | None], base: Day, parse: Moment, reported: bool) -> Span | None:
    """Of the same moment in neighbouring periods the one that is meant, seen from ``base``."""
    able = [span for span in found if span is not None]
    if parse.day is not None and parse.weekday is not None:
        able = [span for span in able if _agrees(span, parse)] or able
    if not able:
        return None
    if parse.direction == "past" or reported:
        past = [span for span in able if span.start <= base]
        if past:
            return past[-1]
    if parse.direction == "future":
        future = [span for span in able if span.end > base]
        if future:
            return future[0]
    same_year = [span for span in able if span.start.year == base.year]
    if not _yearly(parse):
        same = [span for span in able if (span.start.year, span.start.month) == (base.year, base.month)]
        if same:
            return same[0]
    elif same_year and abs((same_year[0].start - base).days) <= 330:
        return same_year[0]
    return min(able, key=lambda span: (abs((span.start - base).days), span.start < base))


def _offset(base: Day, parse: Moment) -> Span | None:
    letter, amount = parse.offset
    if math.isnan(amount) or letter.startswith("T"):
        return None
    if letter == "Y" and amount == int(amount):
        return spans.year(base.year + int(amount))
    return spans.day(spans.add(base, letter, amount))


def _century(yy: int, published: Day | None) -> int:
    """The year that two digits stand for: this century up to fifteen years ahead, else the last."""
    now = published.year if published else 2030
    year = now // 100 * 100 + yy
    return year if year <= now + 15 else year - 100


def _decade(parse: Moment, published: Day | None) -> Span | None:
    number = parse.decade
    if number < 100:
        number += 1900 if number >= 30 or published is None else published.year // 100 * 100
    found = spans.decade(number)
    return spans.part(found, parse.part) if parse.part else found


def _holiday(parse: Moment, year: int) -> Span | None:
    date = spans.holiday(year, parse.holiday)
    if date is None:
        return None
    if parse.holiday_tail == "season":
        span = Span(date - datetime.timedelta(1), date + datetime.timedelta(2), "day", "")
        return replace(
            span, timex=f"{span.start.isoformat()}/{(span.end - datetime.timedelta(1)).isoformat()}"
        )
    return spans.day(date + datetime.timedelta(int(parse.holiday_tail or 0)))


def _inherit(first: Moment, last: Moment) -> Moment:
    """``last`` with what it takes over from the beginning of the range: year, month, direction."""
    if last.year is not None or last.yy is not None or last.shift is not None or last.holiday or last.decade:
        return last
    fields = {}
    for name in ("year", "yy", "shift", "running", "direction"):
        if name == "shift" and first.shift and first.shift[0] == "month" and last.month is not None:
            continue
        if name == "shift" and first.shift and first.shift[0] in ("day",):
            continue
        fields[name] = getattr(first, name)
    if last.month is None and (last.day is not None or last.edge is not None):
        fields["month"] = first.month
    return replace(last, **fields)


def _upper(first: Moment, last: Moment) -> Moment:
    return replace(last, month=last.month or first.month)


def _later(until: Span, span: Span) -> Span | None:
    """The end of a range that would lie before its beginning: moved on by a month or a year."""
    if until.grain == "day" and until.end - until.start == datetime.timedelta(1):
        if (until.start.year, until.start.month) == (span.start.year, span.start.month):
            return spans.day(spans.add_months(until.start, 1))
        return spans.day(spans.add_months(until.start, 12))
    if until.grain == "month":
        return spans.month(until.start.year + 1, until.start.month)
    return None


def _recurrence_value(parse: Recurrence) -> DateValue:
    where = parse.moment
    timex = parse.timex or parse.every
    if where is not None:
        if where.month is not None and where.day is not None:
            timex = f"XXXX-{where.month:02d}-{where.day:02d}"
        elif where.month is not None:
            timex = f"XXXX-{where.month:02d}"
        elif where.weekday is not None and parse.every == "P1W":
            timex = f"XXXX-WXX-{where.weekday}"
        elif where.day is not None:
            timex = f"XXXX-XX-{where.day:02d}"
        elif where.week_part is not None:
            timex = "XXXX-WXX-WE"
    return DateValue("set", duration=parse.every, timex=timex)


def _minus(parse: Clock) -> tuple[int, int | None]:
    if not parse.minus:
        return parse.hour, parse.minute
    total = parse.hour * 60 + (parse.minute or 0) - parse.minus
    return total // 60 % 24, total % 60


def _time(hour: int, minute: int | None, second: float | None) -> str:
    text = f"{hour:02d}:{minute or 0:02d}"
    return f"{text}:{second:02.0f}" if second is not None else text


def _instant(date: Day | None, hour: int, minute: int | None, second: float | None) -> str:
    days, hour = divmod(hour, 24)
    prefix = (date + datetime.timedelta(days)).isoformat() if date else ""
    return f"{prefix}T{_time(hour, minute, second)}"

"""What the grammar finds and what it resolves to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Quantity:
    """One date, time or figure in a text: ``text[start:end]``, code points, half open.

    ``label`` is ``DATE``, ``TIME`` or ``FIGURE``, ``subtype`` one of ``model.SUBTYPES[label]``, ``rule`` the
    rule that found it (``dates:<name>`` or ``figures:<name>``), ``score`` its confidence in (0, 1]. ``parse``
    is what was read out of the words, before anything is known about publication date or neighbours.
    ``parts`` holds the spans of the two ends of a range that was put together from two mentions.
    """

    start: int
    end: int
    label: str
    subtype: str
    rule: str
    score: float
    parse: Any
    parts: tuple[tuple[int, int], ...] = ()


class DateValue(NamedTuple):
    """The fields of :class:`extract.model.Date` that the words of a mention determine."""

    type: str
    start: str | None = None
    end: str | None = None
    grain: str | None = None
    duration: str | None = None
    timex: str | None = None
    anchor: str | None = None
    approximate: bool = False

    @property
    def readable(self) -> str | None:
        """One string for a cell: ``2017-11-06``, ``2017-11-05/2017-11-09``, ``P5Y``, ``XXXX-11-09``.

        A decade, in TIMEX3 ``197``, is ``197X`` (ISO 8601-2), which no reader takes for a number.
        """
        if self.timex and self.timex.isdigit() and len(self.timex) == 3:
            return f"{self.timex}X"
        if self.type == "duration":
            return self.duration or self.timex
        if self.type in ("set", "date", "time") and self.timex:
            return self.timex
        if self.start or self.end:
            return f"{self.start or '..'}/{self.end or '..'}"
        return self.timex


class ImpossibleDate(DateValue):
    """A day that turned out not to exist (``이달 31일`` in November): no mention should be made of it."""

    __slots__ = ()


class FigureValue(NamedTuple):
    """The fields of :class:`extract.model.Figure` that the words of a mention determine."""

    type: str
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    unit: str | None = None
    currency: str | None = None
    counted: str | None = None
    approximate: bool = False

    @property
    def readable(self) -> str | None:
        """One string for a cell: ``39 개``, ``1200000000000 KRW``, ``≥50 개``, ``10–20 %``, ``10:1``."""
        if self.unit and ":" in self.unit:
            return self.unit
        if self.value is not None:
            number = _plain(self.value)
        elif self.low is not None and self.high is not None:
            number = f"{_plain(self.low)}–{_plain(self.high)}"
        elif self.low is not None:
            number = f"≥{_plain(self.low)}"
        elif self.high is not None:
            number = f"≤{_plain(self.high)}"
        else:
            return None
        unit = self.currency or self.unit
        return f"{number} {unit}" if unit else number


def _plain(value: int | float) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


class Moment(NamedTuple):
    """A place in the calendar as far as the words say it; what they leave open is None.

    ``shift`` is a unit and how many of it to count from the publication date, or, where ``running`` is set,
    from the running date of the text. ``nth`` counts weekdays or weeks of a month (``-1`` the last). ``unknown``
    says that no calendar knows the days (``지난 시즌``).
    """

    year: int | None = None
    yy: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    century: int | None = None
    half: int | None = None
    quarter: int | None = None
    season: str | None = None
    part: str | None = None
    edge: str | None = None
    nth: int | None = None
    week: bool = False
    iso_week: int | None = None
    week_part: tuple[int, int] | None = None
    year_part: str | None = None
    holiday: str | None = None
    holiday_tail: str | None = None
    same: str | None = None
    shift: tuple[str, int] | None = None
    running: bool = False
    direction: str | None = None
    offset: tuple[str, float] | None = None
    bound: str | None = None
    days: tuple[int, ...] = ()
    approximate: bool = False
    unknown: bool = False


class Clock(NamedTuple):
    """A time of day. ``hour`` may run to 29 (past midnight of the same night); ``part`` is a daypart alone."""

    hour: int | None = None
    minute: int | None = None
    second: float | None = None
    code: str | None = None
    part: tuple[int, int] | None = None
    said: bool = False
    approximate: bool = False
    bound: str | None = None
    shift: int | None = None
    minus: int = 0


class Length(NamedTuple):
    """A length of time: ISO 8601 components (``Y M W D TH TM TS``), for a range its two ends."""

    low: tuple[tuple[str, float], ...]
    high: tuple[tuple[str, float], ...] | None = None
    approximate: bool = False
    direction: str | None = None
    nights: int | None = None


class Recurrence(NamedTuple):
    """What happens again and again: ``every`` an ISO 8601 duration, narrowed by ``moment`` or by ``timex``."""

    every: str
    moment: Moment | None = None
    timex: str | None = None


class Period(NamedTuple):
    """From one moment (or clock time) to another, the last day included."""

    first: Any
    last: Any

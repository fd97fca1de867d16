"""Whether a predicted date or figure says the same as the gold one."""

from __future__ import annotations

import re
from typing import Any

_DURATION = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?"
    r"(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?"
)
_DAYS = (365, 30.4375, 7, 1, 1 / 24, 1 / 1440, 1 / 86400)
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


def date_agrees(gold: dict[str, Any], predicted: dict[str, Any] | None) -> bool | None:
    """Durations agree by length, sets by type, others by the start and end that the gold gives, a date
    without a year by its TIMEX3 value. None where the gold says too little to tell."""
    kind = gold.get("type")
    if kind == "duration" and gold.get("duration"):
        if not predicted:
            return False
        length = duration_days(predicted.get("duration") or predicted.get("timex"))
        expected = duration_days(gold["duration"])
        return length is not None and expected is not None and abs(length - expected) < 1e-6
    if kind == "set":
        return bool(predicted) and predicted is not None and predicted.get("type") == "set"
    if gold.get("start") or gold.get("end"):
        if not predicted:
            return False
        return all(
            instant(gold[side]) == instant(predicted.get(side)) for side in ("start", "end") if gold.get(side)
        )
    timex = str(gold.get("timex") or "")
    if timex.startswith("XXXX"):
        if not predicted:
            return False
        return instant(predicted.get("start")) is None and str(predicted.get("timex")) == timex
    return None


def figure_agrees(gold: dict[str, Any], predicted: dict[str, Any] | None) -> bool | None:
    """Whether value, low and high are the same as far as the gold gives them; None where it gives none."""
    given = {side: number(gold.get(side)) for side in ("value", "low", "high")}
    expected = {side: value for side, value in given.items() if value is not None}
    if not expected:
        return None
    if not predicted:
        return False
    for side, value in expected.items():
        found = number(predicted.get(side))
        if found is None or abs(found - value) > 1e-6 * max(1.0, abs(value)):
            return False
    return True


def instant(value: Any) -> str | None:
    """An ISO 8601 instant without zone, zero seconds and a midnight's time: ``2017-11-06T00:00`` →
    ``2017-11-06``."""
    if value in (None, ""):
        return None
    text = str(value).strip().replace(" ", "T")
    day, t, clock = text.partition("T")
    if not t:
        return text
    clock = re.sub(r"\.\d+$", "", _ZONE.sub("", clock))
    while clock.count(":") >= 2 and clock.endswith(":00"):
        clock = clock[:-3]
    return day if clock in ("", "00", "00:00") else f"{day}T{clock}"


def duration_days(value: Any) -> float | None:
    """Length of an ISO 8601 duration in days (a year 365, a month 30.4375); None for anything else."""
    match = _DURATION.fullmatch(str(value or "").strip())
    if match is None or not any(match.groups()):
        return None
    return sum(float(part or 0) * days for part, days in zip(match.groups(), _DAYS, strict=True))


def number(value: Any) -> float | None:
    """``value`` as a number, thousands separators allowed; None where it is none."""
    if value in (None, ""):
        return None
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None

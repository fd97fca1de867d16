"""Days that the sun fixes: the 24 solar terms, the dog days counted from them, and 한식.

The sun's longitude is the series of Bretagnon and Simon (*Planetary Programs and Tables*, 1986) cut after its
largest terms, good to a minute of time in the 20th and 21st century; the day is that of Korea (UTC+9).
"""

from __future__ import annotations

import datetime
import math
from functools import lru_cache

_EPOCH = datetime.date(2000, 1, 1)
_MIDNIGHT = 0.875
"""Days from 0 h Korean time on 1 January 2000 to the epoch J2000.0, noon in universal time."""
_CLOCKS_APART = 66 / 86_400
"""Days by which uniform time is ahead of universal time, about 2000 to 2030."""
_CENTURY = 36_525
_TERMS = (  # 10^-7 radians, degrees a century, degrees
    (403406, 0.9287892, 270.54861), (195207, 35999.1376958, 340.19128), (119433, 35999.4089666, 63.91854),
    (112392, 35998.7287385, 331.26220), (3891, 71998.20261, 317.843), (2819, 71998.4403, 86.631),
    (1721, 36000.35726, 240.052), (660, 71997.4812, 310.26), (350, 32964.4678, 247.23),
    (334, -19.4410, 260.87), (314, 445267.1117, 297.82), (268, 45036.8840, 343.14), (242, 3.1008, 166.79),
    (234, 22518.4434, 81.53), (158, -19.9739, 3.50), (132, 65928.9345, 132.75), (129, 9038.0293, 182.95),
    (114, 3034.7684, 162.03), (99, 33718.148, 29.8), (93, 3034.448, 266.4), (86, -2280.773, 249.2),
    (78, 29929.992, 157.6), (72, 31556.493, 257.8), (68, 149.588, 185.1), (64, 9037.750, 69.9),
)  # fmt: skip
_DOG_DAYS_FROM = {1: (90, 2), 2: (90, 3), 3: (135, 0)}
"""For 초복, 중복, 말복: the longitude to count from, and how many 庚 days to pass over."""
_STEMS, _GENG, _STEM_OF_EPOCH = 10, 6, 4
"""The cycle of ten stems; 庚 is its seventh, and 1 January 2000 was a 戊 day, the fifth."""
_COLD_FOOD = 105
"""Days from the winter solstice to 한식."""


def longitude(date: datetime.date) -> float:
    """The sun's apparent longitude at 0 h Korean time, in degrees below 360."""
    c = ((date - _EPOCH).days - _MIDNIGHT + _CLOCKS_APART) / _CENTURY
    series = sum(size * math.sin(math.radians(phase + rate * c)) for size, rate, phase in _TERMS)
    aberration = 0.0000974 * math.cos(math.radians(177.63 + 35999.01848 * c)) - 0.005575
    nutation = -0.004778 * math.sin(math.radians(124.90 - 1934.134 * c)) - 0.0003667 * math.sin(
        math.radians(201.11 + 72001.5377 * c)
    )
    return (282.7771834 + 36000.76953744 * c + math.degrees(series * 1e-7) + aberration + nutation) % 360


@lru_cache(maxsize=256)
def term(year: int, degrees: int) -> datetime.date:
    """The day of a year on which the sun reaches ``degrees``: 315 입춘, 0 춘분, 90 하지, 180 추분, 270 동지."""
    day = datetime.date(year, 1, 1)
    day += datetime.timedelta(max(0, int((degrees - longitude(day)) % 360) - 5))
    while (longitude(day + datetime.timedelta(1)) - degrees) % 360 > 180:
        day += datetime.timedelta(1)
    return day


def dog_day(year: int, nth: int) -> datetime.date:
    """초복 (1) and 중복 (2): the third and fourth 庚 day from the summer solstice; 말복 (3): the first from 입추."""
    degrees, passed = _DOG_DAYS_FROM[nth]
    start = term(year, degrees)
    stem = ((start - _EPOCH).days + _STEM_OF_EPOCH) % _STEMS
    return start + datetime.timedelta((_GENG - stem) % _STEMS + _STEMS * passed)


def cold_food(year: int) -> datetime.date:
    """한식: the hundred and fifth day after the winter solstice of the year before."""
    return term(year - 1, 270) + datetime.timedelta(_COLD_FOOD)

"""Reads the named groups of a matched figure into its value, and the arithmetic of amounts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from extract.normalise.macros import Words
from extract.normalise.numerals import Number, plain
from extract.normalise.values import FigureValue

_COMPONENT = re.compile(r"(T?)([\d.]+)([YMWDHS])")
_POWERS = re.compile(r"[십백천만억조경]+$")
_INTEGERS = re.compile(r"\d+")


_UNITS = (
    *("count", "ordinal", "ordinal_je", "rank", "age", "multiple", "noun"),
    *("money", "dong", "money_sign", "measure", "percent", "mass"),
)
_THIRDS = {"": (0, 9), "초반": (0, 3), "중반": (4, 6), "후반": (7, 9)}


def components(iso_text: str) -> tuple[tuple[str, float], ...]:
    """The components of an ISO 8601 duration: ``PT1H30M`` → (("TH", 1), ("TM", 30))."""
    found, time = [], False
    for mark, amount, letter in _COMPONENT.findall(iso_text):
        time = time or bool(mark)
        found.append((("T" if time else "") + letter, plain(Fraction(amount))))
    return tuple(found)


def iso(parts: tuple[tuple[str, float], ...]) -> str:
    """ISO 8601 for components; an unknown amount (NaN) is written ``X``."""
    days, hours = "", ""
    for letter, amount in parts:
        text = "X" if amount != amount else f"{amount:.12g}"
        if letter.startswith("T"):
            hours += f"{text}{letter[1]}"
        else:
            days += f"{text}{letter}"
    return f"P{days}" + (f"T{hours}" if hours else "")


def iso_of_seconds(seconds: float) -> str:
    """ISO 8601 for a length under a day or more, in hours, minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (
        iso(tuple((letter, n) for letter, n in (("TH", hours), ("TM", minutes), ("TS", rest)) if n)) or "PT0S"
    )


def spread(low: Number, high: Number | None, high_text: str) -> Number | None:
    """The range from ``low`` to ``high``: ``2~3만`` shares the power of ten, ``4~50분`` the ten."""
    if high is None or high.value is None or low.value is None:
        return None
    first, last = Fraction(str(low.value)), Fraction(str(high.value))
    power = _POWERS.search(high_text.strip())
    if power and first < last:
        scale = _power(power.group())
        if first < 10_000 and first * scale < last and first < scale:
            first *= scale
    elif first < 10 and last >= 20 and last % 10 == 0 and first * 10 < last and last - first * 10 == 10:
        first *= 10
    if first >= last:
        return None
    return Number(None, plain(first), plain(last), low.approximate or high.approximate)


def _power(text: str) -> int:
    scale = 1
    for char in text:
        scale *= {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}[char]
    return scale


def figure(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue | None:
    """A number with its counter, unit or currency: ``39개``, ``1조 2천억원``, ``△3.2%``, ``20~30대``."""
    numerals = words.numerals
    if "number" in groups:
        number = numerals.read(groups["number"])
    elif "list" in groups:
        members = [int(member) for member in _INTEGERS.findall(groups["list"])]
        if any(later <= member for member, later in itertools.pairwise(members)):
            return None
        number = Number(None, members[0], members[-1])
    else:
        number = Number(None, approximate=True)
    if number is None:
        return None
    below = "prefix" in groups and words.row("prefix", groups["prefix"])["unit"].startswith("minus")
    if "to_number" in groups:
        ends = numerals.read(groups["to_number"])
        if below and ends is not None:  # 영하 12∼3도 rises
            number, ends = ends, number
        number = spread(number, ends, groups["to_number"])
        if number is None:
            return None
    kind, unit, currency = constants["type"], constants.get("unit"), constants.get("currency")
    factor: Fraction | int = 1
    for name in _UNITS:
        if name in groups:
            row = words.find(name, groups[name])
            if row is None:
                unit = groups[name]
                continue
            unit = row["unit"] or (None if row["currency"] else groups[name])
            currency = row["currency"] or currency
            factor = Fraction(row["factor"]) if row["factor"] else 1
    sign = -1 if "minus" in groups else 1
    if "prefix" in groups:
        said = words.row("prefix", groups["prefix"])["unit"].split()
        unit = said[-1]
        sign = -1 if said[0] == "minus" else sign
    approximate = number.approximate or "excess" in groups or "about" in groups
    value, low, high = (_times(n, sign * factor) for n in (number.value, number.low, number.high))
    if approximate and value is not None:
        value, low = None, value
    if sign < 0 and low is not None and high is not None:
        low, high = high, low
    counted = groups.get("noun")
    approximate = approximate or "roughly" in groups
    return FigureValue(kind, value, low, high, unit, currency, counted, approximate)


def signed(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue | None:
    """A range with a sign at one or both ends: ``-5∼3℃``, ``영하 5.4~영상 2.8도``."""
    near = {name: text for name, text in groups.items() if not name.startswith("to_")}
    shared = {name: text for name, text in groups.items() if name in ("measure", "percent")}
    far = {name[3:]: text for name, text in groups.items() if name.startswith("to_")}
    first, last = figure(near, words, constants), figure({**shared, **far}, words, constants)
    if first is None or last is None or first.value is None or last.value is None:
        return None
    if first.value >= last.value:
        return None
    kind = "percent" if "percent" in groups else "measure"
    unit = last.unit if "prefix" in far else first.unit
    return FigureValue(kind, None, first.value, last.value, unit)


def _times(value: int | float | None, factor: Fraction | int) -> int | float | None:
    if value is None or factor == 1:
        return value
    return plain(Fraction(str(value)) * factor)


def age_group(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue | None:
    """An age group as the ages it holds: ``20대`` 20–29, ``20~30대`` 20–39."""
    low = int(groups["number"])
    high = int(groups.get("to_number", low))
    if low % 10 or high % 10 or not 10 <= low <= high <= 100:
        return None
    first, last = _THIRDS[groups.get("third", "")]
    return FigureValue("age", None, low + first, high + last, "세")


def fraction(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue | None:
    """A share of a whole: ``3분의 2``, ``1/3``, ``10명 중 3명`` (``round``: of ten or fewer, a hundred …)."""
    whole, part = words.numerals.read(groups["whole"]), words.numerals.read(groups["part"])
    if whole is None or part is None or not whole.value or part.value is None:
        return None
    if constants.get("proper") and part.value > whole.value:
        return None
    if constants.get("round") and not (whole.value <= 10 or set(str(whole.value)) == {"0", "1"}):
        return None  # 104명 중 46명 are two counts
    share = Fraction(str(part.value)) / Fraction(str(whole.value))
    return FigureValue("ratio", plain(share))


def ratio(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue | None:
    """How two numbers stand to each other: ``10:1`` is 10, ``2대 1`` 2; the words stay in ``unit``."""
    first, second = words.numerals.read(groups["first"]), words.numerals.read(groups["second"])
    if first is None or second is None or first.value is None or second.value is None:
        return None
    unit = f"{first.value}:{second.value}"
    if constants["type"] == "score":
        return FigureValue("score", unit=unit)
    value = plain(Fraction(str(first.value)) / Fraction(str(second.value))) if second.value else None
    return FigureValue("ratio", value, unit=unit)


def word_ordinal(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue | None:
    """An ordinal in words: ``첫째``, ``세 번째``."""
    number = words.numerals.read(groups["number"])
    return None if number is None else FigureValue("ordinal", number.value, number.low, number.high, "번째")


def opaque(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue:
    """Numbers that no one number sums up: ``24승 23패``."""
    return FigureValue(constants["type"])


def phone(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue:
    """A telephone number: no value, so that nobody sums it; the number stays in the mention's text."""
    return FigureValue("phone")


def tenths(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue:
    """Old percentages: ``3할 5푼 2리`` is 35.2 %."""
    powers = (("tenths", Fraction(10)), ("hundredths", Fraction(1)), ("thousandths", Fraction(1, 10)))
    value = sum(
        (int(groups[name].replace(",", "")) * power for name, power in powers if name in groups), Fraction(0)
    )
    return FigureValue("percent", plain(value), unit="%")


def half(groups: Mapping[str, str], words: Words, constants: Mapping[str, Any]) -> FigureValue:
    """``절반``."""
    return FigureValue("ratio", 0.5)


READINGS: dict[str, Callable[[Mapping[str, str], Words, Mapping[str, Any]], Any]] = {
    "figure": figure,
    "signed": signed,
    "age_group": age_group,
    "fraction": fraction,
    "ratio": ratio,
    "phone": phone,
    "opaque": opaque,
    "half": half,
    "tenths": tenths,
    "word_ordinal": word_ordinal,
}

"""Reads numbers in every Korean writing: ``1,234``, ``3만5천``, ``1조 2천억``, ``삼십``, ``스물다섯``.

The words come from ``lexicons/numerals.csv``; this module holds only their arithmetic.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from extract.lexicon import Row

_LONGEST = 60
"""Code points: nobody writes a longer number."""
BLANK = r"[\x20\xa0]"


class Number(NamedTuple):
    """A number as it was written.

    ``value`` is the number itself; ``low``/``high`` hold the ends where a range was written (``두세``).
    All three are None for ``수십``. ``approximate`` is set by ``여`` and ``수``.
    """

    value: int | float | None
    low: int | float | None = None
    high: int | float | None = None
    approximate: bool = False


def plain(value: Fraction | int) -> int | float:
    """The shortest Python number: an int where the value is whole."""
    return int(value) if value == int(value) else float(value)


_escaped = lru_cache(maxsize=4096)(regex.escape)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first; a blank in a word is any one blank.

    It is written as a tree of characters: the engine tries one branch per character, not every word in turn.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return f"(?:{_branches(tree)})" if tree else "(?!)"


def _branches(node: dict[str, Any]) -> str:
    single, longer = [], []
    for char, below in sorted(node.items()):
        if not char:
            continue
        rest = _branches(below)
        if rest:
            longer.append((BLANK if char == " " else _escaped(char)) + rest)
        else:
            single.append(char)
    if single:
        chars = "".join(r"\x20\xa0" if char == " " else _escaped(char) for char in single)
        longer.append(f"[{chars}]" if len(single) > 1 or single[0] == " " else _escaped(single[0]))
    if not longer:
        return ""
    body = longer[0] if len(longer) == 1 else f"(?:{'|'.join(longer)})"
    return f"(?:{body})?" if "" in node else body


class Numerals:
    """The numeral words, the patterns that match them and the arithmetic that reads them.

    Attributes ``digits``, ``mixed``, ``native``, ``sino`` and ``vague`` are regular expressions without
    groups; :meth:`read` reads whatever one of them matched.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        by_kind: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            for form in row.forms:
                by_kind[row["kind"]][form] = row["value"]
        self.kinds = by_kind
        self._sino = {form: int(v) for kind in ("sino_digit", "zero") for form, v in by_kind[kind].items()}
        self._small = {form: int(v) for form, v in by_kind["small"].items()}
        self._large = {form: int(v) for form, v in by_kind["large"].items()}
        self._native = {
            form: int(v)
            for kind in ("native_unit", "native_adnominal", "native_old", "native_first", "native_ten")
            for form, v in by_kind[kind].items()
        }
        self._ranges = {
            form: (int(v.split("-")[0]), int(v.split("-")[1]))
            for kind in ("native_range", "sino_range")
            for form, v in by_kind[kind].items()
        }
        small, large = alternatives(self._small), alternatives(self._large)
        excess = alternatives(by_kind["excess"])
        b = BLANK
        self.excess = excess
        digit = alternatives(by_kind["sino_digit"])
        self.digits = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
        power = f"(?:{small}?{large}|{small})"
        # A blank before a power of ten is a typesetter's: it counts only where a quantity goes on after it.
        loose = f"{b}{power}(?={b}?(?:\\d|{alternatives(by_kind['after_power'])}))"
        more = (
            f"(?:{self.digits}|{b}{self.digits}(?={b}?{excess}?{power})|{b}(?=\\d[\\d,]{{2}}){self.digits}|(?<=만){b}{self.digits})"
            f"(?!{b}?[년월일시분초])"
        )
        powers = f"(?:{b}?{excess}(?={b}?{power}))?+(?:{power}|{loose})(?:{more})?+"
        self.mixed = f"{self.digits}(?:{powers}){{1,16}}+"
        self.number = f"{self.digits}(?:{powers}){{0,16}}+"
        group = f"(?:{digit}?+{small})"
        tail = f"(?:{group}++{digit}?+{large}?+|{digit}{large})"
        self.sino = f"(?:{tail}|{large})(?:{b}?{tail})*+"
        # One numeral alone is half of all words (조사, 경기, 백기): two are needed, or a blank, or money.
        alone = f"{alternatives(by_kind['sino_alone'])}(?={b}|{alternatives(by_kind['after_alone'])})"
        syllable = alternatives([*by_kind["sino_digit"], *by_kind["small"], *by_kind["large"]])
        self.sino_count = f"(?:(?!{b}?[조경])(?={syllable}{{2}}(?<![조경])){self.sino}|{alone})"
        ten, unit = alternatives(by_kind["native_ten"]), alternatives(by_kind["native_unit"])
        adnominal = alternatives(by_kind["native_adnominal"])
        several = alternatives(by_kind["native_range"])
        self.native = f"(?:{ten}?+(?:{several}|{unit}|{adnominal})|{ten})"
        self.native_tight = f"(?:{ten}(?:{several}|{unit}|{adnominal})|{several}|(?!열){ten}|(?=..){unit})"
        self.native_alone = f"(?:{ten}?+{unit}|{ten})"
        vague = alternatives(by_kind["vague"])
        self.vague = f"(?:{vague}{b}?(?:{small}?+{large}|{small}))"
        self._token = re.compile(
            rf"(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<large>{large})|(?P<small>{small})"
            rf"|(?P<vague>{vague})|(?P<range>{alternatives(self._ranges)})"
            rf"|(?P<native>{alternatives(self._native)})|(?P<sino>{alternatives(self._sino)})|(?P<excess>{excess})|(?P<blank>[\s]+)"
        )
        self._decimal = re.compile(r"\d[\d,]*(?:\.\d+)?")

    def read(self, text: str) -> Number | None:
        """The number written as ``text``, or None where it is no number.

        >>> numerals.read("1조 2천억").value  # doctest: +SKIP
        1200000000000
        """
        if len(text) > _LONGEST:
            return None
        if self._decimal.fullmatch(text):
            return Number(_digits(text))
        total: Fraction | int = 0
        section: Fraction | int = 0
        current: Fraction | int | None = None
        spread: tuple[int, int] | None = None
        vague = approximate = False
        position = 0
        native = False
        for match in self._token.finditer(text):
            if match.start() != position:
                return None
            position = match.end()
            kind, word = match.lastgroup, match.group()
            if kind == "number":
                if current is not None:
                    return None
                bare = word.replace(",", "")
                current = Fraction(bare) if "." in bare else int(bare)
            elif kind == "sino":
                digit = self._sino[word]
                current = digit if current is None else current * 10 + digit
            elif kind == "native":
                if total:  # 만두 is no number
                    return None
                native = True
                current = (current or 0) + self._native[word]
            elif kind == "range":
                spread = self._ranges[word]
                if current is not None:
                    spread = (int(current) + spread[0], int(current) + spread[1])
                current = spread[0]
            elif kind == "small":
                power = self._small[word]
                section += (1 if current is None else current) * power
                current = None
            elif kind == "large":
                power = self._large[word]
                section += current or 0
                total += (section or 1) * power
                section, current = 0, None
            elif kind == "vague":
                vague = approximate = True
            elif kind == "excess":
                approximate = True
        if position != len(text):
            return None
        if vague:
            return Number(None, approximate=True)
        value = total + section + (current or 0)
        if spread is not None:
            ratio = Fraction(value) / spread[0] if spread[0] and not native else 1
            return Number(None, plain(spread[0] * ratio), plain(spread[1] * ratio), approximate)
        return Number(plain(value), approximate=approximate)


def _digits(text: str) -> int | float:
    bare = text.replace(",", "")
    if "." not in bare:
        return int(bare)
    value = float(bare)
    return int(value) if value.is_integer() else value

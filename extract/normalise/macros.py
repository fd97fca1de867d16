"""The named pieces that rule patterns are written with: ``{number}``, ``{month}``, ``{weekday}`` …

``{name}`` stands for the piece, ``{name:group}`` captures it as ``group``. A kind of ``calendar.csv`` or
``numerals.csv`` and a type of ``counters.csv`` or ``units.csv`` is a piece under its own name, so a new
word is one row. In a pattern a blank is any one blank (also the no-break one) and `` ?`` an optional one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import regex

from extract.errors import LexiconError
from extract.lexicon import Lexicon, Row
from extract.normalise import prefixes
from extract.normalise.numerals import BLANK, Numerals, alternatives

_MACRO = regex.compile(r"\{([a-z_][a-z_0-9]*)(?::([a-z][a-z0-9_]*))?\}")
_LATIN = regex.compile(r"[A-Za-z]$")
_BLANKS = regex.compile(r"(?P<set>\[(?:\\.|[^\]\\])*+\])|(?<!\\) ")
_MAX_DEPTH = 6
_LONG = ("Y", "6M", "3M", "M", "W", "D", "100Y")
_SHORT = ("TH", "TM", "TS")

FIXED = {
    "int": r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)",
    "year": r"(?:1\d\d\d|20\d\d|21\d\d)(?!\d)",
    "yy": r"\d\d(?!\d)",
    "apostrophe": r"['’‘`´′＇]",
    "month": r"(?:1[0-2]|0?[1-9])(?!\d)",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "mm": r"(?:1[0-2]|0[1-9])",
    "dd": r"(?:3[01]|[12]\d|0[1-9])",
    "hour": r"(?:2[0-4]|1\d|0?\d)(?!\d)",
    "minute": r"(?:[1-5]\d|0?\d)(?!\d)",
    "two": r"[0-5]\d(?!\d)",
    "dash": r"[-‐‑–—−]",
    "open": r"[(\[〔（【]",
    "close": r"[)\]〕）】]",
    "colon": "[:：]",
    "hangul": "[가-힣]",
    "below": r"(?:[△▽▼]|(?<![가-힣A-Za-z)\]\d~∼%\n])(?<![\d~∼%\n] )[-−–])",
    "event_day": (
        r"(?:3{list_mark}1|4{list_mark}(?:3|16|19)|5{list_mark}1[68]|6{list_mark}(?:10|15|25)|8{list_mark}15"
        r"|9{list_mark}11|10{list_mark}(?:4|26)|12{list_mark}12)(?!\d)"
    ),
    "weekday_mark": r"(?: ?[(\[（] ?{weekday_any} ?[)\]）]| {weekday}(?={end}))",
    "joined": r"(?:{tilde}|{dash})",
    "year_phrase": (
        r"(?:(?:{direction} )?{year:year} ?년도?|{apostrophe} ?{yy:yy}(?: ?년도?)?|{yy:yy} ?년도?|{relative_year:relative_year})"
    ),
    "any_period": (
        r"(?:(?:{year_phrase} ?)?(?:{month} ?월|[1-4] ?(?:/ ?4 ?)?분기|{half})|{year_phrase}|{relative_month}|{relative_week}"
        r"|{relative_quarter}|{year_part}|분기)"
    ),
    "month_shift": "(?:다음|이전|직전|해당|최초)",
    "clock_phrase": (
        r"(?:(?:{daypart} ?|{meridiem} ?)?(?:{hour} ?시(?!간)(?: ?{minute} ?분| ?반)?|{hour}:{two})(?: ?까지)?"
        r"|{daypart}(?={end}))"
    ),
    "sino_length": (
        r"(?:{sino_count}|{sino_range}|{sino}(?= )|{sino}(?=년)|[일삼사오육칠팔구십](?= ?(?:년|개월)))"
    ),
    "offset_end": r"(?:(?![가-힣])|(?=에|까지|부터|보다|의|만|쯤|께|인|면|이[가-힣 ]|은|과|엔|으로|처럼|이다|이었))",
    "length_end": (
        r"(?:(?![가-힣])|(?=간|동안|째|만|전|후|뒤|반|여|넘|안|새|치|가량|정도|씩|짜리|이내|이상|이하|마다|당|형|물|쯤|미만"
        r"|초과|내내|이 |의|을|를|은|는|과|와|도|에|이나|이면|이고|이며|이라|이다|이었|로|으로|까지|부터|밖에|뿐|보다|이란|임"
        r"|하고|이후|내(?!용)|차(?![가-힣])|여))"
    ),
}
"""Pieces that hold no words."""


class Words:
    """All words of the grammar: pieces for patterns, and rows by kind and form for the arithmetic."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.numerals = Numerals(lexicon.rows("numerals"))
        self.rows: dict[str, dict[str, Row]] = defaultdict(dict)
        for file, key in (
            ("numerals", "kind"),
            ("calendar", "kind"),
            ("counters", "type"),
            ("units", "type"),
        ):
            for row in lexicon.rows(file):
                for form in row.forms:
                    self.rows[row[key]][form] = row
        particles = {form for row in lexicon.rows("particles") for form in row.forms if form}
        self._pieces = dict(FIXED)
        self._begun: dict[str, prefixes.Beginnings] = {"int": frozenset([prefixes.DIGITS])}
        numerals = self.numerals
        for kind, rows in self.rows.items():
            self._pieces[kind] = alternatives(rows)
        josa = alternatives([*particles, *self.rows["final"]])
        self._pieces["end"] = (
            f"(?:(?![가-힣])|(?={alternatives(self.rows['suffix'])})|(?={josa}{{1,3}}+(?![가-힣])))"
        )
        for suffix in ("", "2", "3"):
            for name, letters, sino, native in (
                ("long", _LONG, ("년", "개월", "주일"), ("달", "해", "주", "주일", "주간", "세기", "분기")),
                ("short", _SHORT, ("분", "초", "시간"), ("시간",)),
            ):
                units = [form for form, row in self.rows["unit"].items() if row["value"] in letters]
                amount, unit = f"amount{suffix}", f"unit{suffix}"
                self._pieces[f"{name}_length{suffix}"] = (
                    f"(?:(?P<{amount}>{{number}})(?: ?(?P<excess>{{excess}}))?"
                    f" ?(?P<{unit}>{alternatives(units)})"
                    f"|(?P<{amount}>{{sino_length}}) ?(?P<{unit}>{alternatives(sino)})"
                    f"|(?P<{amount}>{{native}}) ?(?P<{unit}>{alternatives(native)})"
                    f"|(?P<{amount}>{{native_old}}) ?(?P<{unit}>달))"
                )
                self._pieces[f"{name}_unit"] = alternatives(units)
        self._pieces["weekday_any"] = alternatives([*self.rows["weekday"], *self.rows["weekday_short"]])
        self._pieces.update(
            digits=numerals.digits,
            mixed=numerals.mixed,
            number=numerals.number,
            native=numerals.native,
            native_alone=numerals.native_alone,
            native_tight=numerals.native_tight,
            sino_count=numerals.sino_count,
            sino=numerals.sino,
            severals=numerals.vague,
        )
        counts = self.rows["count"].items()
        self._pieces["open_count"] = alternatives(form for form, row in counts if row.guard == "open")
        for kind in (
            "count",
            "ordinal",
            "rank",
            "age",
            "multiple",
            "money",
            "measure",
            "percent",
            "mass",
            "noun",
        ):
            self._pieces[kind] = bounded(self.rows.get(kind, ()))
        self._pieces["counter"] = bounded(
            form
            for kind in ("count", "ordinal", "rank", "multiple", "age")
            for form in self.rows.get(kind, ())
        )
        self._pieces["counted_unit"] = bounded(
            form
            for kind in ("count", "ordinal", "rank", "multiple", "age", "money", "measure", "percent")
            for form in self.rows.get(kind, ())
        )

    def expand(self, pattern: str, where: str) -> str:
        """``pattern`` with every piece written out.

        Raises:
            LexiconError: on a piece that does not exist.
        """
        expanded = _blanks(pattern)
        for _ in range(_MAX_DEPTH):
            expanded, changed = _MACRO.subn(lambda m: self._piece(m, where), expanded)
            if not changed:
                return expanded
        raise LexiconError(
            "pieces nested too deeply", where=where, remedy="write the pattern with fewer pieces"
        )

    def listing(self) -> str:
        """All pieces as one text: what :meth:`expand` and :meth:`beginnings` make of a pattern hangs on nothing else."""
        return "\n".join(f"{name} {piece}" for name, piece in sorted(self._pieces.items()))

    def beginnings(self, pattern: str) -> prefixes.Beginnings:
        """How the matches of a pattern that :meth:`expand` has accepted may begin."""
        return prefixes.bare(prefixes.beginnings(pattern, self._begins))

    def _begins(self, name: str) -> prefixes.Beginnings:
        found = self._begun.get(name)
        if found is None:
            # A number is one symbol, whatever commas and points it holds.
            text = self._pieces[name].replace(self.numerals.digits, "{int}")
            found = self._begun[name] = prefixes.beginnings(text, self._begins)
        return found

    def _piece(self, match: regex.Match, where: str) -> str:
        name, group = match.groups()
        piece = self._pieces.get(name)
        if piece is None:
            known = ", ".join(sorted(self._pieces))
            raise LexiconError(f"no piece {{{name}}}", where=where, remedy=f"use one of: {known}")
        piece = _blanks(piece)
        return f"(?P<{group}>{piece})" if group else f"(?:{piece})"

    def find(self, kind: str, form: str) -> Row | None:
        """The row of ``kind`` with the form ``form``, whatever blanks were typed in it; None if there is none."""
        rows = self.rows[kind]
        return rows.get(form) or rows.get(form.replace("\u00a0", " "))

    def row(self, kind: str, form: str) -> Row:
        """Like :meth:`find`, for a form that a piece of that kind matched."""
        found = self.find(kind, form)
        if found is None:
            raise KeyError(form)
        return found


def _blanks(pattern: str) -> str:
    """``pattern`` with every blank standing for any blank, in a set of characters too."""
    return _BLANKS.sub(lambda m: m["set"].replace(" ", r"\x20\xa0") if m["set"] else BLANK, pattern)


def bounded(forms: Iterable[str]) -> str:
    """Alternatives of which a one-syllable word must end its eojeol, a Latin one not run on in letters."""

    groups: dict[str, list[str]] = {"latin": [], "long": [], "one": []}
    for form in forms:
        one = len(form) == 1 and "가" <= form <= "힣"
        groups["latin" if _LATIN.search(form) else "one" if one else "long"].append(form)
    ends = {"latin": "(?![A-Za-z0-9]|/[A-Za-z㎥㎡ℓ])", "long": "", "one": "{end}"}
    return (
        "(?:"
        + "|".join(f"{alternatives(group)}{ends[name]}" for name, group in groups.items() if group)
        + ")"
    )

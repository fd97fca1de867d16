"""What the tagging rules ask about an article again and again, computed once.

Edges of morphemes, nominal runs (unbroken stretches of nouns inside one eojeol) and what may follow a
name. All offsets are code points of the article's text, half open.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import NamedTuple

from extract.document import Analysis, Morpheme
from extract.lexicon import Lexicon
from extract.lexicon.matcher import Hit

NOMINAL = frozenset(
    {"NNG", "NNP", "NNB", "NR", "SN", "SL", "SH", "XPN", "XSN", "XR", "W_SERIAL", "W_HASHTAG"}
)
_LOOSE_SUFFIXES = frozenset(
    [
        "들",
        "측",
        "님",
        "씨",
        "발",
        "산",
        "제",
        "식",
        "형",
        "인",
        "계",
        "풍",
        "판",
        "내",
        "외",
        "간",
        "상",
        "권",
        "행",
        "적",
        "별",
        "당",
        "용",
        "등",
    ]
)
_FUNCTION = ("J", "VC", "E", "S", "XSV", "XSA", "W_")


_DOTS = "·․ㆍ‧・"
_new = tuple.__new__  # a named tuple in a third of the time that its own call takes


class Run(NamedTuple):
    """An unbroken stretch of nominal morphemes; ``first``/``last`` are morpheme indices, ``last`` excluded."""

    start: int
    end: int
    first: int
    last: int


class Layout:
    """Edges and nominal runs of one article."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        self.text = analysis.text
        self.morphemes = morphemes = analysis.morphemes
        self.particles = lexicon.particles
        self.suffixes = frozenset(lexicon.settings.get("noun_suffixes") or ())
        self.start_index = _starts(morphemes, len(self.text))
        self.runs = _runs(morphemes)
        self.run_starts = [run.start for run in self.runs]
        self.run_ends = {run.end: i for i, run in enumerate(self.runs)}
        self.domestic: dict[int, int] = {}  # where listed places of Korea begin, and where they end
        self.domestic_ends: frozenset[int] = frozenset()
        self.hits: list[Hit] = []  # listed forms with good edges, guarded ones too
        self.sentence_starts = [sentence.start for sentence in analysis.sentences]
        self._sentences = analysis.sentences

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """Bounds of the sentence that holds ``offset`` (the whole text where there is none)."""
        i = bisect_right(self.sentence_starts, offset) - 1
        if i >= 0 and offset < self._sentences[i].end:
            return self._sentences[i].start, self._sentences[i].end
        return 0, len(self.text)

    def run_at(self, offset: int) -> Run | None:
        """The nominal run that covers ``offset``."""
        i = bisect_right(self.run_starts, offset) - 1
        return self.runs[i] if i >= 0 and offset < self.runs[i].end else None

    def word_before(self, end: int) -> tuple[int, int]:
        """The stretch of Hangul syllables that ends at ``end``, whatever Kiwi makes of it."""
        start = end
        while start > 0 and "가" <= self.text[start - 1] <= "힣":
            start -= 1
        return start, end

    def covering(self, start: int, end: int) -> list[Morpheme]:
        """The morphemes that touch ``text[start:end]``."""
        i = self.start_index[start]
        if i < 0:
            i = max(0, bisect_right(self.morphemes, (start,)) - 1)
            while i > 0 and self.morphemes[i - 1].end > start:
                i -= 1
        out = []
        while i < len(self.morphemes) and self.morphemes[i].start < end:
            if self.morphemes[i].end > start:
                out.append(self.morphemes[i])
            i += 1
        return out

    def begins_well(self, start: int) -> bool:
        """Whether a name may begin here: at a word's beginning, or inside a word after a prefix or sign."""
        if start == 0 or not self.text[start - 1].isalnum():
            return True
        i = self.start_index[start]
        if i < 1:
            return False
        before = self.morphemes[i - 1]
        return before.end <= start and before.tag in (
            "XPN",
            "MM",
            "SW",
            "SO",
            "SS",
            "SSO",
            "SSC",
            "SP",
            "SF",
            "JX",
        )

    def after(self, end: int, length: int = 3) -> str:
        """What follows a name of ``length`` code points that ends here.

        ``edge`` (nothing, white space, a sign), ``particle``, ``suffix`` (들, 측, 발 …), ``noun`` (another
        noun in the same word), or ``inside`` (the end is not an edge at all).
        """
        text = self.text
        if end >= len(text) or not text[end].isalnum():
            return "edge"
        if self.before_dot(end + 1):
            return "inside"  # no particle stands before a middle dot: 이리가·수원시
        i = self.start_index[end]
        if i >= 0:
            while self.morphemes[i].end == end and i + 1 < len(self.morphemes):
                i += 1  # morphemes without width stand at the border
            tag = self.morphemes[i].tag
            if tag in ("XSV", "XSA"):
                return "inside"  # 완주하는, 중요한: the noun is part of a verb
            if tag.startswith("J") or tag in ("VCP", "VCN", "EC", "EF", "ETM"):
                return "particle"
            if tag == "XSN" or self.morphemes[i].form in self.suffixes:
                return "suffix"
            if tag in NOMINAL or tag in ("MAG", "MM", "XPN"):
                return "noun"
            return "particle" if self._particle_at(end) else "inside"
        if length >= 3 and self._particle_at(end):
            return "particle"  # Kiwi cut elsewhere, but what remains of the word is a particle
        return "inside"

    def word_ends(self, end: int) -> bool:
        """Whether the word ends here, but for a particle or what Kiwi calls one."""
        if end >= len(self.text) or not self.text[end].isalnum() or self._particle_at(end):
            return True
        return self.after(end) in ("particle", "suffix")

    def before_dot(self, end: int) -> bool:
        """Whether a middle dot stands at ``end``: no particle does before it, whatever Kiwi reads."""
        return self.text[end : end + 1] in _DOTS and end < len(self.text)

    def _particle_at(self, end: int) -> bool:
        """Whether the rest of the word is one of the particles of ``particles.csv``."""
        stop = end
        limit = min(len(self.text), end + 8)
        while stop < limit and "가" <= self.text[stop] <= "힣":
            stop += 1
        return self.text[end:stop] in self.particles

    def whole(self, start: int, end: int) -> bool:
        """Whether no morpheme reaches over either end of the stretch."""
        covering = self.covering(start, end)
        return not covering or (covering[0].start >= start and max(m.end for m in covering) <= end)

    def is_proper(self, start: int, end: int) -> bool:
        """Whether Kiwi reads the stretch as proper, foreign or unknown words, with nouns at most beside them."""
        covering = self.covering(start, end)
        return any(m.tag in ("NNP", "SL") or m.unknown for m in covering) and all(
            m.tag in NOMINAL or m.tag[0] == "S" for m in covering
        )

    def is_nominal(self, start: int, end: int) -> bool:
        """Whether nothing but nouns, numerals, foreign words and signs stands in the stretch."""
        return all(m.tag in NOMINAL or m.tag[0] == "S" for m in self.covering(start, end))


def _starts(morphemes: list[Morpheme], length: int) -> array[int]:
    """The number of the first morpheme that begins at each offset up to ``length``, -1 where none does."""
    numbers = array("i", [-1]) * (length + 1)
    for i in range(len(morphemes) - 1, -1, -1):
        numbers[morphemes[i][0]] = i
    return numbers


def _runs(morphemes: list[Morpheme]) -> list[Run]:
    runs: list[Run] = []
    begin = edge = first = -1  # of the run that goes on, where one does
    for i, (start, end, _form, tag, _unknown, _sentence, _id) in enumerate(morphemes):
        if tag in NOMINAL and end > start:
            if start != edge:
                if first >= 0:
                    runs.append(_new(Run, (begin, edge, first, i)))
                begin, first = start, i
            edge = end
        elif first >= 0:
            runs.append(_new(Run, (begin, edge, first, i)))
            first = edge = -1
    if first >= 0:
        runs.append(Run(begin, edge, first, len(morphemes)))
    return runs

"""Names that share their end: ``서울·경기교육청`` is 서울교육청 and 경기교육청, ``동·서부소방서`` 동부소방서 and 서부소방서.

The block of ``rules/identity.yaml`` with ``endings`` says which ends may be shared. A member becomes an ORG mention
of its own letters; its full name goes to the resolution. Where the full name is neither listed nor made of places
or directions like its neighbour's, nothing changes.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extract.document import Analysis, Why
from extract.errors import LexiconError
from extract.expression import Expression
from extract.lexicon import Lexicon, Row
from extract.model import Mention, stable_id

_DOTS = "·․ㆍ‧・•"
_DOT = Expression(f"[{_DOTS}]")
_MEMBERS = Expression(rf"(?<![가-힣A-Za-z0-9{_DOTS}])(?:[가-힣]{{1,10}}+\s?[{_DOTS}]\s?){{1,8}}+$")
_MEMBER = Expression(r"[가-힣]+")
_DIRECTION = Expression(r"(?P<way>[동서남북중])부(?=[가-힣]{2})")
_LOOK_BACK = 60
_PLACES = ("cities", "places")


class Full(NamedTuple):
    """The full name of a mention that leaves its end, or its beginning, to a neighbour; its row, where listed."""

    name: str
    row: Row | None


class Ellipsis:
    """Finds the members of shared ends.

    Raises:
        LexiconError: where ``endings`` is not a list of words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._gazetteer = lexicon.gazetteer
        endings: dict[str, tuple[str, float]] = {}
        for block in lexicon.rules("identity"):
            if "endings" not in block:
                continue
            words = block["endings"]
            if not isinstance(words, str) or not words.split():
                raise LexiconError(
                    "endings that say nothing", where=block["where"], remedy="write words with spaces between"
                )
            for word in words.split():
                endings.setdefault(word, (f"identity:{block['name']}", float(block.get("score", 0.8))))
        self._endings = endings
        self._longest_first = sorted(endings, key=len, reverse=True)

    def __call__(self, analysis: Analysis) -> dict[str, Full]:
        """Adds or relabels the mentions of members in ``analysis.mentions``.

        Returns:
            Full names by mention id, for members and for neighbours that need a beginning.
        """
        found: dict[str, Full] = {}
        text = analysis.text
        if not self._endings or _DOT.search(text) is None:
            return found
        for head in list(analysis.mentions):
            if head.label != "ORG" or head.start < 2:
                continue
            before = text[head.start - 1]
            if before not in _DOTS and not (before == " " and text[head.start - 2] in _DOTS):
                continue
            match = _MEMBERS.search(text, max(0, head.start - _LOOK_BACK), head.start)
            if match is None:
                continue
            self._members(analysis, head, match, found)
        return found

    def _members(
        self, analysis: Analysis, head: Mention, match: regex.Match[str], found: dict[str, Full]
    ) -> None:
        spans = [
            m.span() for m in _MEMBER.finditer(analysis.text, match.start(), match.end()) if m.group() != "등"
        ]
        direction = _DIRECTION.match(head.text)
        if direction is not None:
            self._directions(analysis, head, spans, direction.end(), found)
            return
        for start, end in reversed(spans):
            full = self._shared(analysis, head, start, end)
            if full is None:
                return
            self._add(analysis, head, start, end, full, found)

    def _shared(self, analysis: Analysis, head: Mention, start: int, end: int) -> tuple[Full, str] | None:
        """The full name of ``[start, end)``, which leaves its end to ``head``, and that end."""
        over = analysis.mentions[_over(analysis.mentions, start, end)]
        if any(m.label not in ("CITY", "PLACE") or (m.start, m.end) != (start, end) for m in over):
            return None
        part = analysis.text[start:end]
        if self._listed(part + head.text) is not None:
            return None  # 문화·체육관광부 is one name
        unlisted: tuple[Full, str] | None = None
        for ending in self._longest_first:
            beginning = head.text.removesuffix(ending)
            if beginning == head.text or not beginning or part.endswith(ending):
                continue
            alike = (bool(over) or self._is_place(part)) and self._is_place(beginning.split()[-1])
            row = self._listed(part + ending)
            if row is not None and (alike or not over):
                return Full(part + ending, row), ending
            if alike and len(ending) > 1 and (unlisted is None or self._is_place(part + ending[0])):
                unlisted = Full(part + ending, None), ending
        return unlisted

    def _directions(
        self,
        analysis: Analysis,
        head: Mention,
        spans: Sequence[tuple[int, int]],
        shared: int,
        found: dict[str, Full],
    ) -> None:
        """``서울 동·서부지방법원``: the place before belongs to all."""
        ending = head.text[shared:]
        known = next((word for word in self._longest_first if ending.endswith(word)), None)
        if known is None or not all(analysis.text[end - 1] in "동서남북중" for _, end in spans):
            return
        first = spans[0][0]
        place = analysis.text[first : spans[0][1] - 1]
        gap = ""
        if not place and first > 1 and analysis.text[first - 1] == " ":
            near = analysis.mentions[_over(analysis.mentions, first - 2, first - 1)]
            if near and near[0].label in ("CITY", "PLACE") and near[0].end == first - 1:
                place, gap = near[0].text, " "
        if len(spans) > 1 and any(end - start != 1 for start, end in spans[1:]):
            return
        for start, end in (*spans, (head.start, head.end)):
            way = head.text[0] if start == head.start else analysis.text[end - 1]
            names = [f"{place}{gap}{way}부{ending}", f"{place}{way}부{ending}"]
            rows = [row for row in map(self._listed, names) if row is not None]
            full = Full(rows[0].name if rows else names[0], rows[0] if rows else None)
            if start == head.start:
                if place:
                    found[head.mention_id] = full
            else:
                self._add(analysis, head, end - 1, end, (full, known), found)

    def _add(
        self,
        analysis: Analysis,
        head: Mention,
        start: int,
        end: int,
        full: tuple[Full, str],
        found: dict[str, Full],
    ) -> None:
        """Makes ``[start, end)`` an ORG mention, in place of a place's that stands there."""
        place = _over(analysis.mentions, start, end)
        over = analysis.mentions[place]
        if any((m.start, m.end) != (start, end) for m in over):
            return
        rule, score = self._endings[full[1]]
        mention_id = stable_id("m", analysis.article_id, start, end, "ORG")
        mention = dataclasses.replace(
            head,
            mention_id=mention_id,
            start=start,
            end=end,
            text=analysis.text[start:end],
            rule=rule,
            score=score,
        )
        for old in over:
            analysis.rows.pop(old.mention_id, None)
            analysis.values.pop(old.mention_id, None)
            analysis.why.pop(old.mention_id, None)
        lost = tuple(f"{m.rule}: {m.text} ({m.label})" for m in over)
        analysis.mentions[place] = [mention]
        analysis.why[mention_id] = Why(rule, (rule,), lost)
        if full[0].row is not None:
            analysis.rows[mention_id] = full[0].row
        found[mention_id] = full[0]

    def _listed(self, name: str) -> Row | None:
        rows = [row for row in self._gazetteer.named(name, "organisations") if row.label == "ORG"]
        return rows[0] if len(rows) == 1 else None

    def _is_place(self, form: str) -> bool:
        return bool(self._gazetteer.named(form, *_PLACES))


def _over(mentions: Sequence[Mention], start: int, end: int) -> slice:
    """The stretch of ``mentions`` (in order, without overlap) that have a character in ``[start, end)``."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    if first and mentions[first - 1].end > start:
        first -= 1
    return slice(first, bisect_left(mentions, end, lo=first, key=lambda m: m.start))


def full_names(mentions: Sequence[Mention], found: dict[str, Full]) -> Iterator[Mention]:
    """``mentions`` with the full name as the text of those that ``found`` completes."""
    for mention in mentions:
        full = found.get(mention.mention_id)
        yield mention if full is None else dataclasses.replace(mention, text=full.name)

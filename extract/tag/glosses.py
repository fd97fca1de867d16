"""Names that the text itself gives: ``세계자원연구소(WRI)``, ``(이하 ‘경제교류센터’)``, and names met again."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from extract.document import Candidate
from extract.model import ENTITY_LABELS
from extract.tag.layout import Layout
from extract.tag.occurrences import occurrences

_BRACKET = regex.compile(r"\s?[(（]([^()（）\n]{2,120}+)[)）]")
_CLOSERS = "’‘”“'\"`｣」』〉》>]"
_OPENERS = "‘’“”'\"`｢「『〈《<["
_ALIAS = regex.compile(
    rf"(?:이하|약칭|일명|정식명칭|구칭|영문명?|옛)\s?[:：]?\s?[{regex.escape(_OPENERS)}]?\s?"
    rf"(?P<name>[^,，{regex.escape(_CLOSERS)}]{{2,60}}?)\s?[{regex.escape(_CLOSERS)}]?$"
)
_LATIN = regex.compile(r"[A-Z][\p{Latin}&.,·’'\- ]*[\p{Latin}.]|the [A-Z][\p{Latin}&.·’'\- ]+")
_INITIALS = regex.compile(r"[A-Z](?:[·.][A-Z]){2,9}|[A-Z][A-Za-z0-9&+-]{1,11}")
_HANGUL = regex.compile(r"[가-힣][가-힣·\- ]{1,40}[가-힣]")
_SEPARATOR = regex.compile(r"[,，;/]|$")
_UNITS = frozenset(
    [
        "km",
        "m",
        "cm",
        "kg",
        "g",
        "t",
        "ha",
        "MW",
        "GW",
        "kW",
        "TV",
        "PDF",
        "HWP",
        "URL",
        "IT",
        "AI",
        "ICT",
        "MOU",
        "QR",
        "SNS",
    ]
)


_BY_ROLE = ("시", "도", "군", "구")


class GlossRules:
    """Candidates that follow from mentions already chosen."""

    def brackets(self, layout: Layout, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """Names in the bracket right after a mention, labelled like it."""
        text = layout.text
        for mention in chosen:
            if mention.label not in ("PERSON", "CITY", "PLACE", "ORG"):
                continue
            end = mention.end
            if text[end : end + 1] and text[end] in _CLOSERS:
                end += 1
            match = _BRACKET.match(text, end)
            if match is None:
                continue
            for start, stop in _items(text, match.start(1), match.end(1)):
                found = self._item(text, start, stop, mention)
                if found is not None:
                    yield Candidate(
                        *found, mention.label, mention.subtype, "names:gloss", 63, 0.85, mention.row
                    )

    def _item(self, text: str, start: int, stop: int, mention: Candidate) -> tuple[int, int] | None:
        item = text[start:stop]
        alias = _ALIAS.match(item)
        if alias is not None and "한다" not in item:
            return start + alias.start("name"), start + alias.end("name")
        latin_mention = text[mention.start : mention.end].isascii()
        if (_LATIN.fullmatch(item) or _INITIALS.fullmatch(item)) and item not in _UNITS and not latin_mention:
            if mention.label == "PERSON" and (item.isupper() or " " not in item):
                return None
            return start, stop
        if (
            latin_mention
            and _HANGUL.fullmatch(item)
            and mention.label == "ORG"
            and not item.endswith(("의", "등"))
        ):
            return start, stop
        return None

    def reversed(self, layout: Layout, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """The unknown name before a known abbreviation in brackets: ``인도 전경련(CII)`` once CII is known."""
        taken = {c.end for c in chosen}
        by_end = {c.end: c for c in chosen if c.label in ("PLACE", "CITY")}
        for mention in chosen:
            before = mention.start - 1
            if mention.label != "ORG" or mention.row is None or layout.text[before : before + 1] != "(":
                continue
            i = layout.run_ends.get(before)
            if before in taken or i is None or layout.runs[i].end - layout.runs[i].start < 3:
                continue
            abbreviation = layout.text[mention.start : mention.end]
            if not (abbreviation.isascii() and abbreviation.isupper()) or not layout.is_proper(
                layout.runs[i].start, before
            ):
                continue
            start = layout.runs[i].start
            place = by_end.get(start - 1)
            if place is not None and layout.text[start - 1] == " ":
                start = place.start
            yield Candidate(
                start, before, "ORG", mention.subtype, "names:before-abbreviation", 60, 0.75, mention.row
            )

    def again(self, layout: Layout, chosen: Iterable[Candidate]) -> Iterator[Candidate]:
        """The same name elsewhere in the article, and the last word of a foreign name before a title."""
        text = layout.text
        names: dict[str, Candidate] = {}
        for mention in chosen:
            name = text[mention.start : mention.end]
            if mention.municipal or (mention.places and name.endswith(_BY_ROLE)):
                continue  # place or body: each occurrence has its own role
            if mention.label in ("CITY", "PLACE") and (mention.row is None or len(name) < 4 or " " in name):
                continue
            if mention.label in ENTITY_LABELS and len(name) >= 2 and mention.score >= 0.6:
                names.setdefault(name, mention)
                tail = name.partition(" ")[2]
                if (
                    mention.label == "ORG"
                    and len(tail) >= 4
                    and " " not in tail
                    and "org_suffixes" in mention.rule
                ):
                    names.setdefault(tail, mention)  # 경제상업부 after 키르기스스탄 경제상업부
        sought = [name for name, mention in names.items() if len(name) > 2 or mention.label != "PERSON"]
        for name, starts in occurrences(text, sought).items():
            mention = names[name]
            for start in starts:
                end = start + len(name)
                if layout.begins_well(start) and layout.after(end) in ("edge", "particle", "suffix"):
                    rule = (
                        mention.rule if (start, end) == (mention.start, mention.end) else "article:same-name"
                    )
                    yield Candidate(start, end, mention.label, mention.subtype, rule, 40, 0.8, mention.row)

    def short_bodies(self, layout: Layout, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """``시는`` and ``구가`` after 서울시 or 중구 acted: the body that was named before."""
        named: dict[str, list[Candidate]] = defaultdict(list)
        for body in chosen:
            if body.label == "ORG" and (body.places or body.municipal):
                named[layout.text[body.end - 1]].append(body)
        for i, morpheme in enumerate(layout.morphemes[:-1]):
            if morpheme.form not in ("시", "구", "도") or morpheme.end - morpheme.start != 1:
                continue
            start, end = morpheme.start, morpheme.end
            if not morpheme.tag.startswith("N") or (start and layout.text[start - 1].isalnum()):
                continue
            if layout.morphemes[i + 1].start != end or layout.morphemes[i + 1].tag not in ("JX", "JKS"):
                continue
            alike = named[morpheme.form]
            i = bisect_right(alike, start, key=lambda body: body.end)
            if i:
                body = alike[i - 1]
                yield Candidate(start, end, "ORG", body.subtype, "names:short-body", 45, 0.7, body.row)

    def last_words(
        self, layout: Layout, chosen: Iterable[Candidate], title_starts: set[int]
    ) -> Iterator[Candidate]:
        """``도르스트 사무총장`` after ``볼프강 도르스트``: one or two last words of a known foreign name."""
        text = layout.text
        tails: set[str] = set()
        for mention in chosen:
            words = text[mention.start : mention.end].split()
            if mention.label == "PERSON" and len(words) == 1 and len(words[0]) == 2 and mention.score >= 0.6:
                tails.add(words[0])  # 모디 총리
            if mention.label == "PERSON" and len(words) > 1 and "가" <= words[0][0] <= "힣":
                tails.update(" ".join(words[i:]) for i in range(1, len(words)))
                tails.add(words[0])
        ranked = sorted(tails, key=lambda tail: (-len(tail), tail))
        for tail, starts in occurrences(text, [tail for tail in ranked if len(tail) >= 2]).items():
            for start in starts:
                end = start + len(tail)
                beside = text[end : end + 1] == " " and (
                    end + 1 in title_starts or text[end + 1 : end + 2] == "("
                )
                if beside and layout.begins_well(start):
                    yield Candidate(start, end, "PERSON", None, "people:part-of-name-before-title", 54, 0.8)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a bracket between commas, semicolons and slashes, trimmed."""
    position = start
    for match in _SEPARATOR.finditer(text[start:end]):
        stop = start + match.start()
        left, right = position, stop
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if right - left >= 2:
            yield left, right
        position = stop + 1

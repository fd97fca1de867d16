"""Organisations and places that nobody listed, by the word that they end in (``org_suffixes``, ``place_suffixes``)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from extract.document import Candidate
from extract.lexicon import Lexicon, Row
from extract.tag.layout import Layout, Run
from extract.tag.names import NameModel
from extract.tag.roles import Roles
from extract.tag.titles import KEPT_WORDS, lengths_by_end

_ENGLISH = regex.compile(r"[’”'\"」』]?\s?\([A-Z][A-Za-z]")
_TRADES = ("company", "media")
"""Subtypes whose suffixes are common nouns after common nouns: 교통카드, 냉동식품, 안내방송."""
_SIGNS = frozenset("-–·․ㆍ&")


class SuffixRules:
    """``에너지밸리기업개발원``, ``인도 주택도시개발부``, ``콜롬보 시의회``; ``타지마할호텔``, ``월미공원``."""

    def __init__(self, lexicon: Lexicon, names: NameModel, roles: Roles) -> None:
        self.names = names
        self.titles = roles.titles
        self.roles = roles
        self.org = _forms(lexicon, "org_suffixes")
        self.place = _forms(lexicon, "place_suffixes")
        self._lengths = lengths_by_end([*self.org, *self.place])
        self._suffix_of = lru_cache(KEPT_WORDS)(self._suffix)
        settings = lexicon.settings.get("suffixes") or {}
        self.abroad = frozenset(settings.get("abroad") or ())
        self.municipal = frozenset(settings.get("municipal") or ())
        self.never = tuple(settings.get("never") or ())
        self.generic = frozenset(settings.get("generic") or ())

    def __call__(self, layout: Layout, known: dict[int, list[Candidate]]) -> Iterator[Candidate]:
        """Candidates for every nominal run that ends in a suffix; ``known`` holds lexicon candidates by end."""
        text, suffix_of = layout.text, self._suffix_of
        for run in layout.runs:
            start, end, first, last = run
            if last - first > 1:
                end = self._end(layout, run)
            word = text[start:end]
            found = suffix_of(word)
            if found is None or len(word) < 2 or layout.after(end) in ("noun", "inside"):
                continue
            suffix, row = found
            stem_end = end - len(suffix)
            if stem_end > run.start and layout.start_index[stem_end] < 0 and len(suffix) == 1:
                unknown = layout.morphemes[run.last - 1].unknown and stem_end - run.start >= 2
                if not unknown or suffix not in self.municipal:
                    continue
            if suffix in self.titles.forms or word.endswith(self.never):
                continue  # 의원 is a clinic or a member of parliament
            if (
                len(suffix) == 1
                and stem_end - run.start <= 2
                and self._like_a_person(layout, run, end, stem_end, known)
            ):
                continue
            yield from self._candidate(layout, run, end, stem_end, suffix, row, known)

    def _like_a_person(
        self, layout: Layout, run: Run, end: int, stem_end: int, known: dict[int, list[Candidate]]
    ) -> bool:
        """``김수진`` and ``강민구`` end in 진 and 구, but are no places; ``나주시`` is, since 나주 is known."""
        if any(c.start == run.start for c in known.get(stem_end, ())):
            return False
        if self._proper_before(layout, run.start, known) is not None:
            return False  # 수원지검 강력부
        return self.names.score_span(layout, run.start, end) >= 0.35

    def _end(self, layout: Layout, run: Run) -> int:
        """The end of a run of several morphemes without 들, 측, 내 …"""
        last = layout.morphemes[run.last - 1]
        if last.tag == "XSN" or (last.form in ("측", "내", "간") and last.tag != "SL"):
            return last.start
        return run.end

    def _suffix(self, word: str) -> tuple[str, Row] | None:
        for length in self._lengths.get(word[-1:], ()):
            tail = word[-length:]
            row = self.org.get(tail) or self.place.get(tail)
            if row is not None and length <= len(word):
                return tail, row
        return None

    def _candidate(
        self,
        layout: Layout,
        run: Run,
        end: int,
        stem_end: int,
        suffix: str,
        row: Row,
        known: dict[int, list[Candidate]],
    ) -> Iterator[Candidate]:
        start = _over_signs(layout, run, known, of_state=len(suffix) == 1 and row.subtype == "government")
        stem = layout.text[start:stem_end]
        strong = row["strength"] == "strong"
        proper = bool(stem) and (
            _ENGLISH.match(layout.text, end) is not None
            or any(m.tag in ("NNP", "SL") or m.unknown for m in layout.covering(start, stem_end))
        )
        named = bool(stem) and any(
            c.start == start for e in range(start + 1, stem_end + 1) for c in known.get(e, ())
        )
        before = self._proper_before(layout, start, known)
        label = row.label or ("ORG" if row.file == "org_suffixes" else "PLACE")
        municipal = suffix in self.municipal and suffix in self.place and suffix in self.org
        if municipal:
            if not proper or named or len(stem) < 2:
                return
            if not self.roles.acts_as_body(layout, start, end):
                row = self.place[suffix]
                label = row.label or "PLACE"
        elif label == "PLACE" and self.titles.head(layout.text[run.start : end]):
            return  # 서울시장, 정책국장
        elif label == "PLACE" and self.roles.is_place_noun(suffix) and (not stem or known.get(stem_end)):
            return  # 중구지역 is 중구
        if stem and (proper or named):
            score = 0.85 if strong else 0.7
        elif stem and strong and len(stem) >= 2 and stem not in self.generic and row.subtype not in _TRADES:
            score = 0.6
        elif before is None or (stem and row.subtype in _TRADES):
            return
        else:
            score = 0.65
        venue = label == "PLACE" and row.subtype == "facility" and strong
        address = label == "PLACE" and row.subtype == "district" and before is not None and bool(stem)
        if label != "ORG" and not (proper or named or address or (before is not None and strong)):
            return
        if before is not None and (label == "ORG" or not stem or venue or address) and not municipal:
            yield Candidate(before, end, label, row.subtype, row.rule, 45, max(score, 0.7))
            if not stem or ((venue or address) and not proper):
                return
        yield Candidate(start, end, label, row.subtype, row.rule, 44, score, municipal=municipal)

    def _proper_before(self, layout: Layout, start: int, known: dict[int, list[Candidate]]) -> int | None:
        """Where a place, organisation or proper noun begins that stands, set off by one space, before ``start``."""
        if start < 2 or layout.text[start - 1] != " ":
            return None
        found = [c.start for c in known.get(start - 1, ()) if c.label in ("PLACE", "CITY", "ORG")]
        if not found:
            return None
        first = min(found)
        run = layout.run_at(first)
        if run is not None:
            first = min(first, _over_signs(layout, run._replace(start=first), known))
        if layout.text[first - 1 : first] in self.abroad and not layout.text[first - 2 : first - 1].isalnum():
            first -= 1  # 재인도 …, 주한 …
        return first


def _over_signs(layout: Layout, run: Run, known: dict[int, list[Candidate]], of_state: bool = False) -> int:
    """The beginning of a run joined to what stands before a hyphen or middle dot.

    A hyphen joins a place (``한국-인도비즈니스센터``), a dot one short noun to a department of state
    (``외교·국제협력부``); two bodies side by side (``공정위-대한상의``) stay two.
    """
    start = run.start
    while start > 1 and layout.text[start - 1] in _SIGNS:
        i = layout.run_ends.get(start - 1)
        if i is None:
            break
        named = {c.label for c in known.get(start - 1, ()) if c.start >= layout.runs[i].start}
        dash = layout.text[start - 1] in "-–"
        if dash and not named & {"PLACE", "CITY"}:
            break
        if not dash and (named or start != run.start or start - layout.runs[i].start > 5 or not of_state):
            break
        start = layout.runs[i].start
    return start


def _forms(lexicon: Lexicon, file: str) -> dict[str, Row]:
    forms: dict[str, Row] = {}
    for row in lexicon.rows(file):
        for form in row.forms:
            forms.setdefault(form, row)
    return forms

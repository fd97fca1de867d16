"""Candidates from lexicon rows: where a listed form really is a name, by edges, guards and role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from extract.document import Candidate
from extract.lexicon import Lexicon, Row
from extract.lexicon.matcher import Hit
from extract.tag.layout import Layout
from extract.tag.roles import Roles
from extract.tag.titles import TitleFinder

_LOCAL = ("CITY", "PLACE")
_PLACE_PARTICLES = ("에서", "에", "으로", "로", "까지", "부터", "발", "행")


_INSIDE_CITY = regex.compile(r"내(?:에서|에|의|로|를|는|도)?(?![가-힣])")


class LexiconTagger:
    """Lexicon hits of an article → candidates."""

    def __init__(self, lexicon: Lexicon, titles: TitleFinder, roles: Roles) -> None:
        self.gazetteer = lexicon.gazetteer
        self.titles = titles
        self.roles = roles
        self.block = _Block(lexicon)
        words = lexicon.settings.get("places") or {}
        self.abroad = frozenset((lexicon.settings.get("suffixes") or {}).get("abroad") or ())
        self.times = tuple(words.get("times") or ())
        self.contests = tuple(words.get("contests") or ())
        self.user_folders = tuple(str(folder) for folder in lexicon.folders[1:])

    def __call__(self, layout: Layout) -> list[Candidate]:
        """Candidates for every hit whose edges, guard and role allow it, in text order."""
        hits = [hit for hit in self.gazetteer.scan(layout.text) if self._edges(layout, hit)]
        layout.hits = hits
        plain: list[Candidate] = []
        layout.domestic = {
            hit.start: hit.end
            for hit in hits
            if any(row.label in ("CITY", "PLACE") and row["country"] in ("KR", "KP") for row, _ in hit.rows)
        }
        layout.domestic_ends = frozenset(layout.domestic.values())
        guarded: list[tuple[Hit, Row]] = []
        for hit in hits:
            free: list[Row] = []
            shy: list[Row] = []
            for row, guard in hit.rows:
                if self.block(layout.text, hit.start, hit.end, row.label or ""):
                    continue
                if guard in ("context", "title"):
                    shy.append(row)
                elif guard == "proper" and not layout.is_proper(hit.start, hit.end):
                    continue
                else:
                    free.append(row)
            namesakes: list[Row] = []
            if any(row.label in _LOCAL for row in free):
                namesakes = [row for row in shy if row.label in _LOCAL]
            if free:
                plain.extend(self._choose(layout, hit, free, namesakes))
            guarded.extend((hit, row) for row in shy if row not in namesakes)
        ends = {c.end for c in plain if c.label in ("PLACE", "CITY") or c.places}
        for hit, row in sorted(guarded, key=lambda g: g[0].start):
            if self._supported(layout, hit, row, ends):
                plain.extend(self._choose(layout, hit, [row]))
                if row.label in ("PLACE", "CITY"):
                    ends.add(hit.end)
        plain.sort(key=lambda c: (c.start, c.end, c.label))
        return plain

    def _edges(self, layout: Layout, hit: Hit) -> bool:
        length = hit.end - hit.start
        if length < 2 or not (layout.begins_well(hit.start) or self._abroad(layout, hit)):
            return False
        if self.user_folders and any(self._own(row) for row, _ in hit.rows):
            return layout.word_ends(hit.end)  # the user knows better than Kiwi: 봄이오면
        if layout.text[hit.end - 1] == "시" and _INSIDE_CITY.match(layout.text, hit.end):
            return length > 2  # 서울시내, though Kiwi reads 서울 + 시내
        after = layout.after(hit.end, length)
        if after == "inside":
            return False
        if after == "noun" and not self._before_noun(layout, hit):
            return False
        if length >= 5 or layout.is_nominal(hit.start, hit.end):
            return True
        if after == "edge" and any(row.subtype == "country" and not guard for row, guard in hit.rows):
            return True  # 인도 as a whole word, though Kiwi may read 인 + 도
        return not any(m.tag[0] in "VEJM" for m in layout.covering(hit.start, hit.end))

    def _abroad(self, layout: Layout, hit: Hit) -> bool:
        """A country after 재 or 주, as in ``재인도 한국인회``, where the word ends with it."""
        text, before = layout.text, hit.start - 1
        return (
            text[before] in self.abroad
            and (before == 0 or not text[before - 1].isalnum())
            and text[hit.end : hit.end + 1] == " "
            and any(row.subtype == "country" for row, _ in hit.rows)
        )

    def _before_noun(self, layout: Layout, hit: Hit) -> bool:
        """Whether the name may stand in one word with the noun after it: ``인도기업``, ``중구지역``."""
        run = layout.run_at(hit.end)
        noun = layout.text[hit.end : run.end] if run is not None else ""
        if any(row.label in ("CITY", "PLACE") for row, _ in hit.rows) and self.roles.is_place_noun(noun):
            return True
        if layout.text[hit.end - 1].isascii() and not noun[:1].isascii():
            return any(row.label == "ORG" for row, _ in hit.rows)  # WRI회의: the script changes
        if noun.startswith(self.times):
            return any(row.label in ("CITY", "PLACE") for row, _ in hit.rows)
        if not any(row.subtype in ("country", "continent") for row, _ in hit.rows):
            return False
        if noun == "시장":  # a country has no mayor: 인도시장 is its market
            return True
        return self.titles.head(noun) is None and not noun.startswith(self.contests)

    def _supported(self, layout: Layout, hit: Hit, row: Row, place_ends: set[int]) -> bool:
        """Whether the words around a guarded form say that it is a name here."""
        text = layout.text
        if hit.start - 1 in place_ends and text[hit.start - 1] == " ":
            return True
        rest = text[hit.end : hit.end + 4]
        if row.label in ("PLACE", "CITY"):
            return layout.is_proper(hit.start, hit.end) and rest.startswith(_PLACE_PARTICLES)
        run = layout.run_at(hit.end + 1) if rest.startswith(" ") else None
        titled = run is not None and run.start == hit.end + 1 and self.titles.head(text[run.start : run.end])
        return bool(titled) and layout.is_nominal(hit.start, hit.end)

    def _choose(
        self, layout: Layout, hit: Hit, rows: Sequence[Row], namesakes: Sequence[Row] = ()
    ) -> Iterable[Candidate]:
        """One candidate per label; a name that is place and body keeps the label that its role asks for.

        ``namesakes`` are further places of the form that count only inside a place before it (중국 안산).
        """
        by_label: dict[str, list[Row]] = {}
        if len(rows) > 1:
            rows = sorted(rows, key=lambda row: (not self._own(row), *_prior(row)))
        for row in rows:
            by_label.setdefault(row.label or "", []).append(row)
        places = (*(row for row in rows if row.label in _LOCAL), *namesakes)
        if "ORG" in by_label and places:
            body = self.roles.acts_as_body(layout, hit.start, hit.end)
            by_label = {k: v for k, v in by_label.items() if (k == "ORG") is body}
        if "CITY" in by_label and "PLACE" in by_label:
            ahead = _prior(by_label["CITY"][0]) <= _prior(by_label["PLACE"][0])
            by_label.pop("PLACE" if ahead else "CITY")
        for found in by_label.values():
            yield self._candidate(layout, hit, found, places)

    def _own(self, row: Row) -> bool:
        """Whether the row stands in one of the user's folders."""
        return bool(self.user_folders) and row.where.startswith(self.user_folders)

    def _candidate(self, layout: Layout, hit: Hit, rows: Sequence[Row], places: tuple[Row, ...]) -> Candidate:
        row = rows[0]
        user = self._own(row)
        return Candidate(
            hit.start,
            hit.end,
            row.label or "",
            row.subtype,
            row.rule,
            90 if user else row.priority,
            0.95 if layout.is_proper(hit.start, hit.end) else 0.85,
            row if user or _clear(rows) else None,
            places=places,
        )


def _clear(rows: Sequence[Row]) -> bool:
    """Whether the first of several namesakes is meant without any context: five times as many people."""
    if len(rows) == 1:
        return True
    first, second = (float(row["population"] or 0) for row in rows[:2])
    return first > 5 * second > 0 or (first > 500_000 and not second)


def _prior(row: Row) -> tuple[int, float, str]:
    """Rows of one form in the order in which they are believed without any context."""
    population = row["population"]
    return -row.priority, -float(population or 0), row.id


class _Block:
    """``block.csv``: forms never to tag, everywhere or where ``before``/``after`` stand beside them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows: dict[str, list[Row]] = {}
        for row in lexicon.rows("block"):
            for form in row.forms:
                self.rows.setdefault(form, []).append(row)

    def __call__(self, text: str, start: int, end: int, label: str) -> bool:
        for row in self.rows.get(text[start:end], ()):
            if row.label and row.label != label:
                continue
            before, after = row["before"], row["after"]
            near_before = not before or text[max(0, start - 20) : start].rstrip().endswith(
                tuple(before.split("|"))
            )
            near_after = not after or text[end : end + 20].lstrip().startswith(tuple(after.split("|")))
            if near_before and near_after:
                return True
        return False

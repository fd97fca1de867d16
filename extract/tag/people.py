"""People: Korean names by surname and context, foreign names by gloss and title, surnames before a title.

Every rule looks outward from an anchor that makes a person likely — a title, a Latin gloss in brackets, a
listing in the lexicon — and names itself in the candidates that it proposes (``people:…``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from extract.document import Candidate, Title
from extract.lexicon import Lexicon
from extract.tag.layout import Layout, Run
from extract.tag.names import NameModel
from extract.tag.transliteration import name_start

_LATIN_NAME = r"(?:[A-Z][\p{Latin}’'.-]*+|[a-z]{2,4}+|Mc[A-Z]\p{Latin}++)"
_GLOSS = regex.compile(rf"\(\s?({_LATIN_NAME}(?:\s{_LATIN_NAME}){{1,6}}+)\s?[),]")
_ANONYMOUS = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]|[A-Z]|남궁|황보|선우|제갈|독고|사공)"
    r"(?:(?P<mo>모)(?= ?\(\d|, ?\d| ?씨| ?[군양][ 은이을의에과])|(?P<gap> ?)(?:씨|(?<=[A-Z])[군양])(?![가-힣]{2}))"
)
_WORDS = regex.compile(r"[가-힣]{1,8}+(?: [가-힣]{1,8}+){1,5}+(?=\s?[,)])")
_ABBREVIATION = regex.compile(r"\s?\([A-Z][A-Z&]{1,9}[,)]")
_OPEN = "‘’“”'\"`｢「『<〈《("
_BETWEEN = " \u00a0" + _OPEN + "’”」』｣>〉》'\"`"
_BRACKET = regex.compile(r"\([^()\n]{1,60}+\)$")
_OFFICIAL = ("government", "diplomacy", "royalty", "clergy", "military")
"""Kinds of titles before which an unknown proper noun is a person rather than a body."""
_HONORIFICS = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "Sir",
        "Lady",
        "Lord",
        "Sheikh",
        "Sheikha",
        "Hon",
        "Rev",
        "King",
        "Queen",
        "Prince",
        "Princess",
    ]
)
_MAX_WALK = 5


class PeopleRules:
    """The rules; ``known`` is what other rules hold a word for (a name that is a place is no person)."""

    def __init__(self, lexicon: Lexicon, names: NameModel) -> None:
        self.names = names
        settings = lexicon.settings.get("people") or {}
        self.strong = {row.rule for row in lexicon.rows("titles") if row["strength"] == "strong"}
        self.official = {row.rule for row in lexicon.rows("titles") if row["kind"] in _OFFICIAL} & self.strong
        self.modifiers = frozenset(settings.get("modifiers") or ())
        self.endings = tuple(
            form
            for file in ("titles", "org_suffixes", "place_suffixes")
            for row in lexicon.rows(file)
            for form in row.forms
        )
        self.name_particles = frozenset(settings.get("foreign_name_particles") or ())
        self.accept = float(settings.get("accept", 0.30))
        self.accept_far = float(settings.get("accept_far", 0.50))
        self.accept_alone = float(settings.get("accept_alone", 0.80))
        self.place_endings = frozenset(settings.get("place_endings") or ())
        self.guarded = frozenset(settings.get("ambiguous_surnames") or ())

    def __call__(
        self, layout: Layout, titles: list[Title], known: dict[int, list[Candidate]]
    ) -> list[Candidate]:
        """Candidates of an article. ``known`` maps an end offset to the non-person candidates ending there."""
        found = list(self._glossed(layout, {title.end for title in titles}, known))
        for title in titles:
            found.extend(self._before_title(layout, title, known))
            found.extend(self._after_title(layout, title, known))
        full = {layout.text[c.start : c.end] for c in found}
        found.extend(self._surnames(layout, titles, full))
        found.extend(self._anonymous(layout))
        found.extend(self._alone(layout, known))
        return found

    # -- a name before its title -------------------------------------------------------------------
    def _before_title(
        self, layout: Layout, title: Title, known: dict[int, list[Candidate]]
    ) -> Iterator[Candidate]:
        """``박원순 서울시장``, ``최민호 대한상의 회장``, ``하디프 싱 푸리 인도 주택도시개발부 장관``, ``박원순시장``."""
        head_start = title.end - len(title.head)
        attached = self._attached(layout, title.start, head_start)
        if attached is not None:
            yield attached
            return
        if self._modified_surname(layout, title):
            return
        limit = layout.sentence_of(title.start)[0]
        position, steps, strange = title.start, 0, False
        while steps < _MAX_WALK:
            end, skipped = self._end_before(layout, position, limit)
            if _ABBREVIATION.match(layout.text, end):
                return  # a body with its abbreviation
            i = layout.run_ends.get(end)
            start = layout.word_before(end)[0]
            if i is None or layout.runs[i].start > start:  # Kiwi cut the word otherwise: 한동식 as 한 + 동식
                score = self.names.score_span(layout, start, end) if start >= limit else 0.0
                if steps and not strange and title.row in self.strong and start >= limit:
                    score = max(score, self.accept_far * self.names.short_name(layout, start, end))
                if score >= (self.accept if steps == 0 else self.accept_far):
                    yield Candidate(
                        start, end, "PERSON", None, "people:name-before-title", 60, min(0.9, 0.5 + score / 2)
                    )
                    return
            if i is None or layout.runs[i].start < limit:
                return
            run = layout.runs[i]
            word = layout.text[run.start : run.end]
            if word in self.modifiers:
                position = run.start
                continue
            if len(word) == 2 and word[1] == "모":
                return  # 김모 씨
            place_or_org = [c for c in known.get(run.end, ()) if c.start <= run.start]
            score = self.names.score(layout, run)
            needed = self.accept if steps == 0 else self.accept_far
            if (
                steps
                and not strange
                and title.row in self.strong
                and self.names.short_name(layout, run.start, run.end)
            ):
                needed = 0.0  # 조현 외교부 장관
            if score >= needed and not (place_or_org and score < 0.9 and not skipped):
                start = self._over_particle(layout, run.start)
                if not self.names.likely_given(word):  # 버락 오바마: 오 is a surname, 바마 no given name
                    foreign = self._foreign_before(layout, run.end, known, limit)
                    start = foreign[0] if foreign is not None else start
                yield Candidate(
                    start, run.end, "PERSON", None, "people:name-before-title", 60, min(0.95, 0.5 + score / 2)
                )
                return
            if not place_or_org and (title.row in self.official or steps) and not (steps and strange):
                foreign = self._foreign_before(layout, run.end, known, limit)
                if foreign is not None:
                    rule = "people:foreign-name-before-title"
                    yield Candidate(foreign[0], foreign[1], "PERSON", None, rule, 55, 0.7)
                    return
            if not place_or_org:
                if strange and not layout.is_proper(run.start, run.end):
                    return
                strange = True
            position = min([c.start for c in place_or_org], default=run.start)
            steps += 1

    def _over_particle(self, layout: Layout, start: int) -> int:
        """Before a short word of foreign names, if one stands there: ``알 하시미``."""
        if layout.text[start - 1 : start] != " ":
            return start
        first, end = layout.word_before(start - 1)
        return first if layout.text[first:end] in self.name_particles else start

    def _attached(self, layout: Layout, start: int, head_start: int) -> Candidate | None:
        """A name written together with its title: ``박원순시장``."""
        if not 3 <= head_start - start <= 4 or layout.start_index[head_start] < 0:
            return None
        if self.names.score_span(layout, start, head_start) < 0.6:
            return None
        return Candidate(start, head_start, "PERSON", None, "people:name-with-title-attached", 60, 0.8)

    def _end_before(self, layout: Layout, position: int, limit: int) -> tuple[int, bool]:
        """Where the word before ``position`` ends, over spaces, marks and one bracketed gloss (then true)."""
        text, end, skipped = layout.text, position, False
        for _ in range(3):
            while end > limit and text[end - 1] in _BETWEEN:
                if text[end - 1] == "(" and not skipped:
                    return limit, False
                end -= 1
            if end > limit and text[end - 1] == ")":
                bracket = _BRACKET.search(text, max(limit, end - 62), end)
                if bracket is None:
                    return limit, False
                end, skipped = bracket.start(), True
                continue
            break
        return end, skipped

    def _foreign_before(
        self, layout: Layout, end: int, known: dict[int, list[Candidate]], limit: int
    ) -> tuple[int, int] | None:
        """One to six Hangul words in a row, up to ``end``, that Kiwi does not know as nouns."""
        words: list[tuple[int, int]] = []
        while len(words) < 6:
            start = layout.word_before(end)[0]
            if start == end or start < limit or not self._foreign_word(layout, start, end, known):
                break
            words.append((start, end))
            if layout.text[start - 1 : start] != " ":
                break
            end = start - 1
        if not any(e - s > 1 and layout.text[s:e] not in self.name_particles for s, e in words):
            return None
        return words[-1][0], words[0][1]

    def _foreign_word(self, layout: Layout, start: int, end: int, known: dict[int, list[Candidate]]) -> bool:
        word = layout.text[start:end]
        if any(c.start <= start for c in known.get(end, ())) or _ABBREVIATION.match(layout.text, end):
            return False
        morphemes = layout.covering(start, end)
        if len(word) == 1:
            return word in self.name_particles or [m.tag for m in morphemes] == ["NNP"]
        if all(m.unknown for m in morphemes):
            return not word.endswith(self.endings)
        return all(m.tag == "NNP" for m in morphemes)

    def _modified_surname(self, layout: Layout, title: Title) -> bool:
        """Whether the word before the title is a lone surname (``박 시장``), which another rule takes."""
        i = layout.run_ends.get(title.start - 1)
        return i is not None and layout.runs[i].end - layout.runs[i].start == 1

    # -- a name after its title --------------------------------------------------------------------
    def _after_title(
        self, layout: Layout, title: Title, known: dict[int, list[Candidate]]
    ) -> Iterator[Candidate]:
        """``대표 홍길동``, ``(시장 윤하늘)``, ``주총리(Chief Minister) 아빈드 케지리왈``."""
        text, start = layout.text, title.end
        if text[start : start + 1] == "(":
            if layout.run_at(start + 1) is not None and "가" <= text[start + 1] <= "힣":
                start += 1
            else:
                close = text.find(")", start, start + 60)
                start = close + 1 if close > 0 else start
        while start < len(text) and text[start] in " \u00a0｢「『" and start - title.end < 64:
            start += 1
        if start == title.end:
            return
        bracketed = text[title.start - 1 : title.start] == "("
        foreign = _WORDS.match(text, start)
        if bracketed and foreign is not None:
            found = self._foreign_before(layout, foreign.end(), known, start)
            if found is not None and found[0] == start:
                rule = "people:foreign-name-after-title"
                yield Candidate(start, foreign.end(), "PERSON", None, rule, 58, 0.75)
                return
        run = layout.run_at(start)
        if run is None or run.start != start:
            return
        score = self.names.score(layout, run)
        threshold = self.accept_far if bracketed or title.row in self.strong else 0.6
        if bracketed and title.row in self.strong and text[run.end : run.end + 1] in (",", ")"):
            threshold = 0.1  # 문화체육관광부(장관 최휘영, …): nothing but a name stands there
        if score >= threshold and layout.after(run.end) != "noun" and not self._title_follows(layout, run):
            if not any(c.start <= run.start for c in known.get(run.end, ())):
                yield Candidate(
                    run.start, run.end, "PERSON", None, "people:name-after-title", 58, 0.5 + score / 2.2
                )

    def _title_follows(self, layout: Layout, run: Run) -> bool:
        return layout.after(run.end) == "suffix"

    # -- a surname standing for the person ---------------------------------------------------------
    def _surnames(self, layout: Layout, titles: list[Title], full: set[str]) -> Iterator[Candidate]:
        """``박 시장``, ``윤 신임 회장``, ``알 하시미 장관`` once the article knows who is meant."""
        surnames = {self.names.surname_of(name) for name in full if len(name) <= 4 and " " not in name}
        for title in titles:
            position = title.start
            i = layout.run_ends.get(position - 1) if layout.text[position - 1 : position] == " " else None
            if i is None and position == title.end - len(title.head):
                continue
            if i is not None and layout.text[layout.runs[i].start : layout.runs[i].end] in self.modifiers:
                j = layout.run_ends.get(layout.runs[i].start - 1)
                i = j if j is not None and layout.runs[j].end - layout.runs[j].start == 1 else i
            if i is not None:
                run = layout.runs[i]
                word = layout.text[run.start : run.end]
                if len(word) == 1 and word in self.names.surnames and self._word_begins(layout, run.start):
                    if word in surnames or (
                        word not in self.guarded
                        and title.row in self.strong
                        and self.names.surnames[word] <= 60
                    ):
                        yield Candidate(
                            run.start, run.end, "PERSON", None, "people:surname-before-title", 57, 0.85
                        )

    def _anonymous(self, layout: Layout) -> Iterator[Candidate]:
        """``김모(33)씨``, ``박씨``, ``A씨``: what stands for a name that is not told."""
        for match in _ANONYMOUS.finditer(layout.text):
            name = match["name"]
            if name in self.names.surnames or name.isascii():
                start = match.start("name")
                if self._word_begins(layout, start):
                    yield Candidate(start, match.end("name"), "PERSON", None, "people:anonymous", 56, 0.8)

    def _word_begins(self, layout: Layout, start: int) -> bool:
        return start == 0 or not layout.text[start - 1].isalnum()

    # -- a foreign name with its Latin form --------------------------------------------------------
    def _glossed(
        self, layout: Layout, title_ends: set[int], known: dict[int, list[Candidate]]
    ) -> Iterator[Candidate]:
        """``비제이 자가나단(Vijay Jagannathan)``: Hangul words that sound like the Latin ones, and the gloss."""
        for match in _GLOSS.finditer(layout.text):
            if match[1].isupper():
                continue
            end = match.start()
            while end > 0 and layout.text[end - 1] in " ’”'\"":
                end -= 1
            if end in title_ends:
                continue  # 주총리(Chief Minister)
            latin = match[1].split()
            while len(latin) > 1 and latin[0].rstrip(".") in _HONORIFICS:
                latin = latin[1:]
            start = name_start(layout.text, self._words_back(layout, end, known), latin)
            if start is None or (
                start == layout.word_before(end)[0]
                and len(latin) > 1
                and self.names.score_span(layout, start, end) < self.accept
            ):
                continue
            if not any(m.tag == "NNP" or m.unknown or m.tag[0] in "VEJ" for m in layout.covering(start, end)):
                continue  # 오픈소스(Open Source): a loanword of the dictionary
            yield Candidate(start, end, "PERSON", None, "people:latin-gloss", 62, 0.9)
            yield Candidate(match.start(1), match.end(1), "PERSON", None, "people:latin-gloss", 62, 0.9)

    def _words_back(
        self, layout: Layout, end: int, known: dict[int, list[Candidate]]
    ) -> list[tuple[int, int]]:
        """Hangul words in front of ``end``, nearest first, up to a sign or something known as place or body."""
        text = layout.text
        words: list[tuple[int, int]] = []
        while len(words) < 8:
            start = end
            while start > 0 and "가" <= text[start - 1] <= "힣":
                start -= 1
            if start == end or any(c.start <= start and c.row is not None for c in known.get(end, ())):
                break
            words.append((start, end))
            if start == 0 or text[start - 1] != " ":
                break
            end = start - 1
        return words

    # -- a name without any anchor -----------------------------------------------------------------
    def _alone(self, layout: Layout, known: dict[int, list[Candidate]]) -> Iterator[Candidate]:
        """A word that Kiwi reads as one proper noun and that has the syllables of a Korean name."""
        for run in layout.runs:
            if run.end - run.start != 3 or run.last - run.first != 1:
                continue
            if layout.morphemes[run.first].tag != "NNP" or any(
                c.start <= run.start for c in known.get(run.end, ())
            ):
                continue
            score = self.names.score(layout, run)
            if _ABBREVIATION.match(layout.text, run.end) or layout.text[run.end - 1] in self.place_endings:
                continue  # 홍제동, 윤중로, 한양대
            if score >= self.accept_alone and layout.after(run.end) in ("edge", "particle"):
                yield Candidate(run.start, run.end, "PERSON", None, "people:korean-name", 35, score * 0.75)

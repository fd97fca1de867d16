"""Who speaks: the subject of the verb of speech, a name before a colon, a source after a dash, else who spoke last."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from extract.expression import Expression
from extract.relate import clauses, nouns
from extract.relate.context import Context, members
from extract.relate.fillers import Filler
from extract.relate.marks import Span
from extract.relate.phrases import Phrase
from extract.relate.view import Unit, View

CITED = Expression(r"\s?이?라는\s.{0,30}?의\s(?:말|발언|조언|명언|격언|글)")
_COLON = Expression(r"\s?[:：]\s?")
_DASH = Expression(r"\s?[-–—―]\s?(?=\S)")
_WORD_BEFORE = Expression(r"(?<![가-힣])[가-힣]{1,8}\s$")
_AFTER_QUOTE = Expression(r"\s?(?:이?라고|고|라며|며)?\s")
_BODY_WORD = Expression(
    r"(?:실|팀|측|씨|부|처|청|당국|사무국|위원회|재단|학회|협회|연맹|노조|센터|병원|대학|신문|방송|매체)$"
)
_SPOKEN_OF = ("obj", "dat", "to", "with", "gen", "from", "other")
_CITING = Expression(r"^\s?이?라는\s|의\s[가-힣]+$")
_NAMED = ("PERSON", "ORG", "TITLE", "PRONOUN", "CITY", "PLACE")


class Speaker(NamedTuple):
    """A speaker: entity id where known, and the name as it reads; ``others`` say the same words with this one."""

    id: str | None
    name: str | None
    others: tuple[Speaker, ...] = ()


NOBODY = Speaker(None, None)


class SpeakerFinder:
    """Finds the speaker of a quotation. ``speech``: verbs of speech; ``person``: common nouns for speakers."""

    def __init__(self, speech: Expression, person: Expression) -> None:
        self.speech = speech
        self.person = person

    def __call__(
        self,
        view: View,
        context: Context,
        unit: Unit,
        span: Span,
        earlier: list[tuple[Span, Unit, str | None]],
        said: list[Speaker],
    ) -> Speaker:
        """Who says ``span``; ``earlier`` and ``said`` are the quotations before it and their speakers."""
        script = script_phrase(unit, span)
        if script is not None:
            return speaker_of(view, context, script)
        source = self._cited(view, unit, span) or self._source_after(view, unit, span)
        if source is not None:
            return source
        behind = self._subject_behind(view, context, unit, span)
        if behind is not None:
            return behind
        subject = clauses.subject_of(unit, span.outer_start, None, region=-1)
        previous = earlier[-1] if earlier else None
        if (
            previous is not None
            and previous[1] is unit
            and (subject is None or subject.position < previous[0].start)
            and not (previous[2] or "").endswith("자")  # “…”라고 말하자 “…”라고 답했다: another speaks
        ):
            return said[-1]
        if subject is not None:
            speaker = self._of_subject(view, context, unit, span, subject)
            if speaker is not None:
                return speaker
        return self._carried(view, context, unit, span, previous, said)

    def _of_subject(
        self, view: View, context: Context, unit: Unit, span: Span, subject: clauses.Subject
    ) -> Speaker | None:
        if subject.phrase is not None:
            speaker = speaker_of(view, context, subject.phrase)
            if speaker.name is not None:
                return speaker
            return None
        end = subject.position + len(subject.text)
        if self.person.search(subject.text) or any(
            t.end == end for t in view.titles_in(subject.position, end)
        ):
            return Speaker(None, nouns.clean_name(subject.text))
        if self._is_name(view, unit, span, end):
            return Speaker(None, nouns.clean_name(subject.text))
        for mark, position, _ in reversed(clauses.subject_marks(unit)):
            if position < subject.position and mark.phrase is not None and view.region(position) < 0:
                crossed = any(
                    p.kind == "EF" and position <= p.start < span.start
                    for p in unit.predicates
                    if view.region(p.start) < 0
                )
                return None if crossed else speaker_of(view, context, mark.phrase)
        return None

    def _is_name(self, view: View, unit: Unit, span: Span, end: int) -> bool:
        """Whether the untagged subject that ends at ``end`` names whoever says ``span``: a proper noun, or a
        word for a body, with nothing done in between."""
        i = view.morpheme_index(end) - 1
        named = view.morphemes[i].tag in ("NNP", "SL") or _BODY_WORD.search(view.text, max(0, end - 8), end)
        if (
            not named
            or self.speech.search(view.text, span.outer_end, min(unit.end, span.outer_end + 40)) is None
        ):
            return False
        return not any(
            p.kind in ("EF", "EC") and end <= p.start and p.end <= span.outer_start for p in unit.predicates
        )

    def _subject_behind(self, view: View, context: Context, unit: Unit, span: Span) -> Speaker | None:
        """``“…”라고 박 시장은 말했다``: a subject between the quotation and its verb."""
        match = self.speech.search(view.text, span.outer_end, min(unit.end, span.outer_end + 80))
        if match is None:
            return None
        between = view.text[span.outer_end : match.start()]
        if any(q.outer_start >= span.outer_end and q.outer_start < match.start() for q in view.quoted):
            return None
        if not _AFTER_QUOTE.match(between):
            return None
        for phrase in unit.phrases:
            if (
                span.outer_end <= phrase.start < match.start()
                and phrase.is_subject
                and phrase.label in ("PERSON", "ORG")
            ):
                found = members(view, phrase, context)
                if found and phrase.after + 12 >= match.start():
                    return _joint(found)
        return None

    def _cited(self, view: View, unit: Unit, span: Span) -> Speaker | None:
        """``“…”라는 홍길동 교수의 말을 인용해``: the words of somebody else."""
        match = CITED.match(view.text, span.outer_end, min(unit.end, span.outer_end + 60))
        if match is None:
            return None
        people = [m for m in view.mentions_in(span.outer_end, match.end()) if m.label == "PERSON"]
        if people:
            return Speaker(people[-1].entity_id, view.name_of(people[-1]))
        words = view.text[span.outer_end : match.end()]
        return Speaker(None, _CITING.sub("", words).strip() or None)

    def _source_after(self, view: View, unit: Unit, span: Span) -> Speaker | None:
        """``“…” - 세계경제포럼 보고서 중에서``: a source after a dash."""
        match = _DASH.match(view.text, span.outer_end)
        if match is None or match.end() - span.outer_end < 1:
            return None
        mentions = [
            m for m in view.mentions_in(match.end(), match.end() + 20) if m.label in ("PERSON", "ORG")
        ]
        if mentions and mentions[0].start == match.end():
            return Speaker(mentions[0].entity_id, view.name_of(mentions[0]))
        return NOBODY

    def _carried(
        self,
        view: View,
        context: Context,
        unit: Unit,
        span: Span,
        previous: tuple[Span, Unit, str | None] | None,
        said: list[Speaker],
    ) -> Speaker:
        """The speaker goes on from what stands before: the last speaker, else the last person who acted."""
        if (
            previous is not None
            and 0 <= unit.index - previous[1].index <= 2
            and unit.section == previous[1].section
        ):
            newer = self._last_subject(view, context, unit, span.outer_start, previous[0].outer_end)
            return newer or said[-1]
        newer = self._last_subject(view, context, unit, span.outer_start, 0)
        if newer is not None:
            return newer
        start = view.units[max(0, unit.index - 1)].start
        spoken_of = {p.mention.start for p in unit.phrases if p.mention is not None and p.role in _SPOKEN_OF}
        people = [
            m
            for m in view.mentions_in(start, span.outer_start)
            if m.label == "PERSON" and m.start not in spoken_of
        ]
        if people and view.text.find("\n\n", people[-1].end, span.outer_start) < 0:
            return Speaker(people[-1].entity_id, view.name_of(people[-1]))
        return NOBODY

    def _last_subject(
        self, view: View, context: Context, unit: Unit, before: int, floor: int
    ) -> Speaker | None:
        for index in range(unit.index, max(-1, unit.index - 3), -1):
            candidate = view.units[index]
            if candidate.section != unit.section:
                break
            for mark, position, _ in reversed(clauses.subject_marks(candidate)):
                if floor <= position < before and view.region(position) < 0 and mark.phrase is not None:
                    if mark.phrase.label == "PERSON":
                        return speaker_of(view, context, mark.phrase)
        return None


def speaker_of(view: View, context: Context, phrase: Phrase) -> Speaker:
    """The speaker that a phrase names; a title that nobody of the article bears stays as text."""
    if phrase.label == "PRONOUN":
        return _joint(members(view, phrase, context))
    if phrase.label not in _NAMED:
        return NOBODY
    found = members(view, phrase, context)
    if found:
        return _joint(found)
    start = phrase.start
    before = _WORD_BEFORE.search(view.text, max(0, start - 12), start)
    if (
        phrase.label == "TITLE"
        and before
        and view.morphemes[view.morpheme_index(before.start())].tag[:2] in ("NN", "NR")
    ):
        start = before.start()  # 왕 부장: a name that nobody tagged
    return Speaker(None, nouns.clean_name(view.text[start : phrase.end]))


def _joint(found: list[Filler]) -> Speaker:
    """One speaker for all of ``found``, the first of them with the ``others``."""
    speakers = [Speaker(f.id, f.name) for f in found if f.label in ("PERSON", "ORG", "CITY", "PLACE")]
    return speakers[0]._replace(others=tuple(speakers[1:])) if speakers else NOBODY


def script_phrase(unit: Unit, span: Span) -> Phrase | None:
    """The name before a colon: ``박원순 서울시장: “…”``."""
    text = unit.view.text
    if not text[max(0, span.outer_start - 2) : span.outer_start].rstrip().endswith((":", "：")):
        return None
    k = bisect_left(unit.phrases, span.outer_start, key=attrgetter("start")) - 1
    if k >= 0:
        phrase = unit.phrases[k]
        gap = text[phrase.end : span.outer_start]
        if phrase.label in ("PERSON", "ORG", "TITLE") and _COLON.fullmatch(gap):
            return phrase
    return None

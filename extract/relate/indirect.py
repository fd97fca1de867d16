"""Indirect speech: a person's words told without marks.

Three shapes, whose verbs come from ``quotes.yaml``: ``…라고 말했다`` (kind ``indirect``), ``…하겠다는 뜻을 밝혔다``
(``stance``) and ``…할 것을 당부했다`` (``order``). Only people who are named or meant by ``그는``, ``두 사람은``
speak so; what a body announces is no quotation.
"""

from __future__ import annotations

from typing import NamedTuple

import regex
from daachorse import CharwiseDoubleArrayAhoCorasick

from extract.expression import Expression
from extract.relate import clauses
from extract.relate.context import Context
from extract.relate.predicates import Predicate
from extract.relate.speakers import Speaker, speaker_of
from extract.relate.view import Unit, View

MIN_WORDS = 10
"""Code points from which on reported words are a quotation."""

_SAID = Expression(r"(?:다|라|자|냐)고$")
_MEANT = Expression(r"(?:다|라|자)는$")
_FUTURE = ("ᆯ", "을", "ㄹ")
_SPEAKING = ("PERSON", "PRONOUN", "TITLE")
_GOES_ON = Expression(r"(?:이어|이어서|또|또한|아울러|그러면서|특히|그리고|더불어)[,\s]")
_LEADING = Expression(
    r"[\s,]+|\([^()\n]{0,60}\)|(?:이어|이어서|또|또한|특히|아울러|그러면서|앞서|한편|다만|이날|전날|이에\s대해|이와\s관련해?|이\s자리에서)[\s,]+"
    r"|[^.,\n“”\"]{0,60}?(?:인터뷰|회견|간담회|브리핑|회의|총회|행사|연설|축사|기념사|취임사|개회사|환영사|인사말|강연|토론회|포럼"
    r"|페이스북|SNS|방송|성명|논평|기고|자리|회담|면담|협약식|개소식|기념식)"
    r"(?:에서|에서는|에\s(?:참석|출연)해|(?:을|를)\s(?:통해|갖고|열고|열어|가지고))[\s,]+"
    r"|[^.,\n“”\"]{1,40}?(?:[을를]\s(?:방문해|찾아|만나)|[와과]\s만나)[\s,]+"
)


class Told(NamedTuple):
    """Reported words as a half-open span, who said them, and the verb that tells so, with its end."""

    unit: Unit
    start: int
    end: int
    speaker: Speaker
    cue: str
    cue_end: int


class IndirectFinder:
    """Finds indirect speech. The arguments are expressions for what follows the reported clause."""

    def __init__(self, speech: Expression, stance: Expression, order: Expression) -> None:
        self.speech, self.stance, self.order = speech, stance, order
        # how a reported clause ends, and what must follow
        said, meant = ("다고", "라고", "자고", "냐고"), ("다는", "라는", "자는")
        self._ends = CharwiseDoubleArrayAhoCorasick([*said, *meant, "것을"])
        self._after = [*[(speech, 2)] * len(said), *[(stance, 2)] * len(meant), (order, 0)]

    def __call__(self, view: View, context: Context, spoken: dict[int, Speaker]) -> list[Told]:
        """The reported words of an article; ``spoken`` says who spoke last in a unit, by its index."""
        found: list[Told] = []
        spoken = dict(spoken)
        for unit in self._telling(view):
            floor = unit.start  # one says several things in a sentence: …라고 평가하고, …하자고 했다
            for predicate in unit.predicates:
                told = self._told(view, context, unit, predicate, spoken, floor)
                if told is not None:
                    found.append(told)
                    spoken[unit.index] = told.speaker
                    floor = told.cue_end
        return found

    def _telling(self, view: View) -> list[Unit]:
        """The units in which a clause is followed by a verb that reports it."""
        units: dict[int, Unit] = {}
        for start, _, word in self._ends.find_overlapping(view.text):
            pattern, width = self._after[word]
            if pattern.match(view.text, start + width):
                unit = view.unit_at(start)
                if unit is not None and unit.section not in ("title", "boilerplate"):
                    units[unit.index] = unit
        return list(units.values())

    def _told(
        self,
        view: View,
        context: Context,
        unit: Unit,
        said: Predicate,
        spoken: dict[int, Speaker],
        floor: int,
    ) -> Told | None:
        if view.region(said.start) >= 0:
            return None
        cue, end = self._cue(view, unit, said)
        if cue is None or view.region(cue.start()) >= 0:
            return None
        start, speaker = self._speaker(view, context, unit, said, spoken)
        if speaker is None or speaker.name is None:
            return None
        start = _past_leading(view, max(start, floor), end)
        if end - start < MIN_WORDS or any(q.outer_start < end and start < q.outer_end for q in view.quoted):
            return None
        if any(p.kind == "EF" and start <= p.start < end for p in unit.predicates):
            return None
        return Told(unit, start, end, speaker, cue.group().strip(), cue.end())

    def _cue(self, view: View, unit: Unit, said: Predicate) -> tuple[regex.Match[str] | None, int]:
        """The verb after the reported clause, and where the reported words end."""
        text = view.text
        if said.kind == "EC" and _SAID.search(said.ending):
            end = said.end - 1
            if said.ending.startswith("라") and said.stem == "이":
                end = said.start  # 골목이라고: the copula goes
            return self.speech.match(text, said.end, unit.end), end
        if said.kind == "ETM" and _MEANT.search(said.ending):
            return self.stance.match(text, said.end, unit.end), said.end - 1
        if said.kind == "ETM" and said.ending in _FUTURE:
            match = self.order.match(text, said.end, unit.end)
            return match, text.find("것", said.end) + 1 if match is not None else said.end
        return None, said.end

    def _speaker(
        self, view: View, context: Context, unit: Unit, said: Predicate, spoken: dict[int, Speaker]
    ) -> tuple[int, Speaker | None]:
        """Where the reported words may begin, and who says them."""
        # a subject in 이/가 belongs to the reported clause: 시장이 왔다고 밝혔다
        topics = [
            mark
            for mark, position, role in clauses.subject_marks(unit)
            if role == "topic" and position < said.start and view.region(position) < 0
        ]
        subject = topics[0] if topics else None
        for later in topics[1:]:  # 시는 …하고, 시장은 …라고 말했다: each topic has its clause
            assert subject is not None
            if any(p.kind == "EC" and subject.position < p.start < later.position for p in unit.predicates):
                subject = later
        if subject is None:
            if _GOES_ON.match(view.text, unit.start) and unit.index - 1 in spoken:
                return unit.start, spoken[unit.index - 1]
            return unit.start, None
        phrase = subject.phrase
        if phrase is None or phrase.label not in _SPEAKING:
            return unit.start, None
        speaker = speaker_of(view, context, phrase)
        last = (phrase.group or [phrase])[-1]
        return last.after, speaker if speaker.id is not None else None


def _past_leading(view: View, start: int, end: int) -> int:
    """Past what tells when and where it was said: ``지난 11일 기자회견에서``."""
    moved = True
    while moved and start < end:
        match = _LEADING.match(view.text, start, end)
        moved = match is not None and match.end() > start
        if match is not None:
            start = match.end()
        for mention in view.mentions_in(start, start + 1):
            if mention.label in ("DATE", "TIME") and mention.end < end:
                start, moved = mention.end, True
    return start

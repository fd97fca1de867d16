"""Who a phrase means, and what carries over from sentence to sentence: topic, last person, occasions."""

from __future__ import annotations

from extract.expression import Expression
from extract.relate import clauses
from extract.relate.antecedents import antecedents
from extract.relate.fillers import Filler, filler
from extract.relate.phrases import Phrase
from extract.relate.view import Unit, View

_POINTS_BACK = Expression(
    r"이\s?자리(?:에|에는|에서)|(?:이날|이번|동|본|해당)\s[가-힣]*(?:회|식|행사|강연|회의|포럼|축제)(?:은|는|에|에는|에서)|행사에"
)
_BARE = Expression(r"[가-힣]{2,4}")


class Context:
    """What carries over from sentence to sentence: the topic, the last person, the last pair."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._topics: dict[int, list[Filler]] = {}
        self.occasions: list[
            Filler
        ] = []  # every telling of an occasion, by position, with the event's full name

    def topics(self, unit: Unit) -> list[Filler]:
        """The mentions that are the topic (else the subject) of ``unit``."""
        if unit.index not in self._topics:
            found: list[Filler] = []
            finals = [p.end for p in unit.predicates if p.kind == "EF" and self.view.region(p.start) < 0]
            floor = finals[-2] if len(finals) > 1 else unit.start
            for mark, _, role in clauses.subject_marks(unit):
                if self.view.region(mark.position) >= 0 or mark.position < floor:
                    continue
                if role == "topic" or not found:
                    if mark.phrase is not None and mark.phrase.mention is not None:
                        found = members(self.view, mark.phrase, self)
                        if role == "topic":
                            break
                    elif role == "topic":
                        found = []
                        break
            self._topics[unit.index] = found
        return self._topics[unit.index]

    def carried(self, unit: Unit, labels: frozenset[str], reach: int = 2) -> list[Filler]:
        """The nearest earlier topic with one of ``labels``, at most ``reach`` sentences back."""
        for back in range(1, reach + 1):
            if unit.index - back < 0:
                break
            before = self.view.units[unit.index - back]
            if before.section != unit.section:
                break
            topics = self.topics(before)
            if topics:
                return topics if all(t.label in labels for t in topics) else []
        return []

    def event_before(self, unit: Unit, offset: int, *, topic: bool = False) -> Filler | None:
        """The occasion told last before ``offset``, in this sentence or the one before it.

        ``topic``: where it stands in an earlier sentence, this one must point back to it (``이 자리에는``).
        """
        earlier = [o for o in self.occasions if o.start < offset]
        if not earlier:
            return None
        last = earlier[-1]
        if last.start < unit.start:
            if topic and not _POINTS_BACK.search(self.view.text, unit.start, offset):
                return None
            if not topic and last.start < self.view.units[max(0, unit.index - 2)].start:
                return None
        return last

    def event_after(self, unit: Unit, offset: int) -> Filler | None:
        """The first occasion after ``offset`` in the same sentence (``… 참석한 가운데 총회를 열었다``)."""
        return next((o for o in self.occasions if offset < o.start < unit.end), None)

    def full_event(self, unit: Unit, named: Filler) -> Filler | None:
        """The event that a bare name (``행사``, ``개소식``) stands for; None for a bare name without one."""
        if " " in named.name or named.id is not None or not _BARE.fullmatch(named.name):
            return named
        same = [o for o in self.occasions if o.name.endswith(named.name) and o.name != named.name]
        if same:
            return named._replace(name=same[0].name)
        before = [o for o in self.occasions if o.start < named.start]
        if named.name in ("행사", "자리", "회의", "대회") and before:
            return named._replace(name=before[-1].name)
        return None if named.name in ("행사", "자리", "대회", "교육", "캠페인") else named

    def last_person(self, unit: Unit, before: int) -> Filler | None:
        """The person that ``그는`` at ``before`` means: the last person who was a subject, not one in others' words."""
        heard = (-1, self.view.region(before))
        for index in range(unit.index, max(-1, unit.index - 4), -1):
            for mark, position, _ in reversed(clauses.subject_marks(self.view.units[index])):
                if position >= before or self.view.region(mark.position) not in heard:
                    continue
                if mark.phrase is not None and mark.phrase.label == "PERSON":
                    return filler(self.view, mark.phrase)
        return None


def members(view: View, phrase: Phrase, context: Context) -> list[Filler]:
    """All members of the list that ``phrase`` belongs to."""
    if phrase.label == "PRONOUN":
        unit = view.unit_at(phrase.start)
        if unit is None or phrase.reference is None:
            return []
        if phrase.reference.count == 1 and phrase.reference.labels == {"PERSON"}:
            person = context.last_person(unit, phrase.start)
            return [person] if person else []
        return antecedents(view, unit, phrase)
    found = (filler(view, p) for p in (phrase.group or [phrase]))
    return [f for f in found if f is not None]

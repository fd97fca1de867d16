"""Events: what took or will take place, when, where, by and with whom.

Two ways lead to an event: an *act* (``면담했다``, ``협약을 체결했다``, ``방문 중인``) and an *occasion*
(``간담회를 열었다``, ``총회가 개최됐다``, ``개소식에 참석했다``). The trigger words are rows of ``events.csv``; the
blocks of ``events.yaml`` say how an outline (``· 일 시 : …``) names them.
"""

from __future__ import annotations

from extract.lexicon import Lexicon
from extract.model import Event
from extract.relate.acts import ActFinder
from extract.relate.context import Context
from extract.relate.drafts import Draft, bare, event_row, join_last, merge
from extract.relate.fillers import Filler, of_mention
from extract.relate.labels import Label, label_of, listed_under
from extract.relate.occasions import OccasionFinder
from extract.relate.predicates import word_set
from extract.relate.triggers import TriggerWords
from extract.relate.view import Unit, View

_VAGUE = word_set("행사 대회 캠페인 훈련 교육 강좌")


class EventFinder:
    """Finds the events of an article with the trigger words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.triggers = TriggerWords(lexicon)
        scores = {b["told"]: float(b["score"]) for b in lexicon.rules("events") if b.get("kind") == "told"}
        self.acts = ActFinder(self.triggers, scores.get("act", 0.8))
        self.occasions = OccasionFinder(self.triggers, scores.get("occasion", 0.8))
        self.labels: dict[str, Label] = {}
        for block in lexicon.rules("events"):
            if block.get("kind") == "outline":
                self.labels[block["field"]] = label_of(block.get("words", ()))

    def __call__(self, view: View, context: Context) -> list[Event]:
        """The events of an article, one row each, sorted by ``start``."""
        drafts: list[Draft] = []
        for unit, spans in _by_unit(view, self.triggers.act(view.text)):
            drafts += self.acts(unit, context, spans)
        for unit, spans in _by_unit(view, self.triggers.occasion(view.text)):
            drafts += self.occasions(unit, context, spans)
        drafts.sort(key=lambda d: (d.unit.section == "title", d.start))
        merged: list[Draft] = []
        tellings: list[tuple[Draft, Draft | None]] = []
        for draft in drafts:
            vague = draft.head in _VAGUE and bare(draft)
            tellings.append((draft, join_last(merged, draft) if vague else merge(merged, draft)))
        context.occasions = sorted(
            Filler(None, event.name, "TEXT", draft.start, draft.end)
            for draft, event in tellings
            if event is not None and event.name and event.rule.startswith("events:event-")
        )
        self._outline(view, merged)
        return [event_row(view, draft) for draft in sorted(merged, key=lambda d: (d.start, d.end))]

    def _outline(self, view: View, drafts: list[Draft]) -> None:
        """``· 일 시 : …`` and ``· 장 소 : …`` fill in the main event of the article."""
        main = next((d for d in drafts if d.type != "visit"), None)
        if main is None:
            return
        for kind, label in self.labels.items():
            if (main.day if kind == "date" else main.place) is not None:
                continue
            for start, end in listed_under(view.text, label)[:1]:
                for mention in view.mentions_in(start, end):
                    date = view.dates.get(mention.mention_id)
                    if kind == "date":
                        if main.day is None and date is not None and date.start:
                            main.day = date
                    elif main.place is None and mention.label in ("CITY", "PLACE", "ORG"):
                        main.place = of_mention(view, mention)


def _by_unit(view: View, spans: list[tuple[int, int]]) -> list[tuple[Unit, list[tuple[int, int]]]]:
    """The units that hold ``spans``, with theirs; those of boilerplate are left out."""
    found: dict[int, list[tuple[int, int]]] = {}
    for start, end in spans:
        unit = view.unit_at(start)
        if unit is not None and end <= unit.end and unit.section != "boilerplate":
            found.setdefault(unit.index, []).append((start, end))
    return [(view.units[index], inside) for index, inside in found.items()]

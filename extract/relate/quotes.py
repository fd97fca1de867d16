"""Who said what: quotations between marks, script style, split quotations, and clear indirect speech.

The words that make a marked stretch a quotation, or keep it from being one, come from ``quotes.yaml``.
"""

from __future__ import annotations

from extract.errors import LexiconError
from extract.expression import Expression
from extract.lexicon import Lexicon
from extract.lexicon.expressions import Expressions
from extract.model import Quote, stable_id
from extract.relate.context import Context
from extract.relate.indirect import IndirectFinder
from extract.relate.marks import Span
from extract.relate.speakers import CITED, Speaker, SpeakerFinder, script_phrase
from extract.relate.view import Unit, View

KINDS = ("speech", "message", "term", "person", "sentence", "indirect", "stance", "order")
_QUOTATIVE = Expression(
    r"\s?[.,]?\s?(?:이?라(?:고(?:도|는)?|며|면서)|이?라(?=\s)|고(?![가-힣])|고(?=하|했|말|밝|강조)|(?:며|면서)(?![가-힣]{2}))"
)
_NAMING = Expression(r"\s?(?:이?라는|이?라던|이?란|는)(?=\s)")
_PARTIAL = Expression(
    r"(?:[이가]\s[가-힣\s]{1,12}?|[가-힣]{1,6}\s?[가-힣]{0,4})(?<![했었았였])(?:다|라|자)(?:고|며|면서)(?![가-힣])"
)
_CONNECTED = Expression(r"\s?(?:이?라)?(?:며|면서|고|고\s하면서)")
_ENDS = Expression(r"(?:[다요까죠자라네]|[가-힣]\s것|습니다)[.!?~\s…]*$")
_COLON = Expression(r"[:：]\s?$")
_SENTENCE_END = Expression(r"다[.]\s")
_SYLLABLES = Expression(r"[가-힣]{2}")


class QuoteFinder:
    """Quotations of an article with their speakers.

    Raises:
        LexiconError: for a block of ``quotes.yaml`` with an unknown kind or a broken expression.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        words: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for block in lexicon.rules("quotes"):
            kind = block.get("kind")
            if kind not in KINDS:
                raise LexiconError(
                    f"unknown kind {kind!r}",
                    where=str(block.get("where", "")),
                    remedy=f"use one of: {', '.join(KINDS)}",
                )
            words[kind] += [str(word) for word in block.get("words", ())]
        expressions = Expressions("quotes")

        def any_of(kind: str, form: str = "{}") -> Expression:
            either = "(?:" + "|".join(words[kind]) + ")" if words[kind] else "(?!)"
            return expressions.add(form.format(either), "quotes.yaml")

        self.speech = any_of("speech", "{}[가-힣]*")
        self.message = any_of("message")
        self.term = any_of("term")
        self.sentence = any_of("sentence", r"{}[.!?~\s]*$")
        person = any_of("person", "{}$")
        indirect, stance, order = (any_of(kind, r"\s?{}[가-힣]*") for kind in ("indirect", "stance", "order"))
        expressions.check()
        self.speakers = SpeakerFinder(self.speech, person)
        self.indirect = IndirectFinder(indirect, stance, order)

    def candidates(self, text: str, spans: list[Span]) -> list[Span]:
        """The marked stretches that are quotations; one inside another is part of it."""
        out: list[Span] = []
        for span in spans:
            if out and span.start < out[-1].end:
                continue
            if self._is_quote(text, span):
                out.append(span)
        return out

    def _is_quote(self, text: str, span: Span) -> bool:
        inside = text[span.start : span.end]
        after = text[span.outer_end : span.outer_end + 60]
        if not span.closed:
            return " " in inside and len(inside) >= 15
        if span.family == "corner":
            return False
        if self.term.match(after):
            return False
        if _NAMING.match(after) and not self.message.match(after) and not CITED.match(after):
            return False
        quotative = _QUOTATIVE.match(after)
        if span.family == "single":
            if not quotative or len(inside) < 8:
                return False
            end = quotative.end()
            return bool(self.speech.search(after, end)) and bool(
                _ENDS.search(inside) or self.sentence.search(inside) or (len(inside) >= 15 and " " in inside)
            )
        if CITED.match(after):
            return len(inside) >= 5
        if quotative and len(inside) >= 2:
            said = self.speech.search(after, quotative.end()) or self.message.search(after, quotative.end())
            return bool(said) or len(inside) >= 10 or "“" in after or '"' in after
        if len(inside) < 8 or " " not in inside:
            return False
        before = text[max(0, span.outer_start - 3) : span.outer_start]
        if _COLON.search(before) or _ENDS.search(inside) or self.sentence.search(inside):
            return True
        if self.message.match(after):
            return True
        return len(inside) >= 10 and bool(_PARTIAL.match(after))

    def __call__(self, view: View, context: Context, spans: list[Span]) -> list[Quote]:
        """The quotes of an article, sorted by ``start``."""
        found: list[tuple[Span, Unit, str | None]] = []
        for span in view.quoted:
            unit = view.unit_at(span.outer_start)
            if unit is not None:
                found.append((span, unit, self._cue(view, unit, span)))
        speakers: list[Speaker] = []
        for k, (span, unit, cue) in enumerate(found):
            if cue is None and k + 1 < len(found) and self._goes_on(view, span, found[k + 1][0]):
                found[k] = (span, unit, found[k + 1][2] or self._cue(view, unit, found[k + 1][0]))
            speakers.append(self.speakers(view, context, unit, span, found[:k], speakers))
        self._headlines(view, found, speakers)
        quotes = [
            row
            for (span, unit, cue), speaker in zip(found, speakers, strict=True)
            for row in self._rows(view, unit, span.start, span.end, speaker, cue, "direct")
        ]
        spoken = {unit.index: speaker for (_, unit, _), speaker in zip(found, speakers, strict=True)}
        for told in self.indirect(view, context, spoken):
            quotes += self._rows(view, told.unit, told.start, told.end, told.speaker, told.cue, "indirect")
        return sorted(quotes, key=lambda q: (q.start, q.end))

    def _rows(
        self, view: View, unit: Unit, start: int, end: int, speaker: Speaker, cue: str | None, kind: str
    ) -> list[Quote]:
        """A row per speaker: words that two people say together are two rows."""
        article_id, text = view.analysis.article_id, view.text[start:end]
        rows = []
        for k, one in enumerate((speaker, *speaker.others)):
            joint = (one.id or one.name,) if k else ()
            rows.append(
                Quote(
                    stable_id("q", article_id, start, end, text, *joint), article_id, unit.sentence_id,
                    start, end, text, one.id, one.name, cue, kind,
                )
            )  # fmt: skip
        return rows

    def _cue(self, view: View, unit: Unit, span: Span) -> str | None:
        """The verb (or the colon) that makes the stretch a quotation."""
        if script_phrase(unit, span) is not None:
            return ":"
        end = min(unit.end, span.outer_end + 120)
        following = next((q.outer_start for q in view.quoted if q.outer_start >= span.outer_end), end)
        match = self.speech.search(view.text, span.outer_end, min(end, following))
        return match.group().strip() if match else None

    def _goes_on(self, view: View, span: Span, following: Span) -> bool:
        """Whether the next quotation continues this one (``“…”며 “…”``)."""
        between = view.text[span.outer_end : following.outer_start]
        return (
            len(between) < 60 and _CONNECTED.match(between) is not None and not _SENTENCE_END.search(between)
        )

    def _headlines(
        self, view: View, found: list[tuple[Span, Unit, str | None]], speakers: list[Speaker]
    ) -> None:
        """A headline's quotation without a name is a shortened one of the body: it has that one's speaker."""
        for k, (span, unit, _) in enumerate(found):
            if unit.section != "title" or speakers[k].name is not None:
                continue
            words = set(_SYLLABLES.findall(view.text[span.start : span.end]))
            best, best_share = None, 0.4
            for (other, other_unit, _), speaker in zip(found, speakers, strict=True):
                if other_unit.section != "title" and speaker.name is not None and words:
                    inside = view.text[other.start : other.end]
                    share = sum(word in inside for word in words) / len(words)
                    if share > best_share:
                        best, best_share = speaker, share
            if best is not None:
                speakers[k] = best

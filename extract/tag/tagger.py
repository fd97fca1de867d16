"""The tagging stage: everything that may be a mention is proposed, then the arbiter decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.document import Analysis, Candidate
from extract.lexicon import Lexicon
from extract.model import Mention, stable_id
from extract.normalise import Grammar
from extract.tag.arbiter import Arbiter, reasons
from extract.tag.glosses import GlossRules
from extract.tag.layout import Layout
from extract.tag.lexical import LexiconTagger
from extract.tag.names import NameModel
from extract.tag.nesting import PlaceNesting
from extract.tag.patterns import PatternRules
from extract.tag.people import PeopleRules
from extract.tag.roles import Roles
from extract.tag.statistical import StatisticalTagger, Weighing
from extract.tag.suffixes import SuffixRules
from extract.tag.titles import TitleFinder

if TYPE_CHECKING:
    from extract.tagger.model import Model

_NUMERIC = frozenset({"SN", "NR", "MM", "NNB", "W_SERIAL", "SH"})
_NAMED = frozenset({"NNG", "NNP", "MAG", "NP", "SL"})
"""Tags of words that make a date without any number: 이날, 올해, 추석."""


class Tagger:
    """Fills ``titles``, ``candidates``, ``mentions``, ``rows``, ``values`` and ``why`` of an Analysis."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar, model: Model | None = None) -> None:
        self.lexicon = lexicon
        self.grammar = grammar
        self.statistical = StatisticalTagger(model) if model is not None else None
        self.titles = TitleFinder(lexicon)
        roles = Roles(lexicon, self.titles)
        self.listed = LexiconTagger(lexicon, self.titles, roles)
        names = NameModel(lexicon)
        self.weigh = Weighing(lexicon, grammar, names)
        self.suffixes = SuffixRules(lexicon, names, roles)
        self.patterns = PatternRules(lexicon)
        self.people = PeopleRules(lexicon, names)
        self.nesting = PlaceNesting(lexicon)
        self.glosses = GlossRules()
        self.arbiter = Arbiter(lexicon)

    def __call__(self, analysis: Analysis) -> None:
        """Tags one article whose sentences and morphemes are known."""
        layout = Layout(analysis, self.lexicon)
        analysis.titles = self.titles(layout)
        candidates = self.propose(layout, analysis)
        chosen = self.arbiter(candidates)
        analysis.candidates = candidates
        analysis.mentions = []
        sentence = 0
        for winner in chosen:
            while sentence < len(analysis.sentences) and analysis.sentences[sentence].end <= winner.start:
                sentence += 1
            inside = sentence < len(analysis.sentences) and analysis.sentences[sentence].start <= winner.start
            mention = Mention(
                mention_id=stable_id("m", analysis.article_id, winner.start, winner.end, winner.label),
                article_id=analysis.article_id,
                sentence_id=analysis.sentences[sentence].sentence_id if inside else None,
                start=winner.start,
                end=winner.end,
                text=analysis.text[winner.start : winner.end],
                label=winner.label,
                subtype=winner.subtype,
                entity_id=None,
                value=None,
                rule=winner.rule,
                score=round(winner.score, 3),
            )
            analysis.mentions.append(mention)
            if winner.row is not None and winner.row.label == winner.label:
                analysis.rows[mention.mention_id] = winner.row
            elif winner.value is not None:
                analysis.values[mention.mention_id] = winner.value

    def known(self, layout: Layout, analysis: Analysis) -> list[Candidate]:
        """What lexicon and rules propose: listed names, suffixes, patterns, people, quantities."""
        listed = self.listed(layout)
        listed += self.nesting(layout.text, listed)
        listed += self.nesting.bodies(layout.text, listed)
        known = by_end(listed)
        named = [*self.suffixes(layout, known), *self._patterns(layout)]
        named += self.nesting(layout.text, [*listed, *named])
        for candidate in named:
            known.setdefault(candidate.end, []).append(candidate)
        candidates = [*listed, *named, *self.people(layout, analysis.titles, known)]
        candidates += quantities(layout, self.grammar)
        return self._allowed(layout, candidates)

    def propose(self, layout: Layout, analysis: Analysis) -> list[Candidate]:
        """All candidates of an article: what lexicon and rules know, then glosses and names met again."""
        candidates = self.known(layout, analysis)
        first = self.arbiter(candidates)
        if self.statistical is not None:
            reading = self.statistical(layout, analysis, first)
            candidates = self._allowed(layout, self.weigh(layout, reading, candidates, analysis.titles))
            first = self.arbiter(candidates)
        glosses = [*self.glosses.brackets(layout, first), *self.glosses.reversed(layout, first)]
        glosses = self._allowed(layout, glosses)
        seeds = self.arbiter([*candidates, *glosses]) if glosses else first
        starts = {title.start for title in analysis.titles}
        tails = list(self.glosses.last_words(layout, seeds, starts))
        again = [*tails, *self.glosses.again(layout, seeds), *self.glosses.short_bodies(layout, seeds)]
        again = self._allowed(layout, again)
        return list(dict.fromkeys([*candidates, *glosses, *again]))

    def _allowed(self, layout: Layout, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates that ``block.csv`` leaves, whoever proposed them."""
        block, text = self.listed.block, layout.text
        return [c for c in candidates if not block(text, c.start, c.end, c.label)]

    def _patterns(self, layout: Layout) -> Iterator[Candidate]:
        """Candidates of character rules that consist of nouns, widened to the end of the noun they end in."""
        for candidate in self.patterns(layout.text, layout.is_proper):
            run = layout.run_at(candidate.end - 1)
            if run is not None and candidate.end < run.end and layout.after(run.end) != "inside":
                candidate = candidate._replace(end=run.end)
            if layout.is_nominal(candidate.start, candidate.end) or layout.before_dot(candidate.end):
                yield candidate

    def explain(self, analysis: Analysis) -> None:
        """Fills ``analysis.why`` for every mention (kept apart because only few callers want it)."""
        chosen = {(c.start, c.end): c for c in self.arbiter(analysis.candidates)}
        for mention in analysis.mentions:
            winner = chosen[mention.start, mention.end]
            analysis.why[mention.mention_id] = reasons(analysis.text, winner, analysis.candidates)


def quantities(layout: Layout, grammar: Grammar) -> Iterator[Candidate]:
    """Dates, times and figures that Kiwi's reading allows: 올 is no year in 올라와, 조회 no trillion."""
    for q in grammar.find(layout.text):
        first = layout.text[q.start]
        if not first.isdigit() or not layout.text[q.end - 1].isdigit():
            covering = layout.covering(q.start, q.end)
            if covering and (
                ("가" <= first <= "힣" and covering[0].start < q.start)
                or max(m.end for m in covering) > q.end
                or not any(m.tag in _NUMERIC or (m.tag in _NAMED and q.label != "FIGURE") for m in covering)
            ):
                continue
        yield Candidate(q.start, q.end, q.label, q.subtype, q.rule, 50, q.score, value=q)


def by_end(candidates: list[Candidate]) -> dict[int, list[Candidate]]:
    """Candidates under the offset where they end."""
    found: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(candidate.end, []).append(candidate)
    return found

"""The stages: each adds to the ``Analysis`` of an article what it finds out, and that is all that rows need.

Nothing here knows spaCy, which takes longer to import than a text to read; :mod:`extract.components` makes the
stages components of it, for those who work with a ``Language``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from extract.document import Analysis
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Date, Figure, Mention, Sentence, stable_id
from extract.normalise import DateValue, Grammar, ImpossibleDate
from extract.relate import Relator
from extract.resolve import Resolver
from extract.segment import sentence_spans
from extract.tag.tagger import Tagger
from extract.tagger import shared_model
from extract.tokenise.seen import restore


class Layers(NamedTuple):
    """What stages are made of: folders of the user's own rows and rules over the shipped ones, and the tagger's model.

    ``model`` is a folder of weights, "" the shipped ones, None no model.
    """

    lexicons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    model: str | None = ""

    @classmethod
    def of(
        cls, lexicons: Sequence[str | Path], rules: Sequence[str | Path], model: bool | str | Path
    ) -> Layers:
        """The layers of these folders; ``model`` True takes the shipped weights, False none."""
        voice = "" if model is True else None if model is False else str(model)
        return cls(tuple(map(str, lexicons)), tuple(map(str, rules)), voice)

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon of these folders."""
        return shared_lexicon(self.lexicons, self.rules)

    @property
    def grammar(self) -> Grammar:
        """The grammar of dates and figures of these folders."""
        return _grammar(self.lexicons, self.rules)


@lru_cache(maxsize=4)
def shared_lexicon(folders: tuple[str, ...] = (), rules: tuple[str, ...] = ()) -> Lexicon:
    """The layered lexicon of these folders, loaded once per process."""
    return load_lexicon(folders, rules)


@lru_cache(maxsize=4)
def _grammar(folders: tuple[str, ...], rules: tuple[str, ...]) -> Grammar:
    return Grammar(shared_lexicon(folders, rules))


class Stage(Protocol):
    """What every stage is."""

    def work(self, analysis: Analysis) -> None:
        """Adds to the ``Analysis`` of one article what this stage finds out."""


class Sentences:
    """Sets ``analysis.sentences``."""

    def __init__(self, _layers: Layers) -> None:
        pass

    def work(self, analysis: Analysis) -> None:
        """Splits every section into sentences; see :func:`extract.segment.sentence_spans`."""
        analysis.sentences = [
            Sentence(
                stable_id("s", analysis.article_id, start, end),
                analysis.article_id,
                section,
                start,
                end,
                analysis.text[start:end],
            )
            for start, end, section in sentence_spans(analysis.text, analysis.sections, analysis.morphemes)
        ]


class Tagging:
    """Sets titles, candidates and mentions."""

    def __init__(self, layers: Layers) -> None:
        model = None if layers.model is None else shared_model(layers.model)
        self.tagger = Tagger(layers.lexicon, layers.grammar, model)

    def work(self, analysis: Analysis) -> None:
        """Tags one article."""
        self.tagger(analysis)


class Resolution:
    """Sets the entities, titles, affiliations and aliases."""

    def __init__(self, layers: Layers) -> None:
        self.resolver = Resolver(layers.lexicon)

    def work(self, analysis: Analysis) -> None:
        """Resolves who is who in one article."""
        self.resolver(analysis)


class Normalising:
    """Sets the values of dates and figures."""

    def __init__(self, layers: Layers) -> None:
        self.grammar = layers.grammar

    def work(self, analysis: Analysis) -> None:
        """Resolves every DATE, TIME and FIGURE against the publication date and the text."""
        measured = [mention for mention in analysis.mentions if mention.mention_id in analysis.values]
        values = self.grammar.resolve(
            analysis.text, [analysis.values[mention.mention_id] for mention in measured], analysis.published
        )
        resolved: dict[str, Mention | None] = {}
        for mention, value in zip(measured, values, strict=True):
            if isinstance(value, ImpossibleDate):
                resolved[mention.mention_id] = None
                continue
            if isinstance(value, DateValue):
                analysis.dates.append(Date(mention.mention_id, mention.article_id, mention.text, *value))
            else:
                analysis.figures.append(Figure(mention.mention_id, mention.article_id, mention.text, *value))
            resolved[mention.mention_id] = _valued(mention, value.readable)
        known = (resolved.get(mention.mention_id, mention) for mention in analysis.mentions)
        analysis.mentions = [mention for mention in known if mention is not None]


def _valued(mention: Mention, value: str | None) -> Mention:
    """``mention`` with its value; written out, for ``dataclasses.replace`` takes five times as long."""
    return Mention(
        mention.mention_id,
        mention.article_id,
        mention.sentence_id,
        mention.start,
        mention.end,
        mention.text,
        mention.label,
        mention.subtype,
        mention.entity_id,
        value,
        mention.rule,
        mention.score,
    )


class Relating:
    """Sets relations, events and quotes."""

    def __init__(self, layers: Layers) -> None:
        self.relator = Relator(layers.lexicon)

    def work(self, analysis: Analysis) -> None:
        """Extracts what the article says about its entities."""
        self.relator(analysis)


class Offsets:
    """Makes offsets and quoted text of all rows those of the text as it is stored."""

    def __init__(self, _layers: Layers) -> None:
        pass

    def work(self, analysis: Analysis) -> None:
        """Moves the rows where the stages worked on a cleaned copy; see :mod:`extract.tokenise.seen`."""
        restore(analysis)

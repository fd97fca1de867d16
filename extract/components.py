"""The stages as spaCy components: one factory each, registered here and as entry points."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extract.document import ANALYSIS, Analysis
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Date, Figure, Mention, Sentence, stable_id
from extract.normalise import DateValue, Grammar, ImpossibleDate
from extract.relate import Relator
from extract.resolve import Resolver
from extract.segment import sentence_spans
from extract.tag.tagger import Tagger
from extract.tagger import shared_model
from extract.tokenise.kiwi import KiwiTokenizer
from extract.tokenise.seen import restore


def analysis_of(doc: Doc) -> Analysis:
    """What the stages know about the article behind ``doc``.

    Raises:
        ValueError: when the ``Doc`` was not made by this pipeline's tokeniser.
    """
    analysis = doc.user_data.get(ANALYSIS)
    if analysis is None:
        raise ValueError(
            "this Doc was not made by extract's tokeniser; make it with nlp(text) or nlp.make_doc(text)"
        )
    return cast(Analysis, analysis)


def model_of(nlp: Language) -> str | None:
    """The digest of the tagger's weights in a pipeline; None where lexicons and rules work alone."""
    statistical = nlp.get_pipe("extract_tagger").tagger.statistical  # type: ignore[attr-defined]
    return statistical.model.digest if statistical is not None else None


@lru_cache(maxsize=4)
def shared_lexicon(folders: tuple[str, ...] = (), rules: tuple[str, ...] = ()) -> Lexicon:
    """The layered lexicon of these folders, loaded once per process."""
    return load_lexicon(folders, rules)


@lru_cache(maxsize=4)
def _grammar(lexicon_key: tuple[tuple[str, ...], tuple[str, ...]]) -> Grammar:
    return Grammar(shared_lexicon(*lexicon_key))


def _key(
    lexicons: Sequence[str | Path], rules: Sequence[str | Path]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(map(str, lexicons)), tuple(map(str, rules))


class Stage:
    """A stage of the pipeline as a spaCy component.

    What it finds out goes into the ``Analysis``, which is all that later stages and rows need (:meth:`work`); then
    it is shown in the ``Doc``, for those who read that (:meth:`show`).
    """

    def __call__(self, doc: Doc) -> Doc:
        """The ``Doc`` of one article, with what this stage adds.

        Raises:
            ValueError: when the ``Doc`` was not made by this pipeline's tokeniser.
        """
        analysis = analysis_of(doc)
        self.work(analysis)
        self.show(analysis, doc)
        return doc

    def work(self, analysis: Analysis) -> None:
        """Adds to the ``Analysis`` of one article what this stage finds out."""
        raise NotImplementedError

    def show(self, analysis: Analysis, doc: Doc) -> None:
        """Sets what spaCy has a place for; most stages have nothing of the kind."""


def stages_of(nlp: Language) -> list[Stage] | None:
    """The stages of a pipeline that consists of nothing else; None where others' components need a ``Doc``."""
    components = [component for _name, component in nlp.pipeline]
    if type(nlp.tokenizer) is not KiwiTokenizer:
        return None
    ours = [c for c in components if isinstance(c, Stage) and type(c).__call__ is Stage.__call__]
    return ours if len(ours) == len(components) else None


class SentenceComponent(Stage):
    """Sets ``analysis.sentences`` and the sentence starts of the ``Doc``."""

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

    def show(self, analysis: Analysis, doc: Doc) -> None:
        """Marks the tokens with which sentences begin."""
        _mark_sentences(doc, [_stored(analysis, sentence)[0] for sentence in analysis.sentences])


def _mark_sentences(doc: Doc, starts: Sequence[int]) -> None:
    """Sets ``is_sent_start`` of the tokens at ``starts`` at once: token by token it takes quadratic time."""
    if starts and len(doc):
        flags = np.zeros((len(doc), 1), np.uint64)
        flags[np.searchsorted(doc.to_array("IDX"), starts, side="right") - 1] = 1
        cast(Any, doc).from_array(["SENT_START"], flags)


class TaggerComponent(Stage):
    """Sets ``analysis.mentions`` and ``doc.ents``."""

    def __init__(self, key: tuple[tuple[str, ...], tuple[str, ...]], model: str | None) -> None:
        self.tagger = Tagger(
            shared_lexicon(*key), _grammar(key), None if model is None else shared_model(model)
        )

    def work(self, analysis: Analysis) -> None:
        """Tags one article."""
        self.tagger(analysis)

    def show(self, analysis: Analysis, doc: Doc) -> None:
        """Sets ``doc.ents``; mentions that end inside a token widen to it there only."""
        spans: list[Span] = []
        for mention in analysis.mentions:
            span = doc.char_span(*_stored(analysis, mention), label=mention.label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.ents = filter_spans(spans)


class ResolverComponent(Stage):
    """Sets the entities, titles, affiliations and aliases."""

    def __init__(self, key: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self.resolver = Resolver(shared_lexicon(*key))

    def work(self, analysis: Analysis) -> None:
        """Resolves who is who in one article."""
        self.resolver(analysis)


class NormaliserComponent(Stage):
    """Sets the values of dates and figures."""

    def __init__(self, key: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self.grammar = _grammar(key)

    def work(self, analysis: Analysis) -> None:
        """Resolves every DATE, TIME and FIGURE against the publication date and the text."""
        positions = [i for i, m in enumerate(analysis.mentions) if m.mention_id in analysis.values]
        quantities = [analysis.values[analysis.mentions[i].mention_id] for i in positions]
        values = self.grammar.resolve(analysis.text, quantities, analysis.published)
        impossible = set()
        for i, value in zip(positions, values, strict=True):
            mention = analysis.mentions[i]
            if isinstance(value, ImpossibleDate):
                impossible.add(i)
                continue
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            keys: dict[str, Any] = {
                "mention_id": mention.mention_id,
                "article_id": mention.article_id,
                "text": mention.text,
            }
            if isinstance(value, DateValue):
                analysis.dates.append(Date(**keys, **fields))
            else:
                analysis.figures.append(Figure(**keys, **fields))
            analysis.mentions[i] = dataclasses.replace(mention, value=value.readable)
        if impossible:
            analysis.mentions = [m for i, m in enumerate(analysis.mentions) if i not in impossible]


class RelatorComponent(Stage):
    """Sets relations, events and quotes."""

    def __init__(self, key: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self.relator = Relator(shared_lexicon(*key))

    def work(self, analysis: Analysis) -> None:
        """Extracts what the article says about its entities."""
        self.relator(analysis)


class OffsetsComponent(Stage):
    """Makes offsets and quoted text of all rows those of the text as it is stored."""

    def work(self, analysis: Analysis) -> None:
        """Moves the rows where the stages worked on a cleaned copy; see :mod:`extract.tokenise.seen`."""
        restore(analysis)


def _stored(analysis: Analysis, row: Sentence | Mention) -> tuple[int, int]:
    """Where ``row`` stands in the ``Doc``, whose text is the stored one."""
    return (row.start, row.end) if analysis.seen is None else analysis.seen.span(row.start, row.end)


_LAYERS: dict[str, Any] = {"lexicons": [], "rules": []}


@Language.factory("extract_sentences")
def make_sentences(nlp: Language, name: str) -> SentenceComponent:
    """Factory of the sentence stage."""
    return SentenceComponent()


@Language.factory("extract_tagger", default_config={**_LAYERS, "model": ""})
def make_tagger(
    nlp: Language, name: str, lexicons: list[str], rules: list[str], model: str | None
) -> TaggerComponent:
    """Factory of the tagging stage; ``model`` is a folder of weights, "" the shipped ones, None no model."""
    return TaggerComponent(_key(lexicons, rules), model)


@Language.factory("extract_resolver", default_config=_LAYERS)
def make_resolver(nlp: Language, name: str, lexicons: list[str], rules: list[str]) -> ResolverComponent:
    """Factory of the resolution stage."""
    return ResolverComponent(_key(lexicons, rules))


@Language.factory("extract_normaliser", default_config=_LAYERS)
def make_normaliser(nlp: Language, name: str, lexicons: list[str], rules: list[str]) -> NormaliserComponent:
    """Factory of the normalising stage."""
    return NormaliserComponent(_key(lexicons, rules))


@Language.factory("extract_relator", default_config=_LAYERS)
def make_relator(nlp: Language, name: str, lexicons: list[str], rules: list[str]) -> RelatorComponent:
    """Factory of the relation stage."""
    return RelatorComponent(_key(lexicons, rules))


@Language.factory("extract_offsets")
def make_offsets(nlp: Language, name: str) -> OffsetsComponent:
    """Factory of the last stage."""
    return OffsetsComponent()


@spacy.registry.tokenizers("extract_kiwi")
def make_tokenizer() -> Any:
    """The Kiwi tokeniser, for a spaCy configuration."""

    def create(nlp: Language) -> KiwiTokenizer:
        return KiwiTokenizer(nlp.vocab)

    return create

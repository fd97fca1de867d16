"""The stages as spaCy components: one factory each, registered here and as entry points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extract import stages
from extract.document import ANALYSIS, Analysis
from extract.model import Mention, Sentence
from extract.stages import Layers, Stage
from extract.tokenise.kiwi import KiwiTokenizer


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


class Component:
    """A stage as a spaCy component: what it finds out goes into the ``Analysis``, then it is shown in the ``Doc``."""

    def __init__(self, stage: Stage, show: Callable[[Analysis, Doc], None] | None = None) -> None:
        self.stage = stage
        self.show = show

    def __call__(self, doc: Doc) -> Doc:
        """The ``Doc`` of one article, with what this stage adds.

        Raises:
            ValueError: when the ``Doc`` was not made by this pipeline's tokeniser.
        """
        analysis = analysis_of(doc)
        self.stage.work(analysis)
        if self.show is not None:
            self.show(analysis, doc)
        return doc


def stages_of(nlp: Language) -> list[Stage] | None:
    """The stages of a pipeline that consists of nothing else; None where others' components need a ``Doc``."""
    components = [component for _name, component in nlp.pipeline]
    if type(nlp.tokenizer) is not KiwiTokenizer or any(type(c) is not Component for c in components):
        return None
    return [cast(Component, component).stage for component in components]


def show_sentences(analysis: Analysis, doc: Doc) -> None:
    """Marks the tokens with which sentences begin."""
    _mark_sentences(doc, [_stored(analysis, sentence)[0] for sentence in analysis.sentences])


def _mark_sentences(doc: Doc, starts: Sequence[int]) -> None:
    """Sets ``is_sent_start`` of the tokens at ``starts`` at once: token by token it takes quadratic time."""
    if starts and len(doc):
        flags = np.zeros((len(doc), 1), np.uint64)
        flags[np.searchsorted(doc.to_array("IDX"), starts, side="right") - 1] = 1
        cast(Any, doc).from_array(["SENT_START"], flags)


def show_mentions(analysis: Analysis, doc: Doc) -> None:
    """Sets ``doc.ents``; mentions that end inside a token widen to it there only."""
    spans: list[Span] = []
    for mention in analysis.mentions:
        span = doc.char_span(*_stored(analysis, mention), label=mention.label, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    doc.ents = filter_spans(spans)


def _stored(analysis: Analysis, row: Sentence | Mention) -> tuple[int, int]:
    """Where ``row`` stands in the ``Doc``, whose text is the stored one."""
    return (row.start, row.end) if analysis.seen is None else analysis.seen.span(row.start, row.end)


_LAYERS: dict[str, Any] = {"lexicons": [], "rules": []}


@Language.factory("extract_sentences")
def make_sentences(nlp: Language, name: str) -> Component:
    """Factory of the sentence stage."""
    return Component(stages.Sentences(Layers()), show_sentences)


@Language.factory("extract_tagger", default_config={**_LAYERS, "model": ""})
def make_tagger(
    nlp: Language, name: str, lexicons: list[str], rules: list[str], model: str | None
) -> Component:
    """Factory of the tagging stage; ``model`` is a folder of weights, "" the shipped ones, None no model."""
    return Component(stages.Tagging(Layers(tuple(lexicons), tuple(rules), model)), show_mentions)


@Language.factory("extract_resolver", default_config=_LAYERS)
def make_resolver(nlp: Language, name: str, lexicons: list[str], rules: list[str]) -> Component:
    """Factory of the resolution stage."""
    return Component(stages.Resolution(Layers(tuple(lexicons), tuple(rules))))


@Language.factory("extract_normaliser", default_config=_LAYERS)
def make_normaliser(nlp: Language, name: str, lexicons: list[str], rules: list[str]) -> Component:
    """Factory of the normalising stage."""
    return Component(stages.Normalising(Layers(tuple(lexicons), tuple(rules))))


@Language.factory("extract_relator", default_config=_LAYERS)
def make_relator(nlp: Language, name: str, lexicons: list[str], rules: list[str]) -> Component:
    """Factory of the relation stage."""
    return Component(stages.Relating(Layers(tuple(lexicons), tuple(rules))))


@Language.factory("extract_offsets")
def make_offsets(nlp: Language, name: str) -> Component:
    """Factory of the last stage."""
    return Component(stages.Offsets(Layers()))


@spacy.registry.tokenizers("extract_kiwi")
def make_tokenizer() -> Any:
    """The Kiwi tokeniser, for a spaCy configuration."""

    def create(nlp: Language) -> KiwiTokenizer:
        return KiwiTokenizer(nlp.vocab)

    return create

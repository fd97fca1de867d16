"""The map of every engine: one article in, all of its rows out. A pure function of article and lexicons."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from extract.model import Article, ArticleResult, Token, stable_id

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.document import Analysis
    from extract.segment import Segment
    from extract.stages import Stage

R = TypeVar("R")

_TOGETHER = 20_000  # code points of short articles that go through the stages together


def article_id_of(text: str) -> str:
    """The id of an article: derived from its text alone, so that it never depends on other inputs."""
    return stable_id("a", text)


def key_of(segment: Segment) -> bytes:
    """A digest (16 bytes) of all in an article that decides what is found in it, lexicons and options apart.

    Where the article was found and what its headline says of its kind is not among it: those are copied.
    """
    sections = ";".join(f"{section.section} {section.start} {section.end}" for section in segment.sections)
    content = "\0".join((str(segment.published), sections, segment.text))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()[:16]


def article_of(segment: Segment, source: str, found: Article | None = None) -> Article:
    """The row of an article. Its counts are those of ``found``, an earlier row of the same text; without it 0."""
    return Article(
        article_id=found.article_id if found else article_id_of(segment.text),
        source=source,
        position=segment.position,
        kind=segment.kind,
        title=segment.title,
        caption=segment.caption,
        published=segment.published.isoformat() if segment.published else None,
        published_from=segment.published_from,
        n_chars=len(segment.text),
        n_sentences=found.n_sentences if found else 0,
        n_mentions=found.n_mentions if found else 0,
        n_relations=found.n_relations if found else 0,
        input_id=segment.input_id,
    )


def process_segment(
    nlp: Language | tuple[Stage, ...], segment: Segment, source: str, *, tokens: bool = False
) -> ArticleResult:
    """All rows of one article that the segmenter cut out.

    Args:
        nlp: the pipeline of :func:`extract.load`, or the stages of :func:`extract.pipeline.stages`.
        segment: the article.
        source: path of the input as given.
        tokens: whether to fill the (large) ``tokens`` table.
    """
    return _result(_analysed(nlp, segment), segment, source, tokens)


def process_together(
    stages: Sequence[Stage], articles: Sequence[tuple[Segment, str]], *, tokens: bool = False
) -> Iterator[ArticleResult | Exception]:
    """As :func:`process_segment` for articles with their sources, in order: the rows of each, or what it raised.

    Each stage sees several short articles before the next stage does. Kiwi goes through hundreds of megabytes, and
    every stage has code and data of its own: who works by turns with the others finds little of it in the processor's
    caches.
    """
    for some in _stretches(articles):
        found: list[Any] = [_attempt(tokenised, segment) for segment, _ in some]
        for stage in stages:
            for i, analysis in enumerate(found):
                if not isinstance(analysis, Exception):
                    found[i] = _attempt(stage.work, analysis) or analysis
        for analysis, (segment, source) in zip(found, some, strict=True):
            failed = isinstance(analysis, Exception)
            yield analysis if failed else _attempt(_result, analysis, segment, source, tokens)


def _stretches(articles: Sequence[tuple[Segment, str]]) -> Iterator[Sequence[tuple[Segment, str]]]:
    """The articles in stretches, each of one article or of ``_TOGETHER`` code points at most."""
    first = size = 0
    for number, (segment, _) in enumerate(articles):
        size += len(segment.text)
        if size > _TOGETHER and number > first:
            yield articles[first:number]
            first, size = number, len(segment.text)
    yield articles[first:]


def _attempt(work: Callable[..., R], *given: Any) -> R | Exception:
    """What a function returns or raises."""
    try:
        return work(*given)
    except Exception as error:
        return error


def process_text(
    nlp: Language | tuple[Stage, ...], text: str, published: datetime.date | None = None, *, source: str = "-"
) -> ArticleResult:
    """All rows of one text taken as one article as it stands, to the character."""
    from extract.segment import segment_whole

    return process_segment(nlp, segment_whole(text, published, source="option"), source)


def tokenised(segment: Segment) -> Analysis:
    """What the tokeniser makes of an article."""
    from extract.tokenise.kiwi import analysed

    analysis = analysed(segment.text, segment.sections)
    analysis.published = segment.published
    return analysis


def _analysed(nlp: Language | tuple[Stage, ...], segment: Segment) -> Analysis:
    """What the pipeline finds out; the ``Doc``, of which rows have nothing, is made where others' components want it."""
    stages: Sequence[Stage] | None
    if isinstance(nlp, tuple):
        stages = nlp
    else:
        from extract.components import analysis_of, stages_of

        stages = stages_of(nlp)
        if stages is None:
            tokenizer: Any = nlp.tokenizer
            doc = tokenizer.make_doc(segment.text, segment.sections)
            analysis = analysis_of(doc)
            analysis.published = segment.published
            for _name, component in nlp.pipeline:
                doc = component(doc)
            return analysis
    analysis = tokenised(segment)
    for stage in stages:
        stage.work(analysis)
    return analysis


def _result(analysis: Analysis, segment: Segment, source: str, tokens: bool) -> ArticleResult:
    return ArticleResult(
        article=dataclasses.replace(
            article_of(segment, source),
            n_sentences=len(analysis.sentences),
            n_mentions=len(analysis.mentions),
            n_relations=len(analysis.relations),
        ),
        text=segment.text,
        sentences=tuple(analysis.sentences),
        tokens=tuple(_token_rows(analysis)) if tokens else (),
        mentions=tuple(analysis.mentions),
        entities=tuple(analysis.entities),
        dates=tuple(analysis.dates),
        figures=tuple(analysis.figures),
        relations=tuple(analysis.relations),
        events=tuple(analysis.events),
        quotes=tuple(analysis.quotes),
    )


def _token_rows(analysis: Analysis) -> list[Token]:
    rows = []
    sentence = 0
    for number, (start, end, form, tag, *_) in enumerate(analysis.morphemes):
        while sentence < len(analysis.sentences) and analysis.sentences[sentence].end <= start:
            sentence += 1
        inside = sentence < len(analysis.sentences) and analysis.sentences[sentence].start <= start
        rows.append(
            Token(
                stable_id("t", analysis.article_id, number, start, end),
                analysis.sentences[sentence].sentence_id if inside else None,
                analysis.article_id,
                start,
                end,
                form,
                tag,
            )
        )
    return rows

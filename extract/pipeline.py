"""The pipeline: the stages in order.

A press release enters as the ``Analysis`` that the tokeniser made of one article and walks through the stages
below in one direction. Each reads what the stages before it wrote and adds its own. :func:`stages` makes them as they
are, which is all that rows need; :func:`load` makes them ordinary spaCy components: ``nlp.add_pipe``,
``nlp.disable_pipe``, ``nlp.pipe`` and ``displacy`` work on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.stages import (
    Layers,
    Normalising,
    Offsets,
    Relating,
    Resolution,
    Sentences,
    Stage,
    Tagging,
)

if TYPE_CHECKING:
    from spacy.language import Language

STAGES: tuple[tuple[str, str], ...] = (
    ("extract_sentences", "sections and Kiwi's boundaries → sentences"),
    ("extract_tagger", "lexicons, rules, date and figure grammar, statistical tagger → mentions"),
    ("extract_resolver", "who is who → entities, titles, affiliations, aliases"),
    ("extract_normaliser", "dates and figures → values"),
    ("extract_relator", "rules over mentions and clauses → relations, events, quotes"),
    ("extract_offsets", "offsets and words of all rows → those of the text as it is stored"),
)
"""Factory name and task of every stage, in order; the tokeniser comes before them."""

_MADE: dict[str, Callable[[Layers], Stage]] = {
    "extract_sentences": Sentences,
    "extract_tagger": Tagging,
    "extract_resolver": Resolution,
    "extract_normaliser": Normalising,
    "extract_relator": Relating,
    "extract_offsets": Offsets,
}


def stages(
    lexicons: Sequence[str | Path] = (), rules: Sequence[str | Path] = (), model: bool | str | Path = True
) -> tuple[Stage, ...]:
    """The stages alone, without spaCy; arguments and errors are those of :func:`load`."""
    layers = Layers.of(lexicons, rules, model)
    return tuple(_MADE[factory](layers) for factory, _task in STAGES)


def load(
    lexicons: Sequence[str | Path] = (), rules: Sequence[str | Path] = (), model: bool | str | Path = True
) -> Language:
    """The whole pipeline as an ordinary spaCy ``Language``.

    Args:
        lexicons: folders of the user's own rows and rules, laid over the shipped ones in order.
        rules: further folders that hold rule files only.
        model: folder of the statistical tagger's weights; True takes the shipped ones, False works with
            lexicons and rules alone.

    Raises:
        LexiconError: when a row or rule is not as its schema says.
        ModelError: when the folder holds no model that this version reads.

    >>> nlp = load()
    >>> [(e.text, e.label_) for e in nlp("박원순 서울시장은 인도 뉴델리를 방문했다.").ents]
    [('박원순', 'PERSON'), ('인도 뉴델리', 'CITY')]
    """
    from spacy.lang.ko import Korean

    import extract.components  # noqa: F401 - registers the factories
    from extract.tokenise.kiwi import KiwiTokenizer

    nlp = Korean(create_tokenizer=lambda nlp: KiwiTokenizer(nlp.vocab), meta={"name": "extract"})
    layers = Layers.of(lexicons, rules, model)
    folders = {"lexicons": list(layers.lexicons), "rules": list(layers.rules)}
    for factory, _task in STAGES:
        own = {"model": layers.model} if factory == "extract_tagger" else {}
        nlp.add_pipe(
            factory, config={} if factory in ("extract_sentences", "extract_offsets") else {**folders, **own}
        )
    return nlp

"""Kiwi as spaCy's tokeniser: surface pieces as tokens, morphemes kept beside them.

Kiwi's morphemes overlap where Korean contracts (``했`` is ``하`` + ``었`` at one place) and it drops white
space; a ``Doc`` can do neither. The tokens are therefore the surface pieces — maximal runs of overlapping
morphemes — and every other character, white space included, is a token of its own or the single space
after one, so that ``doc.text == text`` for any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.document import ANALYSIS, Analysis, Morpheme, Section
from extract.model import stable_id
from extract.tokenise.seen import Seen

if TYPE_CHECKING:
    from kiwipiepy import Kiwi
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MAX_BLOCK = 20_000
"""Longest stretch handed to Kiwi at once, in code points; longer ones are cut at white space."""

_new = tuple.__new__  # a named tuple in a third of the time that its own call takes


@lru_cache(maxsize=1)
def shared_kiwi() -> Kiwi:
    """The one Kiwi of this process (1.6 s and 0.5 GB to load, so never twice).

    It has no threads of its own: they would be missing in forked processes, and whoever gives it several texts
    at once would wait for them for ever. So it takes one text at a time, and tells who gives it more.
    """
    import warnings

    from kiwipiepy import Kiwi

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # "0" once meant as many threads as cores
        return Kiwi(num_workers=0)


def blank_between(before: str, after: str) -> bool:
    """Whether Kiwi finds two pieces of text likelier with a blank between them than without (as ``Kiwi.glue``)."""

    def likelihood(text: str) -> float:
        return float(shared_kiwi().analyze(text)[0][1])

    before, after = before.strip(), after.strip()
    if before[-1:].isascii() and before[-1:].isalnum():
        return True
    return likelihood(f"{before} {after}") >= likelihood(before + after)


def analyse(text: str, blocks: Iterable[tuple[int, int]]) -> list[Morpheme]:
    """Kiwi's morphemes of ``text``, analysed block by block so that no sentence crosses a block border.

    Args:
        text: the article's text.
        blocks: half-open stretches in code points, in order, without overlap.
    """
    tokenize = shared_kiwi().tokenize
    out: list[Morpheme] = []
    sentence = 0
    # Kiwi makes a new object for every form, tag and number: equal ones are kept once
    once: dict[str, str] = {}
    keep = once.setdefault
    for block_start, block_end in blocks:
        for start, end in _portions(text, block_start, block_end):
            found = tokenize(text[start:end])
            if not found:
                sentence += 1
                continue
            places = list(range(start, end + 1))
            last = sentence + found[-1].sent_position
            numbers = list(range(sentence, last + 1))
            out += [
                _new(
                    Morpheme,
                    (
                        places[t.start],
                        places[t.end],
                        keep(form := t.form, form),
                        keep(tag := t.tag, tag),
                        t.oov,
                        numbers[t.sent_position],
                        t.id,
                    ),
                )
                for t in found
            ]
            sentence = last + 1
    return out


def analysed(text: str, sections: Sequence[Section], article_id: str | None = None) -> Analysis:
    """The :class:`Analysis` of one article whose sections are known, with Kiwi's morphemes and nothing else yet."""
    seen = Seen(text)
    analysis = Analysis(
        text=seen.text,
        article_id=article_id or stable_id("a", text),
        seen=None if seen.same else seen,
        sections=seen.sections(sections),
    )
    analysis.morphemes = analyse(seen.text, [(start, end) for _, start, end in analysis.sections])
    return analysis


def _portions(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while end - start > MAX_BLOCK:
        cut = max(text.rfind(mark, start + MAX_BLOCK // 2, start + MAX_BLOCK) for mark in ("\n", " "))
        cut = cut if cut > start else start + MAX_BLOCK
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def surface_pieces(text: str, tokens: Sequence[Morpheme]) -> tuple[list[str], list[bool], list[str]]:
    """Words, spaces and tags of a ``Doc`` over ``text``: every character is in a word or a single space.

    The tag of a piece joins the tags of its morphemes with ``+`` (``XSV+EP`` for ``했``).
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    position = 0
    piece_end = -1
    for start, end, _form, tag, *_ in tokens:
        if start == end:
            continue
        if start < piece_end:  # overlaps the piece before: one surface piece
            if end > piece_end:
                words[-1] += text[piece_end:end]
                piece_end = position = end
            tags[-1] += "+" + tag
            continue
        if start > position:
            _fill(text, position, start, words, spaces, tags)
        words.append(text[start:end])
        spaces.append(False)
        tags.append(tag)
        piece_end = position = end
    if position < len(text):
        _fill(text, position, len(text), words, spaces, tags)
    return words, spaces, tags


def _fill(text: str, start: int, end: int, words: list[str], spaces: list[bool], tags: list[str]) -> None:
    """Characters that Kiwi passed over: a single space goes to the word before, the rest is a word."""
    if text[start] == " " and words and not spaces[-1]:
        spaces[-1] = True
        start += 1
    if start < end:
        words.append(text[start:end])
        spaces.append(False)
        tags.append("_SP" if text[start:end].isspace() else "SW")


class KiwiTokenizer:
    """``tokenizer`` of the pipeline: text → ``Doc`` carrying an :class:`extract.document.Analysis`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A ``Doc`` of one article given as plain text; its sections are found by the segmenter."""
        from extract.segment import segment_whole

        return self.make_doc(text, segment_whole(text).sections)

    def make_doc(self, text: str, sections: Sequence[Section], article_id: str | None = None) -> Doc:
        """A ``Doc`` of one article whose sections are known; its :class:`Analysis` holds the text as it is seen.

        Raises:
            ValueError: when the pieces do not give the text back (a defect, never the input's fault).
        """
        from spacy.tokens import Doc

        analysis = analysed(text, sections, article_id)
        seen, tokens = analysis.seen, analysis.morphemes
        words, spaces, tags = surface_pieces(text, tokens if seen is None else seen.moved(tokens))
        doc = Doc(self.vocab, words=words, spaces=spaces, tags=tags)
        doc.user_data[ANALYSIS] = analysis
        return doc

    # spaCy asks every tokeniser for these; there is nothing to save beside Kiwi's own model.
    def to_bytes(self, **_: object) -> bytes:
        """Nothing to store: Kiwi's model is a package of its own."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> KiwiTokenizer:
        """The tokeniser itself."""
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        """Nothing to store."""

    def from_disk(self, _path: object, **_: object) -> KiwiTokenizer:
        """The tokeniser itself."""
        return self

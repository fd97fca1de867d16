"""The whole run beside a spaCy CNN pipeline: ``python benchmarks/bench_spacy.py [TEXTS…]``.

The peer is ``tok2vec`` of spaCy's default size and ``ner`` with the seven labels, its weights untrained: speed only.
It is measured once with the tokens ready made, so that its time is the network's alone, and once from the text on, with
Kiwi as its tokeniser, as Korean needs one (spaCy's own for Korean, MeCab, is a program to install). One process, CPU
time, eight articles by turns; the garbage collector is as a worker has it, for both.
"""

from __future__ import annotations

import sys
from typing import Any

import spacy
from measure import articles_of, cpu_seconds, spread
from spacy.tokens import Doc

from extract.engines.article import process_together
from extract.engines.garbage import settle
from extract.model import LABELS
from extract.pipeline import stages
from extract.segment import Segment
from extract.tokenise.kiwi import KiwiTokenizer

ROUNDS = 5
AT_ONCE = 8


def peer() -> Any:
    """A spaCy pipeline of ``tok2vec`` and ``ner`` with random weights."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("tok2vec")
    ner: Any = nlp.add_pipe("ner")
    for label in LABELS:
        ner.add_label(label)
    nlp.initialize()
    return nlp


def main() -> None:
    """Prints how many times as long the peer takes."""
    articles = articles_of(sys.argv[1:])
    ours = stages()
    other = peer()
    tokenizer = KiwiTokenizer(other.vocab)

    def from_text(some: list[Segment]) -> None:
        list(other.pipe([tokenizer.make_doc(article.text, article.sections) for article in some]))

    def cnn(some: list[tuple[list[str], list[bool]]]) -> None:
        list(other.pipe([Doc(other.vocab, words=words, spaces=spaces) for words, spaces in some]))

    def run(some: list[Segment]) -> None:
        list(process_together(ours, [(article, "-") for article in some]))

    parts = [articles[first : first + AT_ONCE] for first in range(0, len(articles), AT_ONCE)]
    given = []
    for some in parts:
        docs = [tokenizer.make_doc(article.text, article.sections) for article in some]
        given.append([([t.text for t in doc], [bool(t.whitespace_) for t in doc]) for doc in docs])
    run(articles)
    from_text(articles)
    settle()
    rounds = []
    for _ in range(ROUNDS):
        seconds = [0.0, 0.0, 0.0]
        for some, tokens in zip(parts, given, strict=True):
            seconds[0] += cpu_seconds(lambda some=some: run(some))
            seconds[1] += cpu_seconds(lambda tokens=tokens: cnn(tokens))
            seconds[2] += cpu_seconds(lambda some=some: from_text(some))
        rounds.append(seconds)
    characters = sum(len(article.text) for article in articles)
    print(f"{characters:,} characters, {ROUNDS} rounds{'':13} {'min':>6} {'median':>6} {'max':>6}")
    for i, name in enumerate(("whole run", "spaCy CNN, tokens given", "spaCy CNN from text")):
        print(f"{name + ', 1,000 characters/s':44} {spread([characters / r[i] / 1e3 for r in rounds])}")
    print(f"{'spaCy CNN, tokens given / whole run, time':44} {spread([b / a for a, b, _ in rounds])}")
    print(f"{'spaCy CNN from text / whole run, time':44} {spread([c / a for a, _, c in rounds])}")


if __name__ == "__main__":
    main()

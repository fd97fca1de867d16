"""The whole run beside a spaCy CNN pipeline: ``python benchmarks/bench_spacy.py [TEXTS…]``.

The peer is ``tok2vec`` of spaCy's default size and ``ner`` with the seven labels, its weights untrained: speed only.
It is given the tokens ready made, so that its time is the network's alone and no tokeniser's. One process, CPU time.
"""

from __future__ import annotations

import sys
from typing import Any

import spacy
from measure import articles_of, cpu_seconds, spread
from spacy.tokens import Doc

from extract import load
from extract.engines.article import process_segment
from extract.model import LABELS

ROUNDS = 5


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
    ours: Any = load()
    other = peer()
    words = []
    for article in articles:
        doc = ours.tokenizer.make_doc(article.text, article.sections)
        words.append(([token.text for token in doc], [bool(token.whitespace_) for token in doc]))

    def run() -> None:
        for article in articles:
            process_segment(ours, article, "-")

    def cnn() -> None:
        docs = [Doc(other.vocab, words=own, spaces=spaces) for own, spaces in words]
        list(other.pipe(docs))

    run()
    cnn()
    rounds = [(cpu_seconds(run), cpu_seconds(cnn)) for _ in range(ROUNDS)]
    characters = sum(len(article.text) for article in articles)
    print(f"{characters:,} characters, {ROUNDS} rounds{'':8} {'min':>6} {'median':>6} {'max':>6}")
    print(f"whole run, thousand characters/s   {spread([characters / a / 1e3 for a, _ in rounds])}")
    print(f"spaCy CNN, thousand characters/s   {spread([characters / b / 1e3 for _, b in rounds])}")
    print(f"spaCy CNN / whole run, time        {spread([b / a for a, b in rounds])}")


if __name__ == "__main__":
    main()

"""What each stage costs beside Kiwi, on the articles of seeds/: ``python benchmarks/bench_stages.py [FILES…]``.

Times are the best of some rounds over all articles in one process, after one round to warm up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiwipiepy import Kiwi

from extract import load
from extract.components import analysis_of
from extract.engines.article import article_id_of
from extract.readers import Document, read
from extract.segment import segment

ROUNDS = 5
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def best(action: Callable[[], Any]) -> float:
    """Seconds of the fastest of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def stages(documents: list[Document]) -> dict[str, float]:
    """Seconds per stage over all articles, Kiwi alone first."""
    articles = [article for document in documents for article in segment(document)]
    nlp = load()
    kiwi = Kiwi()

    def made() -> list[Any]:
        docs = []
        for article in articles:
            doc = nlp.tokenizer.make_doc(article.text, article.sections, article_id_of(article.text))
            analysis_of(doc).published = article.published
            docs.append(doc)
        return docs

    def tokenised() -> None:
        for article in articles:
            kiwi.tokenize(article.text)

    tokenised()
    found = {
        "Kiwi alone": best(tokenised),
        "segment": best(lambda: [segment(document) for document in documents]),
    }
    totals: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        docs = made()
        totals.setdefault("tokenise", []).append(time.perf_counter() - started)
        for name, component in nlp.pipeline:
            started = time.perf_counter()
            docs = [component(doc) for doc in docs]
            totals.setdefault(name, []).append(time.perf_counter() - started)
    return found | {name: min(seconds[1:]) for name, seconds in totals.items()}


def main() -> None:
    """Prints a line per stage: microseconds per character, and the share of Kiwi's time."""
    documents = [item for item in read(sys.argv[1:] or [SEEDS]) if isinstance(item, Document)]
    characters = sum(len(document.text) for document in documents)
    found = stages(documents)
    alone = found["Kiwi alone"]
    print(f"{characters:,} characters")
    for name, seconds in found.items():
        print(f"{name:20} {seconds / characters * 1e6:8.2f} µs/char {seconds / alone:7.2f} x Kiwi")
    whole = sum(seconds for name, seconds in found.items() if name != "Kiwi alone")
    print(f"{'all':20} {whole / characters * 1e6:8.2f} µs/char {whole / alone:7.2f} x Kiwi")


if __name__ == "__main__":
    main()

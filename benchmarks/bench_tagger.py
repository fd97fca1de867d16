"""The statistical tagger alone beside Kiwi: ``python benchmarks/bench_tagger.py [FILES…]``.

Everything the tagger does on articles whose morphemes, and the proposals of lexicon and rules, are known:
pieces, evidence, network, spans. CPU time in one process on one thread, in turns with bare Kiwi on the same
texts; the first round, in which it meets every word anew, is told apart. Loading and memory are measured in
a process of their own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiwipiepy import Kiwi

from extract import load
from extract.components import analysis_of
from extract.readers import Document, read
from extract.segment import segment
from extract.tag.layout import Layout

ROUNDS = 7
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
LOADING = """
import time
import numpy

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))

before = resident()
started = time.perf_counter()
from extract.tagger import shared_model
shared_model()
print(time.perf_counter() - started, (resident() - before) / 1024)
"""


def seconds(action: Callable[[], Any]) -> float:
    """CPU seconds of an action."""
    started = time.process_time()
    action()
    return time.process_time() - started


def main() -> None:
    """Prints the rates, their ratio with its spread, and what loading takes."""
    nlp: Any = load()
    tagger = nlp.get_pipe("extract_tagger").stage.tagger
    sentences = nlp.get_pipe("extract_sentences")
    documents = [item for item in read(sys.argv[1:] or [SEEDS]) if isinstance(item, Document)]
    articles = [article for document in documents for article in segment(document)]
    known = []
    for article in articles:
        analysis = analysis_of(sentences(nlp.tokenizer.make_doc(article.text, article.sections)))
        layout = Layout(analysis, tagger.lexicon)
        analysis.titles = tagger.titles(layout)
        known.append((layout, analysis, tagger.arbiter(tagger.known(layout, analysis))))
    kiwi = Kiwi(num_workers=1)
    characters = sum(len(article.text) for article in articles)

    def tagged() -> None:
        for layout, analysis, winners in known:
            list(tagger.statistical(layout, analysis, winners).candidates())

    def tokenised() -> None:
        for article in articles:
            kiwi.tokenize(article.text)

    tokenised()
    first = seconds(tagged)
    alone, ratios = [], []
    for _ in range(ROUNDS):
        alone.append(seconds(tokenised))
        ratios.append(alone[-1] / seconds(tagged))
    rate = characters / statistics.median(alone)
    print(f"{characters:,} characters, {ROUNDS} rounds")
    print(f"Kiwi              {rate / 1e3:6.0f} thousand characters a second")
    print(f"tagger            {rate * statistics.median(ratios) / 1e3:6.0f} thousand characters a second")
    print(
        f"tagger ÷ Kiwi     {statistics.median(ratios):6.2f}  (least {min(ratios):.2f}, most {max(ratios):.2f}); "
        f"first meeting every word {statistics.median(alone) / first:.2f}"
    )
    runs = [
        tuple(
            map(
                float,
                subprocess.run(
                    [sys.executable, "-c", LOADING], capture_output=True, check=True
                ).stdout.split(),
            )
        )
        for _ in range(5)
    ]
    print(f"loading           {statistics.median(run[0] for run in runs):6.2f} s")
    print(f"memory            {statistics.median(run[1] for run in runs):6.0f} MiB more than NumPy alone")


if __name__ == "__main__":
    main()

"""The whole run and each stage beside bare Kiwi: ``python benchmarks/bench_stages.py [TEXTS…]``.

One process, one thread, CPU time, with the garbage collector as a worker has it. Eight articles at a time are given to
bare Kiwi, to the whole run (text to rows, as a worker does it: stage by stage), to the same article by article, and to
the stages one by one, so that whatever else the machine does disturbs all alike; ratios are those of the sums of a round.

Caches know the texts from the second round on. ``first meeting`` is the whole run on them before that, after other texts
(seeds/): it meets every word for the first time and compiles the rules that it needs.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter

from kiwipiepy import Kiwi
from measure import articles_of, cpu_seconds, spread

from extract.engines.article import process_segment, process_together, tokenised
from extract.engines.garbage import settle
from extract.pipeline import STAGES, stages
from extract.segment import Segment

ROUNDS = 7
AT_ONCE = 8
WHOLE, SINGLY, TOKENS = "whole run", "article by article", "tokenise (Kiwi in it)"


def main() -> None:
    """Prints a line for the whole run and one a stage: the ratio to Kiwi as minimum, median, maximum."""
    articles = articles_of(sys.argv[1:])
    parts = [articles[first : first + AT_ONCE] for first in range(0, len(articles), AT_ONCE)]
    made = stages()
    kiwi = Kiwi(num_workers=1)

    def alone(some: list[Segment]) -> None:
        for article in some:
            kiwi.tokenize(article.text)

    def whole(some: list[Segment]) -> None:
        list(process_together(made, [(article, "-") for article in some]))

    def singly(some: list[Segment]) -> None:
        for article in some:
            process_segment(made, article, "-")

    def by_stage(some: list[Segment], seconds: Counter[str]) -> None:
        started = time.process_time()
        analyses = [tokenised(article) for article in some]
        seconds[TOKENS] += time.process_time() - started
        for (name, _task), stage in zip(STAGES, made, strict=True):
            started = time.process_time()
            for analysis in analyses:
                stage.work(analysis)
            seconds[name] += time.process_time() - started

    others = articles_of([])
    singly(others)
    alone(others)
    settle()
    met = Counter[str]()
    for some in parts:
        met[WHOLE] += cpu_seconds(lambda some=some: whole(some))
        met["Kiwi"] += cpu_seconds(lambda some=some: alone(some))
    rounds: list[Counter[str]] = []
    for _ in range(ROUNDS):
        seconds = Counter[str]()
        for some in parts:
            for name, action in (("Kiwi", alone), (WHOLE, whole), (SINGLY, singly)):
                seconds[name] += cpu_seconds(lambda action=action, some=some: action(some))
            by_stage(some, seconds)
        rounds.append(seconds)
    characters = sum(len(article.text) for article in articles)
    rate = statistics.median(characters / seconds["Kiwi"] for seconds in rounds)
    print(f"{characters:,} characters in {len(articles)} articles, {ROUNDS} rounds")
    print(f"bare Kiwi {rate / 1e3:.0f} thousand characters a CPU second")
    print(f"{'':24} {'min':>6} {'median':>6} {'max':>6}  x bare Kiwi")
    for name in (WHOLE, SINGLY, TOKENS, *(name for name, _ in STAGES)):
        print(f"{name:24} {spread([seconds[name] / seconds['Kiwi'] for seconds in rounds])}")
    print(f"{'whole run, first meeting':24} {met[WHOLE] / met['Kiwi']:13.2f}")


if __name__ == "__main__":
    main()

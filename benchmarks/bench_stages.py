"""The whole run and each stage beside bare Kiwi: ``python benchmarks/bench_stages.py [TEXTS…]``.

One process, one thread, CPU time. Each round measures bare Kiwi, the whole run (text to rows, as a worker does it: some
articles at a time, stage by stage), the same article by article, and the stages one by one, on the same articles, after
one round to warm up, with the garbage collector as a worker has it; ratios are those of one round.

Caches know these texts after the warm-up; ``first meeting`` is the whole run on them before that, after other texts
(seeds/), beside Kiwi then.
"""

from __future__ import annotations

import statistics
import sys
import time

from kiwipiepy import Kiwi
from measure import articles_of, cpu_seconds, spread

from extract.engines.article import process_segment, process_together
from extract.engines.garbage import settle
from extract.pipeline import STAGES, stages
from extract.tokenise.kiwi import analysed

ROUNDS = 7


def main() -> None:
    """Prints a line for the whole run and one a stage: the ratio to Kiwi as minimum, median, maximum."""
    articles = articles_of(sys.argv[1:])
    made = stages()
    kiwi = Kiwi(num_workers=1)

    def alone() -> None:
        for article in articles:
            kiwi.tokenize(article.text)

    def whole() -> None:
        list(process_together(made, [(article, "-") for article in articles]))

    def article_by_article() -> None:
        for article in articles:
            process_segment(made, article, "-")

    def one_by_one() -> dict[str, float]:
        found = {}
        started = time.process_time()
        analyses = [analysed(article.text, article.sections) for article in articles]
        found["tokenise (Kiwi in it)"] = time.process_time() - started
        for article, analysis in zip(articles, analyses, strict=True):
            analysis.published = article.published
        for (name, _task), stage in zip(STAGES, made, strict=True):
            started = time.process_time()
            for analysis in analyses:
                stage.work(analysis)
            found[name] = time.process_time() - started
        return found

    for article in articles_of([]):
        process_segment(made, article, "-")
        kiwi.tokenize(article.text)
    settle()
    first = cpu_seconds(whole) / cpu_seconds(alone)
    rates: list[float] = []
    ratios: dict[str, list[float]] = {}
    characters = sum(len(article.text) for article in articles)
    for _ in range(ROUNDS):
        base = cpu_seconds(alone)
        rates.append(characters / base)
        ratios.setdefault("whole run", []).append(cpu_seconds(whole) / base)
        ratios.setdefault("article by article", []).append(cpu_seconds(article_by_article) / base)
        for name, seconds in one_by_one().items():
            ratios.setdefault(name, []).append(seconds / base)
    print(f"{characters:,} characters in {len(articles)} articles, {ROUNDS} rounds")
    print(f"bare Kiwi {statistics.median(rates) / 1e3:.0f} thousand characters a CPU second")
    print(f"{'':24} {'min':>6} {'median':>6} {'max':>6}  x bare Kiwi")
    for name, values in ratios.items():
        print(f"{name:24} {spread(values)}")
    print(f"{'whole run, first meeting':24} {first:13.2f}")


if __name__ == "__main__":
    main()

"""Long runs: rate and peak memory from a thousand articles to a hundred thousand, with one and two workers.

``python benchmarks/bench_corpus.py [TEXTS…] [--sizes 1000,10000] [--workers 1,2] [--rounds 5] [--no-tagger]``. The
articles are made from the sentences of ``TEXTS`` (``benchmarks/corpus.py``; seeds/ where none are given) in a
temporary folder. Every run is a process of its own. Peak memory is resident memory, pages shared with the parent
included, of the parent and of the largest worker; the figures of a line are medians of its rounds. ``speed-up`` is
that over one worker in the same round, by the clock, which other work on the machine disturbs, and by CPU time
(workers × CPU of one ÷ CPU of all), which it hardly does. Seconds are those of a run, reading and writing included,
after Kiwi and the lexicons are loaded, which takes four seconds whatever the size; CPU seconds and memory are those
of all.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import synthesised, written
from measure import spread

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def measured(inputs: Path, workers: int, tagger: bool, formats: str) -> dict[str, Any]:
    """What one run takes: seconds, CPU seconds, megabytes."""
    options = [str(inputs), str(workers), str(int(tagger)), formats]
    command = [sys.executable, __file__, "--run", *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def run_once(inputs: str, workers: str, tagger: str, formats: str) -> None:
    """Runs in this process and prints what it took as JSON."""
    from extract.engines.local import run
    from extract.engines.plan import settled
    from extract.engines.stream import pipeline

    pipeline(settled((), (), tagger == "1", False)[0])
    with tempfile.TemporaryDirectory(prefix="extract-bench-") as folder:
        began = time.monotonic()
        summary = run(
            [inputs],
            Path(folder, "out"),
            workers=int(workers),
            model=tagger == "1",
            formats=formats.split(","),
        )
        seconds = time.monotonic() - began
        size = sum(path.stat().st_size for path in Path(folder, "out").rglob("*") if path.is_file())
        state = sum(path.stat().st_size for path in Path(folder, "out", ".extract").iterdir())
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "articles": summary.articles,
                "errors": summary.errors,
                "seconds": seconds,
                "cpu_parent": own.ru_utime + own.ru_stime,
                "cpu_workers": others.ru_utime + others.ru_stime,
                "parent_mb": own.ru_maxrss / 1024,
                "worker_mb": others.ru_maxrss / 1024,
                "output_mb": size / 1e6,
                "state_mb": state / 1e6,
            }
        )
    )


def main() -> None:
    """Prints a line for each size and number of workers, and what more workers give."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", default=[str(SEEDS)])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chars", type=int, default=600)
    parser.add_argument("--per-file", type=int, default=1000)
    parser.add_argument("--no-tagger", action="store_true")
    parser.add_argument("--formats", default="csv,jsonl")
    given = parser.parse_args()
    columns = (
        "articles workers seconds a_second CPU_parent CPU_workers parent_MB worker_MB output_MB state_MB"
    )
    print(f"{given.rounds} rounds\n" + " ".join(f"{name.replace('_', ' '):>11}" for name in columns.split()))
    ups = []
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="extract-corpus-") as folder:
            written(Path(folder), synthesised(given.texts, size, given.chars), given.per_file)
            found: dict[int, list[dict[str, Any]]] = {}
            for _ in range(given.rounds):
                for workers in map(int, given.workers.split(",")):
                    taken = measured(Path(folder), workers, not given.no_tagger, given.formats)
                    found.setdefault(workers, []).append(taken)
        one, *_ = found.values()
        for workers, runs in found.items():
            middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
            figures = [f"{middle['articles']:,.0f}", str(workers), f"{middle['seconds']:.1f}"]
            figures.append(f"{middle['articles'] / middle['seconds']:.1f}")
            figures += [f"{middle[name]:.1f}" for name in ("cpu_parent", "cpu_workers")]
            figures += [f"{middle[name]:.0f}" for name in ("parent_mb", "worker_mb", "output_mb", "state_mb")]
            print(" ".join(f"{figure:>11}" for figure in figures), flush=True)
            if workers > 1:
                clock = [a["seconds"] / b["seconds"] for a, b in zip(one, runs, strict=True)]
                cpu = [workers * _cpu(a) / _cpu(b) for a, b in zip(one, runs, strict=True)]
                ups += [(size, workers, "by the clock", clock), (size, workers, "by CPU", cpu)]
    if ups:
        print(f"speed-up{'':34} {'min':>6} {'median':>6} {'max':>6}")
    for size, workers, how, values in ups:
        print(f"{f'{size:,} articles, {workers} workers, {how}':42} {spread(values)}")


def _cpu(run: dict[str, Any]) -> float:
    return float(run["cpu_parent"] + run["cpu_workers"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run_once(*sys.argv[2:])
    else:
        main()

"""Long runs: rate and peak memory from a thousand articles to a hundred thousand, with one and two workers.

``python benchmarks/bench_corpus.py [TEXTS…] [--sizes 1000,10000] [--workers 1,2] [--no-tagger]``. The articles are
made from the sentences of ``TEXTS`` (``benchmarks/corpus.py``; seeds/ where none are given) in a temporary folder.
Every run is a process of its own. Peak memory is resident memory, pages shared with the parent included, of the
parent and of the largest worker. ``speed-up`` is that over one worker by the clock, which other work on the machine
disturbs, and by CPU time (workers × CPU of one ÷ CPU of all), which it hardly does.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import synthesised, written

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
    """Prints a line per run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", default=[str(SEEDS)])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--chars", type=int, default=600)
    parser.add_argument("--per-file", type=int, default=1000)
    parser.add_argument("--no-tagger", action="store_true")
    parser.add_argument("--formats", default="csv,jsonl")
    given = parser.parse_args()
    print(
        f"{'articles':>9} {'workers':>7} {'wall s':>8} {'a second':>8} {'CPU parent':>10} {'CPU workers':>11} "
        f"{'parent MB':>9} {'worker MB':>9} {'output MB':>9} {'state MB':>8} {'speed-up':>8} {'by CPU':>6}"
    )
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="extract-corpus-") as folder:
            written(Path(folder), synthesised(given.texts, size, given.chars), given.per_file)
            one: dict[str, Any] | None = None
            for workers in map(int, given.workers.split(",")):
                found = measured(Path(folder), workers, not given.no_tagger, given.formats)
                one = one or found
                cpu = found["cpu_parent"] + found["cpu_workers"]
                by_cpu = workers * (one["cpu_parent"] + one["cpu_workers"]) / cpu
                print(
                    f"{found['articles']:9,} {workers:7} {found['seconds']:8.1f} "
                    f"{found['articles'] / found['seconds']:8.1f} {found['cpu_parent']:10.1f} "
                    f"{found['cpu_workers']:11.1f} {found['parent_mb']:9.0f} {found['worker_mb']:9.0f} "
                    f"{found['output_mb']:9.1f} {found['state_mb']:8.1f} "
                    f"{one['seconds'] / found['seconds']:8.2f} {by_cpu:6.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run_once(*sys.argv[2:])
    else:
        main()

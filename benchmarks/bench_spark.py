"""Spark against the local engine on the same articles.

``python benchmarks/bench_spark.py [TEXTS…] [--sizes 400,2000] [--rounds 5]``. The articles are made from the
sentences of ``TEXTS`` (``benchmarks/corpus.py``; seeds/ where none are given) in a temporary folder. Both engines run
in processes of their own, on two cores; Spark on a cluster of this machine with two workers of one core each, by
turns. CPU seconds are those of a run and of all processes below it, JVMs included, read from ``/proc`` while it goes
on. What a run costs at no article and what an article costs come from the medians of the least and the largest size;
other work on the machine disturbs the clock, CPU time hardly. Needs PySpark and Java 17 (``make spark``).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from corpus import synthesised, written
from measure import spread

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
TICK = os.sysconf("SC_CLK_TCK")
CHILD = {
    "local": "from extract.engines.local import run; run([{inputs!r}], {out!r}, workers=2, formats=('csv',))",
    "spark": "from extract.engines.spark import run; run([{inputs!r}], {out!r}, master={master!r})",
}


class Taken(NamedTuple):
    """What a run takes, in seconds; ``java`` is the JVMs' part of ``cpu``."""

    clock: float
    cpu: float
    java: float


def measured(code: str) -> Taken:
    """What a Python program takes."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as process:
        family, seconds = {process.pid}, {process.pid: ("python", 0.0)}
        while process.poll() is None:
            look(family, seconds)
            time.sleep(0.3)
    if process.returncode:
        raise SystemExit(f"the run failed: {code}")
    by_name: Counter[str] = Counter()
    for name, cpu in seconds.values():
        by_name[name] += cpu
    return Taken(time.monotonic() - began, sum(by_name.values()), by_name["java"])


def look(family: set[int], seconds: dict[int, tuple[str, float]]) -> None:
    """Notes name and CPU seconds of all processes that descend from ``family``, which grows by them."""
    alive: dict[int, tuple[int, str, float]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                text = (entry / "stat").read_text()
            except OSError:
                continue
            fields = text[text.rindex(")") + 2 :].split()
            name = text[text.index("(") + 1 : text.rindex(")")]
            alive[int(entry.name)] = (int(fields[1]), name, (int(fields[11]) + int(fields[12])) / TICK)
    grown = True
    while grown:
        new = {pid for pid, (parent, _, _) in alive.items() if parent in family} - family
        family |= new
        grown = bool(new)
    for pid in family & alive.keys():
        seconds[pid] = alive[pid][1:]


def main() -> None:
    """Prints a line for each engine and size, and what comes on top with Spark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", default=[str(SEEDS)])
    parser.add_argument("--sizes", default="400,2000", help="numbers of articles")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    given = parser.parse_args()
    from extract.engines.spark_session import missing

    problem, remedy = missing()
    if problem:
        print(f"{problem}; {remedy}: nothing measured")
        return
    sizes = sorted(map(int, given.sizes.split(",")))
    found: dict[tuple[str, int], list[Taken]] = {}
    with tempfile.TemporaryDirectory(prefix="extract-bench-") as folder:
        for size in sizes:
            inputs = Path(folder, f"in-{size}")
            written(inputs, synthesised(given.texts, size), 200)
            for number in range(given.rounds):
                for engine, code in CHILD.items():
                    out = str(Path(folder, f"{engine}-{size}-{number}"))
                    taken = measured(code.format(inputs=str(inputs), out=out, master=given.master))
                    found.setdefault((engine, size), []).append(taken)
    print(f"{given.rounds} rounds, seconds{'':23} {'min':>6} {'median':>6} {'max':>6}")
    for (engine, size), runs in found.items():
        for name in Taken._fields:
            if any(getattr(run, name) for run in runs):
                print(
                    f"{size:6,} articles, {engine}, {name:15} {spread([getattr(run, name) for run in runs])}"
                )
    for size in sizes:
        pairs = list(zip(found["local", size], found["spark", size], strict=True))
        for name in ("clock", "cpu"):
            more = [getattr(spark, name) - getattr(local, name) for local, spark in pairs]
            print(f"{size:6,} articles, more with Spark, {name:5} {spread(more)}")
    if len(sizes) > 1:
        for engine in CHILD:
            least, most = (
                statistics.median(t.cpu for t in found[engine, size]) for size in (sizes[0], sizes[-1])
            )
            each = (most - least) / (sizes[-1] - sizes[0])
            print(
                f"{engine}: {least - each * sizes[0]:.1f} CPU seconds a run, {1000 * each:.1f} ms an article"
            )


if __name__ == "__main__":
    main()

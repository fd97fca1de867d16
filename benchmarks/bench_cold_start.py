"""One text on the command line beside loading Kiwi alone: ``python benchmarks/bench_cold_start.py``.

Processes of their own, in turns, after one of each to fill the caches; CPU seconds of user and system, and seconds by
the clock. Kiwi alone imports it, loads it and reads the same text. Both have their byte code: an installation compiles
it, and so does ``make setup``.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import time

from measure import spread

import extract

ROUNDS = 5
TEXT = "박원순 서울시장은 6일 인도 뉴델리를 방문했다고 밝혔다."
KIWI = [sys.executable, "-c", f"from kiwipiepy import Kiwi; Kiwi(num_workers=1).tokenize({TEXT!r})"]
OURS = [sys.executable, "-m", "extract", "text", TEXT]


def seconds(command: list[str]) -> tuple[float, float]:
    """CPU and clock seconds of a process."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.perf_counter() - started


def main() -> None:
    """Prints both, and the ratio of each round."""
    compileall.compile_dir(next(iter(extract.__path__)), quiet=1)
    seconds(KIWI)
    seconds(OURS)
    rounds = [(seconds(KIWI), seconds(OURS)) for _ in range(ROUNDS)]
    print(f"{ROUNDS} rounds{'':24} {'min':>6} {'median':>6} {'max':>6}")
    for i, clock in enumerate(("CPU", "clock")):
        print(f"Kiwi alone, {clock + ' seconds':20} {spread([kiwi[i] for kiwi, _ in rounds])}")
        print(f"extract text, {clock + ' seconds':18} {spread([ours[i] for _, ours in rounds])}")
        print(f"ratio, {clock:25} {spread([ours[i] / kiwi[i] for kiwi, ours in rounds])}")


if __name__ == "__main__":
    main()

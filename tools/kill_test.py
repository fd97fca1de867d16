"""Kills runs at random moments and resumes them: ``python tools/kill_test.py INPUTS --work FOLDER``.

First comes an undisturbed run. Then a run of the same inputs is killed (SIGKILL, in turn the whole process group
and the parent alone) at a random moment, resumed, killed again, and so on; whenever it comes through between two
kills, its tables are compared with the undisturbed ones and the next run starts from nothing. It ends with 0 when
all tables agreed byte for byte, nothing stood under the output's name before it was complete, and no process was
left behind. Moments are drawn in CPU time of the run, so that a busy machine shifts none of them.
``benchmarks/corpus.py`` makes the inputs. Needs Linux (``/proc``).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def tables(folder: Path) -> dict[str, bytes]:
    """The files of an output that do not tell of the run itself."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "run.json"
    }


def started(inputs: str, out: Path, options: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    command = [sys.executable, "-m", "extract", "run", inputs, "--out", str(out), *options]
    with log.open("wb") as file:
        return subprocess.Popen(command, stderr=file, start_new_session=True)


def cpu_seconds(group: int) -> float:
    """CPU time that the processes of a group have taken, with that of children that have ended."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(values[2]) == group:
            ticks += sum(map(int, values[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def ended(process: subprocess.Popen[bytes], moment: float | None) -> int | None:
    """The exit code of a run that ends before it has taken so many seconds of CPU time; else ``None``."""
    while moment is None or cpu_seconds(process.pid) < moment:
        try:
            return process.wait(0.03)
        except subprocess.TimeoutExpired:
            continue
    return process.poll()


def alive(group: int) -> bool:
    """Whether some process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def left_over(group: int, seconds: float = 5.0) -> bool:
    """Whether some process of the group outlives the kill by more than ``seconds``."""
    until = time.monotonic() + seconds
    while alive(group):
        if time.monotonic() > until:
            os.killpg(group, signal.SIGKILL)
            return True
        time.sleep(0.05)
    return False


def main() -> None:
    """Runs, kills, resumes, compares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("inputs")
    parser.add_argument("--work", type=Path, required=True, help="folder for outputs and logs")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-tagger", action="store_true")
    given = parser.parse_args()
    options = ["--workers", str(given.workers), *(["--no-tagger"] if given.no_tagger else [])]
    shutil.rmtree(given.work, ignore_errors=True)
    given.work.mkdir(parents=True)
    log = given.work / "log.txt"

    began = os.times()
    started(given.inputs, given.work / "undisturbed", options, log).wait()
    after = os.times()
    if not (given.work / "undisturbed").is_dir():
        sys.exit(log.read_text(encoding="utf-8"))
    whole = after.children_user + after.children_system - began.children_user - began.children_system
    expected = tables(given.work / "undisturbed")
    print(f"undisturbed run: {whole:.1f} s of CPU time, {len(expected)} files", flush=True)

    chance = random.Random(given.seed)
    out = given.work / "killed"
    kills = completed = faults = 0
    while True:
        # The first of a series may be hit anywhere; later ones early enough that the series goes on.
        fresh = not (given.work / ".killed-partial").exists()
        moment = chance.uniform(0, whole if fresh else 0.5 * whole)
        process = started(given.inputs, out, options, log)
        code = ended(process, moment if kills < given.kills else None)
        said = log.read_text(encoding="utf-8", errors="replace")
        resumed = re.search(r"resuming\s+([\d,]+)", said)
        note = f"went on from {resumed[1]}" if resumed else "no earlier results told"
        if code is None:
            kills += 1
            whom = "group" if kills % 2 else "parent"
            (os.killpg if whom == "group" else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            left = left_over(process.pid)
            torn = out.exists() and tables(out) != expected
            faults += left + torn
            print(
                f"kill {kills:2} of the {whom:6} after {moment:5.1f} s; {note}"
                + ("; PROCESSES LEFT" if left else "")
                + ("; INCOMPLETE OUTPUT" if torn else ""),
                flush=True,
            )
            if not out.exists():
                continue
        elif code not in (0, 1):
            faults += 1
            print(f"ended with {code}: {said.strip()}")
        same = out.exists() and tables(out) == expected
        hidden = [path.name for path in given.work.iterdir() if path.name.startswith(".")]
        clean = code is None or not hidden
        completed += 1
        faults += (not same) + (not clean)
        print(
            f"complete; {note}; tables {'the same' if same else 'DIFFER'}"
            + ("" if clean else f"; LEFT BEHIND {hidden}"),
            flush=True,
        )
        if code is not None and kills >= given.kills:
            break
        shutil.rmtree(out)
    print(f"{kills} kills, {completed} complete outputs compared, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

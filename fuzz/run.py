"""Fuzzes every target for its share of the time: ``python fuzz/run.py [--minutes 10] [--only NAME]…``.

The corpus lives in ``.cache/fuzz/corpus`` and grows from run to run; an input that fails is kept in
``.cache/fuzz/found`` and told at the end, and the run goes on. The exit code is 1 when one was found.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTRUMENTED_SECONDS = 40
MEMORY_MB = 3000
_MOST_FOUND = 20
"""A target that fails so often is left for the others."""


def main() -> int:
    """Runs the targets one after the other; gives the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10, help="in all, over the targets")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="these targets alone")
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache" / "fuzz", help="corpus and findings")
    arguments = parser.parse_args()
    try:
        from targets import TARGETS
        from wrapped import SEEDS
    except ImportError as error:
        if error.name != "atheris":
            raise
        print(
            "atheris is missing: make fuzz, or pip install -r requirements-fuzz.lock",
            file=sys.stderr,
        )
        return 2
    names = arguments.only or list(TARGETS)
    unknown = [name for name in names if name not in TARGETS]
    if unknown:
        print(f"no target {unknown[0]!r}: {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    whole = sum(TARGETS[name][1] for name in names)
    found: list[Path] = []
    for name in names:
        corpus = arguments.folder / "corpus" / name
        corpus.mkdir(parents=True, exist_ok=True)
        for seed in SEEDS[name]:
            (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
        found += fuzz(
            name, corpus, arguments.folder / "found" / name, 60 * arguments.minutes * TARGETS[name][1] / whole
        )
    for path in found:
        print(f"found      {path}")
    print(f"targets    {len(names)}   found {len(found)}")
    return 1 if found else 0


def fuzz(name: str, corpus: Path, findings: Path, seconds: float) -> list[Path]:
    """Fuzzes one target for ``seconds``, going on after each finding; gives the inputs that failed."""
    findings.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    started = time.monotonic()
    log = findings.parent / f"{name}.log"
    with log.open("ab") as stream:
        while (left := seconds - (time.monotonic() - started)) > 1:
            subprocess.run(
                [
                    sys.executable,
                    str(ROOT / "fuzz" / "targets.py"),
                    name,
                    str(corpus),
                    f"-max_total_time={int(left)}",
                    f"-timeout={INSTRUMENTED_SECONDS}",
                    f"-report_slow_units={INSTRUMENTED_SECONDS}",
                    f"-rss_limit_mb={MEMORY_MB}",
                    "-max_len=4096",
                    f"-dict={ROOT / 'fuzz' / 'words.dict'}",
                    "-print_final_stats=1",
                    f"-artifact_prefix={findings}/",
                ],
                stdout=stream,
                stderr=subprocess.STDOUT,
                check=False,
            )
            for path in set(findings.iterdir()) - before:
                if path.name.startswith(("timeout-", "slow-unit-")) and is_fast(name, path):
                    path.unlink()
            new = len(set(findings.iterdir()))
            if new - len(before) >= _MOST_FOUND:
                break
    new_found = sorted(set(findings.iterdir()) - before)
    print(
        f"{name:<14} {time.monotonic() - started:6.0f} s   found {len(new_found)}",
        flush=True,
    )
    return new_found


def is_fast(name: str, path: Path) -> bool:
    """Whether the input takes long only where every line is counted."""
    command = [sys.executable, str(ROOT / "fuzz" / "targets.py"), name, "--replay", str(path)]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode == 0
    except subprocess.TimeoutExpired:
        return False


if __name__ == "__main__":
    sys.exit(main())

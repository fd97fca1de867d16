"""Runs the benchmarks and writes what they print into docs/benchmarks.md.

``python benchmarks/run.py [TEXTS…] [--only NAMES] [--long]``. Every ``benchmarks/bench_*.py`` is run, those that read
texts on ``TEXTS`` (seeds/ where none are given); its first docstring line is the section's title. ``--long`` runs what
takes too long for every day. A section whose benchmark is not run stays as it was.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "docs" / "benchmarks.md"
ARGUMENTS = {
    "bench_corpus": ["--sizes", "300", "--chars", "2400"],
    "bench_lexicon_size": ["100000"],
    "bench_spark": ["--sizes", "200", "--master", "local[2]"],
}
"""What keeps a benchmark within minutes; by itself each measures more."""
LONG = {
    "bench_corpus": [
        "--sizes",
        "1000,100000",
        "--workers",
        "1",
        "--rounds",
        "1",
        "--chars",
        "30",
        "--no-tagger",
    ],
    "bench_lexicon_size": ["1000000"],
    "bench_spark": ["--sizes", "400,2000", "--rounds", "1"],
}
"""What ``--long`` runs instead."""
WITHOUT_TEXTS = ("bench_cold_start", "bench_lexicon_size")
PACKAGES = ("kiwipiepy", "kiwipiepy_model", "spacy", "onnxruntime", "numpy", "regex", "daachorse")
HEAD = """# Benchmarks

Written by `make bench` (`make bench TEXTS=folder` measures other texts than seeds/). Ratios are taken within a round,
in one process or side by side, and given as minimum, median and maximum. How each is measured stands at the head of
its script in `benchmarks/`; what they mean for very large archives stands in [scale.md](scale.md).
"""


def machine() -> str:
    """Processor, cores, memory, system, versions and date, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", cpu.read_text()) if cpu.exists() else []
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.date.today()}, {names[0] if names else platform.processor()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}, {packages}"
    )


def section(script: Path, texts: list[str], long: bool) -> str:
    """The output of one benchmark under its title."""
    documentation = ast.get_docstring(ast.parse(script.read_text("utf-8"))) or script.stem
    title = documentation.split("\n")[0].split(": ``")[0].rstrip(".")
    title += " (long)" if long else ""
    arguments = LONG if long else ARGUMENTS
    options = [*([] if script.stem in WITHOUT_TEXTS else texts), *arguments.get(script.stem, [])]
    print(f"== {script.stem} {' '.join(options)}", flush=True)
    done = subprocess.run(
        [sys.executable, str(script), *options], check=True, stdout=subprocess.PIPE, text=True
    )
    print(done.stdout, flush=True)
    files = "TEXTS" if texts and script.stem not in WITHOUT_TEXTS else ""
    rest = [option for option in options if option not in texts]
    shown = " ".join(filter(None, ["python", f"benchmarks/{script.name}", files, *rest]))
    return f"## {title}\n\n`{shown}` on {machine()}.\n\n```\n{done.stdout.rstrip()}\n```\n"


def main() -> None:
    """Runs the benchmarks that are wanted and puts their sections into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--only", default="", help="names of benchmarks, with commas between")
    parser.add_argument("--long", action="store_true", help="the long ones instead")
    given = parser.parse_args()
    wanted = set(filter(None, given.only.split(",")))
    scripts = [path for path in sorted(HERE.glob("bench_*.py")) if not wanted or path.stem in wanted]
    scripts = [path for path in scripts if not given.long or path.stem in LONG]
    old = OUTPUT.read_text("utf-8") if OUTPUT.exists() else HEAD
    head, *rest = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    sections = {part.split("\n")[0]: part.rstrip() + "\n" for part in rest}
    for script in scripts:
        text = section(script, given.texts, given.long)
        sections[text.split("\n")[0]] = text
        OUTPUT.write_text("\n".join([head.rstrip() + "\n", *sections.values()]), encoding="utf-8")


if __name__ == "__main__":
    main()

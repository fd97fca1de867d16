"""A user's lexicon of many rows: ``python benchmarks/bench_lexicon_size.py [ROWS]`` (default 1,000,000).

Makes an overlay of invented organisations in a temporary folder, then measures in processes of their own:
compiling it, loading it from the cache, memory, and tagging 1 MB of the text of seeds/ with and without it,
by turns. Prints seconds, MiB and the ratio.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ROUNDS = 5
SYLLABLES = (
    "가강고구금기나남노다대도두라로마모무미바보부사산서선성세소수시신"
    "아안양여영오우원유이인자장재전정제조주지진차천초충치하한해현호화"
)
ENDINGS = ("상사", "산업", "물산", "전자", "기획", "건설", "식품", "화학", "기계", "무역")

CHILD = """
import json, resource, sys, time
started = time.perf_counter()
from extract.lexicon import load_lexicon
imported = time.perf_counter()
lexicon = load_lexicon(json.loads(sys.argv[1]))
loaded = time.perf_counter()
seconds = []
if sys.argv[2]:
    from extract.components import analysis_of
    from extract.pipeline import load
    nlp = load(json.loads(sys.argv[1]))
    text = open(sys.argv[2], encoding="utf-8").read()
    piece = text[:4000]
    docs = [text[i:i + 4000] for i in range(0, len(text), 4000)]
    nlp(piece)
    for _ in range(int(sys.argv[3])):
        begun = time.perf_counter()
        for doc in docs:
            nlp(doc)
        seconds.append(time.perf_counter() - begun)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"load": loaded - imported, "peak": peak, "seconds": seconds, "names": len(lexicon.gazetteer)}))
"""


def measure(folders: list[str], text: str = "", rounds: int = 1) -> dict[str, object]:
    """Load seconds, peak MiB and run seconds of one fresh process."""
    command = [sys.executable, "-c", CHILD, json.dumps(folders), text, str(rounds)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def overlay(folder: Path, rows: int) -> None:
    """Writes ``organisations.csv`` with so many invented names of four to seven syllables."""
    base = len(SYLLABLES)
    with (folder / "organisations.csv").open("w", encoding="utf-8") as file:
        file.write("id,name,aliases,subtype,source\n")
        for number in range(rows):
            rest, name = number * 7919 + 104729, ""
            for _ in range(3 + number % 3):
                rest, place = divmod(rest, base)
                name += SYLLABLES[(place + len(name) * 11) % base]
            file.write(f"bench-{number},{name}{ENDINGS[number % 10]}{number % 97 or ''},,company,benchmark\n")


def main() -> None:
    """Prints one line a figure."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        os.environ["EXTRACT_CACHE"] = str(root / "cache")
        (root / "mine").mkdir()
        overlay(root / "mine", rows)
        text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
        text *= 1_000_000 // len(text.encode()) + 1
        (root / "text.txt").write_text(text.encode()[:1_000_000].decode("utf-8", "ignore"), encoding="utf-8")
        mine = [str(root / "mine")]
        print(f"rows of the overlay      {rows:>10,}")
        compiled = measure(mine)
        print(f"compiled once in         {compiled['load']:>10.1f} s   ({compiled['peak']:.0f} MiB)")
        measure([])
        plain, loaded = measure([]), measure(mine)
        print(
            f"loaded from the cache in {loaded['load']:>10.2f} s   (without the overlay {plain['load']:.2f} s)"
        )
        ratios, memory = [], []
        for _ in range(ROUNDS):
            without = measure([], str(root / "text.txt"))
            given = measure(mine, str(root / "text.txt"))
            ratios.append(given["seconds"][0] / without["seconds"][0])
            memory.append(given["peak"] - without["peak"])
        print(f"memory more in a run     {statistics.median(memory):>10.0f} MiB")
        print(
            f"run on 1 MB of text      {statistics.median(ratios):>10.2f} x as long "
            f"(median of {ROUNDS}; {min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()

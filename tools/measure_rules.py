"""What the scores of relations mean: the measured precision of the rule behind a row.

``python tools/measure_rules.py GOLD.jsonl… [--write]`` runs the program over annotated articles, counts for every rule
of ``relations.yaml`` and ``identity.yaml`` how many of its rows are right, adds the rows that people have judged
(``tools/data/judged_relations.csv``: rule, right, wrong), and prints or writes ``measured: [right, wrong]`` and ``score``.

The score is ``(right + 1.6) / (right + wrong + 2)``: the mean of a beta distribution whose prior, 0.8, is worth two
rows. A rule that nobody has seen at work has 0.8; none reaches 1.

To judge more: ``--sheet TEXTS.txt --per-rule 20 > sheet.csv`` writes rows found in the texts (one a line), with an empty
column ``right``; fill it with 1 or 0 and add it up with ``--judge sheet.csv``, which updates the counts.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tools" / "data" / "judged_relations.csv"
FILES = ("relations", "identity")
PRIOR, WEIGHT = 0.8, 2

Counts = dict[str, list[int]]
"""Rule (``relations:met-talks``) → rows right, rows wrong."""


def score_of(right: int, wrong: int) -> float:
    """The smoothed precision, in (0, 1), with two decimals.

    >>> score_of(0, 0), score_of(16, 0), score_of(1, 1)
    (0.8, 0.98, 0.65)
    """
    return min(0.99, round((right + PRIOR * WEIGHT) / (right + wrong + WEIGHT), 2))


def on_gold(files: Sequence[Path]) -> Counts:
    """Rows right and wrong by rule on annotated articles; what good annotators could disagree on counts not."""
    import datetime

    from extract.engines.article import process_text
    from extract.evaluate import evaluate, read_gold
    from extract.pipeline import load
    from extract.write import to_json

    nlp = load()
    counts: Counts = {}
    for file in files:
        articles = read_gold(file)
        results = []
        for article in articles:
            published = datetime.date.fromisoformat(article.published) if article.published else None
            results.append({"id": article.id, **to_json(process_text(nlp, article.text, published))})
        rules = evaluate(articles, results).rules
        counts = add(counts, {rule: (found.tp, found.fp) for rule, found in rules.items()})
    return counts


def read_judged(path: Path = JUDGED) -> Counts:
    """The counts of rows that people judged.

    Raises:
        ValueError: for a line that holds no two numbers.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: [int(row["right"]), int(row["wrong"])] for row in csv.DictReader(file)}


def write_judged(counts: Mapping[str, Sequence[int]], path: Path = JUDGED) -> None:
    """Writes the counts, sorted by rule."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "right", "wrong"))
        writer.writerows((rule, *counts[rule]) for rule in sorted(counts))


def add(*several: Mapping[str, Sequence[int]]) -> Counts:
    """The sum of several counts."""
    total: Counts = defaultdict(lambda: [0, 0])
    for counts in several:
        for rule, (right, wrong) in counts.items():
            total[rule][0] += right
            total[rule][1] += wrong
    return dict(total)


_BLOCK = re.compile(r"(?m)^- name: (?P<name>\S+)\n(?P<body>(?:(?!- name: ).*\n?)*)")
_OLD = re.compile(r"(?m)^  (?:score|measured): .*\n")


def rewritten(text: str, prefix: str, counts: Mapping[str, Sequence[int]]) -> str:
    """A rule file with ``measured`` and ``score`` of each block that has a score; all else as it was."""

    def renew(match: re.Match[str]) -> str:
        body = match["body"]
        first = _OLD.search(body)
        if first is None:
            return match.group()
        right, wrong = counts.get(f"{prefix}:{match['name']}", (0, 0))
        lines = f"  score: {score_of(right, wrong)}\n"
        if right + wrong:
            lines += f"  measured: [{right}, {wrong}]\n"
        start = first.start()
        return f"- name: {match['name']}\n{_OLD.sub('', body[:start])}{lines}{_OLD.sub('', body[start:])}"

    return _BLOCK.sub(renew, text)


def sheet(texts: Iterable[str], per_rule: int, seed: int = 0) -> list[tuple[str, str, str, str]]:
    """Rows to judge: at most ``per_rule`` of each rule, drawn at random, as rule, fact, text, empty verdict."""
    from extract.components import analysis_of
    from extract.pipeline import load

    nlp = load()
    found: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for text in texts:
        for row in analysis_of(nlp(text)).relations:
            fact = f"{row.subject} | {row.predicate} | {row.object}"
            found[row.rule].append((row.rule, fact, text, ""))
    draw = random.Random(seed)
    return [
        line for rule in sorted(found) for line in draw.sample(found[rule], min(per_rule, len(found[rule])))
    ]


def judged_sheet(path: Path) -> Counts:
    """The verdicts of a filled sheet; lines without one are left out.

    Raises:
        ValueError: for a verdict that is neither 1 nor 0.
    """
    counts: Counts = defaultdict(lambda: [0, 0])
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if row["right"].strip() not in ("", "0", "1"):
                raise ValueError(f"{path}:{number}: {row['right']!r} is no verdict; write 1 or 0")
            if row["right"].strip():
                counts[row["rule"]][0 if row["right"].strip() == "1" else 1] += 1
    return dict(counts)


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(description="Measured precision of the relation rules.")
    parser.add_argument("gold", nargs="*", type=Path, help="annotated articles, JSONL")
    parser.add_argument("--write", action="store_true", help="write the scores into the rule files")
    parser.add_argument("--sheet", type=Path, help="texts, one a line: print rows to judge as CSV")
    parser.add_argument("--per-rule", type=int, default=20, help="rows of a sheet by rule")
    parser.add_argument("--judge", type=Path, help="a filled sheet: add its verdicts to the counts")
    options = parser.parse_args()
    if options.sheet:
        writer = csv.writer(sys.stdout)
        writer.writerow(("rule", "fact", "text", "right"))
        writer.writerows(sheet(options.sheet.read_text(encoding="utf-8").splitlines(), options.per_rule))
        return
    if options.judge:
        write_judged(add(read_judged(), judged_sheet(options.judge)))
    counts = add(read_judged(), on_gold(options.gold))
    for rule in sorted(counts):
        right, wrong = counts[rule]
        print(f"{rule:40} {right:4} right {wrong:3} wrong   score {score_of(right, wrong)}")
    if options.write:
        for name in FILES:
            path = ROOT / "lexicons" / "rules" / f"{name}.yaml"
            text = path.read_text(encoding="utf-8")
            path.write_text(rewritten(text, name, counts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

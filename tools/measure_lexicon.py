"""How many gold names a lexicon knows, and which short forms are mostly something else.

``python tools/measure_lexicon.py GOLD.jsonl [--kind wikitree] [--missing 40]`` counts mentions of GOLD (lines with
``id``, ``text`` and ``mentions`` of ``text`` and ``label`` LC, OG or PS) whose text stands in a lexicon row.
``--danger RAW.jsonl`` counts, for forms of up to ``--length`` syllables, how often they stand in the texts at the
beginning of a word and how often that is a labelled name; it lists free forms that mostly are not.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.lexicon import Lexicon, load_lexicon

FILES = ("people", "organisations", "cities", "places", "countries")
KLUE = {"PERSON": "PS", "CITY": "LC", "PLACE": "LC", "ORG": "OG"}


def key(text: str) -> str:
    """A form for comparison: NFC, without white space and middle dots, lower case."""
    return re.sub(r"[\s·ㆍ・‧]", "", unicodedata.normalize("NFC", text)).lower()


def forms(lexicon: Lexicon) -> dict[str, set[tuple[str, str]]]:
    """Form → the (KLUE label, guard) pairs under which rows list it."""
    found: dict[str, set[tuple[str, str]]] = collections.defaultdict(set)
    for file in FILES:
        for row in lexicon.rows(file):
            for form, guard in row.guarded_forms:
                found[key(form)].add((KLUE[row.label or ""], guard))
    return found


def lines(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The records of a JSON-lines file whose id holds ``kind``."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if kind in record["id"]:
                yield record


def coverage(known: dict[str, set[tuple[str, str]]], gold: Path, kind: str, missing: int) -> None:
    """Prints the share of gold mentions (tokens and types) whose exact form is listed, per label."""
    total: collections.Counter[str] = collections.Counter()
    hit: collections.Counter[str] = collections.Counter()
    free: collections.Counter[str] = collections.Counter()
    unseen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for record in lines(gold, kind):
        for mention in record["mentions"]:
            label = mention["label"]
            if label not in ("LC", "OG"):
                continue
            total[label] += 1
            listed = {guard for kind_, guard in known.get(key(mention["text"]), ()) if kind_ == label}
            if listed:
                hit[label] += 1
                free[label] += "" in listed
            else:
                unseen[label][mention["text"]] += 1
    for label in ("LC", "OG"):
        share, open_share = hit[label] / total[label], free[label] / total[label]
        print(
            f"{label}: {hit[label]} of {total[label]} mentions listed ({share:.1%}); unguarded {open_share:.1%}"
        )
        for text, count in unseen[label].most_common(missing):
            print(f"    {count:3d} {text}")


def danger(known: dict[str, set[tuple[str, str]]], raw: Path, length: int, kind: str) -> None:
    """Prints unguarded short forms that begin a word in the texts more often than they are a name there."""
    short = {form for form, claims in known.items() if len(form) <= length and any(not g for _, g in claims)}
    seen: collections.Counter[str] = collections.Counter()
    named: collections.Counter[str] = collections.Counter()
    for record in lines(raw, kind):
        spans = {(m["start"], m["end"]) for m in record["mentions"] if m["label"] in ("LC", "OG", "PS")}
        for word in re.finditer(r"\S+", record["text"]):
            for size in range(1, length + 1):
                start, form = word.start(), word.group()[:size].lower()
                if len(form) == size and form in short:
                    seen[form] += 1
                    named[form] += any(a <= start and start + size <= b for a, b in spans)
    for form, count in seen.most_common():
        if count >= 3 and named[form] / count < 0.5:
            print(f"    {form}: {count} times, {named[form]} of them a name  {sorted(known[form])}")


def main() -> None:
    """Command line; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--kind", default="wikitree")
    parser.add_argument("--missing", type=int, default=0)
    parser.add_argument("--danger", type=Path)
    parser.add_argument("--length", type=int, default=2)
    args = parser.parse_args()
    known = forms(load_lexicon())
    coverage(known, args.gold, args.kind, args.missing)
    if args.danger:
        danger(known, args.danger, args.length, args.kind)


if __name__ == "__main__":
    main()

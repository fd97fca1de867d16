"""How many gold names a lexicon knows, and which short forms are mostly something else.

``python tools/measure_lexicon.py GOLD.jsonl [--kind wikitree] [--missing 40]`` counts mentions of GOLD (lines with
``id``, ``text`` and ``mentions`` of ``text`` and ``label`` LC, OG or PS) whose text stands in a lexicon row.
``--danger RAW.jsonl`` counts, for forms of up to ``--length`` syllables, how often they stand in the texts at the
beginning of a word and how often that is a labelled name; it lists free forms that mostly are not.
``--tagging`` tags GOLD with the rows of names alone, then with the endings of ``org_suffixes`` and
``place_suffixes`` too, and prints precision, recall and what the wrong ones are.
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

from extract.components import analysis_of
from extract.lexicon import Lexicon, load_lexicon
from extract.pipeline import load
from extract.tag.layout import Layout
from extract.tag.tagger import by_end

FILES = ("people", "organisations", "cities", "places", "countries")
KLUE = {"PERSON": "PS", "CITY": "LC", "PLACE": "LC", "ORG": "OG"}


def key(text: str) -> str:
    """A form for comparison: NFC, without white space and middle dots, lower case."""
    return re.sub(r"[\s·ㆍ・‧]", "", unicodedata.normalize("NFC", text)).lower()


def forms(lexicon: Lexicon) -> dict[str, set[tuple[str, str]]]:
    """Form → the (KLUE label, guard) pairs under which rows list it; ``adjectives`` of countries are ``evidence``."""
    found: dict[str, set[tuple[str, str]]] = collections.defaultdict(set)
    for file in FILES:
        for row in lexicon.rows(file):
            for form, guard in row.guarded_forms:
                found[key(form)].add((KLUE[row.label or ""], guard))
            for syllable in filter(None, row["adjectives"].split("|")):
                found[key(syllable)].add((KLUE[row.label or ""], "evidence"))
    return found


def lines(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The records of a JSON-lines file whose id holds ``kind``."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if kind in record["id"]:
                yield record


def composed(known: dict[str, set[tuple[str, str]]], text: str) -> bool:
    """Whether every word of a mention is listed, as in ``경기 용인시 수지구``."""
    words = text.split()
    return len(words) > 1 and all(key(word) in known for word in words)


def coverage(known: dict[str, set[tuple[str, str]]], gold: Path, kind: str, missing: int) -> None:
    """Prints the share of gold mentions (tokens and types) whose exact form is listed, per label."""
    counts: dict[str, collections.Counter[str]] = {label: collections.Counter() for label in ("LC", "OG")}
    unseen: dict[str, collections.Counter[str]] = {label: collections.Counter() for label in ("LC", "OG")}
    for record in lines(gold, kind):
        for mention in record["mentions"]:
            label, text = mention["label"], mention["text"]
            if label not in counts:
                continue
            claims = known.get(key(text), set())
            own = {guard for claim, guard in claims if claim == label}
            counts[label].update(
                ["all", *["own"] * bool(own), *["free"] * ("" in own), *["any"] * bool(claims)]
            )
            if claims or composed(known, text):
                counts[label]["parts"] += 1
            else:
                unseen[label][text] += 1
    for label, found in counts.items():
        shares = {name: found[name] / max(1, found["all"]) for name in ("own", "free", "any", "parts")}
        print(
            f"{label}: {found['all']} mentions; form listed under {label} {shares['own']:.1%} (unguarded {shares['free']:.1%}), "
            f"under any label {shares['any']:.1%}, form or each of its words {shares['parts']:.1%}"
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


def cause(start: int, end: int, gold: list[dict[str, Any]]) -> str:
    """Why a tagged span is wrong, by the gold mentions that it touches."""
    touched = [m for m in gold if m["start"] < end and start < m["end"]]
    if not touched:
        return "no name"
    for m in touched:
        if (m["start"], m["end"]) == (start, end):
            return f"label {m['label']}"
        if m["start"] <= start and end <= m["end"]:
            return f"inside a longer {m['label']}"
    return "around a shorter name"


def tagging(gold: Path, kind: str, endings: bool) -> None:
    """Prints precision and recall of what the lexicon tags without patterns, people and articles' own names."""
    nlp = load()
    for name in ("extract_resolver", "extract_normaliser", "extract_relator"):
        nlp.remove_pipe(name)
    component: Any = nlp.get_pipe("extract_tagger")
    tagger = component.stage.tagger
    nlp.remove_pipe("extract_tagger")
    counts: dict[str, collections.Counter[str]] = {label: collections.Counter() for label in ("LC", "OG")}
    wrong: dict[str, collections.Counter[str]] = {label: collections.Counter() for label in ("LC", "OG")}
    for record in lines(gold, kind):
        analysis = analysis_of(nlp(record["text"]))
        layout = Layout(analysis, tagger.lexicon)
        analysis.titles = tagger.titles(layout)
        found = tagger.listed(layout)
        found += tagger.nesting(layout.text, found)
        found += tagger.nesting.bodies(layout.text, found)
        if endings:
            found += tagger.suffixes(layout, by_end(found))
            found += tagger.nesting(layout.text, found)
        block = tagger.listed.block
        chosen = tagger.arbiter(c for c in found if not block(layout.text, c.start, c.end, c.label))
        names = [m for m in record["mentions"] if m["label"] in ("LC", "OG", "PS", "DT")]
        right = {(m["start"], m["end"], m["label"]) for m in names}
        for label, count in counts.items():
            guessed = {(c.start, c.end, label) for c in chosen if KLUE.get(c.label) == label}
            wanted = {span for span in right if span[2] == label}
            count.update(right=len(guessed & wanted), tagged=len(guessed), gold=len(wanted))
            wrong[label].update(cause(start, end, names) for start, end, _ in guessed - wanted)
    for label, count in counts.items():
        precision, recall = count["right"] / max(1, count["tagged"]), count["right"] / max(1, count["gold"])
        causes = ", ".join(f"{what} {n}" for what, n in wrong[label].most_common())
        print(f"{label}: precision {precision:.3f}, recall {recall:.3f} of {count['gold']}; wrong: {causes}")


def main() -> None:
    """Command line; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--kind", default="wikitree")
    parser.add_argument("--missing", type=int, default=0)
    parser.add_argument("--danger", type=Path)
    parser.add_argument("--length", type=int, default=2)
    parser.add_argument("--tagging", action="store_true")
    args = parser.parse_args()
    known = forms(load_lexicon())
    coverage(known, args.gold, args.kind, args.missing)
    if args.tagging:
        for endings in (False, True):
            print("rows of names and endings" if endings else "rows of names alone")
            tagging(args.gold, args.kind, endings)
    if args.danger:
        danger(known, args.danger, args.length, args.kind)


if __name__ == "__main__":
    main()

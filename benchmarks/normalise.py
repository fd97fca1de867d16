"""Quality and speed of the dates-and-figures stage alone, in one command.

    python benchmarks/normalise.py DATA [--peers] [--ner NER.jsonl] [--sources press,duckling] [--errors 20] [--phenomena]

DATA is a folder with ``normalise-*.jsonl`` and ``score.py``: the predictions are written to a temporary file
(or ``--out``) and scored by that very script. ``--ner`` gives span F1 of DT, TI and QT against KLUE-NER
sentences (``text``, ``mentions``), ranges split at their parts as KLUE does. The speed is measured on all
texts joined to at least ``--megabytes`` of UTF-8, after one warm-up round.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract.lexicon import load_lexicon
from extract.normalise import DateValue, FigureValue, Grammar, ImpossibleDate, Quantity

DAYPARTS = {
    "TMO": ("06:00", "12:00"),
    "TNI": ("21:00", "23:59"),
    "TEV": ("18:00", "21:00"),
    "TAF": ("12:00", "18:00"),
    "TDT": ("11:00", "16:00"),
}
KLUE = {"DATE": "DT", "TIME": "TI", "FIGURE": "QT"}


def prediction(quantity: Quantity, value: DateValue | FigureValue) -> dict[str, Any]:
    """One mention as ``score.py`` reads it."""
    row: dict[str, Any] = {"start": quantity.start, "end": quantity.end}
    fields = {name: field for name, field in dataclasses.asdict(value).items() if field is not None}
    kind = fields.pop("type")
    if isinstance(value, FigureValue):
        row.update(label=kind, value=fields)
        if kind in ("ratio", "score") and value.unit and ":" in value.unit:
            fields["ratio"] = value.unit
        return row
    if kind == "set":
        fields["set"] = value.timex
        row["label"] = "set"
    elif kind == "duration":
        row["label"] = "duration"
    else:
        label = {"date": "date", "time": "time", "range": "date_range"}[kind]
        row["label"] = "time_range" if quantity.label == "TIME" and kind == "range" else label
        if kind == "range" and (value.start or value.end):
            fields.update(start=value.start, end=value.end)
        elif not value.start and value.timex and value.timex.startswith("T"):
            ends = value.timex.replace("T", "").split("/")
            if len(ends) == 2:
                fields.update(start=ends[0], end=ends[1])
            else:
                fields["time"] = ends[0]
    row["value"] = fields
    return row


def predict(grammar: Grammar, case: dict[str, Any]) -> list[dict[str, Any]]:
    """All mentions of one case."""
    reference = case.get("reference")
    now = datetime.datetime.fromisoformat(reference) if reference else None
    text = case["text"]
    found = grammar.find(text)
    pairs = [
        (quantity, value)
        for quantity, value in zip(found, grammar.resolve(text, found, now), strict=True)
        if not isinstance(value, ImpossibleDate)
    ]
    rows = [prediction(*pair) for pair in pairs]
    if case["source"] == "press":
        return rows
    for (quantity, value), row in zip(pairs, rows, strict=True):
        if now is not None and quantity.label == "TIME" and not value.start:
            row["value"] = at_reference(value, row["value"], now)
    return one_expression(text, pairs, rows)


def at_reference(value: DateValue, fields: dict[str, Any], now: datetime.datetime) -> dict[str, Any]:
    """The suites take a clock time without a date to be on the day of reference; the tables leave it open."""
    part = DAYPARTS.get(value.timex or "")
    if part is None:
        return fields
    day = now.date()
    return {**fields, "time": None, "start": f"{day}T{part[0]}", "end": f"{day}T{part[1]}"}


def peers() -> dict[str, Callable[[dict[str, Any]], list[dict[str, Any]]]]:
    """The open tools for Korean dates that are installed: korean-datetime, dateparser. None knows figures."""
    found: dict[str, Callable[[dict[str, Any]], list[dict[str, Any]]]] = {}
    with contextlib.suppress(ImportError):
        import korean_datetime

        def korean(case: dict[str, Any]) -> list[dict[str, Any]]:
            rows = []
            for e in korean_datetime.parse_all(case["text"], now=reference(case)):
                value = {
                    "start": e.start.isoformat() if e.start else None,
                    "end": e.end.isoformat() if e.end else None,
                    "grain": e.grain.value,
                }
                label = f"{e.kind.value}_range" if e.is_range else e.kind.value
                rows.append({"start": e.span[0], "end": e.span[1], "label": label, "value": value})
            return rows

        found["korean-datetime"] = korean
    with contextlib.suppress(ImportError):
        from dateparser.search import search_dates

        def parsed(case: dict[str, Any]) -> list[dict[str, Any]]:
            rows, position, text = [], 0, case["text"]
            settings = {"RELATIVE_BASE": reference(case)}
            for words, moment in search_dates(text, languages=["ko"], settings=settings) or []:
                start = text.find(words, position)
                if start < 0:
                    continue
                position = start + len(words)
                whole = moment.time() in (datetime.time(), reference(case).time())
                value = {"date": moment.date().isoformat()} if whole else {"datetime": moment.isoformat()}
                label = "date" if whole else "datetime"
                rows.append({"start": start, "end": position, "label": label, "value": value})
            return rows

        found["dateparser"] = parsed
    return found


def reference(case: dict[str, Any]) -> datetime.datetime:
    """The moment of reference of a case; today where it names none."""
    said = case.get("reference")
    return datetime.datetime.fromisoformat(said) if said else datetime.datetime.now().replace(microsecond=0)


def one_expression(
    text: str, pairs: list[tuple[Quantity, DateValue]], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The suites mark a date and its clock time as one expression, the contract as two mentions: joined here."""
    joined: list[dict[str, Any]] = []
    for (quantity, value), row in zip(pairs, rows, strict=True):
        last = joined[-1] if joined else None
        between = text[last["end"] : row["start"]] if last else ""
        if (
            last
            and quantity.label == "TIME"
            and value.start
            and last["label"] == "date"
            and not between.strip()
        ):
            label = "datetime_range" if row["label"] == "time_range" else "datetime"
            joined[-1] = {**row, "start": last["start"], "label": label}
            if len(joined) > 1 and joined[-2]["label"] == "datetime":
                left, right = joined[-2], joined[-1]
                if text[left["end"] : right["start"]].strip() in ("부터", "~", "∼", "-"):
                    ends = {"start": left["value"]["start"], "end": right["value"]["start"]}
                    joined[-2:] = [
                        {**right, "start": left["start"], "label": "datetime_range", "value": ends}
                    ]
        else:
            joined.append(row)
    return joined


def klue_spans(quantity: Quantity) -> list[tuple[int, int, str]]:
    """The spans that KLUE would mark: ``A부터 B까지`` is two, ``A~B`` one."""
    spans: tuple[tuple[int, int], ...] = ((quantity.start, quantity.end),)
    if quantity.parts and quantity.rule.endswith(("_from_to", "_between")):
        spans = quantity.parts
    return [(start, end, KLUE[quantity.label]) for start, end in spans]


def span_scores(grammar: Grammar, path: Path, errors: int) -> None:
    """Precision, recall and F1 of DT, TI and QT, exact span and label."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    shown: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        want = {(m["start"], m["end"], m["label"]) for m in case["mentions"] if m["label"] in KLUE.values()}
        have = {span for q in grammar.find(case["text"]) for span in klue_spans(q)}
        for label in KLUE.values():
            right[label] += sum(span[2] == label for span in want & have)
            said[label] += sum(span[2] == label for span in have)
            gold[label] += sum(span[2] == label for span in want)
        for sign, spans in (("missed", want - have), ("wrong", have - want)):
            for start, end, label in sorted(spans):
                context = case["text"]
                around = (
                    f"{context[max(0, start - 15) : start]}[{context[start:end]}]{context[end : end + 15]}"
                )
                shown.append(f"{sign:7s}{label} {around}")
    for label in KLUE.values():
        precision, recall = right[label] / max(1, said[label]), right[label] / max(1, gold[label])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{label}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({gold[label]} gold)")
    for line in shown[:errors]:
        print(line)


def speed(grammar: Grammar, texts: list[str], megabytes: float) -> None:
    """Megabytes of UTF-8 a second on one core, and how much memory grows between rounds."""
    size = sum(len(text.encode()) for text in texts)
    rounds = max(1, round(megabytes * 1e6 / size))
    today = datetime.date(2026, 4, 13)

    def run() -> tuple[float, float, int]:
        spent_find = spent_resolve = 0.0
        count = 0
        for text in texts:
            t0 = time.process_time()
            found = grammar.find(text)
            t1 = time.process_time()
            grammar.resolve(text, found, today)
            spent_find += t1 - t0
            spent_resolve += time.process_time() - t1
            count += len(found)
        return spent_find, spent_resolve, count

    run()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    find = resolve = 0.0
    for _ in range(rounds):
        f, r, count = run()
        find, resolve = find + f, resolve + r
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    chars = sum(map(len, texts)) * rounds
    total = find + resolve
    print(
        f"speed  {size * rounds / 1e6 / total:.2f} MB/s  {1e6 * total / chars:.2f} µs/character"
        f" (find {1e6 * find / chars:.2f}, resolve {1e6 * resolve / chars:.2f}),"
        f" {count} quantities in {size / 1e6:.2f} MB, memory grew {grown / 1024:.1f} MB in {rounds} rounds"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--ner", type=Path)
    parser.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="texts to time on; default: the cases"
    )
    parser.add_argument("--out", type=Path)
    parser.add_argument("--megabytes", type=float, default=2.0)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--tiers", default="1")
    parser.add_argument("--sources")
    parser.add_argument("--phenomena", action="store_true")
    parser.add_argument(
        "--peers", action="store_true", help="also korean-datetime and dateparser, if installed"
    )
    options = parser.parse_args()
    grammar = Grammar(load_lexicon())
    cases = [
        json.loads(line)
        for path in sorted(options.data.glob("normalise-*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    tools: dict[str, Callable[[dict[str, Any]], list[dict[str, Any]]]] = {
        "extract": lambda c: predict(grammar, c)
    }
    if options.peers:
        tools.update(peers())
    with tempfile.TemporaryDirectory() as folder:
        for name, tool in tools.items():
            out = options.out if options.out and name == "extract" else Path(folder) / f"{name}.jsonl"
            rows = (json.dumps({"id": c["id"], "mentions": tool(c)}, ensure_ascii=False) for c in cases)
            out.write_text("\n".join(rows) + "\n", "utf-8")
            for family in ("temporal", "figure") if name == "extract" else ("temporal",):
                print(f"-- {name}: {family}", flush=True)
                command = [
                    sys.executable,
                    str(options.data / "score.py"),
                    str(out),
                    "--dir",
                    str(options.data),
                ]
                command += ["--tiers", options.tiers, "--family", family, "--totals"]
                command += ["--errors", str(options.errors if name == "extract" else 0)]
                if options.sources:
                    command += ["--sources", options.sources]
                if options.phenomena:
                    command.append("--phenomena")
                subprocess.run(command, check=True)
    if options.ner:
        span_scores(grammar, options.ner, options.errors)
    texts = [path.read_text("utf-8") for path in options.texts] or [case["text"] for case in cases]
    speed(grammar, texts, options.megabytes)


if __name__ == "__main__":
    main()

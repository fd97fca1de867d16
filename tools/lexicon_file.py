"""Reads and writes lexicon CSV files that have a hand-written head and a generated tail.

Everything above the marker line belongs to people and is kept to the letter; what stands below is made
anew by the build scripts. A generated row whose ``id`` already stands in the head is left out, so a person
corrects a generated row by moving it above the marker and editing it there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from extract.lexicon.schema import FILES

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"
DATA = Path(__file__).resolve().parent / "data"
MARKER = "# generated below by tools/build_lexicons.py: edits are overwritten; move a row above this line to change it"
MARKER_START = "# generated below"


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV with a header line; blank lines and lines that begin with ``#`` are skipped."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return list(csv.DictReader(lines))


def hand_part(path: Path) -> str:
    """The text above the marker line (the whole file where there is none, empty where there is no file)."""
    if not path.is_file():
        return ""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.lstrip('"').startswith(MARKER_START):
            return "".join(lines[:number])
    return "".join(lines)


def wikidata_ids(name: str) -> dict[str, str]:
    """Row id → Wikidata id for one lexicon file, from ``data/wikidata.csv``."""
    return {row["id"]: row["wikidata"] for row in read_csv(DATA / "wikidata.csv") if row["file"] == name}


def with_wikidata(text: str, ids: Mapping[str, str]) -> str:
    """A hand-written part whose empty ``wikidata`` cells are filled; every other line stays to the letter."""
    lines = text.splitlines(keepends=True)
    header: list[str] = []
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        (cells,) = csv.reader([line])
        if not header:
            header = cells
            continue
        row = dict(zip(header, cells, strict=False))
        if "wikidata" in row and not row["wikidata"] and row["id"] in ids:
            row["wikidata"] = ids[row["id"]]
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerow(row.values())
            lines[number] = out.getvalue()
    return "".join(lines)


def hand_rows(name: str) -> list[dict[str, str]]:
    """The hand-written rows of ``lexicons/<name>.csv``."""
    text = hand_part(LEXICONS / f"{name}.csv")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def write(name: str, rows: Iterable[Mapping[str, str]], columns: Iterable[str] | None = None) -> int:
    """Replaces the generated tail of ``lexicons/<name>.csv`` by ``rows``; returns how many were written.

    Empty ``wikidata`` cells are filled from ``data/wikidata.csv``, in the hand-written part too.

    Raises:
        ValueError: when a row has a column that the file's schema or header does not know.
    """
    path = LEXICONS / f"{name}.csv"
    ids = wikidata_ids(name)
    head = with_wikidata(hand_part(path), ids)
    kept = [line for line in head.splitlines() if line and not line.startswith("#")]
    header = next(csv.reader(kept)) if kept else list(columns or FILES[name].columns)
    taken = {row["id"] for row in csv.DictReader(kept)} if kept else set()
    out = io.StringIO()
    if not kept:
        csv.writer(out, lineterminator="\n").writerow(header)
    out.write(head if not head or head.endswith("\n") else head + "\n")
    out.write(MARKER + "\n")
    writer = csv.DictWriter(out, header, lineterminator="\n", restval="")
    count = 0
    for row in rows:
        if row["id"] not in taken:
            taken.add(row["id"])
            writer.writerow({**row, "wikidata": ids[row["id"]]} if row["id"] in ids else dict(row))
            count += 1
    scratch = path.with_suffix(".csv.tmp")
    scratch.write_text(out.getvalue(), encoding="utf-8", newline="")
    scratch.replace(path)
    return count

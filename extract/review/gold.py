"""Decisions that hold in one article: annotated articles for ``extract eval`` and ``extract train``.

An article with a decision becomes one line: what was found, corrected. What nobody has looked at is marked
``"sure": false``, which scoring ignores, until the article as a whole is said to be right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extract.errors import InputError, UsageError
from extract.evaluate.exchange import Record, guess, read, write
from extract.model import LABELS, SUBTYPES
from extract.review.asked import Asked
from extract.review.results import Results

KINDS = ("add", "label", "span", "reject", "relation", "checked")
"""Every kind of decision that an annotated article can hold."""
_SHOWN = ("start", "end", "text", "label", "subtype")


def record(article: Mapping[str, Any]) -> Record:
    """An article as it was found, all of it unsure."""
    names = {entity["entity_id"]: entity["name"] for entity in article["entities"]}
    mentions = [
        {**{key: m[key] for key in _SHOWN}, "entity": names.get(m["entity_id"]), "sure": False}
        for m in article["mentions"]
    ]
    entities = [
        {key: entity[key] for key in ("name", "label", "subtype", "aliases", "title", "affiliation")}
        for entity in article["entities"]
    ]
    relations = [
        {
            **{key: r[key] for key in ("subject", "predicate", "object")},
            "evidence_start": r["start"],
            "evidence_end": r["end"],
            "sure": False,
        }
        for r in article["relations"]
    ]
    return {
        "id": article["article_id"],
        "text": article["text"],
        "published": article["published"],
        "mentions": mentions,
        "entities": entities,
        "relations": relations,
    }


def corrected(article: Mapping[str, Any], decisions: Iterable[Mapping[str, Any]]) -> Record:
    """An article with the decisions on it taken, in their order."""
    made = record(article)
    for asked in decisions:
        _apply(made, asked)
    made["mentions"].sort(key=lambda m: (m["start"], m["end"], m["label"]))
    return made


def _apply(made: Record, asked: Mapping[str, Any]) -> None:
    kind, was = asked["kind"], asked.get("was") or {}
    if kind == "import":
        made["mentions"] = [_imported(made, m) for m in asked["records"][made["id"]]]
    elif kind == "checked":
        for row in (*made["mentions"], *made["relations"]):
            row["sure"] = True
    elif kind == "relation":
        made["relations"] = [r for r in made["relations"] if any(r[key] != was[key] for key in was)]
    elif kind == "label":
        for mention in made["mentions"]:
            if (mention["start"], mention["end"]) == (was["start"], was["end"]):
                subtype = asked.get("subtype") or None
                mention.update(label=asked["label"], subtype=subtype, sure=True)
    else:
        keep = made["mentions"]
        if was:
            keep = [m for m in keep if (m["start"], m["end"]) != (was["start"], was["end"])]
        if kind in ("add", "span"):
            start, end = asked["start"], asked["end"]
            keep = [m for m in keep if m["end"] <= start or m["start"] >= end]
            text = made["text"][start:end]
            name = asked.get("label") or was["label"]
            subtype = asked.get("subtype") or None
            fresh = {"start": start, "end": end, "text": text, "label": name, "subtype": subtype}
            keep.append({**fresh, "entity": None, "sure": True})
        made["mentions"] = keep


def _imported(made: Record, mention: Mapping[str, Any]) -> dict[str, Any]:
    """An imported mention, with what is known of the same one here."""
    span = (mention["start"], mention["end"], mention["label"])
    same = next((m for m in made["mentions"] if (m["start"], m["end"], m["label"]) == span), None)
    text = made["text"][mention["start"] : mention["end"]]
    fresh = {
        "start": span[0],
        "end": span[1],
        "text": text,
        "label": span[2],
        "subtype": None,
        "entity": None,
    }
    return {**(same or fresh), "sure": mention.get("sure", True) is not False}


def checked(asked: Asked, results: Results) -> None:
    """Whether a decision on one article makes sense; notes what it is about.

    Raises:
        UsageError: when it does not.
    """
    kind = asked.text("kind")
    if kind in ("label", "span", "reject"):
        article, _ = asked.mention(results)
    elif kind == "relation":
        article, _ = asked.relation(results)
    else:
        article = results.article(asked.text("article"))
    if kind in ("add", "span"):
        stretch = asked.stretch(article["text"])
        asked.data["words"] = stretch
        if stretch != stretch.strip():
            raise UsageError("blanks at an end", remedy="select the words alone")
    if kind in ("add", "label"):
        label, subtype = asked.text("label"), asked.text("subtype", "")
        if label not in LABELS:
            raise UsageError("unknown label", remedy=f"use one of: {', '.join(LABELS)}")
        if subtype and subtype not in SUBTYPES[label]:
            raise UsageError(f"{label} has no subtype {subtype[:40]!r}", remedy="leave it empty")


def lines_of(content: bytes | None) -> dict[str, str]:
    """The lines of a file of annotated articles by their id, in order."""
    found = {}
    for number, line in enumerate((content or b"").decode("utf-8-sig").split("\n"), 1):
        if line.strip():
            try:
                found[str(json.loads(line)["id"])] = line + "\n"
            except (ValueError, KeyError, TypeError):
                raise InputError(
                    "no annotated article",
                    where=f"line {number}",
                    remedy="mend the line, or move the file away",
                ) from None
    return found


def with_line(content: bytes | None, id_: str, made: Record | None) -> bytes | None:
    """A file of annotated articles with another line for one; ``None`` takes it out, and the last one the file."""
    lines = lines_of(content)
    if made is None:
        lines.pop(id_, None)
    else:
        lines[id_] = write([made], "gold")
    return "".join(lines.values()).encode("utf-8") if lines else None


def imported(data: str, results: Results) -> dict[str, list[dict[str, Any]]]:
    """The mentions of exported annotations by article: of the articles of this output whose mentions differ.

    Raises:
        InputError: when the data are no annotations, or of none of the articles.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    try:
        records = read(data, guess(data))
    except (RecursionError, StopIteration, AttributeError) as error:
        remedy = "give the file as it was exported"
        raise InputError(f"no annotated texts ({type(error).__name__})", remedy=remedy) from None
    for number, one in enumerate(records, 1):
        id_ = str(one.get("id") or one.get("article_id") or "")
        if id_ not in results.at or results.article(id_)["text"] != one["text"]:
            continue
        for mention in one["mentions"]:
            if mention["label"] not in LABELS:
                remedy = f"use one of: {', '.join(LABELS)}"
                raise InputError(
                    f"unknown label {mention['label']!r}", where=f"record {number}", remedy=remedy
                )
        keys = ("start", "end", "label", "sure")
        found[id_] = [{key: m[key] for key in keys if key in m} for m in one["mentions"]]
    if not found:
        raise InputError("none of this output's articles", remedy="give an export of this very output")
    return found


def exported(records: Sequence[Record], format_: str) -> str:
    """Annotated articles in a format of :data:`extract.evaluate.exchange.FORMATS`."""
    return write(records, format_)

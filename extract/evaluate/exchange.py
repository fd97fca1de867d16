"""Annotated texts between this program's JSONL and what Doccano and Label Studio export and import.

Offsets are code points in all three. Doccano: one object a line with ``text`` and ``label`` (or ``labels``,
``entities``) as ``[start, end, name]``. Label Studio: one JSON list of tasks; ``annotations`` (or, where nobody
has annotated, ``predictions``) hold results of type ``labels``. Fields that a format has no place for travel
in Doccano's other fields and in Label Studio's ``data``, so that going there and back loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from extract.errors import InputError

Record = dict[str, Any]
"""``text`` and ``mentions`` (``start``, ``end``, ``text``, ``label``), and what else the text carries."""

FORMATS = ("gold", "doccano", "label-studio")
_REMEDY = "give JSONL with text and mentions, a Doccano JSONL or a Label Studio JSON export"


def guess(data: str) -> str:
    """The format of some exported data, by what stands in its first record.

    Raises:
        InputError: when it is none of ``FORMATS``.
    """
    record = next(iter(_records(data)), None)
    if isinstance(record, dict):
        if "mentions" in record and "text" in record:
            return "gold"
        if "data" in record:
            return "label-studio"
        if "text" in record and any(key in record for key in ("label", "labels", "entities")):
            return "doccano"
    raise InputError("no annotated texts", remedy=_REMEDY)


def read(data: str, format_: str) -> list[Record]:
    """The annotated texts of exported data.

    Raises:
        InputError: when a record is not of that format, or a span does not lie in its text.
    """
    reader = _READERS[format_]
    found = []
    for number, record in enumerate(_records(data), 1):
        try:
            found.append(_checked(reader(record)))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise InputError(
                f"not a {format_} record ({error})", where=f"record {number}", remedy=_REMEDY
            ) from None
    return found


def write(records: Iterable[Record], format_: str) -> str:
    """Annotated texts as data of a format."""
    rows = [_WRITERS[format_](record) for record in records]
    if format_ == "label-studio":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _records(data: str) -> list[Any]:
    data = data.lstrip("\ufeff").strip()
    try:
        if data.startswith("["):
            return list(json.loads(data))
        return [json.loads(line) for line in data.split("\n") if line.strip()]
    except ValueError as error:
        raise InputError(f"not JSON: {error}", remedy=_REMEDY) from None


def _checked(record: Record) -> Record:
    text = record["text"]
    for mention in record["mentions"]:
        start, end = mention["start"], mention["end"]
        if not 0 <= start < end <= len(text):
            raise ValueError(f"a span from {start} to {end} in a text of {len(text)} characters")
        mention["text"] = text[start:end]
    record["mentions"].sort(key=lambda m: (m["start"], m["end"], m["label"]))
    return record


def _from_gold(record: Record) -> Record:
    return {**record, "mentions": [dict(mention) for mention in record["mentions"]]}


def _from_doccano(record: Record) -> Record:
    key = next(key for key in ("label", "labels", "entities") if key in record)
    mentions = []
    for span in record[key]:
        if isinstance(span, dict):
            start, end, label = span["start_offset"], span["end_offset"], span["label"]
        else:
            start, end, label = span[:3]
        mentions.append({"start": int(start), "end": int(end), "label": str(label)})
    rest = {name: value for name, value in record.items() if name not in (key, "Comments")}
    return {**rest, "mentions": mentions}


def _from_label_studio(task: Record) -> Record:
    data = dict(task["data"])
    made = [part for part in task.get("annotations") or () if not part.get("was_cancelled")]
    made = made or task.get("predictions") or [{"result": []}]
    mentions = [
        {"start": int(value["start"]), "end": int(value["end"]), "label": str(value["labels"][0])}
        for result in made[-1]["result"]
        if result.get("type", "labels") == "labels"
        for value in [result["value"]]
    ]
    return {**data, "text": data["text"], "mentions": mentions}


def _to_gold(record: Record) -> Record:
    return record


def _to_doccano(record: Record) -> Record:
    rest = {name: value for name, value in record.items() if name != "mentions"}
    return {**rest, "label": [[m["start"], m["end"], m["label"]] for m in record["mentions"]]}


def _to_label_studio(record: Record) -> Record:
    rest = {name: value for name, value in record.items() if name != "mentions"}
    result = [
        {
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "value": {"start": m["start"], "end": m["end"], "text": m["text"], "labels": [m["label"]]},
        }
        for m in record["mentions"]
    ]
    return {"data": rest, "annotations": [{"result": result}]}


_READERS: dict[str, Callable[[Record], Record]] = {
    "gold": _from_gold,
    "doccano": _from_doccano,
    "label-studio": _from_label_studio,
}
_WRITERS: dict[str, Callable[[Record], Record]] = {
    "gold": _to_gold,
    "doccano": _to_doccano,
    "label-studio": _to_label_studio,
}

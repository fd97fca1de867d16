"""What the page shares with the report: its style, and the words and colours of labels in ``types.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from extract.lexicon.load import shipped_folder

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@lru_cache(maxsize=1)
def _types() -> dict[str, Any]:
    types: dict[str, Any] = yaml.safe_load((shipped_folder() / "types.yaml").read_text(encoding="utf-8"))
    return types


def words() -> dict[str, Any]:
    """Korean names of labels, subtypes and predicates."""
    labels = {
        label: {"ko": entry["ko"], "subtypes": entry.get("subtypes", {})}
        for label, entry in _types()["labels"].items()
    }
    return {"labels": labels, "predicates": {name: e["ko"] for name, e in _types()["predicates"].items()}}


def colours() -> str:
    """A style rule for each label."""
    rules = [
        f".m-{label} {{ --label: {entry['colour']}; }}"
        for label, entry in _types()["labels"].items()
        if _COLOUR.fullmatch(entry["colour"])
    ]
    return "\n".join(rules) + "\n"


def report_style() -> bytes:
    """The style of the report's page, on which the review's own stands."""
    return (files("extract.write.report") / "page" / "report.css").read_bytes()

"""Puts the report together: template, style, script and data into one page with its security policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import warnings
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.errors import ExtractWarning, UsageError
from extract.model import EVENT_TYPES, LABELS, PREDICATES, SECTIONS
from extract.write.folder import unwritable
from extract.write.report.collect import Collector, Part
from extract.write.stored import Stored

REPORT_FILE = "report.html"
DATA_FOLDER = "report_data"
SPLIT_AT = 8_000_000
"""Characters of text from which on the texts stand beside the page."""
PART_SIZE = 1_000_000
"""Characters of text in one file beside the page, about."""
RUN_LIMIT = 5_000
"""Articles up to which a run makes the report by itself."""
MAX_ARTICLES = 30_000
"""More articles than this are too many for a page."""

SCRIPTS = (
    "words.js",
    "dom.js",
    "data.js",
    "table.js",
    "card.js",
    "overview.js",
    "articles.js",
    "entities.js",
    "layout.js",
    "network.js",
    "timeline.js",
    "map.js",
    "tables.js",
    "main.js",
)
"""The page's own script, in the order in which its files are put together."""
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def write_report(folder: str | Path) -> list[Path]:
    """Writes ``report.html`` into an output folder; the same tables give the same bytes.

    From :data:`SPLIT_AT` characters of text on, ``report_data/`` beside it holds the texts.

    Returns:
        The files written, the page first.

    Raises:
        UsageError: the folder holds no tables or too many articles, or cannot be written.
    """
    path = Path(folder)
    stored = Stored(path)
    n_articles = sum(1 for _ in stored.rows("articles"))
    if n_articles > MAX_ARTICLES:
        raise UsageError(
            f"{n_articles:,} articles are too many for a page (at most {MAX_ARTICLES:,})",
            where=str(path),
            remedy="report on a part of them, or ask with extract show, pandas or DuckDB",
        )
    n_chars = sum(row["n_chars"] for row in stored.rows("articles"))
    collector = Collector(stored)
    page = path / REPORT_FILE
    beside = page.with_name(f".{REPORT_FILE}.part")
    target = path / DATA_FOLDER
    fresh = path / f".{DATA_FOLDER}.part"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        if n_chars < SPLIT_AT:
            parts = list(collector.parts(n_chars + 1))
            beside.write_bytes(_page(collector.index(), parts, [0]))
        else:
            fresh.mkdir()
            starts = [
                _write_part(fresh, number, part) for number, part in enumerate(collector.parts(PART_SIZE))
            ]
            beside.write_bytes(_page(collector.index(), [], starts))
        shutil.rmtree(target, ignore_errors=True)
        if fresh.is_dir():
            fresh.rename(target)
        beside.replace(page)
    except OSError as error:
        beside.unlink(missing_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        raise unwritable(path, error) from None
    return [page, *(sorted(target.iterdir()) if target.is_dir() else [])]


def make(folder: Path) -> list[str]:
    """The report as a format of a run: the names of what it wrote into the folder.

    A run of more than :data:`RUN_LIMIT` articles goes without, with a warning: the page would take more memory
    and time than all other formats.
    """
    n_articles = sum(1 for _ in Stored(folder).rows("articles"))
    if n_articles > RUN_LIMIT:
        warnings.warn(
            f"{REPORT_FILE} is left out: {n_articles:,} articles are more than {RUN_LIMIT:,}; "
            "extract report makes it all the same",
            ExtractWarning,
            stacklevel=2,
        )
        return []
    return sorted({path.relative_to(folder).parts[0] for path in write_report(folder)})


def script_json(value: Any) -> str:
    """``value`` as JSON that can stand inside a script element, whatever strings it holds.

    >>> script_json("</script><!--")
    '"\\\\u003c/script>\\\\u003c!--"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _write_part(folder: Path, number: int, part: Part) -> int:
    script = f"window.extractReportPart({number},{script_json(part.as_json())});\n"
    (folder / f"part-{number:04}.js").write_bytes(script.encode("utf-8", "replace"))
    return part.first


def _page(index: Mapping[str, Any], parts: list[Part], starts: list[int]) -> bytes:
    types = _types()
    style = _asset("report.css") + _colours(types)
    library = _asset("cytoscape.min.js")
    script = '(() => {\n"use strict";\n' + "".join(map(_asset, SCRIPTS)) + "})();\n"
    data = {
        **index,
        "starts": starts,
        "folder": None if parts else DATA_FOLDER,
        "types": types,
        "land": json.loads(_asset("land.json")),
        "names": {
            "labels": LABELS,
            "predicates": PREDICATES,
            "eventTypes": EVENT_TYPES,
            "sections": SECTIONS,
        },
    }
    for name, text in {"style": style, "library": library, "script": script}.items():
        if "</style" in text or "</script" in text:
            raise AssertionError(f"the {name} would end its own element")
    slots = {
        "policy": _policy(style, (library, script), split=not parts),
        "style": style,
        "library": library,
        "script": script,
        "data": script_json(data),
        "part": script_json(parts[0].as_json()) if parts else "null",
    }
    page = _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))
    return page.encode("utf-8", "replace")


def _policy(style: str, scripts: tuple[str, ...], *, split: bool) -> str:
    """The page's Content Security Policy: its own style and scripts by their digests, nothing else.

    Where texts stand beside the page, what its own script loads is trusted, too (``strict-dynamic``: a page
    opened from the disk has no origin by which its neighbours could be named).
    """
    sources = " ".join(map(_digest, scripts)) + (" 'strict-dynamic'" if split else "")
    types = "extract" if split else "'none'"
    return (
        f"default-src 'none'; script-src {sources}; style-src {_digest(style)}; img-src data:; "
        f"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types {types}"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _asset(name: str) -> str:
    return (files("extract.write.report") / "page" / name).read_text(encoding="utf-8")


def _types() -> dict[str, Any]:
    """Korean names and colours of labels, subtypes and predicates from ``types.yaml``."""
    from extract.lexicon.types import shipped_types

    types = shipped_types()
    labels = {
        label: {
            "ko": entry["ko"],
            "colour": entry["colour"] if _COLOUR.fullmatch(entry["colour"]) else "#dddddd",
            "subtypes": entry.get("subtypes", {}),
        }
        for label, entry in types["labels"].items()
    }
    return {
        "labels": labels,
        "predicates": {name: entry["ko"] for name, entry in types["predicates"].items()},
    }


def _colours(types: dict[str, Any]) -> str:
    rules = (f".m-{label} {{ --label: {entry['colour']}; }}" for label, entry in types["labels"].items())
    return "\n" + "\n".join(rules) + "\n"

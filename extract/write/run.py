"""Streams the results of a run into its tables, one article at a time."""

from __future__ import annotations

import csv
import datetime
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from extract.errors import UsageError
from extract.model import TABLES, ArticleResult, ErrorRow
from extract.write.cells import cells, record
from extract.write.entities import EntityMerge
from extract.write.folder import PACKAGE_FILE, PROGRAM, RUN_FILE, OutputFolder, check_folder, unwritable
from extract.write.package import CONTRACT_VERSION, data_package

FORMATS = ("csv", "jsonl")
LISTS = ("sentences", "mentions", "entities", "dates", "figures", "relations", "events", "quotes")
"""Tables whose rows stand as lists in a line of ``articles.jsonl``."""
_PER_ARTICLE = ("sentences", "mentions", "dates", "figures", "relations", "events", "quotes")


@dataclass(frozen=True)
class Counts:
    """What a run wrote: rows by table, mentions by label, relations by predicate."""

    rows: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """For ``run.json``."""
        return {"rows": self.rows, "mentions": self.mentions, "relations": self.relations}


def to_json(result: ArticleResult, *, tokens: bool = False) -> dict[str, Any]:
    """One line of ``articles.jsonl``: the fields of ``articles``, ``text``, and the lists of rows."""
    line = record(result.article)
    line["text"] = result.text
    for name in (*LISTS, "tokens") if tokens else LISTS:
        line[name] = [record(row) for row in getattr(result, name)]
    return line


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """``formats`` without repetition, in the order of :data:`FORMATS`.

    Raises:
        UsageError: one is not known, or none is given.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        problem = f"unknown format {unknown[0]!r}" if unknown else "no format given"
        raise UsageError(problem, remedy=f"use: {', '.join(FORMATS)}", slug="unknown-format")
    return tuple(name for name in FORMATS if name in formats)


def check_out(out: str | Path, formats: Sequence[str] = FORMATS) -> None:
    """Whether :func:`write_run` would accept ``out`` and ``formats``, before anything is computed.

    Raises:
        UsageError: as :func:`write_run`.
    """
    check_formats(formats)
    check_folder(Path(out))


def write_run(
    out: str | Path,
    results: Iterable[ArticleResult | ErrorRow],
    *,
    formats: Sequence[str] = FORMATS,
    tokens: bool = False,
    run_info: Mapping[str, Any] | None = None,
    started: float | None = None,
) -> Counts:
    """Writes a run's tables, ``datapackage.json`` and ``run.json`` into the folder ``out``.

    ``results`` are taken one by one and rows are written in their order; only the keys of entities
    are kept in memory. The folder appears when everything is written, in place of an earlier run's.
    ``run_info`` goes into ``run.json``; it is read after the last result, so that whoever produces the
    results may still add to it. ``started`` is when the run began (:func:`time.monotonic`); with it,
    ``run.json`` holds the seconds taken. Tables hold nothing that changes from run to run.

    Without ``csv`` among the formats, the run's entities and errors are written as JSONL too.

    Raises:
        UsageError: an unknown format; ``out`` is a file, holds foreign files or cannot be written.
    """
    chosen = check_formats(formats)
    folder = OutputFolder(Path(out))
    try:
        counts, files = _write(folder, results, chosen, tokens)
        run = {
            "program": PROGRAM,
            "contract": CONTRACT_VERSION,
            **(run_info or {}),
            "counts": counts.as_dict(),
            **_timings(started),
            "files": sorted([*files, RUN_FILE]),
        }
        try:
            _write_json(folder.path / RUN_FILE, run)
        except OSError as error:
            raise unwritable(folder.named, error) from None
    except BaseException:
        folder.discard()
        raise
    folder.finish()
    return counts


def _timings(started: float | None) -> dict[str, Any]:
    if started is None:
        return {}
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "timings": {
            "finished": now.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - started, 3),
        }
    }


def _write(
    folder: OutputFolder, results: Iterable[ArticleResult | ErrorRow], formats: tuple[str, ...], tokens: bool
) -> tuple[Counts, list[str]]:
    entities = EntityMerge()
    rows: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    predicates: Counter[str] = Counter()
    with ExitStack() as stack:
        try:
            tables = _Tables(folder.path, formats, tokens, stack)
        except OSError as error:
            raise unwritable(folder.named, error) from None
        for result in results:
            try:
                if isinstance(result, ErrorRow):
                    tables.add("errors", (result,))
                    rows["errors"] += 1
                    continue
                tables.add_article(result)
            except OSError as error:
                raise unwritable(folder.named, error) from None
            entities.add(result.entities)
            rows["articles"] += 1
            for name in (*_PER_ARTICLE, "tokens") if tokens else _PER_ARTICLE:
                rows[name] += len(getattr(result, name))
            labels.update(mention.label for mention in result.mentions)
            predicates.update(relation.predicate for relation in result.relations)
        try:
            tables.add("entities", entities)
            rows["entities"] = len(entities)
            stack.close()
            if "csv" in formats:
                _write_json(folder.path / PACKAGE_FILE, data_package(tables.names))
        except OSError as error:
            raise unwritable(folder.named, error) from None
    files = [*tables.files, *([PACKAGE_FILE] if "csv" in formats else [])]
    by_table = {table.name: rows[table.name] for table in TABLES if table.name in tables.names}
    return Counts(by_table, dict(sorted(labels.items())), dict(sorted(predicates.items()))), files


class _Tables:
    """The open files of a run."""

    def __init__(self, path: Path, formats: tuple[str, ...], tokens: bool, stack: ExitStack) -> None:
        self.names = [table.name for table in TABLES if tokens or table.name != "tokens"]
        self.files: list[str] = []
        self._tokens = tokens
        self._csv: dict[str, Any] = {}
        self._jsonl: dict[str, TextIO] = {}
        self._articles: TextIO | None = None

        def opened(name: str, encoding: str) -> TextIO:
            self.files.append(name)
            file = (path / name).open("w", encoding=encoding, errors="replace", newline="")
            return stack.enter_context(file)

        if "csv" in formats:
            for table in TABLES:
                if table.name in self.names:
                    writer = csv.writer(opened(f"{table.name}.csv", "utf-8-sig"), lineterminator="\r\n")
                    writer.writerow([column.name for column in table.columns])
                    self._csv[table.name] = writer
        else:
            for name in ("entities", "errors"):
                self._jsonl[name] = opened(f"{name}.jsonl", "utf-8")
        if "jsonl" in formats:
            self._articles = opened("articles.jsonl", "utf-8")

    def add(self, name: str, rows: Iterable[Any]) -> None:
        if name in self._csv:
            self._csv[name].writerows(cells(row) for row in rows)
        elif name in self._jsonl:
            self._jsonl[name].writelines(_line(record(row)) for row in rows)

    def add_article(self, result: ArticleResult) -> None:
        self.add("articles", (result.article,))
        for name in (*_PER_ARTICLE, "tokens") if self._tokens else _PER_ARTICLE:
            self.add(name, getattr(result, name))
        if self._articles is not None:
            self._articles.write(_line(to_json(result, tokens=self._tokens)))


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _write_json(path: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8", errors="replace", newline="\n")

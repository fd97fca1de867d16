"""Streams the results of a run into its tables, one article at a time."""

from __future__ import annotations

import datetime
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.model import TABLES, ArticleResult, ErrorRow, Table
from extract.write.entities import EntityMerge
from extract.write.folder import PROGRAM, RUN_FILE, OutputFolder, check_folder, unwritable
from extract.write.formats import DEFAULT_FORMATS, Format, Output, chosen_formats
from extract.write.lines import PER_ARTICLE, Line
from extract.write.package import CONTRACT_VERSION


@dataclass(frozen=True)
class Counts:
    """What a run wrote: rows by table, mentions by label, relations by predicate."""

    rows: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """For ``run.json``."""
        return {"rows": self.rows, "mentions": self.mentions, "relations": self.relations}


def check_out(out: str | Path, formats: Sequence[str] = DEFAULT_FORMATS) -> None:
    """Whether :func:`write_run` would accept ``out`` and ``formats``, before anything is computed.

    Raises:
        UsageError: as :func:`write_run`.
    """
    chosen_formats(formats)
    check_folder(Path(out))


def write_run(
    out: str | Path,
    results: Iterable[ArticleResult | ErrorRow],
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
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

    Without a format that holds all tables, the run's entities and errors are written as JSONL too.

    Raises:
        UsageError: an unknown format; ``out`` is a file, holds foreign files, cannot be written, or is being
            written by another run.
    """
    chosen_formats(formats)
    folder = OutputFolder(Path(out))
    try:
        lines = (
            result if isinstance(result, ErrorRow) else Line.of(result, tokens=tokens) for result in results
        )
        counts = write_tables(
            folder, lines, formats=formats, tokens=tokens, run_info=run_info, started=started
        )
        folder.finish()
    except BaseException as error:
        folder.discard()
        if isinstance(error, sqlite3.Error):
            raise unwritable(folder.named, error) from None
        raise
    return counts


def write_tables(
    folder: OutputFolder,
    lines: Iterable[Line | ErrorRow],
    *,
    formats: Sequence[str],
    tokens: bool,
    run_info: Mapping[str, Any] | None = None,
    started: float | None = None,
    beside: Sequence[str] = (),
) -> Counts:
    """Writes all files of a run into ``folder.path``, as :func:`write_run`, without moving them into place.

    Values of ``run_info`` may be iterators; they become lists in ``run.json``, one item at a time. ``beside`` names
    files that are there already.

    Raises:
        UsageError: the file system refuses.
        sqlite3.Error: the database of entities cannot be written.
    """
    try:
        counts, files = _write(folder, lines, chosen_formats(formats), tokens)
    except OSError as error:
        raise unwritable(folder.named, error) from None
    write_info(folder, counts, [*beside, *files], run_info=run_info, started=started)
    return counts


def write_info(
    folder: OutputFolder,
    counts: Counts,
    files: Sequence[str],
    *,
    run_info: Mapping[str, Any] | None = None,
    started: float | None = None,
) -> None:
    """Writes ``run.json`` about ``files``; for the other arguments see :func:`write_tables`.

    Raises:
        UsageError: the file system refuses.
    """
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
    folder: OutputFolder, lines: Iterable[Line | ErrorRow], formats: Sequence[Format], tokens: bool
) -> tuple[Counts, list[str]]:
    counting = _Counting(tokens)
    tables = tuple(table for table in TABLES if tokens or table.name != "tokens")
    output = Output(folder.path, tables, tuple(format_.name for format_ in formats))
    with ExitStack() as stack:
        entities = EntityMerge(folder.partial / "entities.sqlite")
        stack.callback(entities.close)
        writers = []
        for format_ in formats:
            if format_.writer:
                writers.append(format_.opened(output))
                stack.callback(writers[-1].abandon)
        for line in lines:
            counting.add(line)
            if isinstance(line, ErrorRow):
                for writer in writers:
                    writer.error(line)
            else:
                for writer in writers:
                    writer.article(line)
                entities.add(line.result.entities)
        counting.rows["entities"] = len(entities)
        files = [name for writer in writers for name in writer.close(entities)]
    for format_ in formats:
        if format_.maker:
            files += format_.make(folder.path)
    return counting.counts(tables), files


class _Counting:
    """Rows by table, mentions by label and relations by predicate, as results pass by."""

    def __init__(self, tokens: bool) -> None:
        self.rows: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()
        self._predicates: Counter[str] = Counter()
        self._names = [name for name in PER_ARTICLE if tokens or name != "tokens"]

    def add(self, line: Line | ErrorRow) -> None:
        if isinstance(line, ErrorRow):
            self.rows["errors"] += 1
            return
        result = line.result
        self.rows["articles"] += 1
        for name in self._names:
            self.rows[name] += len(getattr(result, name))
        self._labels.update(mention.label for mention in result.mentions)
        self._predicates.update(relation.predicate for relation in result.relations)

    def counts(self, tables: Sequence[Table]) -> Counts:
        return Counts(
            {table.name: self.rows[table.name] for table in tables},
            dict(sorted(self._labels.items())),
            dict(sorted(self._predicates.items())),
        )


def _write_json(path: Path, values: Mapping[str, Any]) -> None:
    """A JSON object over several lines; a value that is an iterator is written as a list, item by item."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write("{")
        for number, (key, value) in enumerate(values.items()):
            file.write(f"{',' if number else ''}\n  {json.dumps(key)}: ")
            if not isinstance(value, Iterator):
                file.write(_indented(value, 2))
                continue
            empty = True
            for item in value:
                file.write(f"{'[' if empty else ','}\n    {_indented(item, 4)}")
                empty = False
            file.write("[]" if empty else "\n  ]")
        file.write("\n}\n")


def _indented(value: Any, columns: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return text.replace("\n", "\n" + " " * columns)

"""Streams the results of a run into its tables, one article at a time."""

from __future__ import annotations

import datetime
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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

    Without ``csv`` among the formats, the run's entities and errors are written as JSONL too.

    Raises:
        UsageError: an unknown format; ``out`` is a file, holds foreign files or cannot be written.
    """
    chosen = chosen_formats(formats)
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
    folder: OutputFolder, results: Iterable[ArticleResult | ErrorRow], formats: Sequence[Format], tokens: bool
) -> tuple[Counts, list[str]]:
    entities = EntityMerge()
    counting = _Counting(tokens)
    tables = tuple(table for table in TABLES if tokens or table.name != "tokens")
    output = Output(folder.path, tables, tuple(format_.name for format_ in formats))
    files: list[str] = []
    with ExitStack() as stack:
        try:
            writers = []
            for format_ in formats:
                if format_.writer:
                    writers.append(format_.opened(output))
                    stack.callback(writers[-1].abandon)
        except OSError as error:
            raise unwritable(folder.named, error) from None
        for result in results:
            counting.add(result)
            try:
                if isinstance(result, ErrorRow):
                    for writer in writers:
                        writer.error(result)
                    continue
                line = Line.of(result, tokens=tokens)
                for writer in writers:
                    writer.article(line)
            except OSError as error:
                raise unwritable(folder.named, error) from None
            entities.add(result.entities)
        try:
            for writer in writers:
                files += writer.close(entities)
            for format_ in formats:
                if format_.maker:
                    files += format_.make(folder.path)
        except OSError as error:
            raise unwritable(folder.named, error) from None
    counting.rows["entities"] = len(entities)
    return counting.counts(tables), files


class _Counting:
    """Rows by table, mentions by label and relations by predicate, as results pass by."""

    def __init__(self, tokens: bool) -> None:
        self.rows: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()
        self._predicates: Counter[str] = Counter()
        self._names = [name for name in PER_ARTICLE if tokens or name != "tokens"]

    def add(self, result: ArticleResult | ErrorRow) -> None:
        if isinstance(result, ErrorRow):
            self.rows["errors"] += 1
            return
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


def _write_json(path: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8", errors="replace", newline="\n")

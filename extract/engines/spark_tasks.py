"""What Spark's Python workers do: Arrow batches in, Arrow batches out.

The work itself is that of the local engine: inputs are read by :class:`~extract.engines.reading.Reading`, articles
are processed by a :class:`~extract.engines.pool.Pool` of one process, forked from the Python worker when that has
loaded Kiwi and the lexicons. So an article that hangs or kills its process becomes an error row here, too, and the
Python worker, which Spark uses again, loads once.

``number`` and ``seq`` are the place of an article or error row among all: that of its input, then within it.
"""

from __future__ import annotations

import json
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow

from extract.engines.article import article_id_of
from extract.engines.inputs import Job
from extract.engines.pool import Pool
from extract.engines.reading import Read, Reading
from extract.engines.stream import Options, extracted, late, lost, pipeline
from extract.model import TABLES, Entity, ErrorRow
from extract.write.cells import record
from extract.write.entities import EntityMerge, merged
from extract.write.parquet import schema_of

if TYPE_CHECKING:
    from extract.engines.running import Running
    from extract.readers import Columns, Document, Found, Limits

Batches = Iterator[pyarrow.RecordBatch]

_BATCH_ROWS, _BATCH_BYTES = 1_000, 8_000_000
_PLACE = [("number", pyarrow.int64()), ("seq", pyarrow.int64())]
_ENTITY = schema_of(next(table for table in TABLES if table.name == "entities"))

ITEMS = pyarrow.schema(
    [
        *_PLACE,
        ("key", pyarrow.string()),
        ("source", pyarrow.string()),
        ("position", pyarrow.int64()),
        ("sha256", pyarrow.string()),
        ("segment", pyarrow.binary()),
        ("error", pyarrow.string()),
    ]
)
"""What is read: an article has a ``key`` (its id) and a ``segment``, an error row a ``key`` of its own and an
``error``, an input that was read a ``sha256``."""
RESULTS = pyarrow.schema([*_PLACE, ("line", pyarrow.string()), ("error", pyarrow.string())])
"""What is found: a line of ``articles.jsonl``, or an error row as JSON."""
PARTIAL = pyarrow.schema([*_PLACE, ("ordinal", pyarrow.int64()), *_ENTITY])
"""Entities of a stretch of the run; ``number`` and ``seq`` are those of its first article."""


def read_inputs(
    batches: Batches,
    columns: Columns | None,
    limits: Limits,
    published: Any,
    seconds: float,
    repair_spacing: bool,
) -> Batches:
    """From ``group`` (pickled: number of the first input, inputs) to :data:`ITEMS`."""
    from extract.readers import read_found

    read = partial(read_found, columns=columns, limits=limits, repair_spacing=repair_spacing)
    return _batches(_items_of_groups(batches, read, published, seconds), ITEMS)


def _items_of_groups(
    batches: Batches, read: Callable[[Found], Iterator[Document | ErrorRow]], published: Any, seconds: float
) -> Iterator[dict[str, Any]]:
    for (group,) in _rows(batches, "group"):
        first, found = pickle.loads(group)
        last = -1
        sequence = count()
        known: tuple[str, str] | None = None
        for number, item in Reading(found, read, published, seconds).items():
            if number != last:
                last, sequence = number, count()
            place = {"number": first + number, "seq": next(sequence)}
            if isinstance(item, Read):
                if (item.source, item.sha256) != known:
                    known = (item.source, item.sha256)
                    yield {**place, "source": item.source, "sha256": item.sha256}
            elif isinstance(item, ErrorRow):
                yield {**place, **_failed(item, f"{first + number} {place['seq']}")}
            else:
                yield {**place, **_article(*item)}


def read_rows(batches: Batches, limits: Limits, published: Any) -> Batches:
    """From ``number``, ``source``, ``text``, ``id``, ``date``, ``title`` to :data:`ITEMS`."""
    return _batches(_items_of_rows(batches, limits, published), ITEMS)


def _items_of_rows(batches: Batches, limits: Limits, published: Any) -> Iterator[dict[str, Any]]:
    from extract.readers.opening import read_row
    from extract.segment import segment

    roles = ("text", "id", "date", "title")
    for number, source, *values in _rows(batches, "number", "source", *roles):
        row = {role: value or "" for role, value in zip(roles, values, strict=True)}
        found = read_row(row, source, number, limits)
        place = {"number": number, "seq": 0}
        if isinstance(found, ErrorRow):
            yield {**place, **_failed(found, str(number))}
            continue
        for article in segment(found, published):
            yield {**place, **_article(found.source, article)}


def _article(source: str, article: Any) -> dict[str, Any]:
    return {
        "key": article_id_of(article.text),
        "source": source,
        "position": article.position,
        "segment": pickle.dumps(article),
    }


def _failed(row: ErrorRow, place: str) -> dict[str, Any]:
    return {"key": f"error {place}", "source": row.source, "position": row.position, "error": _json(row)}


def _json(row: ErrorRow) -> str:
    return json.dumps(record(row), ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def process(batches: Batches, options: Options, running: Running) -> Batches:
    """From rows of :data:`ITEMS` that are articles or errors to :data:`RESULTS`."""
    return _batches(_results(batches, options, running), RESULTS)


def _results(batches: Batches, options: Options, running: Running) -> Iterator[dict[str, Any]]:
    places: deque[dict[str, int]] = deque()
    failed: list[dict[str, Any]] = []

    def jobs() -> Iterator[Job]:
        for number, seq, source, segment, error in _rows(
            batches, "number", "seq", "source", "segment", "error"
        ):
            place = {"number": number, "seq": seq}
            if error is not None:
                failed.append({**place, "error": error})
                continue
            pipeline(options)  # once in a Python worker; the process at work shares what is loaded
            places.append(place)
            yield Job(pickle.loads(segment), source, b"")

    pool: Pool[Job, bytes | ErrorRow] = Pool(
        work=partial(extracted, options),
        workers=1,
        lost=lost,
        late=partial(late, running),
        seconds=lambda job: running.seconds(len(job.segment.text)),
        cost=lambda job: len(job.segment.text),
        arrived=lambda job, outcome: None,
    )
    for outcome in pool.map(jobs()):
        if isinstance(outcome, ErrorRow):
            yield {**places.popleft(), "error": _json(outcome)}
        else:
            yield {**places.popleft(), "line": outcome.decode("utf-8").rstrip("\n")}
    yield from failed


def merge_stretch(batches: Batches) -> Batches:
    """Entities of one stretch of the run, in its order, merged: ``number``, ``seq``, ``entities`` to :data:`PARTIAL`.

    What is many goes to the disk of the machine that merges.
    """
    return _batches(_merged_stretch(batches), PARTIAL)


def _merged_stretch(batches: Batches) -> Iterator[dict[str, Any]]:
    first: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="extract-") as folder:
        entities = EntityMerge(Path(folder) / "entities.sqlite")
        try:
            for number, seq, rows in _rows(batches, "number", "seq", "entities"):
                first = first or {"number": number, "seq": seq}
                entities.add(map(_entity, rows or ()))
            for ordinal, entity in enumerate(entities):
                yield {**first, "ordinal": ordinal, **record(entity)}
        finally:
            entities.close()


def merge_stretches(batches: Batches) -> Batches:
    """One row for each entity, from rows of :data:`PARTIAL` sorted by entity and place; each has its first place."""
    return _batches(_merged_stretches(batches), PARTIAL)


def _merged_stretches(batches: Batches) -> Iterator[dict[str, Any]]:
    names = PARTIAL.names[3:]
    place: dict[str, int] = {}
    known: Entity | None = None
    for number, seq, ordinal, *values in _rows(batches, *PARTIAL.names):
        row = _entity(dict(zip(names, values, strict=True)))
        if known is not None and known.entity_id == row.entity_id:
            known = merged(known, row)
            continue
        if known is not None:
            yield {**place, **record(known)}
        place, known = {"number": number, "seq": seq, "ordinal": ordinal}, row
    if known is not None:
        yield {**place, **record(known)}


def _entity(values: Mapping[str, Any]) -> Entity:
    return Entity(**{**values, "aliases": tuple(values["aliases"])})


def _rows(batches: Batches, *names: str) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _batches(rows: Iterable[Mapping[str, Any]], schema: pyarrow.Schema) -> Batches:
    """Rows as batches that no Python worker or JVM finds too large."""
    heavy = [name for name in ("segment", "line") if name in schema.names]
    held: list[Mapping[str, Any]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(row.get(name) or "") for name in heavy)
        if len(held) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield _batch(held, schema)
            held, size = [], 0
    if held:
        yield _batch(held, schema)


def _batch(rows: Sequence[Mapping[str, Any]], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    return pyarrow.record_batch(
        [pyarrow.array([row.get(field.name) for row in rows], field.type) for field in schema],
        schema=schema,
    )

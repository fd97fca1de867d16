"""The tables as Parquet files, for pandas, DuckDB, R and Spark.

Lists are lists, dates are dates, numbers are numbers; ``figures.value`` and its bounds are 64-bit floats.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import UsageError
from extract.model import Table
from extract.write.folder import unwritable
from extract.write.stored import LISTS, Stored

if TYPE_CHECKING:
    import pyarrow

_BATCH = 50_000


def make(folder: Path) -> list[str]:
    """Parquet as a format of a run: the names of the files that it wrote into the folder."""
    return [path.name for path in write_parquet(folder)]


def write_parquet(folder: str | Path) -> list[Path]:
    """Writes ``<table>.parquet`` for every table of an output folder; the same tables give the same bytes.

    Raises:
        UsageError: pyarrow is not installed, the folder holds no tables, or cannot be written.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            "Parquet needs the library pyarrow",
            where="--format parquet",
            remedy="install it: pip install 'extract-ko[parquet]'",
            slug="missing-library",
        ) from None
    stored = Stored(folder)
    paths = []
    for table in stored.tables:
        path = Path(folder) / f"{table.name}.parquet"
        beside = path.with_name(f".{path.name}.part")
        schema = schema_of(table)
        try:
            with parquet.ParquetWriter(beside, schema, compression="zstd") as writer:
                for batch in _batches(table, schema, stored.rows(table.name)):
                    writer.write_batch(batch)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise unwritable(path, error) from None
        paths.append(path)
    return paths


def schema_of(table: Table) -> pyarrow.Schema:
    """The columns of a table with Arrow's types, and their descriptions as metadata."""
    import pyarrow

    kinds = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    fields = []
    for column in table.columns:
        described = column.metadata
        kind = pyarrow.list_(pyarrow.string()) if column.name in LISTS else kinds[described["type"]]
        words = {"description": described["en"], "title": described["ko"]}
        fields.append(pyarrow.field(column.name, kind, metadata=words))
    return pyarrow.schema(fields, metadata={"title": table.ko, "description": table.en})


def _batches(
    table: Table, schema: pyarrow.Schema, rows: Iterator[dict[str, Any]]
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    dated = [column.name for column in table.columns if column.metadata["type"] == "date"]
    numbers = [column.name for column in table.columns if column.metadata["type"] == "number"]
    while batch := list(islice(rows, _BATCH)):
        for name in dated:
            for row in batch:
                row[name] = datetime.date.fromisoformat(row[name]) if row[name] else None
        for name in numbers:  # Arrow takes no integer for a float that the float does not hold exactly
            for row in batch:
                row[name] = None if row[name] is None else float(row[name])
        columns = [
            pyarrow.array([row[field.name] for row in batch], type=field.type, from_pandas=False)
            for field in schema
        ]
        yield pyarrow.record_batch(columns, schema=schema)

"""Parquet: a row is an article, its text in one column. Read where pyarrow is installed."""

from __future__ import annotations

import datetime
import io
import itertools
from collections.abc import Iterator
from typing import Any

from extract.errors import InputError
from extract.readers.limits import too_large
from extract.readers.package import damaged
from extract.readers.parts import Failure, Reading, Text
from extract.readers.records import columns_of, record

_SAMPLE = 20
_ROWS = 1_000  # read at a time


def read_parquet(data: bytes, reading: Reading) -> Iterator[Text | Failure]:
    """Rows of a Parquet file, or of a part of a data set; ``position`` counts them from 0.

    Raises:
        InputError: slug ``no-text-column``, ``unknown-column``, ``damaged``, ``too-large``, ``missing-library``.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            "reading Parquet needs the library pyarrow",
            remedy="install it: pip install 'extract-ko[parquet]'",
            slug="missing-library",
        ) from None
    limits = reading.limits
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        schema = file.schema_arrow
    except (pyarrow.ArrowException, OSError) as error:
        raise damaged("the Parquet file", error) from None
    if file.metadata.num_rows > limits.rows:
        raise too_large(f"it has {file.metadata.num_rows:,} rows", "rows", limits.rows)
    if len(schema) > limits.columns:
        raise too_large(f"it has {len(schema):,} columns", "columns", limits.columns)
    kept = [field.name for field in schema if _is_plain(field.type)]
    rows = _rows(file, kept, reading)
    first = list(itertools.islice(rows, _SAMPLE))
    columns = columns_of(kept, first, reading.columns)
    for position, row in enumerate(itertools.chain(first, rows)):
        yield record(row, columns, position, limits)


def _is_plain(kind: Any) -> bool:
    """Whether a value of this type can be a text, an id, a date or a title."""
    from pyarrow import types

    tests = (types.is_string, types.is_large_string, types.is_integer, types.is_temporal, types.is_dictionary)
    return any(test(kind) for test in tests)


def _rows(file: Any, names: list[str], reading: Reading) -> Iterator[dict[str, str]]:
    import pyarrow

    try:
        for batch in file.iter_batches(_ROWS, columns=names):
            reading.unpack(batch.nbytes)
            for row in batch.to_pylist():
                yield {name: _text(value) for name, value in row.items()}
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise damaged("the Parquet file", error) from None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)

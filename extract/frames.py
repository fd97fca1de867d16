"""An output folder as pandas data frames, with the types that the tables' definition gives them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UsageError
from extract.model import TABLES

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def tables(folder: str | Path = "outputs") -> dict[str, pd.DataFrame]:
    """Every table of an output folder by name; text cells are strings, empty cells are missing values.

    Text that a spreadsheet would have run as a formula gets its own first character back.

    Raises:
        UsageError: when the folder holds no tables.

    >>> frames = tables("outputs")  # doctest: +SKIP
    >>> frames["mentions"].query("label == 'CITY'")["text"].value_counts()  # doctest: +SKIP
    """
    import pandas as pd

    from extract.write import plain
    from extract.write.stored import csv_encoding

    found = {table: Path(folder) / f"{table.name}.csv" for table in TABLES}
    existing = {table: path for table, path in found.items() if path.is_file()}
    if not existing and (Path(folder) / "articles.parquet").exists():
        return _of_parquet(Path(folder))
    if not existing:
        raise UsageError("holds no tables", where=str(folder), remedy="run: extract run INPUT… --out FOLDER")
    encoding = csv_encoding(Path(folder))
    frames = {}
    for table, path in existing.items():
        types = {column.name: _DTYPES.get(column.metadata["type"], "string") for column in table.columns}
        frame = pd.read_csv(path, dtype=types, encoding=encoding, keep_default_na=False, na_values=[""])
        for name, dtype in types.items():
            if dtype == "string":
                frame[name] = frame[name].map(plain, na_action="ignore").astype("string")
        frames[table.name] = frame
    return frames


def _of_parquet(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of an output that has no CSV; lists are joined as in its cells."""
    import pandas as pd

    from extract.write.cells import SEPARATOR
    from extract.write.stored import LISTS, Stored

    stored = Stored(folder)
    frames = {}
    for table in stored.tables:
        names = [column.name for column in table.columns]
        types = {column.name: _DTYPES.get(column.metadata["type"], "string") for column in table.columns}
        frame = pd.DataFrame(list(stored.rows(table.name)), columns=names)
        for name in LISTS.intersection(names):
            frame[name] = [SEPARATOR.join(items) or None for items in frame[name]]
        frames[table.name] = frame.astype(types)
    return frames

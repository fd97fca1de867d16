"""What a run notes about its inputs: which texts it has met, which files it has read. Kept on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.write.entities import scratch_database

SHOWN = 5
"""So many duplicates are told by name at the end of a run; all of them stand in ``run.json``."""


class Ledger:
    """Inputs and duplicates of a run, in their order; a few MB of memory however many there are.

    Attributes:
        n_duplicates: articles met before.
        duplicates: the first of them.

    Raises:
        sqlite3.Error: the database cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._database = scratch_database(path)
        for table in (
            "met (id BLOB PRIMARY KEY, place TEXT) WITHOUT ROWID",
            "input (source TEXT, sha256 TEXT)",
            "duplicate (source TEXT, position INTEGER, same_as TEXT)",
        ):
            self._database.execute(f"CREATE TABLE {table}")
        self._last: tuple[str, str] | None = None
        self.n_duplicates = 0
        self.duplicates: list[dict[str, str | int]] = []

    def read(self, source: str, sha256: str) -> None:
        """Notes an input; the rows of one table come from one."""
        if self._last != (source, sha256):
            self._last = (source, sha256)
            self._database.execute("INSERT INTO input VALUES (?, ?)", self._last)

    def is_new(self, article_id: str, source: str, position: int) -> bool:
        """Whether no article before had this text; else it is noted as a duplicate."""
        key = bytes.fromhex(article_id[1:])
        place = f"{source} article {position}"
        added = self._database.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (key, place))
        if added.rowcount:
            return True
        [(first,)] = self._database.execute("SELECT place FROM met WHERE id = ?", (key,))
        self._database.execute("INSERT INTO duplicate VALUES (?, ?, ?)", (source, position, first))
        self.n_duplicates += 1
        if len(self.duplicates) < SHOWN:
            self.duplicates.append({"source": source, "position": position, "same_as": first})
        return False

    def all_inputs(self) -> Iterator[dict[str, str]]:
        """For ``run.json``."""
        for source, sha256 in self._database.execute("SELECT source, sha256 FROM input ORDER BY rowid"):
            yield {"source": source, "sha256": sha256}

    def all_duplicates(self) -> Iterator[dict[str, str | int]]:
        """For ``run.json``."""
        query = "SELECT source, position, same_as FROM duplicate ORDER BY rowid"
        for source, position, first in self._database.execute(query):
            yield {"source": source, "position": position, "same_as": first}

    def close(self) -> None:
        """Removes the database."""
        self._database.close()
        self._path.unlink(missing_ok=True)

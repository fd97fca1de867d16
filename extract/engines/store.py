"""What a run has found out so far, on the disk: the one thing that resuming and incremental runs stand on.

A result is kept under the digest of its article (:func:`~extract.engines.article.key_of`), together with a
fingerprint of all else that decides it: program, lexicons, rules, model, options. While a run goes on the store
lies in its hidden folder and is made durable about once a second; when the run is complete it moves into the
output (``.extract/results.sqlite``), where the next run finds it. Tables are always written from the first row
to the last, so how a result came to be leaves no trace in them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

Fingerprint = Mapping[str, str]

_INTERVAL = 1.0  # seconds between two commits: what a kill can cost
_LIBRARIES = ("kiwipiepy", "kiwipiepy-model", "spacy", "regex", "onnxruntime", "numpy")


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of the program's own source and of the libraries that decide what it finds."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def packed(line: bytes) -> bytes:
    """A line as the store keeps it."""
    return zlib.compress(line, 1)


def differences(left: Fingerprint, right: Fingerprint) -> list[str]:
    """The names under which two fingerprints differ."""
    return [name for name in {**left, **right} if left.get(name) != right.get(name)]


class Store:
    """The results of one run and, for reading only, those of the finished output before it.

    Attributes:
        resumed: results that an unfinished run of the same fingerprint left.
        size: results in the run's own database.
        changed: what differs in the fingerprint of the output before, so that its results are of no use.

    Args:
        path: the run's own database; one of another fingerprint is replaced.
        fingerprint: what decides the results beside the articles.
        earlier: database of the finished output, which may be missing.
        fresh: whether to go by nothing that earlier runs have left.

    Raises:
        sqlite3.Error: the database cannot be written.
    """

    def __init__(
        self, path: Path, fingerprint: Fingerprint, *, earlier: Path | None = None, fresh: bool = False
    ) -> None:
        self.path = path
        self.changed: list[str] = []
        self._closed = False
        found = None if fresh else _fingerprint_in(path)
        if found != dict(fingerprint):
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
        self._earlier = None if fresh or earlier is None else self._opened(earlier, fingerprint)
        self._own = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=TRUNCATE", "synchronous=NORMAL", "cache_size=-8192"):
            self._own.execute(f"PRAGMA {pragma}")
        self._own.execute("BEGIN IMMEDIATE")
        self._own.execute("CREATE TABLE IF NOT EXISTS about (fingerprint TEXT)")
        self._own.execute("CREATE TABLE IF NOT EXISTS result (key BLOB UNIQUE, line BLOB)")
        if found != dict(fingerprint):
            self._own.execute("INSERT INTO about VALUES (?)", (json.dumps(dict(fingerprint)),))
        self._commit()
        self.resumed = self.size = int(self._own.execute("SELECT count(*) FROM result").fetchone()[0])

    def _opened(self, path: Path, fingerprint: Fingerprint) -> sqlite3.Connection | None:
        found = _fingerprint_in(path)
        if found is None:
            return None
        if found != dict(fingerprint):
            self.changed = differences(found, fingerprint)
            return None
        return _read_only(path)

    def get(self, key: bytes) -> bytes | None:
        """The line kept under ``key``; what the output before has is taken over."""
        query = "SELECT line FROM result WHERE key = ?"
        row = self._own.execute(query, (key,)).fetchone()
        if row is None and self._earlier is not None:
            try:
                row = self._earlier.execute(query, (key,)).fetchone()
            except sqlite3.DatabaseError:  # damaged: what it held is found out anew
                self._earlier = None
            if row is not None:
                self.put(key, row[0])
        try:
            return zlib.decompress(row[0]) if row is not None else None
        except zlib.error:
            return None

    def put(self, key: bytes, line: bytes) -> None:
        """Keeps a :func:`packed` line."""
        self._own.execute("INSERT OR REPLACE INTO result VALUES (?, ?)", (key, line))
        self.size += 1
        if time.monotonic() - self._committed > _INTERVAL:
            self._commit()

    def _commit(self) -> None:
        if self._own.in_transaction:
            self._own.execute("COMMIT")
        self._own.execute("BEGIN IMMEDIATE")
        self._committed = time.monotonic()

    def close(self) -> None:
        """Makes everything durable and lets go of the files; once more does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._own.in_transaction:
                self._own.execute("COMMIT")
        finally:
            self._own.close()
            if self._earlier is not None:
                self._earlier.close()
                self._earlier = None

    def move_into(self, folder: Path) -> None:
        """Moves the closed database into the folder of a complete output, out of the sight of Git."""
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        self.path.replace(folder / self.path.name)

    def move_back(self, folder: Path) -> None:
        """Undoes :meth:`move_into` where the output could not be completed."""
        if (folder / self.path.name).is_file():
            (folder / self.path.name).replace(self.path)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _fingerprint_in(path: Path) -> dict[str, str] | None:
    """The fingerprint of a store; ``None`` where there is none to read."""
    if not path.is_file():
        return None
    try:
        database = _read_only(path)
        try:
            row = database.execute("SELECT fingerprint FROM about").fetchone()
        finally:
            database.close()
        found = json.loads(row[0])
    except (sqlite3.Error, TypeError, ValueError):
        return None
    return found if isinstance(found, dict) else None

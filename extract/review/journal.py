"""The journal of decisions: one JSON object a line, only ever added to, durable before it counts.

A decision is written here first and into its files after, so that whatever happens between is mended from here.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.review.changes import Change, sync_folder


@dataclass(frozen=True)
class Entry:
    """A line of the journal. ``undoes`` is the number of the decision that an undo takes back."""

    number: int
    time: str
    kind: str
    asked: Mapping[str, Any]
    changes: tuple[Change, ...] = ()
    undoes: int | None = None
    said: str = ""

    def as_json(self) -> dict[str, Any]:
        """The line."""
        return {
            "number": self.number,
            "time": self.time,
            "kind": self.kind,
            "undoes": self.undoes,
            "said": self.said,
            "asked": dict(self.asked),
            "changes": [change.as_json() for change in self.changes],
        }


@dataclass
class Journal:
    """The decisions in a file.

    Attributes:
        entries: all of them, in order.
        dropped: bytes of a last line that a crash left incomplete; they are cut off.

    Raises:
        UsageError: when a line before the last is damaged, or the file cannot be read.
    """

    path: Path
    entries: list[Entry] = field(default_factory=list)
    dropped: int = 0

    def __post_init__(self) -> None:
        try:
            data = self.path.read_bytes() if self.path.is_file() else b""
        except OSError as error:
            raise UsageError(
                f"cannot be read: {error.strerror}", where=str(self.path), remedy="mend its permissions"
            ) from None
        lines = data.splitlines(keepends=True)
        kept = 0
        for number, line in enumerate(lines, 1):
            entry = _entry(line) if line.endswith(b"\n") else None
            if entry is None and number < len(lines):
                remedy = "restore the file from a copy, or move it away to begin a new one"
                raise UsageError("a damaged decision", where=f"{self.path}:{number}", remedy=remedy)
            if entry is None:
                break
            self.entries.append(entry)
            kept += len(line)
        self.dropped = len(data) - kept
        if self.dropped:
            with self.path.open("r+b") as file:
                file.truncate(kept)
                os.fsync(file.fileno())

    def entry(
        self,
        kind: str,
        asked: Mapping[str, Any],
        changes: Sequence[Change],
        said: str,
        undoes: int | None = None,
    ) -> Entry:
        """The next entry, not yet added."""
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        number = self.entries[-1].number + 1 if self.entries else 1
        return Entry(number, now, kind, asked, tuple(changes), undoes, said)

    def add(self, entry: Entry) -> None:
        """Adds an entry; it is on the disk when this returns.

        Raises:
            OSError: when it cannot be written.
        """
        line = json.dumps(entry.as_json(), ensure_ascii=False)
        try:
            data = line.encode("utf-8")
        except UnicodeEncodeError:  # a file in CP949 lends its lines as lone surrogates
            data = json.dumps(entry.as_json()).encode("ascii")
        fresh = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            size = file.tell()
            try:
                file.write(data + b"\n")
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.truncate(self.path, size)
                raise
        if fresh:
            sync_folder(self.path.parent)
        self.entries.append(entry)

    def cut(self) -> None:
        """Takes the last entry out again, because its files could not be written.

        Raises:
            OSError: when the journal cannot be written either; the next start writes the files then.
        """
        data = self.path.read_bytes()
        os.truncate(self.path, data.rfind(b"\n", 0, len(data) - 1) + 1)
        self.entries.pop()

    @property
    def undone(self) -> frozenset[int]:
        """The numbers of the decisions that were taken back."""
        return frozenset(entry.undoes for entry in self.entries if entry.undoes is not None)

    @property
    def standing(self) -> list[Entry]:
        """The decisions that hold, in order."""
        undone = self.undone
        return [entry for entry in self.entries if entry.undoes is None and entry.number not in undone]


def _entry(line: bytes) -> Entry | None:
    try:
        data = json.loads(line)
        changes = tuple(Change.of_json(change) for change in data["changes"])
        return Entry(
            int(data["number"]), data["time"], data["kind"], data["asked"], changes, data["undoes"], data["said"]
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None

"""Changes of files that can be done again after a crash, and undone to the byte.

A change knows the digests of the file before and after, and the lines that differ. Where the file still is as the
change left it, undoing gives back the very bytes; where it has been edited since, only the lines of the change go.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from extract.errors import LexiconError
from extract.lexicon.folder import write_all

Check = Callable[[str, bytes], None]


@dataclass(frozen=True)
class Hunk:
    """Lines that a change replaces: ``at`` is the offset in bytes in the file before."""

    at: int
    old: bytes
    new: bytes


@dataclass(frozen=True)
class Change:
    """What becomes of one file. ``before`` and ``after`` are digests; ``None`` where there is no file."""

    file: str
    before: str | None
    after: str | None
    hunks: tuple[Hunk, ...]

    def reversed(self) -> Change:
        """The change that takes this one back."""
        hunks, shift = [], 0
        for hunk in self.hunks:
            hunks.append(Hunk(hunk.at + shift, hunk.new, hunk.old))
            shift += len(hunk.new) - len(hunk.old)
        return Change(self.file, self.after, self.before, tuple(hunks))

    def as_json(self) -> dict[str, Any]:
        """For the journal."""
        lines = [[hunk.at, _text(hunk.old), _text(hunk.new)] for hunk in self.hunks]
        return {"file": self.file, "before": self.before, "after": self.after, "lines": lines}

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Change:
        """A change as the journal has it."""
        hunks = tuple(Hunk(int(at), _bytes(old), _bytes(new)) for at, old, new in data["lines"])
        return cls(str(data["file"]), data["before"], data["after"], hunks)


def difference(file: str, before: bytes | None, after: bytes | None) -> Change:
    """The change that makes ``after`` of ``before``; a new file's first line stands apart from its rows."""
    old, new = (before or b"").splitlines(keepends=True), (after or b"").splitlines(keepends=True)
    if before is None and len(new) > 1:
        hunks = [Hunk(0, b"", new[0]), Hunk(0, b"", b"".join(new[1:]))]
        return Change(file, None, _digest(after), tuple(hunks))
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    at = sum(map(len, old[:first]))
    a, b = old[first : len(old) - last], new[first : len(new) - last]
    hunks = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            hunks.append(Hunk(at + sum(map(len, a[:a1])), b"".join(a[a1:a2]), b"".join(b[b1:b2])))
    return Change(file, _digest(before), _digest(after), tuple(hunks))


def settled(change: Change, current: bytes | None, headers: Iterable[bytes], check: Check) -> bytes | None:
    """The file with the change in it, whether it was there already, is to be done, or the file was edited since.

    Args:
        change: what to do.
        current: the file as it is.
        headers: first lines of files that reviewing made: with nothing else in it such a file goes again.
        check: raises for content that does not load.

    Raises:
        LexiconError: when the file was edited and the lines of the change are no longer in it.
    """
    if _digest(current) == change.after:
        return current
    if _digest(current) == change.before:
        parts, at = [], 0
        for hunk in change.hunks:
            parts += [(current or b"")[at : hunk.at], hunk.new]
            at = hunk.at + len(hunk.old)
        whole = b"".join([*parts, (current or b"")[at:]])
        return None if change.after is None else whole
    tries = [change.hunks, *([change.hunks[1:]] if len(change.hunks) > 1 else [])]
    for hunks in tries:
        made = _replaced(current or b"", hunks)
        if made is None:
            continue
        try:
            check(change.file, made)
        except LexiconError:
            continue
        return None if made in set(headers) else made
    raise LexiconError(
        "was edited since, and the lines of this decision are no longer in it",
        where=change.file,
        remedy="change the row in the file itself",
    )


def _replaced(current: bytes, hunks: Sequence[Hunk]) -> bytes | None:
    for hunk in hunks:
        if hunk.new and hunk.new in current and not (hunk.old and hunk.old in current):
            continue  # is there already
        if not hunk.old:
            current += (b"" if not current or current.endswith(b"\n") else b"\n") + hunk.new
        elif current.count(hunk.old) == 1:
            current = current.replace(hunk.old, hunk.new)
        else:
            return None
    return current


def write(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    """Writes and removes files of a folder, durable when it returns.

    Raises:
        OSError: when one cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_all({folder / name: data for name, data in contents.items() if data is not None})
    for name, data in contents.items():
        if data is None:
            (folder / name).unlink(missing_ok=True)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def content(path: Path) -> bytes | None:
    """The bytes of a file; ``None`` where there is none."""
    return path.read_bytes() if path.is_file() else None


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()[:16]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")

"""One run at a time writes an output: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
from pathlib import Path


def acquired(path: Path) -> int | None:
    """The descriptor of the lock file at ``path``, locked and holding this process's id; ``None`` when another has it.

    The lock lasts until the descriptor is closed, in forked processes too, or until the process ends.

    Raises:
        OSError: the file cannot be made.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            locked = _lock(descriptor)
            same = locked and _is(descriptor, path)
        except BaseException:
            os.close(descriptor)
            raise
        if same:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
            return descriptor
        os.close(descriptor)
        if not locked:
            return None


def holder(path: Path) -> str:
    """The process id that stands in the lock file; empty when none can be read."""
    try:
        found = path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
    return found if found.isdigit() else ""


def _is(descriptor: int, path: Path) -> bool:
    """Whether the locked file is still the one at ``path``: the run before may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


try:
    import fcntl
except ImportError:  # Windows
    import msvcrt
    from typing import Any

    _WINDOWS: Any = msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # beyond the process id, which stays readable
        try:
            _WINDOWS.locking(descriptor, _WINDOWS.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

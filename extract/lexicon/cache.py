"""Compiled lexicons on disk, by a digest of everything they were compiled from.

An entry is a folder that appears in one step. One that is damaged, incomplete or of another version is
thrown away and compiled anew; a cache that cannot be written is simply not kept.
"""

from __future__ import annotations

import json
import mmap
import os
import pickle
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from extract.lexicon.gazetteer import Parts

KEPT = 6
"""Entries kept; the least recently used ones go."""
_ARRAYS = {"starts": np.int32, "claims": np.int32, "offsets": np.int64, "ids": np.uint64, "owners": np.int32}


def cache_folder() -> Path:
    """Where compiled lexicons are kept: ``$EXTRACT_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("EXTRACT_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "extract-ko"


def fetch(key: str) -> tuple[dict[str, Any], Parts] | None:
    """The small tables and the parts stored under ``key``, or ``None``."""
    folder = cache_folder() / key
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        data = {name: _checked(folder / name, *expected) for name, expected in meta["files"].items()}
        parts = Parts(
            automaton=bytes(data["automaton"]),
            **{name: np.frombuffer(data[name], dtype) for name, dtype in _ARRAYS.items()},
            rows=data["rows"],
            ranges={file: (first, last) for file, (first, last) in meta["ranges"].items()},
            folders=tuple(meta["folders"]),
        )
        small = pickle.loads(data["small"])
        os.utime(folder)
    except FileNotFoundError:
        return None
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return small, parts


def store(key: str, small: dict[str, Any], parts: Parts) -> None:
    """Keeps an entry under ``key``; a full disk or a read-only folder only means that nothing is kept."""
    root = cache_folder()
    try:
        root.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=root))
    except OSError:
        return
    try:
        files = {"small": pickle.dumps(small), "automaton": parts.automaton, "rows": bytes(parts.rows)}
        files |= {name: getattr(parts, name).astype(dtype).tobytes() for name, dtype in _ARRAYS.items()}
        for name, content in files.items():
            (part / name).write_bytes(content)
        meta = {
            "files": {name: (len(content), zlib.crc32(content)) for name, content in files.items()},
            "ranges": parts.ranges,
            "folders": parts.folders,
        }
        (part / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
        part.rename(root / key)
        _tidy(root)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)


def recall(name: str, key: str) -> Any:
    """What :func:`keep` kept last under ``name``, if that was for ``key``.

    ``None`` where nothing was kept or it cannot be read, whatever the reason: then it is made anew.
    """
    try:
        data = (cache_folder() / f"{name}-{key}.pickle").read_bytes()
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            return None
        return pickle.loads(data[4:])
    except Exception:
        return None


def keep(name: str, key: str, value: Any) -> None:
    """Keeps a value under ``name`` and ``key``, and a few of those before it; where it cannot, it does not."""
    root = cache_folder()
    try:
        root.mkdir(parents=True, exist_ok=True)
        data = pickle.dumps(value)
        handle, part = tempfile.mkstemp(prefix=".part-", dir=root)
        with os.fdopen(handle, "wb") as file:
            file.write(zlib.crc32(data).to_bytes(4, "big") + data)
        Path(part).replace(root / f"{name}-{key}.pickle")
        entries = sorted(root.glob(f"{name}-*.pickle"), key=lambda path: path.stat().st_mtime)
        for path in entries[:-KEPT]:
            path.unlink(missing_ok=True)
    except OSError:
        return


def _checked(path: Path, size: int, crc: int) -> Any:
    """The content of a file that has this size and checksum: mapped, not read, where it is large.

    Raises:
        ValueError: when it has not.
    """
    with path.open("rb") as file:
        found, length = 0, 0
        while chunk := file.read(1 << 20):  # reading leaves no trace in memory, touching the map would
            found, length = zlib.crc32(chunk, found), length + len(chunk)
        if (length, found) != (size, crc):
            raise ValueError(f"{path} is damaged")
        if size > 1 << 20:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return path.read_bytes()


def _tidy(root: Path) -> None:
    entries = sorted(
        (path for path in root.iterdir() if path.is_dir() and (path / "meta.json").exists()),
        key=lambda path: path.stat().st_mtime,
    )
    for path in entries[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)

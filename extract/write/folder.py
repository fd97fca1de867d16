"""The output folder: written beside its place, moved there when complete, nothing foreign replaced."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.write.formats import PACKAGE_FILE, own_files
from extract.write.package import PACKAGE_NAME

RUN_FILE = "run.json"
PROGRAM = "extract"

_OTHER = "choose another folder with --out"
_KEPT = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that stand in folders of their own accord; they are carried over, not replaced."""
GRAPH_FILES = ("graph.graphml", "graph.gexf")
_OWN = own_files().union({RUN_FILE, *GRAPH_FILES})


def check_folder(out: Path) -> None:
    """Whether a run may write ``out``, before anything is computed.

    Raises:
        UsageError: ``out`` is a file, holds files that no earlier run wrote, or cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(
            "the output is a file, not a folder", where=str(out), remedy=_OTHER, slug="unwritable-output"
        )
    place = Path(os.path.realpath(out))
    try:
        entries = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    except OSError as error:
        raise unwritable(out, error) from None
    own = _earlier(place) | _KEPT
    foreign = [name for name in entries if name not in own]
    if foreign:
        shown = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        raise UsageError(
            f"the folder holds files that no run wrote: {shown}",
            where=str(out),
            remedy=f"move them away or {_OTHER}",
            slug="foreign-files",
        )
    existing = next(path for path in (place, *place.parents) if path.exists())
    if not existing.is_dir():
        raise unwritable(out, NotADirectoryError(20, f"{existing} is a file"))
    if not os.access(existing, os.W_OK | os.X_OK):
        raise unwritable(out, PermissionError(13, "permission denied"))


def unwritable(out: Path, error: OSError) -> UsageError:
    """The error for a failure of the file system while ``out`` is written."""
    reason = error.strerror or type(error).__name__
    return UsageError(
        f"cannot write the output: {reason}", where=str(out), remedy=_OTHER, slug="unwritable-output"
    )


def _earlier(place: Path) -> frozenset[str]:
    """Names that an earlier run left in the folder; none when no run wrote it.

    A run is known by its ``run.json``, or, where that was not kept, by its ``datapackage.json``.
    """
    run = _json(place / RUN_FILE)
    if run.get("program") != PROGRAM:
        return _OWN if _json(place / PACKAGE_FILE).get("name") == PACKAGE_NAME else frozenset()
    files = run.get("files")
    named = frozenset(name for name in files if isinstance(name, str)) if isinstance(files, list) else ()
    return _OWN.union(named)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


class OutputFolder:
    """A folder that appears only when all its files are there.

    Raises:
        UsageError: as :func:`check_folder`.
    """

    def __init__(self, out: Path) -> None:
        check_folder(out)
        self.named = out
        self.out = Path(os.path.realpath(out))
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self.path = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
        except OSError as error:
            raise unwritable(out, error) from None

    def finish(self) -> None:
        """Moves the folder into place."""
        try:
            self.path.chmod(0o777 & ~_umask())
            self._replace()
        except OSError as error:
            self.discard()
            raise unwritable(self.named, error) from None

    def _replace(self) -> None:
        check_folder(self.named)
        if not self.out.exists():
            self.path.rename(self.out)
            return
        for name in _KEPT:
            if (self.out / name).is_file():
                shutil.copy2(self.out / name, self.path / name)
        earlier = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-old-", dir=self.out.parent))
        try:
            self.out.rename(earlier / "old")
        except OSError:
            earlier.rmdir()
            self._replace_files()
            return
        try:
            self.path.rename(self.out)
        except OSError:
            (earlier / "old").rename(self.out)
            earlier.rmdir()
            raise
        shutil.rmtree(earlier, ignore_errors=True)

    def _replace_files(self) -> None:
        """File by file, where the folder itself cannot be moved (a mount, a drive's root)."""
        new = {path.name for path in self.path.iterdir()}
        for name in _earlier(self.out) - new - _KEPT:
            with contextlib.suppress(OSError):
                (self.out / name).unlink()
        for name in sorted(new):
            (self.path / name).replace(self.out / name)
        self.path.rmdir()

    def discard(self) -> None:
        """Removes what was written so far."""
        shutil.rmtree(self.path, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

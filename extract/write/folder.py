"""The output folder: written beside its place, moved there when complete, nothing foreign replaced."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.write.formats import PACKAGE_FILE, own_files
from extract.write.lock import acquired, holder
from extract.write.package import PACKAGE_NAME

RUN_FILE = "run.json"
PROGRAM = "extract"

_OTHER = "choose another folder with --out"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_KEPT = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that stand in folders of their own accord; they are carried over, not replaced."""
GRAPH_FILES = ("graph.graphml", "graph.gexf")
STATE_FOLDER = ".extract"
"""Hidden folder within an output: what an incremental run needs to know about it."""
_OWN = own_files().union({RUN_FILE, STATE_FOLDER, *GRAPH_FILES})

_LOCK, _TABLES, _EARLIER = "lock", "tables", "earlier"
RESULTS_FILE = "results.sqlite"
_UNFINISHED = frozenset(
    {_LOCK, _TABLES, _EARLIER, RESULTS_FILE, "scratch.sqlite", "entities.sqlite", ".gitignore", "spark"}
)
"""Names in the hidden folder of an unfinished run, up to the hyphen that SQLite puts behind them."""


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
    own = earlier_files(place) | _KEPT
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


def unwritable(out: Path, error: OSError | sqlite3.Error) -> UsageError:
    """The error for a failure of the file system while ``out``, or a database beside it, is written."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    reason = reason or type(error).__name__
    full = "full" in reason or getattr(error, "errno", None) in _FULL
    return UsageError(
        f"cannot write the output: {reason}",
        where=str(out),
        remedy=f"make room, or {_OTHER}" if full else _OTHER,
        slug="unwritable-output",
    )


def earlier_files(place: Path) -> frozenset[str]:
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

    Everything is prepared in a hidden folder beside the output (``.outputs-partial``), which holds the lock
    that keeps other runs away, the files of the output to be, and what an unfinished run left for the next.

    Attributes:
        path: where the files of the output are written.
        partial: the hidden folder; what stands in it beside ``path`` stays when a run is not finished.
        lock: descriptor of the lock file; forked processes close it, so that the lock ends with this one.

    Raises:
        UsageError: as :func:`check_folder`; another run is writing this output (slug ``busy-output``).
    """

    def __init__(self, out: Path) -> None:
        check_folder(out)
        self.named = out
        self.out = Path(os.path.realpath(out))
        self.partial = self.out.parent / f".{self.out.name}-partial"
        self.path = self.partial / _TABLES
        self._earlier = self.partial / _EARLIER
        try:
            self._check_partial()
            self.lock = self._locked()
        except OSError as error:
            raise unwritable(out, error) from None
        try:
            self._recover()
            shutil.rmtree(self.path, ignore_errors=True)
            self.path.mkdir()
            (self.partial / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            self._release()
            raise unwritable(out, error) from None

    def _check_partial(self) -> None:
        entries = sorted(path.name for path in self.partial.iterdir()) if self.partial.is_dir() else []
        foreign = [name for name in entries if name.split("-")[0] not in _UNFINISHED]
        if foreign or self.partial.is_symlink():
            raise UsageError(
                "the folder for unfinished runs holds files that no run wrote: "
                + (", ".join(foreign[:3]) or "it is a link"),
                where=str(self.partial),
                remedy=f"move them away or {_OTHER}",
                slug="foreign-files",
            )

    def _locked(self) -> int:
        for attempt in range(3):
            self.partial.mkdir(parents=True, exist_ok=True)
            try:
                found = acquired(self.partial / _LOCK)
            except FileNotFoundError:  # the run before has just removed the folder
                if attempt == 2:
                    raise
                continue
            if found is not None:
                return found
            break
        process = holder(self.partial / _LOCK)
        raise UsageError(
            "another run" + (f" (process {process})" if process else "") + " is writing this output",
            where=str(self.named),
            remedy=f"wait until it has finished, or {_OTHER}",
            slug="busy-output",
        )

    def _recover(self) -> None:
        """Puts an earlier output back that a run, killed while it moved its own into place, had moved away."""
        if self._earlier.is_dir():
            if self.out.exists():
                shutil.rmtree(self._earlier)
            else:
                self._earlier.rename(self.out)

    def finish(self) -> None:
        """Moves the output into its place and removes the hidden folder.

        Raises:
            UsageError: the file system refuses, or foreign files have come into the output meanwhile.
        """
        try:
            for path in self.path.iterdir():
                if path.is_file():
                    _flush(path)
            self.path.chmod(0o777 & ~_umask())
            self._replace()
        except OSError as error:
            raise unwritable(self.named, error) from None
        self.discard()

    def _replace(self) -> None:
        check_folder(self.named)
        if not self.out.exists():
            self.path.rename(self.out)
            return
        for name in _KEPT:
            if (self.out / name).is_file():
                shutil.copy2(self.out / name, self.path / name)
        try:
            self.out.rename(self._earlier)
        except OSError:
            self._replace_files()
            return
        try:
            self.path.rename(self.out)
        except OSError:
            self._earlier.rename(self.out)
            raise

    def _replace_files(self) -> None:
        """File by file, where the folder itself cannot be moved (a mount, a drive's root)."""
        new = {path.name for path in self.path.iterdir()}
        for name in sorted(earlier_files(self.out) - new - _KEPT):
            with contextlib.suppress(OSError):
                _remove(self.out / name)
        for name in sorted(new):
            if (self.path / name).is_dir():
                _remove(self.out / name)
            try:
                (self.path / name).replace(self.out / name)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                shutil.move(self.path / name, self.out / name)

    def keep(self) -> None:
        """Leaves the hidden folder for a later run to go on from; the files of the output to be are removed."""
        with contextlib.suppress(OSError):
            self._recover()
        shutil.rmtree(self.path, ignore_errors=True)
        self._release()

    def discard(self) -> None:
        """Removes the hidden folder."""
        with contextlib.suppress(OSError):
            self._recover()
        for path in sorted(self.partial.iterdir()) if self.partial.is_dir() else ():
            if path.name != _LOCK:
                with contextlib.suppress(OSError):
                    _remove(path)
        shutil.rmtree(self.partial, ignore_errors=True)
        self._release()

    def _release(self) -> None:
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Has the system write a file to the disk: what bears the output's name must outlive a loss of power."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""The output folder: written beside its place, moved there when complete, nothing foreign replaced."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from extract.errors import UsageError
from extract.model import TABLES

RUN_FILE = "run.json"
PACKAGE_FILE = "datapackage.json"
PROGRAM = "extract"

_KEPT = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that stand in folders of their own accord; they are carried over, not replaced."""
_OWN = frozenset(
    {RUN_FILE, PACKAGE_FILE} | {f"{table.name}.{ending}" for table in TABLES for ending in ("csv", "jsonl")}
)


class OutputFolder:
    """A folder that appears only when all its files are there.

    Raises:
        UsageError: ``out`` is a file, holds files that no earlier run wrote, or cannot be written.
    """

    def __init__(self, out: Path) -> None:
        self.out = Path(os.path.realpath(out))
        self.named = str(out)
        self._check()
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self.path = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
            if self.out.is_dir() and not os.access(self.out, os.W_OK):
                self.discard()
                raise PermissionError(13, "Permission denied")
        except OSError as error:
            raise self.unwritable(error) from None

    def unwritable(self, error: OSError) -> UsageError:
        """The error for a failure of the file system."""
        reason = error.strerror or type(error).__name__
        return UsageError(
            f"cannot write the output: {reason}",
            where=self.named,
            remedy="choose another folder with --out",
            slug="unwritable-output",
        )

    def _check(self) -> None:
        if self.out.exists() and not self.out.is_dir():
            raise UsageError(
                "the output is a file, not a folder",
                where=self.named,
                remedy="choose another folder with --out",
            )
        if not self.out.is_dir():
            return
        try:
            entries = sorted(path.name for path in self.out.iterdir())
        except OSError as error:
            raise self.unwritable(error) from None
        foreign = [name for name in entries if name not in _KEPT and name not in self._earlier()]
        if foreign:
            shown = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
            raise UsageError(
                f"the folder holds files that no run wrote: {shown}",
                where=self.named,
                remedy="move them away or choose another folder with --out",
                slug="foreign-files",
            )

    def _earlier(self) -> frozenset[str]:
        """Names that an earlier run left in the folder; none when no run wrote it."""
        try:
            run = json.loads((self.out / RUN_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return frozenset()
        if not isinstance(run, dict) or run.get("program") != PROGRAM:
            return frozenset()
        files = run.get("files")
        return _OWN | frozenset(name for name in files if isinstance(name, str)) if files else _OWN

    def finish(self) -> None:
        """Moves the folder into place."""
        try:
            self.path.chmod(0o777 & ~_umask())
            self._replace()
        except OSError as error:
            self.discard()
            raise self.unwritable(error) from None

    def _replace(self) -> None:
        self._check()
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
        for name in self._earlier() - new - _KEPT:
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

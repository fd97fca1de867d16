"""Which files a list of paths stands for, in an order that does not depend on how they were given."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from extract.errors import ExtractError, InputError, NothingToDoError, UsageError
from extract.readers.formats import extensions, unsupported

STDIN = "-"
_EXTENSION = re.compile(r"\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,8}$")


class MissingInputError(UsageError, InputError):
    """A path that was given does not exist; exit code 2."""

    slug = "missing-input"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its name as it goes into the tables, where it lies, and what already bars it."""

    source: str
    path: Path
    error: ExtractError | None = None


def find(paths: Sequence[str | Path]) -> list[Found]:
    """The files behind ``paths``, each once, sorted by name.

    Folders are searched throughout; hidden files and folders are skipped. A file reached by two ways
    keeps the shorter name. Files of a folder whose extension is not read come with an error.

    Raises:
        MissingInputError: a path does not exist.
        NothingToDoError: no path, or not one file that could be read.
    """
    if not paths:
        raise NothingToDoError("no input given", remedy="name a file or folder")
    chosen: dict[object, Found] = {}
    for given in sorted({os.fspath(path) for path in paths}):
        for found in _below(given):
            key = STDIN if found.source == STDIN else _target(found.path)
            known = chosen.get(key)
            if known is None or _rank(found) < _rank(known):
                chosen[key] = found
    if all(found.error for found in chosen.values()):
        where = ", ".join(sorted({printable(os.fspath(path)) for path in paths}))
        remedy = f"give files of these kinds: {', '.join(extensions())}"
        raise NothingToDoError("no file that can be read", where=where, remedy=remedy)
    return sorted(chosen.values(), key=lambda found: found.source)


def _rank(found: Found) -> tuple[bool, int, str]:
    return found.error is not None, len(found.source), found.source


def _below(given: str) -> Iterator[Found]:
    if given == STDIN:
        yield Found(STDIN, Path(STDIN))
        return
    path = Path(given)
    if path.is_dir():
        files = list(_walk(given, path))
        empty = InputError("the folder holds no file", remedy="check the path", slug="empty-folder")
        yield from files or [Found(printable(given), path, empty)]
    elif path.exists():
        yield Found(printable(given), path)
    else:
        raise MissingInputError("no such file or folder", where=printable(given), remedy="check the path")


def _walk(given: str, folder: Path) -> Iterator[Found]:
    root = given.replace(os.sep, "/").rstrip("/") or "/"
    known = extensions()
    root_path = _target(folder)
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name == "_SUCCESS":  # the mark that Spark leaves beside its parts
                continue
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix()
            source = printable(relative if root == "." else f"{root.rstrip('/')}/{relative}")
            yield Found(source, path, _barred(path, root_path, known))


def _barred(path: Path, root: Path, known: tuple[str, ...]) -> ExtractError | None:
    """Why a file found in the folder ``root`` is not read, if so."""
    extension = suffix(path.name)
    if extension and extension not in known:
        return unsupported(f"a {extension} file")
    if path.is_symlink() and not _target(path).is_relative_to(root):
        return InputError(
            "the link leads out of the folder", remedy="name the file itself to have it read", slug="outside"
        )
    if path.exists() and not path.is_file():
        return InputError("no ordinary file", remedy="leave it out", slug="unreadable")
    return None


def _target(path: Path) -> Path:
    """Where ``path`` leads, links followed; unlike ``Path.resolve`` it has an answer for links in a circle."""
    return Path(os.path.realpath(path))


def suffix(name: str) -> str:
    """The extension of a file name in lower case with its dot; empty when it is none (``보고 1.2차``)."""
    found = PurePath(name).suffix.lower()
    return found if _EXTENSION.match(found) else ""


def printable(name: str) -> str:
    """A file name that can be written as UTF-8, also where the system's bytes are no text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

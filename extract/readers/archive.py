"""ZIP archives: the files in them, in the order of their names, none of them ever unpacked to disk."""

from __future__ import annotations

from collections.abc import Iterator

from extract.errors import InputError
from extract.readers.limits import too_large
from extract.readers.package import Package
from extract.readers.parts import Failure, Member, Reading


def read_archive(data: bytes, reading: Reading) -> Iterator[Member | Failure]:
    """The files of an archive. Hidden files and those that macOS adds are skipped.

    Raises:
        InputError: slug ``damaged`` or ``too-large``.
    """
    if reading.depth >= reading.limits.archive_depth:
        raise too_large("archives lie within archives", "archive_depth", reading.limits.archive_depth)
    package = Package(data, reading)
    names = sorted((tame(name), name) for name in package.names)
    for shown, name in names:
        parts = shown.split("/")
        if any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        if package.is_link(name):
            yield Failure(
                InputError("the link leads out of the archive", remedy="leave it out", slug="outside"), shown
            )
            continue
        try:
            yield Member(shown, package.read(name, part=False))
        except InputError as error:
            yield Failure(error, shown)
            if reading.unpacked > reading.limits.unpacked_bytes:
                return


def tame(name: str) -> str:
    """A member's name as a relative path of printable characters that leads nowhere else.

    >>> tame("..\\\\..\\\\etc/passwd"), tame("/abs/가.txt")
    ('etc/passwd', 'abs/가.txt')
    """
    parts = name.replace("\\", "/").split("/")
    kept = [
        "".join(c if c.isprintable() else "?" for c in part) for part in parts if part not in ("", ".", "..")
    ]
    return "/".join(kept)[-1000:] or "?"

"""Zipped documents and archives, opened with bounds on everything their author controls."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Container, Iterator

from extract.errors import InputError
from extract.readers.limits import too_large
from extract.readers.parts import Reading

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_CHUNK = 1 << 20


class Package:
    """The members of a ZIP by name; nothing is ever written to disk.

    Raises:
        InputError: slug ``damaged`` or ``too-large``.
    """

    def __init__(self, data: bytes, reading: Reading) -> None:
        self.reading = reading
        limits = reading.limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged("the ZIP container", error) from None
        if len(infos) > limits.members:
            raise too_large(f"{len(infos):,} files in one archive", "members", limits.members)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for number, info in enumerate(infos, 1):
            if not info.is_dir():
                self._infos[_unused(_name(info), number, self._infos)] = info

    @property
    def names(self) -> list[str]:
        """Names of all members that are files, in the archive's order."""
        return list(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str, *, part: bool = True) -> bytes:
        """The unpacked bytes of one member; ``part`` bounds it as part of a document, not as a file.

        The bound holds for what really comes out, whatever the archive says about its sizes.

        Raises:
            InputError: slug ``damaged``, ``protected`` or ``too-large``.
        """
        info = self._infos[name]
        if info.flag_bits & _ENCRYPTED:
            raise protected("the file is encrypted")
        limits = self.reading.limits
        limit, value = ("part_bytes", limits.part_bytes) if part else ("file_bytes", limits.file_bytes)
        pieces = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self.reading.unpack(len(piece))
                    if size > value:
                        raise too_large(f"{_short(name)} unpacks to more than {value:,} bytes", limit, value)
                    pieces.append(piece)
        except InputError:
            raise
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise damaged(_short(name), error) from None
        return b"".join(pieces)

    def is_link(self, name: str) -> bool:
        """The member is a symbolic link, as Unix archivers store them."""
        return stat.S_ISLNK(self._infos[name].external_attr >> 16)

    def matching(self, prefix: str, suffix: str) -> Iterator[str]:
        """Names that begin and end so, shorter numbers first (``section2.xml`` before ``section10.xml``)."""
        found = [name for name in self._infos if name.startswith(prefix) and name.endswith(suffix)]
        yield from sorted(found, key=lambda name: (len(name), name))


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; Korean programs write CP949 where the standard says CP437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp949")
    except UnicodeError:
        return info.filename


def _unused(name: str, number: int, taken: Container[str]) -> str:
    """``name``, with the ``number`` of its place where an archive holds several files of one name."""
    while name in taken:
        head, dot, tail = name.rpartition(".")
        name = f"{head} ({number}).{tail}" if dot else f"{name} ({number})"
    return name


def damaged(what: str, error: object = "") -> InputError:
    """The error for a file whose inside is not as its format says."""
    reason = f" ({' '.join(str(error).split())[:120]})" if str(error) else ""
    return InputError(
        f"{what} is damaged{reason}", remedy="open it in its program and save it again", slug="damaged"
    )


def protected(what: str) -> InputError:
    """The error for a file that needs a password or is locked by its program."""
    return InputError(what, remedy="save it without protection", slug="protected")


def _short(name: str) -> str:
    clean = "".join(c if c.isprintable() else "?" for c in name)
    return clean if len(clean) <= 60 else f"…{clean[-59:]}"

"""Opens one input and reads what is in it; whatever goes wrong becomes an error row."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from extract.errors import ExtractError, InputError
from extract.model import ErrorRow
from extract.readers.decode import normalise_text, require_text
from extract.readers.document import Document
from extract.readers.formats import extensions, format_of, unsupported
from extract.readers.limits import Limits, check_text, too_large
from extract.readers.package import damaged
from extract.readers.parts import Columns, Failure, Member, Reading, Text
from extract.readers.records import record
from extract.readers.walk import STDIN, Found, suffix

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def open_found(found: Found, columns: Columns, limits: Limits) -> Iterator[Document | ErrorRow]:
    """The documents of one input, or the row that says why there are none."""
    if found.error is not None:
        yield _row(found.source, found.error)
        return
    try:
        data = _bounded(sys.stdin.buffer, limits) if found.source == STDIN else _file(found, limits)
    except InputError as error:
        yield _row(found.source, error)
        return
    except FileNotFoundError:
        message = "the file is gone since the inputs were listed; run again without it"
        yield ErrorRow(found.source, None, "read", "vanished", message)
        return
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield ErrorRow(
            found.source, None, "read", "unreadable", f"{reason}; check the file and its permissions"
        )
        return
    yield from read_bytes(data, found.source, columns=columns, limits=limits)


def read_bytes(
    data: bytes, source: str, *, columns: Columns | None = None, limits: Limits | None = None
) -> Iterator[Document | ErrorRow]:
    """The documents in ``data``; ``source`` names them and helps to tell the format."""
    yield from _read(data, source, Reading(limits or Limits(), columns or Columns()))


def _read(data: bytes, source: str, reading: Reading) -> Iterator[Document | ErrorRow]:
    sha256 = hashlib.sha256(data).hexdigest()
    given = 0
    try:
        for part in format_of(data, source).read(data, reading):
            given += 1
            if isinstance(part, Text):
                yield _document(part, source, sha256, reading)
            elif isinstance(part, Failure):
                name = f"{source}/{part.name}" if part.name else source
                yield _row(name, part.error, part.position)
            else:
                yield from _member(part, source, reading)
        if not given:
            raise InputError("nothing to read is in it", remedy="give a file with text", slug="empty-file")
    except ExtractError as error:
        yield _row(source, error)
    except RecursionError:
        yield _row(source, too_large("it is nested too deeply", "xml_depth", reading.limits.xml_depth))
    except MemoryError:
        yield _row(
            source, too_large("it needs more memory than there is", "file_bytes", reading.limits.file_bytes)
        )
    except Exception as error:  # a library that trips over a broken file must not end the run
        yield _row(source, damaged("the file", f"{type(error).__name__}: {error}"))


def read_row(row: Mapping[str, str], source: str, position: int, limits: Limits) -> Document | ErrorRow:
    """The document of one row of a table that is already read: its ``text``, ``title``, ``date`` and ``id``."""
    part = record(row, {role: role for role in row}, position, limits)
    if isinstance(part, Failure):
        return _row(source, part.error, position)
    return _document(part, source, "", Reading(limits))


def _document(part: Text, source: str, sha256: str, reading: Reading) -> Document | ErrorRow:
    metadata = {key: _valid(value) for key, value in part.metadata.items()}
    text = _valid(part.text)
    title = " ".join(metadata.get("title", "").split())
    if title and title not in " ".join(text[: 4 * len(title) + 400].split()):
        text = f"{title}\n\n{text}"
    try:
        check_text(require_text(text), reading.limits)
    except InputError as error:
        return _row(source, error, part.position)
    return Document(source, text, metadata, sha256, part.position or 0, part.position is not None)


def _valid(text: str) -> str:
    """``text`` normalised; half a surrogate pair, which no file can hold, becomes U+FFFD."""
    return _HALF_PAIR.sub("\ufffd", normalise_text(text))


def _member(member: Member, source: str, reading: Reading) -> Iterator[Document | ErrorRow]:
    name = f"{source}/{member.name}"
    extension = suffix(member.name)
    if extension and extension not in extensions():
        yield _row(name, unsupported(f"a {extension} file"))
        return
    reading.depth += 1
    try:
        yield from _read(member.data, name, reading)
    finally:
        reading.depth -= 1


def _file(found: Found, limits: Limits) -> bytes:
    """The bytes of a file that stays the same while it is read.

    Raises:
        InputError: slug ``too-large``, ``changed`` or ``unreadable``.
        OSError: when the system refuses.
    """
    with found.path.open("rb") as stream:
        before = os.fstat(stream.fileno())
        if stat.S_ISREG(before.st_mode) and before.st_size > limits.file_bytes:
            raise _too_big(limits)
        data = _bounded(stream, limits)
        after = os.fstat(stream.fileno())
    if stat.S_ISREG(before.st_mode):
        same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        if not same or len(data) != after.st_size:
            raise InputError(
                "the file changed while it was read",
                remedy="wait until it is written, run again",
                slug="changed",
            )
    return data


def _bounded(stream: BinaryIO, limits: Limits) -> bytes:
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise _too_big(limits)
    return data


def _too_big(limits: Limits) -> InputError:
    return too_large(f"the file is larger than {limits.file_bytes:,} bytes", "file_bytes", limits.file_bytes)


def _row(source: str, error: ExtractError, position: int | None = None) -> ErrorRow:
    return ErrorRow(source, position, "read", error.slug, str(error))

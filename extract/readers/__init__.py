"""The door: from paths to decoded documents.

>>> from extract.readers import read
>>> [type(item).__name__ for item in read(["seeds/seoul-press-2017-11.txt"])]
['Document']
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.errors import ExtractError
from extract.model import ErrorRow
from extract.readers.decode import normalise_text
from extract.readers.document import Document
from extract.readers.formats import FORMATS, Format, content
from extract.readers.walk import STDIN, Found, MissingInputError, find

__all__ = ["FORMATS", "Document", "Format", "MissingInputError", "normalise_text", "read", "read_bytes"]


def read(paths: Sequence[str | Path]) -> Iterator[Document | ErrorRow]:
    """Documents behind ``paths`` (files, folders, ``-`` for standard input), sorted by ``source``.

    What exists is checked at once; files are opened one by one as the iterator advances. A file that
    cannot be read gives an :class:`~extract.model.ErrorRow` in its place.

    Raises:
        MissingInputError: a path does not exist (before anything is read).
        NothingToDoError: not one file of a format that is read.
    """
    return map(_open, find(paths))


def read_bytes(data: bytes, source: str) -> Document | ErrorRow:
    """One document from bytes; ``source`` names it and helps to tell its format."""
    try:
        text, metadata = content(data, source)
    except ExtractError as error:
        return _row(source, error)
    return Document(source, text, metadata, hashlib.sha256(data).hexdigest())


def _open(found: Found) -> Document | ErrorRow:
    if found.error is not None:
        return _row(found.source, found.error)
    try:
        data = sys.stdin.buffer.read() if found.source == STDIN else found.path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{reason}; check the file and its permissions"
        return ErrorRow(found.source, None, "read", "unreadable", message)
    return read_bytes(data, found.source)


def _row(source: str, error: ExtractError) -> ErrorRow:
    return ErrorRow(source, None, "read", error.slug, str(error))

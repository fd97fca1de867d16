"""The door: from paths to decoded documents.

>>> from extract.readers import read
>>> [type(item).__name__ for item in read(["seeds/seoul-press-2017-11.txt"])]
['Document']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from extract.model import ErrorRow
from extract.readers.decode import normalise_text
from extract.readers.document import Document
from extract.readers.formats import FORMATS, Format
from extract.readers.limits import Limits
from extract.readers.opening import open_found, read_bytes
from extract.readers.parts import Columns
from extract.readers.walk import Found, MissingInputError, find

__all__ = [
    "FORMATS",
    "Columns",
    "Document",
    "Format",
    "Found",
    "Limits",
    "MissingInputError",
    "find",
    "normalise_text",
    "read",
    "read_bytes",
    "read_found",
]


def read(
    paths: Sequence[str | Path],
    *,
    columns: Columns | None = None,
    limits: Limits | None = None,
    repair_spacing: bool = False,
) -> Iterator[Document | ErrorRow]:
    """Documents behind ``paths`` (files, folders, ``-`` for standard input), sorted by ``source``.

    What exists is checked at once; files are opened one by one as the iterator advances. What cannot be
    read gives an :class:`~extract.model.ErrorRow` in its place. Archives and e-mails give a document for each
    file in them, tables and lines of JSON one for each row.

    Args:
        paths: files and folders.
        columns: which columns of tables hold the text, id, date and title; guessed when ``None``.
        limits: bounds for one input.
        repair_spacing: whether broken spacing (``국 토 부``) is mended in the texts.

    Raises:
        MissingInputError: a path does not exist (before anything is read).
        NothingToDoError: not one file of a format that is read.
    """
    opened = partial(read_found, columns=columns, limits=limits, repair_spacing=repair_spacing)
    return chain.from_iterable(map(opened, find(paths)))


def read_found(
    found: Found,
    *,
    columns: Columns | None = None,
    limits: Limits | None = None,
    repair_spacing: bool = False,
) -> Iterator[Document | ErrorRow]:
    """What :func:`read` gives for one of the files that :func:`find` lists."""
    items = open_found(found, columns or Columns(), limits or Limits())
    return map(_mended, items) if repair_spacing else items


def _mended(item: Document | ErrorRow) -> Document | ErrorRow:
    if isinstance(item, ErrorRow):
        return item
    from extract.readers.spacing import repair_spacing

    return replace(item, text=repair_spacing(item.text))

"""The formats that can be read, chosen by content before name.

A format is one :class:`Format` in :data:`FORMATS`: how to know it by its first bytes (or by its text),
the extensions under which folders are searched for it, and a function from bytes to text and metadata.
Adding one is a module with such a function and a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from extract.errors import InputError
from extract.readers.markdown import read_markdown
from extract.readers.plain import read_plain

Content = tuple[str, dict[str, str]]
"""Decoded text and metadata."""


@dataclass(frozen=True)
class Format:
    """A readable format.

    Attributes:
        name: how it is called in messages.
        extensions: lower-case, with the dot; files of folders are taken by these.
        magic: first bytes by which it is known whatever its name; empty for text formats.
        read: bytes → (text, metadata); raises :class:`InputError`.
    """

    name: str
    extensions: tuple[str, ...]
    magic: tuple[bytes, ...]
    read: Callable[[bytes], Content]


FORMATS: tuple[Format, ...] = (
    Format("Markdown", (".md", ".markdown"), (), read_markdown),
    Format("plain text", (".txt", ".text"), (), read_plain),
)
_PLAIN = FORMATS[-1]

FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an HWP or old Office document"),
    (b"HWP Document File", "an HWP document"),
    (b"PK\x03\x04", "a zipped document (HWPX, DOCX, XLSX, ODT or a ZIP archive)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
)
"""First bytes of formats that are recognised but not read, with their names for the message."""

_HTML = (b"<!doctype html", b"<html")


def extensions() -> tuple[str, ...]:
    """All extensions under which folders are searched, sorted."""
    return tuple(sorted(extension for format_ in FORMATS for extension in format_.extensions))


def content(data: bytes, name: str) -> Content:
    """Text and metadata of one file's bytes; ``name`` decides only where the content does not.

    Raises:
        InputError: slug ``unsupported-format``, ``empty-file``, ``binary-file`` or ``undecodable``.
    """
    return _format(data, name).read(data)


def _format(data: bytes, name: str) -> Format:
    for format_ in FORMATS:
        if format_.magic and data.startswith(format_.magic):
            return format_
    for magic, what in FOREIGN:
        if data.startswith(magic):
            raise unsupported(what)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML):
        raise unsupported("an HTML page")
    extension = PurePath(name).suffix.lower()
    for format_ in FORMATS:
        if not format_.magic and extension in format_.extensions:
            return format_
    return _PLAIN


def unsupported(what: str) -> InputError:
    """The error for a format that is not read."""
    return InputError(
        f"{what} is not among the formats read ({', '.join(extensions())})",
        remedy="save it as plain text or Markdown",
        slug="unsupported-format",
    )

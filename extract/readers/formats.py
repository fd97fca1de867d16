"""The formats that can be read, chosen by content before name.

A format is one :class:`Format` in :data:`FORMATS`: how to know it by its bytes, the extensions under which
folders are searched for it, and a function from bytes to texts and to files packed in it. Adding one is a
module with such a function and a line here. The libraries behind are imported by the readers when needed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from extract.errors import InputError
from extract.readers.package import protected
from extract.readers.parts import Parts, Reading, Text

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Format:
    """A readable format.

    Attributes:
        name: how it is called in messages.
        extensions: lower-case, with the dot; files of folders are taken by these.
        reader: ``module:function`` in this package; the function takes bytes and a
            :class:`~extract.readers.parts.Reading`, gives a text or an iterable of parts, and raises
            :class:`InputError`.
        known: whether bytes are of this format whatever the name; ``None`` when only the name tells.
    """

    name: str
    extensions: tuple[str, ...]
    reader: str
    known: Callable[[bytes], bool] | None = None

    def read(self, data: bytes, reading: Reading) -> Parts:
        """Texts of ``data``, and files packed in it."""
        module, _, function = self.reader.partition(":")
        found = getattr(import_module(f"extract.readers.{module}"), function)(data, reading)
        return (found,) if isinstance(found, Text) else found


def _holds(*names: str) -> Callable[[bytes], bool]:
    """A test for ZIP containers that hold one of ``names``."""

    def test(data: bytes) -> bool:
        return data.startswith(_ZIP) and any(name in _members(data) for name in names)

    return test


def _members(data: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(info.filename for info in archive.filelist[:100_000])
            mimetype = (
                archive.read("mimetype")[:80] if "mimetype" in names and _small(archive, "mimetype") else b""
            )
            return names | {f"mimetype={mimetype.decode('ascii', 'replace').strip()}"}
    except Exception:  # whatever is wrong with it is told when it is read as an archive
        return frozenset()


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return archive.getinfo(name).file_size <= 1000


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_hwp(data: bytes) -> bool:
    return data.startswith(_OLE) and b"HWP Document File" in data


def _is_html(data: bytes) -> bool:
    from extract.readers.html import looks_like_html

    return looks_like_html(data)


def _is_mail(data: bytes) -> bool:
    from extract.readers.mail import looks_like_mail

    return looks_like_mail(data)


def _is_json_lines(data: bytes) -> bool:
    from extract.readers.jsonl import looks_like_json_lines

    return looks_like_json_lines(data)


FORMATS: tuple[Format, ...] = (
    Format("PDF", (".pdf",), "pdf:read_pdf", _is_pdf),
    Format("HWP 5", (".hwp",), "hwp:read_hwp", _is_hwp),
    Format(
        "HWPX", (".hwpx",), "hwpx:read_hwpx", _holds("Contents/section0.xml", "mimetype=application/hwp+zip")
    ),
    Format("DOCX", (".docx", ".docm"), "docx:read_docx", _holds("word/document.xml")),
    Format("XLSX", (".xlsx", ".xlsm"), "tables:read_xlsx", _holds("xl/workbook.xml")),
    Format("ODT", (".odt",), "odt:read_odt", _holds("mimetype=application/vnd.oasis.opendocument.text")),
    Format("ZIP", (".zip",), "archive:read_archive", _begins(*_ZIP)),
    Format("Parquet", (".parquet",), "parquet:read_parquet", _begins(b"PAR1")),
    Format("RTF", (".rtf",), "rtf:read_rtf", _begins(b"{\\rtf")),
    Format("HTML", (".html", ".htm", ".xhtml"), "html:read_html", _is_html),
    Format("e-mail", (".eml",), "mail:read_mail", _is_mail),
    Format("JSON lines", (".jsonl", ".ndjson", ".json"), "jsonl:read_json", _is_json_lines),
    Format("CSV", (".csv", ".tsv"), "tables:read_csv"),
    Format("Markdown", (".md", ".markdown"), "markdown:read_markdown"),
    Format("plain text", (".txt", ".text"), "plain:read_plain"),
)
_PLAIN = FORMATS[-1]

FOREIGN: tuple[tuple[bytes, str], ...] = (
    (_OLE, "an old Office document"),
    (b"HWP Document File", "an HWP document of version 3 or older"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
"""First bytes of formats that are recognised but not read, with their names for the message."""
_FOREIGN_ZIP = (
    ("ppt/presentation.xml", "a presentation"),
    ("mimetype=application/epub+zip", "an e-book"),
    ("mimetype=application/vnd.oasis.opendocument.spreadsheet", "an ODS spreadsheet"),
    ("mimetype=application/vnd.oasis.opendocument.presentation", "a presentation"),
    ("AndroidManifest.xml", "an application"),
)


def extensions() -> tuple[str, ...]:
    """All extensions under which folders are searched, sorted."""
    return tuple(sorted(extension for format_ in FORMATS for extension in format_.extensions))


def format_of(data: bytes, name: str) -> Format:
    """The format of one file's bytes; ``name`` decides only where the content does not.

    Raises:
        InputError: slug ``unsupported-format``, or ``protected`` for Office documents with a password.
    """
    for format_ in FORMATS:
        if format_.known and format_.known(data):
            if format_.name == "ZIP":
                members = _members(data)
                for member, what in _FOREIGN_ZIP:
                    if member in members:
                        raise unsupported(what)
            return format_
    if data.startswith(_OLE) and _LOCKED in data:
        raise protected("the document needs a password")
    for magic, what in FOREIGN:
        if data.startswith(magic):
            raise unsupported(what)
    if b"<HWPML" in data[:1000]:
        raise unsupported("an HWPML document")
    extension = PurePath(name).suffix.lower()
    for format_ in FORMATS:
        if extension in format_.extensions and format_.known in (None, _is_html, _is_mail, _is_json_lines):
            return format_
    return _PLAIN


def unsupported(what: str) -> InputError:
    """The error for a format that is not read."""
    return InputError(
        f"{what} is not among the formats read ({', '.join(extensions())})",
        remedy="save it in one of these",
        slug="unsupported-format",
    )

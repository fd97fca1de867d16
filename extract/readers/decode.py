"""From bytes to text: byte-order mark, UTF-16, UTF-8, CP949, in that order, and never a guess.

Korean texts come as UTF-8 (with or without a mark), as CP949 from older office programs, and as UTF-16
from Windows editors. Statistical detectors are right on only half of short texts; each of these
encodings, tried strictly and in this order, rejects the others.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from extract.errors import InputError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KOREAN = ("euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "windows-949", "x-windows-949")
_CHARSET = re.compile(
    r"utf|iso|cp\d|euc|koi8|big5|gb|shift|johab|mac|latin|ascii|tis|hz|kz|ptcp|charmap", re.IGNORECASE
)
_SAMPLE = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_USUAL = re.compile(
    r"[\t\n\r\f -~\u00a0-\u00ff\u2000-\u206f\u2460-\u27bf\u3000-\u303f\u3131-\u318e"
    r"\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]"
)
_BINARY_SHARE = 0.02
"""Share of control characters from which on bytes are no text."""


def decode(data: bytes) -> str:
    """The text of ``data``: Unicode NFC, line ends as ``\\n``, a byte-order mark taken off.

    Unicode's own separators of lines stay, for rows of tables and lines of JSON do not end there.

    Raises:
        InputError: with slug ``empty-file``, ``binary-file`` or ``undecodable``.
    """
    if not data:
        raise InputError("the file is empty", remedy="give a file with text", slug="empty-file")
    text = _decode(data)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _BINARY_SHARE * len(sample):
        raise _binary()
    return require_text(unicodedata.normalize("NFC", _line_ends(text)))


def decode_named(data: bytes, charset: str, errors: str = "strict") -> str | None:
    """``data`` in the charset that a page or an e-mail names; None where it is none, or does not fit.

    Python's codecs that are no charset (``punycode``, ``unicode_escape``) are not used.
    """
    name = charset.strip().lower()
    try:
        codec = codecs.lookup("cp949" if name in _KOREAN else name)
        return data.decode(codec.name, errors) if _CHARSET.match(codec.name) else None
    except (LookupError, ValueError):  # ValueError: a zero byte in the name, or bytes that do not fit
        return None


def require_text(text: str) -> str:
    """``text`` itself when it holds anything but blanks.

    Raises:
        InputError: slug ``empty-file``.
    """
    if not text or text.isspace():
        raise InputError(
            "the file holds nothing but blanks", remedy="give a file with text", slug="empty-file"
        )
    return text


def normalise_text(text: str) -> str:
    """``text`` as the tables store it: Unicode NFC, line ends as ``\\n``; nothing else is rewritten.

    >>> normalise_text("서울\\r\\n부산")
    '서울\\n부산'
    """
    return unicodedata.normalize("NFC", _line_ends(text).replace("\u2028", "\n").replace("\u2029", "\n"))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(f"not valid {encoding} from byte {error.start} on") from None
    wide = _utf16(data) if b"\0" in data[:_SAMPLE] else None
    if wide:
        try:
            return data.decode(wide)
        except UnicodeDecodeError as error:
            raise _undecodable(f"not valid {wide} from byte {error.start} on") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first_bad = error.start
    try:
        return data.decode("cp949")
    except UnicodeDecodeError as error:
        if len(_CONTROL.findall(data[:_SAMPLE].decode("latin-1"))) > _BINARY_SHARE * len(data[:_SAMPLE]):
            raise _binary() from None
        where = f"not UTF-8 ({_place(data, first_bad)}) and not CP949 ({_place(data, error.start)})"
        raise _undecodable(where) from None


def _place(data: bytes, at: int) -> str:
    lines = data.count(b"\n", 0, at)
    return f"byte {at}, line {lines + 1}"


def _utf16(data: bytes) -> str | None:
    """The byte order in which data without a mark but with zero bytes is usual UTF-16; None where in neither."""
    best, best_share = None, 0.9
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: 2 * _SAMPLE].decode(encoding, "replace")
        share = len(_USUAL.findall(sample)) / max(len(sample), 1)
        if share > best_share:
            best, best_share = encoding, share
    return best


def _binary() -> InputError:
    return InputError("not a text file", remedy="save it as plain text in UTF-8", slug="binary-file")


def _undecodable(problem: str) -> InputError:
    return InputError(problem, remedy="save the file as UTF-8", slug="undecodable")

"""RTF, by ``striprtf``."""

from __future__ import annotations

import re

from extract.errors import InputError
from extract.readers.blocks import clean
from extract.readers.decode import decode
from extract.readers.limits import check_part
from extract.readers.package import damaged
from extract.readers.parts import Reading, Text

_PICTURE = re.compile(rb"[0-9a-fA-F\s]{2000,}")
_KOREAN = re.compile(r"\\ansicpg949|\\fcharset129")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_MOST_BROKEN = 0.01
"""Share of characters that the code page may not know."""


def read_rtf(data: bytes, reading: Reading) -> Text:
    """Text of the document; pictures and objects are left out before it is looked at.

    Raises:
        InputError: slug ``damaged``, ``undecodable`` or ``too-large``.
    """
    from striprtf.striprtf import rtf_to_text

    source = _ascii(check_part(_PICTURE.sub(b"", data), "the RTF", reading.limits))
    korean = "cp949" if _KOREAN.search(source[:20_000]) else "cp1252"
    try:
        text = rtf_to_text(source, encoding=korean, errors="replace")
    except (ValueError, LookupError, IndexError, UnicodeError) as error:
        raise damaged("the RTF document", error) from None
    if text.count("\ufffd") > _MOST_BROKEN * len(text):
        raise InputError("the RTF names no code page that fits", remedy="save it as DOCX", slug="undecodable")
    lines = [clean(line) for line in text.replace("\r\n", "\n").split("\n")]
    return Text("\n\n".join(line for line in lines if line) + "\n")


def _ascii(data: bytes) -> str:
    """The source; letters that stand in it as they are, which RTF does not allow, as RTF writes them."""
    if data.isascii():
        return data.decode("ascii")
    try:
        source = decode(data)
    except InputError:
        return data.decode("latin-1")
    return _FOREIGN.sub(_escaped, source)


def _escaped(found: re.Match[str]) -> str:
    units = memoryview(found[0].encode("utf-16-le")).cast("H")
    return "".join(f"\\u{unit if unit < 0x8000 else unit - 0x10000}?" for unit in units)

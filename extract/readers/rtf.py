"""RTF, by ``striprtf``."""

from __future__ import annotations

import re

from extract.readers.blocks import clean
from extract.readers.limits import check_part
from extract.readers.package import damaged
from extract.readers.parts import Reading, Text

_PICTURE = re.compile(rb"[0-9a-fA-F\s]{2000,}")


def read_rtf(data: bytes, reading: Reading) -> Text:
    """Text of the document; pictures and objects are left out before it is looked at."""
    from striprtf.striprtf import rtf_to_text

    source = check_part(_PICTURE.sub(b"", data), "the RTF", reading.limits).decode("latin-1")
    korean = "cp949" if r"\ansicpg949" in source[:2000] else "cp1252"
    try:
        text = rtf_to_text(source, encoding=korean, errors="replace")
    except (ValueError, LookupError, IndexError, UnicodeError) as error:
        raise damaged("the RTF document", error) from None
    lines = [clean(line) for line in text.replace("\r\n", "\n").split("\n")]
    return Text("\n\n".join(line for line in lines if line) + "\n")

"""Plain text."""

from __future__ import annotations

from extract.readers.decode import decode
from extract.readers.limits import check_bytes
from extract.readers.parts import Reading, Text


def read_plain(data: bytes, reading: Reading) -> Text:
    """Decoded text; plain text says nothing else about itself."""
    return Text(decode(check_bytes(data, reading.limits)))

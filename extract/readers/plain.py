"""Plain text."""

from __future__ import annotations

from extract.readers.decode import decode
from extract.readers.parts import Reading, Text


def read_plain(data: bytes, _reading: Reading) -> Text:
    """Decoded text; plain text says nothing else about itself."""
    return Text(decode(data))

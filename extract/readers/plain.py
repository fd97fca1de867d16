"""Plain text."""

from __future__ import annotations

from extract.readers.decode import decode


def read_plain(data: bytes) -> tuple[str, dict[str, str]]:
    """Decoded text; plain text says nothing else about itself."""
    return decode(data), {}

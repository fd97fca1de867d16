"""What reading an input gives: its text, what the file says about itself, and its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """One input, decoded.

    Attributes:
        source: the path as given; for a file found in a folder, the folder as given joined with the
            relative path by ``/``; ``-`` for standard input.
        text: the decoded text, Unicode NFC, line ends as ``\\n``, nothing else rewritten.
        metadata: what the file says about itself outside its text (``title``, ``published``, …).
        sha256: hexadecimal SHA-256 of the bytes as they were read.
    """

    source: str
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

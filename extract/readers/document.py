"""What reading an input gives: its text, what the file says about itself, and its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """One text of an input, decoded.

    Attributes:
        source: the path as given; for a file found in a folder, the folder as given joined with the
            relative path by ``/``; likewise for a file in an archive or an e-mail; ``-`` for standard input.
        text: the decoded text, Unicode NFC, line ends as ``\\n``, nothing else rewritten.
        metadata: what the file says about itself outside its text (``title``, ``published``, ``id``, …).
        sha256: hexadecimal SHA-256 of the bytes as they were read.
        position: position within ``source`` of the text's first article: the 0-based number of the row for
            tables and lines of JSON, else 0.
        whole: the text is one article as it stands: a row of a table, a line of JSON.
    """

    source: str
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    position: int = 0
    whole: bool = False

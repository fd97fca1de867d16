"""Markdown: the text as it stands, and the ``key: value`` lines of a front matter as metadata."""

from __future__ import annotations

import re

from extract.readers.decode import decode
from extract.readers.limits import check_bytes
from extract.readers.parts import Reading, Text

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n((?:[\w -]{1,40}:[^\n]*\n|[ \t]+[^\n]*\n|[ \t]*\n){1,60}?)---[ \t]*(?:\n|\Z)"
)
_NAMES = {
    "date": "published",
    "pubdate": "published",
    "배포일": "published",
    "게시일": "published",
    "제목": "title",
}


def read_markdown(data: bytes, reading: Reading) -> Text:
    """Decoded text without its front matter, and the front matter's simple values.

    ``date``, ``pubDate``, ``배포일`` and ``게시일`` are handed on as ``published``.
    """
    text = decode(check_bytes(data, reading.limits))
    found = _FRONT_MATTER.match(text)
    if not found:
        return Text(text)
    metadata: dict[str, str] = {}
    for line in found[1].splitlines():
        key, _, value = line.partition(":")
        if value.strip() and not line[0].isspace():
            name = key.strip().lower()
            metadata.setdefault(_NAMES.get(name, name), value.strip().strip("\"'"))
    return Text(text[found.end() :], metadata)

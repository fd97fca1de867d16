"""HTML: the main text of a page, its title and date, by ``trafilatura`` (the extra ``html``)."""

from __future__ import annotations

import logging
import re
from typing import Any

from extract.errors import InputError
from extract.readers.decode import decode, decode_named
from extract.readers.limits import check_bytes
from extract.readers.parts import Reading, Text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_MAX_BROKEN = 0.001
"""Share of bytes that may be broken in a page that names its encoding."""
_START = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!-- saved from url")


def looks_like_html(data: bytes) -> bool:
    """Begins as pages do."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_START) or (head.startswith((b"<?xml", b"<!--")) and b"<html" in head)


def read_html(data: bytes, reading: Reading) -> Text:
    """Main text, ``title``, ``published`` (from the page's metadata, never guessed from its text), ``sitename``.

    Nothing is fetched: neither frames nor scripts nor pictures.

    Raises:
        InputError: slug ``missing-library`` without ``trafilatura``, ``no-text``, or those of decoding.
    """
    return _read(_decode(check_bytes(data, reading.limits)))


def _read(page: str) -> Text:
    try:
        import trafilatura
    except ImportError:
        raise InputError(
            "HTML needs the library trafilatura",
            remedy="pip install 'extract-ko[html]'",
            slug="missing-library",
        ) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is told in a row
    found: Any = None
    for recall in (False, True):
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=recall,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if found is not None and (found.text or "").strip():
            break
    text = "" if found is None else (found.text or "").strip()
    if not text:
        raise InputError(
            "the page holds no running text", remedy="save the article's own page", slug="no-text"
        )
    said = {
        "title": found.title,
        "published": found.date,
        "sitename": found.sitename,
        "creator": found.author,
    }
    return Text(text.replace("\n", "\n\n") + "\n", {key: value for key, value in said.items() if value})


def read_fragment(data: bytes, reading: Reading) -> str:
    """The text of a piece of HTML: its running text, or all of it where nothing looks like an article.

    Raises:
        InputError: as :func:`read_html`.
    """
    page = _decode(check_bytes(data, reading.limits))
    if "<html" not in page[:1024].lower():
        page = f"<html><body>{page}</body></html>"
    try:
        return _read(page).text
    except InputError as error:
        if error.slug != "no-text":
            raise
        import trafilatura

        text: str = trafilatura.html2txt(page).strip()
        if not text:
            raise
        return text + "\n"


def _decode(data: bytes) -> str:
    try:
        return decode(data)
    except InputError as error:
        named = _CHARSET.search(data[:4096])
        if error.slug != "undecodable" or not named:
            raise
        text = decode_named(data, named[1].decode("ascii"), "replace")
        if text is None or text.count("\ufffd") > _MAX_BROKEN * len(data):
            raise
        return text

"""PDF: what the page shows, as paragraphs, with ``pypdfium2``.

Lines are put in reading order, joined into paragraphs, and words that a line end breaks are joined. Page
numbers and running footers are left out, a running header stays once. A page without text layer holds only a
picture: nothing is recognised in it, and a file of such pages says so.
"""

from __future__ import annotations

import threading
from typing import Any

from extract.errors import InputError
from extract.readers.blocks import Block, rendered
from extract.readers.limits import Limits, too_large
from extract.readers.package import damaged, protected
from extract.readers.parts import Reading, Text
from extract.readers.pdf_chars import page_runs
from extract.readers.pdf_layout import Page, layout, without_furniture
from extract.readers.pdf_paragraphs import paragraphs

_LOCK = threading.Lock()
"""pdfium is not safe for several threads."""


def read_pdf(data: bytes, reading: Reading) -> Text:
    """Text of the pages, and author and date of the file (which is not its publication date).

    Raises:
        InputError: slug ``no-text`` (scanned pages), ``protected``, ``damaged`` or ``too-large``.
    """
    import pypdfium2

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise protected("the PDF needs a password") from None
            raise damaged("the PDF", error) from None
        try:
            pages = _pages(document, reading.limits)
            said = document.get_metadata_dict(skip_empty=True)
        finally:
            document.close()
    pages, footer = without_furniture(pages)
    blocks: list[Block] = paragraphs(pages)
    if not blocks:
        raise InputError(
            "the PDF holds no text, only pictures of pages",
            remedy="run it through text recognition (OCR) first",
            slug="no-text",
        )
    metadata = {
        "creator": said.get("Author", ""),
        "modified": _day(said.get("ModDate") or said.get("CreationDate", "")),
    }
    metadata["footer"] = footer
    return rendered(blocks, {key: value for key, value in metadata.items() if value})


def _pages(document: Any, limits: Limits) -> list[Page]:
    import pypdfium2

    count = len(document)
    if count > limits.pages:
        raise too_large(f"the PDF has {count:,} pages", "pages", limits.pages)
    pages = []
    letters = 0
    for number in range(count):
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise damaged(f"page {number + 1}", error) from None
        letters += textpage.count_chars()
        if letters > limits.text_chars:
            raise too_large(
                f"the text has more than {limits.text_chars:,} characters", "text_chars", limits.text_chars
            )
        pages.append(layout(page_runs(textpage), page.get_height()))
        textpage.close()
        page.close()
    return pages


def _day(stamp: str) -> str:
    """``D:20260410224206+09'00'`` as ``2026-04-10``; empty when it is none."""
    digits = stamp.removeprefix("D:")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdigit() else ""

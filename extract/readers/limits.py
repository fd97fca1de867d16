"""How much a single input may ask for: the one place where the readers' limits stand.

A limit that is reached gives the input an error row that names the limit; nothing is cut off silently.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.errors import InputError, LexiconError

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one input; ``reading`` of ``main.yaml`` changes them.

    Attributes:
        file_bytes: size of a file, and of everything on standard input.
        unpacked_bytes: what all members of one archive may unpack to together.
        part_bytes: what one part of a zipped document (HWPX, DOCX, ODT, XLSX) may unpack to.
        members: files in one archive, and parts in one zipped document.
        mail_parts: parts of an e-mail, and lines that look like the beginning of one.
        archive_depth: archives within archives, counting the outermost.
        xml_depth: nesting of elements in the XML of a document, and of tables and boxes in HWP.
        xml_elements: elements in one part of a document, and records in one section of HWP.
        text_chars: code points of one document's text; 2,000,000 are 5 MB of Korean in UTF-8.
        cell_chars: code points of one cell of a table or one value of a JSON line.
        rows: rows of a table, and lines of JSON.
        columns: columns of a table.
        pages: pages of a PDF.
    """

    file_bytes: int = 200 * MB
    unpacked_bytes: int = 1_000 * MB
    part_bytes: int = 50 * MB
    members: int = 20_000
    mail_parts: int = 1_000
    archive_depth: int = 3
    xml_depth: int = 300
    xml_elements: int = 2_000_000
    text_chars: int = 2 * MB
    cell_chars: int = 2 * MB
    rows: int = 1_000_000
    columns: int = 1_000
    pages: int = 2_000

    @classmethod
    def of(cls, settings: Mapping[str, Any], where: str = "main.yaml") -> Limits:
        """The limits with those of ``settings`` put in.

        Raises:
            LexiconError: for an unknown name or a value that is no positive whole number.
        """
        names = [field.name for field in dataclasses.fields(cls)]
        for name, value in settings.items():
            if name not in names:
                raise LexiconError(
                    f"unknown limit {name!r} in 'reading'", where=where, remedy=f"use {', '.join(names)}"
                )
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise LexiconError(
                    f"the limit {name!r} is {value!r}", where=where, remedy="write a whole number above 0"
                )
        return dataclasses.replace(cls(), **settings)


def too_large(what: str, limit: str, value: int) -> InputError:
    """The error for an input that goes beyond ``limit``, whose value is ``value``."""
    return InputError(
        f"{what} (the limit {limit} is {value:,})",
        remedy=f"split it, or raise '{limit}' under 'reading' in main.yaml",
        slug="too-large",
    )


def check_bytes(data: bytes, limits: Limits) -> bytes:
    """``data`` itself when it can be a text that is not too long: four bytes a character are the most.

    Raises:
        InputError: slug ``too-large``.
    """
    if len(data) > 4 * limits.text_chars + 4:
        raise too_large(f"the text has {len(data):,} bytes", "text_chars", limits.text_chars)
    return data


def check_part(data: bytes, what: str, limits: Limits) -> bytes:
    """``data`` itself when a document of that format may be so large and have so many lines.

    Raises:
        InputError: slug ``too-large``.
    """
    if len(data) > limits.part_bytes:
        raise too_large(f"{what} has {len(data):,} bytes", "part_bytes", limits.part_bytes)
    lines = data.count(b"\n")
    if lines > limits.xml_elements:
        raise too_large(f"{what} has {lines:,} lines", "xml_elements", limits.xml_elements)
    return data


def check_text(text: str, limits: Limits) -> str:
    """``text`` itself when it is not too long.

    Raises:
        InputError: slug ``too-large``.
    """
    if len(text) > limits.text_chars:
        raise too_large(f"the text has {len(text):,} characters", "text_chars", limits.text_chars)
    return text

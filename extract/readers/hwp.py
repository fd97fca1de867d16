"""HWP 5.0: the word processor's binary format, an OLE container of compressed record streams.

After Hancom's published description of the format (한글 문서 파일 형식 5.0).
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extract.readers.blocks import Block, Paragraph, Table, render, rendered
from extract.readers.limits import Limits, too_large
from extract.readers.package import damaged, protected
from extract.readers.parts import Reading, Text

_COMPRESSED, _ENCRYPTED, _DISTRIBUTION, _DRM = 0x1, 0x2, 0x4, 0x10
_CHAR_SHAPE, _PARA_HEADER, _PARA_TEXT, _PARA_CHAR_SHAPE = 21, 66, 67, 68
_CTRL_HEADER, _LIST_HEADER, _TABLE, _EQUATION = 71, 72, 77, 88
_KEPT = frozenset({_PARA_HEADER, _PARA_TEXT, _PARA_CHAR_SHAPE, _CTRL_HEADER, _LIST_HEADER, _TABLE, _EQUATION})
_WIDE = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
"""Control characters that take eight code units."""
_ANCHORS = frozenset({1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23})
"""Those of them to each of which one control record belongs, in order."""
_INLINE = {9: " ", 10: "\n", 24: "-", 30: " ", 31: " "}
_PARA_END = 13
_SIZE_AT = 42
"""Where a character shape holds its base size, in bytes."""
_CELL_AT = 8
"""Where the list header of a cell holds column and row, in bytes."""


@dataclass(slots=True)
class _Record:
    tag: int
    payload: bytes
    children: list[_Record] = field(default_factory=list)


def read_hwp(data: bytes, reading: Reading) -> Text:
    """Text of all sections; headers and footers become ``header`` and ``footer`` of the metadata.

    Raises:
        InputError: slug ``protected`` (password, DRM, distribution copy), ``damaged`` or ``too-large``.
    """
    import olefile

    try:
        ole = olefile.OleFileIO(data)
    except (OSError, ValueError, IndexError, struct.error, AttributeError) as error:
        raise damaged("the HWP document", error) from None
    try:
        header = _stream(ole, "FileHeader")
        if len(header) < 40:
            raise damaged("the HWP document", "its file header is too short")
        (flags,) = struct.unpack_from("<I", header, 36)
        if flags & (_ENCRYPTED | _DRM):
            raise protected("the document needs a password or licence")
        if flags & _DISTRIBUTION:
            raise protected("the document is a distribution copy (배포용 문서)")
        packed = bool(flags & _COMPRESSED)
        reader = _Sections(
            _sizes(_inflated(_stream(ole, "DocInfo"), packed, reading), reading.limits), reading
        )
        blocks: list[Block] = []
        number = 0
        while ole.exists(f"BodyText/Section{number}"):
            section = _inflated(_stream(ole, f"BodyText/Section{number}"), packed, reading)
            blocks.extend(reader.section(section))
            number += 1
        if not number:
            raise damaged("the HWP document", "it has no section")
        metadata = _metadata(ole)
    finally:
        ole.close()
    for kind, texts in reader.apart.items():
        metadata[kind] = " ".join(dict.fromkeys(texts))
    return rendered(blocks, metadata)


def _stream(ole: Any, name: str) -> bytes:
    try:
        return bytes(ole.openstream(name).read())
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise damaged("the HWP document", error) from None


def _inflated(data: bytes, packed: bool, reading: Reading) -> bytes:
    limit = reading.limits.part_bytes
    if packed:
        try:
            unpacker = zlib.decompressobj(-15)
            data = unpacker.decompress(data, limit + 1)
        except zlib.error as error:
            raise damaged("the HWP document", error) from None
    if len(data) > limit:
        raise too_large(f"a section unpacks to more than {limit:,} bytes", "part_bytes", limit)
    reading.unpack(len(data))
    return data


def _metadata(ole: Any) -> dict[str, str]:
    try:
        said = ole.getproperties("\x05HwpSummaryInformation", convert_time=True)
        author, modified = said.get(4), said.get(13)
    except Exception:  # a summary nobody can read is none
        return {}
    found = {}
    if isinstance(author, str) and author.strip("\0 "):
        found["creator"] = author.strip("\0 ")
    if hasattr(modified, "date"):
        found["modified"] = modified.date().isoformat()
    return found


def _records(data: bytes, limits: Limits) -> Iterator[tuple[int, int, bytes]]:
    """Tag, level and payload of each record of a stream.

    Raises:
        InputError: slug ``damaged`` or ``too-large``.
    """
    at, end, count = 0, len(data), 0
    while at + 4 <= end:
        (head,) = struct.unpack_from("<I", data, at)
        at += 4
        size = head >> 20
        if size == 0xFFF:
            if at + 4 > end:
                raise damaged("the HWP document", "a record is cut off")
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        if at + size > end:
            raise damaged("the HWP document", "a record is cut off")
        count += 1
        if count > limits.xml_elements:
            raise too_large("a section has more records", "xml_elements", limits.xml_elements)
        yield head & 0x3FF, (head >> 10) & 0x3FF, data[at : at + size]
        at += size


def _sizes(docinfo: bytes, limits: Limits) -> list[float]:
    """Letter size in points of each character shape."""
    found = []
    for tag, _, payload in _records(docinfo, limits):
        if tag == _CHAR_SHAPE:
            size = struct.unpack_from("<i", payload, _SIZE_AT)[0] if len(payload) >= _SIZE_AT + 4 else 0
            found.append(size / 100)
    return found


class _Sections:
    """Reads sections; ``apart`` collects what stands in headers and footers."""

    def __init__(self, sizes: list[float], reading: Reading) -> None:
        self.sizes = sizes
        self.reading = reading
        self.apart: dict[str, list[str]] = {}
        self.notes: list[Block] = []

    def section(self, data: bytes) -> Iterator[Block]:
        root = _Record(-1, b"")
        stack: list[tuple[int, _Record]] = [(-1, root)]
        for tag, level, payload in _records(data, self.reading.limits):
            while stack[-1][0] >= level:
                stack.pop()
            if len(stack) > self.reading.limits.xml_depth:
                raise too_large(
                    "the document is nested too deeply", "xml_depth", self.reading.limits.xml_depth
                )
            record = _Record(tag, payload if tag in _KEPT else b"")
            stack[-1][1].children.append(record)
            stack.append((level, record))
        yield from self.paragraphs(root.children)
        yield from self.notes
        self.notes = []

    def paragraphs(self, records: list[_Record]) -> Iterator[Block]:
        for record in records:
            if record.tag == _PARA_HEADER:
                yield from self.paragraph(record)

    def paragraph(self, record: _Record) -> list[Block]:
        """The paragraph, cut where a table stands in it, and the boxes anchored in it after its text."""
        blocks: list[Block] = []
        anchored: list[Block] = []
        pieces: list[str] = []
        controls = iter([child for child in record.children if child.tag == _CTRL_HEADER])
        size = self.size(record)

        def flush() -> None:
            text = "".join(pieces)
            pieces.clear()
            if text.strip():
                blocks.append(Paragraph(text, size))
            blocks.extend(anchored)
            anchored.clear()

        for piece in _pieces(_payload(record, _PARA_TEXT)):
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            control = next(controls, None)
            if control is None:
                continue
            if control.payload[:4] == b" lbt":
                flush()
                blocks.extend(self.table(control))
            elif control.payload[:4] == b"deqe":
                pieces.append(_script(control))
            else:
                anchored.extend(self.control(control))
        for control in controls:
            anchored.extend(self.table(control) if control.payload[:4] == b" lbt" else self.control(control))
        flush()
        return blocks

    def size(self, record: _Record) -> float:
        """The largest size that a visible letter of the paragraph has, in points."""
        units = _units(_payload(record, _PARA_TEXT))
        pairs = _payload(record, _PARA_CHAR_SHAPE)
        shapes = [struct.unpack_from("<II", pairs, at) for at in range(0, len(pairs) - 7, 8)]
        largest = 0.0
        for number, (start, shape) in enumerate(shapes):
            stop = shapes[number + 1][0] if number + 1 < len(shapes) else len(units)
            if shape < len(self.sizes) and any(unit > 32 for unit in units[start:stop]):
                largest = max(largest, self.sizes[shape])
        return largest

    def table(self, control: _Record) -> Iterator[Block]:
        """The table, cells in the order of their rows, and its caption after it."""
        cells: list[tuple[int, int, list[_Record]]] = []
        caption: list[_Record] = []
        into, begun = caption, False
        for child in control.children:
            if child.tag == _TABLE:
                begun = True
            elif child.tag == _LIST_HEADER and begun:
                into = []
                wide = len(child.payload) >= _CELL_AT + 4
                column, row = struct.unpack_from("<HH", child.payload, _CELL_AT) if wide else (0, len(cells))
                cells.append((row, column, into))
            elif child.tag == _PARA_HEADER:
                into.append(child)
        rows: dict[int, list[list[Block]]] = {}
        for row, _column, records in sorted(cells, key=lambda cell: cell[:2]):
            rows.setdefault(row, []).append(list(self.paragraphs(records)))
        yield Table(list(rows.values()))
        yield from self.paragraphs(caption)

    def control(self, control: _Record) -> Iterator[Block]:
        """Text of boxes and shapes; headers, footers and notes are put aside, comments left out."""
        kind = control.payload[:4][::-1]
        if kind in (b"head", b"foot"):
            text = " ".join(render(list(self.inside(control))).split())
            if text:
                self.apart.setdefault("header" if kind == b"head" else "footer", []).append(text)
        elif kind in (b"fn  ", b"en  "):
            self.notes.extend(self.inside(control))
        elif kind != b"tcmt":
            yield from self.inside(control)

    def inside(self, record: _Record) -> Iterator[Block]:
        for child in record.children:
            if child.tag == _PARA_HEADER:
                yield from self.paragraph(child)
            elif child.tag != _PARA_TEXT:
                yield from self.inside(child)


def _payload(record: _Record, tag: int) -> bytes:
    return next((child.payload for child in record.children if child.tag == tag), b"")


def _units(payload: bytes) -> array[int]:
    """Little-endian UTF-16 code units."""
    units = array("H")
    units.frombytes(payload[: len(payload) // 2 * 2])
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        units.byteswap()
    return units


def _pieces(payload: bytes) -> Iterator[str | int]:
    """Stretches of text, and the code of each control that has a record of its own."""
    units = _units(payload)
    at = start = 0
    while at < len(units):
        unit = units[at]
        if unit >= 32:
            at += 1
            continue
        if at > start:
            yield _text(units[start:at])
        if unit == _PARA_END:
            return
        if unit in _INLINE:
            yield _INLINE[unit]
        elif unit in _ANCHORS:
            yield unit
        at += 8 if unit in _WIDE else 1
        start = at
    if at > start:
        yield _text(units[start:at])


def _text(units: array[int]) -> str:
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        units = array("H", units)
        units.byteswap()
    return units.tobytes().decode("utf-16-le", "replace")


def _script(control: _Record) -> str:
    """The script of an equation: after four bytes its length in code units, then the text."""
    payload = _payload(control, _EQUATION)
    if len(payload) < 6:
        return ""
    (length,) = struct.unpack_from("<H", payload, 4)
    return payload[6 : 6 + 2 * length].decode("utf-16-le", "replace")

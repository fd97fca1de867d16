"""Small files of every format, made from nothing but the format's description."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Cells = Sequence[Sequence[str]]

HP = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'


def zipped(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


# --- HWPX -------------------------------------------------------------------------------------------


def hwpx_p(text: str, shape: int = 0) -> str:
    return f'<hp:p><hp:run charPrIDRef="{shape}"><hp:t>{escape(text)}</hp:t></hp:run></hp:p>'


def hwpx_table(rows: Sequence[Sequence[str]]) -> str:
    """A table in a paragraph; cells are given as XML of their paragraphs."""
    cells = "".join(
        "<hp:tr>" + "".join(f"<hp:tc><hp:subList>{cell}</hp:subList></hp:tc>" for cell in row) + "</hp:tr>"
        for row in rows
    )
    return f"<hp:p><hp:run><hp:tbl>{cells}</hp:tbl></hp:run></hp:p>"


def hwpx(*body: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """Shape 0 has 13 points, shape 1 has 24."""
    header = (
        f'<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head" {HP}>'
        '<hh:charPr id="0" height="1300"/><hh:charPr id="1" height="2400"/></hh:head>'
    )
    section = f'<hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" {HP}>{"".join(body)}</hs:sec>'
    members: dict[str, str | bytes] = {
        "mimetype": "application/hwp+zip",
        "Contents/header.xml": header,
        "Contents/section0.xml": section,
    }
    members.update(extra or {})
    return zipped(members)


# --- HWP 5 ------------------------------------------------------------------------------------------


def _record(tag: int, level: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 0xFFF:
        return struct.pack("<I", tag | level << 10 | size << 20) + payload
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, size) + payload


def hwp_p(text: str, level: int = 0, shape: int = 0, controls: Sequence[bytes] = ()) -> bytes:
    """A paragraph; each ``\\x0b`` in ``text`` is the place of one of ``controls`` (made for level + 1)."""
    units = b"".join(
        struct.pack("<8H", 11, 0, 0, 0, 0, 0, 0, 11) if c == "\x0b" else c.encode("utf-16-le")
        for c in text + "\r"
    )
    return (
        _record(66, level, bytes(22))
        + _record(67, level + 1, units)
        + _record(68, level + 1, struct.pack("<II", 0, shape))
        + b"".join(controls)
    )


def hwp_table(rows: Cells, level: int = 1) -> bytes:
    out = _record(71, level, b" lbt" + bytes(40)) + _record(
        77, level + 1, struct.pack("<IHH", 0, len(rows), len(rows[0]))
    )
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            out += _record(72, level + 1, struct.pack("<iIHHHH", 1, 0, c, r, 1, 1) + bytes(20))
            out += hwp_p(cell, level + 1)
    return out


def hwp_box(ctrl: bytes, text: str, level: int = 1) -> bytes:
    """A control with a list of one paragraph: header, footnote, box."""
    return (
        _record(71, level, ctrl[::-1] + bytes(8)) + _record(72, level + 1, bytes(8)) + hwp_p(text, level + 1)
    )


def hwp(*body: bytes, flags: int = 1) -> bytes:
    """Shape 0 has 13 points, shape 1 has 24. ``flags``: 1 compressed, 2 encrypted, 4 distribution copy."""
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010001, flags)
    docinfo = b"".join(
        _record(21, 0, bytes(42) + struct.pack("<i", size) + bytes(22)) for size in (1300, 2400)
    )
    section = b"".join(body)
    return compound(
        {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": packed(docinfo) if flags & 1 else docinfo,
            "BodyText/Section0": packed(section) if flags & 1 else section,
        }
    )


def packed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file (MS-CFB, version 3) in which every stream lies in ordinary sectors."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    fat: list[int] = []
    body = b""
    starts: dict[str, tuple[int, int]] = {}

    def place(data: bytes) -> int:
        nonlocal body
        first = len(fat)
        count = max(1, -(-len(data) // sector))
        fat.extend([*range(first + 1, first + count), end])
        body += data.ljust(count * sector, b"\0")
        return first

    for name, data in streams.items():
        data = data.ljust(4096, b"\0")  # shorter ones would lie in the mini stream
        starts[name] = place(data), len(data)
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    entries = ["Root Entry", *storages, *streams]
    number = {name: i for i, name in enumerate(entries)}
    top = [*storages, *(name for name in streams if "/" not in name)]

    def chain(names: Sequence[str]) -> dict[str, int]:
        return {name: number[names[i + 1]] if i + 1 < len(names) else free for i, name in enumerate(names)}

    right = chain(top)
    child = {"Root Entry": number[top[0]]}
    for storage in storages:
        inner = [name for name in streams if name.startswith(f"{storage}/")]
        right |= chain(inner)
        child[storage] = number[inner[0]]
    directory = b""
    for name in entries:
        label = (name.rsplit("/", 1)[-1] + "\0").encode("utf-16-le")
        kind = 5 if name == "Root Entry" else 1 if name in storages else 2
        start, size = starts.get(name, (end, 0))
        directory += (
            label.ljust(64, b"\0")
            + struct.pack("<HBB", len(label), kind, 1)
            + struct.pack("<III", free, right.get(name, free), child.get(name, free))
            + bytes(16 + 4 + 16)
            + struct.pack("<IQ", start, size)
        )
    first_directory = place(directory)
    n_fat = 1
    while (len(fat) + n_fat) * 4 > n_fat * sector:
        n_fat += 1
    first_fat = len(fat)
    table = [*fat, *([0xFFFFFFFD] * n_fat)]
    table += [free] * (n_fat * sector // 4 - len(table))
    body += struct.pack(f"<{len(table)}I", *table)
    difat = [first_fat + i for i in range(n_fat)]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, n_fat, first_directory, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", *difat, *([free] * (109 - len(difat))))
    return head + body


# --- DOCX, ODT, XLSX, PDF ---------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_p(text: str, half_points: int = 22) -> str:
    return f'<w:p><w:r><w:rPr><w:sz w:val="{half_points}"/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>'


def docx_table(rows: Cells) -> str:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{docx_p(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def docx(*body: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>",
    }
    members.update(extra or {})
    return zipped(members)


def odt(body: str) -> bytes:
    office, text, table, draw = (
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
        for name, kind in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    content = (
        f"<office:document-content {office} {text} {table} {draw}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def xlsx(*sheets: Sequence[Sequence[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(*pages: Sequence[tuple[float, float, float, str]], count: int | None = None) -> bytes:
    """A PDF in Helvetica; a page is a list of ``x, y, size, text``. ``count`` says another number of pages."""
    objects: dict[int, bytes] = {3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
    kids = []
    for number, lines in enumerate(pages):
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines).encode(
            "latin-1"
        )
        page, stream = 4 + 2 * number, 5 + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {stream} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        ).encode()
        objects[stream] = b"<</Length %d>>stream\n%sendstream" % (len(shown), shown)
    objects[1] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {count or len(pages)}>>".encode()
    out = b"%PDF-1.4\n"
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    return out + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)

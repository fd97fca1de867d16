"""Valid containers around fuzzed insides, and the tiny valid files that fuzzing starts from.

A fuzzer that flips bits of a ZIP sees little but checksums. An input that does not begin as its format does
is therefore taken for the inside: the XML of a section, the records of a stream, the cells of a sheet.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable

import making

BODY = "서울시는 6일 시청에서 총회를 열고 39개 도시와 협약을 맺었다고 밝혔다."
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def _hwp(data: bytes) -> bytes:
    return making.hwp(data, flags=0)


def _hwpx(data: bytes) -> bytes:
    return making.zipped({"Contents/section0.xml": data, "mimetype": "application/hwp+zip"}, method=0)


def _docx(data: bytes) -> bytes:
    return making.zipped({"word/document.xml": data}, method=0)


def _odt(data: bytes) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return making.zipped({"mimetype": kind, "content.xml": data}, method=0)


def _xlsx(data: bytes) -> bytes:
    book = making.xlsx([["본문", "제목"], [BODY, "제목이다"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, data if "sheet1" in info.filename else old.read(info))
    return out.getvalue()


def _zip(data: bytes) -> bytes:
    """Members of which the first two bytes tell the name's length, the next the flags."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        while len(data) > 4:
            length, size = data[0] % 40, struct.unpack_from("<H", data, 1)[0]
            name = data[3 : 3 + length].decode("utf-8", "replace").replace("\0", "") or "a"
            archive.writestr(name, data[3 + length : 3 + length + size])
            data = data[3 + length + size :]
    return out.getvalue()


WRAPS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "hwp-5": (b"\xd0\xcf\x11\xe0", _hwp),
    "hwpx": (b"PK", _hwpx),
    "docx": (b"PK", _docx),
    "xlsx": (b"PK", _xlsx),
    "odt": (b"PK", _odt),
    "zip": (b"PK", _zip),
}
"""Format → how its files begin, and what puts an inside into a file."""


def wrapped(name: str, data: bytes) -> bytes:
    """``data`` itself when it begins as files of the format do or the format has no container; else a file of it."""
    if name not in WRAPS or data.startswith(WRAPS[name][0]):
        return data
    return WRAPS[name][1](data)


def _records(*paragraphs: bytes) -> bytes:
    return b"".join(paragraphs)


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def _csv(delimiter: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(
        [["번호", "제목", "본문", "등록일"], [1, "총회", f"{BODY}\n“좋다”, 말했다", "2024-03-05"]]
    )
    return out.getvalue().encode(encoding)


_HWPX = making.hwpx(
    making.hwpx_p("서울시 총회", 1),
    making.hwpx_table([[making.hwpx_p("담당"), making.hwpx_p("홍길동")]]),
    f"<hp:p><hp:run><hp:ctrl><hp:header><hp:subList>{making.hwpx_p('서울시')}</hp:subList></hp:header></hp:ctrl>"
    "<hp:t>남은<hp:deleteBegin/>지운<hp:deleteEnd/>글<hp:lineBreak/><hp:tab/></hp:t></hp:run></hp:p>",
)
_DOCX = making.docx(making.docx_p("제목", 40), making.docx_table([["담당", "홍길동"]]), making.docx_p(BODY))
_ODT = making.odt(
    "<text:h>제목</text:h><text:p>가<text:s text:c='3'/>나<text:line-break/></text:p><table:table><table:table-row>"
    "<table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"
)
_HWP = (
    making.hwp_p("\x0b", controls=[making.hwp_table([["담당", "홍길동"], ["전화", "02-111-2222"]])]),
    making.hwp_p("첫 문단이다.\x0b", controls=[making.hwp_box(b"head", "서울시")]),
    making.hwp_p("가\x1e나\x18다 😀", shape=1, controls=[making.hwp_box(b"gso ", "글상자")]),
)
_MAIL = (
    b"From: a@b.kr\r\nTo: c@d.kr\r\nSubject: =?utf-8?B?7ISc7Jq47IucIOy0ne2ajA==?=\r\nDate: Mon, 6 Nov 2017 23:30:00 +0900\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=euc-kr\r\n'
    b"\r\n"
    + BODY.encode("cp949")
    + b"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b\r\nContent-Type:"
    b" application/x; name=\"=?euc-kr?B?sKE=?=\"\r\nContent-Disposition: attachment; filename*=utf-8''a%2Etxt\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n7ISc7Jq4\r\n--b--\r\n"
)
_PAGE = (
    "<!doctype html><html><head><meta charset=euc-kr><title>총회 - 서울시</title><meta property='article:published_time'"
    f" content='2017-11-06'></head><body><article><h1>총회</h1><p>{BODY}</p><table><tr><td>1</table><p>{BODY}</article>"
)
_TEXT = f"보도자료\n\n배포일시 2024. 3. 5.(화)\n\n총회 개최\n\n□ {BODY}\n\n----\n\n[영상] 총회\n\n{BODY}\n"
_PDF = making.pdf(
    [(50, 800, 24, "Seoul hosts"), (50, 700, 12, "The city gen-"), (50, 685, 12, "eral."), (290, 25, 9, "- 1 -")],
    [(50 + 270 * (i % 2), 700 - 15 * (i // 2), 10, f"column line number {i} of a text") for i in range(24)],
)  # fmt: skip
_KOREAN = [bytes([*range(n, n + 12)]) * 3 for n in range(0, 200, 25)]

SEEDS: dict[str, list[bytes]] = {
    "pdf": [_PDF, making.pdf([])],
    "hwp-5": [_records(*_HWP), *_HWP, making.hwp(*_HWP)],
    "hwpx": [_part(_HWPX, "Contents/section0.xml"), _HWPX],
    "docx": [_part(_DOCX, "word/document.xml"), _DOCX],
    "xlsx": [
        _part(making.xlsx([["본문", "날짜"], [BODY, 3.5]]), "xl/worksheets/sheet1.xml"),
        f'{_SHEET}<row r="1"><c r="A1" t="inlineStr"><is><t>본문</t></is></c></row><row><c t="d"><v>2024</v></c></row>'
        "</sheetData></worksheet>".encode(),
        making.xlsx([["본문"], [BODY]]),
    ],
    "odt": [_part(_ODT, "content.xml"), _ODT],
    "zip": [making.zipped({"가.txt": BODY, "b.zip": making.zipped({"c.md": BODY})}), b"\5\7\0a.txtcontent\4\1\0../bxx"],
    "rtf": [rb"{\rtf1\ansi\ansicpg949{\fonttbl{\f0 A;}}\f0 \'bc\'ad\'bf\'ef\par \u48512?\u49328?{\pict 00}\trowd\cell\row}"],
    "html": [_PAGE.encode("cp949"), _PAGE.replace("euc-kr", "utf-8").encode()],
    "e-mail": [_MAIL],
    "json-lines": [
        "\n".join(json.dumps({"id": i, "text": BODY, "date": "2024-03-05"}) for i in range(3)).encode(),
        json.dumps([{"본문": BODY, "a": [1, None, {"b": 1.5}]}], ensure_ascii=False).encode(),
    ],
    "csv": [_csv(",", "utf-8-sig"), _csv(";", "cp949"), _csv("\t", "utf-16")],
    "markdown": [f"---\ntitle: 총회\ndate: 2024-03-05\n---\n# 총회\n\n{BODY}\n".encode()],
    "plain-text": [_TEXT.encode(e) for e in ("utf-8", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32")],
    "segmentation": _KOREAN,
    "cleaning": _KOREAN,
    "quantities": _KOREAN,
    "pipeline": _KOREAN,
    "documents": _KOREAN,
}  # fmt: skip
"""The corpus that each target starts from."""
SEEDS["door"] = [wrapped(name, data) for name, seeds in SEEDS.items() if name not in ("segmentation", "cleaning", "quantities",
                 "pipeline", "documents") for data in seeds[:3]]  # fmt: skip

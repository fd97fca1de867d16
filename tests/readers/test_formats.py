from __future__ import annotations

import base64
import io
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import making
import pytest

from extract.model import ErrorRow
from extract.readers import Document, read, read_bytes
from extract.readers.formats import FORMATS

BODY = "서울시는 6일 시청에서 총회를 열고 39개 도시와 협약을 맺었다고 밝혔다."


def one(data: bytes, name: str = "file") -> Document:
    [document] = read_bytes(data, name)
    assert isinstance(document, Document), document
    return document


def error(data: bytes, name: str = "file") -> str:
    [row] = read_bytes(data, name)
    assert isinstance(row, ErrorRow), row
    assert ";" in row.message
    assert "\n" not in row.message
    return row.error


HWPX = making.hwpx(
    making.hwpx_table([[making.hwpx_p("보도자료", 1)]]),
    making.hwpx_p("서울시 총회에", 1),
    making.hwpx_p("39개 도시 모인다", 1),
    making.hwpx_p("□ " + BODY),
    making.hwpx_table(
        [
            [making.hwpx_p("담당"), making.hwpx_p("홍길동")],
            [making.hwpx_p("전화"), making.hwpx_p("02-111-2222")],
        ]
    ),
)
HWP = making.hwp(
    making.hwp_p("\x0b", controls=[making.hwp_table([["보도자료"]])]),
    making.hwp_p("서울시 총회에", shape=1),
    making.hwp_p("39개 도시 모인다", shape=1),
    making.hwp_p("□ " + BODY),
    making.hwp_p("\x0b", controls=[making.hwp_table([["담당", "홍길동"], ["전화", "02-111-2222"]])]),
)
DOCX = making.docx(
    making.docx_table([["보도자료"]]),
    making.docx_p("서울시 총회에", 40),
    making.docx_p("39개 도시 모인다", 40),
    making.docx_p("□ " + BODY),
    making.docx_table([["담당", "홍길동"], ["전화", "02-111-2222"]]),
)
OFFICE_TEXT = (
    f"보도자료\n\n서울시 총회에 39개 도시 모인다\n\n□ {BODY}\n\n| 담당 | 홍길동 |\n| 전화 | 02-111-2222 |\n"
)


@pytest.mark.parametrize("data", [HWPX, HWP, DOCX], ids=["hwpx", "hwp", "docx"])
@pytest.mark.parametrize("name", ["보도자료", "wrong.txt", "wrong.pdf"])
def test_office_documents_are_known_by_content_and_keep_frames_headlines_and_cells(
    data: bytes, name: str
) -> None:
    document = one(data, name)
    assert document.text == OFFICE_TEXT
    assert document.metadata["headline"] == "서울시 총회에 39개 도시 모인다"


def test_uncompressed_hwp_is_read() -> None:
    assert one(making.hwp(making.hwp_p(BODY), flags=0)).text == BODY + "\n"


def test_hwp_puts_headers_aside_notes_below_and_boxes_after_their_paragraph() -> None:
    document = one(
        making.hwp(
            making.hwp_p(
                "첫 문단이다.\x0b\x0b",
                controls=[making.hwp_box(b"head", "서울시"), making.hwp_box(b"fn  ", "각주이다.")],
            ),
            making.hwp_p(
                "둘째 문단이다.\x0b\x0b",
                controls=[making.hwp_box(b"gso ", "글상자"), making.hwp_box(b"tcmt", "숨은 설명")],
            ),
        )
    )
    assert document.text == "첫 문단이다.\n\n둘째 문단이다.\n\n글상자\n\n각주이다.\n"
    assert document.metadata["header"] == "서울시"


def test_hwp_text_keeps_tabs_line_breaks_and_characters_beyond_the_basic_plane() -> None:
    assert one(making.hwp(making.hwp_p("가\x1e나\x18다 😀\n□ 라"))).text == "가 나-다 😀\n□ 라\n"


@pytest.mark.parametrize(("flags", "said"), [(3, "password"), (5, "배포용"), (0x11, "password")])
def test_protected_hwp_says_so(flags: int, said: str) -> None:
    [row] = read_bytes(making.hwp(making.hwp_p(BODY), flags=flags), "a.hwp")
    assert isinstance(row, ErrorRow)
    assert row.error == "protected"
    assert said in row.message


def test_hwpx_puts_headers_aside_and_leaves_deleted_text_out() -> None:
    header = f"<hp:ctrl><hp:header><hp:subList>{making.hwpx_p('서울시')}</hp:subList></hp:header></hp:ctrl>"
    marked = "<hp:t>남은 글<hp:deleteBegin/>지운 글<hp:deleteEnd/>이다.</hp:t>"
    document = one(making.hwpx(f"<hp:p><hp:run>{header}{marked}</hp:run></hp:p>"))
    assert document.text == "남은 글이다.\n"
    assert document.metadata["header"] == "서울시"


def test_hwpx_joins_lines_broken_by_hand_unless_a_bullet_follows() -> None:
    text = "<hp:t>중동전쟁에 따른<hp:lineBreak/>공사 지연<hp:lineBreak/>- 공사비</hp:t>"
    assert (
        one(making.hwpx(f"<hp:p><hp:run>{text}</hp:run></hp:p>")).text
        == "중동전쟁에 따른 공사 지연\n- 공사비\n"
    )


def test_hwpx_reads_boxes_and_sections_in_order() -> None:
    box = f"<hp:rect><hp:drawText><hp:subList>{making.hwpx_p('상자')}</hp:subList></hp:drawText></hp:rect>"
    section = f'<hs:sec xmlns:hs="urn:s" {making.HP}>{making.hwpx_p("둘째 절")}</hs:sec>'
    data = making.hwpx(
        f"<hp:p><hp:run>{box}<hp:t>첫 절</hp:t></hp:run></hp:p>",
        extra={f"Contents/section{n}.xml": section.replace("둘째", f"{n}번째") for n in (10, 2)},
    )
    assert one(data).text == "첫 절\n\n상자\n\n2번째 절\n\n10번째 절\n"


def test_encrypted_hwpx_says_so() -> None:
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert error(making.hwpx(extra={"META-INF/manifest.xml": manifest})) == "protected"


def test_docx_leaves_deleted_text_and_field_codes_out_and_reads_boxes_and_notes() -> None:
    body = (
        "<w:p><w:r><w:t>남은 </w:t></w:r><w:del><w:r><w:delText>지운</w:delText></w:r></w:del>"
        "<w:r><w:instrText>HYPERLINK</w:instrText><w:t>글</w:t><w:br/><w:t>이다.</w:t></w:r>"
        f"<w:r><w:pict><w:txbxContent>{making.docx_p('상자')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    notes = f"<w:footnotes {making.W}><w:footnote>{making.docx_p('각주')}</w:footnote></w:footnotes>"
    assert (
        one(making.docx(body, extra={"word/footnotes.xml": notes})).text == "남은 글 이다.\n\n상자\n\n각주\n"
    )


def test_odt_reads_paragraphs_blanks_and_tables() -> None:
    document = one(
        making.odt(
            "<text:h>제목</text:h><text:p>가<text:s text:c='3'/>나<text:tab/><text:span>다</text:span></text:p>"
            "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
            "<table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
        )
    )
    assert document.text == "제목\n\n가 나 다\n\n| 1 | 2 |\n"


def test_rtf_in_korean_code_page() -> None:
    data = rb"{\rtf1\ansi\ansicpg949{\fonttbl{\f0 Batang;}}\f0 \'bc\'ad\'bf\'ef\'bd\'c3\par \u48512?\u49328?}"
    assert one(data).text == "서울시\n\n부산\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_rtf_with_letters_as_they_are(encoding: str) -> None:
    assert one("{\\rtf1\\ansi 서울시\\par 부산}".encode(encoding)).text == "서울시\n\n부산\n"


def test_rtf_without_its_code_page_is_told() -> None:
    assert error(rb"{\rtf1\ansi\ansicpg99999 \'bc\'ad\'bf\'ef\'bd\'c3}") == "undecodable"


PAGE = (
    "<!doctype html><html><head><title>총회 열려 - 서울시</title>"
    '<meta property="article:published_time" content="2017-11-06T09:00:00+09:00"></head><body>'
    "<nav><a href=/>메뉴</a></nav><article><h1>서울시 총회 열려</h1>"
    f"<p>{BODY}</p><p>{BODY.replace('6일', '7일')} 참석자는 500명이 넘었다고 시는 덧붙였다.</p></article>"
    "<footer>저작권자 서울시</footer></body></html>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_html_gives_main_text_title_and_date(encoding: str) -> None:
    document = one(PAGE.encode(encoding), "page.txt" if encoding != "utf-16" else "page.html")
    assert BODY in document.text
    assert "저작권자" not in document.text
    assert "총회 열려" in document.text.split("\n")[0]
    assert document.metadata["published"] == "2017-11-06"


def test_html_without_its_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    [row] = read_bytes(PAGE.encode(), "page.html")
    assert isinstance(row, ErrorRow)
    assert row.error == "missing-library"
    assert "pip install 'extract-ko[html]'" in row.message


MAIL = (
    b"From: press@example.kr\r\nTo: desk@example.kr\r\nSubject: =?utf-8?B?7ISc7Jq47IucIOy0ne2ajA==?=\r\n"
    b"Date: Mon, 6 Nov 2017 23:30:00 +0900\r\nMIME-Version: 1.0\r\n"
)


def test_mail_has_subject_as_title_and_day_of_sending() -> None:
    data = MAIL + b"Content-Type: text/plain; charset=euc-kr\r\n\r\n" + BODY.encode("cp949")
    document = one(data, "mail.dat")
    assert document.text == f"서울시 총회\n\n{BODY}"
    assert document.metadata["published"] == "2017-11-06"


def test_mail_brings_the_messages_and_files_attached_to_it() -> None:
    attached = b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + MAIL + b"\r\n" + BODY.encode() + b"\r\n"
    data = MAIL + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + attached + b"--b--\r\n"
    assert [(item.source, getattr(item, "text", "").strip()) for item in read_bytes(data, "a.eml")] == [
        ("a.eml/message-1.eml", f"서울시 총회\n\n{BODY}")
    ]
    data = MAIL + b"Content-Type: application/x-hwp; name=a.hwp\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    [document] = read_bytes(data + base64.b64encode(HWP), "a.eml")
    assert (document.source, getattr(document, "text", "")) == ("a.eml/a.hwp", OFFICE_TEXT)


def test_mail_of_a_line_of_html_is_read() -> None:
    data = MAIL + b"Content-Type: text/html; charset=euc-kr\r\n\r\n" + f"<p>{BODY}</p>".encode("cp949")
    assert one(data, "a.eml").text == f"서울시 총회\n\n{BODY}\n"


@pytest.mark.parametrize(
    "charset", ["ks_c_5601-1987", "EUC-KR", "x-windows-949", "utf-16", "nonsense", "punycode", "a\0b"]
)
def test_mail_is_read_whatever_charset_it_names(charset: str) -> None:
    encoding = "utf-16" if charset == "utf-16" else "cp949"
    data = MAIL + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + BODY.encode(encoding)
    assert one(data, "a.eml").text == f"서울시 총회\n\n{BODY}"


def test_mail_attachments_are_documents_of_their_own() -> None:
    data = (
        MAIL
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
        + BODY.encode()
        + b'\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="../a.hwpx"\r\n'
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(HWPX)
        + b"\r\n--b--\r\n"
    )
    items = list(read_bytes(data, "in/mail.eml"))
    assert [item.source for item in items] == ["in/mail.eml", "in/mail.eml/a.hwpx"]
    assert isinstance(items[1], Document)
    assert items[1].text == OFFICE_TEXT


def test_archives_are_walked_in_the_order_of_names() -> None:
    inner = making.zipped({"나.txt": "부산시", "가.md": "대구시"})
    data = making.zipped(
        {
            "둘/보고.txt": "서울시",
            "하나.zip": inner,
            ".숨은/x.txt": "x",
            "__MACOSX/._a": "x",
            "그림.png": b"x",
        }
    )
    items = list(read_bytes(data, "in.zip"))
    assert [(item.source, isinstance(item, Document)) for item in items] == [
        ("in.zip/그림.png", False),
        ("in.zip/둘/보고.txt", True),
        ("in.zip/하나.zip/가.md", True),
        ("in.zip/하나.zip/나.txt", True),
    ]


def test_archives_may_hold_several_files_of_one_name() -> None:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for text in ("서울시", "부산시", "대구시"):
            archive.writestr("보고.txt", text)
    items = list(read_bytes(out.getvalue(), "a.zip"))
    assert {item.source: getattr(item, "text", "") for item in items} == {
        "a.zip/보고.txt": "서울시",
        "a.zip/보고 (2).txt": "부산시",
        "a.zip/보고 (3).txt": "대구시",
    }


def test_archive_names_in_cp949_are_read() -> None:
    marker = "XXXXXXXXXX"
    name = "서울보고1".encode("cp949") + b"!"
    data = making.zipped({f"{marker}.txt": BODY})
    [document] = read_bytes(data.replace(marker.encode(), name), "a.zip")
    assert document.source == "a.zip/서울보고1!.txt"


@pytest.mark.parametrize(
    ("data", "name", "slug"),
    [
        (b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.doc", "unsupported-format"),
        (making.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "a.xlsx", "protected"),
        (HWP[:3000], "a.hwp", "damaged"),
        (HWPX[:400], "a.hwpx", "damaged"),
        (making.zipped({"ppt/presentation.xml": "<x/>"}), "a.pptx", "unsupported-format"),
        (b"HWP Document File V3.00 \x1a", "a.hwp", "unsupported-format"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "unsupported-format"),
        (making.zipped({}), "a.zip", "empty-file"),
        (making.docx("<w:p/>"), "a.docx", "empty-file"),
        (making.zipped({"Contents/section0.xml": "<a"}), "a.hwpx", "damaged"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, name: str, slug: str) -> None:
    assert error(data, name) == slug


def test_folders_are_searched_for_every_format(tmp_path: Path) -> None:
    for format_ in FORMATS:
        (tmp_path / f"a{format_.extensions[0]}").write_text(BODY, encoding="utf-8")
    items = list(read([tmp_path]))
    assert len(items) == len(FORMATS)
    assert not [item for item in items if isinstance(item, ErrorRow) and item.error == "unsupported-format"]


@pytest.mark.parametrize("make", [lambda: HWP, lambda: HWPX, lambda: DOCX], ids=["hwp", "hwpx", "docx"])
def test_no_cut_or_flipped_byte_ends_a_run(make: Callable[[], bytes]) -> None:
    data = make()
    for at in range(0, len(data), max(1, len(data) // 60)):
        for broken in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            for item in read_bytes(broken, "a.bin"):
                assert isinstance(item, (Document, ErrorRow))

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import making
import pytest

from extract.model import ErrorRow
from extract.readers import Document, Limits, read, read_bytes

MB = 1_000_000
SMALL = Limits(
    file_bytes=2 * MB,
    unpacked_bytes=3 * MB,
    part_bytes=MB,
    members=100,
    text_chars=100_000,
    cell_chars=100_000,
    xml_elements=10_000,
    rows=1000,
    columns=50,
    pages=20,
)


def bomb(megabytes: int, name: str, fill: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(megabytes):
            member.write(fill * MB)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """The archive with every stated unpacked size set to 10 bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.infolist()[0].file_size
    return data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def archives(depth: int) -> bytes:
    data = making.zipped({"a.txt": "서울시"})
    for number in range(depth):
        data = making.zipped({f"{number}.zip": data})
    return data


def nested_tables(depth: int) -> bytes:
    cell = making.hwpx_p("서울시")
    for _ in range(depth):
        cell = making.hwpx_table([[cell]])
    return making.hwpx(cell)


def nested_mail(depth: int) -> bytes:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(depth))
    return b"From: a@b.kr\nTo: c@d.kr\nSubject: x\nMIME-Version: 1.0\n" + parts


def entity(kind: str) -> bytes:
    declared = {
        "laughs": '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        "external": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "remote": '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>',
    }[kind]
    return making.hwpx(extra={"Contents/section0.xml": declared})


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.zip": (lambda: bomb(4, "a.txt", b"\0"), "too-large"),
    "bomb-of-letters.zip": (lambda: bomb(1, "a.txt", b"a"), "too-large"),
    "lying.zip": (lambda: lying(bomb(4, "a.txt", b"\0")), "damaged"),
    "bomb.hwpx": (lambda: bomb(3, "Contents/section0.xml", b" "), "too-large"),
    "bomb.docx": (lambda: bomb(3, "word/document.xml", b" "), "too-large"),
    "bomb.xlsx": (lambda: bomb(3, "xl/workbook.xml", b" "), "too-large"),
    "bomb.hwp": (lambda: making.hwp(bytes(3 * MB)), "too-large"),
    "records.hwp": (lambda: making.hwp(bytes(100_000)), "too-large"),
    "deep.hwp": (lambda: making.hwp(b"".join(making._record(66, level, b"") for level in range(1000))), "too-large"),
    "nested.zip": (lambda: archives(10), "too-large"),
    "members.zip": (lambda: making.zipped({f"{i}.txt": "" for i in range(200)}), "too-large"),
    "one-letter.txt": (lambda: b"a" * (MB + 1), "too-large"),
    "laughs.hwpx": (lambda: entity("laughs"), "unsafe-xml"),
    "external.hwpx": (lambda: entity("external"), "unsafe-xml"),
    "remote.hwpx": (lambda: entity("remote"), "unsafe-xml"),
    "deep.hwpx": (lambda: making.hwpx("<a>" * 5000 + "</a>" * 5000), "too-large"),
    "tables.hwpx": (lambda: nested_tables(200), "too-large"),
    "elements.hwpx": (lambda: making.hwpx("<a/>" * 30_000), "too-large"),
    "pages.pdf": (lambda: making.pdf([(50, 700, 12, "Seoul")], count=1_000_000), "too-large"),
    "cell.csv": (lambda: "본문,제목\n".encode() + b"a" * 200_000, "too-large"),
    "quote.csv": (lambda: '본문,제목\n"'.encode() + b"a" * 200_000, "too-large"),
    "columns.csv": (lambda: b"," * 100_000, "too-large"),
    "cells.csv": (lambda: "본문,제목\n".encode() + b"," * 200_000, "too-large"),
    "columns.xlsx": (lambda: making.xlsx([["본문", *range(100)], ["서울시"]]), "too-large"),
    "deep.json": (lambda: b"[" * 100_000, "damaged"),
    "array.json": (lambda: b"[" + b"{}," * 400_000 + b"{}]", "too-large"),
    "nested.eml": (lambda: nested_mail(3000), "too-large"),
    "parts.eml": (lambda: nested_mail(1) + b"\n--0\n" * 2000, "too-large"),
    "header.eml": (lambda: b"Subject: x\nFrom: a@b.kr\nTo: c@d.kr\nContent-Type: text/plain" + b"; a=b" * 50_000, "damaged"),
    "lines.eml": (lambda: nested_mail(1) + b"\n" * 20_000, "too-large"),
    "long.rtf": (lambda: b"{\\rtf1 " + b"x " * 600_000 + b"}", "too-large"),
    "surrogates.txt": (lambda: b"\xff\xfe" + b"\x00\xd8" * 1000, "undecodable"),
    "odd.txt": (lambda: b"\xff\xfe" + "서울시".encode("utf-16-le") + b"a", "undecodable"),
    "half.txt": (lambda: "서울시는 6일 밝혔다. ".encode("utf-16-le") * 10 + b"\x00\xd8", "undecodable"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_hostile_input_gives_an_error_row_that_names_the_limit(name: str) -> None:
    make, slug = CASES[name]
    rows = list(read_bytes(make(), name, limits=SMALL))
    [row] = [item for item in rows if isinstance(item, ErrorRow)]
    assert row.error == slug, row.message
    assert len(row.message) < 300
    if slug == "too-large":
        assert "under 'reading' in main.yaml" in row.message


def test_archives_stop_at_what_they_may_unpack_to_together() -> None:
    inner = {f"{i}.zip": making.zipped({"a.bin.txt": "서울시 " * 80_000}) for i in range(20)}
    items = list(read_bytes(making.zipped(inner), "a.zip", limits=SMALL))
    assert 3 <= len(items) < 10
    assert {item.error for item in items if isinstance(item, ErrorRow)} == {"too-large"}


def test_rows_beyond_the_limit_are_told_and_those_before_are_kept() -> None:
    data = "본문,번호\n".encode() + b"".join(b"text %d,%d\n" % (i, i) for i in range(1500))
    items = list(read_bytes(data, "a.csv", limits=SMALL))
    assert len(items) == 1001
    assert isinstance(items[-1], ErrorRow)
    assert items[-1].error == "too-large"


def test_tables_within_tables_take_time_in_proportion() -> None:
    [document] = read_bytes(nested_tables(35), "a.hwpx")
    assert isinstance(document, Document)
    assert document.text == "서울시\n"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd.txt", "a.zip/etc/passwd.txt"),
        ("/etc/passwd.txt", "a.zip/etc/passwd.txt"),
        ("..\\..\\x.txt", "a.zip/x.txt"),
        ("a/./b/../c.txt", "a.zip/a/b/c.txt"),
        ("nul\x01\n.txt", "a.zip/nul??.txt"),
    ],
)
def test_names_in_archives_lead_nowhere(
    name: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [document] = read_bytes(making.zipped({name: "서울시"}), "a.zip")
    assert document.source == shown
    assert list(tmp_path.rglob("*")) == []


def test_links_in_archives_and_out_of_folders_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "secret.txt").write_text("비밀", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(out.getvalue())
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").write_text("서울시", encoding="utf-8")
    (folder / "d.txt").symlink_to(folder / "c.txt")
    (folder / "e").symlink_to(tmp_path)
    items = list(read([folder]))
    errors = {Path(item.source).name: item.error for item in items if isinstance(item, ErrorRow)}
    assert errors == {"link.txt": "outside", "b.txt": "outside"}
    assert [item.text for item in items if isinstance(item, Document)] == ["서울시"]


def test_reading_opens_no_connection_and_no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    page = (
        '<html><head><base href="http://192.0.2.1/"><link rel=stylesheet href=a.css></head><body>'
        '<iframe src="http://192.0.2.1/"></iframe><img src=a.png><article><p>서울시는 6일 시청에서 총회를 열고 39개 도시와'
        " 협약을 맺었다고 밝혔다. 총회에는 500명이 참석했다.</p></article></body></html>"
    )
    [document] = read_bytes(page.encode(), "a.html")
    assert isinstance(document, Document)
    assert list(read_bytes(entity("remote"), "a.hwpx"))

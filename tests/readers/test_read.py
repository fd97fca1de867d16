from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest

from extract.errors import InputError, NothingToDoError, UsageError
from extract.model import ErrorRow
from extract.readers import Document, MissingInputError, read, read_bytes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "in/b.txt": "둘째 글이다.",
        "in/a.md": "# 첫째 글\n\n본문이다.",
        "in/sub/c.TXT": "셋째 글이다.",
        "in/.hidden/d.txt": "숨은 글이다.",
        "in/.e.txt": "숨은 글이다.",
        "other.txt": "다른 글이다.",
    }.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def sources(*paths: str) -> list[str]:
    return [item.source for item in read(paths)]


def test_read_walks_folders_in_stable_order_and_skips_hidden_files(folder: Path) -> None:
    assert sources("in") == ["in/a.md", "in/b.txt", "in/sub/c.TXT"]


def test_read_order_does_not_depend_on_the_order_of_arguments(folder: Path) -> None:
    assert sources("other.txt", "in") == sources("in", "other.txt")


@pytest.mark.parametrize("again", [["in/b.txt"], ["./in/b.txt"], ["in", "in/"], ["in/../in/b.txt"]])
def test_read_reads_a_file_given_twice_once_under_its_shortest_name(folder: Path, again: list[str]) -> None:
    assert sources("in", *again) == ["in/a.md", "in/b.txt", "in/sub/c.TXT"]
    assert sources(*again, "in") == ["in/a.md", "in/b.txt", "in/sub/c.TXT"]


def test_read_names_files_of_the_current_folder_without_a_dot(folder: Path) -> None:
    assert sources(".") == ["in/a.md", "in/b.txt", "in/sub/c.TXT", "other.txt"]


def test_read_keeps_absolute_paths_as_given(folder: Path) -> None:
    given = f"{folder}/in/b.txt"
    assert sources(given) == [given]


def test_read_gives_text_and_fingerprint_of_the_bytes(folder: Path) -> None:
    data = "﻿부산시\r\n".encode()
    Path("bom.txt").write_bytes(data)
    [document] = read([Path("bom.txt")])
    assert document == Document("bom.txt", "부산시\n", {}, hashlib.sha256(data).hexdigest())


def test_read_reports_unreadable_inputs_as_rows_and_goes_on(folder: Path) -> None:
    Path("in/empty.txt").write_bytes(b"")
    Path("in/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    Path("in/report.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    Path("in/zipped.txt").write_bytes(b"PK\x03\x04" + bytes(100))
    Path("in/page.txt").write_text("<!DOCTYPE html><html><body></body></html>")
    items = {item.source: item for item in read(["in"])}
    errors = {source: item.error for source, item in items.items() if isinstance(item, ErrorRow)}
    assert errors == {
        "in/empty.txt": "empty-file",
        "in/page.txt": "no-text",
        "in/picture.txt": "unsupported-format",
        "in/report.hwp": "unsupported-format",
        "in/zipped.txt": "damaged",
    }
    assert isinstance(items["in/sub/c.TXT"], Document)
    row = items["in/empty.txt"]
    assert isinstance(row, ErrorRow)
    assert (row.stage, row.position) == ("read", None)
    assert row.message == "the file is empty; give a file with text"


def test_read_takes_a_file_that_is_named_whatever_its_extension(folder: Path) -> None:
    Path("release.dat").write_text("부산시는 발표했다.", encoding="utf-8")
    [document] = read(["release.dat"])
    assert isinstance(document, Document)


def test_read_reports_a_file_that_cannot_be_opened(folder: Path) -> None:
    Path("in/b.txt").unlink()
    Path("in/b.txt").symlink_to("nowhere")
    items = {item.source: item for item in read(["in"])}
    assert isinstance(items["in/b.txt"], ErrorRow)
    assert items["in/b.txt"].error == "vanished"


def test_read_refuses_a_missing_path_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(MissingInputError) as caught:
        read(["in", "nowhere.txt"])
    assert isinstance(caught.value, UsageError)
    assert isinstance(caught.value, InputError)
    assert caught.value.exit_code == 2
    assert str(caught.value) == "nowhere.txt: no such file or folder; check the path"


def test_read_has_nothing_to_do_without_a_readable_file(folder: Path) -> None:
    Path("none").mkdir()
    with pytest.raises(NothingToDoError, match=r"none: no file that can be read"):
        read(["none"])
    Path("none/photo.png").write_bytes(b"\x89PNG")
    with pytest.raises(NothingToDoError):
        read(["none"])
    with pytest.raises(NothingToDoError):
        read([])


def test_read_reports_an_empty_folder_beside_others(folder: Path) -> None:
    Path("none").mkdir()
    rows = [item for item in read(["in", "none"]) if isinstance(item, ErrorRow)]
    assert [(row.source, row.error) for row in rows] == [("none", "empty-folder")]


def test_read_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("부산시".encode("cp949"))))
    [document] = read(["-"])
    assert isinstance(document, Document)
    assert (document.source, document.text) == ("-", "부산시")


def test_read_bytes_hands_on_front_matter_as_metadata() -> None:
    [document] = read_bytes("---\ntitle: 총회 개최\ndate: 2026-03-05\n---\n# 총회 개최\n".encode(), "a.md")
    assert isinstance(document, Document)
    assert document.metadata == {"title": "총회 개최", "published": "2026-03-05"}
    assert document.text == "# 총회 개최\n"


def test_read_bytes_leaves_a_rule_at_the_top_of_markdown_alone() -> None:
    text = "---\n서울시는 5일 총회를 열었다.\n---\n"
    [document] = read_bytes(text.encode(), "a.md")
    assert isinstance(document, Document)
    assert document.text == text

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from extract.errors import LexiconError
from extract.model import ErrorRow
from extract.readers import Document, Limits, opening, read
from extract.readers.limits import Limits as Defaults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("서울시는 밝혔다.", encoding="utf-8")
    return tmp_path


def outcome(folder: Path) -> dict[str, str]:
    return {
        Path(item.source).name: item.error if isinstance(item, ErrorRow) else "" for item in read([folder])
    }


def test_an_input_that_vanishes_after_it_was_listed_is_a_row_and_the_others_go_on(folder: Path) -> None:
    items = read([folder])
    (folder / "b.txt").unlink()
    rows = {Path(item.source).name: getattr(item, "error", "") for item in items}
    assert rows == {"a.txt": "", "b.txt": "vanished", "c.txt": ""}


def test_an_input_that_grows_while_it_is_read_is_a_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = opening._bounded

    def slow(stream: io.BufferedReader, limits: Limits) -> bytes:
        data = real(stream, limits)
        if stream.name.endswith("b.txt"):
            with (folder / "b.txt").open("ab") as other:
                other.write(" 더 밝혔다.".encode())
        return data

    monkeypatch.setattr(opening, "_bounded", slow)
    assert outcome(folder) == {"a.txt": "", "b.txt": "changed", "c.txt": ""}


def test_an_input_that_is_cut_while_it_is_read_is_a_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_bounded", lambda stream, _limits: stream.read(3))
    assert set(outcome(folder).values()) == {"changed"}


def test_an_input_that_fails_while_it_is_read_is_a_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(stream: io.BufferedReader, limits: Limits) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(opening, "_bounded", broken)
    [row, *_] = read([folder])
    assert isinstance(row, ErrorRow)
    assert (row.error, row.message) == (
        "unreadable",
        "Input/output error; check the file and its permissions",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_input_without_permission_is_a_row(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    assert outcome(folder)["b.txt"] == "unreadable"
    (folder / "b.txt").chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_what_is_no_file_in_a_folder_is_a_row_and_blocks_nothing(folder: Path) -> None:
    os.mkfifo(folder / "d.txt")
    (folder / "e.txt").mkdir()
    assert outcome(folder)["d.txt"] == "unreadable"


def test_links_in_a_circle_are_rows_and_block_nothing(folder: Path) -> None:
    (folder / "d.txt").symlink_to(folder / "d.txt")
    (folder / "e.txt").symlink_to(folder / "f.txt")
    (folder / "f.txt").symlink_to(folder / "e.txt")
    (folder / "again").symlink_to(folder)
    assert outcome(folder) == {
        **dict.fromkeys(("a.txt", "b.txt", "c.txt"), ""),
        **dict.fromkeys(("d.txt", "e.txt", "f.txt"), "unreadable"),
    }


@pytest.mark.parametrize("name", ["서울\udcff.txt", "줄\n바꿈.txt"])
def test_odd_file_names_are_read_and_can_be_written(folder: Path, name: str) -> None:
    (folder / os.fsencode(name).decode("utf-8", "surrogateescape")).write_text("부산시", encoding="utf-8")
    documents = [item for item in read([folder]) if isinstance(item, Document)]
    assert len(documents) == 4
    assert all(document.source.encode("utf-8") for document in documents)


def test_a_library_that_trips_over_a_file_does_not_end_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extract.readers import plain

    def trip(data: bytes) -> str:
        raise AssertionError("not\nexpected")

    monkeypatch.setattr(plain, "decode", trip)
    [row, *_] = read([folder])
    assert isinstance(row, ErrorRow)
    assert row.error == "damaged"
    assert "AssertionError: not expected" in row.message


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a" * 100)))
    [row] = read(["-"], limits=Limits(file_bytes=50))
    assert isinstance(row, ErrorRow)
    assert row.error == "too-large"


def test_the_shipped_settings_are_the_default_limits() -> None:
    from extract.lexicon.load import load_lexicon

    assert Limits.of(load_lexicon().settings["reading"]) == Defaults()


@pytest.mark.parametrize(
    "settings", [{"page": 3}, {"pages": 0}, {"pages": "3"}, {"pages": True}, {"pages": 2.5}]
)
def test_wrong_limits_are_told(settings: dict[str, object]) -> None:
    with pytest.raises(LexiconError) as caught:
        Limits.of(settings)
    assert caught.value.remedy

from __future__ import annotations

import os
import signal
import sqlite3
from pathlib import Path

import pytest

from extract.engines.store import Store, packed, program_digest

PRINT = {"the program": "1", "--tokens": "False"}
LINE = '{"article_id":"a1","text":"서울시는 회의를 열었다."}\n'.encode()


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def filled(path: Path, numbers: range, fingerprint: dict[str, str] = PRINT) -> Path:
    store = Store(path, fingerprint)
    for number in numbers:
        store.put(key(number), packed(LINE))
    store.close()
    return path


def test_what_was_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    path = filled(tmp_path / "results.sqlite", range(3))
    store = Store(path, PRINT)
    assert store.resumed == store.size == 3
    assert store.get(key(2)) == LINE
    assert store.get(key(3)) is None
    store.close()


def test_another_fingerprint_starts_anew_and_so_does_fresh(tmp_path: Path) -> None:
    for change in ({"fingerprint": {**PRINT, "the program": "2"}}, {"fingerprint": PRINT, "fresh": True}):
        path = filled(tmp_path / "results.sqlite", range(3))
        store = Store(path, **change)  # type: ignore[arg-type]
        assert (store.resumed, store.get(key(1)), store.changed) == (0, None, [])
        store.close()


def test_results_of_the_output_before_are_taken_over_and_it_is_left_as_it_is(tmp_path: Path) -> None:
    earlier = filled(tmp_path / "earlier.sqlite", range(5))
    before = earlier.read_bytes()
    store = Store(tmp_path / "results.sqlite", PRINT, earlier=earlier)
    assert (store.resumed, store.changed) == (0, [])
    assert store.get(key(1)) == store.get(key(4)) == LINE
    assert store.size == 2
    store.close()
    assert earlier.read_bytes() == before
    again = Store(tmp_path / "results.sqlite", PRINT)
    assert again.resumed == 2
    again.close()


def test_what_has_changed_since_the_output_before_is_named(tmp_path: Path) -> None:
    earlier = filled(tmp_path / "earlier.sqlite", range(5))
    store = Store(tmp_path / "results.sqlite", {**PRINT, "--tokens": "True"}, earlier=earlier)
    assert store.changed == ["--tokens"]
    assert store.get(key(1)) is None
    store.close()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_store_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    for name in ("results.sqlite", "earlier.sqlite"):
        (tmp_path / name).write_bytes(content)
    store = Store(tmp_path / "results.sqlite", PRINT, earlier=tmp_path / "earlier.sqlite")
    assert store.get(key(1)) is None
    store.put(key(1), packed(LINE))
    assert store.get(key(1)) == LINE
    store.close()


def test_a_damaged_result_is_found_out_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "results.sqlite", PRINT)
    store.put(key(1), packed(LINE)[:-8])
    assert store.get(key(1)) is None
    store.close()


def test_pages_damaged_within_the_output_before_are_found_out_anew(tmp_path: Path) -> None:
    earlier = filled(tmp_path / "earlier.sqlite", range(2000))
    data = bytearray(earlier.read_bytes())
    data[8192:] = b"\xee" * (len(data) - 8192)
    earlier.write_bytes(data)
    store = Store(tmp_path / "results.sqlite", PRINT, earlier=earlier)
    assert store.get(key(1)) is None
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_costs_what_was_not_committed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.sqlite"
    child = os.fork()
    if child == 0:
        store = Store(path, PRINT)
        for number in range(100):
            if number == 60:
                store._commit()
            store.put(key(number), packed(LINE))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    store = Store(path, PRINT)
    assert store.resumed == 60
    assert all(store.get(key(number)) == (LINE if number < 60 else None) for number in range(100))
    store.close()


def test_a_store_that_cannot_be_written_is_told_by_its_error(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        Store(tmp_path / "missing" / "results.sqlite", PRINT)


def test_the_digest_of_the_program_is_that_of_its_source() -> None:
    assert len(program_digest()) == 16
    assert program_digest() == program_digest()

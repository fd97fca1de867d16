"""A decision survives whatever happens between the journal, the file and the answer."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from at_the_page import Person

from extract.errors import UsageError
from extract.review import session as sessions
from extract.review.journal import Journal
from extract.review.session import Session


def decided(p: Person) -> None:
    p.decide("label", **p.mention("김하늘"), label="ORG")  # two files: organisations.csv, block.csv


def killed_while_writing(place: Path, written: int) -> None:
    """A process that decides, and is killed when so many of the files are written."""
    child = os.fork()
    if child == 0:
        try:
            p = Person(place)
            write = sessions.write

            def dies(folder: Path, contents: dict[str, bytes | None]) -> None:
                write(folder, dict(list(contents.items())[:written]))
                os.kill(os.getpid(), signal.SIGKILL)

            sessions.write = dies  # type: ignore[assignment]
            decided(p)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("written", [0, 1, 2])
def test_killed_between_journal_and_file_is_written_at_the_next_start(place: Path, written: int) -> None:
    Person(place).leave()  # the lexicon is read before the fork
    killed_while_writing(place, written)
    p = Person(place)
    try:
        assert p.session.repaired == (written < 2)
        assert p.get("/api/state")["decisions"] == 1
        found = {name: data.decode("utf-8-sig").splitlines()[1] for name, data in p.files().items()}
        assert found["organisations.csv"].startswith("my-김하늘,") and found["block.csv"].startswith(
            "my-block-김하늘,"
        )
        p.undo(1)
        assert p.files() == {}
    finally:
        p.leave()


def test_killed_while_undoing_is_undone_at_the_next_start(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = Person(place)
    decided(p)
    with monkeypatch.context() as patch:
        patch.setattr(sessions, "write", lambda folder, contents: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            p.session.undo(1)
    p.leave()
    assert (p.mine / "organisations.csv").exists()
    again = Person(place)
    assert again.session.repaired == 1 and again.files() == {}
    again.leave()


@pytest.mark.parametrize("cut", [1, 2, 40, -1])
def test_a_torn_last_line_is_dropped(place: Path, cut: int) -> None:
    p = Person(place)
    decided(p)
    p.leave()
    journal = p.mine / "review.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole.replace(b'"number": 1', b'"number": 2')[:cut])
    again = Person(place)
    assert again.session.journal.dropped == (len(whole) + cut if cut < 0 else cut)
    assert journal.read_bytes() == whole
    again.decide("reject", **again.mention("서울"))
    assert [entry.number for entry in Journal(journal).entries] == [1, 2]
    again.leave()


def test_a_damaged_line_before_the_last_is_told(place: Path) -> None:
    (place / "mine").mkdir()
    (place / "mine" / "review.jsonl").write_text('{"number": 1\n{"number": 2}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"review\.jsonl:1: a damaged decision"):
        Session(place / "out", place / "mine")
    (place / "mine" / "review.jsonl").unlink()
    Session(place / "out", place / "mine").close()  # the lock was let go


def test_the_journal_is_on_the_disk_before_the_file_is_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = Person(place)
    done: list[str] = []
    fsync, write = os.fsync, sessions.write
    monkeypatch.setattr(
        os, "fsync", lambda fd: (done.append(str(Path(f"/proc/self/fd/{fd}").readlink())), fsync(fd))
    )
    monkeypatch.setattr(sessions, "write", lambda *args: (done.append("write"), write(*args)))
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc")
    decided(p)
    journal = next(at for at, name in enumerate(done) if name.endswith("review.jsonl"))
    assert (
        journal
        < done.index("write")
        < next(at for at, name in enumerate(done) if "organisations.csv" in name)
    )
    p.leave()


def test_what_cannot_be_written_is_not_decided(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    p = Person(place)
    decided(p)
    before, journal = p.files(), (p.mine / "review.jsonl").read_bytes()

    def full(folder: Path, contents: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "write", full)
        answer = p.post("/api/decide", kind="reject", **p.mention("서울"))
    assert answer.status_code == 400 and "No space left" in answer.json()["problem"]
    assert (p.files(), (p.mine / "review.jsonl").read_bytes()) == (before, journal)
    p.decide("reject", **p.mention("서울"))
    p.leave()


def test_two_reviews_do_not_share_a_folder(place: Path) -> None:
    first = Session(place / "out", place / "mine")
    with pytest.raises(UsageError, match="is under review already"):
        Session(place / "out", place / "mine")
    first.close()
    Session(place / "out", place / "mine").close()


def test_decisions_of_an_earlier_review_are_there_again(place: Path) -> None:
    p = Person(place)
    decided(p)
    p.leave()
    again = Person(place)
    assert again.get("/api/decisions")["rows"][0]["kind"] == "label"
    again.undo(1)
    assert again.files() == {}
    again.leave()


def test_an_output_without_articles_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"articles\.jsonl"):
        Session(tmp_path, tmp_path / "mine")
    (tmp_path / "articles.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.json"):
        Session(tmp_path, tmp_path / "mine")
    (tmp_path / "run.json").write_text(json.dumps({}), encoding="utf-8")
    Session(tmp_path, tmp_path / "mine").close()

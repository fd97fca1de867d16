"""Runs that end before they are complete, and outputs that are brought up to date."""

from __future__ import annotations

import faulthandler
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.cli import main
from extract.engines import article, local, store, stream
from extract.engines.local import run
from extract.engines.progress import Progress
from extract.engines.running import Running
from extract.errors import InputError, LexiconError, NothingToDoError, UsageError
from extract.lexicon import load_lexicon
from extract.write.folder import OutputFolder

ARTICLE = "부산시, 도시포럼 개최\n\n부산시는 {day}일 부산 벡스코에서 도시포럼을 개최했다. 강동현 부산시장은 “함께 가자”고 말했다.\n"
N = 12
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def tables(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "run.json"
    }


def again(inputs: Path, out: Path, **options: Any) -> Any:
    return run([inputs], out, **{"model": False, "workers": 2, **options})


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Twelve inputs and the tables of an undisturbed run; the pipeline is loaded from here on."""
    folder = tmp_path_factory.mktemp("sample")
    for day in range(1, N + 1):
        (folder / "in").mkdir(exist_ok=True)
        (folder / "in" / f"{day:02}.txt").write_text(ARTICLE.format(day=day), encoding="utf-8")
    again(folder / "in", folder / "out")
    return folder / "in", tables(folder / "out")


@pytest.fixture()
def inputs(sample: tuple[Path, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the inputs under the name that they have in the tables."""
    shutil.copytree(sample[0], tmp_path / "copy" / sample[0].relative_to(sample[0].anchor))
    monkeypatch.setattr(store, "_INTERVAL", 0.0)
    return sample[0]


@pytest.fixture()
def expected(sample: tuple[Path, dict[str, bytes]]) -> dict[str, bytes]:
    return sample[1]


def hidden(out: Path) -> list[str]:
    return [path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")]


def when(done: int, action: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Has ``action`` happen when so many articles are done."""
    advance = Progress.advance
    seen = 0

    def advanced(self: Progress, number: int) -> None:
        nonlocal seen
        if seen == done:
            action()
        seen += 1
        advance(self, number)

    monkeypatch.setattr(Progress, "advance", advanced)


def forked(action: Callable[[], object]) -> int:
    """The wait status of a process that does ``action``."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            action()
        except SystemExit as error:
            os._exit(int(error.code or 0))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    return os.waitpid(child, 0)[1]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# --- killed, resumed


@pytest.mark.parametrize("done", [0, 1, 7, N - 1])
def test_a_run_killed_anywhere_is_continued_to_the_same_tables(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        when(done, die, patch)
        assert os.WTERMSIG(forked(lambda: again(inputs, out))) == signal.SIGKILL
    assert not out.exists()
    assert hidden(out) == [".out-partial"]
    summary = again(inputs, out)
    assert summary.reused >= done
    assert tables(out) == expected
    assert hidden(out) == []


@pytest.mark.parametrize("stage", ["first move", "second move"])
def test_a_run_killed_while_it_moves_its_output_loses_nothing(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    out = tmp_path / "out"
    run([inputs / "01.txt"], out, model=False)
    before = tables(out)
    move = Path.rename

    def moved(path: Path, target: Path) -> Path:
        if (path == out) == (stage == "first move"):
            die()
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", moved)
        assert os.WTERMSIG(forked(lambda: again(inputs, out))) == signal.SIGKILL
    with monkeypatch.context() as patch:
        when(
            0, lambda: pytest.fail("the output before is not back") if tables(out) != before else None, patch
        )
        again(inputs, out)
    assert tables(out) == expected
    assert hidden(out) == []


def test_ctrl_c_ends_with_130_and_one_line_and_keeps_what_is_done(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, said = tmp_path / "out", tmp_path / "said"

    def interrupted() -> None:
        sys.stderr = said.open("w", encoding="utf-8")
        try:
            main(["run", str(inputs), "--out", str(out), "--no-tagger", "--workers", "2"])
        finally:
            sys.stderr.flush()

    with monkeypatch.context() as patch:
        when(5, lambda: (os.killpg(0, signal.SIGINT), time.sleep(5)), patch)
        status = forked(interrupted)
    assert os.WEXITSTATUS(status) == 130
    [line] = said.read_text(encoding="utf-8").splitlines()
    assert "the same command goes on from there" in line
    assert not out.exists()
    assert again(inputs, out).reused >= 5
    assert tables(out) == expected


def test_an_unfinished_run_is_not_gone_by_when_asked_or_when_something_has_changed(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    for options in ({"resume": False}, {"tokens": True}):
        with monkeypatch.context() as patch:
            when(7, die, patch)
            forked(lambda: again(inputs, out))
        assert hidden(out) == [".out-partial"]
        assert again(inputs, out, **options).reused == 0
        assert hidden(out) == []
        shutil.rmtree(out)


# --- faults


def failing_at(day: int, failure: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Has ``failure`` happen in the worker that processes the article of that day."""
    real = article.tokenised

    def tokenised(segment: Any) -> Any:
        if f" {day}일" in segment.text:
            failure()
        return real(segment)

    monkeypatch.setattr(article, "tokenised", tokenised)


def abort() -> None:
    faulthandler.disable()
    os.abort()


def too_much() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.RLIM_INFINITY))
    bytearray(1 << 33)


@pytest.mark.parametrize(
    ("failure", "error"),
    [(die, "worker-died"), (abort, "worker-died"), (too_much, "out-of-memory"), (lambda: time.sleep(60), "time-limit")],
    ids=["SIGKILL", "abort", "memory", "hang"],
)  # fmt: skip
def test_an_article_that_ends_its_worker_is_a_row_and_takes_no_other_with_it(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Callable[[], object], error: str
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(Running, "seconds", lambda self, n_chars: 1.0)
    with monkeypatch.context() as patch:
        failing_at(5, failure, patch)
        summary = again(inputs, out)
    assert (summary.articles, summary.errors) == (N - 1, 1)
    [row] = (out / "errors.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert f"05.txt,0,extract,{error}," in row
    assert again(inputs, out).articles == N  # it is tried again by the next run


def test_a_full_disk_is_one_clear_error_and_the_next_run_goes_on(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def full() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (36_000, resource.RLIM_INFINITY))
        with pytest.raises(
            UsageError, match=r"cannot write the output: (File too large; make room|disk I/O error)"
        ) as caught:
            again(inputs, out)
        os._exit(7 if caught.value.slug == "unwritable-output" else 8)

    assert os.WEXITSTATUS(forked(full)) == 7
    assert not out.exists()
    again(inputs, out)
    assert tables(out) == expected
    assert hidden(out) == []


def test_a_full_disk_under_the_store_is_told_as_well(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = store.Store.__init__

    def small(self: store.Store, *args: Any, **options: Any) -> None:
        opened(self, *args, **options)
        self._own.execute("PRAGMA max_page_count=6")

    monkeypatch.setattr(store.Store, "__init__", small)
    with pytest.raises(UsageError, match="cannot write the output: database or disk is full; make room"):
        again(inputs, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("gone", ["out", ".out-partial"])
def test_a_folder_deleted_midway(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    out = tmp_path / "out"
    run([inputs / "01.txt"], out, model=False)
    before = tables(out)
    with monkeypatch.context() as patch:
        when(5, lambda: shutil.rmtree(tmp_path / gone), patch)
        if gone == "out":
            again(inputs, out)
            assert tables(out) == expected
            return
        with pytest.raises(UsageError, match="cannot write the output"):
            again(inputs, out)
    assert tables(out) == before
    again(inputs, out)
    assert tables(out) == expected
    assert hidden(out) == []


def test_foreign_files_that_come_into_the_output_midway_are_not_replaced(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def comes() -> None:
        out.mkdir()
        (out / "내 문서.txt").write_text("소중한 글", encoding="utf-8")

    with monkeypatch.context() as patch:
        when(5, comes, patch)
        with pytest.raises(UsageError, match="files that no run wrote"):
            again(inputs, out)
    assert [path.name for path in out.iterdir()] == ["내 문서.txt"]
    shutil.rmtree(out)
    assert again(inputs, out).reused == N
    assert tables(out) == expected


def test_an_input_that_vanishes_is_a_row(
    sample: tuple[Path, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import extract.readers

    shutil.copytree(sample[0], tmp_path / "in")
    find = extract.readers.find

    def found(paths: Any) -> Any:
        listed = find(paths)
        (tmp_path / "in" / "03.txt").unlink()
        return listed

    monkeypatch.setattr(extract.readers, "find", found)
    summary = again(tmp_path / "in", tmp_path / "out")
    assert (summary.articles, summary.errors) == (N - 1, 1)
    assert ",vanished," in (tmp_path / "out" / "errors.csv").read_text(encoding="utf-8-sig")


def test_two_runs_to_one_output_do_not_meet(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = OutputFolder(out)
    with pytest.raises(UsageError, match=rf"another run \(process {os.getpid()}\)") as caught:
        again(inputs, out)
    assert caught.value.slug == "busy-output"
    assert first.path.is_dir()
    first.discard()
    again(inputs, out)


def test_nothing_is_left_behind_by_a_run_that_has_done_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    with pytest.raises(NothingToDoError):
        again(tmp_path / "in", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_strict_run_ends_at_the_first_error_and_keeps_what_is_done(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def fails() -> None:
        raise RuntimeError("boom")

    with monkeypatch.context() as patch:
        failing_at(9, fails, patch)
        with pytest.raises(InputError):
            again(inputs, out, strict=True)
    assert not out.exists()
    assert again(inputs, out).reused >= 8
    assert tables(out) == expected


@pytest.mark.parametrize("settings", [{"article_seconds": 0}, {"article_seconds": "long"}, {"minutes": 1}])
def test_bounds_that_are_none_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(LexiconError, match="bound"):
        Running.of(settings)


def test_the_shipped_settings_are_the_default_bounds() -> None:
    assert Running.of(load_lexicon().settings["running"]) == Running()


# --- brought up to date


def scratch(inputs: Path, out: Path, **options: Any) -> dict[str, bytes]:
    run([inputs], out, **{"model": False, "workers": 1, "resume": False, **options})
    return tables(out)


def test_an_output_is_brought_up_to_date_to_the_tables_of_a_run_from_scratch(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()

    def put(name: str, day: int, more: str = "") -> None:
        (folder / name).write_text(ARTICLE.format(day=day) + more, encoding="utf-8")

    for day in range(1, 7):
        put(f"{day:02}.txt", day)
    (folder / "table.csv").write_text(
        "id,text,date\nx1,수원시는 7일 회의를 열었다.,2024-05-01\nx2,김철수 시장은 밝혔다.,2024-05-02\n",
        encoding="utf-8",
    )
    assert again(folder, out).reused == 0
    assert tables(out) == scratch(folder, tmp_path / "fresh")

    steps: list[tuple[Callable[[], object], int]] = [
        (lambda: None, 8),
        (lambda: put("04.txt", 24), 7),
        (lambda: put("00.txt", 30), 8),
        (lambda: (folder / "02.txt").unlink(), 8),
        (lambda: (folder / "05.txt").rename(folder / "95.txt"), 8),
        (lambda: put("96.txt", 1), 8),  # the text of 01.txt once more
        (lambda: (folder / "01.txt").unlink(), 8),  # and now the only one
        (lambda: (folder / "bad.txt").write_bytes(b""), 8),
        (
            lambda: (folder / "table.csv").write_text(
                "id,text,date\nx0,대구시는 8일 회의를 열었다.,2024-05-01\nx1,수원시는 7일 회의를 열었다.,2024-05-01\n"
                "x2,김철수 시장은 밝혔다.,2024-05-03\n",
                encoding="utf-8",
            ),
            7,
        ),
    ]
    for change, reused in steps:
        change()
        assert again(folder, out).reused == reused
        assert tables(out) == scratch(folder, tmp_path / "fresh")
    assert (out / ".extract" / ".gitignore").read_text() == "*\n"


def test_nothing_is_loaded_when_nothing_has_changed(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    again(inputs, out)
    monkeypatch.setattr(stream, "pipeline", lambda options: pytest.fail("loaded"))
    assert again(inputs, out, formats=("csv",)).reused == N
    assert "articles.jsonl" not in tables(out)
    assert again(inputs, out).reused == N
    assert tables(out) == expected


def test_changed_rows_of_the_lexicon_are_said_and_everything_is_processed_anew(
    inputs: Path, tmp_path: Path, folder: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    mine = folder(organisations="id,name,aliases,subtype\nmine-1,새빛나루재단,,association\n")
    again(inputs, out, lexicons=[mine], progress=True)
    assert "anew" not in capsys.readouterr().err
    folder(organisations="id,name,aliases,subtype\nmine-1,벡스코,,company\n")
    local_lexicon()
    assert again(inputs, out, lexicons=[mine], progress=True).reused == 0
    assert "anew       changed since the earlier run: lexicons or rules" in capsys.readouterr().err
    assert tables(out) == scratch(inputs, tmp_path / "fresh", lexicons=[mine])


def local_lexicon() -> None:
    """Forgets what this process has loaded, as a new process would not know it."""
    from extract import stages

    stages.shared_lexicon.cache_clear()
    stream.pipeline.cache_clear()


def test_a_damaged_unfinished_run_is_told_and_then_gone(
    inputs: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        when(N - 1, die, patch)
        forked(lambda: again(inputs, out))
    path = tmp_path / ".out-partial" / local.RESULTS_FILE
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xee" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(UsageError, match="run again: everything is processed anew"):
        again(inputs, out)
    assert again(inputs, out).reused == 0
    assert tables(out) == expected

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hand_made import results

from extract.errors import UsageError
from extract.write import write_run
from extract.write.folder import OutputFolder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results" / "outputs"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_output_is_prepared_in_one_hidden_folder_that_git_does_not_see(out: Path) -> None:
    folder = OutputFolder(out)
    assert folder.partial == out.parent / ".outputs-partial"
    assert (folder.partial / ".gitignore").read_text() == "*\n"
    assert not out.exists()
    folder.discard()
    assert names(out.parent) == set()


def test_a_second_folder_is_refused_in_this_and_in_other_processes(out: Path) -> None:
    first = OutputFolder(out)
    with pytest.raises(UsageError, match=rf"another run \(process {os.getpid()}\) is writing this output"):
        OutputFolder(out)
    code = (
        "import sys\nfrom pathlib import Path\nfrom extract.errors import UsageError\n"
        "from extract.write.folder import OutputFolder\n"
        "try:\n    OutputFolder(Path(sys.argv[1]))\nexcept UsageError as error:\n    sys.exit(error.slug)"
    )
    second = subprocess.run(
        [sys.executable, "-c", code, str(out)], capture_output=True, text=True, check=False
    )
    assert second.stderr.strip() == "busy-output"
    first.keep()
    OutputFolder(out).discard()


def test_what_an_unfinished_run_keeps_stays_and_half_written_tables_do_not(out: Path) -> None:
    first = OutputFolder(out)
    (first.path / "articles.csv").write_text("half", encoding="utf-8")
    (first.partial / "results.sqlite").write_text("kept", encoding="utf-8")
    first.keep()
    second = OutputFolder(out)
    assert names(second.path) == set()
    assert (second.partial / "results.sqlite").read_text(encoding="utf-8") == "kept"
    second.discard()


@pytest.mark.parametrize("moved", ["nothing", "both"])
def test_an_output_that_a_kill_left_aside_is_put_back(out: Path, moved: str) -> None:
    write_run(out, results())
    folder = OutputFolder(out)
    folder.keep()
    out.rename(folder.partial / "earlier")
    if moved == "both":  # the new output was in its place already
        out.mkdir()
        (out / "run.json").write_text('{"program": "extract"}', encoding="utf-8")
    again = OutputFolder(out)
    assert (out / "articles.csv").exists() == (moved == "nothing")
    assert not (again.partial / "earlier").exists()
    again.discard()
    assert names(out.parent) == {"outputs"}


@pytest.mark.parametrize("kind", ["foreign file", "link"])
def test_a_hidden_folder_that_no_run_made_is_left_alone(out: Path, kind: str) -> None:
    place = out.parent / ".outputs-partial"
    out.parent.mkdir()
    if kind == "link":
        (out.parent / "elsewhere").mkdir()
        place.symlink_to("elsewhere")
    else:
        place.mkdir()
        (place / "일기.txt").write_text("소중한 글", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        write_run(out, results())
    assert caught.value.slug == "foreign-files"
    assert place.is_symlink() or names(place) == {"일기.txt"}


def test_the_output_before_comes_back_when_the_new_one_cannot_be_moved(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(out, results())
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    move = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name == "tables":
            raise OSError(5, "Input/output error")
        return move(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(UsageError, match="Input/output error"):
        write_run(out, [])
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(out.parent) == {"outputs"}

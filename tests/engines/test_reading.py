from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from extract.engines.local import run
from extract.engines.reading import Read, Reading
from extract.errors import NothingToDoError
from extract.model import ErrorRow
from extract.readers import Document, Found, MissingInputError, find
from extract.tokenise.kiwi import shared_kiwi

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
TEXT = "수원시는 {0}일 회의를 열었다고 밝혔다."


def read(found: Found) -> Iterator[Document | ErrorRow]:
    """What stands in an input is told by its name."""
    name = found.source
    for row in range(3 if name.startswith("table") else 1):
        if row == 2 or not name.startswith("table"):
            if name.endswith("dies"):
                os.kill(os.getpid(), signal.SIGKILL)
            if name.endswith("hangs"):
                time.sleep(60)
            if name.endswith("fails"):
                raise RuntimeError("boom")
        if name.endswith("bad"):
            yield ErrorRow(name, None, "read", "damaged", "it is damaged")
            return
        yield Document(name, TEXT.format(f"{name}{row}"), {}, "0" * 64, row, True)


def listed(names: Sequence[str | Path]) -> list[Found]:
    return [Found(str(name), Path(name)) for name in sorted(map(str, names))]


def outline(names: list[str]) -> list[tuple[str, str]]:
    reading = Reading(listed(names), read, None, 0.5)
    reading.list_inputs()
    assert reading.total == len(names)
    names = sorted(names)
    shown = []
    for number, item in reading.items():
        if isinstance(item, ErrorRow):
            shown.append((item.source, item.error))
            assert item.source == names[number]
        elif isinstance(item, Read):
            assert item.source == names[number]
        else:
            assert item[0] == names[number]
            shown.append((item[0], str(item[1].position)))
    return shown


@pytest.mark.parametrize(
    ("kind", "error"),
    [("dies", "reader-died"), ("hangs", "time-limit"), ("fails", "unexpected"), ("bad", "damaged")],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_input_that_ends_its_reader_is_a_row_and_the_others_are_read(
    kind: str, error: str, place: int
) -> None:
    name = f"{place}-{kind}"
    expected = [("0", "0"), ("1", "0")]
    expected.insert(place, (name, error))
    assert outline(["0", "1", name]) == sorted(expected)


def test_what_was_read_of_an_input_before_it_ended_its_reader_stays() -> None:
    rows = [("table-dies", "0"), ("table-dies", "1"), ("table-dies", "reader-died")]
    assert outline(["a", "table-dies", "z"]) == [("a", "0"), *rows, ("z", "0")]


def test_every_input_may_end_its_reader() -> None:
    names = ["1-dies", "2-dies", "3-dies"]
    assert outline(names) == [(name, "reader-died") for name in names]


@pytest.mark.parametrize("names", [["-"], ["-", "a"], ["a", "-", "b"], ["a", "-"]])
def test_standard_input_is_read_where_it_is_open(names: list[str]) -> None:
    here = os.getpid()

    def seen(found: Found) -> Iterator[Document | ErrorRow]:
        yield Document(found.source, f"{os.getpid() == here}", {}, "", 0, True)

    reading = Reading(listed(names), seen, None, 10)
    reading.list_inputs()
    texts = {item[0]: item[1].text for _, item in reading.items() if type(item) is tuple}
    assert texts == {name: str(name == "-") for name in names}


def test_the_reader_ends_with_the_stream() -> None:
    reading = Reading(listed([f"table{n}" for n in range(50)]), read, None, 10)
    reading.list_inputs()
    items = reading.items()
    next(items)
    items.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_is_wrong_with_the_paths_is_told_before_anything_is_read(tmp_path: Path) -> None:
    reading = Reading(partial(find, [tmp_path / "nowhere"]), read, None, 10)
    with pytest.raises(MissingInputError, match="nowhere: no such file") as caught:
        reading.list_inputs()
    assert caught.value.exit_code == 2
    with pytest.raises(NothingToDoError):
        Reading(partial(find, []), read, None, 10).list_inputs()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_inputs_that_go_while_a_reader_is_replaced_are_left_out(tmp_path: Path) -> None:
    gone = tmp_path / "gone"

    def shrinking(names: Sequence[str | Path]) -> list[Found]:
        kept = listed(names)
        return [found for found in kept if found.source != "b"] if gone.exists() else kept

    def ends(found: Found) -> Iterator[Document | ErrorRow]:
        if found.source == "a-dies":
            gone.touch()
        yield from read(found)

    reading = Reading(partial(shrinking, ["a-dies", "b", "c"]), ends, None, 10)
    reading.list_inputs()
    sources = [item.source if isinstance(item, (ErrorRow, Read)) else item[0] for _, item in reading.items()]
    assert sources == ["a-dies", "c", "c"]


def test_a_row_that_cannot_be_cut_costs_that_row(monkeypatch: pytest.MonkeyPatch) -> None:
    import extract.segment

    cut = extract.segment.segment

    def fails(document: Document, published: object) -> object:
        if document.position == 1:
            raise IndexError("boom")
        return cut(document, None)

    monkeypatch.setattr(extract.segment, "segment", fails)
    assert outline(["table"]) == [("table", "0"), ("table", "unexpected"), ("table", "2")]


def test_kiwi_helps_to_read_after_it_was_used_in_the_parent(tmp_path: Path) -> None:
    """Threads do not survive a fork: whoever waited for them would wait for ever."""
    shared_kiwi().tokenize("박원순 서울시장은 인도를 방문했다.")
    (tmp_path / "broken.txt").write_text("국 토 부는 사업 을 통해 지 방정부를 지원했다.\n", "utf-8")
    run([tmp_path / "broken.txt"], tmp_path / "out", model=False, repair_spacing=True)
    article = json.loads((tmp_path / "out" / "articles.jsonl").read_text("utf-8"))
    assert "국토부는 사업을 통해" in article["text"]

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.engines.reading import Read, Reading
from extract.model import ErrorRow
from extract.readers import Document, Found

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


def outline(names: list[str]) -> list[tuple[str, str]]:
    reading = Reading([Found(name, Path(name)) for name in names], read, None, 0.5)
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
    names = ["a", "b"]
    names.insert(place, kind)
    expected = [("a", "0"), ("b", "0")]
    expected.insert(place, (kind, error))
    assert outline(names) == expected


def test_what_was_read_of_an_input_before_it_ended_its_reader_stays() -> None:
    rows = [("table-dies", "0"), ("table-dies", "1"), ("table-dies", "reader-died")]
    assert outline(["a", "table-dies", "z"]) == [("a", "0"), *rows, ("z", "0")]


def test_every_input_may_end_its_reader() -> None:
    assert outline(["dies"] * 3) == [("dies", "reader-died")] * 3


@pytest.mark.parametrize("names", [["-"], ["-", "a"], ["a", "-", "b"], ["a", "-"]])
def test_standard_input_is_read_where_it_is_open(names: list[str]) -> None:
    here = os.getpid()

    def seen(found: Found) -> Iterator[Document | ErrorRow]:
        yield Document(found.source, f"{os.getpid() == here}", {}, "", 0, True)

    reading = Reading([Found(name, Path(name)) for name in names], seen, None, 10)
    texts = {item[0]: item[1].text for _, item in reading.items() if type(item) is tuple}
    assert texts == {name: str(name == "-") for name in names}


def test_the_reader_ends_with_the_stream() -> None:
    reading = Reading([Found(f"table{n}", Path("x")) for n in range(50)], read, None, 10)
    items = reading.items()
    next(items)
    items.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

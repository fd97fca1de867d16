"""A small output under review: two articles, extracted by lexicons and rules alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="pip install starlette uvicorn")
pytest.importorskip("httpx", reason="pip install httpx")

from at_the_page import TEXTS, Person


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inputs (``in``) and the output of a run (``out``)."""
    from extract.engines.local import run

    folder = tmp_path_factory.mktemp("review")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    run([folder / "in"], folder / "out", model=False, workers=1)
    return folder


@pytest.fixture()
def place(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed; ``mine`` is the lexicon folder."""
    shutil.copytree(finished / "out", tmp_path / "out")
    return tmp_path


@pytest.fixture()
def person(place: Path) -> Iterator[Callable[..., Person]]:
    there: list[Person] = []

    def sit_down() -> Person:
        there.append(Person(place))
        return there[-1]

    yield sit_down
    for one in there:
        one.leave()

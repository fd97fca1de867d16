from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from extract.document import Analysis
from extract.lexicon import Lexicon, collect
from extract.relate import Relator
from extract.relate.examples import analyse_example

Read = Callable[..., Analysis]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return collect()[0]


@pytest.fixture(scope="session")
def relator(lexicon: Lexicon) -> Relator:
    return Relator(lexicon)


@pytest.fixture(scope="session")
def read(relator: Relator) -> Read:
    """Relations, events and quotes of a text with inline marks (see ``extract.relate.examples``)."""

    def run(marked: str, published: str | None = None) -> Analysis:
        analysis = analyse_example(marked, datetime.date.fromisoformat(published) if published else None)
        relator(analysis)
        return analysis

    return run

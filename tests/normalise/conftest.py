from __future__ import annotations

import datetime

import pytest

from extract.lexicon import load_lexicon
from extract.normalise import Grammar

PUBLISHED = datetime.date(2017, 11, 9)


@pytest.fixture(scope="session")
def lexicon():
    return load_lexicon()


@pytest.fixture(scope="session")
def grammar(lexicon):
    return Grammar(lexicon)


@pytest.fixture(scope="session")
def read(grammar):
    """text → [(span, label, type, readable value)]."""

    def found(
        text: str, published: datetime.date | None = PUBLISHED
    ) -> list[tuple[str, str, str, str | None]]:
        quantities = grammar.find(text)
        values = grammar.resolve(text, quantities, published)
        return [
            (text[q.start : q.end], q.label, v.type, v.readable)
            for q, v in zip(quantities, values, strict=True)
        ]

    return found


@pytest.fixture(scope="session")
def only(read):
    """text → the one span and value that it holds."""

    def found(text: str, published: datetime.date | None = PUBLISHED) -> tuple[str, str | None]:
        results = read(text, published)
        assert len(results) == 1, results
        return results[0][0], results[0][3]

    return found

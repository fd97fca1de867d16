"""The articles of all inputs, one after the other: read, cut, each text once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.engines.article import article_id_of, key_of
from extract.engines.ledger import Ledger
from extract.model import ErrorRow

if TYPE_CHECKING:
    from extract.readers import Document, Found
    from extract.segment import Segment


@dataclass(frozen=True)
class Job:
    """An article to process, the input that it stands in, and the digest under which its result is kept."""

    segment: Segment
    source: str
    key: bytes


def articles(
    found: Sequence[Found],
    read: Callable[[Found], Iterator[Document | ErrorRow]],
    published: datetime.date | None,
    ledger: Ledger,
) -> Iterator[tuple[int, Job | ErrorRow]]:
    """Each article, or what failed instead, with the number of its input in ``found``.

    Nothing is read ahead. What has been read and what has been met twice is noted in ``ledger``.
    """
    from extract.segment import segment

    for number, item in enumerate(found):
        for document in read(item):
            if isinstance(document, ErrorRow):
                yield number, document
                continue
            ledger.read(document.source, document.sha256)
            for article in segment(document, published):
                if ledger.is_new(article_id_of(article.text), document.source, article.position):
                    yield number, Job(article, document.source, key_of(article))

"""The articles of all inputs as work to do: each text once, each under the digest of its result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.engines.article import article_id_of, key_of
from extract.engines.ledger import Ledger
from extract.engines.reading import Read
from extract.model import ErrorRow

if TYPE_CHECKING:
    from extract.engines.reading import Item
    from extract.segment import Segment


@dataclass(frozen=True)
class Job:
    """An article to process, the input that it stands in, and the digest under which its result is kept."""

    segment: Segment
    source: str
    key: bytes


def articles(items: Iterable[tuple[int, Item]], ledger: Ledger) -> Iterator[tuple[int, Job | ErrorRow]]:
    """Each article, or what failed instead, with the number of its input.

    What has been read and what has been met twice is noted in ``ledger``.
    """
    for number, item in items:
        if isinstance(item, ErrorRow):
            yield number, item
        elif isinstance(item, Read):
            ledger.read(item.source, item.sha256)
        else:
            source, article = item
            if ledger.is_new(article_id_of(article.text), source, article.position):
                yield number, Job(article, source, key_of(article))

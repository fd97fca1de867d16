"""Inputs read and cut into articles in a process of their own.

Parsers of documents are the part of the program that hostile or broken files reach first, and some of them are
native code. What brings such a process down or hangs it costs one input: the rest is read by the next one.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple

from extract.engines.child import started
from extract.model import ErrorRow

if TYPE_CHECKING:
    from extract.readers import Document, Found
    from extract.segment import Segment


_SLOW = "split it, or raise 'input_seconds' under 'running' in main.yaml"
_DIED = "the process that read it died (out of memory?); split it or leave it out"


class Read(NamedTuple):
    """A document that was read: the articles that follow are its own."""

    source: str
    sha256: str


class Next(NamedTuple):
    """From here on it is the input of this number."""

    number: int


if TYPE_CHECKING:
    Item = Read | ErrorRow | tuple[str, Segment]  # the tuple: a source and an article that stands in it


@dataclass(frozen=True)
class Reading:
    """The inputs of a run as a stream.

    Attributes:
        found: the inputs.
        read: reads one of them.
        published: publication date of all articles, if the user gave one.
        seconds: how long it may take until an input gives its next article.
        private: descriptors that the reading process must not keep open.
    """

    found: Sequence[Found]
    read: Callable[[Found], Iterator[Document | ErrorRow]]
    published: datetime.date | None
    seconds: float
    private: tuple[int, ...] = ()

    def items(self) -> Generator[tuple[int, Item], None, None]:
        """What is read, with the number of its input; not more than a pipe holds is read ahead.

        Raises:
            OSError: no process can be started.
        """
        first = 0
        while first < len(self.found):
            if self.found[first].source == "-":  # standard input belongs to this process
                for item in self.of(first):
                    yield first, item
                first += 1
                continue
            number, failure = yield from self._in_child(first)
            if failure is not None:
                yield number, failure
            first = number + 1

    def _in_child(self, first: int) -> Generator[tuple[int, Item], None, tuple[int, ErrorRow | None]]:
        """The items of the inputs from ``first``; returned is the last of them and what went wrong with it."""
        child = started(_read_all, self, first, private=self.private)
        number = first
        try:
            while True:
                if not child.connection.poll(self.seconds):
                    message = f"reading it took longer than {self.seconds:.0f} s; {_SLOW}"
                    return number, self._failure(number, "time-limit", message)
                try:
                    item = child.connection.recv()
                except (EOFError, OSError):
                    return number, self._failure(number, "reader-died", _DIED)
                if item is None:
                    return number, None
                if isinstance(item, Next):
                    number = item.number
                else:
                    yield number, item
        finally:
            child.end()

    def _failure(self, number: int, error: str, message: str) -> ErrorRow:
        return ErrorRow(self.found[number].source, None, "read", error, message)

    def of(self, number: int) -> Iterator[Item]:
        """What is in one input, read in this process."""
        from extract.segment import segment

        try:
            for document in self.read(self.found[number]):
                if isinstance(document, ErrorRow):
                    yield document
                    continue
                yield Read(document.source, document.sha256)
                for article in segment(document, self.published):
                    yield document.source, article
        except Exception as error:
            message = f"{type(error).__name__}: {error}; please report the input with this message"
            yield self._failure(number, "unexpected", " ".join(message.split()))


def _read_all(connection: Connection, reading: Reading, first: int) -> None:
    """The life of a reading process: the inputs from ``first`` up to one that only its parent can read."""
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    for number in range(first, len(reading.found)):
        if reading.found[number].source == "-":
            break
        connection.send(Next(number))
        for item in reading.of(number):
            connection.send(item)
    connection.send(None)


def _end_with(connection: Connection) -> None:
    """Ends this process when its parent is gone, whatever it is reading."""
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
    os._exit(0)

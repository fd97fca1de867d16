"""Inputs listed, read and cut into articles in a process of their own.

Parsers of documents are the part of the program that hostile or broken files reach first, and some of them are
native code. What brings such a process down or hangs it costs one input: the rest is read by the next one. The list
of inputs stays in that process, too, so that a run's memory does not grow with it.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple

from extract.engines.child import Child, started
from extract.errors import ExtractError
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
    """From here on it is this input; ``here``: its reading is the parent's, for it is standard input."""

    found: Found
    here: bool


if TYPE_CHECKING:
    Item = Read | ErrorRow | tuple[str, Segment]  # the tuple: a source and an article that stands in it


@dataclass
class Reading:
    """The inputs of a run as a stream.

    Attributes:
        found: the inputs, or what lists them, sorted by source.
        read: reads one of them.
        published: publication date of all articles, if the user gave one.
        seconds: how long it may take until an input gives its next article.
        private: descriptors that reading processes must not keep open.
        total: how many inputs there are, when they are listed.
    """

    found: Sequence[Found] | Callable[[], Sequence[Found]]
    read: Callable[[Found], Iterator[Document | ErrorRow]]
    published: datetime.date | None
    seconds: float
    private: tuple[int, ...] = ()
    total: int = 0
    _child: Child | None = field(default=None, repr=False)

    def list_inputs(self) -> None:
        """Lists the inputs, before anything of them is read.

        Raises:
            MissingInputError, NothingToDoError: as :func:`extract.readers.find`.
            OSError: no process can be started.
        """
        self.total = self._start(None)

    def _start(self, after: str | None) -> int:
        """Has a process read what comes after the input ``after``; how many inputs that are."""
        alone = replace(self, private=(), _child=None)
        self._child = started(_read_all, alone, after, private=self.private)
        try:
            found = self._child.connection.recv()
        except (EOFError, OSError):
            found = ExtractError("the inputs cannot be listed", remedy="name fewer files or smaller folders")
        if isinstance(found, ExtractError):
            self.close()
            raise found
        return int(found)

    def items(self) -> Generator[tuple[int, Item], None, None]:
        """What is read, with the number of its input; not more than a pipe holds is read ahead.

        Raises:
            OSError: no process can be started.
        """
        if self._child is None:
            self.list_inputs()
        number, current = -1, None
        try:
            while self._child is not None:
                item = self._received(current)
                if item is None:
                    break
                if not isinstance(item, Next):
                    yield number, item
                    if self._child is None and current is not None:  # it ended the process: on with the next
                        self._start(current.source)
                    continue
                number, current = number + 1, item.found
                if item.here:
                    for own in self.of(current):
                        yield number, own
        finally:
            self.close()

    def _received(self, current: Found | None) -> Item | Next | None:
        """The next from the reading process; the row of the input that ended it; ``None`` at the end."""
        assert self._child is not None
        error, message = "reader-died", _DIED
        try:
            if self._child.connection.poll(self.seconds):
                item: Item | Next | None = self._child.connection.recv()
                return item
            error, message = "time-limit", f"reading it took longer than {self.seconds:.0f} s; {_SLOW}"
        except (EOFError, OSError):
            if current is None:
                raise OSError("the process that reads the inputs died") from None
        self.close()
        return ErrorRow(current.source if current else "", None, "read", error, message)

    def of(self, found: Found) -> Iterator[Item]:
        """What is in one input, read in this process."""
        from extract.segment import segment

        try:
            for document in self.read(found):
                if isinstance(document, ErrorRow):
                    yield document
                    continue
                yield Read(document.source, document.sha256)
                try:
                    articles = segment(document, self.published)
                except Exception as error:
                    yield _unexpected(document.source, document.position, "segment", error)
                    continue
                for article in articles:
                    yield document.source, article
        except Exception as error:
            yield _unexpected(found.source, None, "read", error)

    def close(self) -> None:
        """Ends the reading process."""
        if self._child is not None:
            self._child.end()
            self._child = None


def _read_all(connection: Connection, reading: Reading, after: str | None) -> None:
    """The life of a reading process: all inputs, or those after the one of that name."""
    try:
        inputs = reading.found() if callable(reading.found) else reading.found
    except ExtractError as error:
        connection.send(error)
        return
    if after is not None:
        inputs = [found for found in inputs if found.source > after]
    connection.send(len(inputs))
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    for found in inputs:
        here = found.source == "-"
        connection.send(Next(found, here))
        if not here:
            for item in reading.of(found):
                connection.send(item)
    connection.send(None)


def _unexpected(source: str, position: int | None, stage: str, error: Exception) -> ErrorRow:
    message = f"{type(error).__name__}: {error}; please report the input with this message"
    return ErrorRow(source, position, stage, "unexpected", " ".join(message.split()))


def _end_with(connection: Connection) -> None:
    """Ends this process when its parent is gone, whatever it is reading."""
    with contextlib.suppress(EOFError, OSError):
        connection.recv()
    os._exit(0)

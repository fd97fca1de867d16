"""What a reader takes and gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.errors import ExtractError
from extract.readers.limits import Limits, too_large


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table, or keys of a JSON line, hold what; ``None`` is guessed from the names."""

    text: str | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None


@dataclass(slots=True)
class Reading:
    """What a reader is told beside the bytes; one for an input and all that is packed in it.

    Attributes:
        limits: the bounds.
        columns: the user's choice of columns.
        depth: archives around what is being read.
        unpacked: bytes that the input's archives have given so far.
    """

    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns)
    depth: int = 0
    unpacked: int = 0

    def unpack(self, size: int) -> None:
        """Counts ``size`` unpacked bytes.

        Raises:
            InputError: slug ``too-large``.
        """
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_bytes:
            whole = self.limits.unpacked_bytes
            raise too_large(f"it unpacks to more than {whole:,} bytes", "unpacked_bytes", whole)


class Text(NamedTuple):
    """A text found in an input. ``position``: the number of its row, where the input has rows."""

    text: str
    metadata: Mapping[str, str] = {}
    position: int | None = None


class Member(NamedTuple):
    """A file found in an input; it is read by its own format."""

    name: str
    data: bytes


class Failure(NamedTuple):
    """A part of an input that could not be read."""

    error: ExtractError
    name: str = ""
    position: int | None = None


Parts = Iterable[Text | Member | Failure]

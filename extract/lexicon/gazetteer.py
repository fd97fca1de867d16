"""All names of the lexicon in one compiled piece: an automaton over their forms, and rows read on demand.

A gazetteer of a million names is loaded in a fraction of a second, because only bytes are mapped: the
automaton, two integer arrays from forms to rows, and the rows themselves, each decoded when first needed.
"""

from __future__ import annotations

import hashlib
import marshal
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import daachorse
import numpy as np

from extract.lexicon.matcher import FOLD, FOLDED, SKIP, SKIPPED, UPPER, Hit, fits, squeeze
from extract.lexicon.rows import Row

_KEPT = 50_000  # decoded rows, forms and words kept in memory
_AT_ONCE = 100_000  # code points of a long text that are scanned at once; no form goes over a line end

Claim = tuple[Row, str, str]  # row, form, guard


@dataclass(frozen=True)
class Parts:
    """The bytes behind a gazetteer, as the cache stores them (``rows`` may be a memory map).

    ``starts[p]:starts[p + 1]`` are the places in ``claims`` of pattern ``p``; ``claims`` holds row numbers;
    ``offsets[r]:offsets[r + 1]`` are the bytes of row ``r``; ``ids`` are sorted digests of ids and ``owners``
    their rows; ``ranges`` maps a file to its first row and the one after its last.
    """

    automaton: bytes
    starts: np.ndarray[Any, np.dtype[np.int32]]
    claims: np.ndarray[Any, np.dtype[np.int32]]
    offsets: np.ndarray[Any, np.dtype[np.int64]]
    ids: np.ndarray[Any, np.dtype[np.uint64]]
    owners: np.ndarray[Any, np.dtype[np.int32]]
    rows: Any
    ranges: dict[str, tuple[int, int]]
    folders: tuple[str, ...]


class Gazetteer:
    """Names with their rows: found in text, by form, by id, or file by file."""

    def __init__(self, parts: Parts) -> None:
        self.parts = replace(parts, automaton=b"")  # its bytes are as large as the automaton itself
        self._automaton = None
        if parts.automaton:
            self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(parts.automaton)
        self._rows: dict[int, Row] = {}
        self._claims: dict[int, tuple[Claim, ...]] = {}
        self._met: dict[str, tuple[tuple[Row, str], ...]] = {}  # what stood in texts, with the rows it names

    def __len__(self) -> int:
        """The number of different forms, squeezed."""
        return len(self.parts.starts) - 1

    def compiled(self) -> Parts:
        """All of its parts, the automaton too, for the cache."""
        return replace(self.parts, automaton=self._automaton.serialize() if self._automaton else b"")

    def rows(self, file: str) -> tuple[Row, ...]:
        """Every row of one file in load order. Decodes them all: for listings, not for the work on texts."""
        first, last = self.parts.ranges.get(file, (0, 0))
        return tuple(self.row(number) for number in range(first, last))

    def row(self, number: int) -> Row:
        """The row of that number."""
        found = self._rows.get(number)
        if found is None:
            data = self.parts.rows[self.parts.offsets[number] : self.parts.offsets[number + 1]]
            file, id_, name, aliases, label, subtype, guard, priority, folder, line, values = marshal.loads(
                data
            )
            where = f"{self.parts.folders[folder]}:{line}"
            found = Row(file, id_, name, aliases, label, subtype, guard, priority, where, values)
            if len(self._rows) >= _KEPT:
                self._rows.clear()
            self._rows[number] = found
        return found

    def by_id(self, file: str, id_: str) -> Row | None:
        """The row of ``file`` with that id."""
        digest = _digest(file, id_)
        i = int(np.searchsorted(self.parts.ids, digest))
        while i < len(self.parts.ids) and self.parts.ids[i] == digest:
            row = self.row(int(self.parts.owners[i]))
            if (row.file, row.id) == (file, id_):
                return row
            i += 1
        return None

    def lookup(self, form: str) -> tuple[tuple[Row, str], ...]:
        """The rows that claim ``form`` as a whole, each with its guard; spacing and case as in text."""
        key = squeeze(form)
        if self._automaton is None or not key:
            return ()
        for start, end, pattern in self._automaton.find_overlapping(key):
            if start == 0 and end == len(key):
                plain = "".join([char for char in form.translate(FOLD) if char not in SKIP])
                return tuple(
                    (row, guard) for row, own, guard in self._of(pattern, key) if fits(own, plain, form)
                )
        return ()

    def named(self, form: str, *files: str) -> list[Row]:
        """The rows of these files (all, if none is given) with this very form, guarded ones too."""
        return [
            row
            for row in dict.fromkeys(row for row, _ in self.lookup(form))
            if (not files or row.file in files) and any(own == form for own, _ in row.guarded_forms)
        ]

    def scan(self, text: str) -> Iterator[Hit]:
        """Every form in ``text``, overlapping ones too, ordered by end; borders are the caller's concern."""
        start = 0
        while len(text) - start > _AT_ONCE and (cut := text.find("\n", start + _AT_ONCE)) > 0:
            yield from self._scan(text[start:cut], start)
            start = cut
        yield from self._scan(text[start:], start)

    def _scan(self, text: str, offset: int) -> Iterator[Hit]:
        if self._automaton is None:
            return
        folded = text.translate(FOLD) if FOLDED.search(text) else text
        words = SKIPPED.split(folded)
        gaps = list(accumulate(map(len, words)))  # squeezed offsets before which characters fell out
        lowered = UPPER.sub(_lower, "".join(words))
        for start, end, pattern in self._automaton.find_overlapping(lowered):
            if end - start < 2:
                continue
            first, last = start + bisect_right(gaps, start), end + bisect_left(gaps, end)
            surface = text[first:last]
            rows = self._met.get(surface)
            if rows is None:
                claims, plain = self._of(pattern, lowered[start:end]), SKIPPED.sub("", folded[first:last])
                rows = tuple([(row, guard) for row, form, guard in claims if fits(form, plain, surface)])
                if len(self._met) >= _KEPT:
                    self._met.clear()
                self._met[surface] = rows
            if rows:
                yield Hit(offset + first, offset + last, rows)

    def _of(self, pattern: int, key: str) -> tuple[Claim, ...]:
        """What claims a pattern, whose squeezed form is ``key``."""
        found = self._claims.get(pattern)
        if found is None:
            numbers = self.parts.claims[self.parts.starts[pattern] : self.parts.starts[pattern + 1]]
            found = tuple(
                (row, form, guard)
                for row in map(self.row, numbers.tolist())
                for form, guard in row.guarded_forms
                if guard != "evidence" and squeeze(form) == key
            )
            if len(self._claims) >= _KEPT:
                self._claims.clear()
            self._claims[pattern] = found
        return found


def compile_rows(tables: Mapping[str, Sequence[Row]]) -> Parts:
    """The parts of a gazetteer over the rows of several files, each in load order."""
    claims: dict[str, list[int]] = {}
    blobs: list[bytes] = []
    ranges: dict[str, tuple[int, int]] = {}
    folders: dict[str, int] = {}
    owners: list[tuple[int, int]] = []
    for file, rows in tables.items():
        first = len(blobs)
        for row in rows:
            number = len(blobs)
            folder, _, line = row.where.rpartition(":")
            place = folders.setdefault(folder, len(folders))
            common = (file, row.id, row.name, row.aliases, row.label, row.subtype, row.guard, row.priority)
            blobs.append(marshal.dumps((*common, place, line, row.values)))
            owners.append((_digest(file, row.id), number))
            for form, guard in row.guarded_forms:
                key = squeeze(form)
                if key and guard != "evidence":
                    numbers = claims.setdefault(key, [])
                    if not numbers or numbers[-1] != number:
                        numbers.append(number)
        ranges[file] = (first, len(blobs))
    keys = sorted(claims)
    counts = np.fromiter((len(claims[key]) for key in keys), np.int32, len(keys))
    owners.sort()
    return Parts(
        automaton=daachorse.CharwiseDoubleArrayAhoCorasick(keys).serialize() if keys else b"",
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        claims=np.fromiter((number for key in keys for number in claims[key]), np.int32),
        offsets=np.concatenate(([0], np.cumsum([len(blob) for blob in blobs]))).astype(np.int64),
        ids=np.fromiter((digest for digest, _ in owners), np.uint64, len(owners)),
        owners=np.fromiter((number for _, number in owners), np.int32, len(owners)),
        rows=b"".join(blobs),
        ranges=ranges,
        folders=tuple(folders),
    )


def _lower(found: re.Match[str]) -> str:
    return found.group().lower()


def _digest(file: str, id_: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{file}\0{id_}".encode(), digest_size=8).digest(), "big")

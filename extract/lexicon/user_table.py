"""One CSV file of a user's lexicon folder, edited as text: what stands in it stays as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.errors import LexiconError
from extract.lexicon.load import decode

COLUMNS: dict[str, tuple[str, ...]] = {
    "people": ("id", "name", "aliases", "guard", "title", "affiliation", "source", "note"),
    "organisations": ("id", "name", "aliases", "guard", "subtype", "country", "source", "note"),
    "cities": ("id", "name", "aliases", "guard", "country", "province", "source", "note"),
    "places": ("id", "name", "aliases", "guard", "subtype", "country", "province", "source", "note"),
    "countries": ("id", "name", "aliases", "guard", "subtype", "code", "source", "note"),
    "titles": ("id", "name", "aliases", "kind", "strength", "source", "note"),
    "block": ("id", "name", "aliases", "label", "before", "after", "source", "note"),
    "refused": ("id", "name", "aliases", "source", "note"),
    "block_relations": ("id", "name", "predicate", "object", "source", "note"),
}
"""The columns of a file made anew: the ones that a person fills in, not all that the schema allows."""


class UserTable:
    """One CSV file of a user's folder, read as the loader reads it.

    Raises:
        LexiconError: when its text is neither UTF-8 nor CP949.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        data = path.read_bytes() if path.is_file() else b""
        self.text = decode(data, str(path))
        self.encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") or not data else "utf-8"
        if data and self.encoding == "utf-8":
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                self.encoding = "cp949"
        ends = re.search(r"\r\n|\r|\n", self.text)
        self.newline = ends.group() if ends else "\n"
        self.header: list[str] = []
        self._header_line = -1
        reader = csv.reader(io.StringIO(self.text, newline=""))
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                self.header = [cell.strip() for cell in cells]
                self._header_line = reader.line_num - 1
                break

    def append(self, rows: Sequence[Mapping[str, str]]) -> int:
        """Adds rows at the end, with columns that the header lacks; returns the line of the first."""
        if self.text and not self.text.endswith(("\n", "\r")):
            self.text += self.newline
        if not self.header:
            self.header = list(COLUMNS[self.path.stem])
            self.text += ",".join(self.header) + self.newline
            self._header_line = len(_lines(self.text)) - 1
        self._widen(rows)
        first = len(_lines(self.text)) + 1
        self.text += self._written(rows)
        return first

    def replace(self, id_: str, values: Mapping[str, str] | None) -> None:
        """Puts cells into the row of an id, where it stands; with ``None`` the row goes.

        Raises:
            LexiconError: when no row has the id.
        """
        self._widen([values] if values else [])
        lines = _lines(self.text)
        reader = csv.reader(io.StringIO(self.text, newline=""))
        column = self.header.index("id") if "id" in self.header else len(self.header)
        last = 0
        for cells in reader:
            first, last = last, reader.line_num
            if first > self._header_line and len(cells) > column and cells[column].strip() == id_:
                now = {**dict(zip(self.header, cells, strict=False)), **(values or {})}
                lines[first:last] = [self._written([now])] if values else []
                self.text = "".join(lines)
                return
        raise LexiconError(f"no row has the id {id_!r}", where=str(self.path), remedy="read the folder again")

    def _written(self, rows: Sequence[Mapping[str, str]]) -> str:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator=self.newline)
        writer.writerows([row.get(column, "") for column in self.header] for row in rows)
        return out.getvalue()

    def _widen(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Adds the columns that the header lacks and ``rows`` fill."""
        used = dict.fromkeys(column for row in rows for column, value in row.items() if value)
        missing = [column for column in used if column not in self.header]
        if missing:
            lines = _lines(self.text)
            line = lines[self._header_line]
            bare = line.rstrip("\r\n")
            lines[self._header_line] = ",".join([bare, *missing]) + line[len(bare) :]
            self.text = "".join(lines)
            self.header += missing

    def encoded(self) -> bytes:
        """The file's bytes in its own encoding; UTF-8 with BOM where that cannot hold a new name."""
        try:
            return self.text.encode(self.encoding)
        except UnicodeEncodeError:
            return self.text.encode("utf-8-sig")


def _lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))

"""JSON lines, a JSON array of objects, or one object over several lines: an object is an article."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from extract.errors import InputError
from extract.readers.decode import decode
from extract.readers.limits import Limits, check_part, too_large
from extract.readers.package import damaged
from extract.readers.parts import Failure, Reading, Text
from extract.readers.records import columns_of, lines_of, record

_SAMPLE = 20


def looks_like_json_lines(data: bytes) -> bool:
    """The first line is a JSON object, and another follows or nothing does."""
    head = data[:200_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b'{"'):
        return False
    line = head.split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_json(data: bytes, reading: Reading) -> Iterator[Text | Failure]:
    """The objects of the lines, or of the one array; ``position`` counts them from 0.

    A line that is no object becomes a failure of its own, the others go on.

    Raises:
        InputError: slug ``no-text-column``, ``unknown-column``, ``damaged``, ``too-large``, or those of decoding.
    """
    text = decode(data)
    if text.lstrip().startswith("["):
        check_part(data, "the array", reading.limits)
        items = _array(text)
    else:
        items = _lines(text, 2 * reading.limits.cell_chars)
    first = list(itertools.islice(items, _SAMPLE))
    if first and isinstance(first[0][1], InputError) and text.lstrip().startswith("{"):
        first = _object(text, reading.limits) or first
    rows = [item for _, item in first if isinstance(item, Mapping)]
    if not rows:
        problem = next((item for _, item in first if isinstance(item, InputError)), None)
        raise problem or damaged("the JSON", "it holds no object")
    names = list(dict.fromkeys(str(key) for row in rows for key in row))
    columns = columns_of(names, [_cells(row) for row in rows], reading.columns)
    for position, item in itertools.chain(first, items):
        if position >= reading.limits.rows:
            raise too_large("there are more lines", "rows", reading.limits.rows)
        if isinstance(item, Mapping):
            yield record(_cells(item), columns, position, reading.limits)
        else:
            yield Failure(item, position=position)


def _lines(text: str, longest: int) -> Iterator[tuple[int, Mapping[str, Any] | InputError]]:
    numbered = ((number, line) for number, line in enumerate(lines_of(text), 1) if line.strip())
    for position, (number, line) in enumerate(numbered):
        try:
            if len(line) > longest:
                yield (
                    position,
                    too_large(f"line {number} has {len(line):,} characters", "cell_chars", longest // 2),
                )
                continue
            item = json.loads(line)
            problem = None if isinstance(item, dict) else "it is no object"
        except RecursionError:
            problem = "it is nested too deeply"
        except ValueError as error:
            problem = str(error)
        if problem is None:
            yield position, item
        else:
            yield position, damaged(f"line {number}", problem)


def _object(text: str, limits: Limits) -> list[tuple[int, Mapping[str, Any] | InputError]]:
    """The one object that the whole text is, written over several lines; nothing where it is none."""
    if len(text) > limits.part_bytes:
        return []
    try:
        return [(0, json.loads(text))]
    except (ValueError, RecursionError):
        return []


def _array(text: str) -> Iterator[tuple[int, Mapping[str, Any] | InputError]]:
    try:
        items = json.loads(text)
    except RecursionError:
        raise damaged("the JSON", "it is nested too deeply") from None
    except ValueError as error:
        raise damaged("the JSON", error) from None
    for position, item in enumerate(items):
        yield position, item if isinstance(item, dict) else damaged(f"item {position}", "it is no object")


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): "" if value is None else str(value) for key, value in row.items()}

"""The data dictionary, generated from the row classes: ``python -m extract.write.dictionary [FILE]``."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

from extract.model import TABLES, Table
from extract.write.package import CONTRACT_VERSION

_HEAD = f"""\
# Data dictionary · 데이터 사전

Generated from `extract/model.py` by `make docs`; version {CONTRACT_VERSION} of the tables.
`extract/model.py`에서 `make docs`로 만든 문서입니다. 표 버전 {CONTRACT_VERSION}.

## Reading the files · 파일 읽기

- **CSV** is UTF-8 with a byte-order mark, comma-separated, quoted as RFC 4180 says. An empty cell means
  *unknown*. Numbers are plain (`1200000000000`, `62.8`), booleans `true` and `false`.
  CSV는 BOM이 있는 UTF-8이며, 빈 칸은 *모름*입니다.
- **Offsets** (`start`, `end`) count Unicode code points of the article's `text` in `articles.jsonl`, `end`
  exclusive: `text[start:end]` is the text of the row. In languages that count UTF-16 units (Java,
  JavaScript) characters outside the Basic Multilingual Plane, such as most emoji, count as two.
  위치는 `articles.jsonl`의 `text`에서 센 유니코드 글자 수이고 끝은 포함하지 않습니다.
- **Lists** in a cell are joined with `|`; a `|` inside an item is written `¦`. In JSONL they are lists.
  목록은 한 칸에 `|`로 이어 씁니다.
- **Formula safety.** A text cell whose first character, after blanks and apostrophes, is one of
  `= + - @ ＝ ＋ － ＠`, or that begins with a tab or line break, gets one leading apostrophe, so that no
  spreadsheet runs it. To undo it, take one apostrophe off every text cell that begins with `'` and whose
  rest is such a text (`extract.write.plain` does). Number columns are never changed, JSONL never is.
  `=`, `+`, `-`, `@`로 시작하는 글 칸에는 수식으로 실행되지 않도록 작은따옴표(')가 하나 붙습니다.
- `articles.jsonl` holds one article a line: the columns of `articles`, its `text`, and the lists
  `sentences mentions entities dates figures relations events quotes` with the columns below.
- **Other formats.** `tables.xlsx` has the same columns, a sheet a table, with dates and numbers as such and no
  apostrophes; `*.parquet` has lists as lists and ISO days as dates. With `--encoding cp949`, what CP949 lacks stands as `□`
  in the CSV files, one for one, and `not_in_cp949.csv` tells where.
  `tables.xlsx`와 `*.parquet`의 열도 같습니다. CP949 CSV에서 쓸 수 없는 글자는 `□`로 바뀝니다.
- `datapackage.json` describes the CSV files for programs (Frictionless Data Package 1);
  `frictionless validate datapackage.json` checks types and keys.
- `run.json` tells what was run: version, options, fingerprints, inputs with SHA-256, counts, timings. It is
  the only file that changes when the same input is run again.
"""


def data_dictionary() -> str:
    """The data dictionary as Markdown: every table and column in English and Korean."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES)])


def _section(table: Table) -> str:
    keys = {key.column: f"`{key.table}.{key.target}`" for key in table.foreign_keys}
    lines = [
        f"## {table.name}",
        "",
        f"{table.en} · {table.ko}",
        "",
        "| column | type | meaning | 뜻 | values |",
        "|---|---|---|---|---|",
    ]
    for column in table.columns:
        values = _values(column, table, keys)
        meaning, korean = (column.metadata[language].replace("|", "\\|") for language in ("en", "ko"))
        lines.append(f"| `{column.name}` | {_type(column)} | {meaning} | {korean} | {values} |")
    return "\n".join([*lines, ""])


def _type(column: dataclasses.Field[Any]) -> str:
    required = column.metadata["constraints"].get("required")
    return column.metadata["type"] + ("" if required else ", may be empty")


def _values(column: dataclasses.Field[Any], table: Table, keys: dict[str, str]) -> str:
    constraints = column.metadata["constraints"]
    parts = []
    if column.name == table.primary_key:
        parts.append("primary key")
    if column.name in keys:
        parts.append(f"refers to {keys[column.name]}")
    if "enum" in constraints:
        parts.append(" ".join(f"`{value}`" for value in constraints["enum"]))
    if "minimum" in constraints:
        parts.append(f"{constraints['minimum']} to {constraints['maximum']}")
    return "; ".join(parts)


def main(arguments: list[str]) -> None:
    """Writes the dictionary to the file named, or to standard output."""
    if arguments:
        Path(arguments[0]).write_text(data_dictionary(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(data_dictionary())


if __name__ == "__main__":
    main(sys.argv[1:])

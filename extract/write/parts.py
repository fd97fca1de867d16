"""Tables as folders of Parquet parts, as a cluster writes them, and the data package that describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.write.formats import PACKAGE_FILE
from extract.write.package import data_package


def adopt(written: Path, table: Path) -> list[str]:
    """Moves the parts that Spark wrote into the folder of a table, under names that tell their order.

    Returned are their paths, relative to the output.
    """
    table.mkdir()
    paths = []
    for number, part in enumerate(sorted(written.glob("part-*.parquet"))):
        part.rename(table / f"part-{number:05}.parquet")
        paths.append(f"{table.name}/part-{number:05}.parquet")
    return paths


def write_package(folder: Path, parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Writes ``datapackage.json`` for tables in these parts; returned is its name."""
    text = json.dumps(data_package(list(parts), parts), ensure_ascii=False, indent=2)
    (folder / PACKAGE_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
    return [PACKAGE_FILE]

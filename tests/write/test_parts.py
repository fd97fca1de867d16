"""An output of Parquet alone, in files or in folders of parts, is as good as one of CSV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hand_made import results

import extract
from extract.model import TABLES
from extract.write import write_run
from extract.write.parts import adopt, write_package
from extract.write.stored import Stored

parquet = pytest.importorskip("pyarrow.parquet", reason="pip install 'extract-ko[parquet]'")


@pytest.fixture()
def outputs(tmp_path: Path) -> tuple[Path, Path]:
    """The same run as CSV and as parts of one row each."""
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    write_run(whole, results(), formats=("csv", "parquet"), tokens=True)
    parts.mkdir()
    names = {}
    for table in TABLES:
        written = tmp_path / "written" / table.name
        written.mkdir(parents=True)
        rows = parquet.read_table(whole / f"{table.name}.parquet")
        for number in range(max(1, rows.num_rows)):
            parquet.write_table(rows.slice(number, 1), written / f"part-{number:05}-c000.zstd.parquet")
        (written / "_SUCCESS").touch()
        names[table.name] = adopt(written, parts / f"{table.name}.parquet")
        (whole / f"{table.name}.parquet").unlink()
    write_package(parts, names)
    return whole, parts


def test_rows_and_data_frames_are_the_same(outputs: tuple[Path, Path]) -> None:
    whole, parts = outputs
    for table in TABLES:
        assert list(Stored(parts).rows(table.name)) == list(Stored(whole).rows(table.name)), table.name
    left, right = extract.tables(whole), extract.tables(parts)
    assert list(left) == list(right)
    for name in left:
        assert left[name].equals(right[name].astype(left[name].dtypes)), name


def test_the_package_names_the_parts_in_order(outputs: tuple[Path, Path]) -> None:
    whole, parts = outputs
    package = json.loads((parts / "datapackage.json").read_text("utf-8"))
    known = json.loads((whole / "datapackage.json").read_text("utf-8"))
    for here, there in zip(package["resources"], known["resources"], strict=True):
        assert here["name"] == there["name"]
        assert here["path"] == sorted(here["path"])
        assert all((parts / path).is_file() for path in here["path"])
        assert here["format"] == "parquet"
        assert here["schema"].get("primaryKey") == there["schema"].get("primaryKey")
        lists = {field["name"] for field in here["schema"]["fields"] if field["type"] == "array"}
        assert lists == {"aliases", "host_ids", "participant_ids", "participants"} & {
            field["name"] for field in there["schema"]["fields"]
        }

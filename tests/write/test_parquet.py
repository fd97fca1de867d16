from __future__ import annotations

import dataclasses
import datetime
import sys
from pathlib import Path

import pytest
from hand_made import results
from pages import ordinary

from extract.errors import UsageError
from extract.model import TABLES, ArticleResult
from extract.write import write_run
from extract.write.parquet import write_parquet


def test_every_table_with_its_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install 'extract-ko[parquet]'")
    out = tmp_path / "out"
    write_run(out, results(), formats=("parquet",), tokens=True)
    assert {f"{table.name}.parquet" for table in TABLES} <= {path.name for path in out.iterdir()}
    read = {table.name: parquet.read_table(out / f"{table.name}.parquet") for table in TABLES}
    assert read["articles"].column("published").to_pylist() == [datetime.date(2026, 3, 3), None]
    assert read["articles"].column("title").to_pylist()[0] == "=제목"
    assert read["entities"].column("aliases").to_pylist()[0] == ["김 시장", "하늘"]
    assert read["events"].column("participants").to_pylist() == [["김하늘", "a¦b"]]
    assert read["figures"].column("value").to_pylist() == [1200.0]
    assert str(read["mentions"].schema.field("start").type) == "int64"
    assert read["mentions"].schema.field("start").metadata[b"title"].decode() == "시작 위치"
    assert read["errors"].num_rows == 1


def test_numbers_beyond_what_a_float_holds_exactly_are_rounded(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install 'extract-ko[parquet]'")
    first = results()[0]
    assert isinstance(first, ArticleResult)
    debt = dataclasses.replace(first.figures[0], value=2**53 + 1, high=10**20)
    write_run(tmp_path / "out", [dataclasses.replace(first, figures=(debt,))], formats=("parquet",))
    [row] = parquet.read_table(tmp_path / "out" / "figures.parquet").to_pylist()
    assert (row["value"], row["high"]) == (float(2**53), 1e20)


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pip install 'extract-ko[parquet]'")
    out = ordinary(tmp_path / "out")
    before = {path.name: path.read_bytes() for path in write_parquet(out)}
    assert before == {path.name: path.read_bytes() for path in write_parquet(out)}


def test_without_pyarrow_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = ordinary(tmp_path / "out")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"pip install 'extract-ko\[parquet\]'"):
        write_parquet(out)

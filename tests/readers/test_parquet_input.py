from __future__ import annotations

import datetime
import io
import sys
from typing import Any

import pytest

from extract.readers import Columns, Document, Limits, find, read, read_bytes

pyarrow = pytest.importorskip("pyarrow", reason="pip install 'extract-ko[parquet]'")
parquet = pytest.importorskip("pyarrow.parquet")

BODY = "부산시는 6일 벡스코에서 도시포럼을 개최했다. 강동현 부산시장은 함께 가자고 말했다."


def packed(**columns: Any) -> bytes:
    sink = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), sink)
    return sink.getvalue()


def test_a_row_is_an_article() -> None:
    data = packed(
        번호=[7, 8],
        제목=["부산시, 포럼 개최", None],
        본문=[BODY, f"{BODY} 끝."],
        등록일=[datetime.date(2024, 5, 6), None],
        vector=[[0.5], [0.25]],
    )
    first, second = read_bytes(data, "a.parquet")
    assert isinstance(first, Document)
    assert first.text == f"부산시, 포럼 개최\n\n{BODY}"
    assert (first.position, first.whole) == (0, True)
    assert dict(first.metadata) == {"title": "부산시, 포럼 개최", "published": "2024-05-06", "id": "7"}
    assert isinstance(second, Document)
    assert (second.position, dict(second.metadata)) == (1, {"id": "8"})


def test_dictionaries_timestamps_and_large_strings_are_read() -> None:
    texts = pyarrow.array([BODY], pyarrow.large_string())
    days = pyarrow.array([datetime.datetime(2024, 5, 6)], pyarrow.timestamp("us"))
    [document] = read_bytes(packed(text=texts.dictionary_encode(), date=days), "a.parquet")
    assert isinstance(document, Document)
    assert (document.text, document.metadata["published"]) == (BODY, "2024-05-06")


@pytest.mark.parametrize(
    ("data", "options", "error"),
    [
        (packed(text=[BODY])[:-20], {}, "damaged"),
        (packed(n=[1]), {}, "no-text-column"),
        (packed(text=[BODY]), {"columns": Columns(text="본문")}, "unknown-column"),
        (packed(text=[BODY] * 3), {"limits": Limits(rows=2)}, "too-large"),
        (packed(text=[BODY], b=["x"], c=["y"]), {"limits": Limits(columns=2)}, "too-large"),
        (packed(text=[BODY]), {"limits": Limits(unpacked_bytes=10)}, "too-large"),
        (packed(text=pyarrow.array([None], pyarrow.string())), {}, "empty-row"),
    ],
)
def test_what_is_wrong_is_told(data: bytes, options: dict[str, Any], error: str) -> None:
    [row] = read_bytes(data, "a.parquet", **options)
    assert getattr(row, "error", None) == error


def test_a_data_set_is_a_folder_of_parts(tmp_path: Any) -> None:
    for number in range(2):
        (tmp_path / f"part-{number}.parquet").write_bytes(packed(text=[f"{BODY} {number}"]))
    (tmp_path / "_SUCCESS").touch()
    (tmp_path / "._SUCCESS.crc").touch()
    assert [found.path.name for found in find([tmp_path])] == ["part-0.parquet", "part-1.parquet"]
    assert all(isinstance(document, Document) for document in read([tmp_path]))


def test_without_pyarrow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(text=[BODY])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [row] = read_bytes(data, "a.parquet")
    assert "pip install 'extract-ko[parquet]'" in getattr(row, "message", "")

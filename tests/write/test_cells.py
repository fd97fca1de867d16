from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.write import cell, guarded, plain


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        ("서울시", "서울시"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-5, "-5"),
        (1_200_000_000_000, "1200000000000"),
        (62.8, "62.8"),
        (-0.5, "-0.5"),
        (1e21, "1000000000000000000000"),
        (1e-5, "0.00001"),
        ((), ""),
        (("박 시장",), "박 시장"),
        (("박 시장", "박원순"), "박 시장|박원순"),
        (("가|나", "다"), "가¦나|다"),
        (("=가", "나"), "'=가|나"),
    ],
)
def test_cell_writes_values_plainly(value: object, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_cell_refuses_numbers_that_are_not_finite(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        cell(value)


def test_cell_refuses_what_no_column_holds() -> None:
    with pytest.raises(TypeError):
        cell({"가": 1})


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+82-2-120",
        "-3.5%",
        "@합계",
        "\t가",
        "\r가",
        "\n가",
        "＝1",
        "＋1",
        "－1",
        "＠가",
        " =1+1",
        "'=1+1",
        "\u3000-가",
    ],
)
def test_guarded_makes_formulas_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert plain(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["", "서울시", "’26년", "'26년", "'인용'", "3=3", "가-나", "□ 항목", "#제목"]
)
def test_guarded_leaves_other_text_alone(text: str) -> None:
    assert guarded(text) == text
    assert plain(text) == text


@given(st.text(max_size=20) | st.text("'=+-@＝ \t\n가", max_size=6))
def test_plain_undoes_guarded(text: str) -> None:
    assert plain(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_cell_numbers_read_back_exactly(value: float) -> None:
    written = cell(value)
    assert float(written) == value
    assert "e" not in written.lower()
    assert Decimal(written) == Decimal(repr(value))


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1))
def test_cells_survive_csv(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow([cell(text) for text in texts])
    file.seek(0)
    [row] = csv.reader(file)
    assert [plain(written) for written in row] == texts

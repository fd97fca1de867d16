from __future__ import annotations

import dataclasses

import pytest

from extract.model import Date, Figure
from extract.normalise import DateValue, ImpossibleDate
from extract.normalise.values import FigureValue


@pytest.mark.parametrize(("row", "value"), [(Date, DateValue), (Figure, FigureValue)])
def test_a_row_is_its_mention_and_the_fields_of_its_value_in_order(row: type, value: type) -> None:
    names = [field.name for field in dataclasses.fields(row)]
    assert names == ["mention_id", "article_id", "text", *value._fields]


def test_an_impossible_date_stays_one() -> None:
    assert isinstance(ImpossibleDate("date")._replace(approximate=True), ImpossibleDate)

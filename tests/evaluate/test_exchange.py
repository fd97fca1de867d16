"""Annotated texts to and from other programs."""

from __future__ import annotations

import json

import pytest

from extract.errors import InputError
from extract.evaluate.exchange import FORMATS, guess, read, write

GOLD = {
    "id": "a1",
    "text": "홍길동 부시장은 수원시를 찾았다.",
    "published": "2026-03-02",
    "mentions": [
        {"start": 0, "end": 3, "label": "PERSON", "text": "홍길동"},
        {"start": 9, "end": 12, "label": "CITY", "text": "수원시"},
    ],
}


@pytest.mark.parametrize("format_", FORMATS)
def test_there_and_back(format_: str) -> None:
    data = write([GOLD, {"text": "끝.", "mentions": []}], format_)
    assert guess(data) == format_
    assert read(data, format_) == [GOLD, {"text": "끝.", "mentions": []}]


def test_doccano_shapes() -> None:
    spans = [{"id": 7, "label": "PERSON", "start_offset": 0, "end_offset": 3}]
    data = json.dumps({"id": 1, "text": "홍길동이다", "entities": spans, "Comments": []}, ensure_ascii=False)
    assert read(data, guess(data))[0]["mentions"] == [
        {"start": 0, "end": 3, "label": "PERSON", "text": "홍길동"}
    ]


def test_label_studio_takes_what_people_did_before_what_was_predicted() -> None:
    result = {"type": "labels", "value": {"start": 0, "end": 3, "labels": ["PERSON"]}}
    task = {
        "data": {"text": "홍길동이다"},
        "annotations": [{"was_cancelled": True, "result": []}, {"result": [result]}],
        "predictions": [{"result": []}],
    }
    assert len(read(json.dumps([task]), "label-studio")[0]["mentions"]) == 1


@pytest.mark.parametrize(
    "data",
    ["", "[]", "없음", '{"text": "글"}', '{"text": "글", "label": [[0, 9, "ORG"]]}'],
)
def test_what_is_not_annotated_says_so(data: str) -> None:
    with pytest.raises(InputError):
        read(data, guess(data))

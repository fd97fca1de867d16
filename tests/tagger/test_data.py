"""Annotated texts as training reads them; needs no PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.tagger.labels import TAGS
from extract.tagger.training.data import read_examples


def written(folder: Path, *records: object) -> list[Path]:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return [path]


def test_an_annotated_text_has_a_tag_for_every_piece(tmp_path: Path) -> None:
    text = "박민수 부산시장은 인천을 방문했다."
    mentions = [{"start": 0, "end": 3, "label": "PERSON"}, {"start": 10, "end": 12, "label": "CITY"}]
    [example] = read_examples(written(tmp_path, {"id": "a", "text": text, "mentions": mentions}))
    pieces = [piece for row in example.rows for piece in row]
    named = {
        (text[piece.start : piece.end], TAGS[tag])
        for piece, tag in zip(pieces, example.tags, strict=True)
        if tag
    }
    assert {("박민수", "B-PERSON"), ("인천", "B-CITY")} <= named


def test_a_line_that_is_no_annotated_text_is_told_with_its_place(tmp_path: Path) -> None:
    files = written(tmp_path, {"text": "서울", "mentions": [{"start": 0, "end": 2, "label": "TOWN"}]})
    with pytest.raises(InputError, match="unknown label 'TOWN'") as caught:
        list(read_examples(files))
    assert caught.value.where.endswith("gold.jsonl:1")

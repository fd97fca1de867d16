"""The grammar's expressions are checked once and kept: what is kept gives the same, what is damaged is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import LexiconError
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.cache import keep, recall
from extract.normalise import Grammar

TEXT = "지난 6일 오후 3시 138개 도시 대표 70여명이 모여 1조 2천억원 규모의 협약을 맺었다. 2017년 11월 5~9일 제8차 총회."


def _found(grammar: Grammar) -> list[tuple[int, int, str, str]]:
    return [(q.start, q.end, q.label, q.rule) for q in grammar.find(TEXT)]


def test_kept_expressions_find_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path))
    lexicon = load_lexicon()
    first = _found(Grammar(lexicon))
    kept = list(tmp_path.glob("grammar-*.pickle"))
    assert len(kept) == 1
    assert len(first) > 6
    assert _found(Grammar(lexicon)) == first
    kept[0].write_bytes(kept[0].read_bytes()[:-100])
    assert _found(Grammar(lexicon)) == first


def test_a_broken_rule_is_told_of_however_often_it_is_loaded(lexicon: Lexicon, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "dates.yaml").write_text(
        "- {name: broken, label: DATE, type: date, value: absolute, pattern: '(가', examples: ['[가]']}\n",
        encoding="utf-8",
    )
    for _ in range(2):
        with pytest.raises(LexiconError):
            Grammar(load_lexicon([tmp_path]))


def test_a_value_is_recalled_by_its_key_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path))
    keep("sample", "a", {"가": 1})
    assert recall("sample", "a") == {"가": 1}
    assert recall("sample", "b") is None
    for number in range(20):
        keep("sample", str(number), number)
    assert len(list(tmp_path.glob("sample-*.pickle"))) < 10

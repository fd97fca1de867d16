from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import regex

from extract.errors import LexiconError
from extract.lexicon.expressions import Capturing, Expressions


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path))


def made(*patterns: str, sources: tuple[Path, ...] = ()) -> Expressions:
    expressions = Expressions("tried", *sources)
    for number, pattern in enumerate(patterns):
        expressions.add(pattern, f"x.yaml: rule-{number}")
    return expressions


def test_a_broken_one_says_where_it_stands_every_time() -> None:
    for _ in range(2):
        with pytest.raises(LexiconError, match="broken regular expression") as caught:
            made("시장", "(의장").check()
        assert caught.value.where == "x.yaml: rule-1"


def test_what_was_tried_once_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made("시장", "(?<=전 )의장").check(lambda: ["made"]) == ["made"]
    monkeypatch.setattr(regex, "compile", lambda *_: pytest.fail("compiled again"))
    assert made("시장", "(?<=전 )의장").check(lambda: pytest.fail("made again")) == ["made"]


def test_what_is_kept_is_made_anew_for_other_expressions_and_other_sources(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text("1")
    assert made("시장", sources=(source,)).check(lambda: 1) == 1
    assert made("시장", "의장", sources=(source,)).check(lambda: 2) == 2
    source.write_text("2")
    assert made("시장", sources=(source,)).check(lambda: 3) == 3


def test_a_capturing_one_tells_of_every_group_of_a_name() -> None:
    lazy = Capturing("(?P<name>가)(?P<name>나)+")
    for expression in (lazy, pickle.loads(pickle.dumps(lazy))):
        assert expression.fullmatch("가나나").captures("name") == ["가", "나", "나"]

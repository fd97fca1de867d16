"""The shipped model, and what it finds inside the pipeline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extract.components import analysis_of
from extract.errors import ExtractWarning, ModelError
from extract.pipeline import load
from extract.tagger import SHIPPED, shared_model
from extract.tagger.evidence import COLUMNS, Observation
from extract.tagger.labels import TAGS
from extract.tagger.model import Model, Weights

TEXTS = (
    "루카스 베른하르트 감독은 지난 3일 함부르크 모르겐 극장에서 기자들과 만났다.",
    "가온빛소프트는 정하늘미 이사를 새 대표로 뽑았다.",
    "회의에는 33명이 왔다.",
)


@pytest.fixture(scope="module")
def whole() -> Any:
    return load()


def _found(nlp: Any, text: str) -> list[tuple[str, str, str, float]]:
    return [(m.text, m.label, m.rule, m.score) for m in analysis_of(nlp(text)).mentions]


def test_names_that_nobody_listed_are_found(whole: Any) -> None:
    listed = {(text, label) for text, label, *_ in _found(load(model=False), TEXTS[0])}
    found = {(text, label) for text, label, *_ in _found(whole, TEXTS[0])}
    assert ("루카스 베른하르트", "PERSON") in found - listed


def test_each_mention_says_who_found_it(whole: Any) -> None:
    rules = {text: rule for text, _, rule, _ in _found(whole, TEXTS[0])}
    assert rules["루카스 베른하르트"] == "tagger"
    assert all(0 < score <= 1 for *_, score in _found(whole, TEXTS[0]))


def test_the_users_own_row_wins(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text("id,name\nmine,루카스 베른하르트\n", "utf-8")
    found = _found(load([tmp_path]), TEXTS[0])
    assert ("루카스 베른하르트", "ORG") in {(text, label) for text, label, *_ in found}


def test_what_came_before_changes_nothing() -> None:
    weights = Weights.read(SHIPPED)
    words: list[Any] = [(form, "NNG", form, -1) for form in "가나다라마바사아자차카타파하"]
    columns = np.zeros((len(words), len(COLUMNS)), np.int16)
    first, second = Model(weights), Model(weights)
    for word in reversed(words):
        second(Observation([word], columns[:1]))
    assert first(Observation(words, columns)).tobytes() == second(Observation(words, columns)).tobytes()


def test_words_are_forgotten_without_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(Weights.read(SHIPPED))
    columns = np.zeros((3, len(COLUMNS)), np.int16)
    texts: list[Any] = [
        [(form, "NNG", form, -1) for form in forms] for forms in ("가나다", "가라마", "가나다")
    ]
    first = [model(Observation(words, columns)).tobytes() for words in texts]
    monkeypatch.setattr("extract.tagger.model._KEPT", 4)
    assert [model(Observation(words, columns)).tobytes() for words in texts] == first
    assert first[0] == first[2]


def test_long_articles_are_read_in_blocks_that_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(Weights.read(SHIPPED))
    words: list[Any] = [(form, "NNP", form, -1) for form in "서울시는인도델리에서투자설명회를열었다" * 3]
    words[20] = None
    columns = np.zeros((len(words), len(COLUMNS)), np.int16)
    columns[::5, 1] = 3
    whole = model(Observation(words, columns))
    monkeypatch.setattr("extract.tagger.model._BLOCK", 7)
    assert model(Observation(words, columns)).tobytes() == whole.tobytes()


def test_rows_do_not_see_each_other(whole: Any) -> None:
    assert [m[:2] for m in _found(whole, "\n".join(TEXTS))] == [
        m[:2] for text in TEXTS for m in _found(whole, text)
    ]


def test_probabilities_sum_to_one() -> None:
    model = shared_model()
    assert model is not None
    found = model(Observation([("서울", "NNP", "서울", -1)], np.zeros((1, len(COLUMNS)), np.int16)))
    assert found.shape == (1, len(TAGS)) and abs(float(found.sum()) - 1) < 1e-5
    assert model(Observation([], np.zeros((0, len(COLUMNS)), np.int16))).shape == (0, len(TAGS))


def test_another_version_of_kiwi_is_a_warning_and_no_model(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(SHIPPED, folder)
    about = json.loads((folder / "model.json").read_text("utf-8"))
    about["kiwi"] = "0.1.0"
    (folder / "model.json").write_text(json.dumps(about), "utf-8")
    with pytest.warns(ExtractWarning, match=r"trained with kiwipiepy_model 0\.1\.0"):
        assert shared_model(str(folder)) is None


@pytest.mark.parametrize("damage", ["missing", "format", "broken"])
def test_unusable_weights_say_so(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "weights"
    if damage != "missing":
        shutil.copytree(SHIPPED, folder)
    if damage == "format":
        (folder / "model.json").write_text('{"format": 99}', "utf-8")
    if damage == "broken":
        (folder / "tables.npz").write_bytes(b"no archive")
    with pytest.raises(ModelError, match="extract train"):
        Weights.read(folder)


def test_the_weights_are_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 8_000_000

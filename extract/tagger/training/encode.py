"""Examples as the arrays that the network is trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from extract.tagger.evidence import COLUMNS, SIZES, Observation, Word, observe
from extract.tagger.forms import Occurrence
from extract.tagger.labels import TAGS
from extract.tagger.model import CHARACTERS, characters_of
from extract.tagger.pieces import Piece
from extract.tagger.training.data import Example
from extract.tagger.training.embeddings import recover
from extract.tagger.training.forms import FormCounts

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor | None]

_RARE_WORD = 4  # words met more seldom have no vector of their own
_RARE_CHARACTER = 2
EMBEDDING_SCALE = 4.0
"""Kiwi's embeddings are unit vectors; the network reads them so much longer."""


@dataclass(frozen=True)
class Encoded:
    """A text: index of every word (-1 between two rows) and its evidence (positions x ``COLUMNS``).

    ``context``, if there is one, is what a pretrained encoder says of every position.
    """

    words: Ints
    columns: Ints
    context: NDArray[np.float16] | None = None


class Encoder:
    """Numbers of words, tags and characters, learned from the examples to train on."""

    def __init__(self, counts: FormCounts) -> None:
        self.counts = counts
        self.forms = counts.forms()
        self.columns = (*SIZES, 1 + 2 * len(counts.classes))
        self.words: list[str] = []
        self.tags: list[str] = []
        self.characters: list[str] = []
        self._index: dict[Word, int] = {}
        self._table: list[Word] = []

    def learning(self, examples: Sequence[Example]) -> list[Encoded]:
        """The counted examples, each seen without what it added to the counts; sets the vocabularies."""
        encoded = [self._encode(example, _without(self.counts, example)) for example in examples]
        words: Counter[str] = Counter()
        tags: Counter[str] = Counter()
        characters: Counter[str] = Counter()
        for one in encoded:
            for number in one.words[one.words >= 0].tolist():
                form, tag, surface, _ = self._table[number]
                words[f"{form}/{tag}"] += 1
                tags[tag] += 1
                characters.update(characters_of(surface))
        self.words = _frequent(words, _RARE_WORD)
        self.tags = _frequent(tags, 1)
        self.characters = _frequent(characters, _RARE_CHARACTER)
        return encoded

    def reading(self, examples: Sequence[Example]) -> list[Encoded]:
        """Other texts, as the finished model would see them."""
        return [self._encode(example, self.forms) for example in examples]

    def tables(self) -> tuple[torch.Tensor, torch.Tensor, Floats]:
        """Word table (words met x 3 + CHARACTERS), embeddings of its rows, and those of all ids Kiwi has.

        The embeddings' first row is zero, row ``id + 1`` belongs to Kiwi's morpheme ``id``.
        """
        vectors = recover() * EMBEDDING_SCALE
        every = np.vstack([np.zeros((1, vectors.shape[1]), np.float32), vectors])
        numbers = [
            {key: i + 2 for i, key in enumerate(keys)} for keys in (self.words, self.tags, self.characters)
        ]
        table = np.zeros((len(self._table), 3 + CHARACTERS), np.int64)
        for row, (form, tag, surface, id_) in zip(table, self._table, strict=True):
            row[0] = numbers[0].get(f"{form}/{tag}", 1)
            row[1] = numbers[1].get(tag, 1)
            row[2] = id_ + 1 if id_ < len(vectors) else 0
            for j, character in enumerate(characters_of(surface)):
                row[3 + j] = numbers[2].get(character, 1)
        return torch.from_numpy(table), torch.from_numpy(every), every

    def _encode(
        self,
        example: Example,
        forms: Callable[[str, Sequence[Piece]], tuple[list[Occurrence], list[Occurrence]]],
    ) -> Encoded:
        observation: Observation = observe(example.text, example.rows, example.voices, forms)
        words = np.empty(len(observation.words), np.int64)
        for i, word in enumerate(observation.words):
            if word is None:
                words[i] = -1
                continue
            number = self._index.get(word)
            if number is None:
                number = self._index[word] = len(self._table)
                self._table.append(word)
            words[i] = number
        return Encoded(words, observation.columns.astype(np.int64))


def pack(texts: Sequence[Encoded], table: torch.Tensor) -> Batch:
    """Texts one after the other, a masked position behind each: word rows, index, evidence, mask, context."""
    n = sum(len(text.words) + 1 for text in texts)
    index = np.zeros(n, np.int64)
    columns = np.zeros((n, len(COLUMNS)), np.int64)
    mask = np.zeros((n, 1), np.float32)
    position = 0
    for text in texts:
        end = position + len(text.words)
        index[position:end] = np.maximum(text.words, 0)
        columns[position:end] = text.columns
        mask[position:end, 0] = text.words >= 0
        position = end + 1
    context = None
    if texts and texts[0].context is not None:
        gap = np.zeros((1, texts[0].context.shape[1]), np.float16)
        context = torch.from_numpy(np.concatenate([part for text in texts for part in (text.context, gap)]))
    used, index = np.unique(index, return_inverse=True)
    return (
        table[torch.from_numpy(used)],
        torch.from_numpy(index),
        torch.from_numpy(columns),
        torch.from_numpy(mask),
        None if context is None else context.float(),
    )


def pack_targets(targets: Sequence[Floats]) -> torch.Tensor:
    """Targets (positions x ``TAGS``) of texts as :func:`pack` lays them."""
    gap = np.zeros((1, len(TAGS)), np.float32)
    return torch.from_numpy(np.concatenate([part for target in targets for part in (target, gap)]))


def _without(counts: FormCounts, example: Example) -> Any:
    return lambda _text, row: counts.without(example, row)


def _frequent(counter: Counter[str], least: int) -> list[str]:
    return [key for key, n in sorted(counter.items(), key=lambda item: (-item[1], item[0])) if n >= least]

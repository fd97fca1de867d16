"""The network in PyTorch: embeddings of words and evidence, gated convolutions, a linear layer to the tags."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from extract.tagger.evidence import COLUMNS
from extract.tagger.labels import TAGS

_CONTEXT_DROPPED = 0.3


@dataclass(frozen=True)
class Shape:
    """Sizes of a network.

    ``columns`` are the numbers of values of the evidence columns; ``context`` is the width of what a
    pretrained encoder says of every piece, 0 for a network that is not told.
    """

    words: int
    tags: int
    characters: int
    columns: tuple[int, ...]
    width: int = 128
    layers: int = 3
    word: int = 48
    tag: int = 16
    character: int = 32
    characters_out: int = 64
    embedding: int = 64
    column: tuple[int, ...] = (8, 24, 16, 4, 24, 16)
    context: int = 0
    context_out: int = 128


class Vocabulary(nn.Module):
    """Vectors of words: of the word itself, its tag, its characters and its place in Kiwi's embeddings."""

    def __init__(self, shape: Shape, embeddings: Tensor) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.words, shape.word, padding_idx=0)
        self.tag = nn.Embedding(shape.tags, shape.tag)
        self.character = nn.Embedding(shape.characters, shape.character, padding_idx=0)
        self.convolution = nn.Conv1d(shape.character, shape.characters_out, 3, padding=1)
        self.register_buffer("embeddings", embeddings, persistent=False)
        self.projection = nn.Linear(embeddings.shape[1], shape.embedding)
        self.width = shape.word + shape.tag + shape.characters_out + shape.embedding

    def forward(self, table: Tensor) -> Tensor:
        """Vectors (n x width) of words given as rows of word, tag, embedding and ``CHARACTERS`` characters."""
        word, tag, embedding, characters = table[:, 0], table[:, 1], table[:, 2], table[:, 3:]
        if self.training:
            n = len(table)
            word = word.masked_fill(torch.rand(n) < 0.15, 1)
            embedding = embedding.masked_fill(torch.rand(n) < 0.05, 0)
        read = torch.relu(self.convolution(self.character(characters).transpose(1, 2)))
        read = read.masked_fill((characters == 0)[:, None], 0).amax(2)
        return torch.cat(
            [self.word(word), self.tag(tag), read, self.projection(self.embeddings[embedding])], -1
        )


class Network(nn.Module):
    """Tags of packed rows. Between two rows stands a position that the mask makes zero."""

    def __init__(
        self, shape: Shape, embeddings: Tensor, dropout: float = 0.15, dropped: float = 0.25
    ) -> None:
        super().__init__()
        self.shape = shape
        self.vocabulary = Vocabulary(shape, embeddings)
        self.columns = nn.ModuleList(
            nn.Embedding(n, size) for n, size in zip(shape.columns, shape.column, strict=True)
        )
        width = self.vocabulary.width + sum(shape.column)
        self.context = None
        if shape.context:
            self.context = nn.Sequential(
                nn.Dropout(_CONTEXT_DROPPED), nn.Linear(shape.context, shape.context_out), nn.ReLU()
            )
            width += shape.context_out
        self.entry = nn.Linear(width, shape.width)
        self.gates = nn.ModuleList(nn.Linear(3 * shape.width, 2 * shape.width) for _ in range(shape.layers))
        self.norms = nn.ModuleList(nn.LayerNorm(shape.width) for _ in range(shape.layers))
        self.exit = nn.Linear(shape.width, len(TAGS))
        self.dropped = nn.Dropout(dropped)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, table: Tensor, index: Tensor, columns: Tensor, mask: Tensor, context: Tensor | None = None
    ) -> Tensor:
        """Scores of tags (n x tags).

        Args:
            table: the different words (u x 3 + CHARACTERS).
            index: the word of every position (n).
            columns: the evidence of every position (n x columns).
            mask: 1 where there is a piece, 0 between two rows (n x 1).
            context: what a pretrained encoder says of every position (n x ``Shape.context``).
        """
        parts = [self.vocabulary(table)[index]]
        for i, embedding in enumerate(self.columns):
            column = columns[:, i]
            if self.training and COLUMNS[i] in ("rule", "hit", "form", "title"):
                column = column.masked_fill(torch.rand(len(column)) < 0.08, 0)
            parts.append(embedding(column))
        given = self.dropped(torch.cat(parts, -1))
        if self.context is not None:
            given = torch.cat([given, self.context(context)], -1)
        x = self.entry(given) * mask
        zero = x.new_zeros(1, x.shape[1])
        for gate, norm in zip(self.gates, self.norms, strict=True):
            around = torch.cat([torch.cat([zero, x[:-1]]), x, torch.cat([x[1:], zero])], -1)
            value, opening = gate(around).chunk(2, -1)
            x = norm(x + value * torch.sigmoid(opening)) * mask
        return self.exit(self.dropout(x))

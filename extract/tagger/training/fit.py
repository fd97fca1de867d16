"""One network fitted to targets, and what it then says of texts."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from extract.tagger.labels import TAGS
from extract.tagger.training.encode import Encoded, pack, pack_targets
from extract.tagger.training.network import Network

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int, float], None]
"""Told the name of the run, the epoch, the number of epochs and the loss after every epoch."""

_CLIP = 2.0
_WEIGHT_DECAY = 1e-2


def fit(
    network: Network,
    table: torch.Tensor,
    texts: Sequence[Encoded],
    targets: Sequence[Floats],
    order: Sequence[int],
    epochs: int,
    rate: float,
    seed: int,
    name: str,
    progress: Progress,
    batch: int = 48,
    warm: float = 0.08,
) -> None:
    """Fits the network to target probabilities by AdamW, the rate rising, then falling as a cosine.

    Args:
        table: word table of the encoder.
        targets: probabilities (positions x ``TAGS``) of every text.
        order: numbers of the texts to read in an epoch; a text may stand there more than once.
        warm: part of the run in which the rate rises.
    """
    chance = random.Random(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=_WEIGHT_DECAY)
    numbers = [i for i in order if len(texts[i].words)]
    steps = epochs * math.ceil(len(numbers) / batch)
    step = 0
    for epoch in range(epochs):
        network.train()
        chance.shuffle(numbers)
        total = 0.0
        for first in range(0, len(numbers), batch):
            chosen = numbers[first : first + batch]
            part = step / steps
            factor = part / warm if part < warm else (1 + math.cos(math.pi * (part - warm) / (1 - warm))) / 2
            for group in optimiser.param_groups:
                group["lr"] = rate * max(factor, 1e-3)
            step += 1
            packed = pack([texts[i] for i in chosen], table)
            mask = packed[3]
            target = pack_targets([targets[i] for i in chosen])
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(*packed)
            loss = -(torch.log_softmax(scores.float(), -1) * target * mask).sum() / mask.sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
            optimiser.step()
            total += float(loss.detach()) * len(chosen)
        progress(name, epoch + 1, epochs, total / len(numbers))


def predict(
    network: Network, table: torch.Tensor, texts: Sequence[Encoded], batch: int = 128
) -> list[Floats]:
    """Probabilities (positions x ``TAGS``) of texts."""
    network.eval()
    found: list[Floats] = []
    with torch.no_grad():
        for first in range(0, len(texts), batch):
            chosen = texts[first : first + batch]
            scores = network(*pack(chosen, table))
            probabilities = torch.softmax(scores.float(), -1).numpy()
            position = 0
            for text in chosen:
                end = position + len(text.words)
                found.append(probabilities[position:end].copy())
                position = end + 1
    return found


def certain(tags: Sequence[int], smoothing: float = 0.0) -> Floats:
    """Targets that put everything, but for ``smoothing``, on the given tags."""
    targets = np.full((len(tags), len(TAGS)), smoothing / len(TAGS), np.float32)
    targets[np.arange(len(tags)), list(tags)] += 1 - smoothing
    return targets

"""The whole training: forms and vocabularies, cross-fitted teachers, one student, weights and a report."""

from __future__ import annotations

import hashlib
import math
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from typing import Any

import numpy as np
import torch

from extract.tagger.decode import spans
from extract.tagger.evidence import observe
from extract.tagger.labels import LABELS
from extract.tagger.model import Model, Weights
from extract.tagger.training.data import Example
from extract.tagger.training.encode import Encoded, Encoder, pack
from extract.tagger.training.export import export, ranges_of
from extract.tagger.training.fit import Progress, certain, fit, predict
from extract.tagger.training.forms import FormCounts
from extract.tagger.training.network import Network, Shape


@dataclass(frozen=True)
class Recipe:
    """How the model is trained.

    Of each pair of teachers, one reads one half of the noisy texts and all trusted ones, and labels the other
    half; the student learns from ``trust`` parts of what the teachers say and the rest from the annotation.
    With ``context`` the teachers, not the student, also read what a pretrained encoder makes of every piece.
    """

    seed: int = 0
    teachers: int = 2
    teacher_epochs: int = 5
    tuning_epochs: int = 4
    student_epochs: int = 12
    rate: float = 3e-3
    tuning_rate: float = 1e-3
    gold_repeats: int = 3
    trust: float = 1.0
    smoothing: float = 0.05
    context: bool = True


@dataclass
class Report:
    """What a training run did: sizes, seconds, losses, and counts by label on the texts kept out."""

    texts: int
    gold: int
    held_out: int
    recipe: dict[str, Any]
    log: list[str] = field(default_factory=list)
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    seconds: float = 0.0


def kept_out(id_: str, parts: int) -> bool:
    """Whether a text belongs to the one of ``parts`` parts that training does not see, by its id alone."""
    return int(hashlib.md5(id_.encode(), usedforsecurity=False).hexdigest(), 16) % parts == 0


def train(
    noisy: Sequence[Example],
    gold: Sequence[Example],
    held_out: Sequence[Example],
    recipe: Recipe,
    progress: Progress,
) -> tuple[Weights, Report]:
    """Trains a model.

    Args:
        noisy: texts annotated by machine; may be empty.
        gold: texts annotated by people.
        held_out: texts to measure on; nothing is learned from them.
        progress: told about every epoch.

    Returns:
        The weights, and what happened.

    Raises:
        ImportError: when the pretrained encoder is wanted and not installed.
    """
    began = time.monotonic()
    torch.set_num_threads(1)  # sums of several threads need not come out alike
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    report = Report(len(noisy), len(gold), len(held_out), asdict(recipe))

    def told(name: str, epoch: int, epochs: int, loss: float) -> None:
        report.log.append(f"{name} {epoch}/{epochs} loss {loss:.4f}")
        progress(name, epoch, epochs, loss)

    counts = FormCounts([*noisy, *gold])
    encoder = Encoder(counts)
    texts = encoder.learning([*noisy, *gold])
    table, embeddings, every = encoder.tables()
    shape = Shape(len(encoder.words) + 2, len(encoder.tags) + 2, len(encoder.characters) + 2, encoder.columns)
    examples = [*noisy, *gold]
    trusted = list(range(len(noisy), len(examples)))
    targets = [certain(e.tags, 0.0 if i < len(noisy) else recipe.smoothing) for i, e in enumerate(examples)]
    said = [np.zeros_like(target) for target in targets[: len(noisy)]]
    read, wider = texts, shape
    if recipe.context and recipe.teachers and noisy:
        read, width = _in_context(texts, examples, told)
        wider = replace(shape, context=width)
    for pair in range(recipe.teachers if noisy else 0):
        for half, numbers in enumerate(_halves(len(noisy), recipe.seed + pair)):
            name = f"teacher {pair + 1}{'ab'[half]}"
            seed = 100 * recipe.seed + 2 * pair + half
            torch.manual_seed(seed)
            teacher = Network(wider, embeddings)
            order = [*numbers, *trusted * recipe.gold_repeats]
            fit(teacher, table, read, targets, order, recipe.teacher_epochs, recipe.rate, seed, name, told)
            if trusted:
                fit(
                    teacher, table, read, targets, trusted, recipe.tuning_epochs, recipe.tuning_rate,
                    seed, f"{name} on gold", told, batch=32,
                )  # fmt: skip
            others = sorted(set(range(len(noisy))) - set(numbers))
            for i, found in zip(others, predict(teacher, table, [read[i] for i in others]), strict=True):
                said[i] += found
    if recipe.teachers:
        for i, sum_ in enumerate(said):
            taught = sum_ / recipe.teachers
            targets[i] = recipe.trust * taught + (1 - recipe.trust) * targets[i]
    torch.manual_seed(recipe.seed)
    student = Network(shape, embeddings)
    order = [*range(len(noisy)), *trusted * (recipe.gold_repeats if noisy else 1)]
    fit(
        student,
        table,
        texts,
        targets,
        order,
        recipe.student_epochs,
        recipe.rate,
        recipe.seed,
        "student",
        told,
    )

    sample = [texts[i] for i in random.Random(recipe.seed).sample(range(len(texts)), min(1000, len(texts)))]
    batches = [pack(sample[i : i + 100], table) for i in range(0, len(sample), 100)]
    about = {
        "kiwi": version("kiwipiepy_model"),
        "morphemes": len(every) - 1,
        "classes": counts.classes,
        "texts": len(noisy),
        "gold": len(gold),
        "recipe": asdict(recipe),
    }
    weights = export(
        student, encoder.words, encoder.tags, encoder.characters, every, encoder.forms,
        ranges_of(student, batches), about,
    )  # fmt: skip
    report.scores = measure(Model(weights), held_out)
    report.seconds = time.monotonic() - began
    return weights, report


def measure(model: Model, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (exact span and label; CITY and PLACE count as one) of the model alone."""
    right: dict[str, int] = {}
    found: dict[str, int] = {}
    wanted: dict[str, int] = {}
    for example in examples:
        probabilities = model(observe(example.text, example.rows, example.voices, model.forms))
        predicted = set()
        position = 0
        for row in example.rows:
            for first, last, label in spans(probabilities[position : position + len(row)]):
                predicted.add((row[first].start, row[last].end, _coarse(label)))
            position += len(row) + 1
        gold = {(start, end, _coarse(label)) for start, end, label in example.spans}
        for table, items in ((right, predicted & gold), (found, predicted), (wanted, gold)):
            for *_, label in items:
                for key in ("all", label):
                    table[key] = table.get(key, 0) + 1
    scores = {}
    for key in ("all", *dict.fromkeys(map(_coarse, LABELS))):
        tp = right.get(key, 0)
        precision = tp / found[key] if found.get(key) else 0.0
        recall = tp / wanted[key] if wanted.get(key) else 0.0
        f1 = 2 * tp / (found.get(key, 0) + wanted.get(key, 0)) if tp else 0.0
        scores[key] = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    return scores


def _in_context(
    texts: Sequence[Encoded], examples: Sequence[Example], told: Progress
) -> tuple[list[Encoded], int]:
    """The texts with what the pretrained encoder makes of them, and the width of that."""
    from extract.tagger.training.context import ContextEncoder

    encoder = ContextEncoder()
    parts = 10
    step = math.ceil(len(examples) / parts)
    done = 0

    def progress(n: int) -> None:
        nonlocal done
        if n // step > done:
            done = n // step
            told("pretrained encoder", done, parts, 0.0)

    states = encoder.states(examples, progress)
    return [replace(text, context=state) for text, state in zip(texts, states, strict=True)], encoder.width


def _coarse(label: str) -> str:
    return "PLACE" if label == "CITY" else label


def _halves(n: int, seed: int) -> tuple[list[int], list[int]]:
    chance = random.Random(seed)
    first = [chance.random() < 0.5 for _ in range(n)]
    return [i for i in range(n) if first[i]], [i for i in range(n) if not first[i]]

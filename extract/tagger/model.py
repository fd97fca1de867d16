"""The shipped model: reads observations, gives tag probabilities. ONNX Runtime and NumPy, no PyTorch.

The network runs on one thread, over blocks that only the article's length decides: what comes out depends on
nothing but the article.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extract.errors import ModelError
from extract.tagger.evidence import COLUMNS, Observation, Voices, Word, columns_of, normal_word
from extract.tagger.forms import Forms
from extract.tagger.labels import TAGS
from extract.tagger.pieces import NO_WORD, Page

Floats = NDArray[np.float32]

FORMAT = 2
CHARACTERS = 8
"""Characters of a word that the model reads; of longer words the first and the last four."""
_BATCH = 64
_BLOCK = 8192  # pieces in one run of the network, so that memory does not grow with the article
_REACH = 8  # pieces on either side that a piece may hang on: as many as there are layers, or more
_KEPT = 100_000  # vectors of words kept in memory


def characters_of(surface: str) -> str:
    """The characters of a word that the model reads."""
    return surface if len(surface) <= CHARACTERS else surface[:4] + surface[-4:]


@dataclass(frozen=True)
class Weights:
    """What a model consists of.

    ``tables`` are words, forms and the vectors of evidence; ``vectors`` is an ONNX graph from words to their
    entry vectors (n x width); ``network`` one from the sums of entry vectors (n x width) and the empty places
    to tag probabilities (n x tags); ``about`` is ``model.json``.
    """

    about: dict[str, Any]
    tables: dict[str, NDArray[Any]]
    vectors: bytes
    network: bytes

    def save(self, folder: Path) -> None:
        """Writes ``model.json``, ``tables.npz``, ``vectors.onnx`` and ``network.onnx``."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vectors.onnx").write_bytes(self.vectors)
        (folder / "network.onnx").write_bytes(self.network)
        np.savez_compressed(folder / "tables.npz", allow_pickle=False, **self.tables)
        text = json.dumps(self.about, ensure_ascii=False, indent=2, sort_keys=True)
        (folder / "model.json").write_text(text + "\n", encoding="utf-8")

    def digest(self) -> str:
        """A digest of all that decides what the model says."""
        digest = hashlib.sha256(self.network + self.vectors)
        for name in sorted(self.tables):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(self.tables[name]).data)
        return digest.hexdigest()[:16]

    @classmethod
    def read(cls, folder: Path) -> Weights:
        """The weights of a folder.

        Raises:
            ModelError: when a file is missing or not what this version writes.
        """
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            if about["format"] != FORMAT:
                raise ValueError(f"format {about['format']}, this version reads {FORMAT}")
            if tuple(about["tags"]) != TAGS or tuple(about["columns"]) != COLUMNS:
                raise ValueError("other tags or evidence than this version has")
            with np.load(folder / "tables.npz", allow_pickle=False) as archive:
                tables = dict(archive.items())
            vectors, network = ((folder / f"{name}.onnx").read_bytes() for name in ("vectors", "network"))
            return cls(about, tables, vectors, network)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"no usable tagger model ({error})",
                where=str(folder),
                remedy="train one with extract train, or run with --no-tagger",
            ) from None


class Model:
    """Tag probabilities of observations."""

    def __init__(self, weights: Weights) -> None:
        self.about = weights.about
        self.digest = weights.digest()
        tables = weights.tables
        self.forms = Forms(
            _lines(tables["forms"]), tables["readings"].tolist(), tables["automaton"].tobytes() or None
        )
        self.width = int(tables["column_spacing"].shape[1])
        self._ids = int(weights.about["morphemes"])
        self._words = {key: i + 2 for i, key in enumerate(_lines(tables["words"]))}
        self._tags = {key: i + 2 for i, key in enumerate(_lines(tables["word_tags"]))}
        self._characters = {key: i + 2 for i, key in enumerate(_lines(tables["characters"]))}
        columns = [tables[f"column_{name}"] for name in COLUMNS]
        self._columns = np.concatenate(columns)
        self._offsets = np.cumsum([0, *map(len, columns)])[:-1].astype(np.int64)
        self._index: dict[Word, int] = {}
        self._met: dict[Word, int] = {NO_WORD: 0}  # words as they stand in texts
        self._vectors = np.zeros((1024, self.width), np.float32)
        self._spell = _session(weights.vectors)
        self._network = _session(weights.network)

    def __call__(self, observation: Observation) -> Floats:
        """Probabilities (pieces x ``TAGS``); nonsense where two rows are apart."""
        return self._probabilities(self._numbers(observation.words), observation.columns)

    def on(self, text: str, page: Page, found: Voices) -> Floats:
        """Probabilities (places x ``TAGS``) of a page, given what lexicon and rules found in the text."""
        evidence = columns_of(page, found, *self.forms.on(text, page))
        return self._probabilities(self._rows(list(page.words(text))), evidence)

    def _rows(self, words: Sequence[Word]) -> list[int]:
        """The numbers of the vectors of words as they stand in a text, 0 for none."""
        rows = list(map(self._met.get, words))
        if None in rows:
            new = {word for word, row in zip(words, rows, strict=True) if row is None}
            if max(len(self._met), len(self._index)) + len(new) > _KEPT:
                self._forget()
                new = set(words) - {NO_WORD}
            known = list(new)
            self._met.update(zip(known, self._numbers(list(map(normal_word, known))), strict=True))
            rows = list(map(self._met.get, words))
        return cast("list[int]", rows)

    def _numbers(self, words: Sequence[Word | None]) -> list[int]:
        """The numbers of the words' vectors, 0 for none."""
        missing = {word for word in words if word is not None and word not in self._index}
        if missing and len(self._index) + len(missing) > _KEPT:
            self._forget()
            missing = {word for word in words if word is not None}
        if missing:
            self._learn(sorted(missing))
        return [0 if word is None else self._index[word] for word in words]

    def _forget(self) -> None:
        """Starts afresh, so that memory stays flat."""
        self._index.clear()
        self._met = {NO_WORD: 0}

    def _probabilities(self, numbers: Sequence[int], columns: NDArray[np.int16]) -> Floats:
        found = np.empty((len(numbers), len(TAGS)), np.float32)
        rows = np.array(numbers, np.intp)
        evidence = columns + self._offsets
        for first in range(0, len(rows), _BLOCK):
            last = min(first + _BLOCK, len(rows))
            low, high = max(0, first - _REACH), min(last + _REACH, len(rows))
            x = self._vectors[rows[low:high]]
            for column in evidence[low:high].T:
                x += self._columns[column]
            gaps = np.flatnonzero(rows[low:high] == 0)
            x[gaps] = 0.0
            block = self._network.run(None, {"x": x, "gaps": gaps})[0]
            found[first:last] = block[first - low : last - low]
        return found

    def _learn(self, words: Sequence[Word]) -> None:
        """Computes the vectors of words not met before.

        Always so many at once, with empty ones to fill up: a product of matrices may differ in the last bit
        with their sizes, and no vector may depend on which words came along with it.
        """
        first = len(self._index) + 1
        if first + len(words) > len(self._vectors):
            grown = np.zeros((max(2 * len(self._vectors), first + len(words)), self.width), np.float32)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        for i in range(0, len(words), _BATCH):
            batch = words[i : i + _BATCH]
            padded = [*batch, *[NO_WORD] * (_BATCH - len(batch))]
            self._vectors[first + i : first + i + len(batch)] = self._entry(padded)[: len(batch)]
        for i, word in enumerate(words):
            self._index[word] = first + i

    def _entry(self, words: Sequence[Word]) -> Floats:
        numbers = np.zeros((len(words), 3), np.int64)
        characters = np.zeros((len(words), CHARACTERS), np.int64)
        known, tags, spelled = self._words, self._tags, self._characters
        for i, (form, tag, surface, id_) in enumerate(words):
            numbers[i] = (
                known.get(f"{form}/{tag}", 1),
                tags.get(tag, 1),
                id_ + 1 if id_ < self._ids else 0,
            )
            read = [spelled.get(character, 1) for character in characters_of(surface)]
            characters[i, : len(read)] = read
        entry: Floats = self._spell.run(None, {"numbers": numbers, "characters": characters})[0]
        return entry


def _session(graph: bytes) -> Any:
    """A session on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _lines(table: NDArray[np.uint8]) -> list[str]:
    return table.tobytes().decode("utf-8").split("\n") if table.size else []

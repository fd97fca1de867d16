"""Kiwi's morpheme embeddings, recovered from the similarities that Kiwi tells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.tokenise.kiwi import shared_kiwi

LANDMARKS = 400
_CONTENT = frozenset(("NNG", "NNP", "VV", "VA", "NNB", "MAG", "NR", "NP"))
_FREQUENT = 12_000  # landmarks are drawn from the morphemes with the lowest ids, which are the most frequent
_RELATIVE_CUT = 5e-4  # eigenvalues below this part of the largest are noise


def recover(seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors (highest morpheme id + 1 x at most 256) whose products are Kiwi's similarities.

    The cosine similarities of every morpheme to some landmarks give its coordinates, up to a rotation, by the
    Nyström method. Ids that Kiwi has no embedding for get a zero row.

    Args:
        seed: chooses the landmarks.
    """
    kiwi = shared_kiwi()
    known = kiwi.most_similar_morphemes(("서울", "NNP"), top_n=1_000_000)
    ids = sorted(morpheme.id for morpheme in known)
    content = {morpheme.id for morpheme in known if morpheme.tag in _CONTENT}
    pool = [id_ for id_ in ids if id_ in content][:_FREQUENT]
    landmarks = np.random.default_rng(seed).choice(pool, LANDMARKS, replace=False).tolist()
    similarity = kiwi.morpheme_similarity

    def to_landmarks(id_: int) -> list[float]:
        return [1.0 if id_ == other else similarity(other, id_) for other in landmarks]

    square = np.array([to_landmarks(id_) for id_ in landmarks], np.float64)
    values, axes = np.linalg.eigh((square + square.T) / 2)
    kept = values > _RELATIVE_CUT * values.max()
    project = axes[:, kept] / np.sqrt(values[kept])
    found = np.zeros((ids[-1] + 1, int(kept.sum())), np.float32)
    found[ids] = np.array([to_landmarks(id_) for id_ in ids], np.float32) @ project
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return (found / np.where(norms > 0, norms, 1)).astype(np.float32)

"""Agreement of two groupings of mentions into entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.evaluate.scores import ClusterScore, Counts

Item = tuple[str, str, str]
"""Article, gold entity, predicted entity of one mention."""


def score_clusters(items: Sequence[Item]) -> ClusterScore:
    """B-cubed precision and recall, and the counts of pairs, over mentions found by both.

    B-cubed (Bagga and Baldwin 1998) averages over mentions which share of its predicted cluster belongs
    to its gold cluster (precision) and the reverse (recall).
    """
    if not items:
        return ClusterScore()
    gold = Counter((article, entity) for article, entity, _ in items)
    predicted = Counter((article, entity) for article, _, entity in items)
    both = Counter(items)
    precision = sum(n * n / predicted[(article, p)] for (article, _, p), n in both.items()) / len(items)
    recall = sum(n * n / gold[(article, g)] for (article, g, _), n in both.items()) / len(items)
    shared = _pairs(both)
    return ClusterScore(
        mentions=len(items),
        precision=precision,
        recall=recall,
        pairwise=Counts(shared, _pairs(predicted) - shared, _pairs(gold) - shared),
    )


def _pairs(sizes: Counter) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())

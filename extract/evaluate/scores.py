"""The numbers: counts with precision, recall and F1, shares, and all of them together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from extract.model import KLUE_LABELS, LABELS


@dataclass(slots=True)
class Counts:
    """Right, wrong and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int = 0, fp: int = 0, fn: int = 0) -> None:
        """Counts more."""
        self.tp += tp
        self.fp += fp
        self.fn += fn

    @property
    def precision(self) -> float | None:
        """Share of the predictions that are right; None without predictions."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None without gold."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there is neither gold nor prediction."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None

    def to_dict(self) -> dict[str, Any]:
        """The counts and the three figures."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


@dataclass(slots=True)
class Share:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Counts one more."""
        self.right += right
        self.of += 1

    @property
    def accuracy(self) -> float | None:
        """The share; None of nothing."""
        return self.right / self.of if self.of else None

    def to_dict(self) -> dict[str, Any]:
        """The share and what it is made of."""
        return {"accuracy": self.accuracy, "right": self.right, "of": self.of}


@dataclass(slots=True)
class ClusterScore:
    """B-cubed (Bagga and Baldwin 1998) and pairwise agreement of entities over ``mentions`` mentions."""

    mentions: int = 0
    precision: float | None = None
    recall: float | None = None
    pairwise: Counts = field(default_factory=Counts)

    @property
    def f1(self) -> float | None:
        """B-cubed F1."""
        if not self.precision or not self.recall:
            return None
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def to_dict(self) -> dict[str, Any]:
        """All of them."""
        return {
            "mentions": self.mentions,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "pairwise": self.pairwise.to_dict(),
        }


@dataclass(slots=True)
class Scores:
    """Everything that is measured over the gold articles.

    ``rules`` counts the right and wrong relations of each rule, which is what a rule's score should say;
    ``shown`` lists errors by kind, if asked for.
    """

    articles: int = 0
    errors: list[str] = field(default_factory=list)
    labels: dict[str, Counts] = field(default_factory=lambda: {label: Counts() for label in LABELS})
    relaxed: Counts = field(default_factory=Counts)
    klue: dict[str, Counts] = field(default_factory=lambda: {k: Counts() for k in KLUE_LABELS.values()})
    values: dict[str, Share] = field(
        default_factory=lambda: {k: Share() for k in ("DATE", "TIME", "FIGURE", "unit", "currency")}
    )
    clusters: ClusterScore = field(default_factory=ClusterScore)
    relations: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    rules: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    events: dict[str, Share] = field(default_factory=lambda: {"type and date": Share(), "type": Share()})
    quotes: dict[str, Share] = field(default_factory=lambda: {"found": Share(), "with speaker": Share()})
    shown: dict[str, list[str]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """All scores as plain numbers, lists and dictionaries (unrounded, None where nothing was there)."""
        return {
            "articles": self.articles,
            "errors": list(self.errors),
            "mentions": total(self.labels).to_dict(),
            "mentions_by_label": {label: counts.to_dict() for label, counts in self.labels.items()},
            "mentions_relaxed": self.relaxed.to_dict(),
            "klue": total(self.klue).to_dict(),
            "klue_by_label": {label: counts.to_dict() for label, counts in self.klue.items()},
            "values": {name: share.to_dict() for name, share in self.values.items()},
            "clusters": self.clusters.to_dict(),
            "relations": total(self.relations).to_dict(),
            "relations_by_predicate": {p: c.to_dict() for p, c in sorted(self.relations.items())},
            "relations_by_rule": {
                rule: {"precision": c.precision, "tp": c.tp, "fp": c.fp}
                for rule, c in sorted(self.rules.items())
            },
            "events": {name: share.to_dict() for name, share in self.events.items()},
            "quotes": {name: share.to_dict() for name, share in self.quotes.items()},
            **({"shown": self.shown} if self.shown else {}),
        }


def total(counts: dict[str, Counts]) -> Counts:
    """The sum over labels or predicates."""
    summed = Counts()
    for one in counts.values():
        summed.add(one.tp, one.fp, one.fn)
    return summed

"""Counts of annotated forms, with each sentence's own contribution taken out while training on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from extract.tagger.forms import (
    Forms,
    Occurrence,
    Reading,
    is_trace,
    name_code,
    without_overlap,
)
from extract.tagger.pieces import Piece
from extract.tagger.training.data import Example


class FormCounts:
    """How often every annotated form had which label, and how often it occurs at all."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        self.others: dict[str, Counter[str]] = defaultdict(Counter)
        self.occurrences: Counter[str] = Counter()
        for example in examples:
            for form, label in example.names:
                self.names[form][label] += 1
            for form, class_ in example.others:
                self.others[form][class_] += 1
        self.classes = sorted({class_ for counts in self.others.values() for class_ in counts})
        self._number = {class_: i + 1 for i, class_ in enumerate(self.classes)}
        known = sorted(self.names.keys() | self.others.keys())
        self._index = Forms(known, [(0, 0)] * len(known))
        for example in examples:
            for row in example.rows:
                for _first, _last, number in self._index.spans(example.text, row):
                    self.occurrences[known[number]] += 1

    def reading(self, form: str, own: Own | None = None) -> Reading:
        """What the counts say of ``form`` without what ``own`` added to them."""
        name = other = 0
        counts = self.names.get(form)
        if counts:
            left = Counter({k: n - (own.names[form, k] if own else 0) for k, n in counts.items()})
            label, count = max(left.items(), key=lambda item: (item[1], item[0]))
            if count > 0:
                total = self.occurrences[form] - (own.occurrences[form] if own else 0)
                name = name_code(label, count / max(total, count), count)
        counts = self.others.get(form)
        if counts:
            left = Counter({k: n - (own.others[form, k] if own else 0) for k, n in counts.items()})
            class_, count = max(left.items(), key=lambda item: (item[1], item[0]))
            if count > 0:
                other = self._number[class_]
        return Reading(name, other)

    def forms(self) -> Forms:
        """The forms as the model ships them."""
        return Forms(self._index.forms, [self.reading(form) for form in self._index.forms])

    def without(self, example: Example, row: Sequence[Piece]) -> tuple[list[Occurrence], list[Occurrence]]:
        """The forms in a row of one of the counted examples, read without that example."""
        spans = list(self._index.spans(example.text, row))
        own = Own(example, Counter(self._index.forms[number] for _, _, number in spans))
        names, others = [], []
        for first, last, number in spans:
            name, other = self.reading(self._index.forms[number], own)
            if name:
                names.append(Occurrence(first, last, name))
            if other:
                others.append(Occurrence(first, last, other))
        return without_overlap(names, is_trace), without_overlap(others)


class Own:
    """What one example added to the counts. ``occurrences`` are those of the row in question."""

    def __init__(self, example: Example, occurrences: Counter[str]) -> None:
        self.names = Counter(example.names)
        self.others = Counter(example.others)
        self.occurrences = occurrences

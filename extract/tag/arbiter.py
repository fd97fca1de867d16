"""The one place where lexicon rows, rules and models meet: which candidates become mentions.

Mentions never overlap. The user's own rows win over everything; then comes the tier that the statistical
tagger gave a candidate (``tag/statistical.py``); on one tier the longest well-formed candidate wins, then
the priority of its kind (``priorities`` in ``main.yaml``), then its score.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extract.document import Candidate
from extract.lexicon import Lexicon
from extract.model import Why

USER_PRIORITY = 90
"""Priority of rows of the user's own folders: they win whatever their length."""
_UNKNOWN_KIND = 50


class Arbiter:
    """Chooses among candidates by the priorities of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.priorities: dict[str, float] = dict(lexicon.settings.get("priorities") or {})
        self._kinds: dict[str, float] = {}

    def __call__(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The non-overlapping winners in text order."""
        starts: list[int] = []
        chosen: list[Candidate] = []
        for candidate in sorted(candidates, key=self._rank):
            i = bisect_left(starts, candidate.start)
            if i < len(chosen) and chosen[i].start < candidate.end:
                continue
            if i > 0 and chosen[i - 1].end > candidate.start:
                continue
            starts.insert(i, candidate.start)
            chosen.insert(i, candidate)
        return chosen

    def _rank(self, candidate: Candidate) -> tuple[bool, int, int, float, float, int, str, str]:
        start, end, label, _, rule, priority, score, _, _, _, _, tier = candidate
        kind = self._kinds.get(rule)
        if kind is None:
            kind = self._kinds[rule] = self._kind(rule)
        size = start - end
        return priority < USER_PRIORITY, tier, size, -kind - (priority - 50) / 10, -score, start, label, rule

    def _kind(self, rule: str) -> float:
        """The number that decides, beside its priority, between candidates of one length."""
        parts = rule.split(":")
        name = ":".join(parts[:2]) if parts[0] == "lexicon" else parts[0]
        return float(self.priorities.get(name, _UNKNOWN_KIND))


def reasons(text: str, winner: Candidate, candidates: Sequence[Candidate]) -> Why:
    """Who proposed the winner's span and label, and what overlapped it and lost."""
    voices, lost = [], []
    for other in candidates:
        if (other.start, other.end, other.label) == (winner.start, winner.end, winner.label):
            voices.append(other.rule)
        elif other.start < winner.end and winner.start < other.end:
            lost.append(f"{other.rule}: {text[other.start : other.end]} ({other.label})")
    return Why(winner.rule, tuple(dict.fromkeys(voices)), tuple(dict.fromkeys(lost)))

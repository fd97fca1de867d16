"""Where names stand in a text: name by name in a short one, all in one pass over a long one."""

from __future__ import annotations

from collections.abc import Iterable

from daachorse import CharwiseDoubleArrayAhoCorasick

_WORTH = 300_000  # names times code points from which on one automaton of all names is faster


def occurrences(text: str, names: Iterable[str]) -> dict[str, list[int]]:
    """Where each of ``names`` (none empty) begins in ``text``, in order; those of one name do not overlap."""
    found: dict[str, list[int]] = {name: [] for name in names}
    if len(found) * len(text) < _WORTH:
        for name, starts in found.items():
            start = text.find(name)
            while start >= 0:
                starts.append(start)
                start = text.find(name, start + len(name))
        return found
    forms = sorted(found)
    edges = [0] * len(forms)
    for start, end, number in CharwiseDoubleArrayAhoCorasick(forms).find_overlapping(text):
        if start >= edges[number]:
            edges[number] = end
            found[forms[number]].append(start)
    return found

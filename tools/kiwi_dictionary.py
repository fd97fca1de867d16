"""Kiwi's dictionary as a table: what a form can be besides a name."""

from __future__ import annotations

import collections
import functools
import itertools
from pathlib import Path

import kiwipiepy_model
from kiwipiepy import Kiwi


@functools.cache
def dictionary() -> dict[str, set[str]]:
    """Every form of Kiwi's dictionary with its tags."""
    kiwi = Kiwi()
    found: dict[str, set[str]] = {}
    for number in itertools.count():
        try:
            morpheme = kiwi.morpheme(number)
        except (IndexError, ValueError):
            return found
        found.setdefault(morpheme.form, set()).add(morpheme.tag)
    return found


@functools.cache
def personal_names() -> collections.Counter[str]:
    """How many people of Kiwi's multi-word dictionary (Wikidata class Q5) have a word as first or last name."""
    found: collections.Counter[str] = collections.Counter()
    path = Path(kiwipiepy_model.__file__).parent / "multi.dict"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[1] == "NNP" and cells[3].strip() == "# Q5":
            words = cells[0].split()
            found.update({words[0], words[-1]})
    return found

"""Kiwi's dictionary as a table: what a form can be besides a name."""

from __future__ import annotations

import functools
import itertools

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

"""How seldom the garbage collector looks, in processes that are ours alone.

The collector goes through all that lives, lexicons and rules included, whenever so many objects are new. Of an
article next to nothing is left in cycles (some six objects), so that looking seldom costs no memory. How garbage is
collected in a program that uses :func:`extract.load` is its own affair: only the command line and workers call this.
"""

from __future__ import annotations

import gc

_THRESHOLDS = (
    100_000,
    50,
    100,
)  # new objects, and rounds of the younger generation, before the next is looked at


def seldom() -> None:
    """From now on the collector looks seldom."""
    gc.set_threshold(*_THRESHOLDS)


def settle() -> None:
    """What is loaded is no garbage, and need not be looked at again; what is new is looked at seldom."""
    gc.collect()
    gc.freeze()
    seldom()

"""Dates, times and figures: found by rules, normalised, resolved.

One :class:`Grammar` per lexicon; :meth:`Grammar.find` gives the mentions of a text,
:meth:`Grammar.resolve` their values. :func:`check_rules` runs every rule's examples.
"""

from __future__ import annotations

from extract.normalise.check import check_rules
from extract.normalise.grammar import Grammar
from extract.normalise.values import DateValue, FigureValue, ImpossibleDate, Quantity

__all__ = ["DateValue", "FigureValue", "Grammar", "ImpossibleDate", "Quantity", "check_rules"]

"""Which columns of the lexicon files hold numbers."""

from __future__ import annotations

import re

NUMBERS = ("latitude", "longitude", "population", "rank", "first", "last")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
"""A plain decimal number."""

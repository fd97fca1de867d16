"""Korean names and colours of labels, subtypes and predicates, as the shipped ``types.yaml`` has them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from extract.lexicon.load import shipped_folder


@lru_cache(maxsize=1)
def shipped_types() -> dict[str, Any]:
    """The content of the shipped ``types.yaml``: ``labels`` and ``predicates``."""
    found: dict[str, Any] = yaml.safe_load((shipped_folder() / "types.yaml").read_text(encoding="utf-8"))
    return found

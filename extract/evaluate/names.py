"""The forms under which an entity may be named in a relation or quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

_NOISE = re.compile(r"[\s‘’“”'\"｢｣「」『』<>《》〈〉·․ㆍ]")


def normal(name: Any) -> str:
    """A name without white space, quotation marks and middle dots, NFC, in lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFC", str(name or ""))).casefold()


def holds(one: Any, other: Any) -> bool:
    """Whether two texts are the same, or one of at least two characters is part of the other."""
    a, b = normal(one), normal(other)
    if not a or not b:
        return False
    return a == b or (min(len(a), len(b)) >= 2 and (a in b or b in a))


class Names:
    """Every entity's names: ``name``, ``aliases`` and further (entity, form) pairs, normalised."""

    def __init__(self, entities: Iterable[dict[str, Any]], surfaces: Iterable[tuple[str, str]] = ()) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_id: dict[str, set[str]] = {}
        for entity in entities:
            forms = {normal(form) for form in (entity.get("name"), *as_list(entity.get("aliases"))) if form}
            self._by_name.setdefault(normal(entity.get("name")), set()).update(forms)
            if entity.get("entity_id"):
                self._by_id.setdefault(entity["entity_id"], set()).update(forms)
        for entity_name, form in surfaces:
            own = normal(entity_name)
            self._by_name.setdefault(own, {own}).add(normal(form))

    def of(self, name: Any, entity_id: str | None = None) -> set[str]:
        """All normalised forms of what ``name`` or ``entity_id`` stands for, ``name`` among them."""
        forms = (
            {normal(name)} | self._by_name.get(normal(name), set()) | self._by_id.get(entity_id or "", set())
        )
        forms.discard("")
        return forms


def as_list(value: Any) -> list[str]:
    """A list cell as a list: from JSON as it is, from CSV with ``|`` between."""
    if value in (None, ""):
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split("|") if part.strip()]
    return list(value)

"""Regular expressions that are compiled when they are first used: a start does not pay for what a text never asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex


class Expression:
    """A pattern of the ``regex`` library, used like a compiled one.

    Whoever makes one has checked that it compiles, or wrote it down as a constant that tests use.
    """

    if TYPE_CHECKING:
        match: Any
        search: Any
        fullmatch: Any
        finditer: Any
        findall: Any
        sub: Any
        split: Any
        groupindex: Any

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = regex.compile(self.pattern)
        for known in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split", "groupindex"):
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[type[Expression], tuple[str]]:
        return Expression, (self.pattern,)

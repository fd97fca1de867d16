"""Regular expressions that are compiled when they are first used: a start does not pay for what a text never asks."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import regex

METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")
"""What a compiled pattern can do."""
_NAME = re.compile(r"(?<!\\)\(\?P<(\w+)>")
_REFERS = re.compile(r"\\[1-9]|\\g<|\(\?(?:P=|\(|&|[0-9R])")
_STANDARD = sys.version_info >= (3, 11, 5)
"""Whether ``re`` knows possessive quantifiers, and gets them right."""


class Expression:
    """A pattern, used like a compiled one; a name may stand for several groups (see :meth:`named`).

    ``re`` compiles what it can, for it needs a third of the time of ``regex`` per match, and ``regex`` the others
    (lookbehinds of any width). Whoever makes one has checked that it compiles, or wrote it down as a constant that
    tests use.
    """

    if TYPE_CHECKING:
        match: Any
        search: Any
        fullmatch: Any
        finditer: Any
        findall: Any
        sub: Any
        split: Any

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def compile(self) -> None:
        """Compiles it now, not when it is first used.

        Raises:
            regex.error: when the pattern is none.
        """
        pattern, names = _numbered(self.pattern)
        compiled = _compiled(pattern)
        self._names = [""] * compiled.groups
        for name, number in compiled.groupindex.items():
            self._names[number - 1] = names.get(name, name)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))

    def named(self, found: re.Match[str]) -> dict[str, str]:
        """The named groups that took part in a match of this expression; of several with one name the last."""
        return {
            name: text
            for name, text in zip(self._names, found.groups(), strict=True)
            if name and text is not None
        }

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        self.compile()
        return getattr(self, name)

    def __reduce__(self) -> tuple[type[Expression], tuple[str]]:
        return Expression, (self.pattern,)


def _compiled(pattern: str) -> re.Pattern[str] | regex.Pattern:
    if _STANDARD:
        try:
            return re.compile(pattern)
        except re.error:
            pass
    return regex.compile(pattern)


def _numbered(pattern: str) -> tuple[str, dict[str, str]]:
    """``pattern`` with another name for every group, as ``re`` wants it, and what the groups are called.

    One that refers to its own groups stays as it is.
    """
    names: dict[str, str] = {}
    if _REFERS.search(pattern):
        return pattern, names

    def name(found: re.Match[str]) -> str:
        group = found[1]
        while group in names:
            group += "_"
        names[group] = found[1]
        return f"(?P<{group}>"

    return _NAME.sub(name, pattern), names

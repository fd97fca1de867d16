"""Expressions of rules: tried once, kept in the cache as such, and compiled when they are first used.

Compiling the rules of relations, references, quotations and identities takes longer than reading a short text, and
most of them never meet a text that holds their words.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import regex

from extract.errors import LexiconError
from extract.expression import METHODS, Expression
from extract.lexicon.cache import keep, recall


class Capturing(Expression):
    """An expression of the ``regex`` library, never of ``re``.

    Its matches tell of every group of one name, each time it matched; and it looks for lines faster.
    """

    def compile(self) -> None:
        """Compiles it now, not when it is first used.

        Raises:
            regex.error: when the pattern is none.
        """
        compiled = regex.compile(self.pattern)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))

    def __reduce__(self) -> tuple[type[Expression], tuple[str]]:
        return Capturing, (self.pattern,)


class Expressions:
    """The expressions of one kind of rules.

    ``name`` is what they are kept under in the cache, ``sources`` are the modules of what is kept along with them.
    """

    def __init__(self, name: str, *sources: Path) -> None:
        self._name = name
        self._sources = sources
        self._made: list[tuple[str, str]] = []

    def add(self, pattern: str, where: str) -> Expression:
        """An expression of the rule that stands at ``where``; :meth:`check` tells whether it compiles."""
        self._made.append((pattern, where))
        return Expression(pattern)

    def capturing(self, pattern: str, where: str) -> Capturing:
        """The same, but see :class:`Capturing`."""
        self._made.append((pattern, where))
        return Capturing(pattern)

    def check(self, make: Callable[[], Any] = lambda: None) -> Any:
        """Tries those that were never tried before.

        Args:
            make: makes something from the expressions alone, which is kept, too.

        Returns:
            What it makes.

        Raises:
            LexiconError: for the first that does not compile.
        """
        digest = hashlib.sha256(f"{sys.version}\x1f{regex.__version__}\x1f".encode())
        for source in self._sources:
            digest.update(source.read_bytes())
        for pattern, _ in self._made:
            digest.update(f"\x1f{pattern}".encode("utf-8", "surrogatepass"))
        key = digest.hexdigest()[:32]
        known = recall(self._name, key)
        if known is not None:
            return known[0]
        for pattern, where in self._made:
            try:
                regex.compile(pattern)
            except regex.error as error:
                problem = f"broken regular expression: {error}"
                raise LexiconError(problem, where=where, remedy="mend the expression") from None
        made = make()
        keep(self._name, key, (made,))
        return made

"""Errors that a user can cause and mend.

    ExtractError                 base; exit code 1
    ├── UsageError               the command or call is wrong; exit code 2
    ├── NothingToDoError         nothing could be processed; exit code 3
    ├── InputError               an input cannot be read; a row in ``errors``
    ├── ModelError               the tagger's model is missing or of another version; exit code 2
    └── LexiconError             a lexicon row or rule is wrong; exit code 2

Each carries a slug (``error`` column), what is wrong, where, and the remedy, and prints as one line.
"""

from __future__ import annotations


class ExtractError(Exception):
    """Base of all errors raised on purpose. ``str(error)`` is ``where: problem; remedy``."""

    slug = "extract-error"
    exit_code = 1

    def __init__(self, problem: str, *, where: str = "", remedy: str = "", slug: str | None = None) -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        if slug:
            self.slug = slug
        message = f"{where}: {problem}" if where else problem
        super().__init__(f"{message}; {remedy}" if remedy else message)


class ExtractWarning(UserWarning):
    """What a user should know although the work goes on; the command line shows it as one line."""


class UsageError(ExtractError):
    """The command line or the arguments of a call do not make sense."""

    slug = "usage"
    exit_code = 2


class NothingToDoError(ExtractError):
    """No input could be processed."""

    slug = "nothing-to-do"
    exit_code = 3


class InputError(ExtractError):
    """An input cannot be read."""

    slug = "input"


class ModelError(ExtractError):
    """The tagger's model cannot be used."""

    slug = "model"
    exit_code = 2


class LexiconError(ExtractError):
    """A lexicon file or rule is not as its schema says."""

    slug = "lexicon"
    exit_code = 2

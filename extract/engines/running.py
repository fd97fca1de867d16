"""How long reading and processing may take: ``running`` of ``main.yaml``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Running:
    """Bounds for the work on one input and on one article; what goes beyond gets an error row.

    Attributes:
        input_seconds: seconds that reading may take from one article of an input to the next.
        article_seconds: seconds for any article.
        seconds_per_1000_chars: seconds more for every thousand code points (30 times what is usual).
    """

    input_seconds: float = 300
    article_seconds: float = 60
    seconds_per_1000_chars: float = 1

    @classmethod
    def of(cls, settings: Mapping[str, Any], where: str = "main.yaml") -> Running:
        """The bounds with those of ``settings`` put in.

        Raises:
            LexiconError: for an unknown name or a value that is no positive number.
        """
        names = [field.name for field in dataclasses.fields(cls)]
        for name, value in settings.items():
            if name not in names:
                raise LexiconError(
                    f"unknown bound {name!r} in 'running'", where=where, remedy=f"use {', '.join(names)}"
                )
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
                raise LexiconError(
                    f"the bound {name!r} is {value!r}", where=where, remedy="write a number above 0"
                )
        return dataclasses.replace(cls(), **settings)

    def seconds(self, n_chars: int) -> float:
        """Seconds that an article of ``n_chars`` code points may take."""
        return self.article_seconds + self.seconds_per_1000_chars * n_chars / 1000

"""What every command says on standard error, and how it ends."""

from __future__ import annotations

import datetime
import sys
from typing import NoReturn

from extract.errors import UsageError


def say(message: str) -> None:
    """One line on standard error."""
    print(message, file=sys.stderr)


def fail(message: str, code: int) -> NoReturn:
    """One line on standard error, then the end of the program with ``code``."""
    say("extract: " + " ".join(message.split()))
    sys.exit(code)


def parse_date(value: str | None) -> datetime.date | None:
    """A date option as ``YYYY-MM-DD``.

    Raises:
        UsageError: when it is none.
    """
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no date", where="--date", remedy="write it as 2017-11-06") from None

"""How far a run is, on a terminal: inputs done, articles a second, time left."""

from __future__ import annotations

import sys
import time
from typing import Any

_INTERVAL = 0.2  # seconds between two drawings


class Progress:
    """A line that is drawn anew, where standard error is a terminal; else nothing.

    Args:
        wanted: whether anything is shown at all.
        inputs: how many inputs there are.
    """

    def __init__(self, wanted: bool, inputs: int) -> None:
        self._wanted = wanted
        self._inputs = inputs
        self._articles = self._done = 0
        self._began = self._drawn = time.monotonic()
        self._bar: Any = None
        if wanted and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("inputs"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:,.0f} a second, left"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                auto_refresh=False,  # no thread: processes are forked from this one
            )
            self._task = self._bar.add_task("inputs", total=inputs, articles=0, rate=0)
            self._bar.start()

    def say(self, message: str) -> None:
        """One line on standard error."""
        if self._bar is not None:
            self._bar.console.print(message, markup=False, highlight=False)
        elif self._wanted:
            print(message, file=sys.stderr)

    def advance(self, inputs: int) -> None:
        """One article more is done, and so many inputs before its own."""
        self._articles += 1
        self._done = inputs
        if self._bar is not None and time.monotonic() - self._drawn >= _INTERVAL:
            self._draw()

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        rate = self._articles / max(self._drawn - self._began, 1e-9)
        self._bar.update(self._task, completed=self._done, articles=self._articles, rate=rate)
        self._bar.refresh()

    def complete(self) -> None:
        """All inputs are done."""
        self._done = self._inputs
        if self._bar is not None:
            self._draw()

    def close(self) -> None:
        """Leaves the terminal."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

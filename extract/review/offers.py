"""The candidates of ``extract lexicon suggest``, found in the background because Kiwi reads every article for it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extract.errors import ExtractError
from extract.lexicon.suggest import suggest


class Offers:
    """Candidates of an output, with the sentences that they stand in.

    Attributes:
        state: ``none``, ``looking``, ``there`` or ``failed``.
        problem: why it failed.
    """

    def __init__(self) -> None:
        self.state = "none"
        self.problem = ""
        self._found: list[dict[str, Any]] = []
        self._mutex = threading.Lock()

    def look(self, outputs: Path, lexicons: Sequence[Path]) -> None:
        """Begins to look, unless it is doing so or has found them."""
        with self._mutex:
            if self.state in ("looking", "there"):
                return
            self.state = "looking"
        threading.Thread(target=self._look, args=(outputs, lexicons), daemon=True).start()

    def forget(self) -> None:
        """The output has changed."""
        with self._mutex:
            if self.state != "looking":
                self.state = "none"

    def found(self) -> list[dict[str, Any]]:
        """What was found, most frequent first."""
        return self._found if self.state == "there" else []

    def _look(self, outputs: Path, lexicons: Sequence[Path]) -> None:
        try:
            self._found = [asdict(candidate) for candidate in suggest(outputs, lexicons)]
            self.state = "there"
        except ExtractError as error:
            self.problem, self.state = str(error), "failed"

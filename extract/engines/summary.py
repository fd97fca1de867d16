"""What a run did, for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class RunSummary:
    """What a run did; ``lines()`` is what the command line shows at the end.

    Attributes:
        out: the output folder.
        mentions: mentions by label.
        reused: articles taken over from an earlier or unfinished run.
        duplicates: the first few articles whose text had been met before, with what they repeat.
        n_duplicates: all of them.
        seconds: how long it took.
    """

    out: Path
    articles: int = 0
    mentions: dict[str, int] = field(default_factory=dict)
    relations: int = 0
    events: int = 0
    quotes: int = 0
    errors: int = 0
    reused: int = 0
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    n_duplicates: int = 0
    seconds: float = 0.0

    def lines(self) -> list[str]:
        """The summary as short lines of text."""
        by_number = sorted(self.mentions.items(), key=lambda item: -item[1])
        labels = ", ".join(f"{label} {count:,}" for label, count in by_number)
        found = [f"articles   {self.articles:,}"]
        found += [
            f"duplicate  {duplicate['source']} article {duplicate['position']} repeats "
            f"{duplicate['same_as']}; processed once"
            for duplicate in self.duplicates
        ]
        if self.n_duplicates > len(self.duplicates):
            more = self.n_duplicates - len(self.duplicates)
            found.append(f"duplicate  and {more:,} more (see {self.out / 'run.json'})")
        if self.reused:
            found.append(f"reused     {self.reused:,} articles were processed before and have not changed")
        return [
            *found,
            f"mentions   {sum(self.mentions.values()):,}" + (f" ({labels})" if labels else ""),
            f"relations  {self.relations:,}   events {self.events:,}   quotes {self.quotes:,}",
            f"errors     {self.errors:,}" + (f" (see {self.out / 'errors.csv'})" if self.errors else ""),
            f"tables     {self.out}   in {self.seconds:.1f} s",
        ]

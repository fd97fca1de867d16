"""What the benchmarks share: texts, CPU time, and figures with their spread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from extract.readers import Document, read
from extract.segment import Segment, segment

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def articles_of(paths: Sequence[str | Path]) -> list[Segment]:
    """The articles of some files and folders; those of seeds/ where none are given."""
    documents = [item for item in read(paths or [SEEDS]) if isinstance(item, Document)]
    return [article for document in documents for article in segment(document)]


def cpu_seconds(action: Callable[[], Any]) -> float:
    """CPU seconds of an action in this process: other work on the machine disturbs them least."""
    started = time.process_time()
    action()
    return time.process_time() - started


def spread(values: Sequence[float]) -> str:
    """Minimum, median and maximum."""
    return f"{min(values):6.2f} {statistics.median(values):6.2f} {max(values):6.2f}"

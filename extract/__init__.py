"""Entities, dates, figures, relations, events and quotes from Korean press releases, as tables.

>>> import extract
>>> nlp = extract.load()
>>> [(e.text, e.label_) for e in nlp("박원순 서울시장은 인도 뉴델리를 방문했다.").ents]
[('박원순', 'PERSON'), ('인도 뉴델리', 'CITY')]

The public names are imported on first use, so that ``import extract`` costs nothing:

- :func:`load`: the pipeline as a spaCy ``Language``; :func:`analysis_of`: what it found out about a ``Doc``
- :func:`run`: inputs to tables; :func:`read`: inputs to documents; :func:`tables`: an output as data frames
- the row classes of :mod:`extract.model`
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.components import analysis_of
    from extract.engines.local import run
    from extract.frames import tables
    from extract.pipeline import load
    from extract.readers import read

__all__ = ["analysis_of", "load", "read", "run", "tables"]

_HOMES = {
    "analysis_of": "extract.components",
    "load": "extract.pipeline",
    "read": "extract.readers",
    "run": "extract.engines.local",
    "tables": "extract.frames",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'extract' has no attribute {name!r}")

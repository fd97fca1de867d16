"""Correcting the results of a run in a browser: ``extract review``.

Each decision of a person becomes rows of the user's lexicon folder, or a line of annotated articles. All
decisions stand in a journal, from which each can be undone and a crash is repaired.

- :mod:`extract.review.app`: the web application; :mod:`extract.review.guard`: who may speak with it
- :mod:`extract.review.session`: one output, one folder, one journal; takes and undoes decisions
- :mod:`extract.review.names`, :mod:`extract.review.gold`: what a decision writes
- :mod:`extract.review.changes`, :mod:`extract.review.journal`: how it is written, and taken back
"""

from __future__ import annotations

"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Lexicons = Annotated[
    list[Path] | None,
    typer.Option("--lexicons", help="Folder of your own lexicon rows; may be given several times."),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="Folder of your own rule files; may be given several times."),
]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="Publication date, for relative dates."),
]

"""Options that several lexicon commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

To = Annotated[
    Path,
    typer.Option(
        "--to", metavar="DIR", help="Your lexicon folder; made where there is none.", show_default=False
    ),
]
Label = Annotated[
    str,
    typer.Option("--label", help="What the names are: PERSON, CITY, PLACE or ORG.", show_default=False),
]
Subtype = Annotated[
    str | None, typer.Option("--subtype", help="Finer kind, such as company, association or facility.")
]

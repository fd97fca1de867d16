"""``extract lexicon init``: a folder to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder.", show_default=False)],
) -> None:
    """Make a lexicon folder with a README, empty files and commented examples."""
    from extract.lexicon.starter import init

    for path in init(folder):
        typer.echo(str(path))

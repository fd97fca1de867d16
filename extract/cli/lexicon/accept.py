"""``extract lexicon accept``: the rows decided on, into your folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.console import say
from extract.cli.lexicon.options import To


def command(
    file: Annotated[Path, typer.Argument(help="Table of suggestions with decisions.", show_default=False)],
    to: To,
) -> None:
    """Take the rows decided on in a table of suggestions into your own lexicon folder."""
    from extract.lexicon.accept import accept

    done = accept(file, to)
    for problem in done.problems:
        typer.echo(str(problem))
    if done.failed:
        say(f"{file}: errors: {done.failed}; nothing was written")
        raise typer.Exit(1)
    say(done.summary())

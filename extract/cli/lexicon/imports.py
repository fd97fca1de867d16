"""``extract lexicon import``: a table of your own, into your folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.console import say
from extract.cli.lexicon.options import Label, Subtype, To
from extract.errors import UsageError


def command(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX table.", show_default=False)],
    label: Label,
    to: To,
    subtype: Subtype = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=HEADER",
            help="Which column of the table is which, such as name=기관명; guessed where obvious.",
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="Sheet of a workbook; the first by default.")
    ] = None,
) -> None:
    """Take a table of names into your own lexicon folder."""
    from extract.lexicon.importing import import_table

    mapping = {}
    for pair in map_ or ():
        column, sign, header = pair.partition("=")
        if not sign or not column.strip() or not header.strip():
            raise UsageError(f"{pair!r} maps nothing", where="--map", remedy="write --map name=기관명")
        mapping[column.strip()] = header.strip()
    done = import_table(file, to, label, subtype=subtype, mapping=mapping, sheet=sheet)
    for problem in done.problems:
        typer.echo(str(problem))
    if done.failed:
        say(f"{file}: errors: {done.failed}; nothing was written")
        raise typer.Exit(1)
    say(done.summary())

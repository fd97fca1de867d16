"""``extract lexicon add``: one name into your folder."""

from __future__ import annotations

from typing import Annotated

import typer

from extract.cli.console import say
from extract.cli.lexicon.options import Label, Subtype, To


def command(
    name: Annotated[str, typer.Argument(help="The name that the entity gets.", show_default=False)],
    label: Label,
    to: To,
    subtype: Subtype = None,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", help="Another form; may be given several times.")
    ] = None,
    guard: Annotated[
        str, typer.Option("--guard", help="For common words: proper or context (lexicons/README.md).")
    ] = "",
    id_: Annotated[
        str | None, typer.Option("--id", help="Id of the row; a shipped row's id replaces that row.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="Anything worth knowing later.")] = None,
) -> None:
    """Append a name to your own lexicon folder."""
    from extract.lexicon.edit import add

    added = add(to, name, label, subtype=subtype, aliases=alias or (), guard=guard, id=id_, note=note)
    typer.echo(f"{added.path}:{added.line}: {added.row['id']}")
    for notice in added.notices:
        say(f"note: {notice}")

"""``extract lexicon``: one module per command."""

from __future__ import annotations

import typer

from extract.cli.lexicon import accept, add, check, imports, init, listing, stats, suggest

app = typer.Typer(
    help="Check, list and extend lexicon rows and rules.", no_args_is_help=True, rich_markup_mode=None
)
app.command("check")(check.command)
app.command("list")(listing.command)
app.command("stats")(stats.command)
app.command("init")(init.command)
app.command("add")(add.command)
app.command("suggest")(suggest.command)
app.command("accept")(accept.command)
app.command("import")(imports.command)

"""``extract lexicon``: check and list the lexicons."""

from __future__ import annotations

from typing import Annotated

import typer

from extract.cli.console import say
from extract.cli.options import Lexicons, Rules
from extract.errors import UsageError

app = typer.Typer(help="Check and list lexicon rows and rules.", no_args_is_help=True, rich_markup_mode=None)


@app.command("check")
def check_command(lexicons: Lexicons = None, rules: Rules = None) -> None:
    """Check every row against its schema and run every rule's examples; exit 1 on errors."""
    from extract.lexicon.check import check

    lexicon, problems = check(lexicons or (), rules or ())
    for problem in problems:
        typer.echo(str(problem))
    rows = sum(len(found) for found in lexicon.tables.values())
    blocks = sum(len(found) for found in lexicon.rule_blocks.values())
    errors = sum(problem.severity == "error" for problem in problems)
    say(f"{rows:,} rows and {blocks:,} rules checked: {errors} errors, {len(problems) - errors} warnings")
    if errors:
        raise typer.Exit(1)


@app.command("list")
def list_command(
    file: Annotated[str | None, typer.Argument(help="A lexicon file, such as cities.")] = None,
    find: Annotated[
        str | None, typer.Option("--find", help="Only rows with this in a name or alias.")
    ] = None,
    lexicons: Lexicons = None,
) -> None:
    """List the lexicon files with their row counts, or the rows of one file."""
    from extract.lexicon import load_lexicon
    from extract.lexicon.check import count_rows
    from extract.lexicon.schema import FILES

    if file is not None and file not in FILES:
        raise UsageError(f"no lexicon file {file!r}", remedy=f"use one of: {', '.join(sorted(FILES))}")
    lexicon = load_lexicon(lexicons or ())
    if file is None and find is None:
        for name, counts in count_rows(lexicon).items():
            sources = ", ".join(f"{source} {count:,}" for source, count in counts.most_common())
            typer.echo(f"{name:<16} {sum(counts.values()):>7,}  {sources}")
        return
    for name in [file] if file else list(FILES):
        for row in lexicon.rows(name):
            if find is None or any(find in form for form in row.forms):
                label = "/".join(part for part in (row.label, row.subtype) if part)
                typer.echo("\t".join((name, row.id, row.name, "|".join(row.aliases), label, row.guard)))

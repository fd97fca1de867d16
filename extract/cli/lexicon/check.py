"""``extract lexicon check``: every row, setting and rule."""

from __future__ import annotations

import typer

from extract.cli.console import say
from extract.cli.options import Lexicons, Rules


def command(lexicons: Lexicons = None, rules: Rules = None) -> None:
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

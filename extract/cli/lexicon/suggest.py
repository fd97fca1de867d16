"""``extract lexicon suggest``: names that the texts themselves offer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.console import say
from extract.cli.options import Lexicons


def command(
    outputs: Annotated[
        Path, typer.Argument(help="Output folder of a run, with articles.jsonl.", show_default=False)
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FILE.csv", help="The table to write.")] = Path(
        "suggestions.csv"
    ),
    lexicons: Lexicons = None,
    min_count: Annotated[
        int | None,
        typer.Option(
            "--min-count",
            min=1,
            help="Leave out what occurs less often; by default 1 for names found by rules, 2 for other words.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List names that no lexicon holds, as a table to decide on in a spreadsheet."""
    from extract.lexicon.candidates import write_suggestions
    from extract.lexicon.suggest import suggest

    found = suggest(outputs, lexicons or (), min_count)
    write_suggestions(found, to)
    by_rule = sum(bool(candidate.rule) for candidate in found)
    say(f"{to}: {by_rule:,} from rules, {len(found) - by_rule:,} untagged")
    say(f"fill in the column 'decision' (yes or no), then: extract lexicon accept {to} --to my_lexicon")

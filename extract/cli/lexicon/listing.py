"""``extract lexicon list``: the files, or the rows of one file."""

from __future__ import annotations

from typing import Annotated

import typer

from extract.cli.options import Lexicons
from extract.errors import UsageError


def command(
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

"""``extract convert``: annotated texts to and from Doccano and Label Studio."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.console import say
from extract.errors import UsageError


def command(
    source: Annotated[
        Path,
        typer.Argument(help="Annotated JSONL, a Doccano JSONL or a Label Studio JSON.", show_default=False),
    ],
    out: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    to: Annotated[str, typer.Option("--to", help="gold, doccano or label-studio.")] = "gold",
    from_: Annotated[
        str | None, typer.Option("--from", help="The same; guessed from the content if not given.")
    ] = None,
) -> None:
    """Convert annotated texts between this program, Doccano and Label Studio."""
    from extract.evaluate.exchange import FORMATS, guess, read, write

    for option, value in (("--to", to), ("--from", from_)):
        if value is not None and value not in FORMATS:
            raise UsageError(f"unknown format {value!r}", where=option, remedy=f"take {', '.join(FORMATS)}")
    try:
        data = source.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", where=str(source), remedy="give an exported file"
        ) from None
    records = read(data, from_ or guess(data))
    try:
        out.write_text(write(records, to), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}", where=str(out), remedy="give another file"
        ) from None
    mentions = sum(len(record["mentions"]) for record in records)
    say(f"{len(records):,} texts, {mentions:,} mentions in {out}")

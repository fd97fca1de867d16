"""``extract lexicon stats``: how much each file holds, and from where."""

from __future__ import annotations

import typer

from extract.cli.options import Lexicons


def command(lexicons: Lexicons = None) -> None:
    """Count rows, forms and guarded forms by file, label and source, and rules by file."""
    from extract.lexicon import load_lexicon
    from extract.lexicon.stats import count

    rows, rules = count(load_lexicon(lexicons or ()))
    typer.echo(f"{'file':<16} {'label':<7} {'source':<38} {'rows':>8} {'forms':>8} {'guarded':>8}")
    for line in rows:
        typer.echo(
            f"{line.file:<16} {line.label:<7} {line.source[:38]:<38} "
            f"{line.rows:>8,} {line.forms:>8,} {line.guarded:>8,}"
        )
    totals = (sum(getattr(line, name) for line in rows) for name in ("rows", "forms", "guarded"))
    typer.echo(f"{'total':<63} " + " ".join(f"{total:>8,}" for total in totals))
    listed = ", ".join(f"{name} {number}" for name, number in rules.items())
    typer.echo(f"rules            {listed}: {sum(rules.values())} in all")

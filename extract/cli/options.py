"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.errors import UsageError

Lexicons = Annotated[
    list[Path] | None,
    typer.Option("--lexicons", help="Folder of your own lexicon rows; may be given several times."),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="Folder of your own rule files; may be given several times."),
]
Date = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="Publication date, for relative dates."),
]
ModelFolder = Annotated[
    Path | None,
    typer.Option("--model", help="Folder of tagger weights that extract train made, instead of the shipped."),
]
NoTagger = Annotated[
    bool, typer.Option("--no-tagger", help="Work with lexicons and rules alone, without the tagger.")
]


def chosen_model(model: Path | None, no_tagger: bool) -> bool | Path:
    """What ``load`` and ``run`` take for the two options.

    Raises:
        UsageError: when both are given.
    """
    if model is not None and no_tagger:
        raise UsageError("both --model and --no-tagger", remedy="give one of them")
    return model if model is not None else not no_tagger

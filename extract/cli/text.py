"""``extract text``: one text shown highlighted, or one JSON line per text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from extract.cli.console import parse_date
from extract.cli.options import Date, Lexicons, ModelFolder, NoTagger, Rules, chosen_model
from extract.errors import InputError, UsageError


def command(
    text: Annotated[str | None, typer.Argument(help="The text; - or nothing reads standard input.")] = None,
    date: Date = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one articles.jsonl line.")] = False,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl",
            metavar="FILE|-",
            help='Read {"id", "text", "published"} lines, write one line for each.',
        ),
    ] = None,
    lexicons: Lexicons = None,
    rules: Rules = None,
    model: ModelFolder = None,
    no_tagger: NoTagger = False,
) -> None:
    """Extract from one text and show what was found."""
    published = parse_date(date)
    voice = chosen_model(model, no_tagger)
    if jsonl is not None and text is not None:
        raise UsageError("both a text and --jsonl", remedy="give one of them")
    from extract.pipeline import stages

    if jsonl is not None:
        lines = list(_read_lines(jsonl))
        nlp = stages(lexicons or (), rules or (), voice)
        for number, record in enumerate(lines, 1):
            _write(_record(nlp, record, published, f"{jsonl}:{number}"))
        return
    content = sys.stdin.buffer.read().decode("utf-8", "replace") if text in (None, "-") else str(text)
    if not content.strip():
        raise UsageError("no text", remedy="give a text, or pipe one in")
    from extract.engines.article import process_text
    from extract.readers import normalise_text
    from extract.write import to_json

    result = process_text(stages(lexicons or (), rules or (), voice), normalise_text(content), published)
    if as_json:
        _write(to_json(result))
        return
    from extract.cli.terminal import show_article

    show_article(result)


def _read_lines(source: str) -> Iterator[dict[str, Any]]:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot be read: {error.strerror}", where=source, remedy="give an existing file"
        ) from None
    for number, line in enumerate(data.decode("utf-8-sig", "replace").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"not JSON: {error}", where=where, remedy="write one JSON object a line"
            ) from None
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise InputError(
                'no "text"', where=where, remedy='write {"id": …, "text": "…", "published": "YYYY-MM-DD"}'
            )
        yield record


def _record(nlp: Any, record: dict[str, Any], published: Any, where: str) -> dict[str, Any]:
    from extract.engines.article import process_text
    from extract.readers import normalise_text
    from extract.write import to_json

    date = published
    if record.get("published"):
        try:
            date = parse_date(str(record["published"])[:10])
        except UsageError as error:
            raise InputError(error.problem, where=where, remedy=error.remedy) from None
    row = to_json(process_text(nlp, normalise_text(record["text"]), date, source=where))
    return {"id": record["id"], **row} if "id" in record else row


def _write(row: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()

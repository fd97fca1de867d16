"""``extract show``: quick questions to an output folder, answered in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.console import say
from extract.errors import UsageError
from extract.model import ENTITY_LABELS, LABELS, PREDICATES

if TYPE_CHECKING:
    from rich.console import Console

    from extract.write.stored import Stored


def command(
    outputs: Annotated[Path, typer.Argument(help="Output folder of a run.")] = Path("outputs"),
    entity: Annotated[
        str | None, typer.Option("--entity", help="A name, another name or an id; part of it is enough.")
    ] = None,
    predicate: Annotated[
        str | None, typer.Option("--predicate", help="Relations of this kind, by English or Korean name.")
    ] = None,
    label: Annotated[
        str | None, typer.Option("--label", help="Entities, dates or figures of this label.")
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", help="An article by id or a part of its headline.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows of a table at most.")] = 30,
) -> None:
    """Answer quick questions: who and what is in the tables, and where it stands."""
    from extract.cli.terminal import console_of
    from extract.write.stored import Stored

    console = console_of()
    stored = Stored(outputs)
    chosen = _predicate(predicate) if predicate else None
    wanted = _label(label) if label else None
    articles = _articles(stored, article) if article else None
    if entity:
        _entity(console, stored, entity, chosen, wanted, articles, limit)
    elif chosen:
        rows = (row for row in stored.rows("relations") if row["predicate"] == chosen)
        _relations(console, _within(rows, articles), limit)
    elif wanted:
        _labelled(console, stored, wanted, articles, limit)
    elif articles is not None:
        _one_article(console, stored, articles)
    else:
        _overview(console, stored, limit)


def _overview(console: Console, stored: Stored, limit: int) -> None:
    from collections import Counter

    from extract.cli.terminal import print_table

    counts = [(table.name, f"{sum(1 for _ in stored.rows(table.name)):,}") for table in stored.tables]
    print_table(console, "tables", ("table", "rows"), counts, numbers=("rows",))
    _entities(console, stored.rows("entities"), min(limit, 15))
    predicates = Counter(row["predicate"] for row in stored.rows("relations")).most_common(limit)
    shown = [(name, _korean(name), f"{count:,}") for name, count in predicates]
    print_table(console, "predicates", ("predicate", "뜻", "rows"), shown, numbers=("rows",))
    _print(console, "errors", ("source", "error", "message"), stored.rows("errors"), limit)


def _entity(
    console: Console,
    stored: Stored,
    words: str,
    predicate: str | None,
    label: str | None,
    articles: set[str] | None,
    limit: int,
) -> None:
    found = [row for row in stored.rows("entities") if _named(row, words) and label in (None, row["label"])]
    if not found:
        raise UsageError(f"no entity is named {words!r}", where="--entity", remedy="give a part of its name")
    exact = [row for row in found if words in (row["name"], row["entity_id"], *row["aliases"])]
    found = exact or found
    ids = {row["entity_id"] for row in found}
    _entities(console, found, limit)
    relations = (
        row
        for row in stored.rows("relations")
        if (row["subject_id"] in ids or row["object_id"] in ids) and predicate in (None, row["predicate"])
    )
    _relations(console, _within(relations, articles), limit)
    if predicate:
        return
    quotes = _within((row for row in stored.rows("quotes") if row["speaker_id"] in ids), articles)
    _print(console, "quotes", ("speaker", "text", "article_id"), quotes, limit)
    mentions = _within((row for row in stored.rows("mentions") if row["entity_id"] in ids), articles)
    places = list(islice(mentions, limit + 1))
    sentences = {row["sentence_id"] for row in places}
    texts = {
        row["sentence_id"]: row["text"] for row in stored.rows("sentences") if row["sentence_id"] in sentences
    }
    shown = [{**row, "sentence": " ".join((texts.get(row["sentence_id"]) or "").split())} for row in places]
    _print(console, "sentences", ("text", "sentence", "article_id"), shown, limit)


def _labelled(console: Console, stored: Stored, label: str, articles: set[str] | None, limit: int) -> None:
    if label in ENTITY_LABELS:
        ids = None
        if articles is not None:
            ids = {row["entity_id"] for row in _within(stored.rows("mentions"), articles)}
        rows = (row for row in stored.rows("entities") if row["label"] == label)
        _entities(console, (row for row in rows if ids is None or row["entity_id"] in ids), limit)
        return
    if label == "FIGURE":
        figures = _within(stored.rows("figures"), articles)
        names = ("text", "type", "value", "low", "high", "unit", "counted", "article_id")
        _print(console, "figures", names, figures, limit, numbers=("value", "low", "high"))
        return
    ids = {row["mention_id"] for row in stored.rows("mentions") if row["label"] == label}
    dates = (row for row in _within(stored.rows("dates"), articles) if row["mention_id"] in ids)
    columns = ("text", "type", "start", "end", "timex", "article_id")
    _print(console, label, columns, dates, limit)


def _one_article(console: Console, stored: Stored, articles: set[str]) -> None:
    from extract.cli.terminal import show_article
    from extract.write import from_json

    first = True
    for article in stored.articles():
        if article["article_id"] in articles:
            if not first:
                console.rule()
            first = False
            show_article(from_json({"entities": [], **article}), console)


def _entities(console: Console, rows: Iterable[dict[str, Any]], limit: int) -> None:
    ranked = sorted(rows, key=lambda row: -row["n_mentions"])
    names = (
        "name",
        "label",
        "subtype",
        "title",
        "affiliation",
        "aliases",
        "n_mentions",
        "n_articles",
        "entity_id",
    )
    _print(console, "entities", names, ranked, limit, numbers=("n_mentions", "n_articles"))


def _relations(console: Console, rows: Iterable[dict[str, Any]], limit: int) -> None:
    names = ("subject", "predicate", "object", "date", "place", "article_id", "rule")
    _print(console, "relations", names, rows, limit)


def _print(
    console: Console,
    title: str,
    names: tuple[str, ...],
    rows: Iterable[dict[str, Any]],
    limit: int,
    numbers: tuple[str, ...] = (),
) -> None:
    """Prints ``limit`` rows and tells when there are more."""
    from extract.cli.terminal import print_table

    found = list(islice(rows, limit + 1))
    print_table(console, title, names, _texts(found[:limit], names), numbers=numbers)
    if len(found) > limit:
        say(f"{title}: only {limit} rows are shown; --limit shows more")


def _texts(rows: Iterable[dict[str, Any]], names: tuple[str, ...]) -> list[list[str]]:
    return [[_text(row[name]) for name in names] for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def _within(rows: Iterable[dict[str, Any]], articles: set[str] | None) -> Iterator[dict[str, Any]]:
    return (row for row in rows if articles is None or row["article_id"] in articles)


def _named(row: dict[str, Any], words: str) -> bool:
    return words == row["entity_id"] or any(words in name for name in (row["name"], *row["aliases"]))


def _articles(stored: Stored, words: str) -> set[str]:
    found = {
        row["article_id"]
        for row in stored.rows("articles")
        if words == row["article_id"] or words in (row["title"] or "")
    }
    if not found:
        raise UsageError(
            f"no article {words!r}", where="--article", remedy="give its id or a part of its headline"
        )
    return found


def _predicate(words: str) -> str:
    for name in PREDICATES:
        if words in (name, _korean(name)):
            return name
    raise UsageError(
        f"no predicate {words!r}", where="--predicate", remedy=f"use one of: {', '.join(PREDICATES)}"
    )


def _label(words: str) -> str:
    if words.upper() in LABELS:
        return words.upper()
    for name, entry in _types()["labels"].items():
        if words == entry["ko"]:
            return str(name)
    raise UsageError(f"no label {words!r}", where="--label", remedy=f"use one of: {', '.join(LABELS)}")


def _korean(predicate: str) -> str:
    return str(_types()["predicates"][predicate]["ko"])


def _types() -> dict[str, Any]:
    from extract.lexicon.types import shipped_types

    return shipped_types()

"""One article in the terminal: the text with its mentions highlighted, then what they say."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from extract.model import ArticleResult

STYLES = {
    "PERSON": "bold black on bright_yellow",
    "CITY": "bold black on bright_green",
    "PLACE": "black on green",
    "ORG": "bold black on bright_cyan",
    "DATE": "black on bright_magenta",
    "TIME": "black on magenta",
    "FIGURE": "black on white",
}


def show(result: ArticleResult, console: Console | None = None) -> None:
    """Prints the highlighted text and tables of mentions, relations and quotes."""
    console = console or Console(highlight=False)
    shown = Text(result.text)
    for mention in result.mentions:
        shown.stylize(STYLES[mention.label], mention.start, mention.end)
    console.print(shown)
    names = {entity.entity_id: entity.name for entity in result.entities}
    _table(
        console,
        ("text", "label", "subtype", "value", "rule"),
        [
            (m.text, m.label, m.subtype or "", m.value or names.get(m.entity_id or "", ""), m.rule)
            for m in result.mentions
        ],
    )
    _table(
        console,
        ("subject", "predicate", "object", "date", "place", "rule"),
        [(r.subject, r.predicate, r.object, r.date or "", r.place or "", r.rule) for r in result.relations],
    )
    _table(
        console,
        ("speaker", "said", "cue", "kind"),
        [(q.speaker or "", q.text, q.cue or "", q.kind) for q in result.quotes],
    )


def _table(console: Console, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    if not rows:
        return
    table = RichTable(box=None, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print()
    console.print(table)

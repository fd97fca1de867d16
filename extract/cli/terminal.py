"""How results look in a terminal: highlighted text and small tables; plain text where the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from extract.model import ArticleResult

STYLES = {
    "PERSON": "#16181c on #f4a7b9",
    "CITY": "#16181c on #8fd3c1",
    "PLACE": "#16181c on #b5dd8a",
    "ORG": "#16181c on #9cc3f2",
    "DATE": "#16181c on #f2d388",
    "TIME": "#16181c on #f6bd8e",
    "FIGURE": "#16181c on #cdb4ee",
}
"""The colours of ``types.yaml``, so that a label looks the same here and in the report."""


_WIDE = 1000  # columns where the output is no terminal: one row stays one line


def console_of() -> Console:
    """The console to print to; where that is no terminal, rows of tables are not broken."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDE)


def show_article(result: ArticleResult, console: Console | None = None) -> None:
    """Prints the highlighted text and tables of mentions, relations and quotes; a terminal gets events, too."""
    console = console or console_of()
    shown = Text(_harmless(result.text, console))
    for mention in result.mentions:
        shown.stylize(STYLES[mention.label], mention.start, mention.end)
    console.print(shown, soft_wrap=not console.is_terminal)
    names = {entity.entity_id: entity.name for entity in result.entities}
    print_table(
        console,
        "mentions",
        ("text", "label", "subtype", "value", "rule"),
        [
            (m.text, m.label, m.subtype or "", m.value or names.get(m.entity_id or "", ""), m.rule)
            for m in result.mentions
        ],
    )
    print_table(
        console,
        "relations",
        ("subject", "predicate", "object", "date", "place", "rule"),
        [(r.subject, r.predicate, r.object, r.date or "", r.place or "", r.rule) for r in result.relations],
    )
    if console.is_terminal:
        print_table(
            console,
            "events",
            ("type", "name", "date", "place", "participants", "rule"),
            [
                (
                    e.type,
                    e.name or e.trigger,
                    e.date_start or "",
                    e.place or "",
                    ", ".join(e.participants),
                    e.rule,
                )
                for e in result.events
            ],
        )
    print_table(
        console,
        "quotes",
        ("speaker", "said", "cue", "kind"),
        [(q.speaker or "", q.text, q.cue or "", q.kind) for q in result.quotes],
    )


def print_table(
    console: Console,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[str] = (),
) -> None:
    """Prints a table, or nothing when there are no rows; columns named in ``numbers`` stand to the right.

    A terminal gets the title, lines and labels in their colours; elsewhere a table is a header and rows.
    """
    found = list(rows)
    if not found:
        return
    if console.is_terminal:
        table = RichTable(
            title=f"{title} ({len(found):,})",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            header_style="bold",
            title_justify="left",
            title_style="bold",
        )
    else:
        table = RichTable(box=None, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold", justify="right" if name in numbers else "left")
    for row in found:
        table.add_row(*(_cell(name, value, console) for name, value in zip(header, row, strict=True)))
    console.print()
    console.print(table)


_CONTROLS = {
    code: chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\n\t"
}


def _harmless(text: str, console: Console) -> str:
    """``text`` without characters that a terminal obeys, each replaced by one that shows it."""
    return text.translate(_CONTROLS) if console.is_terminal else text


def _cell(column: str, value: str, console: Console) -> Text:
    style = STYLES.get(value, "") if column == "label" and console.is_terminal else ""
    value = _harmless(value, console)
    return Text(value, style="dim" if column == "rule" and console.is_terminal else style)

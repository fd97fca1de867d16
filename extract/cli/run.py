"""``extract run``: press releases in, tables out."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.console import fail, parse_date, say
from extract.cli.options import Date, Lexicons, ModelFolder, NoTagger, Rules, chosen_model
from extract.errors import UsageError
from extract.write.formats import DEFAULT_FORMATS, format_names

if TYPE_CHECKING:
    from extract.engines.summary import RunSummary


class Engine(str, Enum):
    """What does the work."""

    LOCAL = "local"
    SPARK = "spark"


_DEFAULT = {Engine.LOCAL: DEFAULT_FORMATS, Engine.SPARK: ("parquet",)}


class Encoding(str, Enum):
    """Encodings of CSV files."""

    UTF_8 = "utf-8"
    CP949 = "cp949"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files or folders of press releases; - for standard input.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the tables.")] = Path("outputs"),
    lexicons: Lexicons = None,
    rules: Rules = None,
    model: ModelFolder = None,
    no_tagger: NoTagger = False,
    date: Date = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=f"Comma-separated: {', '.join(format_names())}; on Spark parquet.",
            show_default=",".join(DEFAULT_FORMATS),
        ),
    ] = None,
    encoding: Annotated[
        Encoding, typer.Option("--encoding", help="Encoding of the CSV files; cp949 for old spreadsheets.")
    ] = Encoding.UTF_8,
    report: Annotated[
        bool | None,
        typer.Option("--report/--no-report", help="With or without report.html, whatever --format says."),
    ] = None,
    text_column: Annotated[
        str | None, typer.Option("--text-column", help="Column of CSV, XLSX or JSON lines with the text.")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", help="Column with an id, kept as input_id.")
    ] = None,
    date_column: Annotated[
        str | None, typer.Option("--date-column", help="Column with the publication date.")
    ] = None,
    title_column: Annotated[
        str | None, typer.Option("--title-column", help="Column with the headline.")
    ] = None,
    repair_spacing: Annotated[
        bool, typer.Option("--repair-spacing", help="Mend broken spacing (국 토 부) before everything else.")
    ] = False,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Write the (large) table of morphemes, too.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 means one per core.")] = 0,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume/--fresh",
            help="Go on from an unfinished run and process only what is new or changed, or everything anew.",
        ),
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first input that fails.")] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Processes of this machine, or a Spark cluster.")
    ] = Engine.LOCAL,
    master: Annotated[
        str | None,
        typer.Option("--master", help="Address of the Spark master, such as spark://host:7077."),
    ] = None,
) -> None:
    """Extract all tables from press releases."""
    from extract.readers import Columns

    run = _run_of(engine, master, resume)
    try:
        summary = run(
            inputs,
            out,
            lexicons=lexicons or (),
            rules=rules or (),
            model=chosen_model(model, no_tagger),
            published=parse_date(date),
            columns=Columns(text_column, id_column, date_column, title_column),
            repair_spacing=repair_spacing,
            formats=_formats(format_ or ",".join(_DEFAULT[engine]), encoding, report),
            tokens=tokens,
            workers=workers,
            strict=strict,
            progress=True,
        )
    except KeyboardInterrupt:
        left = "what is done is kept: the same command goes on from there"
        fail(f"interrupted; {left if engine is Engine.LOCAL else 'nothing is kept'}", 130)
    for line in summary.lines():
        say(line)
    if summary.errors:
        raise typer.Exit(1)


def _run_of(engine: Engine, master: str | None, resume: bool) -> Callable[..., RunSummary]:
    """The run of an engine with the options that it alone has.

    Raises:
        UsageError: ``--master`` without Spark.
    """
    if engine is Engine.SPARK:
        from extract.engines.spark import run as run_on_spark

        return partial(run_on_spark, master=master)
    if master is not None:
        raise UsageError("only Spark has a master", where="--master", remedy="add: --engine spark")
    from extract.engines.local import run as run_here

    return partial(run_here, resume=resume)


def _formats(named: str, encoding: Encoding, report: bool | None) -> tuple[str, ...]:
    """The formats that the options ask for."""
    formats = [part.strip() for part in named.split(",") if part.strip()]
    if report is not None:
        formats = [name for name in formats if name != "report"] + ["report"] * report
    return (*formats, *(["csv-cp949"] if encoding is Encoding.CP949 else []))

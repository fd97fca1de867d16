"""The command line: one module per command, heavy imports only inside the commands."""

from __future__ import annotations

import sys
import warnings
from typing import Annotated, Any

import typer

from extract.cli import (
    convert,
    evaluate,
    explain,
    graph,
    lexicon,
    query,
    report,
    review,
    run,
    show,
    text,
    train,
)
from extract.cli.console import fail, say
from extract.engines.garbage import seldom
from extract.errors import ExtractError, ExtractWarning

app = typer.Typer(
    name="extract",
    help="Entities, dates, figures, relations, events and quotes from Korean press releases, as tables.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run.command)
app.command("text")(text.command)
app.command("eval")(evaluate.command)
app.command("explain")(explain.command)
app.command("show")(show.command)
app.command("query")(query.command)
app.command("report")(report.command)
app.command("review")(review.command)
app.command("graph")(graph.command)
app.command("convert")(convert.command)
app.command("train")(train.command)
app.add_typer(lexicon.app, name="lexicon")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"extract {version('extract-ko')}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool | None,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit."),
    ] = None,
) -> None:
    context.obj = {"debug": debug}


_show_warning = warnings.showwarning
_WrongUsage: Any = typer.BadParameter.__bases__[0]  # click's UsageError, wherever Typer keeps its click


def _warn(message: Warning | str, category: type[Warning], *where: Any) -> None:
    if issubclass(category, ExtractWarning):
        say(f"extract: {message}")
    else:
        _show_warning(message, category, *where)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits: 0 done, 1 some inputs failed, 2 wrong usage, 3 nothing processed."""
    arguments = sys.argv[1:] if arguments is None else arguments
    seldom()
    warnings.showwarning = _warn  # type: ignore[assignment]
    try:
        code = app(args=arguments, prog_name="extract", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except _WrongUsage as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()
            sys.exit(2)
        command = error.ctx.command_path if error.ctx else "extract"
        fail(f"{error.format_message().rstrip('.')}; see: {command} --help", 2)
    except typer.Abort:
        fail("interrupted; nothing was written under the output's name", 130)
    except ExtractError as error:
        if "--debug" in arguments:
            raise
        fail(str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        fail("interrupted; nothing was written under the output's name", 130)
    except Exception as error:
        if "--debug" in arguments:
            raise
        fail(f"unexpected {type(error).__name__}: {error}; run again with --debug and report it", 1)

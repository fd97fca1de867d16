"""``extract review``: correct the results of a run in a browser."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from extract.cli.console import say
from extract.cli.options import ModelFolder, NoTagger, chosen_model
from extract.errors import UsageError


def command(
    outputs: Annotated[Path, typer.Argument(help="Output folder of a run, with articles.jsonl.")] = Path(
        "outputs"
    ),
    lexicons: Annotated[
        Path,
        typer.Option(
            "--lexicons", help="Your lexicon folder, in which decisions become rows; made if missing."
        ),
    ] = Path("my_lexicon"),
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    model: ModelFolder = None,
    no_tagger: NoTagger = False,
) -> None:
    """Correct the results of a run in a browser, on this machine alone."""
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise UsageError(
            f"reviewing needs {error.name}", remedy="install it: pip install starlette uvicorn"
        ) from None
    from extract.review.app import Review, application, new_token
    from extract.review.session import Session

    chosen = chosen_model(model, no_tagger)
    session = Session(outputs, lexicons)
    review = Review(session, None if chosen is True else chosen if chosen is False else str(chosen))
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
            if sys.platform != "win32":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind(("127.0.0.1", port))
                listening.listen(128)
            except OSError as error:
                raise UsageError(
                    f"cannot be used: {error.strerror}", where=f"port {port}", remedy="leave --port out"
                ) from None
            port = listening.getsockname()[1]
            token = new_token()
            address = f"http://127.0.0.1:{port}/?token={token}"
            if session.journal.dropped:
                say("the last decision was cut off by a crash and is left out")
            if session.repaired:
                say("the last decision was not in its file yet and has been written")
            typer.echo(address)
            say(f"decisions go to {lexicons}; Ctrl-C ends the review")
            if browser:
                import webbrowser

                webbrowser.open(address)
            settings = uvicorn.Config(
                application(review, port, token),
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=3,
            )
            uvicorn.Server(settings).run([listening])
    except KeyboardInterrupt:
        pass
    finally:
        review.rerun.stop()
        session.close()

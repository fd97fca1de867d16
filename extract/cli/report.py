"""``extract report``: an output folder as one page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    outputs: Annotated[Path, typer.Argument(help="Output folder of a run.")] = Path("outputs"),
) -> None:
    """Write report.html, a page with the results and the texts behind them, into the output folder of a run."""
    from extract.write.report import write_report

    page, *beside = write_report(outputs)
    size = sum(path.stat().st_size for path in (page, *beside)) / 1e6
    also = f" and {len(beside)} files in {beside[0].parent.name}/" if beside else ""
    typer.echo(f"{page}{also}: {size:.1f} MB; open it in a browser")

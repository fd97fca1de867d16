"""``extract graph``: the entities and relations of a run as a graph for Gephi."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.errors import UsageError


def command(
    outputs: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the two files, if not the same one.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Keep entities that no relation links to another one.")
    ] = False,
) -> None:
    """Write the entities and relations of a run as graph.graphml and graph.gexf."""
    from extract.write.graph import graph_of, write_graph

    if not outputs.is_dir():
        raise UsageError(
            "no such folder", where=str(outputs), remedy="give the output folder of: extract run INPUT…"
        )
    if out is not None and not out.is_dir():
        raise UsageError("no such folder", where=str(out), remedy="make it first or leave --out away")
    graph = graph_of(outputs, everything=everything)
    for path in write_graph(graph, out or outputs):
        typer.echo(f"{path}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")

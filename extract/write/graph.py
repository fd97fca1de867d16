"""The entities and relations of an output folder as one graph, for Gephi and other graph programs.

A node is an entity that takes part in a relation, or what it attends, hosts, operates or supports where that is
plain text (an event of that article); an edge gathers the relation rows of one subject, predicate and object.
Titles, other names, dates and figures stand in the tables only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from extract.model import stable_id
from extract.write.cells import SEPARATOR
from extract.write.folder import GRAPH_FILES, unwritable
from extract.write.stored import Stored

if TYPE_CHECKING:
    import networkx

_TEXTS = ("label", "subtype", "title", "affiliation", "country", "city", "wikidata", "aliases")
_TEXT_NODES = {"attended": "EVENT", "hosted": "EVENT", "operates": "OTHER", "supports": "OTHER"}
"""Predicates whose object is a node although it is no entity, with the node's kind."""
_NOT_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def graph_of(folder: str | Path, *, everything: bool = False) -> networkx.MultiDiGraph:
    """The graph of an output folder, nodes and edges in the order of their ids.

    Nodes have ``label`` (the name, for the picture), ``kind`` (PERSON CITY PLACE ORG EVENT OTHER), ``subtype``,
    ``title``, ``affiliation``, ``country``, ``city``, ``wikidata``, ``aliases``, ``mentions``, ``articles``, and
    ``latitude`` and ``longitude`` in degrees; edges ``label`` and ``predicate``, ``weight`` (rows of the relations
    table), ``dates`` and ``articles`` (joined with ``|``), ``first`` and ``last`` date, ``n_articles`` and ``score``
    (the best one). What is not known is left out. ``everything`` keeps entities without any edge.

    Raises:
        UsageError: when the folder holds no tables, or a table cannot be read.
    """
    import networkx

    stored = Stored(folder)
    entities = {row["entity_id"]: row for row in _rows(stored, "entities")}
    edges: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    nodes: dict[str, dict[str, Any]] = {}
    for row in _rows(stored, "relations"):
        subject, object_, predicate = row["subject_id"], row["object_id"], row["predicate"]
        if not object_ and predicate in _TEXT_NODES and subject in entities:
            object_ = stable_id("x", row["article_id"], row["object"])
            nodes[object_] = {"label": _clean(row["object"]), "kind": _TEXT_NODES[predicate], "articles": 1}
        elif subject not in entities or object_ not in entities:
            continue
        edges.setdefault((subject, object_, predicate), []).append(row)
    linked = {end for key in edges for end in key[:2]}
    for entity_id in entities:
        if everything or entity_id in linked:
            nodes[entity_id] = _node(entities[entity_id])
    graph = networkx.MultiDiGraph()
    for node_id in sorted(nodes):
        graph.add_node(node_id, **nodes[node_id])
    for subject, object_, predicate in sorted(edges):
        rows = edges[subject, object_, predicate]
        key = stable_id("g", subject, predicate, object_)
        graph.add_edge(subject, object_, key=key, **_edge(predicate, rows))
    return graph


def _node(row: dict[str, Any]) -> dict[str, Any]:
    known = {("kind" if name == "label" else name): _clean(row[name]) for name in _TEXTS if row[name]}
    counts = {"mentions": int(row["n_mentions"]), "articles": int(row["n_articles"])}
    degrees = {name: float(row[name]) for name in ("latitude", "longitude") if row[name]}
    return {"label": _clean(row["name"]), **known, **counts, **degrees}


def _edge(predicate: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    dates = sorted({_clean(row["date"]) for row in rows if row["date"]})
    articles = sorted({row["article_id"] for row in rows})
    edge: dict[str, Any] = {"label": predicate, "predicate": predicate, "weight": float(len(rows))}
    edge |= {"n_articles": len(articles), "articles": SEPARATOR.join(articles)}
    edge["score"] = max(float(row["score"]) for row in rows)
    if dates:
        edge |= {"dates": SEPARATOR.join(dates), "first": dates[0], "last": dates[-1]}
    return edge


def _clean(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def write_graph(graph: networkx.MultiDiGraph, folder: str | Path) -> list[Path]:
    """Writes ``graph.graphml`` and ``graph.gexf`` into ``folder``; the same graph gives the same bytes.

    Returns:
        The files written.

    Raises:
        UsageError: when they cannot be written.
    """
    from networkx.readwrite.gexf import GEXFWriter
    from networkx.readwrite.graphml import GraphMLWriter

    paths = [Path(folder) / name for name in GRAPH_FILES]
    graphml = GraphMLWriter(graph, encoding="utf-8", prettyprint=True)
    gexf = GEXFWriter(graph, encoding="utf-8", prettyprint=True)
    meta = gexf.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # the day of writing would change the bytes
    meta.find("creator").text = "extract"
    for path, write in zip(paths, (graphml.dump, gexf.write), strict=True):
        beside = path.with_name(f".{path.name}.part")
        try:
            with beside.open("wb") as file:
                write(file)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise unwritable(path, error) from None
    return paths


def _rows(stored: Stored, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table; what is not known is empty, a list is joined."""
    for row in stored.rows(name):
        yield {
            column: "" if value is None else SEPARATOR.join(value) if isinstance(value, list) else value
            for column, value in row.items()
        }

from __future__ import annotations

import shutil
import subprocess
import sys

import networkx
import pytest
from hand_made import article, entity

from extract.cli import main
from extract.errors import UsageError
from extract.model import ArticleResult, Relation
from extract.write import write_run
from extract.write.folder import GRAPH_FILES
from extract.write.graph import graph_of, write_graph


def relation(
    number: int, article: str, subject: str, predicate: str, object_id: str | None, **values: object
) -> Relation:
    fields: dict[str, object] = {
        "object": object_id or "",
        "date": None,
        "place": None,
        "score": 0.9,
        **values,
    }
    return Relation(
        f"r{number}", article, None, subject, subject, predicate, object_id,
        start=0, end=1, rule="relations:x", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


ENTITIES = (
    entity("e1", "김하늘", title="시장", affiliation="한빛시", n_mentions=4, n_articles=2),
    entity("e2", "한빛시", "ORG", aliases=("한빛", "시"), subtype="government"),
    entity("e3", "하노이", "CITY", country="베트남", latitude=21.0285, longitude=105.8542),
    entity("e4", "홀로\x07재단", "ORG"),
)
RELATIONS = (
    relation(1, "a1", "e1", "affiliated_with", "e2", score=0.8),
    relation(2, "a2", "e1", "affiliated_with", "e2", date="2024-03-02"),
    relation(3, "a1", "e1", "visited", "e3", date="2024-03-01"),
    relation(4, "a1", "e1", "visited", "e2"),
    relation(5, "a1", "e1", "holds_title", None, object="시장"),
    relation(6, "a1", "e2", "hosted", None, object="도시 <포럼> & 회의"),
    relation(7, "a1", "e1", "attended", None, object="도시 <포럼> & 회의"),
    relation(8, "a1", "e2", "founded", "m1", object="1987년"),
)


def results() -> list[ArticleResult]:
    first = [row for row in RELATIONS if row.article_id == "a1"]
    return [
        ArticleResult(article("a1", 0, "글"), "글", entities=ENTITIES, relations=tuple(first)),
        ArticleResult(article("a2", 1, "글 둘"), "글 둘", relations=RELATIONS[1:2]),
    ]


@pytest.fixture(params=[("csv",), ("jsonl",)], ids=["csv", "jsonl"])
def folder(request, tmp_path):
    write_run(tmp_path / "out", results(), formats=request.param)
    return tmp_path / "out"


def test_nodes_are_the_entities_that_relations_link(folder):
    graph = graph_of(folder)
    event = next(node for node, data in graph.nodes(data=True) if data["kind"] == "EVENT")
    assert set(graph.nodes) == {"e1", "e2", "e3", event}
    assert graph.nodes["e1"] == {
        "label": "김하늘", "kind": "PERSON", "title": "시장", "affiliation": "한빛시", "mentions": 4, "articles": 2,
    }  # fmt: skip
    assert graph.nodes["e2"]["aliases"] == "한빛|시"
    assert (graph.nodes["e3"]["latitude"], graph.nodes["e3"]["longitude"]) == (21.0285, 105.8542)
    assert graph.nodes[event]["label"] == "도시 <포럼> & 회의"
    assert {edge[0] for edge in graph.in_edges(event)} == {"e1", "e2"}


def test_everything_keeps_lone_entities_and_drops_what_xml_cannot_hold(folder):
    assert graph_of(folder, everything=True).nodes["e4"]["label"] == "홀로재단"


def test_an_edge_gathers_the_rows_of_one_fact(folder):
    edges = {data["predicate"]: data for _, end, data in graph_of(folder).edges(data=True) if end == "e2"}
    assert set(edges) == {"affiliated_with", "visited"}
    assert edges["affiliated_with"] == {
        "label": "affiliated_with", "predicate": "affiliated_with", "weight": 2.0, "n_articles": 2,
        "articles": "a1|a2", "score": 0.9, "dates": "2024-03-02", "first": "2024-03-02", "last": "2024-03-02",
    }  # fmt: skip
    assert "dates" not in edges["visited"]


def test_both_files_read_back_as_the_graph(folder):
    graph = graph_of(folder)
    graphml, gexf = write_graph(graph, folder)
    for read in (networkx.read_graphml(graphml, force_multigraph=True), networkx.read_gexf(gexf)):
        assert read.is_directed()
        assert {n: d["label"] for n, d in read.nodes(data=True)} == {
            n: d["label"] for n, d in graph.nodes(data=True)
        }
        assert read.nodes["e3"]["latitude"] == 21.0285
        found = sorted((a, b, d["predicate"], d["weight"]) for a, b, d in read.edges(data=True))
        assert found == sorted((a, b, d["predicate"], d["weight"]) for a, b, d in graph.edges(data=True))


def test_the_same_bytes_in_another_process(folder, tmp_path):
    write_graph(graph_of(folder), folder)
    other = tmp_path / "other"
    other.mkdir()
    code = f"from extract.write.graph import *; write_graph(graph_of({str(folder)!r}), {str(other)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "7"})
    for name in GRAPH_FILES:
        assert (folder / name).read_bytes() == (other / name).read_bytes()
        assert b"lastmodified" not in (folder / name).read_bytes()


def test_a_later_run_replaces_the_graph_with_its_tables(folder):
    write_graph(graph_of(folder), folder)
    write_run(folder, results())
    assert not any((folder / name).exists() for name in GRAPH_FILES)


def test_the_command_says_what_it_wrote(folder, capfd):
    with pytest.raises(SystemExit) as exit_:
        main(["graph", str(folder)])
    assert not exit_.value.code
    assert capfd.readouterr().out == "".join(f"{folder / name}: 4 nodes, 5 edges\n" for name in GRAPH_FILES)


@pytest.mark.parametrize("wrong", ["nowhere", "empty", "file", "broken", "short"])
def test_a_wrong_folder_is_one_line(wrong, tmp_path, capfd):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("글", encoding="utf-8")
    write_run(tmp_path / "broken", results())
    (tmp_path / "broken" / "entities.csv").write_bytes(b"\xff\xfe\x00")
    shutil.copytree(tmp_path / "broken", tmp_path / "short")
    (tmp_path / "short" / "entities.csv").write_text("entity_id,name\ne1,김하늘\n", encoding="utf-8")
    with pytest.raises(SystemExit) as exit_:
        main(["graph", str(tmp_path / wrong)])
    error = capfd.readouterr().err
    assert exit_.value.code == 2
    assert error.count("\n") == 1 and str(tmp_path / wrong) in error
    with pytest.raises(UsageError):
        graph_of(tmp_path / wrong)

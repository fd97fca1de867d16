"""What Spark's Python workers do, without Spark."""

import itertools
import json
import os
import pickle
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.cli import main
from extract.model import Entity, ErrorRow
from extract.readers import Limits, find
from extract.segment import segment_whole
from extract.write.cells import record
from extract.write.entities import EntityMerge

pyarrow = pytest.importorskip("pyarrow", reason="pip install 'extract-ko[parquet]'")

from extract.engines import article, spark_tasks  # noqa: E402
from extract.engines.running import Running  # noqa: E402
from extract.engines.spark import _groups  # noqa: E402
from extract.engines.spark_session import reason  # noqa: E402
from extract.engines.stream import Options  # noqa: E402

OPTIONS = Options((), (), False, False)
TEXT = "부산시는 {day}일 벡스코에서 도시포럼을 개최했다. 강동현 부산시장은 “함께 가자”고 말했다."

some_text = st.sampled_from(["부산", "서울", "수원", None])
entities = st.builds(
    Entity,
    entity_id=st.sampled_from(["e1", "e2", "e3", "e4"]),
    label=st.just("ORG"),
    subtype=some_text,
    name=st.sampled_from(["시티넷", "CITYNET", "협의회"]),
    aliases=st.lists(st.sampled_from(["시티넷", "넷", "C"]), unique=True, max_size=2).map(tuple),
    title=some_text,
    affiliation=some_text,
    country=some_text,
    city=some_text,
    wikidata=st.none(),
    latitude=st.sampled_from([None, 35.5]),
    longitude=st.none(),
    n_mentions=st.integers(1, 3),
    n_articles=st.just(1),
)


def rows(batches):
    return [row for batch in batches for row in batch.to_pylist()]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(entities, max_size=4), min_size=1, max_size=8), st.sets(st.integers(1, 7)))
def test_entities_merged_by_stretches_are_those_merged_at_once(articles, cuts):
    at_once = EntityMerge()
    for found in articles:
        at_once.add(found)
    bounds = [0, *sorted(cut for cut in cuts if cut < len(articles)), len(articles)]
    partial = []
    for start, end in itertools.pairwise(bounds):
        schema = pyarrow.schema(
            [
                ("number", pyarrow.int64()),
                ("seq", pyarrow.int64()),
                ("entities", pyarrow.list_(pyarrow.struct(list(spark_tasks._ENTITY)))),
            ]
        )
        stretch = [
            {"number": number, "seq": 0, "entities": [record(row) for row in articles[number]]}
            for number in range(start, end)
        ]
        partial += rows(spark_tasks.merge_stretch(iter([pyarrow.RecordBatch.from_pylist(stretch, schema)])))
    place = ("number", "seq", "ordinal")
    partial.sort(key=lambda row: (row["entity_id"], *(row[name] for name in place)))
    shuffled = pyarrow.RecordBatch.from_pylist(partial, spark_tasks.PARTIAL)
    met = rows(spark_tasks.merge_stretches(iter([shuffled])))
    met.sort(key=lambda row: tuple(row[name] for name in place))
    found = [{name: value for name, value in row.items() if name not in place} for row in met]
    assert found == [{**record(row), "aliases": list(row.aliases)} for row in at_once]


def items_of(texts):
    made = [
        {
            "number": number,
            "seq": 0,
            "source": f"{number}.txt",
            "segment": pickle.dumps(segment_whole(text)),
            "error": None,
        }
        for number, text in enumerate(texts)
    ]
    schema = pyarrow.schema(
        [
            (name, spark_tasks.ITEMS.field(name).type)
            for name in ("number", "seq", "source", "segment", "error")
        ]
    )
    return iter([pyarrow.RecordBatch.from_pylist(made, schema)])


def test_an_article_that_kills_its_process_or_hangs_is_an_error_row(monkeypatch):
    real = article.tokenised

    def deadly(segment):
        if "7일" in segment.text:
            os._exit(1)
        return real(segment)

    monkeypatch.setattr(article, "tokenised", deadly)
    texts = [TEXT.format(day=day) for day in (6, 7, 9)]
    found = rows(spark_tasks.process(items_of(texts), OPTIONS, Running()))
    assert [row["number"] for row in found] == [0, 1, 2]
    assert json.loads(found[1]["error"])["error"] == "worker-died"
    for row in (found[0], found[2]):
        assert json.loads(row["line"])["mentions"]


def test_inputs_are_read_with_their_places_and_errors(tmp_path):
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    lines = [json.dumps({"text": TEXT.format(day=day)}, ensure_ascii=False) for day in (1, 2)]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = find([tmp_path])
    groups = [pickle.dumps(group) for group in _groups(found, 1)]
    batch = pyarrow.RecordBatch.from_pylist([{"group": group} for group in groups])
    read = rows(spark_tasks.read_inputs(iter([batch]), None, Limits(), None, 60, False))
    assert [(row["number"], row["seq"]) for row in read] == [(0, 0), (1, 0), (1, 1), (1, 3)]
    error, inputs, *articles = read
    assert ErrorRow(**json.loads(error["error"])).error == "empty-file"
    assert len(inputs["sha256"]) == 64
    assert [row["position"] for row in articles] == [0, 1]
    assert all(pickle.loads(row["segment"]).text for row in articles)


def test_inputs_are_grouped_in_order_and_by_size(tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("가" * 10 ** (number % 3), encoding="utf-8")
    found = find([tmp_path])
    groups = list(_groups(found, 4))
    assert len(groups) >= 4
    assert [first for first, _ in groups] == [sum(len(g) for _, g in groups[:n]) for n in range(len(groups))]
    assert [item for _, group in groups for item in group] == found


def fails(capfd, *arguments):
    with pytest.raises(SystemExit) as exit_:
        main(["run", *arguments])
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return exit_.value.code, err


def test_what_spark_lacks_is_told_in_one_line(tmp_path, capfd, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    spark = (str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--engine", "spark")
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "pyspark", None)
        code, said = fails(capfd, *spark)
        assert (code, "pip install 'extract-ko[spark]'" in said) == (2, True)
    pytest.importorskip("pyspark", reason="pip install 'extract-ko[spark]'")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, said = fails(capfd, *spark)
    assert (code, "apt-get install openjdk-17-jre-headless" in said) == (2, True)
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n", encoding="utf-8")
    old.chmod(0o755)
    assert "is Java 11; Spark needs 17 or later" in fails(capfd, *spark)[1]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "An exception was thrown from the Python worker.\nTraceback (most recent call last):\n"
            '  File "worker.py", line 1\nextract.errors.LexiconError: my/titles.csv:2: unknown key\n\n\tat org.apache',
            "extract.errors.LexiconError: my/titles.csv:2: unknown key",
        ),
        (
            "An error occurred while calling o1.parquet.\n: org.apache.spark.SparkException: Job aborted\n\tat a.b",
            "SparkException: Job aborted",
        ),
        (
            "java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.",
            "does not answer",
        ),
        ("[PATH_NOT_FOUND] Path does not exist: a.\nmore", "[PATH_NOT_FOUND] Path does not exist: a."),
    ],
)
def test_a_failure_is_told_by_the_line_that_says_most(text, said):
    assert said in reason(RuntimeError(text))
    assert "\n" not in reason(RuntimeError(text))


def test_a_master_without_spark_is_wrong_usage(tmp_path, capfd):
    assert fails(capfd, str(tmp_path), "--master", "spark://127.0.0.1:7077") == (
        2,
        "extract: --master: only Spark has a master; add: --engine spark\n",
    )

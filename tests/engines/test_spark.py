"""The Spark engine on a standalone cluster of this machine: a master and two workers, one core each."""

import csv
import itertools
import json
import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from extract.engines import local
from extract.engines.spark_session import missing
from extract.model import TABLES

LACKS = missing()
pytestmark = [
    pytest.mark.spark,
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(bool(LACKS[0]), reason="; ".join(LACKS)),
]

ARTICLE = (
    "{city}시, {year}년 도시포럼 개최\n\n{city}시는 {day}일 {city} 시청에서 {n}개 도시와 도시포럼을 개최했다. "
    "강동현 {city}시장은 “함께 가자”고 말했다. 강 시장은 이날 인도 뉴델리를 방문한 뒤 시티넷(CITYNET)과 협약을 맺었다.\n"
)
CITIES = ("부산", "수원", "창원", "대전", "포항", "여수")
SECONDS = 240


def texts(count):
    for number, city in zip(range(count), itertools.cycle(CITIES), strict=False):
        yield ARTICLE.format(city=city, year=2020 + number % 5, day=number % 28 + 1, n=number + 30)


@dataclass
class Cluster:
    """The processes of a cluster; ``address`` is that of its master."""

    folder: Path
    address: str = ""
    workers: list[subprocess.Popen] = field(default_factory=list)
    master: subprocess.Popen | None = None

    def start(self):
        self.master = self.run("Master", "master", "--port", "0")
        self.address = self.said("master", r"Starting Spark master at (spark://\S+)")
        for number in range(2):
            name = f"worker-{number}"
            options = ("--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name), self.address)
            self.workers.append(self.run("worker.Worker", name, *options))
        for number in range(2):
            self.said(f"worker-{number}", "Successfully registered with master")

    def run(self, program, name, *options):
        import pyspark

        home = Path(pyspark.__file__).parent
        where = ("--host", "127.0.0.1", "--webui-port", "0")
        kind = f"org.apache.spark.deploy.{program if '.' in program else f'master.{program}'}"
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [str(home / "bin" / "spark-class"), kind, *where, *options],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
            )

    def said(self, name, pattern):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            text = (self.folder / f"{name}.log").read_text("utf-8", "replace")
            if found := re.search(pattern, text):
                return found[found.lastindex or 0]
            if any(process.poll() is not None for process in (self.master, *self.workers) if process):
                break
            time.sleep(0.1)
        raise AssertionError(f"{name} did not say {pattern}: {text[-2000:]}")

    def stop(self):
        for process in (*self.workers, self.master):
            if process is not None:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    before = dict(os.environ)
    # Short-lived JVMs: what is compiled well is not worth its price here.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        started.start()
        yield started
        from pyspark.sql import SparkSession

        session = SparkSession.getActiveSession()
        if session is not None:
            session.stop()
    finally:
        started.stop()
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """A folder of texts, JSON lines, a CSV and a Parquet data set, with a copy and a broken file among them."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path_factory.mktemp("in")
    (folder / "texts").mkdir()
    found = list(texts(24))
    for number, text in enumerate(found[:8]):
        (folder / "texts" / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "texts" / "copy.txt").write_text(found[3], encoding="utf-8")
    (folder / "texts" / "empty.txt").touch()
    lines = [json.dumps({"id": f"j{n}", "text": t}, ensure_ascii=False) for n, t in enumerate(found[7:14])]
    (folder / "lines.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("본문", "등록일"), *((text, "2024-05-06") for text in found[14:18])])
    (folder / "set").mkdir()
    for part in range(2):
        rows = pyarrow.table({"text": found[18 + 3 * part : 21 + 3 * part]})
        parquet.write_table(rows, folder / "set" / f"part-{part}.parquet")
    (folder / "set" / "_SUCCESS").touch()
    return folder


def rows_of(folder, name):
    """The rows of a table written as Parquet, in their order, all columns."""
    from pyarrow import parquet

    path = Path(folder, f"{name}.parquet")
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    return [row for part in parts for row in parquet.ParquetFile(part).read().to_pylist()]


def same_tables(left, right, names):
    for name in names:
        assert rows_of(left, name) == rows_of(right, name), name


@pytest.fixture(scope="module")
def expected(inputs, tmp_path_factory):
    """The same inputs by the local engine."""
    out = tmp_path_factory.mktemp("local") / "out"
    local.run([inputs], out, model=False, formats=("csv", "jsonl", "parquet"), tokens=True, workers=1)
    return out


@pytest.fixture()
def several_parts(monkeypatch):
    from extract.engines import spark

    monkeypatch.setattr(spark._Work, "_parts", lambda work: 3)


def test_rows_and_bytes_are_those_of_the_local_engine(cluster, inputs, expected, tmp_path, several_parts):
    from extract.engines import spark

    formats = ("csv", "jsonl", "parquet")
    out = tmp_path / "out"
    summary = spark.run([inputs], out, master=cluster.address, model=False, formats=formats, tokens=True)
    assert len(list((out / "mentions.parquet").iterdir())) > 1
    same_tables(out, expected, [table.name for table in TABLES])
    for path in [*expected.glob("*.csv"), expected / "articles.jsonl", expected / "datapackage.json"]:
        assert (out / path.name).read_bytes() == path.read_bytes(), path.name
    run, known = (json.loads((folder / "run.json").read_text("utf-8")) for folder in (out, expected))
    for name in ("inputs", "duplicates", "counts", "fingerprints"):
        assert run[name] == known[name], name
    assert (summary.articles, summary.errors, summary.n_duplicates) == (24, 2, 2)
    assert summary.duplicates == known["duplicates"]
    assert not list(tmp_path.glob(".out-partial"))


def test_a_data_frame_of_ones_own_gives_tables(cluster, expected):
    from extract.engines.spark import extract_tables
    from extract.engines.spark_session import started
    from extract.errors import UsageError

    articles = [row for row in rows_of(expected, "articles") if row["source"].endswith("lines.jsonl")]
    wanted = {row["article_id"] for row in articles}
    found = list(texts(24))[7:14]
    session = started(cluster.address, 0, False)
    frame = session.createDataFrame(
        [(text, n) for n, text in enumerate([*found, found[0], ""])], "body string, n int"
    )
    tables = extract_tables(frame, "body", id="n", model=False, tokens=True, tasks=2, parts=1)
    for name in ("mentions", "relations", "dates"):
        rows = [row.asDict() for row in tables[name].collect()]
        here = [row for row in rows_of(expected, name) if row["article_id"] in wanted]
        assert sorted(rows, key=str) == sorted(here, key=str), name
        assert rows
    assert [row.error for row in tables["errors"].collect()] == ["empty-row"]
    assert {row.input_id for row in tables["articles"].collect()} == {str(n) for n in range(7)}
    entity = tables["entities"].where("name = '인도 뉴델리' or name = '뉴델리'").first()
    assert entity.n_articles == 7
    tables.unpersist()
    with pytest.raises(UsageError, match="no column 'text' in the data frame; it has: body, n"):
        extract_tables(frame)


def test_rows_are_the_same_when_a_worker_is_killed_in_the_middle(cluster, inputs, expected, tmp_path):
    from extract.engines import spark

    out = tmp_path / "out"
    results = tmp_path / ".out-partial" / "spark" / "results"
    in_the_middle = []

    def kill():
        end = time.monotonic() + SECONDS
        while not (results / "_temporary").exists() and time.monotonic() < end:
            time.sleep(0.01)
        cluster.workers[1].kill()
        cluster.workers[1].wait()
        in_the_middle.append(results.exists() and not (results / "_SUCCESS").exists())

    killer = threading.Thread(target=kill)
    killer.start()
    # Other options than before: the Python workers load anew, so that nothing is done when the worker dies.
    spark.run([inputs], out, master=cluster.address, model=False)
    killer.join()
    assert in_the_middle == [True]
    same_tables(out, expected, [table.name for table in TABLES if table.name != "tokens"])
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == [
        t.name for t in TABLES if t.name != "tokens"
    ]
    for resource in package["resources"]:
        assert resource["path"]
        assert all((out / path).is_file() for path in resource["path"])
        [known] = [
            r
            for r in json.loads((expected / "datapackage.json").read_text("utf-8"))["resources"]
            if r["name"] == resource["name"]
        ]
        assert [f["name"] for f in resource["schema"]["fields"]] == [
            f["name"] for f in known["schema"]["fields"]
        ]

"""The Spark engine: the local engine's map and merge on a cluster, for more articles than one machine should take.

:func:`run` reads what the local engine reads and writes the same rows; :func:`extract_tables` does it for a data
frame of a Spark job of your own. Needs the extra ``spark`` (PySpark 4) and Java 17.

A run is three jobs that meet on the disk, below the output's hidden folder, so that what one has done stays done
when executors die: inputs are read and cut into articles; each text is processed once; tables are written.
All machines must see inputs and output under the same paths.
"""

from __future__ import annotations

import datetime
import pickle
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.engines.ledger import SHOWN
from extract.engines.plan import Plan, plan, settled
from extract.engines.spark_session import require_spark, started, told
from extract.engines.summary import RunSummary
from extract.errors import InputError, NothingToDoError, UsageError
from extract.model import TABLES, ErrorRow
from extract.write.folder import OutputFolder
from extract.write.lines import Line
from extract.write.parts import adopt, write_package
from extract.write.run import Counts, check_out, write_info, write_tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from extract.readers import Columns, Found

FORMATS = ("parquet",)
"""What a run writes unless told otherwise."""

_SCRATCH = "spark"
_GROUP_BYTES, _GROUP_FILES = 32_000_000, 2_000  # inputs that one task reads
_TASK_CHARS = 1_000_000  # text that one task processes: half a minute
_PART_ARTICLES = 50_000  # articles whose rows stand in one part of a table
_AT_ONCE = 4  # tables that are written at the same time


def run(
    inputs: Sequence[str | Path],
    out: str | Path = "outputs",
    *,
    master: str | None = None,
    lexicons: Sequence[str | Path] = (),
    rules: Sequence[str | Path] = (),
    model: bool | str | Path = True,
    published: datetime.date | None = None,
    columns: Columns | None = None,
    repair_spacing: bool = False,
    formats: Sequence[str] = FORMATS,
    tokens: bool = False,
    workers: int = 0,
    strict: bool = False,
    progress: bool = False,
) -> RunSummary:
    """Extracts all tables from ``inputs`` on Spark and writes them under ``out``, as :func:`extract.run` does.

    Parquet is written by the cluster, a folder of parts for each table; the parts in the order of their names hold
    the rows in the order of the inputs. All other formats are written by this process, one article at a time,
    the same bytes as those of the local engine. An unfinished run is not resumed.

    Args:
        master: address of the master (``spark://host:7077``, ``yarn``, ``local[4]``); without one Spark runs on
            this machine.
        workers: cores where Spark runs on this machine; 0 means all.
        strict: raise when an input or article fails instead of giving it a row in ``errors``; told after each job.
        formats: as :func:`extract.run`, but ``parquet`` by default.

    For the other arguments see :func:`extract.run`.

    Raises:
        UsageError: as :func:`extract.run`; also when PySpark or Java is missing or the master cannot be reached.
        ExtractError: slug ``spark``, when a job fails.
        NothingToDoError, LexiconError, ModelError: as :func:`extract.run`.
    """
    began = time.monotonic()
    target = Path(out)
    check_out(target, tuple(formats))
    require_spark()
    settled_plan = plan(
        inputs,
        lexicons=lexicons,
        rules=rules,
        model=model,
        published=published,
        columns=columns,
        repair_spacing=repair_spacing,
        formats=formats,
        tokens=tokens,
    )
    if any(found.source == "-" for found in settled_plan.found):
        raise UsageError("a cluster cannot read standard input", where="-", remedy="give a file or folder")
    spark = started(master, workers, progress)
    folder = OutputFolder(target)
    try:
        with told():
            work = _Work(spark, settled_plan, folder, tuple(formats))
            work.read(published, columns, repair_spacing)
            work.process(strict)
            counts = work.write(began)
        folder.finish()
    except BaseException:
        folder.discard()
        raise
    return RunSummary(
        target,
        articles=counts.rows["articles"],
        mentions=counts.mentions,
        relations=counts.rows["relations"],
        events=counts.rows["events"],
        quotes=counts.rows["quotes"],
        errors=counts.rows["errors"],
        duplicates=work.shown_duplicates,
        n_duplicates=work.n_duplicates,
        seconds=time.monotonic() - began,
    )


class _Work:
    """The jobs of a run, and where they meet."""

    def __init__(
        self, spark: SparkSession, settled_plan: Plan, folder: OutputFolder, formats: tuple[str, ...]
    ) -> None:
        self.spark = spark
        self.plan = settled_plan
        self.folder = folder
        self.formats = formats
        self.cores = spark.sparkContext.defaultParallelism
        self.shown_duplicates: list[dict[str, Any]] = []
        self.n_duplicates = 0
        self.articles = 0
        self._scratch = folder.partial / _SCRATCH
        self._others = [name for name in formats if name not in FORMATS]

    def read(self, published: datetime.date | None, columns: Columns | None, repair_spacing: bool) -> None:
        """Inputs to articles."""
        from pyspark.sql.pandas.types import from_arrow_schema

        from extract.engines.spark_tasks import ITEMS, read_inputs

        groups = [(pickle.dumps(group),) for group in _groups(self.plan.found, 2 * self.cores)]
        seconds, limits = self.plan.running.input_seconds, self.plan.limits
        work = partial(
            read_inputs,
            columns=columns,
            limits=limits,
            published=published,
            seconds=seconds,
            repair_spacing=repair_spacing,
        )
        frame = self.spark.createDataFrame(groups, "group binary").repartition(len(groups))
        items = frame.mapInArrow(lambda batches: work(batches), from_arrow_schema(ITEMS))
        self._kept(items, "items")

    def process(self, strict: bool) -> None:
        """Articles to lines and rows."""
        from pyspark.sql import functions as F  # noqa: N812

        from extract.engines.spark_tables import PLACE, first_of_each, results_of

        items = self._found("items")
        self._check(items.where("error is not null").select(*PLACE, "error"), strict)
        [(size,)] = items.agg(F.sum(F.length("segment"))).collect()
        tasks = max(2 * self.cores, (size or 0) // (2 * _TASK_CHARS))  # Hangul: some 2.5 bytes a character
        results = results_of(first_of_each(items, int(tasks)), self.plan.options, self.plan.running)
        self._kept(results if self._others else results.drop("line"), "results")
        found = self._found("results")
        failed = found.where("error is not null").select(*PLACE, F.to_json("error").alias("error"))
        self._check(failed, strict)
        self.articles = found.where("error is null").count()
        if not self.articles:
            first = failed.orderBy(*PLACE).first()
            why = f" ({_row(first['error']).message})" if first else ""
            raise NothingToDoError(
                f"no article could be read{why}", remedy="give a text file or a folder with some"
            )

    def write(self, began: float) -> Counts:
        """Rows to tables."""
        tokens = self.plan.options.tokens
        names = [table.name for table in TABLES if tokens or table.name != "tokens"]
        parts: dict[str, list[str]] = {}
        if "parquet" in self.formats:
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                parts = dict(zip(names, threads.map(self._write_table, names), strict=True))
        files = [f"{name}.parquet" for name in parts]
        info = self._info()
        if self._others:
            return write_tables(
                self.folder,
                self._lines(),
                formats=self._others,
                tokens=tokens,
                run_info=info,
                started=began,
                beside=files,
            )
        counts = self._counts(parts)
        files += write_package(self.folder.path, parts)
        write_info(self.folder, counts, files, run_info=info, started=began)
        return counts

    def _write_table(self, name: str) -> list[str]:
        from extract.engines.spark_tables import table_of

        beside = self._scratch / name
        rows = table_of(name, self._found("results"), self._parts())
        rows.write.parquet(beside.as_uri(), compression="zstd")
        return adopt(beside, self.folder.path / f"{name}.parquet")

    def _parts(self) -> int:
        """Parts of each table: one for every so many articles, and for each core where that is worth it."""
        return int(max(1, min(self.cores, self.articles // 1000), self.articles // _PART_ARTICLES))

    def _lines(self) -> Iterator[Line | ErrorRow]:
        from pyspark.sql import functions as F  # noqa: N812

        from extract.engines.spark_tables import PLACE

        results = self._found("results").select(*PLACE, "line", F.to_json("error").alias("error"))
        for row in results.orderBy(*PLACE).toLocalIterator(prefetchPartitions=True):
            if row["line"] is None:
                yield _row(row["error"])
            else:
                yield Line(row["line"].encode("utf-8") + b"\n")

    def _counts(self, parts: dict[str, list[str]]) -> Counts:
        from pyarrow.parquet import read_metadata
        from pyspark.sql import functions as F  # noqa: N812

        rows = {
            name: sum(read_metadata(self.folder.path / path).num_rows for path in paths)
            for name, paths in parts.items()
        }
        kinds = [("mentions", "label"), ("relations", "predicate")]
        mentions, relations = (
            self.spark.read.parquet((self.folder.path / f"{name}.parquet").as_uri()).select(
                F.lit(name).alias("of"), F.col(column).alias("kind")
            )
            for name, column in kinds
        )
        counted = mentions.union(relations).groupBy("of", "kind").count().collect()
        by_name = {name: {row[1]: row[2] for row in sorted(counted) if row[0] == name} for name, _ in kinds}
        return Counts(rows, by_name["mentions"], by_name["relations"])

    def _info(self) -> dict[str, Any]:
        from extract.engines.spark_tables import in_order

        items = self._found("items").where("sha256 is not null")
        read = in_order(items).select("source", "sha256").toLocalIterator()
        return {
            **self.plan.info,
            "engine": {
                "name": "spark",
                "version": self.spark.version,
                "master": self.spark.sparkContext.master,
            },
            "inputs": (row.asDict() for row in read),
            "duplicates": self._duplicates(),
        }

    def _duplicates(self) -> Iterator[dict[str, Any]]:
        from extract.engines.spark_tables import duplicates

        for row in duplicates(self._found("items")).toLocalIterator():
            self.n_duplicates += 1
            if len(self.shown_duplicates) < SHOWN:
                self.shown_duplicates.append(row.asDict())
            yield row.asDict()

    def _check(self, failed: DataFrame, strict: bool) -> None:
        first = failed.orderBy("number", "seq").first() if strict else None
        if first is not None:
            row = _row(first["error"])
            raise InputError(row.message, where=row.source, slug=row.error)

    def _kept(self, frame: DataFrame, name: str) -> None:
        frame.write.parquet((self._scratch / name).as_uri(), compression="zstd")

    def _found(self, name: str) -> DataFrame:
        return self.spark.read.parquet((self._scratch / name).as_uri())


def _groups(found: Sequence[Found], least: int) -> Iterator[tuple[int, list[Found]]]:
    """Inputs that one task reads, with the number of the first; at least ``least`` groups where there are so many."""
    sizes = [_size(item) for item in found]
    most = min(_GROUP_BYTES, sum(sizes) // least + 1)
    files = min(_GROUP_FILES, len(found) // least + 1)
    first = held = 0
    for number, size in enumerate(sizes):
        if number > first and (held + size > most or number - first >= files):
            yield first, list(found[first:number])
            first, held = number, 0
        held += size
    yield first, list(found[first:])


def _size(found: Found) -> int:
    try:
        return found.path.stat().st_size
    except OSError:
        return 0


def _row(text: str) -> ErrorRow:
    import json

    values = json.loads(text)
    return ErrorRow(**{"position": None, **values})


class SparkTables(dict[str, "DataFrame"]):
    """The tables of :func:`extract_tables` by name.

    Attributes:
        results: what they are made of, kept by Spark from its first use on.
    """

    results: DataFrame

    def unpersist(self) -> None:
        """Lets Spark forget the results when all tables are written."""
        self.results.unpersist()


def extract_tables(
    articles: DataFrame,
    text: str = "text",
    *,
    title: str | None = None,
    date: str | None = None,
    id: str | None = None,
    source: str | None = None,
    lexicons: Sequence[str | Path] = (),
    rules: Sequence[str | Path] = (),
    model: bool | str | Path = True,
    published: datetime.date | None = None,
    tokens: bool = False,
    tasks: int | None = None,
    parts: int | None = None,
) -> SparkTables:
    """The tables of a data frame with an article in each row, as data frames: for Spark jobs of your own.

    >>> tables = extract_tables(spark.read.parquet("s3a://…/releases"), "body", date="day")  # doctest: +SKIP
    >>> tables["mentions"].groupBy("label").count().show()  # doctest: +SKIP

    Nothing is computed before rows of a table are asked for; then all articles are processed once and the results
    are kept (:meth:`SparkTables.unpersist`). ``articles.position`` numbers the rows as
    ``monotonically_increasing_id`` does. Of rows with the same text the first one counts. A row that fails
    is a row of ``errors``. The package must be installed where the Python workers run.

    Args:
        articles: the rows; other columns than the named ones are left out. Columns need not be strings.
        text: column with the text of an article.
        title: column with its headline, which stands above the text unless it opens with it.
        date: column with its publication date.
        id: column with an id, kept as ``input_id``.
        source: column with what ``source`` of the tables shall hold; without one it is ``-``.
        lexicons, rules, model, published, tokens: as for :func:`extract.run`; folders must be seen by the workers.
        tasks: partitions in which articles are processed; four for each core by default.
        parts: partitions of each table; as many as cores by default.

    Raises:
        UsageError: a column is missing.
        LexiconError, ModelError: as :func:`extract.run`.
    """
    from pyspark import StorageLevel
    from pyspark.sql import functions as F  # noqa: N812
    from pyspark.sql.pandas.types import from_arrow_schema

    from extract.engines.spark_tables import first_of_each, results_of, table_of
    from extract.engines.spark_tasks import ITEMS, read_rows

    given = {"text": text, "title": title, "date": date, "id": id, "source": source}
    for role, column in given.items():
        if column is not None and column not in articles.columns:
            raise UsageError(
                f"no column {column!r} in the data frame",
                where=role,
                remedy=f"it has: {', '.join(articles.columns)}",
                slug="unknown-column",
            )
    options, limits, running, _fingerprints = settled(lexicons, rules, model, tokens)
    chosen = [
        (articles[column].cast("string") if column else F.lit("-" if role == "source" else "")).alias(role)
        for role, column in given.items()
    ]
    rows = articles.select(F.monotonically_increasing_id().alias("number"), *chosen)
    items = rows.mapInArrow(lambda batches: read_rows(batches, limits, published), from_arrow_schema(ITEMS))
    cores = articles.sparkSession.sparkContext.defaultParallelism
    results = results_of(first_of_each(items, tasks or 4 * cores), options, running).drop("line")
    tables = SparkTables()
    tables.results = results.persist(StorageLevel.DISK_ONLY)
    for table in TABLES:
        if tokens or table.name != "tokens":
            tables[table.name] = table_of(table.name, tables.results, parts or cores)
    return tables

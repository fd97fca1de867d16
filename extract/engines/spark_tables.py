"""From articles to tables as Spark data frames. Nothing is computed before somebody asks for rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql import types as T  # noqa: N812
from pyspark.sql.pandas.types import from_arrow_schema

from extract.engines.spark_tasks import (
    PARTIAL,
    RESULTS,
    merge_stretch,
    merge_stretches,
    process,
)
from extract.model import TABLES, Table
from extract.write.lines import LISTS
from extract.write.parquet import schema_of

if TYPE_CHECKING:
    from extract.engines.running import Running
    from extract.engines.stream import Options

PLACE = ("number", "seq")
_BY_NAME = {table.name: table for table in TABLES}
_FAILFAST = {"mode": "FAILFAST"}


def schema(table: Table) -> T.StructType:
    """The columns of a table with Spark's types: those of its Parquet file."""
    return from_arrow_schema(schema_of(table))


def _line_schema() -> T.StructType:
    """What a line of ``articles.jsonl`` holds, the text apart."""
    fields = list(schema(_BY_NAME["articles"]))
    lists = (T.StructField(name, T.ArrayType(schema(_BY_NAME[name]))) for name in (*LISTS, "tokens"))
    return T.StructType([*fields, *lists])


def first_of_each(items: DataFrame, tasks: int) -> DataFrame:
    """Articles and error rows of ``items``; of articles with the same text the first alone."""
    same = Window.partitionBy("key").orderBy(*PLACE)
    return (
        items.where(F.col("key").isNotNull())
        .repartition(tasks, "key")
        .withColumn("nth", F.row_number().over(same))
        .where(F.col("nth") == 1)
        .select(*PLACE, "source", "segment", "error")
    )


def duplicates(items: DataFrame) -> DataFrame:
    """Articles whose text had been met before, in their order: ``source``, ``position``, ``same_as``."""
    same = Window.partitionBy("key").orderBy(*PLACE)
    place = F.concat_ws(" article ", "source", F.col("position").cast("string"))
    repeated = (
        items.where(F.col("key").isNotNull() & F.col("error").isNull())
        .select(*PLACE, "key", "source", "position")
        .withColumn("nth", F.row_number().over(same))
        .withColumn("same_as", F.first(place).over(same))
        .where(F.col("nth") > 1)
    )
    return in_order(repeated).select("source", "position", "same_as")


def results_of(articles: DataFrame, options: Options, running: Running) -> DataFrame:
    """``number``, ``seq``, ``line`` and the rows in it as columns, or ``error``, of :func:`first_of_each`."""

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        return process(batches, options, running)

    found = articles.mapInArrow(work, from_arrow_schema(RESULTS))
    read = found.withColumn("found", F.from_json("line", _line_schema(), _FAILFAST))
    error = F.from_json("error", schema(_BY_NAME["errors"]), _FAILFAST).alias("error")
    return read.select(*PLACE, "line", error, "found.*")


def table_of(name: str, results: DataFrame, parts: int) -> DataFrame:
    """One table in ``parts`` partitions; its rows are in the order of the articles."""
    if name == "entities":
        return _entities(results, parts)
    if name == "errors":
        rows = in_order(results.where("error is not null").select(*PLACE, "error"), 1)
        return rows.select("error.*")
    if name == "articles":
        columns = schema(_BY_NAME[name]).names
        return in_order(results.where("error is null").select(*PLACE, *columns), parts).select(*columns)
    rows = in_order(results.where("error is null").select(*PLACE, name), parts)
    return rows.select(F.explode(name).alias("row")).select("row.*")


def in_order(rows: DataFrame, parts: int = 1, order: tuple[str, ...] = PLACE) -> DataFrame:
    """Rows in partitions that follow each other, sorted within."""
    spread = rows.coalesce(1) if parts == 1 else rows.repartitionByRange(parts, *order)
    return spread.sortWithinPartitions(*order)


def _entities(results: DataFrame, parts: int) -> DataFrame:
    """One row for each entity, merged as the local engine does.

    That merge follows the order of the articles: the first row names the entity. So each partition merges its own
    stretch of the articles, which leaves at most one row of an entity in each, however frequent its name; these
    meet by a shuffle on the id and are merged in the order of the stretches.
    """
    partial_rows = from_arrow_schema(PARTIAL)
    stretches = in_order(results.where("error is null").select(*PLACE, "entities"), parts)
    order = (*PLACE, "ordinal")
    merged = (
        stretches.mapInArrow(merge_stretch, partial_rows)
        .repartition(parts, "entity_id")
        .sortWithinPartitions("entity_id", *order)
        .mapInArrow(merge_stretches, partial_rows)
    )
    return in_order(merged, parts, order).select(*schema(_BY_NAME["entities"]).names)

"""``datapackage.json``: what the tables hold, for people and for programs (Frictionless Data Package 1)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from extract.model import TABLES, Table
from extract.write.stored import LISTS

PACKAGE_NAME = "extract-tables"
"""By this name a folder is known as the output of a run."""

CONTRACT_VERSION = "1.0.0"
"""Version of the tables: it changes when a column is renamed or dropped."""


def data_package(tables: Collection[str], parts: Mapping[str, Sequence[str]] | None = None) -> dict[str, Any]:
    """The descriptor of the named tables, written as ``<name>.csv`` beside it, or as the Parquet files ``parts``."""
    written = [table for table in TABLES if table.name in tables]
    names = {table.name for table in written}
    return {
        "profile": "tabular-data-package",
        "name": PACKAGE_NAME,
        "title": "Entities, dates, figures, relations, events and quotes from Korean press releases",
        "version": CONTRACT_VERSION,
        "resources": [
            _resource(table, names) if parts is None else _parquet(table, names, parts[table.name])
            for table in written
        ],
    }


def _resource(table: Table, names: Collection[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.ko,
        "description": table.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": _schema(table, names),
    }


def _parquet(table: Table, names: Collection[str], paths: Sequence[str]) -> dict[str, Any]:
    described = _resource(table, names)
    for name in ("encoding", "dialect"):
        del described[name]
    for field in described["schema"]["fields"]:
        if field["name"] in LISTS:
            field["type"] = "array"
    return described | {
        "profile": "data-resource",
        "path": list(paths),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def _schema(table: Table, names: Collection[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = table.primary_key
    keys = [
        {"fields": key.column, "reference": {"resource": key.table, "fields": key.target}}
        for key in table.foreign_keys
        if key.table in names
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: dataclasses.Field[Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.metadata["type"],
        "title": column.metadata["ko"],
        "description": column.metadata["en"],
    }
    constraints = column.metadata["constraints"]
    if constraints:
        described["constraints"] = dict(constraints)
    return described

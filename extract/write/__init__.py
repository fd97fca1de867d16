"""The last room: results into tables. Writers decide nothing; they only write."""

from __future__ import annotations

from extract.write.cells import cell, guarded, plain, record
from extract.write.package import CONTRACT_VERSION, data_package
from extract.write.run import FORMATS, Counts, article_record, check_formats, write_run

__all__ = [
    "CONTRACT_VERSION",
    "FORMATS",
    "Counts",
    "article_record",
    "cell",
    "check_formats",
    "data_package",
    "guarded",
    "plain",
    "record",
    "write_run",
]

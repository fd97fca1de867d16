"""The last room: results into tables. Writers decide nothing; they only write."""

from __future__ import annotations

from extract.write.cells import cell, guarded, plain, record
from extract.write.package import CONTRACT_VERSION, data_package
from extract.write.run import FORMATS, Counts, check_out, to_json, write_run

__all__ = [
    "CONTRACT_VERSION",
    "FORMATS",
    "Counts",
    "cell",
    "check_out",
    "data_package",
    "guarded",
    "plain",
    "record",
    "to_json",
    "write_run",
]

"""The last room: results into tables. Writers decide nothing; they only write."""

from __future__ import annotations

from extract.write.cells import cell, guarded, plain, record
from extract.write.formats import DEFAULT_FORMATS, format_names
from extract.write.lines import from_json, to_json
from extract.write.package import CONTRACT_VERSION, data_package
from extract.write.run import Counts, check_out, write_run

__all__ = [
    "CONTRACT_VERSION",
    "DEFAULT_FORMATS",
    "Counts",
    "cell",
    "check_out",
    "data_package",
    "format_names",
    "from_json",
    "guarded",
    "plain",
    "record",
    "to_json",
    "write_run",
]

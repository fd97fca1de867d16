"""``report.html``: a whole output folder as one page to look at, with nothing fetched from anywhere.

The page holds the data as JSON and a script that draws it; both are named by their digests in its Content Security
Policy, so that nothing else on it can run. From :data:`SPLIT_AT` characters of text on, the texts stand in script
files beside the page (``report_data/``), loaded as they are looked at.
"""

from __future__ import annotations

from extract.write.report.build import DATA_FOLDER, REPORT_FILE, SPLIT_AT, make, write_report

__all__ = ["DATA_FOLDER", "REPORT_FILE", "SPLIT_AT", "make", "write_report"]

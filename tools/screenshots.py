"""Makes the pictures of the report in ``docs/images/`` from the committed sample: ``python tools/screenshots.py``.

Needs a Chromium (``apt-get install chromium fonts-nanum``, or one named in ``CHROMIUM``) and Playwright.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from extract.write.report import write_report

HOME = Path(__file__).parents[1]
TARGET = HOME / "docs" / "images"
SHOWN = "인도 도시개발장관"
"""Words of the headline of the article that is shown."""


def article(page: Any, address: str) -> None:
    """An article with what is behind a mention."""
    page.goto(f"{address}#/articles")
    page.locator("main tbody a", has_text=SHOWN).click()
    page.locator(".text .m-PERSON").nth(3).hover()


def network(page: Any, address: str) -> None:
    """The network with the evidence of a node."""
    page.goto(f"{address}#/relations")
    page.get_by_label("이름으로 짚기").select_option(label="박원순")
    page.evaluate("window.scrollTo(0, 0)")


def phone(page: Any, address: str) -> None:
    """The overview on a phone, in English."""
    page.goto(address)
    page.get_by_role("button", name="English").click()


PICTURES = {
    "report-article": (article, {"viewport": {"width": 1100, "height": 760}}),
    "report-network": (network, {"viewport": {"width": 1100, "height": 830}, "color_scheme": "dark"}),
    "report-phone": (phone, {"viewport": {"width": 390, "height": 760}}),
}


def main() -> None:
    """Writes all pictures."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no browser: apt-get install chromium fonts-nanum, or name one in CHROMIUM")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch) / "outputs"
        shutil.copytree(HOME / "outputs", folder)
        address = write_report(folder)[0].as_uri()
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, (show, settings) in PICTURES.items():
            page = browser.new_context(**settings).new_page()
            show(page, address)
            page.wait_for_timeout(500)
            page.screenshot(path=TARGET / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()

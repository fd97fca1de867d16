"""Fixtures that several test modules share; the pipeline is loaded once per process."""

from __future__ import annotations

import datetime
import os
import tempfile

import pytest

os.environ.setdefault("EXTRACT_CACHE", tempfile.mkdtemp(prefix="extract-cache-"))


@pytest.fixture(scope="session")
def nlp():
    """Lexicons and rules alone: what they find must not hang on the weights of a model."""
    from extract.pipeline import load

    return load(model=False)


@pytest.fixture(scope="session")
def mentions(nlp):
    """text → [(mention text, label)] of the whole pipeline."""
    from extract.engines.article import process_text

    def found(text: str, *labels: str) -> list[tuple[str, str]]:
        result = process_text(nlp, text, datetime.date(2024, 5, 14))
        return [(m.text, m.label) for m in result.mentions if not labels or m.label in labels]

    return found


@pytest.fixture()
def folder(tmp_path):
    """Writes files into a user's lexicon folder: ``folder(cities="id,name\\n…")``; returns its path."""

    def write(**files: str):
        target = tmp_path / "mine"
        target.mkdir(exist_ok=True)
        for name, content in files.items():
            path = target / (name.replace("__", "/") + (".yaml" if name.startswith("rules__") else ".csv"))
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return target

    return write


@pytest.fixture(scope="session")
def chromium():
    """Headless Chromium of the machine, driven by Playwright; where there is none the test is skipped."""
    import shutil

    program = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
    )
    if program is None:
        pytest.skip("no browser: apt-get install chromium, or name one in CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()

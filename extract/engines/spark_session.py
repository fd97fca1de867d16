"""Starting Spark, or saying in one line what it lacks."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import ExtractError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The least version of Java that PySpark 4 runs on."""

_HOW_JAVA = (
    f"install Java {JAVA} (Debian, Ubuntu: apt-get install openjdk-17-jre-headless) or name it in JAVA_HOME"
)
_OWN_HOST = re.compile(r"local\b|spark://(127\.|localhost\b|\[::1\])")
_ROWS_AT_ONCE = 64  # a row may be an article of millions of characters


def require_spark() -> None:
    """Whether PySpark and a Java for it are there.

    Raises:
        UsageError: slug ``missing-library``; it says what to install.
    """
    problem, remedy = missing()
    if problem:
        raise UsageError(problem, where="--engine spark", remedy=remedy, slug="missing-library")


def missing() -> tuple[str, str]:
    """What Spark lacks here and how to get it; two empty strings when it lacks nothing."""
    try:
        import pyarrow  # noqa: F401
        import pyspark
    except ImportError as error:
        return f"Spark needs the library {error.name}", "install it: pip install 'extract-ko[spark]'"
    if int(pyspark.__version__.split(".")[0]) < 4:
        return f"PySpark {pyspark.__version__} is too old", "install it: pip install 'extract-ko[spark]'"
    java = _java()
    if java is None:
        return "Spark needs Java, and there is none", _HOW_JAVA
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60).stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{java} does not run ({error})", _HOW_JAVA
    found = re.search(r'version "(\d+)', said)
    if found and int(found[1]) < JAVA:
        return f"{java} is Java {found[1]}; Spark needs {JAVA} or later", _HOW_JAVA
    return "", ""


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    if home:
        return str(Path(home, "bin", "java"))
    return shutil.which("java")


def started(master: str | None, workers: int, progress: bool) -> SparkSession:
    """A session on ``master``, or the one that this process has already.

    Without ``master`` that of the environment variable ``MASTER`` is taken; without either Spark runs on this machine,
    on ``workers`` cores (0: all). The Python of the workers is that of this process unless ``PYSPARK_PYTHON`` names
    another. All else comes from Spark's own configuration (``spark-defaults.conf``).

    Raises:
        UsageError: Spark or Java is missing, or the master cannot be reached.
    """
    require_spark()
    # Arrow batches do without pandas.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    known = SparkSession.getActiveSession()
    if known is not None:
        return known
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    place = master or os.environ.get("MASTER") or f"local[{workers or '*'},4]"
    builder = SparkSession.builder.appName("extract").master(place)
    if _OWN_HOST.match(place):
        builder = builder.config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    shown = "true" if progress and sys.stderr.isatty() else "false"
    for name, value in {
        "spark.ui.showConsoleProgress": shown,
        "spark.log.level": "ERROR",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ROWS_AT_ONCE),
        "spark.sql.session.timeZone": "UTC",
    }.items():
        builder = builder.config(name, value)
    try:
        with _quiet():
            return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        raise UsageError(
            f"Spark does not start: {reason(error)}",
            where=f"--master {place}",
            remedy="check the address of the master and that it runs Spark 4",
            slug="spark",
        ) from None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what the JVM says of its own start off the terminal; what goes wrong is told as an error."""
    saved = os.dup(2)
    with open(os.devnull, "w") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turns the failure of a job into one line.

    Raises:
        ExtractError: slug ``spark``.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise ExtractError(
            f"the Spark job failed: {reason(error)}",
            remedy="see the logs of its workers; nothing was written under the output's name",
            slug="spark",
        ) from None


def reason(error: Exception) -> str:
    """The line of a Spark error that tells most: the last of a Python traceback, else Java's, else the first."""
    text = str(error)
    if "stopped SparkContext" in text or "masters are unresponsive" in text:
        return "the master does not answer"
    raised = r"[\w.]*(?:Error|Exception|Interrupt): .+$"
    python = re.findall(rf"^(?!Caused by){raised}", text, re.MULTILINE)
    java = re.findall(rf"^: (?:[a-z]\w*\.)*({raised})", text, re.MULTILINE)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    chosen = next((found[-1] for found in (python, java, lines[:1]) if found), type(error).__name__)
    return chosen if len(chosen) <= 300 else f"{chosen[:299]}…"

"""Running again with what was decided: ``extract run`` with the output's own options and the lexicon folder."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.errors import UsageError

_TOLD = 40  # last lines of what the run says


def command_of(run: Mapping[str, Any], out: Path, folder: Path, model: bool | str | None = None) -> list[str]:
    """The arguments of ``extract`` that repeat a run with one lexicon folder more.

    Args:
        run: ``run.json`` of the output.
        out: the output folder.
        folder: the lexicon folder; already among the run's own it is not given twice.
        model: folder of the tagger's weights, or whether to use the shipped ones; by default what the run used.

    Raises:
        UsageError: when the run cannot be repeated from here.
    """
    options: dict[str, Any] = run.get("options") or {}
    inputs = [str(path) for path in options.get("inputs") or ()]
    if not inputs or "-" in inputs:
        raise UsageError(
            "the run read standard input", where=str(out), remedy="run it again yourself with --lexicons"
        )
    for path in [*inputs, *options.get("lexicons", ()), *options.get("rules", ())]:
        if not Path(path).exists():
            raise UsageError(
                "is not there",
                where=str(path),
                remedy="start extract review in the folder that the run was started in",
            )
    arguments = ["run", "--out", str(out), "--format", ",".join(options.get("formats") or ("csv", "jsonl"))]
    if options.get("date"):
        arguments += ["--date", options["date"]]
    for name, value in (options.get("columns") or {}).items():
        arguments += [f"--{name}-column", str(value)]
    if options.get("repair_spacing"):
        arguments.append("--repair-spacing")
    if options.get("tokens"):
        arguments.append("--tokens")
    lexicons = [str(path) for path in options.get("lexicons") or ()]
    if folder.resolve() not in [Path(path).resolve() for path in lexicons]:
        lexicons.append(str(folder))
    for path in lexicons:
        arguments += ["--lexicons", path]
    for path in options.get("rules") or ():
        arguments += ["--rules", str(path)]
    arguments += _tagger(run, model)
    return [*arguments, "--", *inputs]


def _tagger(run: Mapping[str, Any], model: bool | str | None) -> list[str]:
    if isinstance(model, str):
        return ["--model", model]
    digest = (run.get("fingerprints") or {}).get("tagger")
    if model is False or (model is None and digest is None):
        return ["--no-tagger"]
    if model is None:
        from extract.tagger import shared_model

        shipped = shared_model("")
        if shipped is not None and shipped.digest != digest:
            raise UsageError(
                "the run used other weights of the tagger", remedy="name them: extract review --model FOLDER"
            )
    return []


class Rerun:
    """A run in a process of its own; one at a time.

    Attributes:
        told: the last lines of what it says.
        code: its exit code; ``None`` before and while it runs.
    """

    def __init__(self, done: Callable[[], object]) -> None:
        self._done = done
        self._process: subprocess.Popen[str] | None = None
        self._mutex = threading.Lock()
        self.told: list[str] = []
        self.code: int | None = None
        self.running = False

    def start(self, arguments: Sequence[str]) -> None:
        """Starts a run.

        Raises:
            UsageError: when one is going on.
        """
        with self._mutex:
            if self.running:
                raise UsageError("a run is going on", remedy="wait until it is done")
            self.running, self.code, self.told = True, None, []
            self._process = subprocess.Popen(
                [sys.executable, "-m", "extract", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=_environment(),
            )
        threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()

    def stop(self) -> None:
        """Ends a run that goes on; what it has done is kept for the next."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def _follow(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.told = [*self.told, line.rstrip("\r\n")[-300:]][-_TOLD:]
        code = process.wait()
        try:
            if code in (0, 1):
                self._done()
        except Exception as error:
            self.told = [*self.told, str(error)]
            code = 1
        finally:
            self.code, self.running = code, False


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}

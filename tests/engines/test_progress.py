from __future__ import annotations

import io
import re

import pytest

from extract.engines import progress
from extract.engines.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, wanted: bool = True) -> str:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "_INTERVAL", 0.0)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    shown = Progress(wanted, 4)
    for number in range(4):
        for _ in range(300):
            shown.advance(number)
    shown.say("resuming   12 articles")
    shown.complete()
    shown.close()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())


def test_a_terminal_shows_inputs_articles_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch)
    assert re.search(r"2/4 +(6\d\d|7\d\d|8\d\d) articles, [\d,]+ a second, left +\d:\d\d:\d\d", text)
    assert re.search(r"4/4 +1,200 articles", text)
    assert "resuming   12 articles" in text


def test_nothing_is_drawn_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drawn(monkeypatch, wanted=False) == ""
    monkeypatch.undo()
    shown = Progress(True, 4)  # no terminal: only what is said
    shown.advance(1)
    shown.say("anew")
    shown.close()
    assert capsys.readouterr().err == "anew\n"

"""``extract review`` as it is started and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from extract.cli import main


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_it_prints_its_address_listens_on_this_machine_alone_and_ends_with_ctrl_c(place: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "extract",
        "review",
        str(place / "out"),
        "--lexicons",
        str(place / "mine"),
    ]
    process = subprocess.Popen(
        [*command, "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:") and len(address.split("token=")[1]) >= 40
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert "추출 결과 검토".encode() in answer.read()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address.split("?")[0], timeout=30)
        port = int(address.split(":")[2].split("/")[0])
        with socket.socket() as other:  # all other addresses of the machine are free
            other.bind(("127.0.0.2", port))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 0 and "Traceback" not in said
        assert f"decisions go to {place / 'mine'}" in said
        assert sorted(path.name for path in (place / "mine").iterdir()) == []
    finally:
        process.kill()


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(end.value.code or 0), capsys.readouterr().err


def test_wrong_usage_is_one_line(tmp_path: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = ["--lexicons", str(tmp_path / "mine"), "--no-browser"]
    code, said = told(["review", str(tmp_path / "nothing"), *mine], capsys)
    assert code == 2 and "articles.jsonl" in said and len(said.splitlines()) == 1
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        if os.name == "posix":
            code, said = told(["review", str(place / "out"), *mine, "--port", port], capsys)
            assert code == 2 and f"port {port}" in said


def test_a_missing_library_is_named_with_what_installs_it(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    code, said = told(["review", str(place / "out"), "--no-browser"], capsys)
    assert code == 2 and "pip install starlette uvicorn" in said

"""``extract convert`` and the options of ``extract train``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

GOLD = {
    "id": "1",
    "text": "수원시 소식",
    "mentions": [{"start": 0, "end": 3, "label": "CITY", "text": "수원시"}],
}


def _extract(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from extract.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_convert_and_back(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", "utf-8")
    there, back = tmp_path / "tasks.json", tmp_path / "back.jsonl"
    assert _extract("convert", str(gold), str(there), "--to", "label-studio").returncode == 0
    done = _extract("convert", str(there), str(back))
    assert done.returncode == 0 and "1 texts, 1 mentions" in done.stderr
    assert back.read_text("utf-8") == gold.read_text("utf-8")


def test_wrong_usage_is_one_line(tmp_path: Path) -> None:
    for arguments in (
        ("convert", str(tmp_path / "none"), str(tmp_path / "out")),
        ("convert", __file__, str(tmp_path / "out"), "--to", "word"),
        ("train", str(tmp_path / "none.jsonl"), "--out", str(tmp_path)),
        ("text", "글", "--no-tagger", "--model", str(tmp_path)),
        ("text", "글", "--model", str(tmp_path)),
    ):
        done = _extract(*arguments)
        assert done.returncode == 2, arguments
        assert done.stderr.count("\n") == 1 and done.stderr.startswith("extract: "), done.stderr

"""What the how-tos tell people to type works: every command and every piece of Python in them is run."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from extract.cli import main

DOCS = Path(__file__).parents[1] / "docs"
RELEASES = {
    "장학금.txt": "새빛나루재단, 지역 청년 120명에게 장학금 전달\n\n"
    "새빛나루재단(이사장 도하윤)은 2026년 3월 2일 부산 영도구에서 장학금 전달식을 열고 지역 청년 120명에게 "
    "3억 6천만원을 전달했다고 밝혔다. 도하윤 이사장은 “청년이 머무는 도시를 만들겠다”고 말했다.\n",
    "협약.txt": "부산시·푸른결소프트 업무협약 체결\n\n"
    "부산시는 3월 9일 푸른결소프트와 인공지능 인재 양성을 위한 업무협약을 체결했다. "
    "강동현 부산시장은 인도 뉴델리를 방문해 아빈드 케지리왈 델리 주총리와 면담할 계획이다.\n",
}
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.M | re.S)


@pytest.mark.parametrize("name", ["howto-look.md", "howto-spreadsheet.md", "howto-data.md"])
def test_everything_in_a_howto_works(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "releases").mkdir()
    for file, text in RELEASES.items():
        (tmp_path / "releases" / file).write_text(text, encoding="utf-8")
    here = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    scope: dict[str, object] = {}
    n_run = 0
    for language, block in _BLOCK.findall((DOCS / name).read_text(encoding="utf-8")):
        if "parquet" in block and importlib.util.find_spec("pyarrow") is None:
            continue
        if ("duckdb" in block or "extract query" in block) and importlib.util.find_spec("duckdb") is None:
            continue
        if language == "python":
            exec(compile(block, name, "exec"), scope)
            n_run += 1
        for command in re.findall(r"^\$ (.*)$", block, re.M) if language == "console" else ():
            if "|" in command:
                done = subprocess.run(["bash", "-c", command], env=here, capture_output=True, timeout=300)
                assert done.returncode == 0, (command, done.stderr.decode())
            else:
                with pytest.raises(SystemExit) as ended:
                    main(shlex.split(command)[1:])
                assert not ended.value.code, command
            n_run += 1
    assert n_run


def test_every_link_between_the_docs_leads_somewhere() -> None:
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)

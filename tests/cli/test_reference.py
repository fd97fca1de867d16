from __future__ import annotations

from pathlib import Path

from extract.cli.reference import reference

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_of_commands_says_what_help_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "run make docs"

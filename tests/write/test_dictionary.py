from __future__ import annotations

from pathlib import Path

from extract.model import TABLES
from extract.write.dictionary import data_dictionary, main

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_up_to_date(tmp_path: Path) -> None:
    main([str(tmp_path / "dictionary.md")])
    fresh = (tmp_path / "dictionary.md").read_text(encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == fresh, "run make docs"


def test_the_data_dictionary_names_every_column_in_both_languages() -> None:
    text = data_dictionary()
    for table in TABLES:
        section = text.split(f"## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            [line] = [line for line in section.splitlines() if line.startswith(f"| `{column.name}` ")]
            assert line.count("|") - line.count("\\|") == 6
            assert column.metadata["ko"].replace("|", "\\|") in line

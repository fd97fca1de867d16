"""Where names stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tag import occurrences as module
from extract.tag.occurrences import occurrences

TEXT = "모디 총리는 인도 총리다. 나렌드라 모디 총리가 모디모디라고 했다."


@pytest.mark.parametrize("worth", [0, 10**9])
def test_every_place_is_found_in_the_order_of_the_names(worth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH", worth)
    found = occurrences(TEXT, ["총리", "모디", "네루"])
    assert list(found) == ["총리", "모디", "네루"]
    assert found == {"총리": [3, 10, 23], "모디": [0, 20, 27, 29], "네루": []}


@given(st.text("가나다 ", max_size=60), st.lists(st.text("가나다", min_size=1, max_size=4)))
def test_one_pass_finds_what_name_by_name_finds(text: str, names: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WORTH", 10**9)
        one_by_one = occurrences(text, names)
        patch.setattr(module, "_WORTH", 0)
        assert occurrences(text, names) == one_by_one

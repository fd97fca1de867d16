from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hand_made import entity
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Entity
from extract.write.entities import EntityMerge, merged

NAMES = st.sampled_from(["김하늘", "김 시장", "하늘", "부산시장", "부산|시"])
ENTITIES = st.builds(
    lambda number, name, aliases, country, latitude: entity(
        f"e{number}", name, aliases=tuple(dict.fromkeys(aliases)), country=country, latitude=latitude
    ),
    st.integers(0, 9),
    NAMES,
    st.lists(NAMES, max_size=3),
    st.none() | st.sampled_from(["한국", "인도"]),
    st.none() | st.floats(-90, 90),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ENTITIES, max_size=6), max_size=12), st.integers(1, 5))
def test_what_goes_to_the_disk_comes_out_as_it_would_from_memory(
    articles: list[list[Entity]], limit: int
) -> None:
    with TemporaryDirectory() as folder:
        spilling, keeping = EntityMerge(Path(folder, "entities.sqlite"), limit), EntityMerge()
        for rows in articles:
            spilling.add(rows)
            keeping.add(rows)
        assert len(spilling) == len(keeping)
        assert list(spilling) == list(spilling) == list(keeping)
        spilling.close()
        assert list(Path(folder).iterdir()) == []


@given(ENTITIES, ENTITIES, ENTITIES)
def test_merging_is_associative(first: Entity, second: Entity, third: Entity) -> None:
    assert merged(merged(first, second), third) == merged(first, merged(second, third))


def test_no_more_than_the_limit_is_kept_in_memory(tmp_path: Path) -> None:
    merge = EntityMerge(tmp_path / "entities.sqlite", limit=10)
    for number in range(100):
        merge.add([entity(f"e{number}", "김하늘")])
        assert len(merge._rows) <= 11
    assert [row.entity_id for row in merge] == [f"e{number}" for number in range(100)]
    merge.close()

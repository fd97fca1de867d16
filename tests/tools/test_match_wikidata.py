from __future__ import annotations

import pytest

pytest.importorskip("babel", reason="only tools/ needs it: pip install -r requirements-sources.lock")

import match_wikidata

from extract.lexicon.rows import Row


def organisation(key, name, *aliases):
    return Row("organisations", key, name, aliases, "ORG", None, "", 50, "")


def feature(name, key, **more):
    return {"properties": {"nameEn": name, "wikidata": key, **more}}


def test_of_a_state_and_its_kingdom_the_one_with_the_usual_name_is_taken():
    borders = {
        "features": [
            feature("Kingdom of Denmark", "Q756617", iso1A2="DK"),
            feature("Denmark", "Q35", country="DK"),
            feature("Hawaii", "Q782", country="US"),
            feature("United States of America", "Q30", iso1A2="US"),
        ]
    }
    assert dict(match_wikidata.country_ids(borders)) == {"DK": "Q35", "US": "Q30"}


@pytest.mark.parametrize(
    ("rows", "index", "expected"),
    [
        ([("a", "물결은행")], {"물결은행": {"Q1"}}, {"a": "Q1"}),
        ([("a", "물결은행", "WB물결은행")], {"WB물결은행": {"Q1"}}, {"a": "Q1"}),
        ([("a", "물결은행")], {"물결은행": {"Q1", "Q2"}}, {}),
        ([("a", "물결중앙회", "물결"), ("b", "물결은행")], {"물결": {"Q1"}, "물결은행": {"Q1"}}, {"b": "Q1"}),
        ([("a", "물결코리아", "물결")], {"물결": {"Q1"}}, {}),
        ([("a", "물결"), ("b", "물결상사", "물결")], {"물결": {"Q1"}}, {}),
    ],
)
def test_an_organisation_is_matched_only_without_doubt(rows, index, expected):
    found = match_wikidata.organisation_ids([organisation(*row) for row in rows], index)
    assert found == expected

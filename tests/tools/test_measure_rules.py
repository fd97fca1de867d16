from __future__ import annotations

import textwrap

import pytest
from measure_rules import JUDGED, add, judged_sheet, read_judged, rewritten, score_of, write_judged

from extract.lexicon import collect

BLOCKS = [
    (name, block)
    for name in ("relations", "identity")
    for block in collect()[0].rules(name)
    if "passing" not in block
]


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=[f"{n}:{b['name']}" for n, b in BLOCKS])
def test_a_score_says_what_was_measured(name: str, block: dict) -> None:
    assert block["score"] == score_of(*block.get("measured", (0, 0)))


def test_judged_rows_are_counted_in_the_rules() -> None:
    measured = {f"{name}:{block['name']}": block.get("measured", [0, 0]) for name, block in BLOCKS}
    for rule, (right, wrong) in read_judged(JUDGED).items():
        assert measured[rule][0] >= right and measured[rule][1] >= wrong, rule


def test_few_rows_make_no_certainty() -> None:
    assert score_of(0, 0) == 0.8
    assert score_of(1, 0) < score_of(10, 0) < score_of(100, 0) < 1
    assert score_of(0, 3) > 0


def test_only_score_and_measured_change() -> None:
    text = textwrap.dedent("""\
        # a remark
        - name: one
          predicate: visited
          score: 0.5
          examples:
            - '점수: [가|ORG]'  # score: stays
        - name: two
          measured: [9, 9]
          score: 0.1
          pattern: 'x'

        - name: three
          kind: outline
        """)
    new = rewritten(text, "relations", {"relations:one": (3, 1)})
    assert new == text.replace("  score: 0.5\n", "  score: 0.77\n  measured: [3, 1]\n").replace(
        "  measured: [9, 9]\n  score: 0.1\n", "  score: 0.8\n"
    )


def test_counts_are_kept_and_added(tmp_path) -> None:
    path = tmp_path / "judged.csv"
    write_judged({"b": (1, 2), "a": [0, 1]}, path)
    assert path.read_text(encoding="utf-8") == "rule,right,wrong\na,0,1\nb,1,2\n"
    assert add(read_judged(path), {"a": (2, 0)}) == {"a": [2, 1], "b": [1, 2]}


def test_a_filled_sheet(tmp_path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("rule,fact,text,right\na,x,t,1\na,y,t,0\na,z,t,\n", encoding="utf-8-sig")
    assert judged_sheet(path) == {"a": [1, 1]}
    path.write_text("rule,fact,text,right\na,x,t,yes\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"sheet\.csv:2.*1 or 0"):
        judged_sheet(path)

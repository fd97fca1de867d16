from __future__ import annotations

import dataclasses

import pytest

from extract.errors import LexiconError
from extract.lexicon import Lexicon
from extract.relate.references import ReferenceWords

KIM, LEE, CHOI = (
    "[김하늘|PERSON] [시장|TITLE]",
    "[이푸른|PERSON] [총장|TITLE]",
    "[최바다|PERSON] [대표|TITLE]",
)
MEANT = [
    (f"{KIM}과 {LEE}은 악수했다. // 두 사람은 [하노이|CITY]를 방문했다.", {"김하늘", "이푸른"}),
    (f"{KIM}이 {LEE}을 맞이했다. // 이날 두 사람은 [하노이|CITY]를 방문했다.", {"김하늘", "이푸른"}),
    (f"{KIM}과 {LEE}은 악수했다. // 세 사람은 [하노이|CITY]를 방문했다.", set()),
    (f"{KIM}과 {LEE}, {CHOI}가 모였다. // 두 사람은 [하노이|CITY]를 방문했다.", set()),
    (f"{KIM}은 웃었다. // {LEE}이 왔다. // 두 사람은 [하노이|CITY]를 방문했다.", {"김하늘", "이푸른"}),
    (f"{KIM}, {LEE}, {CHOI}가 모였다. // 이들은 [하노이|CITY]를 방문했다.", {"김하늘", "이푸른", "최바다"}),
    (f"{KIM}은 청년들과 만났다. // 이들은 [하노이|CITY]를 방문했다.", set()),
    (f"“함께 가자”고 한 {KIM}과 {LEE}은 악수했다. // 양측은 [하노이|CITY]를 방문했다.", {"김하늘", "이푸른"}),
]


@pytest.mark.parametrize(("marked", "visitors"), MEANT, ids=range(len(MEANT)))
def test_people_named_before_are_meant(read, marked: str, visitors: set[str]) -> None:
    analysis = read(marked)
    assert {r.subject for r in analysis.relations if r.predicate == "visited"} == visitors
    events = [e for e in analysis.events if e.type == "visit" and e.start > marked.find("//") // 2]
    assert not events or set(events[-1].participants) == visitors


PARTNERS = [
    (
        "[푸른재단|ORG]은 [하늘공사|ORG]와 자리를 함께했다. // 양 기관은 [3일|DATE|2024-04-03] 협약을 맺었다.",
        {("푸른재단", "하늘공사")},
    ),
    (
        "[한빛시|ORG]는 [하노이|CITY]와 이웃이 됐다. // 양 도시는 [3일|DATE|2024-04-03] 자매결연을 체결했다.",
        {("한빛시", "하노이")},
    ),
    (
        "[푸른재단|ORG]과 [하늘공사|ORG], [바다은행|ORG]이 모였다. // 3개 기관은 [3일|DATE|2024-04-03] 협약을 맺었다.",
        {("푸른재단", "하늘공사"), ("푸른재단", "바다은행"), ("하늘공사", "바다은행")},
    ),
    (
        "[푸른재단|ORG] 소식이다. // 두 기관은 [3일|DATE|2024-04-03] 협약을 맺었다.",
        set(),
    ),
]


@pytest.mark.parametrize(("marked", "pairs"), PARTNERS, ids=range(len(PARTNERS)))
def test_bodies_named_before_are_meant(read, marked: str, pairs: set[tuple[str, str]]) -> None:
    found = {(r.subject, r.object) for r in read(marked).relations if r.predicate == "agreed_with"}
    assert found == pairs


def test_a_number_in_a_reference_counts_nothing(read) -> None:
    marked = (
        "[푸른재단|ORG]은 [하늘공사|ORG]와 만났다. // [두|FIGURE] 기관은 [3일|DATE|2024-04-03] 협약을 맺었다."
    )
    assert [(r.subject, r.object) for r in read(marked).relations if r.predicate == "agreed_with"] == [
        ("푸른재단", "하늘공사")
    ]


JOINT = [
    f"{KIM}과 {LEE}은 “길을 함께 넓히겠다”고 말했다.",
    f"{KIM}과 {LEE}은 악수했다. // 두 사람은 “길을 함께 넓히겠다”고 입을 모았다.",
]


@pytest.mark.parametrize("marked", JOINT)
def test_words_said_together_are_a_row_for_each_speaker(read, marked: str) -> None:
    quotes = read(marked).quotes
    assert [q.speaker for q in quotes] == ["김하늘", "이푸른"]
    assert len({q.quote_id for q in quotes}) == 2
    assert len({(q.start, q.end) for q in quotes}) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"labels": "DATE"}, "labels"),
        ({"words": []}, "without words"),
        ({"words": ["(두"]}, "broken regular expression"),
        ({"count": "two"}, "no number"),
        ({"colour": "red"}, "unknown key"),
    ],
)
def test_a_broken_block_says_what_is_wrong(lexicon: Lexicon, change: dict, problem: str) -> None:
    block = {
        "name": "new",
        "words": ["두 벗"],
        "labels": "PERSON",
        "count": 2,
        "where": "x.yaml: new",
        **change,
    }
    with pytest.raises(LexiconError, match=problem) as caught:
        ReferenceWords(
            dataclasses.replace(lexicon, rule_blocks={**lexicon.rule_blocks, "references": (block,)})
        )
    assert caught.value.where == "x.yaml: new" and caught.value.remedy

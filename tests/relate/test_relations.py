from __future__ import annotations

import pytest

from extract.document import Analysis, Claim
from extract.model import SYMMETRIC_PREDICATES
from extract.relate import Relator
from extract.relate.examples import analyse_example


def rows(analysis: Analysis) -> set[tuple[str, str, str]]:
    return {(r.subject, r.predicate, r.object) for r in analysis.relations}


FACTS = [
    (
        "[아랍에미리트|PLACE](UAE)를 방문중인 [정하늘|PERSON] [외교장관|TITLE]은 ｢[알 하심|PERSON]([Al Hasim|PERSON|알 하심])｣ "
        "[UAE 협력부|ORG] [특임장관|TITLE] 겸 박람회 [조직위원장|TITLE]과 면담을 갖고 관람했다.",
        {("정하늘", "visited", "아랍에미리트"), ("정하늘", "met_with", "알 하심")},
    ),
    (
        "[김하늘|PERSON] [시장|TITLE]과 [이푸른|PERSON] [총장|TITLE]은 [5일|DATE|2024-03-05] 만나 협력을 다짐했다.",
        {("김하늘", "met_with", "이푸른")},
    ),
    (
        "[한빛시|ORG]는 [푸른대학교|ORG], [하늘공사|ORG]와 업무협약을 체결했다.",
        {("한빛시", "agreed_with", "푸른대학교"), ("한빛시", "agreed_with", "하늘공사")},
    ),
    (
        "[김하늘|PERSON] [시장|TITLE]은 [베트남|PLACE]을 방문하고 [응우옌 남|PERSON] [총리|TITLE]와 회담했다.",
        {("김하늘", "visited", "베트남"), ("김하늘", "met_with", "응우옌 남")},
    ),
    (
        "[한빛시|ORG]가 [하노이|CITY]에서 개최한 토론회에 [김하늘|PERSON] [시장|TITLE]이 참석했다.",
        {("김하늘", "attended", "토론회"), ("한빛시", "hosted", "토론회")},
    ),
    (
        "이날 행사에는 [김하늘|PERSON] [시장|TITLE], 장인 모임의 회장을 맡고 있는 [이푸른|PERSON] 장인, 로봇을 만드는 "
        "[최바다|PERSON] [대표|TITLE]가 함께했다.",
        set(),
    ),
    (
        "[한빛시|ORG]는 간담회를 열었다. // 이날 간담회에는 [김하늘|PERSON] [시장|TITLE], 장인 모임의 회장을 맡고 있는 "
        "[이푸른|PERSON] 장인, 로봇을 만드는 [최바다|PERSON] [대표|TITLE]가 함께했다.",
        {("한빛시", "hosted", "간담회")}
        | {(p, "attended", "간담회") for p in ("김하늘", "이푸른", "최바다")},
    ),
]


@pytest.mark.parametrize(("marked", "expected"), FACTS, ids=range(len(FACTS)))
def test_facts_of_a_clause(read, marked: str, expected: set) -> None:
    assert rows(read(marked)) == expected


def test_a_body_is_meant_by_its_last_syllable(read) -> None:
    analysis = read(
        "[한빛시|ORG]가 [푸른시|CITY]와 교류한다. // 시는 [지난 9일|DATE|2024-04-09] 학생들을 초청해 교류 프로그램을 진행했다."
    )
    assert ("한빛시", "hosted", "교류 프로그램") in rows(analysis)


NO_FACTS = [
    "[김하늘|PERSON] [장관|TITLE]은 [하노이|CITY]를 방문할 계획이다.",
    "[김하늘|PERSON] [장관|TITLE]은 [하노이|CITY]를 방문하지 않았다.",
    "[김하늘|PERSON] [장관|TITLE]은 [하노이|CITY]를 방문하면 좋겠다고 말했다.",
    "[김하늘|PERSON] [장관|TITLE]은 [하노이|CITY] 방문을 취소했다.",
    "[한빛시|ORG]는 [푸른대학교|ORG]와 협약을 체결하기 위해 논의했다.",
    "[한빛시|ORG]는 [푸른대학교|ORG]와 협약을 체결하기로 했다.",
    "[한빛시|ORG]는 [푸른대학교|ORG]와 협약을 체결할 수 있다고 밝혔다.",
    "[한빛시|ORG]는 시민이 [하노이|CITY]를 방문한 소감을 들었다.",
    "[김하늘|PERSON] [장관|TITLE]은 [하늘도서관|PLACE] 행사장을 방문했다.",
    "참석자들은 [하노이|CITY]를 방문했다.",
    "[하노이|CITY]를 방문한 [한빛대학|ORG] 학생들은 웃었다.",
]


@pytest.mark.parametrize("marked", NO_FACTS)
def test_no_fact_from_plan_negation_condition_or_other_subject(read, marked: str) -> None:
    assert rows(read(marked)) == set()


def test_a_date_after_publication_is_a_plan(read) -> None:
    marked = "[한빛시|ORG], [20일|DATE|2024-04-20] [하노이|CITY]에서 설명회 개최"
    assert ("한빛시", "hosted", "설명회") in rows(read(marked, published="2024-04-22"))
    assert rows(read(marked, published="2024-04-10")) == set()


def test_headline_gives_no_fact_when_the_body_tells_a_plan(read) -> None:
    marked = "[한빛시|ORG], [하노이|CITY]에서 설명회 개최 // [한빛시|ORG]는 [20일|DATE] 설명회를 개최한다고 밝혔다."
    assert rows(read(marked)) == set()


def test_symmetric_relation_is_told_once_with_the_first_in_text_as_subject(read) -> None:
    analysis = read(
        "[김하늘|PERSON] [시장|TITLE]은 [이푸른|PERSON] [총장|TITLE]과 면담했다. // "
        "[이푸른|PERSON] [총장|TITLE]은 [김하늘|PERSON] [시장|TITLE]을 만나 감사를 전했다."
    )
    met = [r for r in analysis.relations if r.predicate in SYMMETRIC_PREDICATES]
    assert [(r.subject, r.object) for r in met] == [("김하늘", "이푸른")]


def test_row_has_evidence_date_place_and_rule(read) -> None:
    analysis = read(
        "[김하늘|PERSON] [시장|TITLE]은 [9일|DATE|2024-11-09] [하노이|CITY]에서 [응우옌 남|PERSON] [장관|TITLE]과 면담했다."
    )
    (row,) = analysis.relations
    assert (row.date, row.place, row.rule) == ("2024-11-09", "하노이", "relations:met-talks")
    assert analysis.text[row.start : row.end].startswith("김하늘 시장은")
    assert analysis.text[row.start : row.end].endswith("면담했다")
    assert row.subject_id == analysis.mentions[0].entity_id
    assert row.sentence_id == analysis.sentences[0].sentence_id
    assert 0 < row.score <= 1


def test_date_of_another_clause_is_not_taken(read) -> None:
    analysis = read(
        "[김하늘|PERSON] [시장|TITLE]은 [9월 22일|DATE|2024-09-22] [이푸른|PERSON] [총장|TITLE]을 만나 "
        "[2014년 5월|DATE|2014-05-01] 체결한 협약을 논의했다."
    )
    assert [r.date for r in analysis.relations if r.predicate == "met_with"] == ["2024-09-22"]


def test_claims_become_rows_once(relator: Relator) -> None:
    analysis = analyse_example("[김하늘|PERSON] 한빛시장은 웃었다. [김하늘|PERSON] 한빛시장은 떠났다.")
    person = analysis.entities[0].entity_id
    analysis.claims = [
        Claim("holds_title", person, "한빛시장", None, 14, 22, "resolve:later", 0.9),
        Claim("holds_title", person, "한빛시장", None, 0, 8, "resolve:first", 0.9),
        Claim("also_known_as", person, "하늘", None, 0, 3, "resolve:alias", 0.8),
    ]
    relator(analysis)
    assert [(r.subject, r.predicate, r.object, r.rule) for r in analysis.relations] == [
        ("김하늘", "also_known_as", "하늘", "resolve:alias"),
        ("김하늘", "holds_title", "한빛시장", "resolve:first"),
    ]


def test_a_statement_inside_a_quotation_keeps_its_own_subject(read) -> None:
    analysis = read(
        "[김하늘|PERSON] [시장|TITLE]은 “[한빛시|ORG]는 [지난해|DATE|2023-01-01] [푸른대학교|ORG]와 업무협약을 체결했습니다”라고 말했다."
    )
    assert rows(analysis) == {("한빛시", "agreed_with", "푸른대학교")}


def test_same_input_same_ids(read) -> None:
    marked = "[한빛시|ORG]와 [푸른대학교|ORG]는 [2일|DATE|2024-04-02] 업무협약을 맺었다."
    assert read(marked).relations == read(marked).relations
    assert len({r.relation_id for r in read(marked).relations}) == 1

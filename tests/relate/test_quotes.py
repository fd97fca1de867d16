from __future__ import annotations

import pytest

from extract.document import Analysis
from extract.lexicon import Lexicon
from extract.relate.examples import parse_example

KIM = "[김하늘|PERSON] [시장|TITLE]"


def said(analysis: Analysis) -> list[tuple[str | None, str]]:
    return [(q.speaker, q.text) for q in analysis.quotes]


MARKS = [
    (f"{KIM}은 “길을 넓히겠다”고 말했다.", ["길을 넓히겠다"]),
    (f'{KIM}은 "길을 넓히겠다"고 말했다.', ["길을 넓히겠다"]),
    (f"{KIM}은 ”길을 넓히겠다“고 말했다.", ["길을 넓히겠다"]),
    (f'{KIM}은 "길을 넓히겠다“며 ”나무를 심겠다"고 말했다.', ["길을 넓히겠다", "나무를 심겠다"]),
    (f"{KIM}은 “ 길을 넓히겠다. ”라며, “ 나무를 심겠다 ” 라고 밝혔다.", ["길을 넓히겠다.", "나무를 심겠다"]),
    (f"{KIM}은 ‘길을 넓히고 나무를 심겠다’고 말했다.", ["길을 넓히고 나무를 심겠다"]),
    (f"{KIM}은 '길을 넓히고 나무를 심겠다'고 말했다.", ["길을 넓히고 나무를 심겠다"]),
    (f"{KIM}은 「길을 넓히겠다」는 제목의 글을 썼다.", []),
    (f"{KIM}은 “이번 협약은 ‘함께 걷기’의 출발점”이라고 말했다.", ["이번 협약은 ‘함께 걷기’의 출발점"]),
    (f"{KIM}은 ‘푸른 선언’을 발표했다.", []),
    (f"{KIM}은 “걷기 좋은 도시를 만들자”라는 주제로 강연했다.", []),
    (
        f"{KIM}은 “시민이 길에서 만나 이야기를 나누는 도시를 만들어 나간다면 ...",
        ["시민이 길에서 만나 이야기를 나누는 도시를 만들어 나간다면"],
    ),
]


@pytest.mark.parametrize(("marked", "texts"), MARKS, ids=range(len(MARKS)))
def test_marks_as_people_type_them(read, marked: str, texts: list[str]) -> None:
    analysis = read(marked)
    assert said(analysis) == [("김하늘", text) for text in texts]
    assert all(analysis.text[q.start : q.end] == q.text for q in analysis.quotes)


SPEAKERS = [
    (f"{KIM}: “오늘 와 주셔서 고맙습니다.”", ["김하늘"]),
    (f"“오늘 와 주셔서 고맙습니다”라고 {KIM}은 말했다.", ["김하늘"]),
    (f"{KIM}은 “길을 넓히겠다”고 말했다. // 그는 또 “나무를 심겠다”고 덧붙였다.", ["김하늘", "김하늘"]),
    (
        f"{KIM}은 “[이서준|PERSON] [장관|TITLE]이 길을 넓힌다고 들었다”고 말했다. // 그는 “나무를 심겠다”고 덧붙였다.",
        ["김하늘", "김하늘"],
    ),
    (f"{KIM}은 “길을 넓히겠다”고 말했다. // 이어 “나무를 심겠다”고 강조했다.", ["김하늘", "김하늘"]),
    (
        f"{KIM}은 “길을 넓히겠다”고 말했다. // 이에 대해 [이푸른|PERSON] [총장|TITLE]은 “고맙다”고 답했다.",
        ["김하늘", "이푸른"],
    ),
    (f"[이푸른|PERSON] [총장|TITLE]은 {KIM}이 만든 길을 두고 “참 좋다”고 말했다.", ["이푸른"]),
    ("[한빛시|ORG] 관계자는 “다음 달에 알리겠다”고 밝혔다.", ["한빛시 관계자"]),
    ("[한빛시|ORG]는 “다음 달에 결과를 알리겠다”고 밝혔다.", ["한빛시"]),
    ("도매법인 [대표|TITLE]들은 “뜻깊게 생각한다”고 밝혔다.", ["도매법인 대표들"]),
    ("전문가들은 “지금 시작해야 한다”라고 강조한다.", ["전문가들"]),
    (f"{KIM}은 “사람이 먼저다”라는 [이푸른|PERSON] [교수|TITLE]의 말을 인용했다.", ["이푸른"]),
    ("“도시의 위험은 대부분 급한 도시화에서 온다는 것” - [세계도시연합|ORG] 보고서 중에서", ["세계도시연합"]),
    (f"{KIM}은 상인들을 만났다. // “모두의 목소리를 듣겠습니다.”", ["김하늘"]),
]


@pytest.mark.parametrize(("marked", "speakers"), SPEAKERS, ids=range(len(SPEAKERS)))
def test_speaker(read, marked: str, speakers: list[str]) -> None:
    assert [q.speaker for q in read(marked).quotes] == speakers


def test_speaker_id_only_for_an_entity(read) -> None:
    named, unnamed = read(
        f"{KIM}은 “길을 넓히겠다”고 했다. // 주민들은 “정말 반가운 일이다”라고 말했다."
    ).quotes
    assert named.speaker_id
    assert named.cue
    assert (unnamed.speaker, unnamed.speaker_id) == ("주민들", None)


def test_words_without_marks_only_from_a_named_person(read) -> None:
    (quote,) = read(f"{KIM}은 도시의 뼈대는 걷기 좋은 골목이라고 말했다.").quotes
    assert (quote.kind, quote.speaker, quote.text) == ("indirect", "김하늘", "도시의 뼈대는 걷기 좋은 골목")
    assert read("[한빛시|ORG]는 도서관 세 곳을 새로 연다고 밝혔다.").quotes == []


def test_examples_of_the_shipped_cue_words_hold(lexicon: Lexicon, read) -> None:
    for block in lexicon.rules("quotes"):
        for line in block["examples"]:
            example = parse_example(line)
            assert example.expected in said(read(example.text)), block["name"]
        for line in block.get("counterexamples", ()):
            assert said(read(line)) == [], block["name"]

from __future__ import annotations

import pytest

from extract.lexicon import Lexicon, collect
from extract.resolve import Resolver
from extract.resolve.examples import claims_of, parse_marked
from extract.resolve.names import sound_distance
from extract.resolve.persons import MAX_SOUND_DISTANCE

LEXICON: Lexicon = collect()[0]
RESOLVER = Resolver(LEXICON)

ONE_NAME = [
    ("구테흐스", "구테레스"),
    ("젤렌스키", "젤린스키"),
    ("하시나", "하씨나"),
    ("에르도안", "에르도간"),
    ("네타냐후", "네탄야후"),
    ("마르수디", "마르쑤디"),
    ("블링컨", "블링큰"),
    ("게오르기에바", "게오르기에파"),
]
OTHER_NAMES = [
    ("마크롱", "메르켈"),
    ("바이든", "바르가"),
    ("젤렌스키", "야누코비치"),
    ("로드리게스", "페르난데스"),
    ("이바노프", "페트로프"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound_distance(one, other) <= MAX_SOUND_DISTANCE


@pytest.mark.parametrize(("one", "other"), OTHER_NAMES)
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound_distance(one, other) > MAX_SOUND_DISTANCE


def people(marked: str) -> list[str]:
    """The entities of the PERSON mentions of a marked text, by number of the first mention."""
    analysis = parse_marked(marked, LEXICON)
    RESOLVER(analysis)
    ids = [m.entity_id for m in analysis.mentions if m.label == "PERSON"]
    return [str(ids.index(i)) for i in ids]


SPELLED = [
    ("[구테흐스 PERSON] [사무총장 TITLE]이 말했다. [구테레스 PERSON] [사무총장 TITLE]은", "00"),
    ("[안토니우 구테흐스 PERSON] [사무총장 TITLE]이 말했다. [구테레스 PERSON] [총장 TITLE]은", "00"),
    ("[젤렌스키 PERSON] [대통령 TITLE]과 [젤린스키 PERSON] [대통령 TITLE]", "00"),
    ("[구테흐스 PERSON] [사무총장 TITLE]이 [구테레스 PERSON] [감독 TITLE]을 만났다.", "01"),
    ("[김하늘 PERSON] [시장 TITLE]과 [김하눌 PERSON] [시장 TITLE]", "01"),
    ("[마크롱 PERSON] [대통령 TITLE]이 [메르켈 PERSON] [총리 TITLE]를 만났다.", "01"),
    (
        "[블라디미르 젤렌스키 PERSON] [대통령 TITLE]은 [볼로디미르 젤렌스키 PERSON] [대통령 TITLE]로도 적는다.",
        "00",
    ),
]


@pytest.mark.parametrize(("marked", "expected"), SPELLED, ids=range(len(SPELLED)))
def test_spellings_of_one_person(marked: str, expected: str) -> None:
    assert "".join(people(marked)) == expected


HOLDERS = [
    (
        "[한빛협회 ORG] 前 [회장 TITLE] [김가온 PERSON]과 [이나래 PERSON] [회장 TITLE]이 함께했다. [이 PERSON] [회장 TITLE]은",
        "011",
        {"김가온 holds_title 前 회장", "이나래 holds_title 회장"},
    ),
    (
        "[김가온 PERSON] 전 [시장 TITLE]은 [김나래 PERSON] [시장 TITLE]을 만났다. [김 PERSON] 전 [시장 TITLE]은",
        "010",
        {"김가온 holds_title 前 시장", "김나래 holds_title 시장"},
    ),
    (
        "전임 [시장 TITLE] [김가온 PERSON]과 신임 [시장 TITLE] [이나래 PERSON]",
        "01",
        {"김가온 holds_title 前 시장", "이나래 holds_title 시장"},
    ),
    (
        "제3대 [총장 TITLE] [김가온 PERSON]과 제4대 [총장 TITLE] [이나래 PERSON]이 함께했다.",
        "01",
        {"김가온 holds_title 총장", "이나래 holds_title 총장"},
    ),
    (
        "[김가온 PERSON] [전 회장 TITLE]이 왔다.",
        "0",
        {"김가온 holds_title 前 회장"},
    ),
]


@pytest.mark.parametrize(("marked", "expected", "titles"), HOLDERS, ids=range(len(HOLDERS)))
def test_former_and_present_holders_are_kept_apart(marked: str, expected: str, titles: set[str]) -> None:
    assert "".join(people(marked)) == expected
    found = {line for line in claims_of(marked, RESOLVER, LEXICON) if "holds_title" in line}
    assert titles <= found, found

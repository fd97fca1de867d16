"""서울시, 경기도, 북한: a place or a body by what stands around the name."""

from __future__ import annotations

import pytest

from extract.components import analysis_of


def labels(nlp, text):
    return {mention.text: mention.label for mention in analysis_of(nlp(text)).mentions}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("경기도 수원시는 3일 협약을 맺었다.", "경기도 수원시", "ORG"),
        ("사고는 경기도 수원시 한 식당에서 났다.", "경기도 수원시", "CITY"),
        ("지난 3일 서울 강남구의 음식점이 문을 닫았다.", "서울 강남구", "PLACE"),
        ("서울 강남구 관계자가 현장을 찾았다.", "서울 강남구", "ORG"),
        ("경기도는 예산을 늘린다.", "경기도", "ORG"),
        ("제주도 여행을 다녀온 사람이 늘었다.", "제주도", "PLACE"),
        ("전라남도 산하 기관 12곳이 참여한다.", "전라남도", "ORG"),
        ("수원시, 새 도서관을 열다", "수원시", "ORG"),
        ("행사는 종로구, 서대문구 일대에서 열린다.", "종로구", "PLACE"),
        ("서울시내 식당이 참여한다.", "서울시", "CITY"),
        ("북한은 회담을 제안했다.", "북한", "ORG"),
        ("북한의 경제 사정은 어렵다.", "북한", "PLACE"),
        ("정부는 북한에 물자를 보냈다.", "북한", "PLACE"),
    ],
)
def test_the_words_around_a_name_decide(nlp, text, name, label):
    assert labels(nlp, text)[name] == label


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("바이에른 뮌헨은 결승에 올랐다.", "바이에른 뮌헨", "ORG"),
        ("호주 국영 ABC방송은 5일 보도했다.", "호주 국영 ABC방송", "ORG"),
        ("서울 강남경찰서는 5일 밝혔다.", "서울 강남경찰서", "ORG"),
        ("미시간 주에서 회의가 열렸다.", "미시간 주", "PLACE"),
        ("서울 노원병에 출마했다.", "서울 노원병", "PLACE"),
    ],
)
def test_longer_names_take_the_place_inside(nlp, text, name, label):
    assert labels(nlp, text).get(name) == label


@pytest.mark.parametrize(
    "text", ["대표단은 수원을 방문했다.", "네이버 검색창에 낱말을 넣었다.", "국민연금 가입자가 늘었다."]
)
def test_what_is_no_such_name(nlp, text):
    assert not {"수원을", "네이버", "국민연금"} & set(labels(nlp, text))

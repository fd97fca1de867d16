import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("서울시는 밝혔다.", [("서울시", "ORG")]),
        ("서울시에서 열린다.", [("서울시", "CITY")]),
        ("서울은 크다.", [("서울", "CITY")]),
        ("수원시를 방문했다.", [("수원시", "CITY")]),
        ("경기도의 지원으로 시작했다.", [("경기도", "ORG")]),
        ("경기도 지역에 비가 온다.", [("경기도", "PLACE")]),
        ("인도 뉴델리에서 만났다.", [("인도 뉴델리", "CITY")]),
        ("충남 보령시에서 열린다.", [("충남 보령시", "CITY")]),
        ("인도시장 진출을 돕는다.", [("인도", "PLACE")]),
        ("한국과 인도 기업이 모였다.", [("한국", "PLACE"), ("인도", "PLACE")]),
        ("인도 주택도시개발부와 협의했다.", [("인도 주택도시개발부", "ORG")]),
        ("에너지기업개발원이 주관한다.", [("에너지기업개발원", "ORG")]),
        ("한국-인도비즈니스센터를 열었다.", [("한국-인도비즈니스센터", "ORG")]),
        ("㈜한빛전자와 가람기계(주)가 참여했다.", [("한빛전자", "ORG"), ("가람기계", "ORG")]),
        ("한국 수자원공사가 맡는다.", [("한국 수자원공사", "ORG")]),
        ("공 정 위는 조사했다.", [("공 정 위", "ORG")]),
        ("서울시는 왔다. 또한 시는 갔다.", [("서울시", "ORG"), ("시", "ORG")]),
        ("베트남 국회는 일본 경찰과 협의했다.", [("베트남 국회", "ORG"), ("일본 경찰", "ORG")]),
        ("부산 동래구 온천동에서 열린다.", [("부산 동래구 온천동", "PLACE")]),
        ("재인도 한국기업인연합회가 맡는다.", [("재인도 한국기업인연합회", "ORG")]),
        ("WHO회의에서 발표했다.", [("WHO", "ORG")]),
        ("인도 전경령(CII)이 참가했다.", [("인도 전경령", "ORG"), ("CII", "ORG")]),
        ("말레이시아 가나팟·네팔 두루팟 등이 함께했다.", [("말레이시아 가나팟", "CITY"), ("네팔", "PLACE")]),
    ],
)
def test_bodies_and_places_by_role_and_suffix(mentions, text, expected):
    assert mentions(text, "CITY", "PLACE", "ORG") == expected


@pytest.mark.parametrize(
    "text",
    [
        "서울시장은 말했다.",  # a title holds no mention
        "고양이가 운다.",
        "달리기를 완주하는 것이 중요하다.",
        "관련 협회와 유관 기관이 모였다.",
        "구조대가 구조했다.",
    ],
)
def test_no_name_inside_other_words(mentions, text):
    assert mentions(text, "CITY", "PLACE", "ORG") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("지구도시연합(Global City Union, GCU)이 출범했다. GCU는 커졌다.", "GCU"),
        ("‘새빛경제교류센터’(이하 ‘교류센터’)를 열었다. 교류센터는 작다.", "교류센터"),
    ],
)
def test_a_name_that_the_text_defines_is_found_again(mentions, text, name):
    assert [found for found, _ in mentions(text, "ORG")].count(name) == 2


def test_place_names_of_two_bodies_beside_each_other_stay_two(mentions):
    assert mentions("공정위-대한상의 간담회", "ORG") == [("공정위", "ORG"), ("대한상의", "ORG")]

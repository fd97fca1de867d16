import pytest


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("강동현 부산시장은 축사를 했다.", ["강동현"]),
        ("한동식 기자가 전했다.", ["한동식"]),
        ("최민호 대한상공회의소 회장이 참석했다.", ["최민호"]),
        ("윤서연 국토교통부 주택토지실장은 말했다.", ["윤서연"]),
        ("강동현시장이 방문했다.", ["강동현"]),
        ("수원시(시장 강동현)는 밝혔다.", ["강동현"]),
        ("담당 과장 김연수, 사무관 박도윤", ["김연수", "박도윤"]),
        ("비자야 무루간(Vijaya Murugan) 사무총장과 만났다.", ["비자야 무루간", "Vijaya Murugan"]),
        ("라지브 쿠마르 인도 재무부 장관과 면담했다.", ["라지브 쿠마르"]),
        ("강동현 시장은 왔다. 강 시장은 갔다.", ["강동현", "강"]),
        ("김모(33)씨와 박씨가 만났다.", ["김", "박"]),
        ("A씨는 부인했다.", ["A"]),
        ("박물관(관장 크리스토퍼 밀러, 이하 ‘박물관’)은", ["크리스토퍼 밀러"]),
        ("조현 외교부 장관은 말했다.", ["조현"]),
        ("이억원 금융위원장은 말했다.", ["이억원"]),
        ("모디 총리는 왔다. 모디 (인도)총리가 말했다.", ["모디", "모디"]),
    ],
)
def test_people_are_found(mentions, text, people):
    assert [name for name, _ in mentions(text, "PERSON")] == people


@pytest.mark.parametrize(
    "text",
    [
        "이 시장은 성장세다.",
        "전 장관들이 모였다.",
        "서울 시장 활성화 방안을 찾는다.",
        "오픈소스(Open Source) 활용을 넓힌다.",
        "파리 협정(Paris Agreement)을 지킨다.",
        "공모 기간은 5월 1일부터다.",
        "최소화 방안과 선진화 과제",
    ],
)
def test_words_that_only_look_like_people_are_left_alone(mentions, text):
    assert mentions(text, "PERSON") == []


def test_a_surname_stands_for_a_person_only_when_it_cannot_be_another_word(mentions):
    assert mentions("이 장관은 말했다.", "PERSON") == []
    assert mentions("이서연 장관이 왔다. 이 장관은 말했다.", "PERSON")[1] == ("이", "PERSON")


def test_a_foreign_name_is_known_again_by_its_last_word(mentions):
    found = mentions("한스 베커(Hans Becker) 사무총장이 왔다. 베커 사무총장은 말했다.", "PERSON")
    assert ("베커", "PERSON") in found

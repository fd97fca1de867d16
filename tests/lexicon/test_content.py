"""What the shipped lexicons must hold, and what must not be free to match."""

from __future__ import annotations

import collections

import pytest

from extract import model
from extract.lexicon import Lexicon, load_lexicon

FILES = ("people", "organisations", "cities", "places", "countries")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def forms(lexicon):
    found = collections.defaultdict(set)
    for file in FILES:
        for row in lexicon.rows(file):
            for form, guard in row.guarded_forms:
                found[form].add((row.id, guard))
    return found


@pytest.mark.parametrize(
    ("form", "row"),
    [
        ("서울", "kr-11"),
        ("서울시", "org-kr-11"),
        ("전북", "kr-52"),
        ("전라북도", "kr-52"),
        ("강원도", "kr-51"),
        ("수원", "kr-41110"),
        ("군위군", "kr-27720"),
        ("서울시의회", "org-kr-11-council"),
        ("경기도교육청", "org-kr-41-education"),
        ("한국", "KR"),
        ("북한", "KP"),
        ("호주", "AU"),
        ("남아공", "ZA"),
        ("뉴델리", "geo-1261481"),
        ("콜롬보", "geo-1248991"),
        ("벵갈루루", "geo-1277333"),
        ("서남아시아", "place-서남아시아"),
        ("낙동강", "place-낙동강"),
        ("판문점", "place-판문점"),
        ("국토부", "org-국토교통부"),
        ("과기정통부", "org-과학기술정보통신부"),
        ("산자부", "org-산업통상부"),
        ("환경부", "org-기후에너지환경부"),
        ("통계청", "org-국가데이터처"),
        ("공정위", "org-공정거래위원회"),
        ("금감원", "org-금융감독원"),
        ("대법원", "org-대법원"),
        ("한전", "org-한국전력공사"),
        ("코레일", "org-한국철도공사"),
        ("LH", "org-한국토지주택공사"),
        ("코트라", "org-대한무역투자진흥공사"),
        ("대한상의", "org-대한상공회의소"),
        ("전경련", "org-한국경제인협회"),
        ("유엔", "org-국제연합"),
        ("OECD", "org-경제협력개발기구"),
        ("아시아개발은행", "org-아시아개발은행"),
        ("이클레이", "org-이클레이"),
        ("CITYNET", "org-시티넷"),
        ("삼성전자", "org-삼성전자"),
        ("고려대", "org-고려대학교"),
        ("연합뉴스", "org-연합뉴스"),
        ("국민의힘", "org-국민의힘"),
        ("두산 베어스", "org-두산-베어스"),
    ],
)
def test_a_form_is_listed_free(forms, form, row):
    assert (row, "") in forms[form]


@pytest.mark.parametrize(
    "form",
    [
        *(
            "예산",
            "음성",
            "공주",
            "영광",
            "장수",
            "상주",
            "인제",
            "보은",
            "연기",
            "경기",
            "동작",
            "수영",
            "사상",
            "강화",
        ),
        *(
            "대구",
            "대전",
            "나라",
            "기후",
            "지난",
            "상해",
            "파리",
            "빈",
            "이동",
            "서면",
            "가나",
            "오만",
            "말리",
            "피지",
        ),
        *(
            "수단",
            "신라",
            "조선",
            "동해",
            "남해",
            "서해",
            "금강",
            "수은",
            "신보",
            "공사",
            "상무",
            "대상",
            "타임",
        ),
    ],
)
def test_a_common_word_is_never_free(forms, form):
    assert "" not in {guard for _, guard in forms.get(form, ())}


def test_no_free_form_of_one_syllable(forms):
    assert not [f for f, claims in forms.items() if len(f) == 1 and "" in {guard for _, guard in claims}]


def test_namesakes_are_all_kept(forms):
    assert {"kr-29", "kr-41610"} <= {row for row, _ in forms["광주시"]}
    assert len({row for row, _ in forms["중구"] if not row.startswith("org-")}) >= 6


def test_provinces_named_by_rows_exist(lexicon):
    known = {row.name for row in (*lexicon.rows("cities"), *lexicon.rows("places")) if len(row["code"]) == 2}
    named = {row["province"] for row in (*lexicon.rows("cities"), *lexicon.rows("places")) if row["code"]}
    assert named - {""} <= known
    assert len(known) == 17


def test_coordinates_and_populations_are_numbers_in_range(lexicon):
    for file in ("cities", "places", "countries"):
        for row in lexicon.rows(file):
            if row["latitude"]:
                assert -90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180, row
            assert not row["population"] or int(row["population"]) > 0
    korean = [row for row in lexicon.rows("cities") if row["country"] == "KR" and row["latitude"]]
    assert len(korean) > 70
    assert all(33 < float(r["latitude"]) < 39 and 124 < float(r["longitude"]) < 132 for r in korean)


def test_country_codes_are_two_letters(lexicon):
    codes = {row["code"] for row in lexicon.rows("countries")} - {""}
    assert {"KR", "KP", "IN", "LK", "TW", "HK", "PS"} <= codes
    for file in ("cities", "places", "organisations"):
        unknown = {row["country"] for row in lexicon.rows(file)} - codes - {"", "SU"}
        assert not unknown, (file, unknown)


@pytest.mark.parametrize(
    ("title", "strength"),
    [
        ("장관", "strong"),
        ("시장", "strong"),
        ("교수", "strong"),
        ("씨", "strong"),
        ("감사", "weak"),
        ("이사", "weak"),
    ],
)
def test_titles_and_how_far_they_can_be_trusted(lexicon, title, strength):
    (row,) = [row for row in lexicon.rows("titles") if title in row.forms]
    assert row["strength"] == strength


def test_no_title_is_claimed_twice(lexicon):
    count = collections.Counter(form for row in lexicon.rows("titles") for form in row.forms)
    assert [form for form, n in count.items() if n > 1] == []


def test_surnames_are_ranked_without_gaps_or_ties(lexicon):
    ranks = [int(row["rank"]) for row in lexicon.rows("surnames") if row["rank"]]
    assert ranks == list(range(1, len(ranks) + 1)) and len(ranks) >= 100
    assert {"남궁", "황보", "제갈", "선우", "독고", "사공"} <= {row.name for row in lexicon.rows("surnames")}


def test_name_syllables_are_counted(lexicon):
    first = {row.name: int(row["first"]) for row in lexicon.rows("name_syllables")}
    last = {row.name: int(row["last"]) for row in lexicon.rows("name_syllables")}
    assert first["재"] > last["재"] and last["호"] > first["호"]
    assert "햄" not in first


@pytest.mark.parametrize(
    "josa", ["은", "는", "이", "가", "을", "를", "의", "에서는", "으로부터", "까지도", "께서", "와의"]
)
def test_particles(lexicon, josa):
    assert josa in {row.name for row in lexicon.rows("particles")}


def test_types_describe_exactly_the_model(lexicon):
    labels = lexicon.types["labels"]
    assert tuple(labels) == model.LABELS
    assert {name: tuple(spec.get("subtypes", ())) for name, spec in labels.items()} == model.SUBTYPES
    predicates = lexicon.types["predicates"]
    assert tuple(predicates) == model.PREDICATES
    assert tuple(p for p, spec in predicates.items() if spec.get("symmetric")) == model.SYMMETRIC_PREDICATES
    arguments = {a for spec in predicates.values() for a in (*spec["subject"], *spec["object"])}
    assert arguments <= {*model.LABELS, "text", "event"}


def test_priorities_are_numbers_from_0_to_100(lexicon):
    assert all(0 <= value <= 100 for value in lexicon.settings["priorities"].values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("서울성모병원", "여의도성모병원"),
        ("SPC그룹", "파리바게뜨"),
        ("홍콩대학교", "홍콩과학기술대학교"),
        ("한국은행", "금융통화위원회"),
        ("유니세프", "유니세프한국위원회"),
        ("윈난성", "간쑤성"),
        ("한화오션", "HD현대중공업"),
    ],
)
def test_two_bodies_or_places_are_two_rows(forms, one, other):
    assert forms[one] and forms[other]
    assert not {row for row, _ in forms[one]} & {row for row, _ in forms[other]}


def test_a_form_holds_no_sign_that_divides_two_names(forms):
    assert [form for form in forms if "/ " in form or "|" in form or "\n" in form] == []


@pytest.mark.parametrize(
    "form",
    [
        *("서울 강남경찰서", "부산해운대경찰서", "경인지방병무청", "대구지방환경청", "국가기상위성센터"),
        *("강남구의회", "수원시의회", "충북교육청", "종로구청", "인천지방법원", "수원고검"),
        *("계원예술대", "신안산대학교", "고려대 세종캠퍼스", "한국열린사이버대"),
        *("HD현대마린솔루션", "롯데바이오로직스", "리가켐바이오", "페퍼저축은행", "딥시크", "앤트로픽"),
        *("FOMC", "유럽투자은행", "스톡홀름국제평화연구소", "UNOPS", "TPO", "호주중앙은행"),
        *("바이에른 뮌헨", "덴버 브롱코스", "파주 프런티어", "조선신보", "채널뉴스아시아"),
    ],
)
def test_organisations_that_a_list_of_the_field_holds(forms, form):
    assert any(row.startswith("org-") for row, _ in forms[form] | forms[form.replace(" ", "")])

from __future__ import annotations

import pytest

from extract.document import Analysis
from extract.lexicon import Lexicon, load_lexicon
from extract.resolve import Resolver
from extract.resolve.examples import claims_of, parse_marked


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def resolver(lexicon: Lexicon) -> Resolver:
    return Resolver(lexicon)


@pytest.fixture
def resolve(lexicon: Lexicon, resolver: Resolver):
    def run(marked: str) -> Analysis:
        analysis = parse_marked(marked, lexicon)
        resolver(analysis)
        return analysis

    return run


def groups_of(analysis: Analysis) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for mention in analysis.mentions:
        found.setdefault(mention.entity_id, []).append(mention.text)
    return [texts for texts in found.values() if len(texts) > 1]


@pytest.mark.parametrize(
    ("marked", "together"),
    [
        ("[최미라 PERSON] [장관 TITLE]은 … [최 PERSON] [장관 TITLE]은", ["최미라", "최"]),
        (
            "[이서준 PERSON] [외교장관 TITLE]과 [이도현 PERSON] [국장 TITLE]. [이 PERSON] [장관 TITLE]은",
            ["이서준", "이"],
        ),
        (
            "[김하나 PERSON] [교육감 TITLE]과 [김두리 PERSON] [교육감 TITLE]. [김 PERSON] [교육감 TITLE]은",
            ["김두리", "김"],
        ),
        (
            "[마르코 벨리니 PERSON] [총장 TITLE]은 … [벨리니 PERSON] [총장 TITLE]이",
            ["마르코 벨리니", "벨리니"],
        ),
        (
            "[안토니오 구테흐스 PERSON] [사무총장 TITLE]. [구테레스 PERSON] [사무총장 TITLE]",
            ["안토니오 구테흐스", "구테레스"],
        ),
        ("[정수빈 PERSON] [대표이사 TITLE]는 … [정 PERSON] [대표 TITLE]는", ["정수빈", "정"]),
        (
            "[이웨알라 PERSON]([Ngozi Iweala PERSON]) [사무총장 TITLE], [오콘조-이웨알라 PERSON] [총장 TITLE]",
            ["이웨알라", "Ngozi Iweala", "오콘조-이웨알라"],
        ),
        ("[인도 델리 CITY]에서 … [델리 CITY]의", ["인도 델리", "델리"]),
        ("[수원시 CITY]와 [수원 CITY]", ["수원시", "수원"]),
        ("[한빛특별시 ORG]는 … [한빛시 ORG]는", ["한빛특별시", "한빛시"]),
        ("[전라남도 나주시 ORG]가 … [나주시 ORG]는", ["전라남도 나주시", "나주시"]),
        ("[인도 주택도시개발부 ORG] … [주택도시개발부 ORG]", ["인도 주택도시개발부", "주택도시개발부"]),
        ("[공정거래위원회 ORG]는 … [공정위 ORG]는", ["공정거래위원회", "공정위"]),
        ("([공 정 위 ORG]) … [공정위 ORG]는", ["공 정 위", "공정위"]),
        (
            "[한빛산업진흥원 ORG](이하 ‘[진흥원 ORG]’)은 … [진흥원 ORG]은",
            ["한빛산업진흥원", "진흥원", "진흥원"],
        ),
        ("[강릉시 ORG]는 … [시 ORG]는", ["강릉시", "시"]),
        ("[한빛구 ORG]는 … [한빛구청 ORG]은", ["한빛구", "한빛구청"]),
        ("[세계자원연구소 ORG]([WRI ORG])", ["세계자원연구소", "WRI"]),
    ],
)
def test_forms_of_one_name_are_one_entity(resolve, marked: str, together: list[str]) -> None:
    assert groups_of(resolve(marked)) == [together]


@pytest.mark.parametrize(
    "marked",
    [
        "[서울 CITY]에서 [서울시 ORG]는",
        "[김하나 PERSON] [장관 TITLE]과 [김두리 PERSON] [청장 TITLE]",
        "[박서연 PERSON] [국장 TITLE]이 … [박 PERSON] [장관 TITLE]은",
        "[김영희 PERSON] [의원 TITLE]과 [김영호 PERSON] [의원 TITLE]",
        "[최서연 PERSON] [부사장 TITLE]은 … [최 PERSON] [사장 TITLE]은",
        "[신서연 PERSON] [회장 TITLE]은 … [신 PERSON] [총괄회장 TITLE]은",
        "[최서연 PERSON] [이사장 TITLE]은 … [최 PERSON] [사장 TITLE]은",
        "[한빛시 ORG]와 [한빛시립대학교 ORG]",
        "[한빛전자 ORG]와 [한빛전자서비스 ORG]",
        "[대한상의 ORG]와 [대한·서울상의 ORG]",
        "[미국 정부 ORG]는 … [정부 ORG]는",
        "[한빛회의소 새봄라운지 PLACE]([서울 중구 PLACE])",
    ],
)
def test_different_names_stay_apart(resolve, marked: str) -> None:
    assert groups_of(resolve(marked)) == []


def test_a_short_place_goes_to_the_nearest_longer_one_before(resolve) -> None:
    analysis = resolve("[서울 중구 PLACE]와 [중구 PLACE], [부산 중구 PLACE]와 [중구 PLACE]")
    first, second, third, fourth = (mention.entity_id for mention in analysis.mentions)
    assert first == second != third == fourth


def test_bodies_are_the_government_named_most(resolve) -> None:
    analysis = resolve("[부산 중구 ORG]는 [몽골 한빛구 ORG]와 만났다. [중구 ORG]는 … [구 ORG]는 밝혔다.")
    ids = [mention.entity_id for mention in analysis.mentions]
    assert ids[0] == ids[2] == ids[3] != ids[1]


@pytest.mark.parametrize(
    ("marked", "claim"),
    [
        ("[박서연 PERSON] [한빛시장 TITLE]은 [한빛시 ORG]에서", "박서연 affiliated_with 한빛시"),
        ("[박서연 PERSON] [중구청장 TITLE]은", "박서연 affiliated_with 중구"),
        ("[박서연 PERSON] [양평군수 TITLE]는 [양평군 ORG]의", "박서연 affiliated_with 양평군"),
        ("[박서연 PERSON] [수원특례시장 TITLE]은", "박서연 affiliated_with 수원특례시"),
        ("[박서연 PERSON] [경기도지사 TITLE]는", "박서연 affiliated_with 경기도"),
        ("[박서연 PERSON] [새만금개발청장 TITLE]은", "박서연 affiliated_with 새만금개발청"),
        ("[박서연 PERSON] [국방부장관 TITLE]은", "박서연 affiliated_with 국방부"),
        ("[박서연 PERSON] [한빛시교육감 TITLE]은", "박서연 affiliated_with 한빛시교육청"),
    ],
)
def test_a_title_names_its_body(lexicon, resolver, marked: str, claim: str) -> None:
    assert claim in claims_of(marked, resolver, lexicon)


@pytest.mark.parametrize(
    "marked",
    [
        "[박서연 PERSON] [외교장관 TITLE]은",
        "[박서연 PERSON] [조직위원장 TITLE]은",
        "[박서연 PERSON] [산림복지국장 TITLE]은",
        "[박서연 PERSON] [부시장 TITLE]은",
        "[박서연 PERSON] [부원장 TITLE]은",
        "[박서연 PERSON] [연구원장 TITLE]은",
    ],
)
def test_a_bare_title_names_none(lexicon, resolver, marked: str) -> None:
    assert not any("affiliated_with" in claim for claim in claims_of(marked, resolver, lexicon))


def test_only_the_fullest_title_is_claimed_and_ranks_are_kept(lexicon, resolver) -> None:
    marked = (
        "[박서연 PERSON] [강릉시장 TITLE]은 … [박 PERSON] [시장 TITLE]은 … "
        "[박서연 PERSON] 前 [부시장 TITLE]은"
    )
    titles = [claim for claim in claims_of(marked, resolver, lexicon) if "holds_title" in claim]
    assert titles == ["박서연 holds_title 강릉시장", "박서연 holds_title 前 부시장"]


@pytest.mark.parametrize(
    "marked",
    [
        "[나주시 ORG]([시장 TITLE] [윤서진 PERSON])는",
        "[나주시 ORG] ([시장 TITLE] [윤서진 PERSON]) 는",
        "[나주시 ORG]（[시장 TITLE]\u00a0[윤서진 PERSON]）는",
        "‘[나주시 ORG]’([시장 TITLE]: [윤서진 PERSON])는",
        "[나주시 ORG](Naju, [시장 TITLE] [윤서진 PERSON], 이하 시)는",
    ],
)
def test_brackets_are_read_however_they_are_typed(lexicon, resolver, marked: str) -> None:
    claims = claims_of(marked, resolver, lexicon)
    assert {"윤서진 holds_title 시장", "윤서진 affiliated_with 나주시"} <= set(claims)


def test_two_ways_of_writing_an_office_are_one_title(lexicon, resolver) -> None:
    marked = "[충남도지사 TITLE] [박서연 PERSON]은 … [박서연 PERSON] [충청남도지사 TITLE]는"
    assert claims_of(marked, resolver, lexicon) == [
        "박서연 affiliated_with 충남도",
        "박서연 holds_title 충남도지사",
    ]


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("[박서연 PERSON] [대통령 TITLE] 당선인은", "대통령 당선인"),
        ("[박서연 PERSON] [본부장 TITLE] 직무대리는", "본부장 직무대리"),
        ("[박서연 PERSON] [대통령 TITLE] 권한 대행은", "대통령 권한 대행"),
        ("[박서연 PERSON] [장관 TITLE]후보자는", "장관후보자"),
        ("[박서연 PERSON] [회장 TITLE] 후보군은", "회장"),
    ],
)
def test_what_changes_a_title_belongs_to_it(lexicon, resolver, marked: str, title: str) -> None:
    assert claims_of(marked, resolver, lexicon) == [f"박서연 holds_title {title}"]


@pytest.mark.parametrize(
    ("marked", "aliases"),
    [
        ("[정수빈 PERSON](Jung Soobin)은", ["Jung Soobin"]),
        ("[정수빈 PERSON](CEO)은", []),
        ("[한빛전자 ORG](Hanbit Electronics, HBE)는", ["Hanbit Electronics", "HBE"]),
        ("[한빛전자 ORG](주)는", []),
        ("[한빛전자 ORG](왼쪽)와", []),
        ("[한빛전자 ORG](6월 기준)와", []),
    ],
)
def test_glosses_that_are_no_mentions_are_told_from_remarks(lexicon, resolver, marked, aliases) -> None:
    claims = claims_of(marked, resolver, lexicon)
    assert [claim.split(" also_known_as ")[1] for claim in claims] == sorted(aliases)


def test_a_market_is_no_mayor(lexicon, resolver) -> None:
    assert claims_of("외환·[자본시장 TITLE] [선진화 PERSON] 정책", resolver, lexicon) == []


def test_an_abbreviation_that_fits_two_bodies_joins_neither_anew(resolve) -> None:
    analysis = resolve(
        "[원자력안전위원회 ORG](이하 [원안위 ORG])는 [캐나다 원자력안전위원회 ORG]와 … [원안위 ORG]는"
    )
    assert groups_of(analysis) == [["원자력안전위원회", "원안위", "원안위"]]


def test_a_foreign_namesake_stays_apart(resolve) -> None:
    analysis = resolve(
        "[원자력안전위원회 ORG]는 … [캐나다 원자력안전위원회 ORG]와 … [원자력안전위원회 ORG]는"
    )
    assert groups_of(analysis) == [["원자력안전위원회", "원자력안전위원회"]]


def test_a_lexicon_row_gives_name_id_and_attributes(resolve, lexicon, resolver) -> None:
    one, two = resolve("[서울 CITY]에서"), parse_marked("[서울특별시 CITY]는", lexicon)
    row = next(row for row in lexicon.rows("cities") if "서울" in row.forms)
    for analysis in (one, two):
        analysis.rows = {mention.mention_id: row for mention in analysis.mentions}
        resolver(analysis)
    assert one.entities[0].entity_id == two.entities[0].entity_id
    assert (one.entities[0].name, one.entities[0].country) == (row.name, "대한민국")
    assert one.entities[0].latitude == pytest.approx(37.57, abs=0.1)


@pytest.mark.parametrize(
    ("marked", "country", "city"),
    [
        ("[인도 우다이나가르 CITY]에서", "인도", None),
        ("[서울 한빛센터 PLACE]에서", None, "서울특별시"),
        ("[미국 한빛부 ORG]는", "미국", None),
        ("[한빛센터 ORG]는", None, None),
    ],
)
def test_country_and_city_come_from_the_words_of_the_name(resolve, marked, country, city) -> None:
    entity = resolve(marked).entities[0]
    assert (entity.country, entity.city) == (country, city)


def test_honorifics_are_no_titles(lexicon, resolver) -> None:
    assert claims_of("[박서연 PERSON] [씨 TITLE]는", resolver, lexicon) == []


def test_entity_of_a_person_says_title_affiliation_and_other_names(resolve) -> None:
    analysis = resolve(
        "[볼프강 도르스트 PERSON]([Wolfgang Dorst PERSON]) [한빛산업협회 ORG] [사무총장 TITLE]은 … "
        "[도르스트 PERSON] [사무총장 TITLE]은"
    )
    person = analysis.entities[0]
    assert (person.name, person.title, person.affiliation) == ("볼프강 도르스트", "사무총장", "한빛산업협회")
    assert person.aliases == ("Wolfgang Dorst", "도르스트")
    assert (person.n_mentions, person.n_articles) == (3, 1)


def test_a_person_is_the_same_in_articles_that_say_different_things(resolve) -> None:
    ids = {
        resolve(marked).entities[-1].entity_id
        for marked in (
            "[박서연 PERSON] [서울시장 TITLE]은",
            "[서울특별시 ORG]는 … [박서연 PERSON] [서울시장 TITLE]은",
            "[서울시 ORG]([시장 TITLE] [박서연 PERSON])는",
            "[서울시 ORG] … [박서연 PERSON] [시장 TITLE]은 … [서울시 ORG]는",
        )
    }
    assert len(ids) == 1


def test_the_affiliation_stated_most_often_and_its_title_describe_a_person(resolve) -> None:
    analysis = resolve(
        "[한빛넷 ORG] [의장 TITLE] [박서연 PERSON]([강릉시 ORG] [시장 TITLE]) … [박서연 PERSON] [강릉시장 TITLE]은"
    )
    person = next(entity for entity in analysis.entities if entity.label == "PERSON")
    assert (person.title, person.affiliation) == ("강릉시장", "강릉시")


def test_every_named_mention_gets_an_entity_of_the_article(resolve) -> None:
    analysis = resolve("[6일 DATE] [서울 CITY]에서 [박서연 PERSON] [시장 TITLE]이 [39개 FIGURE] 도시를")
    ids = {entity.entity_id for entity in analysis.entities}
    for mention in analysis.mentions:
        assert (mention.entity_id in ids) == (mention.label in ("CITY", "PERSON"))


def test_ids_do_not_depend_on_what_else_the_article_names(resolve) -> None:
    one = resolve("[한빛시 ORG] [박서연 PERSON] [시장 TITLE]은")
    two = resolve("[6일 DATE] [델리 CITY]에서 [박서연 PERSON] [한빛특별시 ORG] [시장 TITLE]이 말했다.")
    ids = {e.name: e.entity_id for e in one.entities}
    assert ids["박서연"] in {e.entity_id for e in two.entities}
    assert ids["한빛시"] in {e.entity_id for e in two.entities}


def test_evidence_holds_subject_and_object(resolve) -> None:
    analysis = resolve("어제 [나주시 ORG]([시장 TITLE] [윤서진 PERSON])는 밝혔다.")
    assert {analysis.text[c.start : c.end] for c in analysis.claims} == {"나주시(시장 윤서진)"}

"""Sentences as press releases write them, by what they tell of; all names are invented.

A line holds the marked text (see ``extract.relate.examples``), then after ``=>`` everything that must come out:
``subject | predicate | object`` for relations, ``type: name`` for events, ``speaker: words`` for quotes.
"""

from __future__ import annotations

import pytest

from extract.document import Analysis

AGREEMENTS = """
[한빛시|ORG]와 [토지공사|ORG], [푸른도시공사|ORG]는 [20일|DATE|2024-05-20] 도시재생을 위한 3자 협약을 맺었다. => 한빛시 | agreed_with | 토지공사; 한빛시 | agreed_with | 푸른도시공사; 토지공사 | agreed_with | 푸른도시공사; agreement: 3자 협약
[한빛시|ORG]는 [시애틀|CITY]과 자매결연 30주년을 맞아 우호협력 협정을 갱신했다. => 한빛시 | agreed_with | 시애틀
[푸른전자|ORG]는 [장애인고용공단|ORG]과 고용 증진 협약을 체결하고 청년 장애인을 지원하고 있다. => 푸른전자 | agreed_with | 장애인고용공단; 푸른전자 | supports | 청년 장애인; agreement: 고용 증진 협약
[한빛시|ORG]와 [푸른대학교|ORG]는 업무협약을 체결하기로 했다. =>
[한빛도|ORG]와 [푸른도|ORG]는 관광벨트 조성을 위해 손을 잡았다. => 한빛도 | cooperates_with | 푸른도
[수산과학원|ORG]은 [노르웨이 해양연구소|ORG]와 연어 양식 기술을 공동 연구하고 있다. => 수산과학원 | cooperates_with | 노르웨이 해양연구소
[철도공사|ORG]는 [교통공사|ORG]와 협력해 환승 안내를 개선했다. => 철도공사 | cooperates_with | 교통공사
[푸른통신|ORG]은 [나눔재단|ORG]과 함께 다문화 아동을 위한 캠프를 열었다. => 푸른통신 | cooperates_with | 나눔재단; 푸른통신 | hosted | 캠프; other: 캠프
"""

APPOINTMENTS = """
[문화부|ORG]는 신임 국립극장장에 [윤하진|PERSON] 전 [푸른예술원|ORG] [원장|TITLE]을 임명했다. => 윤하진 | appointed_as | 신임 국립극장장; appointment: None
[한빛시의회|ORG]는 [제9대|FIGURE] 전반기 의장으로 [박도진|PERSON] [의원|TITLE]을 선출했다. => 박도진 | appointed_as | 제9대 전반기 의장; appointment: None
[박도진|PERSON] [의원|TITLE]이 [한빛시의회|ORG] 의장에 당선됐다. => 박도진 | appointed_as | 한빛시의회 의장; appointment: 한빛시의회 의장
[이서윤|PERSON] [교수|TITLE]는 [1일|DATE|2024-04-01] [푸른해양학회|ORG] [제20대|FIGURE] 회장으로 취임했다. => 이서윤 | appointed_as | 푸른해양학회 제20대 회장; appointment: 푸른해양학회 제20대 회장
[관광공사|ORG] 사장에 [이주원|PERSON] 전 [문화부|ORG] [차관|TITLE]이 취임했다. => 이주원 | appointed_as | 관광공사 사장; appointment: None
[박서연|PERSON] 씨가 [2월 1일|DATE|2024-02-01] 자로 한빛시 부시장에 부임했다. => 박서연 | appointed_as | 한빛시 부시장
[최동민|PERSON] [소장|TITLE]은 농촌지도관으로 승진했다. => 최동민 | appointed_as | 농촌지도관
[한빛도|ORG]는 [2027년|DATE|2027] 세계환경회의 개최지로 선정됐다. => 한빛도 | appointed_as | 세계환경회의 개최지
[문화부|ORG]는 [한빛시|CITY]를 문화도시로 지정했다. => 한빛시 | appointed_as | 문화도시
[한빛재단|ORG]은 [김하늘|PERSON] [교수|TITLE]를 이사장으로 선임할 예정이다. => appointment: 이사장
[김하늘|PERSON] [교수|TITLE]는 만장일치로 선출되지 못했다. =>
"""

VISITS = """
[조은별|PERSON] [장관|TITLE]은 [자카르타|CITY]를 공식 방문해 [레트노|PERSON] [외교장관|TITLE]과 회담했다. => 조은별 | visited | 자카르타; 조은별 | met_with | 레트노; visit: 자카르타 방문; meeting: None
[한빛시|ORG] 대표단은 [8일|DATE|2024-04-08] [후쿠오카|CITY]를 방문했다. => 한빛시 | visited | 후쿠오카; visit: 후쿠오카 방문
[이정현|PERSON] [도지사|TITLE]는 [푸른산업단지|PLACE]를 찾아 기업인들과 간담회를 가졌다. => 이정현 | visited | 푸른산업단지; 이정현 | hosted | 간담회; visit: None; meeting: 간담회
[김하늘|PERSON] [시장|TITLE]은 방한 중인 [라메시 싱|PERSON] [장관|TITLE]을 만났다. => 김하늘 | met_with | 라메시 싱; meeting: None
[최준호|PERSON] [장관|TITLE]은 [9일|DATE|2024-04-09] [한빛시|CITY]에서 [클라우스 뮐러|PERSON] [장관|TITLE]과 산업장관회의를 개최했다. => 최준호 | met_with | 클라우스 뮐러; 최준호 | hosted | 산업장관회의; conference: 산업장관회의
[김하늘|PERSON] [시장|TITLE]은 [푸른시장|PLACE]을 둘러봤다. => 김하늘 | visited | 푸른시장
한·베트남 정상회담이 [15일|DATE|2024-04-15] [하노이|CITY]에서 열렸다. => meeting: 한·베트남 정상회담
[방송사|ORG]에 따르면 관광객들이 [한빛시|CITY]를 방문한 것으로 나타났다. => visit: 한빛시 방문
[김하늘|PERSON] [시장|TITLE]은 [하노이|CITY]를 방문하고 [응우옌 남|PERSON] [총리|TITLE]를 예방할 계획이다. => visit: 하노이 방문; meeting: None
"""

OCCASIONS = """
[안전부|ORG]는 [28일|DATE|2024-10-28] [정부청사|PLACE]에서 ‘[제3회|FIGURE] 국가안전 포럼’을 개최했다. => 안전부 | hosted | 제3회 국가안전 포럼; conference: 제3회 국가안전 포럼
[한빛시|ORG]와 [한빛상공회의소|ORG]가 공동 주최한 ‘수소산업 박람회’가 성황리에 막을 내렸다. => 한빛시 | cooperates_with | 한빛상공회의소; 한빛시 | hosted | 수소산업 박람회; 한빛상공회의소 | hosted | 수소산업 박람회; other: 수소산업 박람회
[한빛도|ORG]가 주최하고 [푸른연구원|ORG]이 주관한 ‘녹색도시포럼’이 [11일|DATE|2024-05-11] 열렸다. => 한빛도 | hosted | 녹색도시포럼; 푸른연구원 | hosted | 녹색도시포럼; conference: 녹색도시포럼
[한빛시|ORG]는 [오는 20일|DATE|2024-05-20] [푸른컨벤션센터|PLACE]에서 인공지능 정책 토론회를 연다. => conference: 인공지능 정책 토론회
[푸른시|ORG]는 [15일|DATE|2024-05-15] [서노송동|PLACE]에서 청년창업지원센터 개소식을 열었다. => 푸른시 | hosted | 청년창업지원센터 개소식; opening: 청년창업지원센터 개소식
[도로공사|ORG]는 [21일|DATE|2024-05-21] 밀양 구간을 개통했다. => opening: 밀양 구간
[한빛시|ORG]는 도서관 옆에 어린이미술관을 개관했다. => opening: 어린이미술관
[콘텐츠진흥원|ORG]은 [8일|DATE|2024-07-08] [푸른컨벤션센터|PLACE]에서 ‘캐릭터 페어’를 개최한다. => other: 캐릭터 페어
[방송위원회|ORG]([위원장|TITLE] [서가람|PERSON])는 [4일|DATE|2024-04-04] 전체회의를 열고 개정안을 의결했다. => 방송위원회 | hosted | 전체회의; conference: 전체회의
[정부|ORG]는 관계부처 합동으로 ‘2030 국가 탄소중립 기본계획’을 발표했다. => announcement: 2030 국가 탄소중립 기본계획
현지 [경찰|ORG]이 수사에 착수했다. =>
[김하늘|PERSON] [시장|TITLE]은 [5일|DATE|2024-04-05] 기자회견을 통해 공원 두 곳을 실시 설계한다고 밝혔다. => announcement: 기자회견; 김하늘: 공원 두 곳을 실시 설계한다
"""

ATTENDING = """
[오세진|PERSON] [시장|TITLE]은 [런던|CITY]에서 열린 [기후도시모임|ORG] 총회에 참석해 기조연설을 했다. => 오세진 | attended | 기후도시모임 총회; conference: 기후도시모임 총회
[한빛시|ORG]는 포럼을 열었다. // 이번 포럼에는 [30개국|FIGURE] 전문가 [500여 명|FIGURE]이 참가했다. => 한빛시 | hosted | 포럼; 포럼 | has_figure | 30개국; 포럼 | has_figure | 500여 명; conference: 포럼
[한빛시|ORG]는 체육대회를 열었다. // 이번 체육대회에는 선수 [1,500여 명|FIGURE]이 출전했다. => 한빛시 | hosted | 체육대회; 체육대회 | has_figure | 1,500여 명; other: 체육대회
[한빛시|ORG]는 개소식을 열었다. // 이날 개소식에는 [이주원|PERSON] [차관|TITLE], [김하늘|PERSON] [시장|TITLE] 등이 참석해 자리를 빛냈다. => 한빛시 | hosted | 개소식; 이주원 | attended | 개소식; 김하늘 | attended | 개소식; opening: 개소식
"""

BODIES = """
[관광공사|ORG]가 운영하는 [푸른휴양림|PLACE]은 조용하다. => 관광공사 | operates | 푸른휴양림
[한빛도|ORG]가 운영하는 [한빛일자리재단|ORG]은 면접수당을 지급한다. => 한빛도 | operates | 한빛일자리재단
[한빛시|CITY]에 본사를 둔 [푸른바이오|ORG]는 백신을 만든다. => 푸른바이오 | located_in | 한빛시
[푸른암센터|ORG]는 [한빛시|CITY]에 있다. => 푸른암센터 | located_in | 한빛시
[교육부|ORG] 산하 [학술정보원|ORG]은 [대구|CITY]에 본원을 두고 있다. => 학술정보원 | part_of | 교육부; 학술정보원 | located_in | 대구
[1998년|DATE|1998-01-01] 문을 연 [하늘도서관|ORG]은 조용하다. => 하늘도서관 | founded | 1998년
[김도현|PERSON] [회장|TITLE]이 [1995년|DATE|1995-01-01] 설립한 [나눔재단|ORG]은 장학사업을 펼친다. => 나눔재단 | founded | 1995년; 나눔재단 | founded_by | 김도현
[문화재단|ORG]은 [2004년 12월|DATE|2004-12-01] 설립된 공익법인이다. => 문화재단 | founded | 2004년 12월
[한빛시|ORG]는 [지난해|DATE|2023-01-01] [기후도시모임|ORG]에 가입했다. => 한빛시 | member_of | 기후도시모임
[한빛시|ORG]는 [기후도시모임|ORG] 회원도시로 활동하고 있다. => 한빛시 | member_of | 기후도시모임
[통화기금|ORG]은 [190개|FIGURE] 회원국을 두고 있다. => 통화기금 | has_figure | 190개
[지방정부연합|ORG]에는 [140여 개국|FIGURE] 도시가 가입해 있다. => 지방정부연합 | has_figure | 140여 개국
"""

GIVING = """
[한빛은행|ORG]은 취약계층을 위해 [나눔재단|ORG]에 성금 2억 원을 기탁했다. => 한빛은행 | supports | 나눔재단; funding: None
[푸른그룹|ORG]은 산불 피해 복구를 위해 [재해구호협회|ORG]에 성금 [20억 원|FIGURE]을 전달했다. => 푸른그룹 | supports | 재해구호협회
[벤처부|ORG]는 소상공인에게 긴급자금을 지원했다. => 벤처부 | supports | 소상공인
[푸른농협|ORG]은 공모전에서 대상을 수상했다. => award: 대상
[한빛은행|ORG]은 [나눔재단|ORG]에 성금을 기탁할 예정이다. =>
"""

QUOTES = """
[서지호|PERSON] [총장|TITLE]은 대학이 지역과 함께 자라도록 돕겠다고 화답했다. => 서지호: 대학이 지역과 함께 자라도록 돕겠다
[정해린|PERSON] [차관|TITLE]은 기후위기 대응에 모든 부처가 함께해야 한다고 강조했다. => 정해린: 기후위기 대응에 모든 부처가 함께해야 한다
[오승현|PERSON] [교육감|TITLE]은 안전한 학교를 만들기 위해 힘쓰겠다는 뜻을 밝혔다. => 오승현: 안전한 학교를 만들기 위해 힘쓰겠다
[오승현|PERSON] [교육감|TITLE]은 교사들에게 학생 안전을 각별히 살펴 줄 것을 당부했다. => 오승현: 교사들에게 학생 안전을 각별히 살펴 줄 것
[구윤서|PERSON] [장관|TITLE]은 현장을 찾아 “인명 구조에 온 힘을 다하라”고 지시했다. => 구윤서: 인명 구조에 온 힘을 다하라
[박도진|PERSON] 문화관광국장은 “축제가 지역에 보탬이 되길 바란다”고 했다. => 박도진: 축제가 지역에 보탬이 되길 바란다
[김하늘|PERSON] [시장|TITLE]은 [14일|DATE|2024-04-14] 기자들과 만나 아직 아무것도 정하지 않았다고 말했다. => 김하늘: 아직 아무것도 정하지 않았다
[김하늘|PERSON] [시장|TITLE]은 “길을 넓히겠다”고 말했다. // 그는 또 “나무를 심겠다”고 덧붙였다. => 김하늘: 길을 넓히겠다; 김하늘: 나무를 심겠다
[김하늘|PERSON] [시장|TITLE]이 “길을 넓히자”고 말하자 [이푸른|PERSON] [총장|TITLE]은 “함께 돕겠다”고 답했다. => 김하늘: 길을 넓히자; 이푸른: 함께 돕겠다
식품환경부는 “물을 떠다 쓰는 것은 규정 위반”이라며 바로 고치라고 요구했다. => 식품환경부: 물을 떠다 쓰는 것은 규정 위반
[한빛시|ORG] 관계자는 “다음 달에 결과를 알리겠다”고 밝혔다. => 한빛시 관계자: 다음 달에 결과를 알리겠다
방송은 [김하늘|PERSON]과 [이푸른|PERSON]은 서로 만나 이야기를 나눴다고 전했다. => 김하늘 | met_with | 이푸른
[한빛시|ORG]는 도서관 세 곳을 새로 연다고 밝혔다. =>
"""


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


def told(analysis: Analysis) -> set[str]:
    found = {f"{r.subject} | {r.predicate} | {r.object}" for r in analysis.relations}
    found |= {f"{e.type}: {e.name}" for e in analysis.events}
    return found | {f"{q.speaker}: {q.text}" for q in analysis.quotes}


CASES = [
    line
    for block in (AGREEMENTS, APPOINTMENTS, VISITS, OCCASIONS, ATTENDING, BODIES, GIVING, QUOTES)
    for line in lines(block)
]


@pytest.mark.parametrize("line", CASES, ids=range(len(CASES)))
def test_a_sentence_tells_this_and_nothing_else(read, line: str) -> None:
    text, _, expected = line.partition("=>")
    assert told(read(text.strip(), "2024-12-01")) == {
        part.strip() for part in expected.split(";") if part.strip()
    }

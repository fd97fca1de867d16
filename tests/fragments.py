"""Korean-like text from a grammar of fragments: what releases are made of, and what dirties them.

The same bytes give the same text, so that a fuzzer can steer it and Hypothesis can shrink it.
"""

from __future__ import annotations

FRAGMENTS: tuple[tuple[str, ...], ...] = (
    ("박원순", "김철수", "남궁민수", "하디프 싱 푸리", "Wolfgang Dorst", "李在明", "이", "박 모", "김○○", "홍길동·김영희", "아빈드 케지리왈"),
    ("서울시", "국토교통부", "인도 주택도시개발부", "㈜한빛", "(재)서울연구원", "한국 수자원공사", "세계자원연구소(WRI)", "SAP Korea",
     "경찰청 국가수사본부", "시티넷", "KIBC", "국 토 부", "지 방정부", "서울-인도 경제교류센터", "부산·울산·경남"),
    ("서울시장", "시장", "사무총장", "장관", "전 대통령", "신임 회장", "대표이사 겸 이사장", "군수", "교수", "前 차관"),
    ("인도 뉴델리", "서울", "충남 보령시 신흑동", "스리랑카 콜롬보", "국토부 청사", "한강", "아시아․태평양", "수원시", "한·미·일", "잠실"),
    ("2017년 11월 6일", "오는 6일(월)", "지난해", "이날", "3월 2~5일", "오후 2시 30분", "매주 월요일", "’26.4.13.", "4월 6일부터 10일까지",
     "1분기", "1987년", "음력 1월 1일", "2월 30일", "99999년", "25시", "다음 달 말", "P5Y", "20일간"),
    ("39개", "1조 2천억원", "10~20%", "50여 개", "제8차", "3.5배", "1,234,567명", "△3.2%p", "두세 명", "1/3", "02-123-4567", "1:0",
     "수십만 원", "$1억", "１２３", "1만 2천3백45㎡", "0", "-5", "일이삼사", "첫 번째", "100만 톤", "3.1415926535"),
    ("은", "는", "이", "가", "을", "를", "에서", "에게", "와", "과", "의", "로", "까지", "부터", "이라고", "라며", "측은", "들", "도", "및"),
    (" 밝혔다.", " 방문했다.", " 협약을 체결했다.", "고 말했다.", " 만나 협력하기로 했다.", " 총회를 열었다.", " 임명됐다.", "을 설립했다.",
     "에 참석해", " 주최하고", "라고 강조했다", "며 “", "에 지원한다.", " 회원이다.", " 관련,", "에 따르면", " 위치한"),
    ("“", "”", "‘", "’", '"', "'", "「", "」", "『", "』", "(", ")", "[", "]", "<", ">", "《", "》", "〈", "【", "】", "{", "}", "（", "）"),
    ("총회", "업무협약(MOU)", "투자유치설명회", "정책", "(이하 ‘센터’)", "보도자료", "담당 부서", "[영상]", "사진설명", "붙임 1.", "끝.", "보도시점",
     "배포일시 2024. 3. 5.", "□ ", "○ ", " - ", "※ ", "* ", "| ", "# "),
    ("\n", "\n\n", " ", "  ", "\t", "\r\n", "\r", "\u2028", "\u0085", "\f", "\v", "\u3000", "\u00a0", "\u2009", "----\n", "\x1c"),
    ("\u200b", "\u200d", "\ufeff", "\u00ad", "\x08", "\x00", "\ufe0f", "\u0301", "\u202e", "\uf0b7", "\U000f0000", "\ufffd", "\u2060",
     "\u3164", "\ue000", "\u180e"),
    ("·", "ㆍ", "․", "∙", "・", "•", "~", "～", "∼", "〜", "-", "–", "―", "－", "…", "...", ",", ".", ":", ";", "/", "|", "%", "&", "=", "+",
     "＝", "@", "!", "?", "。"),
    ("😀", "👍🏻", "👨‍👩‍👧", "🇰🇷", "é", "e\u0301", "가\u0323", "한", "ᄀᆞ", "ㄱ", "ㅏ", "ㅋㅋㅋ", "漢字", "ﾊﾝ", "ｶﾞ", "Ａ", "①", "Ⅳ", "㎏", "½", "²"),
)  # fmt: skip
"""Kinds of fragments; a byte chooses the kind, the next one the fragment."""

_REPEAT = len(FRAGMENTS)
_RAW = _REPEAT + 1
_KINDS = _RAW + 1


def text_of(data: bytes, longest: int = 20_000) -> str:
    """The text that ``data`` spells: fragments, repetitions of the last few of them, and single code points.

    The result has at most ``longest`` code points and no half surrogate pair.
    """
    pieces: list[str] = []
    length = at = 0
    while at + 1 < len(data) and length < longest:
        kind, choice = data[at] % _KINDS, data[at + 1]
        at += 2
        if kind == _REPEAT:
            count = (2, 3, 10, 60, 300, 1000, 3000)[choice % 7]
            piece = "".join(pieces[-1 - choice // 7 % 4 :]) * count
        elif kind == _RAW:
            code = int.from_bytes(data[at : at + 2], "big") * (1 if choice < 224 else 17)
            at += 2
            piece = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        else:
            piece = FRAGMENTS[kind][choice % len(FRAGMENTS[kind])]
        pieces.append(piece[: longest - length])
        length += len(pieces[-1])
    return "".join(pieces)

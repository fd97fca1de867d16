"""Lines of a press text and what kind of line each is: bullet, rule, header label, contact, footer, …

The marks are those of Korean press releases and news pages: the heads of government releases
(``보도시점``, ``배포``, ``담당부서``), their bullets (``□ ○ ㅇ - ※``), and the ends of news articles
(byline, address, copyright line).
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Line(NamedTuple):
    """A line without the white space around it; offsets are code points into the whole text.

    ``page``: a form feed stands directly before it.
    """

    start: int
    end: int
    text: str
    page: bool


_BREAK = re.compile(r"[\n\f]")


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """All lines of ``text[start:end]``, blank ones included. Line feeds and form feeds end a line."""
    lines = []
    at = start
    for raw in _BREAK.split(text[start:end]):
        stripped = raw.strip()
        first = at if len(stripped) == len(raw) else at + len(raw) - len(raw.lstrip())
        lines.append(Line(first, first + len(stripped), stripped, at > start and text[at - 1] == "\f"))
        at += len(raw) + 1
    return lines


def _spaced(words: str) -> str:
    """An alternation of words that may have blanks between their letters (``담 당 자``)."""
    return "|".join(r"\s?".join(word) for word in sorted(words.split(), key=len, reverse=True))


CLOSING = "\"'”’“‘」』》〉)\\]>】*"

RULE = re.compile(r"(?:([-=_*~─━—–═])\s?)(?:\1\s?){2,}$")
BULLET = re.compile(
    r"[□■▣○●◯◎◇◆△▲▽▼▷▶▸►◦•·‣∙⦁❍❏☐☑✓✔※★☆♦▪▫￭⇒→☞①-⑳➀-➓❶-❿㉠-㉭⑴-⒇ㅁ|]"
    r"|\*{1,3}\s|\*(?!\*)|[ㅇᄋ](?![가-힣ㄱ-ㅎ])|[oο]\s|[-–―]\s|\d{1,2}[.)]\s+(?!\d)|[가나다라마바사아]\.\s|\(\d{1,2}\)\s"
)
DASH = re.compile(r"[-–―]\s?\S")
ENCLOSED = re.compile(r"(?:<[^<>]{1,60}>|〈[^〉]{1,60}〉|【[^】]{1,60}】|\[[^\]]{1,60}\])$")
HEADING = re.compile(r"#{1,6}\s")
TABLE = re.compile(r"\|.*\|$")
TABLE_RULE = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+$")
LETTER = re.compile(r"[가-힣A-Za-z一-鿿]")

ELLIPSIS = re.compile(rf"(?:\.{{3,}}|…|⋯)[{CLOSING}]*$")
PROSE_END = re.compile(rf"(?:[가-힣A-Za-z)\]”\"’'%」][.。]|[가-힣]다|[가-힣][!?](?=[”\"]))[{CLOSING}]*$")
SENTENCE_END = re.compile(rf"(?:[.!?。…]|[가-힣]다)[{CLOSING}]*$")
FULL_STOP = re.compile(rf"[가-힣A-Za-z)\]”\"’'%」][.。][{CLOSING}]*$")

_OPEN = r"[\s|*#>\-–·•\[【<〈(「■◆▣○◎□ㅇ※▷▶]*"
_RELEASE = _spaced("보도자료 보도참고자료 보도설명자료 보도해명자료 언론보도자료 참고자료 설명자료 해명자료")
_TIMES = _spaced(
    "배포일시 배포시점 배포시간 배포일자 배포일 보도시점 보도일시 보도일자 보도시기 보도가능시점 엠바고 "
    "제공일자 제공일 게시일 게시일시 게시시각 등록일 작성일"
)
_PEOPLE = _spaced(
    "담당부서 담당과 담당자 자료제공 자료문의 제공부서 제공자 문의처 연락처 작성자 작성부서 책임자 "
    "총괄책임자 배포처 매수 총쪽수 사진유무 붙임유무"
)
_WEAK = _spaced(
    "배포 보도 담당 제공 문의 출처 부처 기관 기관명 부서 전화 전화번호 팩스 이메일 홈페이지 누리집 연락 "
    "기사URL URL HWPX첨부 HWP첨부 PDF첨부 첨부 첨부파일 과장 국장 팀장 주무관 사무관 쪽수 날짜 일자 게재일 "
    "발행일 발행처 매체 언론사 분류 카테고리 키워드 태그 기자 조회수"
)
_ALONE = _spaced("배포 보도 문의 과장 국장 팀장 주무관 사무관 서기관")
_LISTS = _spaced("담당부서 담당자 첨부파일 문의처 연락처 붙임파일 관련자료")
_ATTACHED = _spaced("붙임 별첨 첨부 첨부파일 별지 별표 관련사진 사진자료")
_AFTER = r"[\s\]】>〉)」*]*"
_STRONG_LABEL = re.compile(rf"{_OPEN}(?:{_RELEASE}|{_TIMES}|{_PEOPLE})(?![가-힣]){_AFTER}(?:[:：|/]|$|\s|\d)")
_WEAK_LABEL = re.compile(rf"{_OPEN}(?:{_WEAK})(?:\s?<[^>]{{1,20}}>)?[\s\])*]*[:：|]")
_LONE_LABEL = re.compile(rf"[<\[(]?(?:{_ALONE})[>\])]?$")
_PRESS_TIME = re.compile(
    r"[<(\[]\s?[^<>()\[\]]{0,30}(?:\([월화수목금토일]\)[^<>\[\]]{0,20})?(?:조간|석간|보도|방송)"
    r"[^<>\[\]]{0,15}[>)\]]$"
)
_OUTLET = re.compile(
    r"[\s|]*[(<\[]\s?(?:온\s?라\s?인|지\s?면|방\s?송|통\s?신|인\s?터\s?넷|조\s?간|석\s?간)[^()<>\[\]\n]{0,12}[)>\]]\s?\d"
)
_PICTURES = re.compile(r"사진\s?(?:없음|있음)|쪽\s?수\s?[:：]|매\s?수\s?[:：]")
_HEADLINE_LABEL = re.compile(r"[\s*#]*제\s{0,3}목\s*[:：|]\s*(?=\S)")
_RELEASE_MARK = re.compile(rf"(?:^|[\s|\]】)「<])(?:{_RELEASE})(?:$|[\s|\]】)」>(*])")
_RELEASE_ONLY = re.compile(rf"#\s+(?:{_RELEASE})\s*$")
_MASTHEAD = re.compile(rf"{_OPEN}(?:(?:{_RELEASE}){_AFTER}$|(?:{_TIMES}){_AFTER}(?:[:：|]|\s))")
_AT_ONCE = re.compile(
    r"[\s*(\[<]*(?:배포\s?(?:후\s?)?)?즉시\s?(?:보도|사용)"
    r"|.{0,30}보도(?:해|하여|될 수 있도록)?\s?(?:주시기|협조|바랍니다)"
)
_STRUCTURAL = re.compile(rf"#{{1,6}}\s*(?:본문|요약|첨부|{_LISTS})\s*$")
_CONTACT_HEADING = re.compile(
    rf"#{{0,6}}\s*[<\[【(■□]*\s*(?:{_LISTS})[>\]】)]*\s*(?:\([^)]{{0,20}}\)|연락처)?\s*[:：]?$"
)
PHONE = re.compile(r"(?<![\d.])(?:0\d{1,2}[-)\s.~]{1,2}\d{3,4}[-.]\d{4}|1[3-9]\d{2}-\d{4})(?!\d)")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_REPORTER = (
    r"[가-힣]{2,4}\s*(?:선임|수습|인턴|객원|시민|명예|전문)?"
    r"\s*(?:기자|특파원|리포터|통신원|논설위원|에디터)"
)
BYLINE = re.compile(
    rf"(?:[\[(][^\])]{{1,20}}[\])]\s*)?(?:{_REPORTER})(?:\s*[,·/]\s*{_REPORTER})*"
    rf"(?:\s*[(\[<|/]?\s*{EMAIL.pattern}[)\]>]?)?(?:\s*[|/]\s*\S.{{0,30}})?$|{EMAIL.pattern}$"
)
DAY = r"(?:19|20)\d\d\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}\s?[.일]?"
DATE_LINE = re.compile(
    r"(?:[\[(][^\])]{1,20}[\])]\s*)?(?:[<(\[]?\s*(?:기사\s?)?(?:입력|등록|수정|승인|게시|작성|최종\s?수정|업데이트|송고|발행)"
    rf"(?:일시|일|시간|시각)?\s*[:：]?\s*)?{DAY}\s*(?:\(?[월화수목금토일](?:요일)?\)?)?\s*"
    r"(?:(?:오전|오후)?\s*\d{1,2}[:시]\s?\d{0,2}(?::\d\d)?\s?분?)?\s*[>)\]]?"
    r"(?:\s*[|/,]?\s*(?:수정|최종수정|업데이트|입력|등록)\s*[:：]?.{0,25})?$"
)
_ATTACHMENT = re.compile(
    rf"(?:#{{1,6}}\s*)?[※*<〈\[【(■□○-]{{0,2}}\s*(?:{_ATTACHED})"
    r"\s?(?:\d{1,2}(?![가-힣]{1,2}(?:은|는|이|가)\s)|[:：.>\]】〉)]|\s|$)"
)
_PHOTO = re.compile(
    r"[\[<(【▲△■◆※\s]*사진\s?\d{0,2}\s?(?:설명|제공|출처|캡션)?\s?"
    r"(?:[:：=)\]>】\-‧·]|설명|제공)"
)
_PHOTO_MARK = re.compile(r"[▲△▶◀▼■].*(?:사진|ⓒ|©|제공\s?[=:)]|모습[.)]?$|장면[.)]?$)")
_CREDIT = re.compile(r"[\[(<]?\s*사진\s?(?:제공|출처|=|:)[^가-힣]{0,4}[가-힣A-Za-z\s]{1,20}[\])>]?$")
_END = re.compile(r"[-–<〈(\[]*\s?끝\s?[.>〉)\]-]*$")
_END_MARK = re.compile(r"\s[-–<〈(\[]{0,2}\s?끝\s?[.>〉)\]]+$|[(\[]\s?사진[^()\[\]]{0,25}[)\]]$")
_LEGAL = re.compile(
    r"저작권자|저작권은|무단\s?(?:전재|복제|배포)|재배포\s?(?:및|금지)|공공누리|전재하여 제공"
    r"|All rights reserved|Copyright",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|jpe?g|png|zip|mp4)\)?$", re.IGNORECASE)
_TAGS = re.compile(r"(?:#\s?[^\s#]{1,40}\s*){2,}$")


_END_REACH = 40
"""How far before its end a line is searched for the mark that ends it."""


def ends(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether ``text`` ends as ``pattern`` (anchored at the end) says."""
    return pattern.search(text, max(0, len(text) - _END_REACH)) is not None


def is_bullet(text: str) -> bool:
    """Begins with a mark of a list (``□ ○ ㅇ - ▲ ※ *``, a number, a table's bar)."""
    return BULLET.match(text) is not None


def is_rule(text: str) -> bool:
    """A separating line (``----``, ``====``, ``* * *``), or the one under a table's head."""
    return RULE.match(text) is not None or TABLE_RULE.match(text) is not None


def is_header(text: str) -> bool:
    """A labelled line of a release's head (``보도시점: …``, ``담당부서 …``, ``즉시 보도``)."""
    if len(text) <= 80 and (_AT_ONCE.match(text) or _PRESS_TIME.match(text) or _OUTLET.match(text)):
        return True
    if len(text) > 200 or ends(text, FULL_STOP):
        return bool(_WEAK_LABEL.match(text)) and len(text) <= 300 and text.startswith(("- ", "|"))
    if text.startswith("# "):
        return _RELEASE_ONLY.match(text) is not None
    if _STRUCTURAL.match(text) or _WEAK_LABEL.match(text) or _LONE_LABEL.match(text):
        return True
    if _STRONG_LABEL.match(text) or (len(text) <= 80 and _PICTURES.search(text)):
        return True
    return len(text) <= 30 and _RELEASE_MARK.search(text) is not None


def after_headline_label(text: str) -> str | None:
    """What follows the label of a headline (``제목: …``), or ``None`` where there is no such label."""
    found = _HEADLINE_LABEL.match(text)
    return text[found.end() :] if found else None


def is_masthead(text: str) -> bool:
    """A line that opens a release's head: its name (``보도자료``) or when it may be published."""
    return len(text) <= 120 and _MASTHEAD.match(text) is not None


def is_contact(text: str) -> bool:
    """A short line with a telephone number or an e-mail address that is no sentence."""
    if len(text) > 160 or ends(text, FULL_STOP):
        return False
    return bool(PHONE.search(text) or EMAIL.search(text))


def is_contact_heading(text: str) -> bool:
    """A heading under which contacts or file names follow (``담당 부서``, ``첨부파일``)."""
    return _CONTACT_HEADING.match(text) is not None


def is_byline(text: str) -> bool:
    """A reporter's name, with or without e-mail address, and nothing else."""
    return len(text) <= 120 and BYLINE.match(text) is not None


def is_date_line(text: str) -> bool:
    """A date of entry and nothing else (``입력 2017.11.06 09:30``)."""
    return len(text) <= 90 and DATE_LINE.match(text) is not None


def is_footer(text: str) -> bool:
    """A line that belongs to an article's end: attachments, ``끝.``, copyright, tags, credit."""
    if len(text) > 200:
        return False
    if _END.match(text) or _TAGS.match(text) or _CREDIT.match(text):
        return True
    if len(text) <= 150 and _LEGAL.search(text):
        return True
    return _ATTACHMENT.match(text) is not None and not text.endswith("다.")


def is_file_name(text: str) -> bool:
    """Ends with the name of a file, as lists of attachments do."""
    return ends(text, _FILE_NAME)


def is_marked_end(text: str) -> bool:
    """Ends as releases do (``… 밝혔다. 끝.``, ``… 말했다. <끝>``, ``… (사진 제공-부산시)``)."""
    return ends(text, _END_MARK)


def is_attachment(text: str) -> bool:
    """A line that names an attachment or opens it (``붙임 1. …``, ``별첨``)."""
    return len(text) <= 200 and _ATTACHMENT.match(text) is not None and not text.endswith("다.")


def is_photo_caption(text: str) -> bool:
    """A line that describes a picture (``사진설명) …``, ``▲ … 모습 (사진=…)``)."""
    if len(text) > 200 or _CREDIT.match(text):
        return False
    return bool(_PHOTO.match(text) or _PHOTO_MARK.match(text))


def is_headline(text: str) -> bool:
    """Could be a headline: short, no sentence with a full stop, no mark of another kind of line."""
    if not 2 <= len(text) <= 120 or not LETTER.search(text):
        return False
    if HEADING.match(text):
        return not is_header(text) and not is_attachment(text) and not is_contact_heading(text)
    if ends(text, FULL_STOP):
        return False
    return not (
        is_bullet(text)
        or is_rule(text)
        or ENCLOSED.match(text)
        or is_header(text)
        or is_byline(text)
        or is_date_line(text)
        or is_contact(text)
        or is_footer(text)
        or is_photo_caption(text)
    )

"""The marks that begin a line of its own, which the joining of lines must not swallow."""

from __future__ import annotations

import re

_BULLET = re.compile(
    r"[□■▣○●◯◎◇◆△▲▽▼▷▶▸►◦•·‣∙⦁❍❏☐☑✓✔※★☆♦▪▫￭⇒→☞①-⑳➀-➓❶-❿㉠-㉭⑴-⒇ㅁ\uf000-\uf0ff\U000f0000-\U000fffff]"
    r"|\*{1,3}(?:\s|(?=[(\[가-힣]))|[ㅇᄋ](?![가-힣ㄱ-ㅎ])|[oο]\s|[-–―]\s|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s?[.\s]"
    r"|\d{1,2}[.)]\s(?!\d)|[가나다라마바사아]\.\s|\(\d{1,2}\)\s|<[^<>]{1,30}>$|【[^】]{1,40}】|[|]"
)

MASTHEAD = re.compile(
    r"[\s|<\[【(]*(?:[가-힣\s]{0,20}\s)?(?:보\s*도|언\s*론|설\s*명|해\s*명|참\s*고|배\s*포)\s*(?:[가-힣]\s*){0,8}자\s*료[\s|>\]】)]*$"
)
"""A release's name for itself (``보도자료``, ``보도 참고 자료``), whatever stands before it."""


def begins_item(line: str) -> bool:
    """``line`` begins with a bullet, a numeral of a list, or is a bracketed heading.

    >>> begins_item("□ 서울시는 밝혔다."), begins_item("- 총 3개 사업"), begins_item("서울시는 밝혔다.")
    (True, True, False)
    """
    return _BULLET.match(line.lstrip()) is not None


_SENTENCE_END = re.compile(r"(?:[.!?。…]|[가-힣]다)[\"'”’“‘」』》〉)\]>】*]*$")


def ends_sentence(line: str) -> bool:
    """``line`` ends with a full stop or the like, whatever brackets close after it."""
    return _SENTENCE_END.search(line.rstrip(), max(0, len(line.rstrip()) - 20)) is not None

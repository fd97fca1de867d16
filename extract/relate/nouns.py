"""Noun phrases as text: the words of an object that is no mention (``투자유치설명회``, ``시티넷 회장``)."""

from __future__ import annotations

from extract.expression import Expression
from extract.model import ENTITY_LABELS
from extract.relate.view import Unit

_LEFT_OK = ("NNG", "NNP", "NNB", "NR", "SN", "SL", "SH", "XPN", "XSN", "XR", "W_SERIAL", "SW")
_DETERMINERS = Expression(
    r"^(?:(?:이번|동|본|이|그|각|첫|첫\s?번째|해당|올해|올초|연초|연말|이날|오는|지난|같은|관련|현지|공동|등|각종|다양한|중|내|가운데|직후|뒤|후|가지|대로|바|여러|동일|이후|현재|당시|최근|앞서|오전|오후|경|께|쯤|동안|부터|까지|이\s날)\s|[□ㅇ○△※▲▪•*#\-·]+\s?|\d{1,2}\.\s)+"
)


_APPOSED = Expression(r"[^‘“'\"`｢「]{2,}?\s(?=[‘“｢「])")


_WHEN = Expression(
    r"\d\s?(?:년|월|일|시|분|주|개월)|^(?:지난|오늘|내일|어제|올해|내년|작년|이날|오전|오후)|\d[.]\s?\d"
)


def noun_phrase(unit: Unit, end: int, *, limit: int = 60) -> tuple[int, int] | None:
    """The noun phrase that ends at ``end``: nouns, numbers, quoted names, without leading determiners or dates."""
    view = unit.view
    text, morphemes = view.text, view.morphemes
    i = view.morpheme_index(end) - 1
    start = end
    floor = max(unit.start, end - limit)
    closing = ""
    while i >= unit.first and morphemes[i].start >= floor:
        morpheme = morphemes[i]
        mention = view.mention_over(morpheme.start)
        if mention is not None and not closing:
            if mention.label == "PERSON" or (
                mention.label in ("DATE", "TIME") and _WHEN.search(mention.text)
            ):
                break
            if mention.label in ENTITY_LABELS or mention.label == "FIGURE":
                start = mention.start
                i = view.morpheme_index(start) - 1
                continue
        tag = morpheme.tag
        char = text[morpheme.start]
        if closing:
            start = morpheme.start
            if char in closing:
                closing = ""
        elif (
            char in "’”'\"`｣」』》〉)"
            and morpheme.end - morpheme.start == 1
            and (tag.startswith("SS") or tag in ("SW", "SY"))
        ):
            closing = {")": "(", "」": "「", "｣": "｢", "』": "『", "》": "《", "〉": "〈"}.get(char, "‘“'\"`")
            start = morpheme.start
        elif tag in _LEFT_OK or (tag in ("SP", "SO") and char in "·-–~"):
            if tag == "SW" and char in "□ㅇ○△※▲▪•*":
                break
            start = morpheme.start
        else:
            break
        i -= 1
    if closing:
        return None
    before = view.mention_over(max(unit.start, start - 2))
    if before is not None and before.label == "PERSON" and before.end <= start:
        start = max([start] + [t.end for t in view.titles_in(before.end, end - 1) if t.start <= start])
    while start < end and text[start] in " ,·-":
        start += 1
    quoted = _APPOSED.match(text[start:end])
    if quoted:  # 아·태 네트워크 ‘시티넷’ 총회: the name begins at the mark
        start += quoted.end()
    match = _DETERMINERS.match(text[start:end])
    if match:
        start += match.end()
    if text.startswith("날 ", start) and text.endswith("의 ", unit.start, start) and limit > 2:
        whole = noun_phrase(unit, start - 2, limit=limit - (end - start))
        start = whole[0] if whole is not None else start  # 민방위의 날 훈련
    return (start, end) if end - start >= 2 else None


_MARKS = dict.fromkeys(map(ord, "‘’“”'\"`｢｣「」『』《》〈〉<>"))
_BRACKETED = Expression(r"\s?\([^()]{0,80}\)")


def clean_name(name: str) -> str:
    """A name without marks and glosses: ``‘시티넷(CITYNET)’ 제8차 총회`` → ``시티넷 제8차 총회``."""
    if "(" in name:
        name = _BRACKETED.sub("", name)
    return " ".join(name.translate(_MARKS).split()).strip(" ,·-:")

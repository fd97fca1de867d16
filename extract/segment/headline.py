"""Headlines, their bracketed kinds, and captions: a caption line, and its repetition in the body."""

from __future__ import annotations

import re

from extract.document import Section
from extract.segment import lines as kinds

_MEDIA_KINDS = """
영상 동영상 카드뉴스 전문 포토 포토뉴스 사진 인포그래픽 웹툰 인터뷰 기고 칼럼 사설
속보 단독 종합 기획 현장 르포 보도자료 브리핑
"""
MEDIA_KINDS = frozenset(_MEDIA_KINDS.split())
"""Bracketed words before a headline that say what kind of item follows."""

_KIND = re.compile(r"(?:\[\s*([^\[\]]{1,12}?)\s*\]|【\s*([^【】]{1,12}?)\s*】)\s*(?=\S)")
_ROUND_KIND = re.compile(
    r"\(\s*([^()]{0,10}?(?:자료|참고|설명|해명|동정|인사|영상|사진|전문|속보|단독|종합))\s*\)\s*(?=\S)"
)
_CAPTION_SIGNS = re.compile(r"ⓒ|©|사진|모습$|장면$|(?:하고|되고|고)\s?있다$")
_CREDIT = re.compile(r"\s*(?:[ⓒ©]|[(\[/]\s*(?:사진|제공)|/\s?사진).*$")
_PHOTO_INLINE = re.compile(r"(?<=[.!?”\"]\s)[\[(<▲△]?\s?사진\s?\d?\s?(?:설명)?\s?[)\]>:：=]\s*(?=[가-힣])")
MAX_PHOTO_CAPTION = 250
"""Longest description of a picture at the end of a paragraph, in code points."""
MAX_CAPTION = 300
"""Longest caption line, in code points."""
_SKIP = re.compile(r"[\s\"'`“”‘’‧·.,!?…]*")


def split_kind(headline: str) -> tuple[str | None, str]:
    """The bracketed kind of a headline and the headline without it.

    >>> split_kind("[영상] 콜롬보에서 온 현장스케치")
    ('영상', '콜롬보에서 온 현장스케치')
    """
    found = _KIND.match(headline) or _ROUND_KIND.match(headline)
    if not found:
        return None, headline
    return found[1] or found[2], headline[found.end() :]


def repeats(caption: str, body: str, at: int = 0) -> int:
    """Where in ``body``, from ``at`` on, a repetition of ``caption`` ends, or -1.

    Blanks, quotation marks and a picture credit are not compared. What follows must not be part of
    the same word.
    """
    wanted = _bare(caption)
    if not wanted:
        return -1
    position = at
    matched = 0
    while matched < len(wanted) and position < len(body):
        skipped = _SKIP.match(body, position)
        position = skipped.end() if skipped else position
        if position >= len(body) or body[position] != wanted[matched]:
            return -1
        position += 1
        matched += 1
    if matched < len(wanted):
        return -1
    if position < len(body) and (body[position].isalnum()):
        return -1
    return position


def _bare(caption: str) -> str:
    return _SKIP.sub("", _CREDIT.sub("", caption))


def clean_headline(text: str) -> str:
    """A headline without its label (``제목:``) and without the marks of Markdown."""
    text = kinds.HEADING.sub("", kinds.after_headline_label(text) or text).strip()
    return text.strip("*").strip() if text.startswith("**") else text


def opens_with(body: str, caption: str) -> bool:
    """The body begins by repeating the caption, and goes on after it."""
    end = repeats(caption, body)
    return 0 <= end < len(body) - 10


def is_sentence_caption(text: str) -> bool:
    """Could be a caption line although it is no headline: a sentence, or longer than headlines are."""
    return (
        len(text) <= MAX_CAPTION
        and not kinds.is_bullet(text)
        and not kinds.HEADING.match(text)
        and not kinds.is_rule(text)
        and not kinds.is_header(text)
        and not kinds.is_footer(text)
        and not kinds.is_contact(text)
        and not kinds.is_byline(text)
        and not kinds.is_date_line(text)
    )


def is_caption_before(first: str, second: str, body: str) -> bool:
    """Evidence that ``first`` is a caption and ``second`` the headline, not headline and subtitle."""
    if split_kind(second)[0] in MEDIA_KINDS:
        return True
    if split_kind(first)[0]:
        return False
    if len(_bare(first)) >= 4 and opens_with(body, first):
        return True
    return _CAPTION_SIGNS.search(first) is not None and _CAPTION_SIGNS.search(second) is None


def cut_caption(text: str, body: Section, caption: str) -> list[Section]:
    """The body with the stretch that repeats the caption as a ``caption`` section of its own."""
    words = text[body.start : body.end]
    begin = 0
    stop = repeats(caption, words) if len(_bare(caption)) >= 3 else -1
    if stop < 0 and len(_bare(caption)) >= 8:
        plain = _CREDIT.sub("", caption).strip()
        begin = words.find(plain, 0, 300)
        stop = begin + len(plain) if begin >= 0 else -1
    if stop < 0:
        return [body]
    while stop < len(words) and words[stop] in ".!?…\"'`”’":
        stop += 1
    return trimmed(
        text,
        Section("body", body.start, body.start + begin),
        Section("caption", body.start + begin, body.start + stop),
        Section("body", body.start + stop, body.end),
    )


def cut_photo_caption(text: str, body: Section) -> list[Section]:
    """The body with a picture's description at its end (``… 밝혔다. 사진 설명) …``) as a ``caption``."""
    last_line = text.rfind("\n", body.start, body.end) + 1 or body.start
    found = _PHOTO_INLINE.search(text, max(last_line, body.end - MAX_PHOTO_CAPTION), body.end)
    if not found:
        return [body]
    return trimmed(
        text, Section("body", body.start, found.start()), Section("caption", found.start(), body.end)
    )


def trimmed(text: str, *sections: Section) -> list[Section]:
    """Sections without white space at their ends; empty ones dropped."""
    kept = []
    for section in sections:
        words = text[section.start : section.end]
        start = section.start + len(words) - len(words.lstrip())
        end = section.start + len(words.rstrip())
        if start < end:
            kept.append(Section(section.section, start, end))
    return kept

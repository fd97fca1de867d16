"""What makes two spellings one name: spacing, administrative forms, abbreviations, sounds."""

from __future__ import annotations

import re
from functools import lru_cache

_NOISE = re.compile(r"[\s‘’“”'\"`´｢｣「」『』<>《》〈〉·․ㆍ‧∙•.,-]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_HANGUL = re.compile(r"[가-힣]")
_KOREAN_NAME = re.compile(r"[가-힣]{2,4}")
_SPECIAL_CITY = re.compile(r"(?<=[가-힣]{2})(?:특별자치시|특별시|광역시|특례시|자치시)$")
_HALL = re.compile(r"(?<=[가-힣][시군구도])청$")
_OTHER_RANKS = ("부", "전", "차", "준", "총", "이", "총괄", "명예", "수석", "선임")
_GOVERNMENT_ENDINGS = ("시", "도", "군", "구")
_SPECIAL_PROVINCE = re.compile(r"(?<=[가-힣]{2})특별자치도$")

_FIRST_SYLLABLE, _VOWELS, _FINALS = 0xAC00, 21, 28


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """``text`` without white space, quotation marks and dots, in lower case: ``공 정 위`` → ``공정위``."""
    return _NOISE.sub("", text).casefold()


def has_hangul(text: str) -> bool:
    """Whether a Hangul syllable stands in ``text``."""
    return _HANGUL.search(text) is not None


def other_script(one: str, other: str) -> bool:
    """Whether one of the two is written in Hangul and the other in Latin letters without Hangul."""
    if has_hangul(one) == has_hangul(other):
        return False
    latin = other if has_hangul(one) else one
    return _LATIN.search(latin) is not None


def same_office(fuller: str, title: str) -> bool:
    """Whether ``title`` is what is left of ``fuller`` when its beginning or end is dropped: ``장관`` of
    ``외교장관``, ``대표`` of ``대표이사``; not ``시장`` of ``부시장``, which is another rank."""
    if len(title) < 2 or len(fuller) < len(title):
        return False
    if fuller.endswith(title):
        return not fuller[: -len(title)].rstrip().endswith(_OTHER_RANKS)
    return fuller.startswith(title)


def is_korean_name(text: str) -> bool:
    """Two to four syllables in one word, the shape of a Korean person's full name."""
    return _KOREAN_NAME.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def place_form(word: str) -> str:
    """A place's word without its administrative ending: ``서울특별시``, ``서울시``, ``서울`` → ``서울``."""
    base = _SPECIAL_PROVINCE.sub("도", _SPECIAL_CITY.sub("", word))
    if base.endswith("시") and len(base) >= 3 and has_hangul(base):
        base = base[:-1]
    return base.casefold()


@lru_cache(maxsize=65536)
def office_form(word: str) -> str:
    """A government's word in its short form: ``서울특별시`` → ``서울시``, ``강원특별자치도`` → ``강원도``,
    ``중구청`` → ``중구``."""
    return _SPECIAL_PROVINCE.sub("도", _SPECIAL_CITY.sub("시", _HALL.sub("", word))).casefold()


@lru_cache(maxsize=8192)
def is_abbreviation(short: str, long: str) -> bool:
    """Whether ``short`` takes single syllables out of ``long``: ``공정위`` of ``공정거래위원회``.

    The first syllables agree, the last one lies among the last four of ``long``, the order is kept and
    something is left out in between (a mere beginning, ``서울시`` of ``서울시립대학교``, is another name).
    Latin capitals count as initials: ``WRI`` of ``World Resources Institute``.
    """
    a, b = squeeze(short), squeeze(long)
    if not 2 <= len(a) <= 6 or len(b) < len(a) + 2 or b.startswith(a) or a[0] != b[0]:
        return False
    if a.endswith(_GOVERNMENT_ENDINGS):
        return False
    if not has_hangul(short):
        if has_hangul(long):
            return False
        initials = "".join(word[0] for word in re.split(r"[\s\-&]+", long.casefold()) if word)
        return _is_subsequence(a, initials)
    if not has_hangul(long) or _is_coordinated(a, long):
        return False
    last = squeeze(long.split()[-1])[-4:]
    return a[-1] in last and a not in b and _is_subsequence(a, b)


def _is_coordinated(short: str, long: str) -> bool:
    """Whether ``long`` is two names sharing an end (``대한·서울상의``), one of which is ``short``."""
    first, dot, rest = long.partition("·")
    return bool(dot) and short.startswith(first) and rest.endswith(short[len(first) :])


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


@lru_cache(maxsize=16384)
def sounds(text: str) -> tuple[str, ...]:
    """The jamo of ``text`` in order, white space left out; ``하`` gives its onset and its vowel."""
    found: list[str] = []
    for char in text:
        code = ord(char) - _FIRST_SYLLABLE
        if 0 <= code < 11172:
            onset, rest = divmod(code, _VOWELS * _FINALS)
            vowel, final = divmod(rest, _FINALS)
            found += (f"i{onset}", f"v{vowel}")
            if final:
                found.append(f"f{final}")
        elif not char.isspace():
            found.append(char.casefold())
    return tuple(found)


@lru_cache(maxsize=16384)
def _kinds(text: str) -> frozenset[str]:
    return frozenset(sounds(text))


def may_sound_alike(one: str, other: str, most: float) -> bool:
    """Whether :func:`sound_distance` can be ``most`` or less: a jamo that only one of them has is an edit."""
    a, b = _kinds(one), _kinds(other)
    longest = max(len(sounds(one)), len(sounds(other)))
    return max(len(a - b), len(b - a), abs(len(sounds(one)) - len(sounds(other)))) <= most * longest


def sound_distance(one: str, other: str) -> float:
    """Edits between the jamo of two spellings, as a share of the longer one (0 the same, 1 all other)."""
    a, b = sounds(one), sounds(other)
    if not a or not b:
        return 1.0
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1] / max(len(a), len(b))


def words_inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of ``short`` stand next to each other, in order, within those of ``long``."""
    width = len(short)
    return any(long[i : i + width] == short for i in range(len(long) - width + 1))

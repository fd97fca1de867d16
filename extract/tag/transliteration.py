"""Whether Hangul words sound like Latin ones: ``볼프강 도르스트`` and ``Wolfgang Dorst``.

Compared by the onset of each word only. Which Latin letters a Hangul onset may stand for follows the
loanword orthography of the National Institute of Korean Language, widened by what newspapers write.
"""

from __future__ import annotations

from collections.abc import Sequence

_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SOUNDS = {
    "ㄱ": "gkcq",
    "ㄲ": "gkcq",
    "ㄴ": "nk",
    "ㄷ": "dt",
    "ㄸ": "dt",
    "ㄹ": "rl",
    "ㅁ": "m",
    "ㅂ": "bvpw",
    "ㅃ": "bvp",
    "ㅅ": "szcx",
    "ㅆ": "szcx",
    "ㅇ": "aeiouywhjv",
    "ㅈ": "jzgdcyx",
    "ㅉ": "jzct",
    "ㅊ": "ctzqj",
    "ㅋ": "kcqgx",
    "ㅌ": "tdz",
    "ㅍ": "pfhv",
    "ㅎ": "hjgxfw",
}


def sounds_like(hangul: str, latin: str) -> bool:
    """Whether the onset of a Hangul word may be the beginning of a Latin word."""
    code = ord(hangul[0]) - 0xAC00
    if not 0 <= code < 11172 or not latin:
        return False
    return latin[0].casefold() in _SOUNDS[_ONSETS[code // 588]]


def name_start(text: str, words: Sequence[tuple[int, int]], latin: Sequence[str]) -> int | None:
    """Where the Hangul name that ``latin`` spells begins, or ``None`` when nothing there sounds like it.

    Args:
        text: the article's text.
        words: spans of the Hangul words before the bracket, nearest first.
        latin: the Latin words in their order.
    """
    count = min(len(words), len(latin))
    for size in range(count, 0, -1):
        hangul = [text[start:end] for start, end in words[:size]][::-1]
        if size == len(latin):
            hits = sum(sounds_like(h, word) for h, word in zip(hangul, latin, strict=True))
            if hits >= size - (size >= 3):
                return words[size - 1][0]
        elif size == 1 and len(latin) > 1:
            if len(hangul[0]) >= len(latin) and sounds_like(hangul[0], latin[0]) and len(hangul[0]) <= 4:
                return words[0][0]  # 홍길동(Hong Gil Dong)
        elif size >= 2 and len(latin) - size <= 2:
            if sounds_like(hangul[0], latin[0]) and sounds_like(hangul[-1], latin[-1]):
                return words[size - 1][0]
    return None

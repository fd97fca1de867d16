import pytest

from extract.tag.transliteration import name_start, sounds_like


@pytest.mark.parametrize(
    ("hangul", "latin", "same"),
    [
        ("볼프강", "Wolfgang", True),
        ("아빈드", "Arvind", True),
        ("하디프", "Hardeep", True),
        ("협정", "Agreement", False),
    ],
)
def test_onsets_are_compared(hangul, latin, same):
    assert sounds_like(hangul, latin) is same


def words(text):
    spans, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        spans.append((start, start + len(word)))
        start += len(word)
    return spans[::-1]


@pytest.mark.parametrize(
    ("text", "latin", "name"),
    [
        ("오늘 볼프강 베커", ["Wolfgang", "Becker"], "볼프강 베커"),
        ("대표 홍길동", ["Hong", "Gil", "Dong"], "홍길동"),
        ("빈트 이브라힘 알 하심", ["bint", "Ibrahim", "Al", "Hashim"], "빈트 이브라힘 알 하심"),
        ("파리 협정", ["Paris", "Agreement"], None),
    ],
)
def test_the_name_has_as_many_words_as_its_latin_form(text, latin, name):
    start = name_start(text, words(text), latin)
    assert (text[start:] if start is not None else None) == name

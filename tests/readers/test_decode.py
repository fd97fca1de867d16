from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import InputError
from extract.readers.decode import decode, normalise_text

TEXT = "부산시는 3월 2일 ‘청년정책 설명회’를 열었다.\n참석자는 50여 명이다.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_decode_reads_every_encoding_of_korean_texts(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_decode_reads_syllables_that_only_cp949_has() -> None:
    text = "똠방각하와 펲시, 쓩 소리가 났다."
    assert decode(text.encode("cp949")) == text


def test_decode_composes_decomposed_hangul() -> None:
    assert decode(unicodedata.normalize("NFD", TEXT).encode()) == TEXT


def test_decode_unifies_line_ends_and_nothing_else() -> None:
    assert (
        decode("가\r\n나\r다\n\n  라\t\u3000마\u00a0 \n".encode()) == "가\n나\n다\n\n  라\t\u3000마\u00a0 \n"
    )


def test_decode_keeps_a_stray_control_of_a_text() -> None:
    text = TEXT * 3 + "\0" + TEXT
    assert decode(text.encode()) == text
    assert decode(text.encode("cp949")) == text


def test_decode_names_the_line_where_the_encodings_mix() -> None:
    with pytest.raises(
        InputError, match=r"not UTF-8 \(byte \d+, line 3\) and not CP949 \(byte \d+, line 1\)"
    ):
        decode(TEXT.encode() + TEXT.encode("cp949"))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_line_ends_of_every_kind_are_one(end: str) -> None:
    assert normalise_text(TEXT.replace("\n", end)) == TEXT


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (" \r\n\t\u3000".encode(), "empty-file"),
        (bytes(range(256)) * 8, "binary-file"),
        (b"\0\x01\x02\x03" * 50, "binary-file"),
        ("서울시는".encode() + b"\xff\xfe\xfd", "undecodable"),
        ("총회에 참석한 도시".encode()[:-1] + b"\n", "undecodable"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "undecodable"),
    ],
)
def test_decode_says_what_is_wrong_and_what_to_do(data: bytes, slug: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.slug == slug
    assert caught.value.remedy


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\ufeff", exclude_categories=("Cc",)), min_size=1
    )
)
def test_decode_gives_back_any_text_in_nfc(text: str) -> None:
    if not text.isspace():
        assert decode(text.encode()) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_normalise_text_is_idempotent(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once
    assert "\r" not in once

from __future__ import annotations

import pickle

import pytest
import regex

from extract import expression
from extract.expression import Expression


def test_an_expression_works_like_a_compiled_one() -> None:
    lazy, compiled = Expression(r"(?P<name>[가-힣]{2,4}) 시장"), regex.compile(r"(?P<name>[가-힣]{2,4}) 시장")
    text = "김하늘 시장과 이바다 시장이 만났다."
    assert lazy.pattern == compiled.pattern
    assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert lazy.match(text)["name"] == "김하늘"
    assert lazy.search("회의") is None
    assert lazy.named(lazy.match(text)) == {"name": "김하늘"}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<number>[0-9]+) ?명|(?P<number>두) 사람(?:과 (?P<other>세) 사람)?",
        r"(?<=시장|구청장 )(?P<number>[0-9]+) ?명|(?P<number>두) 사람(?:과 (?P<other>세) 사람)?",
        r"(?P<number>[0-9]+) ?명(?! (?P=number))|(?P<number>두) 사람(?:과 (?P<other>세) 사람)?",
        r"(?P<number>[0-9]++)( ?)명|(?P<number>두)(?> 사람)(?:과 (?P<other>세) 사람)?",
    ],
)
@pytest.mark.parametrize("standard", [True, False])
def test_a_name_may_stand_for_several_groups(
    monkeypatch: pytest.MonkeyPatch, pattern: str, standard: bool
) -> None:
    monkeypatch.setattr(expression, "_STANDARD", standard and expression._STANDARD)
    text = "시장12 명과 두 사람과 세 사람, 두 사람"
    lazy, compiled = Expression(pattern), regex.compile(pattern)
    found = [(m.span(), lazy.named(m)) for m in lazy.finditer(text)]
    assert found == [
        (m.span(), {name: value for name, value in m.groupdict().items() if value is not None})
        for m in compiled.finditer(text)
    ]
    assert [named for _, named in found] == [
        {"number": "12"},
        {"number": "두", "other": "세"},
        {"number": "두"},
    ]


def test_an_expression_travels_uncompiled() -> None:
    lazy = Expression("가+")
    lazy.match("가가")
    again = pickle.loads(pickle.dumps(lazy))
    assert again.pattern == "가+"
    assert again.fullmatch("가가가")


def test_a_broken_expression_says_so_when_used() -> None:
    with pytest.raises(regex.error):
        Expression("(가").match("가")
    with pytest.raises(regex.error):
        Expression("(가").compile()
    with pytest.raises(AttributeError):
        _ = Expression("가").matches

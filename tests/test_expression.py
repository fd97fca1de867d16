from __future__ import annotations

import pickle

import pytest
import regex

from extract.expression import Expression


def test_an_expression_works_like_a_compiled_one() -> None:
    lazy, compiled = Expression(r"(?P<name>[가-힣]{2,4}) 시장"), regex.compile(r"(?P<name>[가-힣]{2,4}) 시장")
    text = "김하늘 시장과 이바다 시장이 만났다."
    assert lazy.pattern == compiled.pattern
    assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert lazy.match(text)["name"] == "김하늘"
    assert lazy.search("회의") is None
    assert lazy.groupindex == compiled.groupindex
    assert lazy.match("김하늘", partial=True)


def test_an_expression_travels_uncompiled() -> None:
    lazy = Expression("가+")
    lazy.match("가가")
    again = pickle.loads(pickle.dumps(lazy))
    assert again.pattern == "가+"
    assert again.fullmatch("가가가")


def test_a_broken_expression_says_so_when_used() -> None:
    with pytest.raises(regex.error):
        Expression("(가").match("가")

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extract.lexicon import Lexicon
from extract.relate.needles import Places, Scanner, beginnings, needles, numbers
from extract.relate.rules import RuleSet

WORDS = [
    ("면담", {"면담"}),
    (r"(?:면담|회담)(?:을)?\s?했", {"면담", "회담"}),
    (r"되었|됐(?=다|습)", {"되었", "됐"}),
    (r"협력{0,3}을 한다", {"을 한다"}),
    (r"가나?다+라마", {"라마"}),
    (r"(?<!대)한국\s(?P<who>은행|공사)", {"한국"}),
    (r"\(주\)한빛", {"(주)한빛"}),
    (r"[가-힣]+시", {"시"}),
    (r"[가-힣]+", None),
    (r"가|[나다]", None),
    (r"(?:가나)*", None),
    ("(가", None),
    (r"(?i)mou 체결", None),
    (r"[가-힣]+ (?:이자|겸)", {"이자", "겸"}),
]


@pytest.mark.parametrize(("pattern", "words"), WORDS, ids=[w[0] for w in WORDS])
def test_words_that_every_match_holds(pattern: str, words: set[str] | None) -> None:
    found = needles(pattern)
    assert found == (None if words is None else frozenset(words))


def test_every_match_of_the_shipped_rules_holds_one_of_its_words(lexicon: Lexicon) -> None:
    """The texts of all examples, with and without their spaces: no rule matches where its words are missing."""
    rules = RuleSet(lexicon)
    texts = [regex.sub(r"\[([^|\]]+)\|[^\]]+\]", r"\1", line) for r in rules.rules for line in r.examples]
    texts += [text.replace(" ", "") for text in texts]
    for rule in rules.frames:
        assert rule.trigger is not None
        words = needles(rule.trigger.pattern)
        assert words, rule.name
        for text in texts:
            if rule.trigger.search(text):
                assert any(word in text for word in words), (rule.name, text)


_atom = st.sampled_from(["가", "나", "다", "\\s", "[가나]", "."])
_pattern = st.recursive(
    _atom,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda xs: f"(?:{'|'.join(xs)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "+?"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
        inner.map(lambda x: f"(?={x})"),
        inner.map(lambda x: f"(?!{x})"),
    ),
    max_leaves=8,
)


@given(_pattern, st.text("가나다 ", max_size=8))
def test_no_match_without_a_word(pattern: str, text: str) -> None:
    words = needles(pattern)
    match = regex.search(pattern, text)
    if words is not None and match:
        assert any(word in match.group() for word in words)


def test_scanner_tells_stretches_apart() -> None:
    scan = Scanner([frozenset({"면담"}), None, frozenset({"협약", "면담"})])
    masks = scan("첫 면담이다. 둘째. 협약이다.", [0, 8, 12])
    assert [list(numbers(mask)) for mask in masks] == [[0, 1, 2], [1], [1, 2]]
    assert scan("", []) == []


BEGINNINGS = [
    (r"(?<!대)(?:한국|인도) (?:[가-힣]+)", {"한국", "인도"}),
    (r"(?m)^가나다", {"가나다"}),
    (r"가+나", {"가"}),
    (r"가나?다", {"가"}),
    (r"(?=가)나다[가]", {"나다"}),
    (r"가|나(?:다|라)", {"가", "나"}),
    (r"\(주\)한빛", {"(주)한빛"}),
    (r"가?나", None),
    (r"(?:가나)?다", None),
    (r"(가|)나", None),
    (r"[가나]다", None),
    (r"(?i)ab", None),
]


@pytest.mark.parametrize(("pattern", "words"), BEGINNINGS, ids=[b[0] for b in BEGINNINGS])
def test_words_that_every_match_begins_with(pattern: str, words: set[str] | None) -> None:
    assert beginnings(pattern) == (None if words is None else frozenset(words))


@given(st.lists(_pattern, min_size=1, max_size=4), st.text("가나다 ", max_size=12))
def test_no_match_begins_anywhere_else(patterns: list[str], text: str) -> None:
    for pattern, places in zip(patterns, Places(patterns)(text), strict=True):
        starts = [match.start() for match in regex.finditer(pattern, text, overlapped=True)]
        assert places is None or places == sorted(set(places))
        if regex.search(pattern, "") is None:
            assert places is None or set(starts) <= set(places)

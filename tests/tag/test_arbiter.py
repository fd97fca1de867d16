import itertools

from hypothesis import given
from hypothesis import strategies as st

from extract.document import Candidate
from extract.lexicon import load_lexicon
from extract.tag.arbiter import Arbiter, reasons

ARBITER = Arbiter(load_lexicon())


def candidate(start, end, label="ORG", rule="organisations:x", priority=50, score=0.8):
    return Candidate(start, end, label, None, rule, priority, score)


def test_the_longest_candidate_wins():
    chosen = ARBITER([candidate(0, 2, "CITY", "lexicon:cities:kr-11"), candidate(0, 5)])
    assert [(c.start, c.end) for c in chosen] == [(0, 5)]


def test_the_users_own_row_wins_whatever_its_length():
    own = candidate(0, 2, "CITY", "lexicon:cities:mine", priority=90)
    assert ARBITER([candidate(0, 5), own]) == [own]


def test_the_kind_decides_between_candidates_of_one_length():
    date = candidate(0, 4, "DATE", "dates:day")
    assert ARBITER([candidate(0, 4, "ORG", "lexicon:org_suffixes:x"), date]) == [date]


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(["ORG", "CITY"]), st.integers(1, 99))
    )
)
def test_winners_never_overlap_and_do_not_depend_on_the_order(spans):
    candidates = [candidate(s, s + n, label, priority=p) for s, n, label, p in spans]
    chosen = ARBITER(candidates)
    assert all(a.end <= b.start for a, b in itertools.pairwise(chosen))
    assert [(c.start, c.end, c.label) for c in ARBITER(candidates[::-1])] == [
        (c.start, c.end, c.label) for c in chosen
    ]


def test_reasons_name_the_voices_and_the_losers():
    winner, loser = candidate(0, 5), candidate(0, 2, "CITY", "lexicon:cities:kr-11")
    why = reasons("서울관광협회", winner, [winner, candidate(0, 5, rule="lexicon:organisations:o"), loser])
    assert why.voices == ("organisations:x", "lexicon:organisations:o")
    assert why.lost == ("lexicon:cities:kr-11: 서울 (CITY)",)

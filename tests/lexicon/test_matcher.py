import pytest

from extract.lexicon import load_lexicon
from extract.lexicon.matcher import Matcher, cache_folder

ROWS = """id,name,aliases,context
o-1,한국수자원공사,수공|K-water,
o-2,세계보건기구,WHO,
o-3,아시아·태평양경제협력체,APEC,
o-4,공정거래위원회,공정위,
"""


@pytest.fixture()
def matcher(folder):
    mine = folder(organisations=ROWS)
    lexicon = load_lexicon([mine])
    return Matcher(lexicon, ["organisations"])


def found(matcher, text):
    ours = {"o-1", "o-2", "o-3", "o-4"}
    return [
        (text[h.start : h.end], row.id) for h in matcher.scan(text) for row, _ in h.rows if row.id in ours
    ]


@pytest.mark.parametrize(
    ("text", "surface", "row"),
    [
        ("한국수자원공사는", "한국수자원공사", "o-1"),
        ("한국 수자원 공사가", "한국 수자원 공사", "o-1"),
        ("K－ｗａｔｅｒ는", "K－ｗａｔｅｒ", "o-1"),
        ("k-water 사장", "k-water", "o-1"),
        ("아시아태평양경제협력체", "아시아태평양경제협력체", "o-3"),
        ("아시아․태평양 경제협력체", "아시아․태평양 경제협력체", "o-3"),
        ("공 정 위는", "공 정 위", "o-4"),
        ("😀WHO", "WHO", "o-2"),
    ],
)
def test_forms_are_found_whatever_their_spacing_dots_width_and_case(matcher, text, surface, row):
    assert (surface, row) in found(matcher, text)


@pytest.mark.parametrize("text", ["who is it", "공정 위", "한국수자원\n공사"])
def test_acronyms_keep_their_case_and_short_forms_their_spacing(matcher, text):
    assert not found(matcher, text)


def test_a_damaged_cache_is_rebuilt(folder):
    lexicon = load_lexicon([folder(organisations=ROWS)])
    Matcher(lexicon, ["organisations"])
    [path] = cache_folder().glob(f"{lexicon.fingerprint}-*.automaton")
    path.write_bytes(b"broken")
    assert found(Matcher(lexicon, ["organisations"]), "공정위는") == [("공정위", "o-4")]
    assert path.read_bytes() != b"broken"

import pytest

from extract.lexicon import collect, load_lexicon
from extract.lexicon.cache import cache_folder

ROWS = """id,name,aliases,context
o-1,한국수자원공사,수공|K-water,
o-2,세계보건기구,WHO,
o-3,아시아·태평양경제협력체,APEC,
o-4,공정거래위원회,공정위,
"""


OURS = {"o-1", "o-2", "o-3", "o-4"}


@pytest.fixture()
def gazetteer(folder):
    return load_lexicon([folder(organisations=ROWS)]).gazetteer


def found(gazetteer, text):
    return [
        (text[h.start : h.end], row.id) for h in gazetteer.scan(text) for row, _ in h.rows if row.id in OURS
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
def test_forms_are_found_whatever_their_spacing_dots_width_and_case(gazetteer, text, surface, row):
    assert (surface, row) in found(gazetteer, text)


@pytest.mark.parametrize("end", ["\n", "\n\n", "다.\n "])
def test_a_long_text_is_scanned_in_portions_with_the_same_result(gazetteer, monkeypatch, end):
    text = f"공정위와 한국 수자원공사는 WHO 총회에 참석했{end}" * 9
    whole = list(gazetteer.scan(text))
    monkeypatch.setattr("extract.lexicon.gazetteer._AT_ONCE", 40)
    assert list(gazetteer.scan(text)) == whole
    assert len(whole) >= 27


@pytest.mark.parametrize("text", ["who is it", "공정 위", "한국수자원\n공사"])
def test_acronyms_keep_their_case_and_short_forms_their_spacing(gazetteer, text):
    assert not found(gazetteer, text)


@pytest.mark.parametrize(
    ("form", "ids"), [("한국 수자원공사", ["o-1"]), ("ＷＨＯ", ["o-2"]), ("who", []), ("없는 이름", [])]
)
def test_a_form_is_looked_up_as_in_text(gazetteer, form, ids):
    assert [row.id for row, _ in gazetteer.lookup(form) if row.id in OURS] == ids


def test_a_row_is_found_by_its_id(gazetteer):
    row = gazetteer.by_id("organisations", "o-4")
    assert (row.name, row.aliases, row.where.rpartition(":")[2]) == ("공정거래위원회", ("공정위",), "5")
    assert gazetteer.by_id("cities", "o-4") is None


def test_rows_come_back_from_the_cache_as_they_were_read(folder):
    mine = folder(organisations=ROWS)
    fresh, _ = collect([mine])
    assert load_lexicon([mine]).rows("organisations") == fresh.rows("organisations")
    assert load_lexicon([mine]).fingerprint == fresh.fingerprint


@pytest.mark.parametrize("name", ["rows", "automaton", "claims", "small", "meta.json"])
@pytest.mark.parametrize("damage", [lambda data: b"broken", lambda data: data[:-1] + b"\0", lambda data: b""])
def test_a_damaged_cache_is_rebuilt(folder, tmp_path, monkeypatch, name, damage):
    monkeypatch.setenv("EXTRACT_CACHE", str(tmp_path / "cache"))
    mine = folder(organisations=ROWS)
    load_lexicon([mine])
    [entry] = cache_folder().iterdir()
    content = (entry / name).read_bytes()
    (entry / name).unlink()
    (entry / name).write_bytes(damage(content))
    assert found(load_lexicon([mine]).gazetteer, "공정위는") == [("공정위", "o-4")]
    assert (entry / name).read_bytes() == content


def test_a_changed_row_is_compiled_anew(folder):
    load_lexicon([folder(organisations=ROWS)])
    changed = load_lexicon([folder(organisations=ROWS.replace("공정위", "공정위원"))])
    assert found(changed.gazetteer, "공정위원은") == [("공정위원", "o-4")]


def test_a_cache_that_cannot_be_written_is_not_needed(folder, monkeypatch):
    monkeypatch.setenv("EXTRACT_CACHE", "/dev/null/cache")
    assert found(load_lexicon([folder(organisations=ROWS)]).gazetteer, "공정위는") == [("공정위", "o-4")]

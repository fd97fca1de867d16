import pytest

from extract.errors import LexiconError
from extract.lexicon import collect, load_lexicon


def _only(problems, folder):
    return [p for p in problems if str(folder) in p.where]


def test_overlay_adds_and_replaces_rows_by_id(folder):
    mine = folder(cities="id,name,aliases\nx-1,새빛시,새빛|새 빛시\n")
    assert next(r for r in load_lexicon([mine]).rows("cities") if r.id == "x-1").aliases == (
        "새빛",
        "새 빛시",
    )
    mine = folder(cities="id,name\nx-1,헌빛시\n")
    rows = [r for r in load_lexicon([mine]).rows("cities") if r.id == "x-1"]
    assert [r.name for r in rows] == ["헌빛시"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_rows_are_read_as_spreadsheets_save_them(tmp_path, encoding):
    (tmp_path / "people.csv").write_bytes("id,name\np-1,똠방각하\n".encode(encoding))
    assert any(row.name == "똠방각하" for row in load_lexicon([tmp_path]).rows("people"))


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("id,name,label\na,가나시,CITTY\n", 2, "unknown label 'CITTY'"),
        ("id,name\na,\n", 2, "no name"),
        ("id,name\na,가나시\na,다라시\n", 3, "the id 'a' stands twice"),
        ("id,name,colour\na,가나시,red\n", 1, "unknown column 'colour'"),
        ("name\n가나시\n", 1, "the column 'id' is missing"),
        ("id,name,priority\na,가나시,high\n", 2, "the priority 'high'"),
        ("id,name\na,가나시,나,다\n", 2, "2 more cells than columns"),
        ("id,name\na," + "가" * 200_000 + "\n", 2, "the cell 'name' holds 200000 characters"),
        ("id,name\nb,나라시\na," + "x" * 10_000_000 + "\n", 3, "the cell 'name' holds 10000000 characters"),
        ('id,name\na,"가나시\nb,다라시\n', 2, "the cell 'name' holds a line break"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(folder, content, line, problem):
    mine = folder(cities=content)
    _, problems = collect([mine])
    [found] = _only(problems, mine)
    assert found.where == f"{mine / 'cities.csv'}:{line}"
    assert found.problem.startswith(problem)
    assert found.remedy
    with pytest.raises(LexiconError):
        load_lexicon([mine])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"id,name\na,\xff\xff\xfe\n", 2),
        ("id,name\na,가나시\nb,다라시\nc,".encode() + b"\xff\xff\n", 4),
        ("id,name\na,가나시\nb,".encode("cp949") + b"\xff\xff\n", 3),
    ],
)
def test_a_file_that_is_neither_utf8_nor_cp949_is_reported_with_the_line(tmp_path, content, line):
    (tmp_path / "cities.csv").write_bytes(content)
    _, problems = collect([tmp_path])
    [found] = _only(problems, tmp_path)
    assert found.where == f"{tmp_path / 'cities.csv'}:{line}"
    assert "neither UTF-8 nor CP949" in found.problem


def test_nothing_of_a_folder_with_one_bad_row_is_loaded(folder):
    mine = folder(cities="id,name\na,가나시\nb,\n", organisations="id,name\no,다라협회\n")
    lexicon, problems = collect([mine])
    assert len(_only(problems, mine)) == 1
    assert len(lexicon.gazetteer) == 0
    with pytest.raises(LexiconError, match=r"cities\.csv:3: no name"):
        load_lexicon([mine])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- label: ORG\n", "a rule without a name"),
        ("name: x\n", "not a list of rules"),
        ("- name: a\n- name: a\n", "the rule 'a' stands twice"),
        ("- name: [\n", "while parsing"),
    ],
)
def test_a_bad_rule_file_is_reported(folder, content, problem):
    mine = folder(rules__organisations=content)
    _, problems = collect([mine])
    assert any(p.problem.startswith(problem) or problem == "while parsing" for p in _only(problems, mine))


def test_a_missing_folder_and_an_unknown_file_are_reported(tmp_path, folder):
    mine = folder(towns="id,name\n")
    _, problems = collect([mine, tmp_path / "nowhere"])
    assert any("no such lexicon folder" in p.problem for p in problems)
    assert any("not a lexicon file" in p.problem for p in problems)


def test_the_fingerprint_follows_the_content(folder):
    before = load_lexicon().fingerprint
    assert load_lexicon().fingerprint == before
    assert load_lexicon([folder(cities="id,name\nx,새빛시\n")]).fingerprint != before

"""Names added to a user's folder: what stands in its files stays, and nothing broken is ever kept."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import LexiconError, UsageError
from extract.lexicon import load_lexicon, shipped_folder
from extract.lexicon.edit import add
from extract.lexicon.folder import MAX_FORM, UserFolder, UserTable, clean_form, read_rows
from extract.lexicon.starter import init


def own(folder, file="organisations"):
    return read_rows(folder / f"{file}.csv")


def test_a_new_folder_gets_a_file_that_spreadsheets_read(tmp_path):
    added = add(tmp_path / "mine", "새빛나루재단", "org", subtype="association", aliases=["새빛나루", "SNF"])
    data = added.path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,name,aliases,")
    assert added.line == 2
    [row] = own(tmp_path / "mine")
    assert (row.id, row.name, row.aliases) == ("my-새빛나루재단", "새빛나루재단", ("새빛나루", "SNF"))
    assert (row.label, row.subtype, row["source"]) == ("ORG", "association", "added")
    assert row.where == f"{added.path}:2"


@pytest.mark.parametrize(
    ("label", "subtype", "file"),
    [
        ("PERSON", None, "people"),
        ("CITY", None, "cities"),
        ("PLACE", "facility", "places"),
        ("PLACE", "country", "countries"),
        ("ORG", None, "organisations"),
    ],
)
def test_each_label_has_its_file(tmp_path, label, subtype, file):
    assert add(tmp_path, "물결누리", label, subtype=subtype).path.name == f"{file}.csv"
    assert [row.label for row in own(tmp_path, file)] == [label]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"id,name\na,\xea\xb0\x80\xeb\x82\x98\xec\x8b\x9c",
            b"id,name,source\na,\xea\xb0\x80\xeb\x82\x98\xec\x8b\x9c\n",
        ),
        (b"\xef\xbb\xbfid,name,source\r\n# my own\r\n", b"\xef\xbb\xbfid,name,source\r\n# my own\r\n"),
        (
            "id,name,source\r\na,가나시,\r\n".encode("cp949"),
            "id,name,source\r\na,가나시,\r\n".encode("cp949"),
        ),
        (b"# names\nname,id,source\n", b"# names\nname,id,source\n"),
    ],
)
def test_encoding_line_ends_columns_and_comments_stay(tmp_path, before, after):
    path = tmp_path / "cities.csv"
    path.write_bytes(before)
    add(tmp_path, "하늬마을시", "CITY")
    data = path.read_bytes()
    assert data.startswith(after)
    end = b"\r\n" if b"\r\n" in before else b"\n"
    assert data.endswith(b"added" + end)
    assert data.count(b"\xef\xbb\xbf") == before.count(b"\xef\xbb\xbf")
    assert [row.name for row in own(tmp_path, "cities")][-1] == "하늬마을시"


def test_a_name_beyond_cp949_turns_the_file_to_utf8(tmp_path):
    path = tmp_path / "organisations.csv"
    path.write_bytes("id,name,source\na,가나협회,\n".encode("cp949"))
    add(tmp_path, "Gießerei 똠얌", "ORG", aliases=["똠얌꿍𝄞"])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row.name for row in own(tmp_path)] == ["가나협회", "Gießerei 똠얌"]


def test_cells_with_commas_and_quotes_are_quoted(tmp_path):
    added = add(tmp_path, '물빛, "바다" 모임', "ORG", note="회원 3,000명")
    [row] = own(tmp_path)
    assert (row.name, row["note"]) == ('물빛, "바다" 모임', "회원 3,000명")
    assert '"물빛, ""바다"" 모임"' in added.path.read_text(encoding="utf-8-sig")


def test_ids_are_readable_and_unique(tmp_path):
    assert add(tmp_path, "물빛 (바다) 모임", "ORG").row["id"] == "my-물빛-바다-모임"
    assert add(tmp_path, "물빛 바다 모임", "PLACE").row["id"] == "my-물빛-바다-모임-2"
    assert add(tmp_path, "하늘모임", "ORG", id="own-7").row["id"] == "own-7"
    with pytest.raises(LexiconError, match="the id 'own-7' is taken"):
        add(tmp_path, "바람모임", "ORG", id="own-7")


@pytest.mark.parametrize("form", ["새빛나루재단", "새빛 나루 재단", "새빛나루", "ＳＮＦ", "snf"])
def test_a_name_that_the_folder_has_is_refused_with_its_line(tmp_path, form):
    first = add(tmp_path, "새빛나루재단", "ORG", aliases=["새빛나루", "SNF"])
    before = first.path.read_bytes()
    with pytest.raises(LexiconError, match=r"organisations\.csv:2: .* is a ORG there already"):
        add(tmp_path, "다른이름재단", "ORG", aliases=[form])
    assert first.path.read_bytes() == before


def test_one_name_may_be_a_place_and_a_body(tmp_path):
    add(tmp_path, "새빛나루", "ORG")
    notices = add(tmp_path, "새빛나루", "PLACE").notices
    assert "a place or a body by its role in the sentence" in notices[0]


def test_a_shipped_row_of_the_name_is_told(tmp_path):
    [notice] = add(tmp_path, "한국전력공사", "ORG").notices
    assert "org-한국전력공사" in notice and "yours is taken" in notice
    [notice] = add(tmp_path, "국토교통부", "ORG", id="org-국토교통부").notices
    assert notice.startswith("replaces the shipped row org-국토교통부")
    assert len([r for r in load_lexicon([tmp_path]).rows("organisations") if r.id == "org-국토교통부"]) == 1


def test_a_short_common_word_is_warned_about(tmp_path):
    assert any("'하루' is a common word" in notice for notice in add(tmp_path, "하루", "ORG").notices)
    assert not any("common word" in notice for notice in add(tmp_path, "나무", "ORG", guard="proper").notices)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"name": " ", "label": "ORG"}, "an empty name"),
        ({"name": "· ·", "label": "ORG"}, "has no letters"),
        ({"name": "빛", "label": "ORG"}, "one character"),
        ({"name": "가|나다", "label": "ORG"}, "a sign of the file's own"),
        ({"name": "#가나", "label": "ORG"}, "a sign of the file's own"),
        ({"name": "가" * (MAX_FORM + 1), "label": "ORG"}, "a name of 201 characters"),
        ({"name": "가나다", "label": "DATE"}, "unknown label 'DATE'"),
        ({"name": "가나다", "label": "ORG", "subtype": "facility"}, "ORG has no subtype 'facility'"),
        ({"name": "가나다", "label": "PERSON", "subtype": "mayor"}, "leave it out"),
        ({"name": "가나다", "label": "ORG", "guard": "strict"}, "unknown guard 'strict'"),
    ],
)
def test_what_no_row_may_hold_is_refused_before_anything_is_written(tmp_path, arguments, problem):
    with pytest.raises((LexiconError, UsageError), match=problem):
        add(tmp_path / "mine", **arguments)
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_does_not_load_is_left_alone(folder):
    mine = folder(organisations="id,name,colour\na,가나협회,red\n")
    with pytest.raises(LexiconError, match=r"organisations\.csv:1: unknown column 'colour'"):
        add(mine, "새빛나루재단", "ORG")
    assert (mine / "organisations.csv").read_text(encoding="utf-8") == "id,name,colour\na,가나협회,red\n"


def test_a_row_that_does_not_load_is_never_kept(tmp_path):
    mine = UserFolder(tmp_path / "mine")
    mine.put("organisations", {"id": "a", "name": "가나협회", "guard": "strict"})
    with pytest.raises(LexiconError, match=r"mine/organisations\.csv:2: unknown guard 'strict'"):
        mine.save()
    assert not (tmp_path / "mine").exists()


def test_the_shipped_folder_and_files_are_no_folders_of_the_user(tmp_path):
    with pytest.raises(UsageError, match="the shipped lexicons"):
        add(shipped_folder(), "가나다", "ORG")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="a file, not a folder"):
        add(tmp_path / "file", "가나다", "ORG")


def test_a_failed_write_leaves_no_trace(tmp_path, monkeypatch):
    path = add(tmp_path, "새빛나루재단", "ORG").path
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(UsageError, match="No space left"):
        add(tmp_path, "하늘모임", "ORG")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["organisations.csv"]


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), bom=st.booleans(), crlf=st.booleans())
def test_appended_cells_come_back_as_they_were(tmp_path, rows, bom, crlf):
    path = tmp_path / "organisations.csv"
    text = "id,name\r\nx,가나협회\r\n" if crlf else "id,name\nx,가나협회"
    path.write_bytes(text.encode("utf-8-sig" if bom else "utf-8"))
    table = UserTable(path)
    first = table.append([{"id": f"my-{a}", "name": a, "note": b} for a, b in rows])
    assert first == 3
    back = list(csv.DictReader(io.StringIO(table.encoded().decode("utf-8-sig"), newline="")))
    assert [(row["name"], row.get("note") or "") for row in back[1:]] == rows


@given(st.text(max_size=30))
def test_cleaning_a_form_twice_changes_nothing(text):
    try:
        form = clean_form(text)
    except LexiconError as error:
        assert error.remedy
    else:
        assert clean_form(form) == form and "|" not in form and len(form) <= MAX_FORM


def test_init_makes_a_folder_that_loads_and_is_empty(tmp_path):
    written = init(tmp_path / "my_lexicon")
    assert {path.name for path in written} >= {
        "README.md",
        "organisations.csv",
        "block.csv",
        "organisations.yaml",
    }
    lexicon = load_lexicon([tmp_path / "my_lexicon"])
    shipped = load_lexicon()
    for file in ("people", "organisations", "cities", "places", "titles", "block"):
        assert len(lexicon.rows(file)) == len(shipped.rows(file))
    assert len(lexicon.rules("organisations")) == len(shipped.rules("organisations"))
    readme = (tmp_path / "my_lexicon" / "README.md").read_text(encoding="utf-8")
    assert "내 사전" in readme and f"--lexicons {tmp_path / 'my_lexicon'}" in readme


def test_the_commented_examples_of_init_are_rows_and_rules_themselves(tmp_path):
    from extract.lexicon.check import check

    folder = tmp_path / "my_lexicon"
    for path in init(folder):
        if path.suffix == ".csv":
            path.write_text(path.read_text(encoding="utf-8-sig").replace("# ", ""), encoding="utf-8")
        elif path.suffix == ".yaml":
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join(line[2:] for line in lines[2:]), encoding="utf-8")
    lexicon, problems = check([folder])
    assert not [problem for problem in problems if str(folder) in problem.where]
    assert any(rule["name"] == "village-school" for rule in lexicon.rules("organisations"))


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(UsageError, match="exists and is not empty"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]

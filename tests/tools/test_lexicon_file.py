from __future__ import annotations

import csv

import lexicon_file
import pytest

HEAD = "id,name,aliases,source,note\n# 손으로 쓴 행\nkr-11,서울특별시,서울,hand,\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon_file, "LEXICONS", tmp_path)
    return tmp_path


def test_write_keeps_the_hand_part_to_the_letter(folder):
    path = folder / "cities.csv"
    path.write_text(HEAD, encoding="utf-8")
    assert lexicon_file.write("cities", [{"id": "geo-1", "name": "델리"}]) == 1
    assert lexicon_file.write("cities", [{"id": "geo-2", "name": "파리"}]) == 1
    text = path.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    assert "파리" in text and "델리" not in text


def test_write_leaves_out_rows_that_stand_in_the_hand_part(folder):
    (folder / "cities.csv").write_text(HEAD, encoding="utf-8")
    assert (
        lexicon_file.write("cities", [{"id": "kr-11", "name": "서울"}, {"id": "kr-26", "name": "부산광역시"}])
        == 1
    )
    assert [row["name"] for row in lexicon_file.hand_rows("cities")] == ["서울특별시"]


def test_write_begins_a_new_file_with_the_columns_of_its_schema(folder):
    lexicon_file.write("cities", [{"id": "geo-1", "name": "델리", "country": "IN"}])
    lines = [
        x for x in (folder / "cities.csv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")
    ]
    (row,) = csv.DictReader(lines)
    assert (row["name"], row["country"], row["guard"]) == ("델리", "IN", "")


def test_write_refuses_an_unknown_column(folder):
    with pytest.raises(ValueError, match="mayor"):
        lexicon_file.write("cities", [{"id": "geo-1", "name": "델리", "mayor": "김"}])
    assert not (folder / "cities.csv").exists()


def test_a_marker_that_a_spreadsheet_saved_with_commas_is_still_found(folder):
    path = folder / "cities.csv"
    path.write_text(HEAD + '"# generated below by tools",,,,\ngeo-1,델리,,,\n', encoding="utf-8")
    assert lexicon_file.hand_part(path) == HEAD


def test_wikidata_ids_reach_both_parts_and_leave_other_lines_alone(folder, monkeypatch):
    ids = {"kr-11": "Q8684", "geo-1": "Q1353"}
    monkeypatch.setattr(lexicon_file, "wikidata_ids", lambda name: ids)
    head = 'id,name,wikidata,note\n# 손으로 쓴 행\nkr-11,서울특별시,,\nkr-26,부산광역시,,"쉼표, 뒤"\n'
    (folder / "cities.csv").write_text(head, encoding="utf-8")
    lexicon_file.write("cities", [{"id": "geo-1", "name": "델리"}])
    lines = (folder / "cities.csv").read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [
        "id,name,wikidata,note",
        "# 손으로 쓴 행",
        "kr-11,서울특별시,Q8684,",
        'kr-26,부산광역시,,"쉼표, 뒤"',
    ]
    assert lines[-1] == "geo-1,델리,Q1353,"

"""Tables of the user's own: columns guessed or named, rows of one name merged, problems by line."""

from __future__ import annotations

import openpyxl
import pytest

from extract.errors import InputError, UsageError
from extract.lexicon.folder import read_rows
from extract.lexicon.importing import import_table

REGISTER = """2026년 회원 명부,,,,
,,,,
연번,기관명,약칭,기관유형,비고
1,㈜도담도담정보,"도담정보, DDI",기업,
2,(재) 물빛문화재단(MCF),물빛재단,협회·단체,부산
3,도담도담정보,도담,,회장사
4,한국가람학회,,association,
"""


def own(mine, file="organisations"):
    return read_rows(mine / f"{file}.csv")


@pytest.fixture()
def table(tmp_path):
    def write(content, encoding="utf-8-sig", name="members.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_register_below_a_heading_is_read(table, tmp_path, encoding):
    done = import_table(table(REGISTER, encoding), tmp_path / "mine", "ORG")
    assert (dict(done.added), done.merged, done.problems) == ({"ORG": 3}, 1, [])
    assert [(row.id, row.aliases, row.subtype, row["note"]) for row in own(tmp_path / "mine")] == [
        ("my-도담도담정보", ("도담정보", "DDI", "도담"), "company", "회장사"),
        ("my-물빛문화재단", ("MCF", "물빛재단"), "association", "부산"),
        ("my-한국가람학회", (), "association", ""),
    ]


def test_a_second_time_changes_nothing(table, tmp_path):
    path = table(REGISTER)
    import_table(path, tmp_path / "mine", "ORG")
    before = (tmp_path / "mine" / "organisations.csv").read_bytes()
    done = import_table(path, tmp_path / "mine", "ORG")
    assert (sum(done.added.values()), done.there) == (0, 3)
    assert (tmp_path / "mine" / "organisations.csv").read_bytes() == before


def test_a_workbook_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["메모"])
    sheet = book.create_sheet("시설")
    for row in (
        ["시설명", "위도", "경도", "비고"],
        ["물결마루", 35.08, 129, 2024.0],
        [None, None],
        ["하늬광장"],
    ):
        sheet.append(row)
    book.save(tmp_path / "places.xlsx")
    done = import_table(
        tmp_path / "places.xlsx", tmp_path / "mine", "place", subtype="facility", sheet="시설"
    )
    assert done.added["PLACE"] == 2
    first, second = own(tmp_path / "mine", "places")
    assert (first.name, first.subtype, first["latitude"], first["longitude"]) == (
        "물결마루",
        "facility",
        "35.08",
        "129",
    )
    assert (first["note"], second.name, second["source"]) == ("2024", "하늬광장", "imported")
    with pytest.raises(UsageError, match="no sheet '없음'; use one of: Sheet, 시설"):
        import_table(tmp_path / "places.xlsx", tmp_path / "mine", "PLACE", sheet="없음")
    with pytest.raises(InputError, match="no column looks like the name"):
        import_table(tmp_path / "places.xlsx", tmp_path / "mine", "PLACE")


def test_columns_are_mapped_by_hand(table, tmp_path):
    path = table("본부,지부,영어\n새빛나루,부산나루,Saebit Naru\n")
    import_table(path, tmp_path / "mine", "ORG", mapping={"name": "지부", "aliases": "본부, 영어"})
    [row] = own(tmp_path / "mine")
    assert (row.name, row.aliases) == ("부산나루", ("새빛나루", "Saebit Naru"))


def test_people_and_organisations_of_one_table(table, tmp_path):
    path = table("기관명,성명,직위\n새빛나루재단,도하윤,이사장\n")
    import_table(path, tmp_path / "mine", "PERSON")
    import_table(path, tmp_path / "mine", "ORG")
    [person] = own(tmp_path / "mine", "people")
    assert (person.name, person["title"], person["affiliation"]) == ("도하윤", "이사장", "새빛나루재단")
    assert [row.name for row in own(tmp_path / "mine")] == ["새빛나루재단"]


def test_the_alias_of_one_row_is_not_the_name_of_another(table, tmp_path):
    import_table(table("기관명,약칭\n새빛나루재단,물빛\n물빛,\n"), tmp_path / "mine", "ORG")
    assert [(row.name, row.aliases) for row in own(tmp_path / "mine")] == [("새빛나루재단", ()), ("물빛", ())]


def test_thousands_lose_their_commas(table, tmp_path):
    import_table(table('도시명,인구\n하늬마을시,"1,234,567"\n'), tmp_path / "mine", "CITY")
    assert own(tmp_path / "mine", "cities")[0]["population"] == "1234567"


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("기관명,비고\n새빛나루,\n,이름 없음\n", 3, "no name"),
        ("기관명,비고\n새빛나루,\n㈜,\n", 3, "no name"),
        ("기관명,비고\n새빛나루,\n빛,\n", 3, "'빛' is one character and never tagged"),
        ("기관명,유형\n새빛나루,\n물빛재단,학회\n", 3, "ORG has no subtype '학회'"),
        ("기관명,비고\n새빛나루,\n" + "가" * 300 + ",\n", 3, "a name of 300 characters"),
        (
            "기관명,비고\n새빛나루,\n물빛재단," + "가" * 200_000 + "\n",
            3,
            "the cell 'note' holds 200000 characters",
        ),
        ("id,name\na,새빛나루\na,물빛재단\n", 3, "the id 'a' stands in"),
        ("id,name\na,새빛나루\norg-국토교통부,물빛재단\n", 3, "the id 'org-국토교통부' is taken"),
    ],
)
def test_a_bad_row_is_told_by_line_and_nothing_is_written(table, tmp_path, content, line, problem):
    done = import_table(table(content), tmp_path / "mine", "ORG")
    [told] = done.problems
    assert told.problem.startswith(problem) and told.remedy
    assert (told.severity, told.where) == ("error", f"{tmp_path / 'members.csv'}:{line}")
    assert not (tmp_path / "mine").exists()


def test_a_population_that_is_no_number_is_told(table, tmp_path):
    [told] = import_table(table("도시명,인구\n하늬마을시,약 3만\n"), tmp_path / "mine", "CITY").problems
    assert told.problem == "the population '약 3만' is no number"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"label": "DATE"}, "--label: unknown label 'DATE'"),
        ({"label": "ORG", "subtype": "facility"}, "ORG has no subtype 'facility'"),
        ({"label": "ORG", "mapping": {"colour": "비고"}}, "--map: no column 'colour' for ORG"),
        ({"label": "ORG", "mapping": {"name": "단체"}}, "--map: .* has no header 단체; it has: 기관명, 비고"),
        ({"label": "ORG", "sheet": "시트1"}, "a CSV file has no sheets"),
    ],
)
def test_wrong_usage_is_told(table, tmp_path, arguments, problem):
    with pytest.raises(UsageError, match=problem):
        import_table(table("기관명,비고\n새빛나루,\n"), tmp_path / "mine", **arguments)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.csv", b"", "no column looks like the name"),
        ("a.csv", b"\xff\xff\xfe,\n", "neither UTF-8 nor CP949"),
        ("a.xlsx", b"no workbook", "no XLSX workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0", r"\.xls is not read"),
    ],
)
def test_what_is_no_table_is_told(tmp_path, name, data, problem):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=problem):
        import_table(tmp_path / name, tmp_path / "mine", "ORG")

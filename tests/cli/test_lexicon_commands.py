"""The lexicon commands as a person uses them, from the first run to the names in the tables."""

from __future__ import annotations

import csv

import pytest

from extract.cli import main

RELEASES = {
    "2026-04-02.txt": """새빛나루재단, 부산에서 해양청년포럼 개최

새빛나루재단(이하 ‘새빛나루’)은 4월 2일 부산 영도구 물결마루에서 ‘해양청년포럼’을 열었다. 도하윤 새빛나루 이사장은 “바다를 아는 청년이 지역을 바꾼다”고 말했다. 행사에는 푸른결소프트와 하늬바람랩이 후원사로 참여했다.

푸른결소프트는 물결마루에 항만 체험 기기 12대를 기증했다. 새빛나루 관계자는 “하늬바람랩과 함께 물결마루를 청년 창업 공간으로 키우겠다”고 밝혔다.
""",
    "2026-04-09.txt": """푸른결소프트, 물결마루 운영 협약

푸른결소프트와 새빛나루재단은 4월 9일 물결마루에서 운영 협약을 맺었다. 도하윤 이사장은 “물결마루를 시민에게 돌려드리겠다”고 말했다. 하늬바람랩은 6월부터 교육을 맡는다.
""",
}


def call(capfd, *arguments):
    with pytest.raises(SystemExit) as exit_:
        main([str(argument) for argument in arguments])
    out, err = capfd.readouterr()
    return exit_.value.code or 0, out, err


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture()
def releases(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "releases").mkdir()
    for name, text in RELEASES.items():
        (tmp_path / "releases" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_from_a_run_over_decisions_to_the_names_in_the_tables(capfd, releases, encoding):
    assert call(capfd, "run", "releases", "--workers", 1)[0] == 0
    code, _, err = call(capfd, "lexicon", "suggest", "outputs")
    assert code == 0 and "suggestions.csv: " in err

    rows = read(releases / "suggestions.csv")
    names = {row["name"] for row in rows}
    assert {"새빛나루재단", "푸른결소프트", "물결마루", "도하윤"} <= names
    decisions = {"새빛나루재단": "yes", "물결마루": "예", "푸른결소프트": "o"}
    for row in rows:
        row["decision"] = decisions.get(row["name"], "")
        if row["name"] == "물결마루":
            row["label"], row["subtype"] = "PLACE", "facility"
    with (releases / "suggestions.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)

    code, _, err = call(capfd, "lexicon", "accept", "suggestions.csv", "--to", "my_lexicon")
    assert code == 0 and "3 added (ORG 2, PLACE 1)" in err
    before = {path.name: path.read_bytes() for path in (releases / "my_lexicon").iterdir()}
    code, _, err = call(capfd, "lexicon", "accept", "suggestions.csv", "--to", "my_lexicon")
    assert code == 0 and "0 added, 3 there already" in err
    assert {path.name: path.read_bytes() for path in (releases / "my_lexicon").iterdir()} == before

    assert call(capfd, "run", "releases", "--lexicons", "my_lexicon", "--workers", 1)[0] == 0
    rules = {row["text"]: row["rule"] for row in read(releases / "outputs" / "mentions.csv")}
    assert rules["새빛나루재단"] == rules["새빛나루"] == "lexicon:organisations:my-새빛나루재단"
    assert rules["푸른결소프트"] == "lexicon:organisations:my-푸른결소프트"
    assert rules["물결마루"] == "lexicon:places:my-물결마루"
    entities = {row["name"]: row for row in read(releases / "outputs" / "entities.csv")}
    assert entities["물결마루"]["subtype"] == "facility"
    assert entities["새빛나루재단"]["aliases"] == "새빛나루"

    call(capfd, "lexicon", "suggest", "outputs", "--to", "again.csv", "--lexicons", "my_lexicon")
    assert not set(decisions) & {row["name"] for row in read(releases / "again.csv")}


def test_suggest_overwrites_no_decisions(capfd, releases):
    call(capfd, "run", "releases", "--workers", 1)
    (releases / "suggestions.csv").write_text("decision,label,name\nyes,ORG,가온협회\n", encoding="utf-8")
    code, _, err = call(capfd, "lexicon", "suggest", "outputs")
    assert code == 2 and "holds decisions already" in err and len(err.splitlines()) == 1


def test_a_name_added_is_found(capfd, tmp_path):
    mine = tmp_path / "mine"
    code, out, _ = call(capfd, "lexicon", "init", mine)
    assert code == 0 and str(mine / "organisations.csv") in out
    code, out, err = call(
        capfd,
        "lexicon",
        "add",
        "하늬바람랩",
        "--label",
        "ORG",
        "--subtype",
        "company",
        "--alias",
        "하늬랩",
        "--to",
        mine,
    )
    assert (code, out, err) == (0, f"{mine / 'organisations.csv'}:3: my-하늬바람랩\n", "")
    code, out, err = call(capfd, "lexicon", "check", "--lexicons", mine)
    assert code == 0 and " 0 errors, 0 warnings" in err
    _, out, _ = call(capfd, "text", "부산시는 하늬랩과 협약을 맺었다.", "--json", "--lexicons", mine)
    assert '"rule": "lexicon:organisations:my-하늬바람랩"' in out


def test_add_tells_what_a_shipped_row_of_the_name_means(capfd, tmp_path):
    code, _, err = call(capfd, "lexicon", "add", "서울", "--label", "ORG", "--to", tmp_path / "mine")
    assert code == 0 and err.startswith("note: '서울' also names kr-11 (서울특별시, CITY)")


def test_import_takes_a_table_with_mapped_columns(capfd, tmp_path):
    table = tmp_path / "명부.csv"
    table.write_bytes("단체,줄임,구분\n㈜푸른결소프트,푸른결,company\n".encode("cp949"))
    arguments = ["lexicon", "import", table, "--to", tmp_path / "mine", "--label", "ORG"]
    code, _, err = call(
        capfd, *arguments, "--map", "name=단체", "--map", "aliases=줄임", "--map", "subtype=구분"
    )
    assert (code, err) == (0, f"{tmp_path / 'mine'}: 1 added (ORG 1)\n")
    text = (tmp_path / "mine" / "organisations.csv").read_text(encoding="utf-8-sig")
    assert "my-푸른결소프트,푸른결소프트,푸른결,,company,,imported," in text


def test_stats_count_rows_forms_and_rules(capfd, folder):
    mine = folder(people="id,name,aliases,guard,source\np-1,김새봄,새봄|SB,proper,members\n")
    code, out, _ = call(capfd, "lexicon", "stats", "--lexicons", mine)
    assert code == 0
    [line] = [line.split() for line in out.splitlines() if " members " in line]
    assert line == ["people", "PERSON", "members", "1", "3", "3"]
    assert out.splitlines()[-2].startswith("total") and "organisations " in out.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["add", "가온협회", "--label", "ORG"], 2, "--to"),
        (["add", "가온협회", "--label", "TOWN", "--to", "{mine}"], 2, "unknown label 'TOWN'"),
        (["add", "빛", "--label", "ORG", "--to", "{mine}"], 2, "one character"),
        (["init", "{full}"], 2, "exists and is not empty"),
        (["suggest", "{full}"], 2, "holds no articles.jsonl"),
        (["suggest", "{full}", "--min-count", "0"], 2, "--min-count"),
        (["accept", "nowhere.csv", "--to", "{mine}"], 2, "no such file"),
        (["accept", "{full}/notes.csv", "--to", "{mine}"], 1, "the column 'decision' is missing"),
        (["accept", "{full}/bad.csv", "--to", "{mine}"], 1, "errors: 2; nothing was written"),
        (["import", "nowhere.xlsx", "--to", "{mine}", "--label", "ORG"], 2, "no such file"),
        (
            ["import", "{full}/notes.csv", "--to", "{mine}", "--label", "ORG", "--map", "name"],
            2,
            "maps nothing",
        ),
        (
            ["import", "{full}/notes.csv", "--to", "{mine}", "--label", "ORG"],
            1,
            "no column looks like the name",
        ),
        (["stats", "--lexicons", "nowhere"], 2, "no such lexicon folder"),
    ],
)
def test_bad_input_gives_one_clear_line(capfd, tmp_path, arguments, code, says):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.csv").write_text("메모\n가\n", encoding="utf-8")
    (tmp_path / "full" / "bad.csv").write_text(
        "decision,label,name\nyes,X,가온\n?,ORG,가온\n", encoding="utf-8"
    )
    names = {"mine": tmp_path / "mine", "full": tmp_path / "full"}
    got, _, err = call(capfd, "lexicon", *(argument.format(**names) for argument in arguments))
    assert (got, says in err) == (code, True), err
    assert "Traceback" not in err
    if "Usage:" not in err:
        assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "mine").exists()


def test_help_of_the_lexicon_commands_needs_no_heavy_import():
    import subprocess
    import sys

    code = "import sys; from extract.cli import main\ntry: main(['lexicon', 'suggest', '--help'])\n"
    code += "except SystemExit: pass\n"
    code += "heavy = {'spacy', 'kiwipiepy', 'pandas', 'yaml', 'daachorse', 'openpyxl', 'regex'} & set(sys.modules)\n"
    code += "assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

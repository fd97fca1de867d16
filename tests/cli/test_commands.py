import json
import subprocess
import sys

import pytest

from extract.cli import app, main

TEXT = "강동현 부산시장은 5월 3일 인도 뉴델리를 방문했다."


def call(capfd, *arguments):
    with pytest.raises(SystemExit) as exit_:
        main(list(arguments))
    out, err = capfd.readouterr()
    return exit_.value.code or 0, out, err


def commands(click_command, path=()):
    for name, command in getattr(click_command, "commands", {}).items():
        yield (*path, name), command
        yield from commands(command, (*path, name))


def test_every_command_and_option_has_help():
    import typer.main

    for path, command in commands(typer.main.get_command(app)):
        assert command.help, path
        for parameter in command.params:
            assert getattr(parameter, "help", None), (path, parameter.name)


def test_help_needs_no_heavy_import():
    code = "import sys; from extract.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "heavy = {'spacy', 'kiwipiepy', 'pandas', 'yaml', 'daachorse'} & set(sys.modules); assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_version(capfd):
    code, out, _ = call(capfd, "--version")
    assert code == 0
    assert out.startswith("extract 0.")


def test_run_writes_the_tables_and_says_what_it_did(capfd, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code, _, err = call(
        capfd, "run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--date", "2024-05-04"
    )
    assert code == 0
    assert "articles   1" in err
    dates = (tmp_path / "out" / "dates.csv").read_text(encoding="utf-8-sig")
    assert "2024-05-03,2024-05-04" in dates


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run", "nowhere.txt"], 2, "nowhere.txt"),
        (["run", "{dir}"], 3, "no file that can be read"),
        (["run", "{file}", "--format", "docx"], 2, "unknown format 'docx'"),
        (["run", "{file}", "--date", "last May"], 2, "'last May' is no date"),
        (["run", "{file}", "--out", "/proc/none/out"], 2, "/proc/none/out"),
        (["run", "{file}", "--lexicons", "nowhere"], 2, "no such lexicon folder"),
        (["run", "{file}", "--colour"], 2, "--colour"),
        (["run"], 2, "see: extract run --help"),
        (["run", "{file}", "--workers", "two"], 2, "'--workers'"),
        (["fly"], 2, "'fly'"),
        (["text", ""], 2, "no text"),
        (["text", "--jsonl", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["explain", "부산시", "서울"], 2, "does not stand in the text"),
        (["lexicon", "list", "towns"], 2, "no lexicon file 'towns'"),
        (["eval", "nowhere.jsonl"], 2, "nowhere.jsonl"),
    ],
)
def test_bad_input_gives_one_clear_line_and_the_contracts_exit_code(capfd, tmp_path, arguments, code, says):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "dir").mkdir()
    names = {"dir": tmp_path / "dir", "file": tmp_path / "a.txt"}
    arguments = [argument.format(**names) for argument in arguments]
    if arguments[0] == "run" and "--out" not in arguments:
        arguments += ["--out", str(tmp_path / "out")]
    got, _, err = call(capfd, *arguments)
    assert got == code
    assert says in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_text_as_json_has_the_fields_of_the_contract(capfd):
    code, out, _ = call(capfd, "text", TEXT, "--date", "2024-05-04", "--json")
    row = json.loads(out)
    assert code == 0
    assert row["text"] == TEXT
    assert [m["text"] for m in row["mentions"]] == ["강동현", "5월 3일", "인도 뉴델리"]
    assert {"sentences", "entities", "dates", "figures", "relations", "events", "quotes"} <= set(row)


def test_text_shows_the_text_and_its_tables(capfd):
    code, out, _ = call(capfd, "text", TEXT, "--date", "2024-05-04")
    assert code == 0
    assert TEXT in out.replace("\n", " ")
    assert "visited" in out


def test_jsonl_gives_one_line_for_each_in_order_with_its_id(capfd, tmp_path):
    lines = [
        {"id": "b", "text": "  " + TEXT + "\n\n", "published": "2024-05-04"},
        {"id": "a", "text": "오늘은 비가 온다."},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    _, out, _ = call(capfd, "text", "--jsonl", str(path))
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == ["b", "a"]
    assert rows[0]["text"] == lines[0]["text"]
    assert rows[0]["dates"][0]["start"] == "2024-05-03"
    assert rows[1]["dates"][0]["start"] is None


def test_jsonl_names_the_line_that_is_wrong(capfd, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "가"}\n{"txt": "나"}\n', encoding="utf-8")
    code, _, err = call(capfd, "text", "--jsonl", str(path))
    assert code == 1
    assert f"{path}:2" in err


def test_explain_tells_what_competed_and_what_won(capfd):
    _, out, _ = call(capfd, "explain", TEXT, "뉴델리")
    assert "won        인도 뉴델리" in out
    assert "lost       뉴델리" in out
    assert "not a mention of its own" in out


def test_the_users_lexicon_wins(capfd, folder):
    mine = folder(places="id,name,subtype\nmine-1,부산항,facility\n", cities="id,name\nmine-2,뉴델리\n")
    _, out, _ = call(capfd, "text", "부산항만공사는 뉴델리에 있다.", "--json", "--lexicons", str(mine))
    found = [(m["text"], m["rule"]) for m in json.loads(out)["mentions"]]
    assert found[-1] == ("뉴델리", "lexicon:cities:mine-2")


def test_lexicon_check_reports_file_line_and_remedy(capfd, folder):
    mine = folder(cities="id,name,label\nx,가나시,CITTY\n")
    code, out, _ = call(capfd, "lexicon", "check", "--lexicons", str(mine))
    assert code == 1
    assert f"error: {mine / 'cities.csv'}:2: unknown label 'CITTY'; use one of: " in out


def test_lexicon_list_finds_rows(capfd):
    _, out, _ = call(capfd, "lexicon", "list", "countries", "--find", "인도네시아")
    assert "인도네시아" in out
    _, out, _ = call(capfd, "lexicon", "list")
    assert out.startswith("people") or "countries" in out


def test_eval_scores_annotated_text(capfd, tmp_path):
    gold = {
        "id": "1",
        "text": TEXT,
        "published": "2024-05-04",
        "mentions": [{"start": 0, "end": 3, "text": "강동현", "label": "PERSON"}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    code, out, _ = call(capfd, "eval", str(path), "--json")
    assert code == 0
    assert json.loads(out)


def test_the_users_name_is_found_although_kiwi_reads_a_verb_in_it(capfd, folder):
    mine = folder(organisations="id,name\nmine-1,봄이오면\n")
    text = "봄이오면은 강연을 열었다. 이번 강연에 봄이오면, 한빛 등이 함께했다. 봄이오면서 날이 풀렸다."
    _, out, _ = call(capfd, "text", text, "--json", "--lexicons", str(mine))
    assert [m["start"] for m in json.loads(out)["mentions"] if m["text"] == "봄이오면"] == [
        0,
        text.index("봄이오면,"),
    ]


def test_a_blocked_name_is_no_mention_whoever_proposed_it(capfd, folder):
    text = "새빛나루협회는 강동현 시장을 만났다."
    mine = folder(block="id,name,label\nb-1,새빛나루협회,ORG\nb-2,강동현,PERSON\n")
    _, out, _ = call(capfd, "text", text, "--json", "--lexicons", str(mine))
    assert json.loads(out)["mentions"] == []


@pytest.mark.parametrize(
    ("arguments", "formats"),
    [
        ([], ["csv", "jsonl", "report"]),
        (["--no-report"], ["csv", "jsonl"]),
        (["--format", "csv", "--report"], ["csv", "report"]),
        (["--format", "csv,xlsx", "--encoding", "cp949"], ["csv", "xlsx", "csv-cp949"]),
    ],
)
def test_options_choose_the_formats(capfd, tmp_path, arguments, formats):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code, _, _ = call(
        capfd, "run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--no-tagger", *arguments
    )
    assert code == 0
    out = tmp_path / "out"
    assert json.loads((out / "run.json").read_bytes())["options"]["formats"] == formats
    assert (out / "report.html").exists() == ("report" in formats)
    assert (out / "tables.xlsx").exists() == ("xlsx" in formats)
    (out / "articles.csv").read_bytes().decode("cp949" if "csv-cp949" in formats else "utf-8-sig")

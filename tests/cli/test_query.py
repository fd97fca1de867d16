import csv
import io
import json
import os
import pty
import subprocess
import sys

import pytest

from extract.cli import main
from extract.engines.article import process_segment
from extract.errors import UsageError
from extract.model import TABLES, ErrorRow
from extract.segment import segment_whole
from extract.write import write_run

duckdb = pytest.importorskip("duckdb", reason="pip install 'extract-ko[query]'")

from extract.query import Database, type_of  # noqa: E402

TEXTS = (
    "=부산시, 청년 1,200명에 300억원 지원\n\n- 강동현 부산시장은 5월 3일 인도 뉴델리에서 “함께 가자”고 말했다.\n"
    "강 시장은 이날 부산 벡스코에서 개관식을 개최했다.",
    "㈜새빛전자(대표 도하윤)는 올해 15% 성장을 목표로 경기도 수원시에 연구소를 연다고 밝혔다.",
)


@pytest.fixture(scope="module")
def found(nlp):
    return [
        *(
            process_segment(nlp, segment_whole(text), f"{number}.txt", tokens=True)
            for number, text in enumerate(TEXTS)
        ),
        ErrorRow("bad.txt", None, "read", "empty-file", "the file is empty; give a file with text"),
    ]


@pytest.fixture(scope="module")
def outputs(found, tmp_path_factory):
    """An output for each kind of file that tables can lie in."""
    pytest.importorskip("pyarrow", reason="pip install 'extract-ko[parquet]'")
    folder = tmp_path_factory.mktemp("query")
    write_run(folder / "csv", found, formats=("csv",), tokens=True)
    write_run(folder / "jsonl", found, formats=("jsonl",), tokens=True)
    write_run(folder / "cp949", found, formats=("csv", "csv-cp949"))
    write_run(folder / "[결과] 1*", found, formats=("parquet",), tokens=True)
    parts = folder / "parts"
    parts.mkdir()
    for table in TABLES:
        (parts / f"{table.name}.parquet").mkdir()
        data = (folder / "[결과] 1*" / f"{table.name}.parquet").read_bytes()
        (parts / f"{table.name}.parquet" / "part-00000.parquet").write_bytes(data)
    return folder


def call(capfd, *arguments):
    with pytest.raises(SystemExit) as exit_:
        main(["query", *map(str, arguments)])
    out, err = capfd.readouterr()
    return exit_.value.code or 0, out, err


def rows(folder, sql):
    with Database(folder) as database:
        return list(database.query(sql).rows)


def test_every_table_has_the_same_rows_and_types_whatever_files_hold_it(outputs):
    for table in TABLES:
        kinds = {tuple(row[:2]) for row in rows(outputs / "csv", f"describe {table.name}")}
        assert kinds == {(column.name, type_of(column)) for column in table.columns}
        expected = rows(outputs / "csv", f"from {table.name}")
        assert expected, table.name
        for kind in ("jsonl", *(["cp949"] if table.name != "tokens" else []), "[결과] 1*", "parts"):
            assert rows(outputs / kind, f"from {table.name}") == expected, (kind, table.name)


def test_values_are_those_of_the_rows_not_of_the_cells(outputs, found):
    [(title, text)] = rows(
        outputs / "csv",
        "select a.title, s.text from articles a join sentences s using (article_id) where a.title is not null and s.text like '-%'",
    )
    assert title == "=부산시, 청년 1,200명에 300억원 지원"
    assert text.startswith("- 강동현")
    [(aliases,)] = rows(outputs / "csv", "select aliases from entities where name = '강동현'")
    assert isinstance(aliases, list)
    [(total,)] = rows(outputs / "csv", "select sum(value) from figures where currency = 'KRW'")
    assert total == 30_000_000_000
    names = {m.text for m in found[0].mentions if m.label == "PERSON"}
    assert {
        row[0] for row in rows(outputs / "csv", "select text from mentions where label = 'PERSON'")
    } >= names


def test_csv_is_plain_and_safe_json_is_typed(outputs, capfd):
    code, out, _ = call(capfd, outputs / "csv", "select title, n_chars from articles order by 2")
    assert code == 0
    header, _first, second = csv.reader(io.StringIO(out))
    assert header == ["title", "n_chars"]
    assert second[0] == "'=부산시, 청년 1,200명에 300억원 지원"
    code, out, _ = call(
        capfd,
        outputs / "csv",
        "select name, aliases, entities.n_mentions, 0.5 half, published from entities, articles limit 1",
        "--format",
        "json",
    )
    [row] = json.loads(out)
    assert (type(row["aliases"]), type(row["n_mentions"]), row["half"], row["published"]) == (
        list,
        int,
        0.5,
        None,
    )
    assert json.loads(call(capfd, outputs / "csv", "from entities where false", "--format", "json")[1]) == []


def test_a_terminal_gets_a_table_and_is_told_of_more_rows(outputs):
    parent, child = pty.openpty()
    sql = "select 'ㄱ' || range as name, range as n from range(250)"
    program = [
        sys.executable,
        "-c",
        "from extract.cli import main; main()",
        "query",
        str(outputs / "csv"),
        sql,
    ]
    ends = {"stdin": child, "stdout": child, "stderr": child}
    with subprocess.Popen(program, env={**os.environ, "COLUMNS": "60", "TERM": "xterm"}, **ends) as process:
        os.close(child)
        shown = b""
        try:
            while data := os.read(parent, 65536):
                shown += data
        except OSError:  # Linux says the other end is closed
            pass
        os.close(parent)
    assert process.returncode == 0
    text = shown.decode("utf-8")
    assert "ㄱ199" in text
    assert "ㄱ200" not in text
    assert "the first 200 of 250 rows" in text


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", "SQL line 1, column 1: syntax error"),
        ("select '라벨',\n  nolabel from mentions", 'SQL line 2, column 3: Referenced column "nolabel"'),
        (
            "select *\nfrom mention",
            "SQL line 2, column 6: no table 'mention'; there are: articles, sentences,",
        ),
        ("select label, count(*) from mentions group by text", 'column "label" must appear'),
        ("select text::int from mentions", "Could not convert string"),
        ("select 1; select 2", "more than one statement"),
        ("/* nothing */", "no statement"),
        ("drop view mentions", "no query: drop statement"),
        ("insert into mentions values (1)", "no query: insert statement"),
    ],
)
def test_bad_sql_is_one_line_with_its_place(sql, said, outputs, capfd):
    code, out, err = call(capfd, outputs / "csv", sql)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('{secret}')",
        "select * from '{secret}'",
        "select * from read_csv('{out}/../secret.csv')",
        "select * from read_csv('https://example.org/x.csv')",
        "select * from glob('{out}/../*')",
        "copy (select 1) to '{out}/x.csv'",
        "copy (select 1) to '/tmp/x.csv'",
        "explain analyze copy (select 1) to '{out}/x.csv'",
        "attach '{out}/x.db'",
        "export database '{out}/x'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "pragma enable_external_access",
        "select * from secret",
    ],
)
def test_nothing_is_read_beyond_the_output_and_nothing_written(sql, outputs, tmp_path):
    secret = outputs / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    before = sorted(outputs.rglob("*"))
    with pytest.raises(UsageError) as raised:
        rows(outputs / "csv", sql.format(secret=secret, out=outputs / "csv"))
    assert raised.value.slug == "sql"
    assert sorted(outputs.rglob("*")) == before


def test_tables_are_listed_with_columns_types_and_what_they_hold(outputs, capfd):
    code, out, _ = call(capfd, outputs / "csv", "--tables", "--format", "csv")
    assert code == 0
    listed = list(csv.DictReader(io.StringIO(out)))
    assert {row["table"] for row in listed} == {table.name for table in TABLES}
    [aliases] = [row for row in listed if (row["table"], row["column"]) == ("entities", "aliases")]
    assert aliases["type"] == "VARCHAR[]"
    assert all(row["description"] for row in listed)


def test_what_is_missing_is_told(outputs, tmp_path, capfd, monkeypatch):
    assert "no query; give one in quotation marks, or --tables" in call(capfd, outputs / "csv")[2]
    assert "no such folder" in call(capfd, tmp_path / "none", "select 1")[2]
    (tmp_path / "mentions.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "cannot be read" in call(capfd, tmp_path, "from mentions")[2]
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, _, err = call(capfd, outputs / "csv", "select 1")
    assert (code, "pip install 'extract-ko[query]'" in err) == (2, True)


def test_a_query_comes_from_standard_input(outputs, capfd, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("select 1 as one"))
    assert call(capfd, outputs / "csv", "-")[:2] == (0, "one\n1\n")

from __future__ import annotations

import csv
import dataclasses
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hand_made import SECOND, TEXT, entity, results

from extract.errors import UsageError
from extract.model import TABLES, ArticleResult, ErrorRow
from extract.write import check_out, from_json, plain, to_json, write_run
from extract.write.entities import EntityMerge


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results" / "outputs"


def test_write_run_writes_every_table_of_the_contract(out: Path) -> None:
    counts = write_run(out, results(), tokens=True)
    tables = {f"{table.name}.csv" for table in TABLES}
    assert names(out) == tables | {"articles.jsonl", "datapackage.json", "report.html", "run.json"}
    assert names(out.parent) == {"outputs"}
    for table in TABLES:
        data = (out / f"{table.name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        header = data[3:].split(b"\r\n")[0].decode().split(",")
        assert header == [column.name for column in table.columns]
        assert len(rows(out / f"{table.name}.csv")) == counts.rows[table.name]
    assert counts.mentions == {"CITY": 1, "DATE": 1, "FIGURE": 1, "ORG": 1, "PERSON": 2}
    assert counts.relations == {"holds_title": 1}
    assert counts.rows["articles"] == 2


def test_write_run_is_valid_for_frictionless_with_all_its_keys(out: Path) -> None:
    write_run(out, results(), tokens=True)
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(TABLES)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("mentions.csv", ",e2,", ",e9,"),
        ("mentions.csv", "s-a2", "s-a9"),
        ("mentions.csv", "PERSON", "WHO"),
        ("dates.csv", "m2", "m9"),
        ("articles.csv", "2026-03-03", "3월 3일"),
        ("articles.csv", "a2", "a1"),
        ("figures.csv", ",1200,", ",많음,"),
    ],
)
def test_the_descriptor_catches_broken_tables(out: Path, name: str, old: str, new: str) -> None:
    write_run(out, results(), tokens=True)
    path = out / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")
    assert not frictionless.validate(str(out / "datapackage.json")).valid


def test_write_run_without_results_is_valid(out: Path) -> None:
    counts = write_run(out, [])
    assert set(counts.rows.values()) == {0}
    assert frictionless.validate(str(out / "datapackage.json")).valid
    assert (out / "articles.jsonl").read_bytes() == b""


def test_write_run_keeps_offsets_true_in_jsonl_and_after_undoing_in_csv(out: Path) -> None:
    write_run(out, results())
    texts = {}
    for line in (out / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        texts[record["article_id"]] = record["text"]
        for name in ("sentences", "mentions", "quotes"):
            for row in record[name]:
                assert record["text"][row["start"] : row["end"]] == row["text"]
    assert texts == {"a1": TEXT, "a2": SECOND}
    for name in ("sentences", "mentions", "quotes"):
        for row in rows(out / f"{name}.csv"):
            text = texts[row["article_id"]]
            assert text[int(row["start"]) : int(row["end"])] == plain(row["text"])
    assert rows(out / "sentences.csv")[0]["text"] == f"'{TEXT}"
    assert rows(out / "articles.csv")[0]["title"] == "'=제목"


def test_write_run_writes_typed_values_to_jsonl(out: Path) -> None:
    write_run(out, results())
    first = json.loads((out / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert list(first) == [
        *(column.name for column in TABLES[0].columns),
        "text",
        *("sentences", "mentions", "entities", "dates", "figures", "relations", "events", "quotes"),
    ]
    assert first["title"] == "=제목"
    assert first["figures"][0]["value"] == 1200
    assert first["figures"][0]["approximate"] is False
    assert first["events"][0]["participants"] == ["김하늘", "a|b"]
    assert first["mentions"][1]["entity_id"] is None
    assert rows(out / "events.csv")[0]["participants"] == "김하늘|a¦b"


def test_to_json_holds_tokens_on_request() -> None:
    first = results()[0]
    assert isinstance(first, ArticleResult)
    assert "tokens" not in to_json(first)
    assert to_json(first, tokens=True)["tokens"][0]["form"] == "김하늘"


@pytest.mark.parametrize("tokens", [False, True])
def test_from_json_gives_back_what_to_json_took(tokens: bool) -> None:
    for result in results():
        if isinstance(result, ArticleResult):
            read = from_json(json.loads(json.dumps(to_json(result, tokens=tokens))))
            assert read == (result if tokens else dataclasses.replace(result, tokens=()))


def test_write_run_merges_entities_over_articles(out: Path) -> None:
    write_run(out, results())
    found = {row["entity_id"]: row for row in rows(out / "entities.csv")}
    assert list(found) == ["e1", "e2", "e3"]
    person = found["e1"]
    assert (person["name"], person["title"], person["affiliation"]) == ("김하늘", "부산시장", "부산시")
    assert person["aliases"] == "김 시장|하늘"
    assert (person["n_mentions"], person["n_articles"]) == ("3", "2")


def test_entity_merge_keeps_the_first_name_and_turns_others_into_aliases() -> None:
    merge = EntityMerge()
    merge.add([entity("e1", "김하늘", aliases=("김 시장",))])
    merge.add([entity("e1", "김하늘 부산시장", aliases=("김하늘", "김 시장"), country="한국")])
    merge.add([entity("e1", "김하늘", subtype=None, country="중국", latitude=0.0)])
    [merged] = merge
    assert (merged.name, merged.aliases) == ("김하늘", ("김 시장", "김하늘 부산시장"))
    assert (merged.country, merged.latitude, merged.n_articles) == ("한국", 0.0, 3)


def test_write_run_gives_the_same_tables_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    write_run(first, results(), run_info={"version": "1"}, started=time.monotonic())
    write_run(second, iter(results()), run_info={"version": "2"}, started=time.monotonic() - 5)
    for name in names(first) - {"run.json"}:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_write_run_reads_what_to_tell_after_the_last_result(out: Path) -> None:
    info: dict[str, Any] = {"version": "1", "inputs": []}

    def produced() -> Iterator[ArticleResult | ErrorRow]:
        for result in results():
            info["inputs"].append({"source": "in/a.txt", "sha256": "0" * 64})
            yield result

    write_run(out, produced(), run_info=info, started=time.monotonic())
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["program"] == "extract"
    assert run["version"] == "1"
    assert len(run["inputs"]) == 3
    assert run["counts"]["rows"]["mentions"] == 6
    assert run["timings"]["seconds"] >= 0
    assert set(run["files"]) == names(out)


def test_write_run_takes_results_one_by_one(out: Path) -> None:
    alive = 0

    class Watched(ArticleResult):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def produced() -> Iterator[ArticleResult]:
        nonlocal alive
        first = results()[0]
        assert isinstance(first, ArticleResult)
        for number in range(50):
            values = {field.name: getattr(first, field.name) for field in dataclasses.fields(first)}
            values["article"] = dataclasses.replace(first.article, article_id=f"a{number}")
            alive += 1
            yield Watched(**values)
            assert alive <= 2

    assert write_run(out, produced()).rows["articles"] == 50


def test_write_run_replaces_an_earlier_run_and_nothing_of_it_stays(out: Path) -> None:
    write_run(out, results(), tokens=True)
    (out / ".gitkeep").write_text("")
    write_run(out, [], formats=["jsonl"])
    assert names(out) == {"articles.jsonl", "entities.jsonl", "errors.jsonl", "run.json", ".gitkeep"}
    assert names(out.parent) == {"outputs"}


def test_write_run_knows_an_earlier_run_without_its_run_json(out: Path) -> None:
    write_run(out, results())
    (out / "run.json").unlink()
    write_run(out, results())
    assert (out / "run.json").is_file()


def test_write_run_writes_into_an_empty_folder(out: Path) -> None:
    out.mkdir(parents=True)
    write_run(out, results())
    assert (out / "run.json").is_file()


def test_write_run_as_jsonl_alone_keeps_entities_and_errors(out: Path) -> None:
    write_run(out, results(), formats=("jsonl",))
    assert names(out) == {"articles.jsonl", "entities.jsonl", "errors.jsonl", "run.json"}
    [error] = [json.loads(line) for line in (out / "errors.jsonl").open(encoding="utf-8")]
    assert (error["error"], error["position"]) == ("empty-file", None)
    merged = [json.loads(line) for line in (out / "entities.jsonl").open(encoding="utf-8")]
    assert merged[0]["aliases"] == ["김 시장", "하늘"]


def foreign_file(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "내 문서.txt").write_text("소중한 글")


def foreign_file_beside_a_run(out: Path) -> None:
    write_run(out, results())
    (out / "내 문서.txt").write_text("소중한 글")


def own_names_without_a_run(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "articles.csv").write_text("소중한 글")


def run_of_another_program(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "run.json").write_text('{"program": "other"}')


@pytest.mark.parametrize(
    "prepare", [foreign_file, foreign_file_beside_a_run, own_names_without_a_run, run_of_another_program]
)
def test_write_run_refuses_a_folder_with_foreign_files(out: Path, prepare: Any) -> None:
    prepare(out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for attempt in (lambda: check_out(out), lambda: write_run(out, results())):
        with pytest.raises(UsageError) as caught:
            attempt()
        assert caught.value.slug == "foreign-files"
        assert caught.value.exit_code == 2
        assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(out.parent) == {"outputs"}


def test_write_run_refuses_a_file_as_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("글")
    for out in (tmp_path / "a", tmp_path / "a" / "b" / "c"):
        with pytest.raises(UsageError) as caught:
            check_out(out)
        assert caught.value.slug == "unwritable-output"
        with pytest.raises(UsageError):
            write_run(out, results())
    assert names(tmp_path) == {"a"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_write_run_refuses_a_folder_that_is_not_writable(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError) as caught:
        write_run(tmp_path / "out", results())
    assert caught.value.slug == "unwritable-output"


@pytest.mark.parametrize("formats", [("csv", "pdf"), ()])
def test_write_run_refuses_unknown_formats(out: Path, formats: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        write_run(out, results(), formats=formats)
    assert caught.value.slug == "unknown-format"
    assert "csv, jsonl" in str(caught.value)
    assert not out.parent.exists()


def test_write_run_leaves_an_earlier_run_untouched_when_it_fails(out: Path) -> None:
    write_run(out, results())
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def failing() -> Iterator[ArticleResult | ErrorRow]:
        yield results()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_run(out, failing())
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(out.parent) == {"outputs"}


def test_write_run_follows_a_link_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_run(tmp_path / "link", results())
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "run.json").is_file()


def test_write_run_replaces_files_where_the_folder_cannot_be_moved(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(out, results(), tokens=True)
    move = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path == out:
            raise OSError(16, "Device or resource busy")
        return move(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    write_run(out, results())
    assert "tokens.csv" not in names(out)
    assert names(out.parent) == {"outputs"}
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]["rows"]["articles"] == 2


def test_write_run_survives_text_that_is_no_unicode(out: Path) -> None:
    write_run(out, [ErrorRow("in/\udcff.txt", None, "read", "unreadable", "a \ud800 b")])
    assert rows(out / "errors.csv")[0]["source"] == "in/?.txt"


def test_write_run_makes_readable_folders(out: Path) -> None:
    write_run(out, [])
    mask = os.umask(0)
    os.umask(mask)
    assert out.stat().st_mode & 0o777 == 0o777 & ~mask

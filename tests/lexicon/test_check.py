"""The checks: what ships is clean, and every kind of mistake is told with file, line and remedy."""

from __future__ import annotations

import dataclasses
import time

import pytest

from extract.lexicon import collect, load_lexicon
from extract.lexicon.check import check, check_rows
from extract.lexicon.settings import check_settings


@pytest.fixture(scope="module")
def shipped():
    return check()


def test_what_ships_has_no_errors(shipped):
    _, problems = shipped
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_check_of_what_ships_takes_seconds(shipped):
    begin = time.process_time()
    check()
    assert time.process_time() - begin < 10


MISTAKES = {
    "organisations": """id,name,aliases,subtype,priority
o-1,새빛나루,,facility,
o-2,· ·,,,
o-3,빛,,,
o-4,물결누리협회,,,
o-5,물결누리협회,,,
o-6,가람터,두레터,,60
o-7,두레터,가람터,,40
o-8,달무리회,,,
o-9,하루,,,
o-10,참빛재단에서,,,
o-11,㈜푸른결소프트,,,
o-12,‘온누리샘’,,,
""",
    "cities": "id,name,population\nc-1,하늬마을시,많음\no-1,하늬고을시,\n",
    "block": "id,name,label\nb-1,달무리회,ORG\n",
}
MEANT = {
    "organisations": """id,name,aliases,guard,proper
o-1,나무,,proper,
o-2,하루은행,,,하루
o-3,경기도재단,여의도|해바라기,,
o-4,달무리회,,,
o-5,두레터,,,
mine,국토교통부,,,
""",
    "cities": "id,name,country,priority\nc-1,하늬마을시,KR,60\nc-2,하늬마을시,JP,40\n",
    "block": "id,name,label,after\nb-1,달무리회,ORG,호\nb-2,두레터,PLACE,\n",
}


def write(target, files):
    for name, content in files.items():
        (target / f"{name}.csv").write_text(content, encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("mistakes"), MISTAKES)
    return [problem for problem in check([folder])[1] if str(folder) in problem.where]


@pytest.mark.parametrize(
    ("place", "severity", "problem"),
    [
        ("organisations.csv:2", "error", "ORG has no subtype 'facility'"),
        ("organisations.csv:3", "error", "the form '· ·' is empty"),
        ("organisations.csv:4", "warning", "'빛' is one character and never tagged"),
        ("cities.csv:2", "error", "the population '많음' is no number"),
        ("organisations.csv:6", "warning", "'물결누리협회' is also claimed by o-4"),
        ("organisations.csv:2", "warning", "the id 'o-1' stands in "),
        ("organisations.csv:8", "warning", "'두레터' is never taken: each of its forms belongs to o-6"),
        ("organisations.csv:9", "warning", "'달무리회' is blocked by block.csv"),
        ("organisations.csv:10", "warning", "'하루' is a common word, too (Kiwi: 하루/NNG)"),
        ("organisations.csv:11", "warning", "'참빛재단에서' ends with the particle '에서'"),
        ("organisations.csv:12", "warning", "'㈜푸른결소프트' begins with ㈜"),
        ("organisations.csv:13", "warning", "'‘온누리샘’' begins with ‘’"),
    ],
)
def test_a_mistake_is_told_by_file_and_line(mistakes, place, severity, problem):
    found = [p for p in mistakes if p.where.endswith(f"/{place}") and p.problem.startswith(problem)]
    assert [p.severity for p in found] == [severity], [str(p) for p in mistakes]
    assert found[0].remedy


def test_errors_come_first(mistakes):
    severities = [problem.severity for problem in mistakes]
    assert severities == sorted(severities)


def test_what_is_meant_is_not_told(tmp_path):
    folder = write(tmp_path, MEANT)
    lexicon, problems = collect([folder])
    problems += check_rows(lexicon)
    assert [str(problem) for problem in problems if str(folder) in problem.where] == []


def test_a_shipped_row_that_the_user_overlays_is_not_told(tmp_path):
    lexicon, _ = collect([write(tmp_path, {"organisations": "id,name,priority\nmine,국토교통부,90\n"})])
    assert check_rows(lexicon) == []


def settings_of(folder):
    lexicon = load_lexicon()
    return check_settings(dataclasses.replace(lexicon, folders=(*lexicon.folders, folder)))


@pytest.mark.parametrize(
    ("file", "content", "line", "severity", "problem"),
    [
        ("main.yaml", "# mine\nnoun_sufixes: [들]\n", 2, "error", "unknown key 'noun_sufixes'"),
        ("main.yaml", "noun_suffixes: 들\n", 1, "error", "'noun_suffixes' is of another kind"),
        ("main.yaml", "people:\n  acept: 0.3\n", 2, "error", "unknown key 'acept' in 'people'"),
        (
            "main.yaml",
            "people:\n  accept: 0.3\n",
            1,
            "warning",
            "'people' replaces the shipped one and lacks",
        ),
        ("main.yaml", "priorities:\n  names: 101\n", 2, "error", "the priority 101 of 'names' is none"),
        ("types.yaml", "labels:\n  ORG:\n    ko: 기관\n", 1, "error", "PERSON is missing"),
        ("types.yaml", "labels:\n  ORGS:\n    ko: 기관\n", 2, "error", "unknown name 'ORGS' in 'labels'"),
        (
            "types.yaml",
            "labels:\n  CITY:\n    ko: 시\n    colour: red\n",
            2,
            "error",
            "the colour 'red' of CITY",
        ),
        (
            "types.yaml",
            'labels:\n  CITY:\n    ko: 시\n    colour: "#8fd3c1"\n    subtypes:\n      big: 큰\n',
            2,
            "error",
            "CITY has no subtype 'big'",
        ),
        ("types.yaml", "predicates:\n  visited:\n    ko: 방문\n", 2, "error", "visited says no subject"),
        (
            "types.yaml",
            "predicates:\n  visited:\n    ko: 방문\n    subject: [ORGS]\n    object: [CITY]\n",
            2,
            "error",
            "unknown subject 'ORGS' of visited",
        ),
        ("types.yaml", "colours: 1\n", 1, "error", "unknown key 'colours'"),
    ],
)
def test_settings_are_checked_by_line(tmp_path, file, content, line, severity, problem):
    (tmp_path / file).write_text(content, encoding="utf-8")
    told = settings_of(tmp_path)
    found = [p for p in told if p.problem.startswith(problem)]
    assert found, [str(p) for p in told]
    assert (found[0].severity, found[0].where) == (severity, f"{tmp_path / file}:{line}")
    assert found[0].remedy


def test_a_near_key_is_proposed(tmp_path):
    (tmp_path / "main.yaml").write_text("noun_sufixes: [들]\n", encoding="utf-8")
    assert settings_of(tmp_path)[0].remedy == "did you mean 'noun_suffixes'?"


def test_the_shipped_settings_are_consistent(shipped):
    assert check_settings(shipped[0]) == []

from __future__ import annotations

import dataclasses
import io
import re
import sys
from pathlib import Path

import pytest
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[1] / "write"))
from hand_made import results
from pages import ordinary

from extract.cli import main
from extract.cli.terminal import STYLES, show_article
from extract.lexicon.types import shipped_types
from extract.model import ArticleResult


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ordinary(tmp_path_factory.mktemp("show") / "out")


def shown(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["show", *map(str, arguments)])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), re.sub(r" +\n", "\n", captured.out), captured.err


def test_without_a_question_the_tables_and_the_most_mentioned(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = shown(capsys, out)
    assert code == 0
    assert re.search(r"^relations +2$", text, re.M)
    assert re.search(r"^김하늘 +PERSON", text, re.M)
    assert re.search(r"^visited +방문 +1$", text, re.M)
    assert "the file is empty" in text


@pytest.mark.parametrize("name", ["김하늘", "김 시장", "하늘", "e1"])
def test_an_entity_by_name_part_or_id(out: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, text, _ = shown(capsys, out, "--entity", name)
    assert code == 0
    assert re.search(r"^김하늘 +holds_title +부산시장", text, re.M)
    assert "청년 1,200명을 지원" in text
    assert re.search(r"^김하늘 +부산시 김하늘 시장이 개관식에 참석했다\. +a2$", text, re.M)
    assert text.count(" ORG ") == 0


def test_filters_go_together(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = shown(capsys, out, "--entity", "김하늘", "--predicate", "방문")
    assert "visited" in text and "holds_title" not in text
    _, text, _ = shown(capsys, out, "--entity", "김하늘", "--article", "a2")
    assert "holds_title" not in text and "개관식" in text
    _, text, _ = shown(capsys, out, "--predicate", "holds_title", "--article", "제목")
    assert "부산시장" in text


@pytest.mark.parametrize(
    ("label", "words"),
    [("CITY", "부산"), ("도시", "부산"), ("figure", "1,200명"), ("날짜", "2026-03-02"), ("ORG", "부산시")],
)
def test_a_label_in_english_or_korean(
    out: Path, capsys: pytest.CaptureFixture[str], label: str, words: str
) -> None:
    code, text, _ = shown(capsys, out, "--label", label)
    assert code == 0
    assert words in text


def test_an_article_with_its_tables(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = shown(capsys, out, "--article", "a1")
    assert code == 0
    assert "김하늘 부산시장은 3월 2일" in text
    assert "holds_title" in text


def test_more_rows_than_the_limit_are_told(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, text, said = shown(capsys, out, "--label", "ORG", "--limit", "1")
    assert "--limit" not in said
    _, text, said = shown(capsys, out, "--entity", "김하늘", "--limit", "1")
    assert "relations: only 1 rows are shown; --limit shows more" in said
    assert len(re.findall("holds_title|visited", text)) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--entity", "없는사람"], "no entity is named '없는사람'"),
        (["--predicate", "likes"], "no predicate 'likes'"),
        (["--label", "ANIMAL"], "no label 'ANIMAL'"),
        (["--article", "zzz"], "no article 'zzz'"),
    ],
)
def test_what_is_not_there_is_told(
    out: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code, _, said = shown(capsys, out, *arguments)
    assert code == 2
    assert says in said


def test_no_output_folder_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, tmp_path / "nowhere")[0] == 2


def test_a_terminal_obeys_nothing_in_a_text() -> None:
    article = results()[0]
    assert isinstance(article, ArticleResult)
    bad = "\x1b]0;제목\x07\x9b2J\x7f" + article.text
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=160, highlight=False, color_system=None)
    show_article(dataclasses.replace(article, text=bad, mentions=()), console)
    first = screen.getvalue().splitlines()[0]
    assert first.startswith("␛]0;제목␇\ufffd2J␡- 김하늘")


def test_the_colours_are_those_of_the_report() -> None:
    labels = shipped_types()["labels"]
    assert {label: style.split(" on ")[1] for label, style in STYLES.items()} == {
        label: entry["colour"] for label, entry in labels.items()
    }


def test_a_terminal_gets_colours_and_titles_a_pipe_plain_rows() -> None:
    article = results()[0]
    assert isinstance(article, ArticleResult)
    screen, pipe = io.StringIO(), io.StringIO()
    show_article(
        article,
        Console(file=screen, force_terminal=True, width=160, highlight=False, color_system="truecolor"),
    )
    show_article(article, Console(file=pipe, width=160, highlight=False))
    assert "\x1b[38;2;22;24;28;48;2;244;167;185m김하늘\x1b[0m" in screen.getvalue()
    assert "relations (1)" in screen.getvalue() and "events (1)" in screen.getvalue()
    assert "\x1b" not in pipe.getvalue()
    lines = [line.rstrip() for line in pipe.getvalue().splitlines()]
    assert lines[0] == article.text
    assert lines[2].split() == ["text", "label", "subtype", "value", "rule"]
    assert not any("events" in line for line in lines)

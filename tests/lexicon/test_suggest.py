"""Candidates that texts offer, and what becomes of a person's decisions on them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from extract.components import analysis_of
from extract.engines.article import process_text
from extract.errors import InputError, LexiconError, UsageError
from extract.lexicon import load_lexicon
from extract.lexicon.accept import accept
from extract.lexicon.candidates import COLUMNS, write_suggestions
from extract.lexicon.evidence import Clues
from extract.lexicon.folder import read_rows
from extract.lexicon.suggest import suggest
from extract.tag.layout import Layout
from extract.write import to_json

TEXTS = (
    "새빛나루재단(이하 ‘새빛나루’)은 4월 2일 부산에서 ‘해양청년포럼’을 열었다. 도하윤 새빛나루 이사장은 “바다를 아는 청년”을 말했다. "
    "푸른결소프트는 물결마루에 기기 12대를 기증했다.",
    "푸른결소프트와 새빛나루재단은 4월 9일 물결마루에서 협약을 맺었다. 도하윤 이사장은 물결마루를 둘러봤다. "
    "국토교통부와 서울시도 함께했다.",
)


@pytest.fixture(scope="module")
def outputs(nlp, tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs")
    lines = [json.dumps(to_json(process_text(nlp, text)), ensure_ascii=False) for text in TEXTS]
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(outputs):
    return {candidate.name: candidate for candidate in suggest(outputs)}


def test_names_that_rules_found_are_offered_with_counts(found):
    body = found["새빛나루재단"]
    assert (body.label, body.aliases, body.articles) == ("ORG", ("새빛나루",), 2)
    assert body.count >= 3
    assert "suffix: 재단" in body.evidence and "(이하 새빛나루)" in body.evidence
    assert "lexicon:org_suffixes:" in body.rule
    assert body.examples[0].startswith("새빛나루재단(이하 ‘새빛나루’)은")
    assert found["도하윤"].label == "PERSON"
    assert "title follows: 이사장" in found["도하윤"].evidence


def test_frequent_proper_nouns_that_nothing_covers_are_offered(found):
    place = found["물결마루"]
    assert (place.label, place.rule, place.count, place.articles) == ("PLACE", "", 3, 2)
    assert len(place.examples) == 3


def test_listed_names_dates_and_rare_words_are_not_offered(found):
    assert not {"부산", "국토교통부", "서울시", "4월 2일", "12대", "해양청년포럼", "청년"} & set(found)


def test_the_order_is_by_count_then_name(outputs):
    candidates = suggest(outputs)
    assert candidates == sorted(candidates, key=lambda c: (-c.count, c.name))
    assert candidates == suggest(outputs)


@pytest.mark.parametrize("least", [1, 2, 3, 9])
def test_rarer_names_are_left_out(outputs, least):
    assert all(candidate.count >= least for candidate in suggest(outputs, min_count=least))
    assert bool(suggest(outputs, min_count=least)) == (least < 9)


def test_what_the_users_folder_has_is_not_offered_again(outputs, folder):
    mine = folder(
        organisations="id,name\na,새빛나루 재단\n",
        places="id,name\nb,물결마루\n",
        block="id,name,label\nc,도하윤,PERSON\n",
    )
    assert {c.name for c in suggest(outputs, [mine])} == {"푸른결소프트"}


def test_a_common_word_read_as_a_name_once_is_not_offered(monkeypatch, tmp_path):
    from extract.document import Morpheme

    def article(text):
        sentence = {"sentence_id": "s", "article_id": "a", "section": "body", "start": 0, "end": len(text)}
        sentences = [{**sentence, "text": text}]
        return {"article_id": text, "text": text, "sentences": sentences, "mentions": [], "entities": []}

    def once(text, _):
        return [Morpheme(0, 2, text[:2], "NNP"), Morpheme(2, 3, text[2], "JX")]

    monkeypatch.setattr("extract.lexicon.suggest.analyse", once)
    lines = [article("마실은 마실을 마실과"), article("가온은 마실을 마실과 마실의 마실을 가온이")]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert [(c.name, c.count) for c in suggest(tmp_path)] == [("가온", 2)]


@pytest.mark.parametrize(
    ("text", "name", "shown", "label"),
    [
        ("물결마루재단은 새롭다.", "물결마루재단", "suffix: 재단", "ORG"),
        ("새빛나루 사무총장은 새롭다.", "새빛나루", "title follows: 사무총장", "ORG"),
        ("박준형 대표는 새롭다.", "박준형", "title follows: 대표", "PERSON"),
        ("새빛나루(이하 ‘나루’)는 새롭다.", "새빛나루", "(이하 나루)", "ORG"),
        ("새빛나루(SNF)는 새롭다.", "새빛나루", "gloss: SNF", "ORG"),
        ("도르스트(Wolfgang Dorst)는 새롭다.", "도르스트", "gloss: Wolfgang Dorst", None),
        ("행사는 ‘새빛나루’로 옮긴다.", "새빛나루", "in quotation marks", None),
        ("행사는 물결마루에서 열렸다.", "물결마루", "followed by 에서, 에 or 으로", "PLACE"),
        ("새빛나루 시장은 커진다.", "새빛나루", None, None),
        ("새빛나루 감사가 이어졌다.", "새빛나루", None, None),
    ],
)
def test_evidence_around_a_name(nlp, text, name, shown, label):
    lexicon = load_lexicon()
    layout = Layout(analysis_of(nlp(text)), lexicon)
    start = text.index(name)
    clues = {clue.shown: clue.label for clue in Clues(lexicon)(layout, start, start + len(name))}
    assert clues.get(shown) == label and (shown in clues) == (shown is not None)
    assert shown is not None or not any(found.startswith("title") for found in clues)


def test_a_long_sentence_is_cut_around_the_name(nlp, tmp_path):
    text = "이날 행사에서 " + "아주 긴 설명이 이어지고 " * 30 + "푸른결소프트는 기기를 기증했다."
    (tmp_path / "articles.jsonl").write_text(json.dumps(to_json(process_text(nlp, text))), encoding="utf-8")
    [candidate] = [c for c in suggest(tmp_path) if c.name == "푸른결소프트"]
    assert candidate.examples[0].startswith("…") and "푸른결소프트는" in candidate.examples[0]
    assert len(candidate.examples[0]) <= 210


def test_a_folder_without_articles_and_a_broken_line_are_told(tmp_path):
    with pytest.raises(UsageError, match=r"holds no articles\.jsonl"):
        suggest(tmp_path)
    (tmp_path / "articles.jsonl").write_text('\n{"text": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"articles\.jsonl:2: no article"):
        suggest(tmp_path)


def test_the_table_is_ready_for_a_spreadsheet(outputs, tmp_path):
    path = tmp_path / "suggestions.csv"
    write_suggestions(suggest(outputs), path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdecision,label,")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert all(len(row) == len(COLUMNS) and row[0] == "" for row in rows[1:])
    write_suggestions([], path)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("content", ["decision,label,name\r\nyes,ORG,가나협회\r\n", "my own notes\r\n"])
def test_decisions_and_other_files_are_not_overwritten(outputs, tmp_path, content):
    path = tmp_path / "suggestions.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(UsageError, match="holds decisions already"):
        write_suggestions(suggest(outputs), path)
    assert path.read_text(encoding="utf-8") == content.replace("\r\n", "\n")


HEADER = "decision,label,subtype,name,aliases,rule\n"


def decide(tmp_path, rows, encoding="utf-8-sig", name="decided.csv"):
    path = tmp_path / name
    path.write_bytes((HEADER + rows).encode(encoding))
    return path


def own(mine, file):
    return read_rows(mine / f"{file}.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_decisions_are_read_as_spreadsheets_save_them(tmp_path, encoding):
    path = decide(tmp_path, "yes,ORG,association,새빛나루재단,새빛나루|SNF,x\n", encoding)
    done = accept(path, tmp_path / "mine")
    assert dict(done.added) == {"ORG": 1}
    [row] = own(tmp_path / "mine", "organisations")
    assert (row.name, row.aliases, row.subtype) == ("새빛나루재단", ("새빛나루", "SNF"), "association")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_read(tmp_path, separator):
    path = tmp_path / "decided.csv"
    path.write_text(
        separator.join(("decision", "label", "name")) + "\n" + separator.join(("yes", "ORG", "하늬랩"))
    )
    assert accept(path, tmp_path / "mine").added["ORG"] == 1


@pytest.mark.parametrize("word", ["yes", "Y", "예", "네", "o", "O", "Ｏ", "1", " yes "])
def test_ways_to_say_yes(tmp_path, word):
    assert accept(decide(tmp_path, f"{word},ORG,,하늬바람랩,,x\n"), tmp_path / "mine").added["ORG"] == 1


@pytest.mark.parametrize("word", ["no", "N", "아니오", "아니요", "x", "X", "0"])
def test_ways_to_say_no(tmp_path, word):
    done = accept(decide(tmp_path, f"{word},ORG,,하늬바람랩,,x\n"), tmp_path / "mine")
    assert (done.blocked, sum(done.added.values())) == (1, 0)
    [row] = own(tmp_path / "mine", "block")
    assert (row.name, row.label, row["source"]) == ("하늬바람랩", "ORG", "accepted")


def test_labels_go_to_their_files_in_any_spelling(tmp_path):
    rows = "yes,org,,가온협회,,\nyes,인물,,도하윤,,\nyes,City,,하늬고을,,\nyes,장소,country,물결나라,,\nyes,PLACE,facility,물결마루,,\n"
    done = accept(decide(tmp_path, rows), tmp_path / "mine")
    assert dict(done.added) == {"ORG": 1, "PERSON": 1, "CITY": 1, "PLACE": 2}
    for file, name in (
        ("people", "도하윤"),
        ("cities", "하늬고을"),
        ("countries", "물결나라"),
        ("places", "물결마루"),
    ):
        assert [row.name for row in own(tmp_path / "mine", file)] == [name]


def test_a_second_time_changes_nothing(tmp_path):
    rows = "yes,ORG,,새빛나루재단,새빛나루,x\nyes,PLACE,facility,물결마루,,\nno,PERSON,,도하윤,,x\n,ORG,,하늬바람랩,,x\nno,,,물결,,\n"
    path = decide(tmp_path, rows)
    first = accept(path, tmp_path / "mine")
    assert first.summary() == (
        f"{tmp_path / 'mine'}: 2 added (ORG 1, PLACE 1), 1 blocked, 1 refused, 1 undecided"
    )
    before = {p.name: p.read_bytes() for p in (tmp_path / "mine").iterdir()}
    again = accept(path, tmp_path / "mine")
    assert (sum(again.added.values()), again.blocked, again.refused, again.there) == (0, 0, 0, 4)
    assert {p.name: p.read_bytes() for p in (tmp_path / "mine").iterdir()} == before


def test_a_no_on_an_untagged_word_is_remembered(outputs, tmp_path):
    mine = tmp_path / "mine"
    path = tmp_path / "suggestions.csv"
    write_suggestions(suggest(outputs), path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    decided = ["no" + line if ",물결마루," in line else line for line in lines]
    path.write_text("\n".join(decided) + "\n", encoding="utf-8")
    done = accept(path, mine)
    assert (done.refused, done.blocked, dict(done.added)) == (1, 0, {})
    [row] = own(mine, "refused")
    assert (row.name, row["source"]) == ("물결마루", "accepted")
    again = {candidate.name for candidate in suggest(outputs, [mine])}
    assert "물결마루" not in again and "새빛나루재단" in again


def test_an_alias_of_an_earlier_row_is_taken_once(tmp_path):
    rows = "yes,ORG,,새빛나루재단,나루,x\nyes,ORG,,물빛나루재단,나루|물빛,x\n"
    accept(decide(tmp_path, rows), tmp_path / "mine")
    assert [row.aliases for row in own(tmp_path / "mine", "organisations")] == [("나루",), ("물빛",)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("maybe,ORG,,가온협회,,x", "unknown decision 'maybe'"),
        ("yes,ORGS,,가온협회,,x", "unknown label 'ORGS'"),
        ("yes,,,가온협회,,", "no label"),
        ("yes,ORG,facility,가온협회,,x", "ORG has no subtype 'facility'"),
        ("yes,ORG,,,,x", "an empty name"),
        ("no,DATE,,가온협회,,x", "unknown label 'DATE'"),
    ],
)
def test_a_bad_row_is_told_by_line_and_nothing_is_written(tmp_path, row, problem):
    done = accept(decide(tmp_path, f"yes,ORG,,새빛나루재단,,x\n{row}\n"), tmp_path / "mine")
    [told] = done.problems
    assert (told.severity, told.problem, told.where) == ("error", problem, f"{tmp_path / 'decided.csv'}:3")
    assert not (tmp_path / "mine").exists()


def test_a_row_of_too_few_cells_is_undecided(tmp_path):
    path = tmp_path / "decided.csv"
    path.write_text("name,label,decision\n가온협회\n새빛나루재단,ORG,yes\n", encoding="utf-8")
    done = accept(path, tmp_path / "mine")
    assert (done.undecided, dict(done.added)) == (1, {"ORG": 1})


def test_warnings_do_not_hold_rows_back(tmp_path):
    done = accept(decide(tmp_path, "yes,ORG,,하루,가|하루재단,x\n"), tmp_path / "mine")
    assert [p.severity for p in done.problems] == ["warning", "warning"]
    assert own(tmp_path / "mine", "organisations")[0].aliases == ("하루재단",)


def test_a_cell_guarded_against_formulas_gets_its_name_back(tmp_path):
    accept(decide(tmp_path, "yes,ORG,,'+하늬랩,,x\n"), tmp_path / "mine")
    assert own(tmp_path / "mine", "organisations")[0].name == "+하늬랩"


def test_a_file_that_is_no_table_of_suggestions_is_told(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("name,label\n가온협회,ORG\n", encoding="utf-8")
    with pytest.raises(InputError, match="the column 'decision' is missing"):
        accept(path, tmp_path / "mine")
    path.write_bytes(b"decision\xff\xff\xfe\n")
    with pytest.raises(InputError, match="neither UTF-8 nor CP949"):
        accept(path, tmp_path / "mine")
    with pytest.raises(UsageError, match="no such file"):
        accept(tmp_path / "nowhere.csv", tmp_path / "mine")


def test_a_folder_that_does_not_load_is_left_alone(tmp_path, folder):
    mine = folder(people="id,name\na,\n")
    with pytest.raises(LexiconError, match=r"people\.csv:2: no name"):
        accept(decide(tmp_path, "yes,ORG,,새빛나루재단,,x\n"), mine)
    assert [path.name for path in mine.iterdir()] == ["people.csv"]

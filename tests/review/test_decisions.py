"""Each kind of decision ends up in the right file, and undoing it gives the files back to the byte."""

from __future__ import annotations

import csv
import io
import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from at_the_page import ORIGIN, Person

from extract.evaluate import read_gold
from extract.lexicon import load_lexicon

HEADER = "id,name,aliases,guard,subtype,country,source,note"


def rows(person: Person, file: str) -> list[dict[str, str]]:
    text = (person.mine / f"{file}.csv").read_text(encoding="utf-8-sig")
    return [{k: v for k, v in row.items() if v} for row in csv.DictReader(io.StringIO(text))]


def annotated(person: Person) -> dict[str, Any]:
    [line] = (person.mine / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return json.loads(line)


def spans(record: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(m["text"], m["label"], m["sure"]) for m in record["mentions"]]


def add(p: Person) -> dict[str, Any]:
    return p.decide(
        "add", **p.stretch("물결마루"), label="PLACE", subtype="facility", aliases=["물결 마루관"]
    )


def alias(p: Person) -> dict[str, Any]:
    return p.decide("add", **p.stretch("해양청년포럼"), entity=p.entity("국토교통부"), label="ORG")


def label(p: Person) -> dict[str, Any]:
    return p.decide("label", **p.mention("김하늘"), label="ORG", subtype="company")


def span(p: Person) -> dict[str, Any]:
    return p.decide("span", **p.mention("도하윤"), **_place(p, "도하윤 새빛나루"))


def reject(p: Person) -> dict[str, Any]:
    return p.decide("reject", **p.mention("푸른결소프트"))


def beside(p: Person) -> dict[str, Any]:
    return p.decide("reject", **p.mention("서울"), scope="context", after="을 방문")


def relation(p: Person) -> dict[str, Any]:
    article = p.article()
    found = next(r for r in article["relations"] if r["predicate"] == "visited")
    return p.decide("relation", article=article["id"], relation=found["relation_id"])


def merge(p: Person) -> dict[str, Any]:
    return p.decide("merge", into=p.entity("푸른결소프트"), entities=[p.entity("하늘결소프트")])


def merge_listed(p: Person) -> dict[str, Any]:
    return p.decide("merge", into=p.entity("국토교통부"), entities=[p.entity("하늘결소프트")])


def split(p: Person) -> dict[str, Any]:
    return p.decide("split", entity=p.entity("새빛나루재단"), forms=["새빛나루"])


def take(p: Person) -> dict[str, Any]:
    sent = {"label": "ORG", "subtype": "association", "name": "새빛나루재단", "aliases": "새빛나루"}
    return p.decide("candidate", decision="yes", **sent, rule="lexicon:org_suffixes:orgsfx-재단")


def refuse(p: Person) -> dict[str, Any]:
    return p.decide("candidate", decision="no", label="PLACE", name="물결마루", aliases="", rule="")


def here(p: Person) -> dict[str, Any]:
    return p.decide("reject", scope="here", **p.mention("푸른결소프트"))


def checked(p: Person) -> dict[str, Any]:
    return p.decide("checked", article=p.article()["id"])


def _place(p: Person, text: str) -> dict[str, int]:
    found = p.stretch(text)
    return {"start": found["start"], "end": found["end"]}


ALL: list[Callable[[Person], dict[str, Any]]] = [
    *(add, alias, label, span, reject, beside, relation, merge, split, take, refuse, here, checked)
]


def test_a_name_becomes_a_row_of_the_file_of_its_label(person: Any) -> None:
    p = person()
    answer = add(p)
    assert answer["files"] == ["places.csv"]
    row = {
        "id": "my-물결마루",
        "name": "물결마루",
        "aliases": "물결 마루관",
        "subtype": "facility",
        "source": "review",
    }
    assert rows(p, "places") == [row]


def test_another_name_of_a_listed_entity_copies_its_row_under_its_id(person: Any) -> None:
    p = person()
    alias(p)
    [row] = rows(p, "organisations")
    shipped = next(r for r in load_lexicon().rows("organisations") if r.name == "국토교통부")
    assert row["id"] == shipped.id
    assert set(row["aliases"].split("|")) == {*shipped.aliases, "해양청년포럼"}
    kept = {key: value for key, value in shipped.values if key not in ("source", "note")}
    assert {key: row[key] for key in kept} == kept


def test_another_label_is_a_row_and_blocks_the_wrong_one(person: Any) -> None:
    p = person()
    label(p)
    assert rows(p, "organisations")[0]["subtype"] == "company"
    assert rows(p, "block") == [
        {"id": "my-block-김하늘", "name": "김하늘", "label": "PERSON", "source": "review"}
    ]


def test_the_label_of_an_own_row_moves_the_row(person: Any) -> None:
    p = person()
    p.mine.mkdir(exist_ok=True)
    (p.mine / "people.csv").write_text("id,name,note\nmy-x,아무개,keep\nmy-k,김하늘,\n", encoding="utf-8")
    article = p.session.results.article(p.article()["id"])
    mention = next(m for m in article["mentions"] if m["text"] == "김하늘")
    p.session.results.article = lambda id_: {  # type: ignore[method-assign]
        **article, "mentions": [{**mention, "rule": "lexicon:people:my-k"}]
    }  # fmt: skip
    p.session.decide(
        {"kind": "label", "article": article["article_id"], "mention": mention["mention_id"], "label": "ORG"}
    )
    assert (p.mine / "people.csv").read_text(encoding="utf-8") == "id,name,note\nmy-x,아무개,keep\n"
    assert [row["name"] for row in rows(p, "organisations")] == ["김하늘"]
    assert not (p.mine / "block.csv").exists()


def test_another_span_is_a_name(person: Any) -> None:
    p = person()
    span(p)
    assert [row["name"] for row in rows(p, "people")] == ["도하윤 새빛나루"]


def test_a_rejected_mention_is_blocked_everywhere_or_beside_words(person: Any) -> None:
    p = person()
    reject(p)
    beside(p)
    first, second = rows(p, "block")
    assert (first["name"], first["label"], first.get("after")) == ("푸른결소프트", "ORG", None)
    assert (second["name"], second["label"], second["after"]) == ("서울", "CITY", "을 방문")


def test_a_wrong_relation_is_a_blocked_fact(person: Any) -> None:
    p = person()
    relation(p)
    [row] = rows(p, "block_relations")
    assert (row["name"], row["predicate"], row["object"]) == ("김하늘", "visited", "서울특별시")


def test_merged_entities_are_one_row(person: Any) -> None:
    p = person()
    merge(p)
    [row] = rows(p, "organisations")
    assert (row["name"], row["aliases"]) == ("푸른결소프트", "하늘결소프트")


def test_merging_into_a_listed_entity_copies_its_row_and_takes_an_own_one_out(person: Any) -> None:
    p = person()
    merge_listed(p)
    [row] = rows(p, "organisations")
    assert row["name"] == "국토교통부" and "하늘결소프트" in row["aliases"].split("|")


def test_a_split_name_gets_a_row_of_its_own(person: Any) -> None:
    p = person()
    split(p)
    assert {row["name"] for row in rows(p, "organisations")} == {"새빛나루재단", "새빛나루"}
    assert all("aliases" not in row for row in rows(p, "organisations"))


def test_candidates_go_where_accept_puts_them(person: Any) -> None:
    p = person()
    take(p)
    refuse(p)
    [row] = rows(p, "organisations")
    assert (row["name"], row["aliases"], row["source"]) == ("새빛나루재단", "새빛나루", "accepted")
    assert [row["name"] for row in rows(p, "refused")] == ["물결마루"]


def test_decisions_on_one_article_are_a_line_of_annotated_articles(person: Any) -> None:
    p = person()
    here(p)
    p.decide("label", scope="here", **p.mention("12대"), label="TIME", subtype="duration")
    p.decide("add", scope="here", **p.stretch("물결마루"), label="PLACE", subtype="facility")
    p.decide("span", scope="here", **p.mention("서울"), **_place(p, "서울을"))
    record = annotated(p)
    assert ("12대", "TIME", True) in spans(record) and ("물결마루", "PLACE", True) in spans(record)
    assert ("서울을", "CITY", True) in spans(record)
    assert ("김하늘", "PERSON", False) in spans(record)
    assert "푸른결소프트" not in [text for text, _, _ in spans(record)]
    [gold] = read_gold(p.mine / "gold.jsonl")
    assert gold.text == p.article()["text"]
    assert p.article()["here"] == record["mentions"]
    p.decide("checked", article=record["id"])
    assert all(sure for _, _, sure in spans(annotated(p)))
    assert [path for path in p.files() if path.endswith(".csv")] == []


def test_a_relation_may_be_wrong_in_one_article(person: Any) -> None:
    p = person()
    article = p.article()
    found = next(r for r in article["relations"] if r["predicate"] == "visited")
    p.decide("relation", scope="here", article=article["id"], relation=found["relation_id"])
    assert "visited" not in [r["predicate"] for r in annotated(p)["relations"]]
    assert p.article()["refused"] == [{"subject": "김하늘", "predicate": "visited", "object": "서울특별시"}]


@pytest.mark.parametrize("decision", ALL, ids=lambda one: one.__name__)
@pytest.mark.parametrize("ready", ["no folder", "cp949"])
def test_undo_gives_the_very_bytes_back(person: Any, place: Path, ready: str, decision: Any) -> None:
    if ready != "no folder":
        mine = place / "mine"
        mine.mkdir()
        code = {"utf-8": "utf-8-sig", "cp949": "cp949"}[ready]
        for file in ("organisations", "people", "places"):  # fewer columns, no line end at the end
            text = f"id,name,subtype\r\n# 설명\r\nx-{file},아무 {file} 이름,"
            (mine / f"{file}.csv").write_bytes(
                (text if file != "people" else text.replace(",subtype", "")[:-1]).encode(code)
            )
        (mine / "block.csv").write_bytes("id,name\n".encode(code))
        (mine / "gold.jsonl").write_text(
            '{"id": "다른 글", "text": "가나", "mentions": []}\n', encoding="utf-8"
        )
    p = person()
    before = p.files()
    answer = decision(p)
    assert p.files() != before
    p.undo(answer["number"])
    assert p.files() == before
    assert p.get("/api/decisions")["rows"][0]["undone"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:], ids=str)
def test_decisions_on_one_file_are_undone_in_any_order(person: Any, order: tuple[int, ...]) -> None:
    p = person()
    made = [take(p), merge(p), label(p)]
    wanted = {"새빛나루재단": 0, "푸른결소프트": 1, "김하늘": 2}
    gone: set[int] = set()
    for at in order:
        p.undo(made[at]["number"])
        gone.add(at)
        left = {name for name, number in wanted.items() if number not in gone}
        assert {row["name"] for row in rows(p, "organisations")} == left if left else p.files() == {}


def test_undoing_an_earlier_decision_on_an_article_keeps_the_later_one(person: Any) -> None:
    p = person()
    first = here(p)
    p.decide("add", scope="here", **p.stretch("물결마루"), label="PLACE")
    p.undo(first["number"])
    record = annotated(p)
    assert ("물결마루", "PLACE", True) in spans(record) and ("푸른결소프트", "ORG", False) in spans(record)


def test_what_a_person_wrote_into_the_file_meanwhile_stays(person: Any) -> None:
    p = person()
    answer = add(p)
    path = p.mine / "places.csv"
    path.write_bytes(path.read_bytes() + "my-손,손으로쓴곳,,,,,,,\n".encode())
    p.undo(answer["number"])
    assert [row["name"] for row in rows(p, "places")] == ["손으로쓴곳"]


def test_a_row_that_a_person_changed_is_not_taken_out(person: Any) -> None:
    p = person()
    answer = add(p)
    path = p.mine / "places.csv"
    path.write_bytes(path.read_bytes().replace(b"facility", b"natural"))
    refused = p.post("/api/undo", number=answer["number"])
    assert refused.status_code == 400 and "was edited since" in refused.json()["problem"]
    assert rows(p, "places")[0]["subtype"] == "natural"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"kind": "nonsense"}, "no such decision"),
        ({"article": None}, "no text 'article'"),
        ({"article": "a0"}, "no such article"),
        ({"article": 1}, "no text"),
        ({"article": "x" * 501}, "no text"),
        ({"name": "=SUM(A1)"}, "formula"),
        ({"name": "가"}, "one character"),
        ({"name": "가|나다"}, "a sign of the file's own"),
        ({"label": "DATE"}, "no label of names"),
        ({"subtype": "company"}, "no subtype"),
        ({"guard": "often"}, "unknown guard"),
        ({"start": -1}, "no place"),
        ({"end": 10**6}, "no place"),
        ({"start": True}, "no place"),
        ({"start": "0"}, "no place"),
        ({"name": "\ud800\ud800"}, "half a character"),
        ({"aliases": "물결"}, "no list"),
        ({"scope": "nowhere"}, "no such decision"),
        ({"scope": "here", "label": "NAME"}, "unknown label"),
        ({"scope": "here", "subtype": "company"}, "no subtype"),
        ({"scope": "here", "start": 0, "end": 8}, "blanks at an end"),
        ({"kind": "merge", "scope": "here", "into": "e"}, "cannot hold for one article"),
        ({"kind": "reject", "mention": "m0"}, "no such mention"),
        ({"kind": "relation", "relation": "r0"}, "no such relation"),
        ({"kind": "merge", "into": "e0"}, "no such entity"),
        ({"kind": "split", "entity": "e0"}, "no such entity"),
        ({"kind": "candidate", "name": "물결마루"}, "no decision"),
        ({"kind": "candidate", "decision": "yes", "name": "물결마루", "label": ""}, "no label"),
    ],
)
def test_what_makes_no_sense_changes_nothing(person: Any, sent: dict[str, Any], problem: str) -> None:
    p = person()
    data = json.dumps({"kind": "add", "label": "PLACE", **p.stretch("물결마루"), **sent})
    headers = {"origin": ORIGIN, "content-type": "application/json"}
    answer = p.client.post("/api/decide", content=data, headers=headers)
    assert answer.status_code == 400, answer.text
    assert problem in answer.json()["problem"]
    assert p.files() == {} and p.session.journal.entries == []


def test_what_a_decision_may_not_say_is_left_out(person: Any) -> None:
    p = person()
    p.decide(
        "add", scope="here", **p.stretch("물결마루"), label="PLACE", was={"x": 1}, records={"a": 1}, undoes=3
    )
    assert set(p.session.journal.entries[0].asked) == {
        "kind",
        "scope",
        "article",
        "start",
        "end",
        "label",
        "words",
    }


def test_a_name_twice_is_told(person: Any) -> None:
    p = person()
    add(p)
    answer = p.post("/api/decide", kind="add", **p.stretch("물결마루"), label="PLACE")
    assert answer.status_code == 400 and "there already" in answer.json()["problem"]
    assert len(p.session.journal.entries) == 1


def test_a_blocked_name_is_not_added_beside_its_block(person: Any) -> None:
    p = person()
    reject(p)
    answer = p.post("/api/decide", kind="add", **p.stretch("푸른결소프트"), label="ORG")
    assert answer.status_code == 400 and "is blocked" in answer.json()["problem"]


def test_a_name_that_is_a_common_word_is_told(person: Any) -> None:
    p = person()
    answer = p.decide("add", **p.stretch("청년"), label="ORG")
    assert any("common word" in notice for notice in answer["notices"])


def test_candidates_are_offered_with_their_sentences_until_decided(person: Any) -> None:
    p = person()
    for _ in range(600):
        found = p.get("/api/candidates")
        if found["state"] != "looking":
            break
        time.sleep(0.1)
    names = {row["name"]: row for row in found["rows"]}
    assert "새빛나루재단" in names and any("해양청년포럼" in one for one in names["새빛나루재단"]["examples"])
    answer = take(p)
    assert "새빛나루재단" not in [row["name"] for row in p.get("/api/candidates")["rows"]]
    p.undo(answer["number"])
    assert "새빛나루재단" in [row["name"] for row in p.get("/api/candidates")["rows"]]

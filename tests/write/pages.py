"""Outputs to make reports of: an ordinary one, a hostile one and a long one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from hand_made import article, entity, mention, results

from extract.model import ArticleResult, Date, ErrorRow, Event, Relation, Sentence
from extract.write import write_run

ATTACK = "<script>window.hacked=1</script>"
IMAGE = '"><img src=x onerror="window.hacked=2">'
BREAK = "</script></style><!--<script>window.hacked=3</script>{{data}}{{script}}"


def ordinary(out: Path) -> Path:
    """The hand-made results with one relation between two entities more."""
    first, failed, second = results()
    assert isinstance(first, ArticleResult)
    visited = Relation(
        "r2", "a1", "s-a1", "e1", "김하늘", "visited", "e2", "부산", 2, 10, "2026-03-02", "부산", "rule:visit", 0.9
    )  # fmt: skip
    dated = dataclasses.replace(
        first.events[0], date_start="2026-03-02", date_end="2026-03-03", name="지원 행사"
    )
    yearless = Date("m6", "a1", "부산", "date", None, None, "day", None, "XXXX-11-09", None, False)
    first = dataclasses.replace(
        first, relations=(*first.relations, visited), events=(dated,), dates=(*first.dates, yearless)
    )
    write_run(out, [first, failed, second], formats=("csv", "jsonl", "report"))
    return out


def hostile(out: Path) -> Path:
    """Markup wherever an article, a name, a file or a lexicon row can hold it."""
    text = f"{ATTACK} 김하늘 {IMAGE} 시장은 😀 부산을 방문했다. {BREAK}\u2028끝"
    person = mention(1, "h1", "김하늘", text, "PERSON", entity_id="e1", value=IMAGE)
    city = mention(2, "h1", "부산", text, "CITY", entity_id="e2")
    result = ArticleResult(
        article=dataclasses.replace(
            article("h1", 0, text, title=ATTACK + BREAK, caption=IMAGE, kind=ATTACK, published="2026-03-02"),
            source=f"in/{IMAGE}{BREAK}.txt",
        ),
        text=text,
        sentences=(Sentence("s-h1", "h1", "body", 0, len(text), text),),
        mentions=(dataclasses.replace(person, rule=f"lexicon:{ATTACK}:{BREAK}"), city),
        entities=(
            entity("e1", IMAGE, title=ATTACK, affiliation=BREAK, aliases=(ATTACK, IMAGE), wikidata="javascript:alert(1)"),
            entity("e2", BREAK, "CITY", latitude=35.1, longitude=129.0, country=IMAGE),
        ),
        relations=(
            Relation("r1", "h1", "s-h1", "e1", IMAGE, "visited", "e2", ATTACK, 33, 36, "2026-03-02", IMAGE, BREAK, 0.9),
        ),
        events=(
            Event("v1", "h1", "s-h1", "visit", ATTACK, IMAGE, 33, 36, "2026-03-02", None, "e2", BREAK,
                  (), ("e1",), (ATTACK,), BREAK, 0.5),
        ),
    )  # fmt: skip
    failed = ErrorRow(f"in/{ATTACK}", None, "read", "empty-file", IMAGE + BREAK)
    write_run(out, [result, failed], formats=("csv", "jsonl", "report"))
    return out


def long(out: Path, articles: int = 60, names: int = 40) -> Path:
    """Many entities: ``articles`` × ``names`` of them, each in one sentence."""
    write_run(out, _many(articles, names), formats=("csv", "jsonl", "report"))
    return out


def _many(articles: int, names: int) -> Iterator[ArticleResult]:
    for number in range(articles):
        people = [f"가{number:03}사람{who:03}" for who in range(names)]
        text = "\n".join(f"{name}은 회의에 참석했다." for name in people)
        line = len(f"{people[0]}은 회의에 참석했다.") + 1
        key = f"a{number:03}"
        yield ArticleResult(
            article=article(key, number, text, title=f"기사 {number}"),
            text=text,
            sentences=tuple(
                Sentence(f"s{key}{at}", key, "body", at * line, at * line + line - 1, text[at * line : at * line + line - 1])
                for at in range(names)
            ),
            mentions=tuple(
                dataclasses.replace(mention(1, key, name, text, "PERSON", entity_id=f"e{name}"), mention_id=f"m{name}")
                for name in people
            ),
            entities=tuple(entity(f"e{name}", name) for name in people),
        )  # fmt: skip

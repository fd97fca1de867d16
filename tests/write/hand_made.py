"""Hand-made results: two articles that share an entity, and an input that failed."""

from __future__ import annotations

from extract.model import (
    Article,
    ArticleResult,
    Date,
    Entity,
    ErrorRow,
    Event,
    Figure,
    Mention,
    Quote,
    Relation,
    Sentence,
    Token,
)

TEXT = '- 김하늘 부산시장은 3월 2일 "청년 1,200명을 지원하겠다"고 말했다.'
SECOND = "부산시 김하늘 시장이 개관식에 참석했다."


def entity(entity_id: str, name: str, label: str = "PERSON", **values: object) -> Entity:
    fields: dict[str, object] = dict.fromkeys(
        ("subtype", "title", "affiliation", "country", "city", "wikidata", "latitude", "longitude")
    )
    fields |= {"aliases": (), "n_mentions": 1, "n_articles": 1, **values}
    return Entity(entity_id=entity_id, label=label, name=name, **fields)  # type: ignore[arg-type]


def mention(number: int, article: str, text: str, whole: str, label: str, **values: object) -> Mention:
    start = whole.index(text)
    fields: dict[str, object] = {"subtype": None, "entity_id": None, "value": None, **values}
    return Mention(
        mention_id=f"m{number}",
        article_id=article,
        sentence_id=f"s-{article}",
        start=start,
        end=start + len(text),
        text=text,
        label=label,
        rule="lexicon:people:x",
        score=0.9,
        **fields,  # type: ignore[arg-type]
    )


def article(article_id: str, position: int, text: str, **values: object) -> Article:
    fields: dict[str, object] = {
        "kind": None,
        "title": None,
        "caption": None,
        "published": None,
        "published_from": None,
        **values,
    }
    return Article(
        article_id=article_id,
        source="in/a.txt",
        position=position,
        n_chars=len(text),
        n_sentences=1,
        n_mentions=2,
        n_relations=0,
        **fields,  # type: ignore[arg-type]
    )


def results() -> list[ArticleResult | ErrorRow]:
    first = ArticleResult(
        article=article("a1", 0, TEXT, title="=제목", kind="영상", published="2026-03-03", published_from="header"),
        text=TEXT,
        sentences=(Sentence("s-a1", "a1", "body", 0, len(TEXT), TEXT),),
        tokens=(Token("t1", "s-a1", "a1", 2, 5, "김하늘", "NNP"),),
        mentions=(
            mention(1, "a1", "김하늘", TEXT, "PERSON", entity_id="e1"),
            mention(2, "a1", "3월 2일", TEXT, "DATE", subtype="date", value="2026-03-02"),
            mention(3, "a1", "1,200명", TEXT, "FIGURE", subtype="count", value="1200명"),
            mention(6, "a1", "부산", TEXT, "CITY", entity_id="e2"),
        ),
        entities=(
            entity("e1", "김하늘", title="부산시장", aliases=("김 시장",)),
            entity("e2", "부산", "CITY", latitude=35.1, longitude=129.0),
        ),
        dates=(
            Date("m2", "a1", "3월 2일", "date", "2026-03-02", "2026-03-03", "day", None, "2026-03-02", "2026-03-03", False),
        ),
        figures=(Figure("m3", "a1", "1,200명", "count", 1200, None, None, "명", None, "청년", False),),
        relations=(
            Relation(
                "r1", "a1", "s-a1", "e1", "김하늘", "holds_title", None, "부산시장", 2, 10, None, None, "rule:x", 0.9
            ),
        ),
        events=(
            Event(
                "v1", "a1", "s-a1", "funding", "지원", None, 24, 26, None, None, "e2", "부산",
                ("e1",), ("e1", "e2"), ("김하늘", "a|b"), "rule:y", 0.5,
            ),
        ),
        quotes=(Quote("q1", "a1", "s-a1", 21, 33, TEXT[21:33], "e1", "김하늘", "말했다", "direct"),),
    )  # fmt: skip
    failed = ErrorRow("in/b.txt", None, "read", "empty-file", "the file is empty; give a file with text")
    second = ArticleResult(
        article=article("a2", 1, SECOND),
        text=SECOND,
        sentences=(Sentence("s-a2", "a2", "body", 0, len(SECOND), SECOND),),
        mentions=(
            mention(4, "a2", "부산시", SECOND, "ORG", subtype="government", entity_id="e3"),
            mention(5, "a2", "김하늘", SECOND, "PERSON", entity_id="e1"),
        ),
        entities=(
            entity("e3", "부산시", "ORG", subtype="government"),
            entity(
                "e1", "김하늘", title="시장", affiliation="부산시", aliases=("하늘", "김 시장"), n_mentions=2
            ),
        ),
    )
    return [first, failed, second]

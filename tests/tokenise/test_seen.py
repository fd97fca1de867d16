from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import analysis_of, load
from extract.document import Section
from extract.engines.article import process_text
from extract.explain import explain_span
from extract.model import ArticleResult
from extract.tokenise.seen import Seen

TEXT = "박원순 서울시장은 2017년 11월 6일 인도 뉴델리에서 국토교통부와 39개 도시, 1조 2천억원 규모의 협약을 맺었다."
DAY = datetime.date(2017, 11, 10)


@lru_cache(maxsize=1)
def pipeline() -> object:
    return load(model=False)


def found(text: str) -> ArticleResult:
    result = process_text(pipeline(), text, DAY)  # type: ignore[arg-type]
    rows = [*result.sentences, *result.mentions, *result.quotes]
    assert all(text[row.start : row.end] == row.text for row in rows)
    shown = {mention.mention_id: mention.text for mention in result.mentions}
    assert all(shown[row.mention_id] == row.text for row in (*result.dates, *result.figures))
    assert result.text == text
    assert result.article.n_chars == len(text)
    return result


def values(result: ArticleResult) -> list[tuple[str, str | None]]:
    names = {entity.entity_id: entity.name for entity in result.entities}
    return [(m.label, m.value or names.get(m.entity_id or "")) for m in result.mentions]


@pytest.mark.parametrize(
    "dirty",
    [
        TEXT.replace("서울", "서\u200b울")
        .replace("뉴델리", "뉴\u200d델리\u200b")
        .replace("11월", "11\u2060월"),
        "\ufeff" + TEXT,
        TEXT.replace("뉴델리", "뉴\u00ad델리").replace("국토", "국\u00ad토"),
        TEXT.replace("뉴델리", "뉴\x08델리").replace("원순", "\x0e원순"),
        TEXT.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,."}),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(" ", "\u3000"),
        TEXT.replace(" ", "\u2009"),
        TEXT.replace("뉴", "뉴\u0301"),
        TEXT.replace("뉴델리", "뉴\ufe0f델리"),
    ],
    ids=[
        "zero-width",
        "mark",
        "soft-hyphen",
        "control",
        "full-width",
        "no-break",
        "wide",
        "thin",
        "accent",
        "variant",
    ],
)
def test_what_a_reader_does_not_see_changes_nothing(dirty: str) -> None:
    assert values(found(dirty)) == values(found(TEXT))


@pytest.mark.parametrize("hyphen", "\u2010\u2011\u2012\ufe63\uff0d")
@pytest.mark.parametrize(
    "text",
    ["4월 6일-10일 회의", "문의 044-201-3238", "노선은 1-8호선이다", "서울-인도 경제교류센터는 문을 열었다"],
)
def test_hyphens_are_one(text: str, hyphen: str) -> None:
    assert values(found(text.replace("-", hyphen))) == values(found(text))


@pytest.mark.parametrize("dot", "\u2024\u318d\u2219\u2022\u2027\u30fb\uff65\u22c5")
@pytest.mark.parametrize(
    "text", ["서울·부산·대구에서 열렸다.", "3·1절 기념식이 열렸다.", "이재용·최태원 회장이 참석했다."]
)
def test_dots_are_one(text: str, dot: str) -> None:
    assert values(found(text.replace("·", dot))) == values(found(text))


@pytest.mark.parametrize("tilde", "\u223c\u301c\u02dc\uff5e")
def test_tildes_are_one(tilde: str) -> None:
    text = "4월 6일~10일에 10~20% 늘었다."
    assert values(found(text.replace("~", tilde))) == values(found(text))


def test_private_use_bullets_and_emoji_stay_outside_names() -> None:
    result = found(f"\uf06d {TEXT.replace('서울시장', '🎉서울시장').replace('뉴델리', '뉴델리👍🏻')}")
    assert values(result) == values(found(TEXT))


def test_text_of_unseen_characters_alone_has_no_rows() -> None:
    result = found("\u200b\u200d\x01")
    assert (result.sentences, result.mentions) == ((), ())


DIRTY = "\ufeff" + TEXT.replace("서울", "서\u200b울").replace("2017", "２０１７").replace(
    "뉴델리", "뉴\u00ad델리 "
)


def test_every_way_in_gives_the_same_rows_of_the_stored_text() -> None:
    nlp: Any = pipeline()
    result = found(DIRTY)
    doc = nlp(DIRTY)
    assert doc.text == DIRTY
    analysis = analysis_of(doc)
    assert analysis.text == DIRTY
    assert analysis.seen is None
    plain = [(m.start, m.end, m.text, m.label, m.entity_id) for m in analysis.mentions]
    assert [(m.start, m.end, m.text, m.label, m.entity_id) for m in result.mentions] == plain
    assert [(e.start_char, e.end_char, e.text) for e in doc.ents] == [row[:3] for row in plain]
    assert [sentence.text for sentence in doc.sents] == ["\ufeff", DIRTY[1:]]
    assert {m.form for m in analysis.morphemes if DIRTY[m.start : m.end] == "뉴\u00ad델리"} == {"뉴델리"}
    assert all(candidate.end <= len(DIRTY) for candidate in analysis.candidates)


def test_explain_sees_what_the_pipeline_sees() -> None:
    words = "서\u200b울시장"
    start = DIRTY.index("박원순")
    lines = explain_span(DIRTY, start, start + 3, DAY, model=False)
    assert lines[-1].startswith("verdict    a PERSON mention, entity 박원순")
    start = DIRTY.index(words)
    assert explain_span(DIRTY, start, start + 2, DAY, model=False)[1].startswith("morphemes  ")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [*TEXT.split(" "), "\u200b", "\x08", "\u3000", "ㆍ", "－", "１", "\u00ad", "“", "”", "\n"]
        ),
        max_size=25,
    )
)
def test_offsets_point_into_the_stored_text(pieces: list[str]) -> None:
    found(" ".join(pieces))


@given(st.text(st.sampled_from("서울 1\u200b\x08\u00ad\u3000ㆍ－１\n"), max_size=40))
def test_sections_keep_their_characters(text: str) -> None:
    seen = Seen(text)
    cut = len(text) // 2
    before = [Section("title", 0, cut), Section("body", cut, len(text))]
    after = seen.sections(before)
    assert "".join(seen.text[s.start : s.end] for s in after) == seen.text

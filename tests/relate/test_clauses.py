from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Analysis, Morpheme, Section
from extract.lexicon import Lexicon
from extract.model import Entity, Mention, Sentence
from extract.relate import Relator, clauses, mood, nouns
from extract.relate.examples import analyse_example
from extract.relate.phrases import Phrase, PhraseBuilder
from extract.relate.view import Unit, View


@pytest.fixture(scope="module")
def unit_of(lexicon: Lexicon):
    builder = PhraseBuilder(lexicon)

    def make(marked: str) -> Unit:
        return View(analyse_example(marked), [], builder).units[0]

    return make


PHRASES = [
    ("[김하늘|PERSON] [한빛시장|TITLE]은 왔다.", [("김하늘 한빛시장", "topic")]),
    (
        "[김하늘|PERSON] [인도|PLACE] [개발부|ORG] [장관|TITLE]과 만났다.",
        [("김하늘 인도 개발부 장관", "with")],
    ),
    ("[푸른대학교|ORG] [김하늘|PERSON] [총장|TITLE]이 왔다.", [("푸른대학교 김하늘 총장", "subj")]),
    ("[한빛시|ORG]([시장|TITLE] [김하늘|PERSON])는 밝혔다.", [("한빛시(시장 김하늘)", "topic")]),
    ("[한빛부대장|TITLE]([김하늘|PERSON], 2급)과 만났다.", [("한빛부대장(김하늘, 2급)", "with")]),
    ("[한빛시|ORG]와 [푸른시|ORG]는 왔다.", [("한빛시", "topic"), ("푸른시", "topic")]),
    ("[하노이|CITY]·[다낭|CITY]을 찾았다.", [("하노이", "obj"), ("다낭", "obj")]),
    ("[한빛시|ORG] 총회가 열렸다.", [("한빛시", "mod")]),
    ("[김하늘|PERSON] [회장|TITLE]을 비롯한 19명의 회장단과 만났다.", [("김하늘 회장", "with")]),
    ("[이푸른|PERSON] 장인이 왔다.", [("이푸른 장인", "subj")]),
]


@pytest.mark.parametrize(("marked", "expected"), PHRASES, ids=range(len(PHRASES)))
def test_phrase_and_role(unit_of, marked: str, expected: list[tuple[str, str]]) -> None:
    unit = unit_of(marked)
    found: list[Phrase] = [p for p in unit.phrases if p.label not in ("FIGURE", "DATE")]
    assert [(unit.view.text[p.start : p.end], p.role) for p in found] == expected


MOODS = [
    ("협약을 체결했다.", "fact"),
    ("협약을 체결했다고 밝혔다.", "fact"),
    ("협약을 체결하고 돌아왔다.", "fact"),
    ("협약을 체결한 바 있다.", "fact"),
    ("협약을 체결하였습니다.", "fact"),
    ("협약을 체결한다.", "planned"),
    ("협약을 체결한다고 밝혔다.", "planned"),
    ("협약을 체결할 예정이다.", "planned"),
    ("협약을 체결하겠다고 말했다.", "planned"),
    ("협약을 체결하기로 했다.", "planned"),
    ("협약을 체결하고 연구소를 세울 계획이다.", "planned"),
    ("협약을 체결하지 않았다.", "negated"),
    ("협약을 체결하지 못했다.", "negated"),
    ("협약을 체결하면 좋다.", "open"),
    ("협약을 체결하기 위해 만났다.", "open"),
    ("협약을 체결하도록 도왔다.", "open"),
    ("협약을 체결할 수 있다.", "open"),
    ("협약을 체결하라는 말을 들었다.", "open"),
]


@pytest.mark.parametrize(("text", "expected"), MOODS)
def test_mood(unit_of, text: str, expected: str) -> None:
    unit = unit_of(text)
    at = text.index("체결")
    predicate = mood.governed(unit, at, at + 2)
    assert predicate is not None
    assert mood.mood(unit, predicate, at) == expected


SUBJECTS = [
    (
        "[김하늘|PERSON] [장관|TITLE]이 [하노이|CITY]에서 열린 회의에서 [이푸른|PERSON] [총리|TITLE]와 만났다.",
        "만났",
        "김하늘",
    ),
    ("[한빛시|ORG]는 정부가 발표한 계획을 시행했다.", "시행", "한빛시"),
    ("정부가 [하노이|CITY]에서 만난 [김하늘|PERSON]은 [한빛시|ORG]를 방문했다.", "방문", "김하늘"),
    ("[하노이|CITY]를 방문한 [김하늘|PERSON] [시장|TITLE]은 웃었다.", "방문", "김하늘"),
    ("[한빛시|ORG]는 웃었다. 주민들은 [하노이|CITY]를 방문했다.", "방문", "주민들"),
    ("[한빛시|ORG]는 수요가 늘고 있어 [푸른시|ORG]와 협력했다.", "협력", "한빛시"),
]


@pytest.mark.parametrize(("marked", "trigger", "expected"), SUBJECTS, ids=range(len(SUBJECTS)))
def test_subject(unit_of, marked: str, trigger: str, expected: str) -> None:
    unit = unit_of(marked)
    unit = next(u for u in unit.view.units if trigger in u.text)
    at = unit.view.text.index(trigger)
    subject = clauses.subject_of(unit, at, mood.governed(unit, at, at + len(trigger)))
    assert subject is not None
    name = subject.text
    if subject.phrase is not None and subject.phrase.mention is not None:
        name = subject.phrase.mention.text
    assert name == expected


NAMES = [
    ("이번 서울 투자유치설명회를 열었다", "설명회", "서울 투자유치설명회"),
    ("[11월 5일|DATE|2024-11-05] 도시연합 ‘푸른연대(BLUE)’ 제8차 총회에 갔다", "총회", "푸른연대 제8차 총회"),
    ("[김하늘|PERSON] [이사|TITLE] 초빙강연 실시", "강연", "초빙강연"),
]


@pytest.mark.parametrize(("marked", "head", "expected"), NAMES)
def test_name_of_an_occasion(unit_of, marked: str, head: str, expected: str) -> None:
    unit = unit_of(marked)
    text = unit.view.text
    span = nouns.noun_phrase(unit, text.rindex(head) + len(head))
    assert span is not None
    assert nouns.clean_name(text[span[0] : span[1]]) == expected


_WORDS = [
    "김하늘",
    "한빛시",
    "하노이",
    "은",
    "는",
    "와",
    "를",
    "만나",
    "체결했다",
    "방문한",
    "“",
    "”",
    "(",
    ")",
    ",",
    " ",
    "\n",
    "총회",
    "고",
    "며",
    "말했다.",
    "에서",
    "9일",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(_WORDS), st.sampled_from(["NNP", "JX", "VV", "EC", "ETM", "EF", "SS"])),
        max_size=25,
    )
)
def test_any_analysis_gives_rows_inside_the_text(relator: Relator, pieces: list[tuple[str, str]]) -> None:
    analysis = Analysis(text="".join(word for word, _ in pieces), article_id="a")
    position = 0
    labels = {"김하늘": "PERSON", "한빛시": "ORG", "하노이": "CITY", "9일": "DATE"}
    for word, tag in pieces:
        end = position + len(word)
        analysis.morphemes.append(Morpheme(position, end, word, tag))
        if word in labels:
            entity = None if word == "9일" else f"e{word}"
            analysis.mentions.append(
                Mention(
                    f"m{position}",
                    "a",
                    None,
                    position,
                    end,
                    word,
                    labels[word],
                    None,
                    entity,
                    None,
                    "test",
                    1.0,
                )
            )
        position = end
    analysis.entities = [
        Entity(f"e{name}", label, None, name, (), None, None, None, None, None, None, None, 1, 1)
        for name, label in labels.items()
        if label != "DATE"
    ]
    analysis.sections = [Section("body", 0, position)]
    analysis.sentences = [Sentence("s", "a", "body", 0, position, analysis.text)] if position else []
    relator(analysis)
    for rows in (analysis.relations, analysis.events, analysis.quotes):
        assert [r.start for r in rows] == sorted(r.start for r in rows)
        assert all(0 <= r.start <= r.end <= len(analysis.text) for r in rows)
    assert all(analysis.text[q.start : q.end] == q.text for q in analysis.quotes)
    assert len({r.relation_id for r in analysis.relations}) == len(analysis.relations)

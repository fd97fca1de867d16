import datetime

import pytest
from fragments import text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import check_text
from spacy.tokens import Doc

import extract
from extract.engines.article import process_text
from extract.pipeline import STAGES

TEXT = "강동현 부산시장은 5월 3일 인도 뉴델리를 방문했다. 강 시장은 “협력을 넓히겠다”고 말했다."
KOREAN = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            list(
                "서울시장박원순은는이가을를에서했다일월년만억조원명개국도시장관과와의 \n“”‘’\"'()[]·-~,.:%0123456789ABCxyz"
            )
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


def test_the_pipeline_is_an_ordinary_spacy_language(nlp):
    assert nlp.lang == "ko"
    assert nlp.pipe_names == [name for name, _ in STAGES]
    doc = nlp(TEXT)
    assert isinstance(doc, Doc)
    assert doc.text == TEXT
    assert ("인도 뉴델리", "CITY") in [(entity.text, entity.label_) for entity in doc.ents]
    assert [sentence.text for sentence in doc.sents] == [
        TEXT[: TEXT.index("강 시장") - 1],
        TEXT[TEXT.index("강 시장") :],
    ]


def test_stages_can_be_switched_off(nlp):
    with nlp.select_pipes(disable=["extract_relator"]):
        analysis = extract.analysis_of(nlp(TEXT))
    assert analysis.entities
    assert not analysis.relations


def test_pipe_gives_the_same_as_single_calls(nlp):
    texts = [TEXT, "서울시는 밝혔다.", ""]
    assert [doc.to_json()["ents"] for doc in nlp.pipe(texts)] == [
        nlp(text).to_json()["ents"] for text in texts
    ]


def test_a_doc_of_another_tokeniser_is_refused_with_the_remedy(nlp):
    with pytest.raises(ValueError, match="make it with nlp"):
        extract.analysis_of(Doc(nlp.vocab, words=["서울"]))


def test_factories_are_registered_as_entry_points():
    from importlib.metadata import entry_points

    names = {point.name for point in entry_points(group="spacy_factories")}
    assert {name for name, _ in STAGES} <= names


@settings(max_examples=120, deadline=None)
@given(KOREAN)
def test_any_text_gives_rows_that_hold_together(nlp, text):
    check_text(nlp, text)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=80).map(lambda data: text_of(data, 1500)))
def test_any_mixture_of_names_numbers_marks_and_dirt_gives_rows_that_hold_together(nlp, text):
    check_text(nlp, text)
    assert nlp(text).text == text


def test_the_public_names_are_callable_whatever_was_imported_before():
    import extract.engines
    import extract.readers

    assert all(callable(getattr(extract, name)) for name in extract.__all__)


def test_a_day_that_does_not_exist_is_no_mention(nlp):
    found = process_text(nlp, "행사는 이달 31일에 열린다.", datetime.date(2024, 4, 2))
    assert not [m for m in found.mentions if m.label == "DATE"]
    assert not found.dates

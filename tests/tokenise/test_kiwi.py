import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extract.components import analysis_of
from extract.document import Morpheme, Section
from extract.tokenise.kiwi import KiwiTokenizer, analyse, surface_pieces

TOKENIZER = KiwiTokenizer(Vocab())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "박 시장은 총회에 참석했다.",
        "  앞뒤 공백 \n\n\t탭과　전각 공백\u200b ",
        "😀박원순 시장👍🏽은 갔었는데요. 했다",
        "㈜한빛전자(대표 홍길동)는 1조 2천억원을…",
        "\x00\x07제어 문자\u200d",
        "한글 자모",
        "끝에 줄바꿈\n",
    ],
)
def test_doc_gives_the_text_back(text):
    assert TOKENIZER(text).text == text


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.characters(exclude_categories=["Cs"]), st.sampled_from("가나다 했다은는 1일\n“”()")
        ),
        max_size=60,
    )
)
def test_doc_gives_any_unicode_back(text):
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(0 <= m.start <= m.end <= len(text) for m in analysis_of(doc).morphemes)


def test_contracted_morphemes_share_one_surface_piece():
    doc = TOKENIZER("참석했다")
    assert [(token.text, token.tag_) for token in doc] == [("참석", "NNG"), ("했", "XSV+EP"), ("다", "EF")]
    assert [(m.form, m.start, m.end) for m in analysis_of(doc).morphemes[1:3]] == [("하", 2, 3), ("었", 2, 3)]


def test_blocks_keep_a_caption_out_of_the_next_sentence():
    text = "박 시장이 축사하고 있다 서울시는 센터를 열었다."
    doc = TOKENIZER.make_doc(text, [Section("caption", 0, 13), Section("body", 14, len(text))])
    tokens = analysis_of(doc).morphemes
    assert tokens[0].sent_position == 0
    assert tokens[-1].sent_position == 1


def test_long_blocks_are_cut_at_white_space():
    text = "서울시는 총회를 열었다. " * 3000
    tokens = analyse(text, [(0, len(text))])
    assert all(text[t.start : t.end] for t in tokens if t.start < t.end)
    assert sum(t.form == "서울시" for t in tokens) == 3000


def test_surface_pieces_extend_over_overlaps():
    words, spaces, tags = surface_pieces("갔었다", [Morpheme(0, 1, "가", "VV"), Morpheme(0, 2, "었었", "EP")])
    assert words == ["갔었", "다"]
    assert tags == ["VV+EP", "SW"]
    assert spaces == [False, False]

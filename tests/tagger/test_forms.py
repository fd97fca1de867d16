"""Forms met in training, found in text."""

from __future__ import annotations

from extract.tagger.forms import Forms, Occurrence, is_trace, name_code, without_overlap
from extract.tagger.pieces import Piece


def _row(*forms: str) -> tuple[str, list[Piece]]:
    text, row = "", []
    for form in forms:
        row.append(Piece(len(text), len(text) + len(form), form, "NNP"))
        text += form
    return text, row


def test_forms_begin_and_end_with_pieces() -> None:
    forms = Forms(["시티넷", "넷"], [(name_code("ORG", 0.9, 12), 0), (name_code("FIGURE", 0.9, 3), 0)])
    text, row = _row("시티넷", "총회")
    assert forms(text, row)[0] == [Occurrence(0, 0, name_code("ORG", 0.9, 12))]


def test_stored_forms_are_the_same() -> None:
    forms = Forms(["서울", "서울시"], [(name_code("CITY", 0.9, 12), 0), (name_code("ORG", 0.6, 2), 3)])
    again = Forms(forms.forms, list(zip(forms.names, forms.others, strict=True)), forms.compiled())
    text, row = _row("서울", "시", "는")
    assert again(text, row) == forms(text, row)
    assert again(text, row)[1] == [Occurrence(0, 1, 3)]


def test_the_longest_wins_but_for_traces() -> None:
    sure, trace = name_code("ORG", 0.9, 12), name_code("ORG", 0.05, 12)
    assert is_trace(trace) and not is_trace(sure)
    found = [Occurrence(0, 3, trace), Occurrence(1, 2, sure), Occurrence(2, 2, sure)]
    assert without_overlap(found, is_trace) == [Occurrence(1, 2, sure)]
    assert without_overlap(found) == [Occurrence(0, 3, trace)]

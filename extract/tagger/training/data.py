"""Annotated texts as examples: pieces, what lexicon and rules say of them, and the tags they should get."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.model import KLUE_LABELS
from extract.tagger.evidence import Voices, rows_of, voices
from extract.tagger.labels import LABELS, tags_of
from extract.tagger.pieces import Piece, pieces

_OF_KLUE = {"PS": "PERSON", "OG": "ORG", "DT": "DATE", "TI": "TIME", "QT": "FIGURE"}
_CITY_CLASSES = frozenset(("LCP_CITY", "LCP_CAPITALCITY"))
_CITY_ENDS = ("시", "군")
_COVER = 0.6  # a piece belongs to a mention when so much of it lies inside


@dataclass(frozen=True)
class Example:
    """One annotated text.

    ``rows`` are its pieces line by line, ``tags`` their tags with a 0 between two rows; ``names`` and
    ``others`` are the forms and labels or classes that it adds to the counts of forms.
    """

    id: str
    text: str
    rows: list[list[Piece]]
    voices: Voices
    spans: list[tuple[int, int, str]]
    tags: list[int]
    names: list[tuple[str, str]]
    others: list[tuple[str, str]]


def example(
    id_: str,
    text: str,
    rows: list[list[Piece]],
    found: Voices,
    mentions: Iterable[tuple[int, int, str]],
    fine: Iterable[tuple[int, int, str]] = (),
) -> Example:
    """An example of a text whose pieces and evidence are known.

    Args:
        mentions: start, end, label (the contract's or KLUE's).
        fine: nested classes (start, end, class), where the data has them; they tell cities from other
            places and name the classes that are no mentions (titles, events, works).
    """
    classes = list(fine)
    spans = [(start, end, _label(text, start, end, label, classes)) for start, end, label in mentions]
    coarse = frozenset(KLUE_LABELS.values())
    return Example(
        id=id_,
        text=text,
        rows=rows,
        voices=found,
        spans=spans,
        tags=_tags(rows, spans),
        names=[(text[start:end], label) for start, end, label in spans],
        others=[(text[start:end], class_) for start, end, class_ in classes if class_[:2] not in coarse],
    )


def _label(text: str, start: int, end: int, label: str, fine: Sequence[tuple[int, int, str]]) -> str:
    if label != "LC":
        return _OF_KLUE.get(label, label)
    heads = [(a, class_) for a, b, class_ in fine if b == end and a >= start and class_.startswith("LC")]
    if heads:
        inner = {class_ for a, class_ in heads if a == max(heads)[0]}
        city = bool(inner & _CITY_CLASSES) or ("LCP_COUNTY" in inner and text[:end].endswith(_CITY_ENDS))
    else:
        city = False
    return "CITY" if city else "PLACE"


def _tags(rows: Sequence[Sequence[Piece]], spans: Sequence[tuple[int, int, str]]) -> list[int]:
    tags: list[int] = []
    for row in rows:
        if tags:
            tags.append(0)
        covered = []
        for start, end, label in spans:
            inside = [
                i
                for i, piece in enumerate(row)
                if min(end, piece.end) - max(start, piece.start) > _COVER * (piece.end - piece.start)
            ]
            if inside:
                covered.append((inside[0], inside[-1], label))
        tags += tags_of(len(row), covered)
    return tags


def read_examples(files: Sequence[Path], progress: Any = None) -> Iterator[Example]:
    """The annotated texts of JSONL files: ``text``, ``mentions`` and, if there are any, ``fine`` classes.

    Raises:
        InputError: when a line is not such an object.
    """
    from extract.engines.article import tokenised
    from extract.segment import segment_whole
    from extract.stages import Layers, Sentences, Tagging
    from extract.tag.layout import Layout

    layers = Layers()
    sentences, tagger = Sentences(layers), Tagging(layers).tagger
    for file in files:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                    text = record["text"]
                    mentions = [(m["start"], m["end"], m["label"]) for m in record["mentions"]]
                    fine = [(a, b, c) for a, b, c in record.get("fine") or ()]
                    unknown = {label for _, _, label in mentions} - {*LABELS, *KLUE_LABELS.values()}
                    if unknown:
                        raise ValueError(f"unknown label {sorted(unknown)[0]!r}")
                except (ValueError, KeyError, TypeError) as error:
                    raise InputError(
                        f"not an annotated text ({error})",
                        where=f"{file}:{number}",
                        remedy='give objects such as {"text": …, "mentions": [{"start": 0, "end": 3, "label": "ORG"}]}',
                    ) from None
                analysis = tokenised(segment_whole(text))
                sentences.work(analysis)
                layout = Layout(analysis, tagger.lexicon)
                analysis.titles = tagger.titles(layout)
                winners = tagger.arbiter(tagger.known(layout, analysis))
                found = voices(winners, layout.hits, analysis.titles)
                rows = rows_of(analysis.text, pieces(analysis.text, analysis.morphemes))
                if analysis.seen is not None:
                    mentions = [(*analysis.seen.inner(a, b), label) for a, b, label in mentions]
                    fine = [(*analysis.seen.inner(a, b), class_) for a, b, class_ in fine]
                yield example(str(record.get("id", number)), analysis.text, rows, found, mentions, fine)
                if progress is not None:
                    progress(1)

"""What is fuzzed: a name, a function of bytes, and its share of the time.

A target fails by an exception that the program did not mean to raise, by more than ten seconds or too much
memory for one case, or by rows that do not hold together. ``python fuzz/targets.py NAME CORPUS [libFuzzer
options]`` fuzzes one (``fuzz/run.py`` all of them), ``python fuzz/targets.py NAME --replay FILE…`` shows what an
input does, at full speed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "readers")]
os.environ.setdefault("EXTRACT_CACHE", tempfile.gettempdir() + "/extract-fuzz-cache")

REPLAY = "--replay" in sys.argv


def instrumented(*packages: str) -> AbstractContextManager[object]:
    """What is imported within is watched for coverage; not in a replay."""
    if REPLAY:
        return nullcontext()
    hooked: AbstractContextManager[object] = atheris.instrument_imports(
        include=list(packages), enable_loader_override=False
    )
    return hooked


with instrumented("extract", "striprtf", "email"):
    from extract.document import Section
    from extract.errors import ExtractError
    from extract.readers import Document, Limits, read_bytes
    from extract.readers.decode import normalise_text
    from extract.readers.formats import FORMATS
    from extract.readers.parts import Columns, Failure, Member, Reading, Text
    from extract.readers.spacing import repair_spacing
    from extract.segment import segment, segment_whole
    from extract.tokenise.seen import Seen

    for format_ in FORMATS:  # which otherwise import themselves later, uninstrumented
        import_module(f"extract.readers.{format_.reader.partition(':')[0]}")
    import_module("striprtf.striprtf")

from fragments import text_of  # noqa: E402
from invariants import check_rows, check_text  # noqa: E402
from wrapped import WRAPS, wrapped  # noqa: E402

MB = 1_000_000
LIMITS = Limits(
    file_bytes=20 * MB,
    unpacked_bytes=40 * MB,
    part_bytes=10 * MB,
    text_chars=MB,
    cell_chars=MB,
    xml_elements=200_000,
    rows=10_000,
    pages=50,
)
"""Small, so that what a limit ought to stop is seen soon."""
CASE_SECONDS = 10
LONGEST = 4000
"""Code points of a text; instrumented, the stages take ten times as long and more."""
_READERS = {format_.name.lower().replace(" ", "-"): format_ for format_ in FORMATS}


def reader(name: str) -> Callable[[bytes], None]:
    """A target that gives one format's reader the bytes, as they are and as the inside of a valid container."""
    format_ = _READERS[name]

    def target(data: bytes) -> None:
        reading = Reading(LIMITS, Columns())
        try:
            for part in format_.read(wrapped(name, data), reading):
                assert isinstance(part, (Text, Member, Failure))
                if isinstance(part, Failure):
                    assert "\n" not in str(part.error)
        except (ExtractError, RecursionError, MemoryError) as error:
            assert "\n" not in str(error)
        except Exception as error:
            if _ours(error):  # what a library trips over becomes a row of its own
                raise

    return target


def _ours(error: Exception) -> bool:
    """The error was born in the program's own code."""
    return Path(traceback.extract_tb(error.__traceback__)[-1].filename).is_relative_to(ROOT / "extract")


def door(data: bytes) -> None:
    """Any bytes, the format found out: documents or rows of errors, and documents that can be cut into articles."""
    name = ("a", "a.hwp", "a.csv", "a.json", "a.html", "a.eml", "a.md", "a.txt")[len(data) % 8]
    for item in read_bytes(data, name, limits=LIMITS):
        if isinstance(item, Document):
            item.text.encode("utf-8")
            for article in segment(item):
                assert article.text in item.text
        else:
            assert item.error
            assert "\n" not in item.message
            assert "report" not in item.message


def cut(data: bytes) -> None:
    """Segmentation of Korean-like text: articles in order, sections in order, without overlap, covering the text."""
    text = normalise_text(text_of(data, LONGEST))
    at = 0
    for article in segment(Document("20171106.txt", text)):
        at = text.index(article.text, at) + len(article.text)
        end = 0
        for section in article.sections:
            assert end <= section.start < section.end <= len(article.text)
            assert not article.text[end : section.start].strip()
            end = section.end
        assert not article.text[end:].strip()


def seen(data: bytes) -> None:
    """Cleaning of dirty text, and mending of spacing: no visible character is lost or made up."""
    text = text_of(data, 5000)
    clean = Seen(text)
    middle = len(text) // 2
    sections = clean.sections([Section("title", 0, middle), Section("body", middle, len(text))])
    assert "".join(clean.text[s.start : s.end] for s in sections) == clean.text
    assert Seen(clean.text).text == clean.text
    mended = repair_spacing(text)
    assert "".join(mended.split()) == "".join(text.split())


class Loaded:
    """What is loaded once, when the first target asks for it."""

    nlp: Any = None
    grammar: Any = None


def pipeline() -> Any:
    """The whole pipeline with its tagger."""
    if Loaded.nlp is None:
        with instrumented("extract"):
            from extract.pipeline import load
        Loaded.nlp = load()
    return Loaded.nlp


def quantities(data: bytes) -> None:
    """The grammar of dates and figures."""
    import datetime

    if Loaded.grammar is None:
        with instrumented("extract"):
            from extract.lexicon import load_lexicon
            from extract.normalise import Grammar
        Loaded.grammar = Grammar(load_lexicon())
    text = text_of(data, LONGEST)
    found = Loaded.grammar.find(text)
    end = 0
    for quantity in found:
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
    for published in (None, datetime.date(2024, 2, 29), datetime.date(1, 1, 1), datetime.date(9999, 12, 31)):
        values = Loaded.grammar.resolve(text, found, published)
        assert len(values) == len(found)
        for value in values:
            start, stop = getattr(value, "start", None), getattr(value, "end", None)
            assert not (start and stop) or start < stop, (text[:200], value)


def whole(data: bytes) -> None:
    """The whole pipeline on Korean-like text taken as one article."""
    check_text(pipeline(), text_of(data, LONGEST))


def whole_document(data: bytes) -> None:
    """The whole pipeline on the articles that the segmenter cuts out of Korean-like text."""
    from extract.engines.article import process_segment

    text = normalise_text(text_of(data, LONGEST))
    articles = segment(Document("a.txt", text)) or [segment_whole(text)]
    for article in articles[:20]:
        result = process_segment(pipeline(), article, "a.txt", tokens=True)
        assert result.text == article.text
        check_rows(result)


TARGETS: dict[str, tuple[Callable[[bytes], None], int]] = {
    **{name: (reader(name), 2 if name in WRAPS else 1) for name in _READERS},
    "door": (door, 2),
    "segmentation": (cut, 3),
    "cleaning": (seen, 2),
    "quantities": (quantities, 4),
    "pipeline": (whole, 8),
    "documents": (whole_document, 4),
}
"""Name → target and its share of the time."""


def main() -> None:
    """Runs the target named first; everything else goes to libFuzzer."""
    name = sys.argv[1]
    function, _share = TARGETS[name]
    if name in ("pipeline", "documents"):
        pipeline()
    repair_spacing("국 토 부")  # Kiwi takes seconds to load
    if REPLAY:
        for path in sys.argv[3:]:
            started = time.process_time()
            function(Path(path).read_bytes())
            seconds = time.process_time() - started
            print(f"{path}: {seconds:.2f} s")
            assert seconds < CASE_SECONDS
        return
    atheris.Setup([sys.argv[0], *sys.argv[2:]], function)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

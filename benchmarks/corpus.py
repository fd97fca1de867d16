"""Any number of distinct short articles out of the sentences of some texts: ``python benchmarks/corpus.py TEXTS… --out FOLDER``.

For measuring long runs. The articles make no sense, but each sentence is a real one, so that names, dates, figures
and the share of each stage are about what they are in the texts. The same arguments give the same files.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.readers import Document, read

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_HANGUL = re.compile("[가-힣]")
FIRST_DAY = datetime.date(2020, 1, 1)


def sentences_of(paths: Sequence[str | Path]) -> tuple[list[str], list[str]]:
    """Lines that could be headlines, and sentences, of all texts under ``paths``."""
    headlines: dict[str, None] = {}
    sentences: dict[str, None] = {}
    for document in read(paths):
        if not isinstance(document, Document):
            continue
        for piece in _SENTENCE.split(document.text):
            piece = piece.strip(" -#*·ㅇ□○|\t")
            if len(_HANGUL.findall(piece)) < 8:
                continue
            if piece.endswith(".") and 20 <= len(piece) <= 200:
                sentences[piece] = None
            elif not piece.endswith((".", ",", ":")) and 10 <= len(piece) <= 50:
                headlines[piece] = None
    return list(headlines), list(sentences)


def synthesised(
    paths: Sequence[str | Path], articles: int, chars: int = 600, seed: int = 1
) -> Iterator[dict[str, Any]]:
    """Articles of at least ``chars`` code points, no two alike, as lines of JSON hold them."""
    headlines, sentences = sentences_of(paths)
    if not headlines or len(sentences) < 100:
        raise SystemExit("too few sentences in the texts: give more of them")
    chance = random.Random(seed)
    for number in range(articles):
        day = FIRST_DAY + datetime.timedelta(days=number % 2000)
        body: list[str] = []
        while sum(map(len, body)) < chars:
            body.append(chance.choice(sentences))
        yield {
            "id": f"{number:07}",
            "title": chance.choice(headlines),
            "published": day.isoformat(),
            "text": f"{' '.join(body)} 담당 {number:07}",
        }


def written(folder: Path, articles: Iterator[dict[str, Any]], per_file: int) -> None:
    """The articles as files: JSON lines of ``per_file`` articles, or a text file each when that is 1."""
    folder.mkdir(parents=True, exist_ok=True)
    part: list[str] = []
    for number, article in enumerate(articles):
        if per_file == 1:
            text = f"{article['title']}\n\n{article['text']}\n"
            path = folder / f"{article['id'][:4]}" / f"{article['published']}-{article['id']}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        part.append(json.dumps(article, ensure_ascii=False) + "\n")
        if len(part) == per_file:
            (folder / f"{number // per_file:05}.jsonl").write_text("".join(part), encoding="utf-8")
            part.clear()
    if part:
        (folder / "last.jsonl").write_text("".join(part), encoding="utf-8")


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="+", help="files and folders whose sentences are recombined")
    parser.add_argument("--out", type=Path, required=True, help="folder to write, outside the repository")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--chars", type=int, default=600, help="least length of an article")
    parser.add_argument("--per-file", type=int, default=500, help="articles in a file; 1 gives text files")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    written(given.out, synthesised(given.texts, given.articles, given.chars, given.seed), given.per_file)


if __name__ == "__main__":
    main()

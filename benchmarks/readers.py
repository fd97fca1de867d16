"""How well HWPX and PDF are read: ``python benchmarks/readers.py DATA/press [--show]``.

``DATA/press`` holds the same releases three times: ``hwpx/ID.hwpx``, ``pdf/ID.pdf`` and ``text/ID.md``, the
reference reading. Printed for each format:

- word recall: words of the reference's body (two letters or digits and more) that stand in what was read,
  counted as often as they occur; blanks are not compared, for the reference has its own;
- strict recall: the same, but the words must be parted as in the reference;
- title: equal to a heading of the reference apart from blanks, punctuation and a bracketed kind;
- date: the day of release (``배포``) the reference names; where it names none, a day up to four before
  the day it was posted;
- agreement: mentions (text and label) of the HWPX reading against those of the PDF reading.

A release whose HWPX and PDF are different attachments says little; ``--show`` names the misses.
"""

from __future__ import annotations

import argparse
import datetime
import re
import time
from collections import Counter
from pathlib import Path

from extract import load
from extract.engines.article import process_segment
from extract.readers import Document, read
from extract.segment import Segment, segment

_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")
_NOISE = re.compile(r"[\W_]+")
_RELEASED = re.compile(r"배포\W{0,8}(20\d\d)\.\s*(\d{1,2})\.\s*(\d{1,2})")
_POSTED = re.compile(r"게시 시각: (\d\d)/(\d\d)/(20\d\d)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("press", type=Path)
    parser.add_argument("--show", action="store_true", help="name the releases that miss something")
    arguments = parser.parse_args()
    read_at_all: dict[str, dict[str, tuple[int, int]]] = {}
    references = {
        path.stem: path.read_text("utf-8") for path in sorted((arguments.press / "text").glob("*.md"))
    }
    nlp = load()
    mentions: dict[str, dict[str, Counter[tuple[str, str]]]] = {}
    for kind in ("hwpx", "pdf"):
        started = time.perf_counter()
        documents = {Path(item.source).stem: item for item in read([arguments.press / kind])}
        seconds = time.perf_counter() - started
        found = strict = total = titles = dates = 0
        mentions[kind] = {}
        for name, reference in references.items():
            document = documents[name]
            if not isinstance(document, Document):
                print(f"  {kind} {name}: {document.message}")
                continue
            hits, exact, words = recall(reference, document.text)
            found, strict, total = found + hits, strict + exact, total + words
            read_at_all.setdefault(name, {})[kind] = hits, words
            articles = segment(document)
            title, date = title_is_right(reference, articles[0]), date_is_right(reference, articles[0])
            titles, dates = titles + title, dates + date
            if arguments.show and (hits < 0.95 * words or not title or not date):
                first = articles[0]
                print(f"  {kind} {name}: recall {hits / words:.3f}, {first.title!r}, {first.published}")
            mentions[kind][name] = Counter(
                (mention.label, mention.text)
                for article in articles
                for mention in process_segment(nlp, article, name).mentions
            )
        print(
            f"{kind:5} word recall {found / total:.4f}  strict {strict / total:.4f}  title {titles}/{len(references)}"
            f"  date {dates}/{len(references)}  read in {seconds:.1f} s"
        )
    others_apart(read_at_all)
    agreement(mentions["hwpx"], mentions["pdf"], arguments.show)


def others_apart(read_at_all: dict[str, dict[str, tuple[int, int]]]) -> None:
    """Prints word recall without the files that are another attachment than the reference was made from."""
    for kind in ("hwpx", "pdf"):
        shares = {
            name: {k: hits / words for k, (hits, words) in both.items()} for name, both in read_at_all.items()
        }
        apart = [name for name, share in shares.items() if share[kind] < max(share.values()) - 0.3]
        kept = [both[kind] for name, both in read_at_all.items() if name not in apart]
        recalled = sum(hits for hits, _ in kept) / sum(words for _, words in kept)
        print(f"{kind:5} word recall {recalled:.4f} without {', '.join(apart) or 'any'} (another attachment)")


def recall(reference: str, text: str) -> tuple[int, int, int]:
    """Words of the reference found when blanks do not count, found as they stand, and all."""
    body = reference.partition("## 본문")[2].partition("## 첨부파일")[0]
    words = Counter(_WORD.findall(body))
    bare = _NOISE.sub("", text)
    standing = Counter(_WORD.findall(text))
    found = sum(min(count, bare.count(word)) for word, count in words.items())
    return found, sum((words & standing).values()), sum(words.values())


def title_is_right(reference: str, article: Segment) -> bool:
    """The headline of the posting, or that of the release where the reference has it as a heading."""
    headings = re.findall(r"^##? (.*)", reference.partition("## 첨부파일")[0], re.MULTILINE)
    return _bare(article.title or "") in {_bare(heading) for heading in headings}


def _bare(title: str) -> str:
    without_kind = re.sub(r"^\s*(?:\[[^\]]*\]|\([^)]{1,8}\))", "", title)
    return _NOISE.sub("", re.sub(r"보도자료\s*$", "", without_kind))


def date_is_right(reference: str, article: Segment) -> bool:
    """The day of release, or a plausible one where the reference does not say it."""
    if article.published is None:
        return False
    released = _RELEASED.search(reference)
    if released:
        return article.published == datetime.date(int(released[1]), int(released[2]), int(released[3]))
    posted = _POSTED.search(reference)
    if posted is None:
        return False
    day = datetime.date(int(posted[3]), int(posted[1]), int(posted[2]))
    return 0 <= (day - article.published).days <= 4


def agreement(
    first: dict[str, Counter[tuple[str, str]]], second: dict[str, Counter[tuple[str, str]]], show: bool
) -> None:
    """Prints F1 between the mentions of two readings of the same releases."""
    both = left = right = 0
    for name in first.keys() & second.keys():
        shared = sum((first[name] & second[name]).values())
        both, left, right = both + shared, left + first[name].total(), right + second[name].total()
        size = first[name].total() + second[name].total()
        if show and 2 * shared < 0.85 * size:
            print(f"  mentions {name}: F1 {2 * shared / size:.3f}")
    print(f"mentions of HWPX and PDF agree: F1 {2 * both / (left + right):.4f} ({left} and {right})")


if __name__ == "__main__":
    main()

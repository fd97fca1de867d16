"""Names that the texts themselves offer: what rules found, and frequent proper nouns that nothing covers."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import regex

from extract.document import Analysis
from extract.errors import InputError, UsageError
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.candidates import MAX_EXAMPLE, Candidate, Group
from extract.lexicon.evidence import Clues
from extract.lexicon.folder import MAX_FORM, NAME_FILES
from extract.lexicon.matcher import squeeze
from extract.model import ENTITY_LABELS, Sentence
from extract.tag.layout import Layout
from extract.tokenise.kiwi import analyse

PROPER_SHARE = 0.25
"""Least share of a word's occurrences that Kiwi reads as a proper noun: 우리 is one by mistake only."""
_LISTED = tuple(f"lexicon:{file}:" for file in NAME_FILES)
_WORD = regex.compile(r"[\w&](?:[\w&.\-]*[\w&])?+")
_WORDS = ("titles", "events", "calendar", "counters", "units", "numerals", "org_suffixes", "place_suffixes")


def suggest(
    outputs: str | Path, lexicons: Sequence[str | Path] = (), min_count: int | None = None
) -> list[Candidate]:
    """Candidates of an output folder, most frequent first, then by name.

    Args:
        outputs: folder of a run with ``articles.jsonl``.
        lexicons: the user's folders; what they hold is not offered again.
        min_count: leaves out rarer names; by default 1 for what rules tagged and 2 for untagged words.

    Raises:
        UsageError: when the folder has no ``articles.jsonl``.
        InputError: when a line of it is no article.
        LexiconError: when a lexicon does not load.
    """
    path = Path(outputs) / "articles.jsonl"
    if not path.is_file():
        raise UsageError(
            "holds no articles.jsonl", where=str(outputs), remedy="run: extract run INPUT… --out FOLDER"
        )
    collector = _Collector(load_lexicon(lexicons))
    _each(path, collector.read)
    _each(path, collector.count)
    found = [
        group.candidate()
        for group in collector.groups.values()
        if group.count >= (min_count or (1 if group.label else 2))
        and (group.label or group.names.total() >= PROPER_SHARE * group.count)
    ]
    found.sort(key=lambda c: (-c.count, c.name, c.label or ""))
    return found


def _each(path: Path, take: Callable[[dict[str, Any]], None]) -> None:
    """Hands every article of an ``articles.jsonl`` to ``take``."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    take(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError):
                    raise InputError(
                        "no article", where=f"{path}:{number}", remedy="run again to make the file anew"
                    ) from None


class _Collector:
    """What two readings of the articles find: names and evidence first, then how often the words occur.

    Kiwi reads an unknown name as a proper noun here and as common nouns there; so a word that it took for a
    proper noun once is counted wherever it stands.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.clues = Clues(lexicon)
        self.groups: dict[tuple[str, str], Group] = {}
        self.names = {
            (row.label, squeeze(form))
            for file in NAME_FILES
            for row in lexicon.rows(file)
            for form, _ in row.guarded_forms
        }
        self.words = {key for _, key in self.names}
        self.words.update(squeeze(f) for file in _WORDS for row in lexicon.rows(file) for f in row.forms)
        self.endings = {form for row in lexicon.rows("particles") for form in row.forms}
        self.endings.update(lexicon.settings.get("noun_suffixes") or ())
        self.words.update(squeeze(form) for row in lexicon.rows("refused") for form in row.forms)
        self.blocked: set[tuple[str | None, str]] = set()
        for row in lexicon.rows("block"):
            if not row["before"] and not row["after"]:
                self.blocked.update((row.label, squeeze(form)) for form in row.forms)

    def read(self, article: dict[str, Any]) -> None:
        """First reading: the names that rules tagged, and the proper nouns that nothing covers."""
        text: str = article["text"]
        analysis = Analysis(text=text, article_id=article["article_id"])
        analysis.sentences = [
            Sentence(**{key: s[key] for key in Sentence.__dataclass_fields__}) for s in article["sentences"]
        ]
        analysis.morphemes = analyse(text, _sections(analysis.sentences))
        layout = Layout(analysis, self.lexicon)
        self._tagged(article, layout)
        self._untagged(article, layout)

    def _tagged(self, article: dict[str, Any], layout: Layout) -> None:
        """Mentions that rules found and that belong to no lexicon row."""
        listed = {m["entity_id"] for m in article["mentions"] if m["rule"].startswith(_LISTED)}
        entities = {e["entity_id"]: e for e in article["entities"]}
        for mention in article["mentions"]:
            label, rule = mention["label"], mention["rule"]
            if label not in ENTITY_LABELS or rule.startswith(_LISTED):
                continue
            if mention["entity_id"] and mention["entity_id"] in listed:
                continue
            entity = entities.get(mention["entity_id"]) or {"name": mention["text"], "aliases": []}
            name = " ".join(entity["name"].split())
            key = squeeze(name)
            if len(key) < 2 or len(name) > MAX_FORM or "|" in name or name.startswith("#"):
                continue
            if (label, key) in self.names or {(label, key), (None, key)} & self.blocked:
                continue
            group = self.groups.setdefault((label, key), Group(label))
            start, end = mention["start"], mention["end"]
            example = _example(layout.text, layout.sentence_of(start), start, end)
            group.see(_identity(article), example)
            group.names[name] += 1
            group.clues.update(self.clues(layout, start, end))
            group.rules[rule] += 1
            if mention["subtype"]:
                group.subtypes[mention["subtype"]] += 1
            for alias in (mention["text"], *entity["aliases"]):
                alias = " ".join(alias.split())
                if self._alias(label, alias, name):
                    group.aliases[alias] += 1

    def _alias(self, label: str, alias: str, name: str) -> bool:
        """Whether another form of a name may stand in a lexicon: no surname alone, nothing listed."""
        key = squeeze(alias)
        if key == squeeze(name) or "|" in alias or len(alias) > MAX_FORM or (label, key) in self.names:
            return False
        return len(key) > (2 if label == "PERSON" else 1)

    def _untagged(self, article: dict[str, Any], layout: Layout) -> None:
        """Proper nouns, foreign and unknown words that no mention and no title covers."""
        covered = _covered(article)
        for title in self.clues.titles(layout):
            covered[title.start : title.end] = b"\1" * (title.end - title.start)
        for start, end in _proper_runs(layout):
            word = layout.text[start:end]
            key = squeeze(word)
            if any(covered[start:end]) or key in self.words or (None, key) in self.blocked:
                continue
            group = self.groups.setdefault(("", key), Group(""))
            group.names[word] += 1
            group.clues.update(self.clues(layout, start, end))

    def count(self, article: dict[str, Any]) -> None:
        """Second reading: every place where such a word stands outside all mentions, before a particle or alone."""
        text = article["text"]
        covered = _covered(article)
        bounds = [(sentence["start"], sentence["end"]) for sentence in article["sentences"]]
        starts = [start for start, _ in bounds]
        for match in _WORD.finditer(text):
            word, start = match.group(), match.start()
            for length in range(len(word), 1, -1):
                group = self.groups.get(("", squeeze(word[:length])))
                end = start + length
                if group is None or any(covered[start:end]):
                    continue
                if word[length:] and word[length:] not in self.endings:
                    continue
                i = bisect_right(starts, start) - 1
                sentence = bounds[i] if i >= 0 and start < bounds[i][1] else (start, end)
                group.see(_identity(article), _example(text, sentence, start, end))
                break


def _covered(article: dict[str, Any]) -> bytearray:
    """A byte for each code point of the text, 1 inside mentions."""
    covered = bytearray(len(article["text"]))
    for mention in article["mentions"]:
        covered[mention["start"] : mention["end"]] = b"\1" * (mention["end"] - mention["start"])
    return covered


def _identity(article: dict[str, Any]) -> str:
    """What tells one article of the file from another, also where two have the same text."""
    return f"{article['article_id']} {article.get('source')} {article.get('position')}"


def _sections(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Stretches of neighbouring sentences of one section, half open: what Kiwi reads at once."""
    blocks: list[tuple[int, int]] = []
    section = ""
    for sentence in sentences:
        if blocks and sentence.section == section:
            blocks[-1] = (blocks[-1][0], sentence.end)
        else:
            blocks.append((sentence.start, sentence.end))
        section = sentence.section
    return blocks


def _proper_runs(layout: Layout) -> Iterator[tuple[int, int]]:
    """Unbroken nouns of at least two letters with a proper, foreign or unknown word in them."""
    for run in layout.runs:
        last = run.last
        while last - 1 > run.first and (
            layout.morphemes[last - 1].tag in ("XSN", "NNB")
            or layout.morphemes[last - 1].form in layout.suffixes
        ):
            last -= 1
        start, end = run.start, layout.morphemes[last - 1].end
        word = layout.text[start:end]
        if len(squeeze(word)) < 2 or word[0].isdigit() or not all(c.isalnum() or c in "&-." for c in word):
            continue
        if word.isascii() and not word[0].isupper():
            continue
        if not layout.begins_well(start) or layout.after(end) in ("noun", "inside"):
            continue
        if layout.is_proper(start, end):
            yield start, end


def _example(text: str, sentence: tuple[int, int], start: int, end: int) -> str:
    """The sentence around a name on one line, cut to about :data:`MAX_EXAMPLE` code points."""
    before, after = text[sentence[0] : start], text[end : max(sentence[1], end)]
    room = max(0, MAX_EXAMPLE - (end - start)) // 2
    if len(before) + len(after) > 2 * room:
        before = "…" + before[-room:] if len(before) > room else before
        after = after[:room] + "…" if len(after) > room else after
    return " ".join((before + text[start:end] + after).split())

"""Names that the texts themselves offer: what rules found, and frequent proper nouns that nothing covers."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.document import Analysis, Morpheme
from extract.errors import InputError, UsageError
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.evidence import Clue, Clues
from extract.lexicon.folder import MAX_FORM, NAME_FILES, write_all
from extract.lexicon.matcher import squeeze
from extract.model import ENTITY_LABELS, Sentence
from extract.tag.layout import Layout
from extract.tokenise.kiwi import analyse
from extract.write import guarded

COLUMNS = (
    *("decision", "label", "subtype", "name", "aliases", "count", "articles", "evidence"),
    *("example_1", "example_2", "example_3", "rule"),
)
EXAMPLES = 3
MAX_EXAMPLE = 200
"""Longest example, in code points; longer sentences are cut around the name."""
_LISTED = tuple(f"lexicon:{file}:" for file in NAME_FILES)
_WORDS = ("titles", "events", "calendar", "counters", "units", "numerals", "org_suffixes", "place_suffixes")


@dataclass
class Candidate:
    """A name that no lexicon holds. ``rule`` joins the rules that found it; empty for untagged words."""

    label: str | None
    subtype: str | None
    name: str
    aliases: tuple[str, ...]
    count: int
    articles: int
    evidence: str
    examples: tuple[str, ...]
    rule: str

    def cells(self) -> list[str]:
        """The row of the table, in the order of :data:`COLUMNS`, the decision left open."""
        shown = [*self.examples, *[""] * (EXAMPLES - len(self.examples))]
        known = [self.label or "", self.subtype or "", self.name, "|".join(self.aliases)]
        return ["", *known, str(self.count), str(self.articles), self.evidence, *shown, self.rule]


@dataclass
class _Group:
    """Everything seen of one name; ``label`` is empty for words that no rule tagged."""

    label: str
    count: int = 0
    articles: int = 0
    last: str = ""
    names: Counter[str] = field(default_factory=Counter)
    subtypes: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    clues: Counter[Clue] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def see(self, name: str, article: str, clues: Iterable[Clue], example: str) -> None:
        self.count += 1
        self.articles += article != self.last
        self.last = article
        self.names[name] += 1
        self.clues.update(clues)
        if len(self.examples) < EXAMPLES and example and example not in self.examples:
            self.examples.append(example)

    def candidate(self) -> Candidate:
        name = _most(self.names) or ""
        label, subtype = self.label or None, _most(self.subtypes)
        if label is None:
            votes: Counter[str] = Counter()
            for clue, count in self.clues.items():
                if clue.label:
                    votes[clue.label] += clue.weight * count
            label = _most(votes)
            subtypes = Counter(
                {c.subtype: n for c, n in self.clues.items() if c.subtype and c.label == label}
            )
            subtype = _most(subtypes)
        shown = Counter({clue.shown: 0 for clue in self.clues})
        for clue, count in self.clues.items():
            shown[clue.shown] += count
        ordered = sorted(shown.items(), key=lambda item: (-item[1], item[0]))[:6]
        evidence = "; ".join(text if count == 1 else f"{text} ×{count}" for text, count in ordered)
        aliases = tuple(sorted(alias for alias in self.aliases if alias != name))
        rule = "|".join(sorted(self.rules))
        return Candidate(
            label, subtype, name, aliases, self.count, self.articles, evidence, tuple(self.examples), rule
        )


def _most(counts: Counter[str]) -> str | None:
    """The most frequent key, of equal ones the first in code-point order."""
    return min(counts, key=lambda key: (-counts[key], key)) if counts else None


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
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    collector.read(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError):
                    raise InputError(
                        "no article", where=f"{path}:{number}", remedy="run again to make the file anew"
                    ) from None
    found = [
        group.candidate()
        for group in collector.groups.values()
        if group.count >= (min_count or (1 if group.label else 2))
    ]
    found.sort(key=lambda c: (-c.count, c.name, c.label or ""))
    return found


class _Collector:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.clues = Clues(lexicon)
        self.groups: dict[tuple[str, str], _Group] = {}
        self.names = {
            (row.label, squeeze(form))
            for file in NAME_FILES
            for row in lexicon.rows(file)
            for form, _ in row.guarded_forms
        }
        self.words = {key for _, key in self.names}
        self.words.update(squeeze(f) for file in _WORDS for row in lexicon.rows(file) for f in row.forms)
        self.blocked: set[tuple[str | None, str]] = set()
        for row in lexicon.rows("block"):
            if not row["before"] and not row["after"]:
                self.blocked.update((row.label, squeeze(form)) for form in row.forms)

    def read(self, article: dict[str, Any]) -> None:
        """Takes in one line of ``articles.jsonl``."""
        text: str = article["text"]
        analysis = Analysis(text=text, article_id=article["article_id"])
        analysis.sentences = [
            Sentence(**{key: s[key] for key in Sentence.__dataclass_fields__}) for s in article["sentences"]
        ]
        analysis.morphemes = [
            Morpheme(t.start, t.start + t.len, t.form, t.tag, t.unknown)
            for t in analyse(text, _sections(analysis.sentences))
        ]
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
            group = self.groups.setdefault((label, key), _Group(label))
            start, end = mention["start"], mention["end"]
            group.see(name, _identity(article), self.clues(layout, start, end), _example(layout, start, end))
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
        covered = bytearray(len(layout.text))
        for mention in article["mentions"]:
            covered[mention["start"] : mention["end"]] = b"\1" * (mention["end"] - mention["start"])
        for title in self.clues.titles(layout):
            covered[title.start : title.end] = b"\1" * (title.end - title.start)
        for start, end in _proper_runs(layout):
            word = layout.text[start:end]
            key = squeeze(word)
            if any(covered[start:end]) or key in self.words or (None, key) in self.blocked:
                continue
            group = self.groups.setdefault(("", key), _Group(""))
            clues = self.clues(layout, start, end)
            group.see(word, _identity(article), clues, _example(layout, start, end))


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


def _example(layout: Layout, start: int, end: int) -> str:
    """The sentence around a name on one line, cut to :data:`MAX_EXAMPLE` code points."""
    left, right = layout.sentence_of(start)
    right = max(right, end)
    before, after = layout.text[left:start], layout.text[end:right]
    room = max(0, MAX_EXAMPLE - (end - start)) // 2
    if len(before) + len(after) > 2 * room:
        before = "…" + before[-room:] if len(before) > room else before
        after = after[:room] + "…" if len(after) > room else after
    return " ".join((before + layout.text[start:end] + after).split())


def write_suggestions(candidates: Iterable[Candidate], path: str | Path) -> None:
    """Writes the table as CSV for a spreadsheet (UTF-8 with BOM, nothing that runs as a formula).

    Raises:
        UsageError: when the file holds decisions already, or cannot be written.
    """
    path = Path(path)
    if path.exists() and _decided(path):
        raise UsageError(
            "holds decisions already",
            where=str(path),
            remedy="take them first with extract lexicon accept and move the file away, or choose another --to",
        )
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in candidate.cells()] for candidate in candidates)
    try:
        write_all({path: out.getvalue().encode("utf-8-sig")})
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror or error}", where=str(path), remedy="choose another --to"
        ) from None


def _decided(path: Path) -> bool:
    """Whether a file is something else than a table of suggestions without any decision."""
    from extract.lexicon.tables import read_table

    try:
        rows = read_table(path)
    except (InputError, UsageError):
        return True
    if not rows:
        return False
    header = rows[0][1]
    if "decision" not in header:
        return True
    column = header.index("decision")
    return any(len(cells) > column and cells[column] for _, cells in rows[1:])

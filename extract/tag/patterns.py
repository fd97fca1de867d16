"""Character rules from ``rules/people.yaml``, ``rules/places.yaml`` and ``rules/organisations.yaml``.

A block::

    - name: company-mark            # unique in its file
      label: ORG
      subtype: company
      priority: 60
      score: 0.9
      pattern: '(?:㈜|\\(주\\)|주식회사) ?(?P<mention>{word})'
      examples: ['[(주)가나전자] …']   # what must be found, in square brackets
      counterexamples: ['…']        # where nothing may be found

``proper: true`` takes a mention only where Kiwi reads a proper noun or an unknown word (examples are run
without Kiwi, so a counterexample must fail by its characters).

``pattern`` is a pattern of the ``regex`` library; each group called ``mention`` is proposed as a mention.
Macros in braces: ``{word}`` one Hangul or Latin word, ``{open}`` and ``{close}`` any quotation mark,
``{hangul}`` Hangul syllables, ``{latin}`` a Latin name or abbreviation of one or more words, ``{country}`` and
``{surname}`` the unguarded rows of ``countries.csv`` and the commoner ones of ``surnames.csv``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import regex

from extract.document import Candidate
from extract.errors import LexiconError
from extract.lexicon import Lexicon, Problem
from extract.model import ENTITY_LABELS, SUBTYPES
from extract.relate.needles import Places

FILES = ("people", "places", "organisations")
KEYS = {
    "name",
    "label",
    "subtype",
    "priority",
    "score",
    "pattern",
    "examples",
    "counterexamples",
    "note",
    "where",
    "proper",
}
MACROS = {
    "{open}": "[‘’“”'\"`｢「『〈《<]",
    "{close}": "[’‘”“'\"`｣」』〉》>]",
    "{hangul}": "[가-힣]++",
    "{word}": "[가-힣A-Za-z0-9&]{2,30}+",
    "{latin}": r"[A-Z][A-Za-z&.·’'-]*+(?: (?:of|for|and|the|in|on|de|[A-Z&][A-Za-z&.·’'-]*+)){0,11}+",
}


class PatternRules:
    """The compiled rules of the three files."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rules: list[tuple[str, dict[str, Any], Any]] = []
        known = macros(lexicon)
        for file in FILES:
            for block in lexicon.rules(file):
                self.rules.append((file, block, compile_rule(block, known)))
        self._places = Places([pattern.pattern for _, _, pattern in self.rules])

    def __call__(self, text: str, is_proper: Callable[[int, int], bool]) -> Iterator[Candidate]:
        """Candidates of all rules, in the order of the files; ``is_proper`` tells what Kiwi reads as a name."""
        for (file, block, pattern), places in zip(self.rules, self._places(text), strict=True):
            for start, end in _spans(pattern, text) if places is None else _spans_at(pattern, text, places):
                if block.get("proper") and not is_proper(start, end):
                    continue
                yield Candidate(
                    start,
                    end,
                    block["label"],
                    block.get("subtype"),
                    f"{file}:{block['name']}",
                    int(block.get("priority", 50)),
                    float(block.get("score", 0.8)),
                )


def macros(lexicon: Lexicon) -> dict[str, str]:
    """The macros with those that the lexicon's rows give: ``{country}`` and ``{surname}``."""
    countries = [form for row in lexicon.rows("countries") for form, guard in row.guarded_forms if not guard]
    surnames = [
        form for row in lexicon.rows("surnames") for form in row.forms if int(row["rank"] or 999) <= 60
    ]
    return {**MACROS, "{country}": _any(countries), "{surname}": _any(surnames)}


def _any(words: list[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(regex.escape, ordered))})" if ordered else "(?!)"


def compile_rule(block: dict[str, Any], macros: dict[str, str]) -> Any:
    """The compiled pattern of a rule block; ``macros`` maps ``{name}`` to a piece of pattern.

    Raises:
        LexiconError: for a missing or unknown key, label or macro, a broken pattern, or no ``mention`` group.
    """

    def bad(problem: str, remedy: str) -> LexiconError:
        return LexiconError(problem, where=block.get("where", "rule"), remedy=remedy)

    unknown = set(block) - KEYS
    if unknown:
        raise bad(f"unknown key {sorted(unknown)[0]!r}", f"use: {', '.join(sorted(KEYS - {'where'}))}")
    if block.get("label") not in ENTITY_LABELS:
        raise bad(f"unknown label {block.get('label')!r}", f"use one of: {', '.join(ENTITY_LABELS)}")
    if block.get("subtype") and block["subtype"] not in SUBTYPES[block["label"]]:
        raise bad(
            f"unknown subtype {block['subtype']!r}", f"use one of: {', '.join(SUBTYPES[block['label']])}"
        )
    source = str(block.get("pattern") or "")
    for macro, body in macros.items():
        source = source.replace(macro, body)
    try:
        pattern = regex.compile(source)
    except regex.error as error:
        raise bad(f"the pattern does not compile: {error}", "mend the pattern") from error
    if "mention" not in pattern.groupindex:
        raise bad("the pattern has no group (?P<mention>…)", "mark what is to be found")
    if pattern.search("") is not None:
        raise bad("the pattern matches nothing at all", "make it match at least one character")
    return pattern


def check_rules(lexicon: Lexicon) -> list[Problem]:
    """Compiles every rule and runs its examples (the mention in square brackets) and counterexamples."""
    problems = []
    known = macros(lexicon)
    for file in FILES:
        for block in lexicon.rules(file):
            where = block["where"]
            try:
                pattern = compile_rule(block, known)
            except LexiconError as error:
                problems.append(Problem("error", where, error.problem, error.remedy))
                continue
            if not block.get("examples"):
                problems.append(Problem("error", where, "a rule without examples", "add 'examples:'"))
            for example in block.get("examples") or ():
                text = str(example).replace("[", "").replace("]", "")
                wanted = regex.findall(r"\[(.+?)\]", str(example))
                got = [text[start:end] for start, end in _spans(pattern, text)]
                if got != wanted:
                    problems.append(
                        Problem(
                            "error",
                            where,
                            f"the example {example!r} gives {got}",
                            "mend the pattern or the example",
                        )
                    )
            for example in block.get("counterexamples") or ():
                got = [example[start:end] for start, end in _spans(pattern, example)]
                if got:
                    problems.append(
                        Problem(
                            "error",
                            where,
                            f"the counterexample {example!r} gives {got}",
                            "narrow the pattern",
                        )
                    )
    return problems


def _spans(pattern: Any, text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        for start, end in match.spans("mention"):
            if start < end:
                yield start, end


def _spans_at(pattern: Any, text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What :func:`_spans` gives where every match begins at one of ``places``."""
    position = 0
    for place in places:
        match = pattern.match(text, place) if place >= position else None
        if match is not None:
            position = match.end()
            for start, end in match.spans("mention"):
                if start < end:
                    yield start, end

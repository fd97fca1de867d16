"""Runs the identity rules over one article and says what they found of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.expression import Expression
from extract.resolve.groups import KIND
from extract.resolve.names import has_hangul, is_abbreviation, other_script, squeeze
from extract.resolve.patterns import ANY_SYMBOL, CLOSE, INSIDE_BRACKET, IdentityRule
from extract.resolve.skeleton import SYMBOLS, Skeleton

_ENTRIES = Expression(rf"(?P<host>{ANY_SYMBOL}){CLOSE}?+ ?[(\[](?P<body>{INSIDE_BRACKET})[)\]]")
_AGE = Expression(r"[·․ㆍ‧] ?\d{1,3}$")  # 본명 배수지·20
_SEPARATOR = Expression(r" *[,;/] *")


class Fact(NamedTuple):
    """What a rule says of items (by number) or of plain text, with the evidence's span in the article."""

    subject: int
    predicate: str
    object: int | str
    start: int
    end: int
    rule: str
    score: float


def run_rules(rules: Sequence[IdentityRule], skeleton: Skeleton) -> list[Fact]:
    """Every fact that the rules find. A title's holder is settled by the first rule that names one."""
    facts: list[Fact] = []
    settled: dict[int, int] = {}  # title item → match that settled it
    text = skeleton.text
    entries = list(_bracket_entries(skeleton))
    whole, titled = [_Stretch(0, len(text), text)], _titled_lines(text)
    holding: dict[tuple[bool, str], list[_Stretch]] = {}
    number = 0
    for rule in rules:
        matches: Iterator[tuple[Any, _Entry | None]]
        if rule.host:
            matches = _in_entries(rule, skeleton, entries)
        else:
            key = (rule.titled, rule.signs)
            if key not in holding:
                stretches = titled if rule.titled else whole
                holding[key] = [one for one in stretches if _holds(one.text, rule.signs)]
            matches = _in_stretches(rule, text, holding[key])
        for match, entry in matches:
            number += 1
            facts += _facts(rule, match, entry, number, skeleton, settled)
    return facts


class _Stretch(NamedTuple):
    """A part of a skeleton, or all of it."""

    start: int
    end: int
    text: str


class _Entry(NamedTuple):
    """One entry of the bracket after an item, in skeleton positions."""

    host: int
    start: int
    end: int
    bracket_end: int


def _holds(text: str, signs: str) -> bool:
    """Whether the signs stand in the text in this order."""
    at = -1
    for sign in signs:
        at = text.find(sign, at + 1)
        if at < 0:
            return False
    return True


def _is_needed(rule: IdentityRule, text: str) -> bool:
    return not rule.needs or any(map(text.__contains__, rule.needs))


def _in_stretches(
    rule: IdentityRule, text: str, stretches: Sequence[_Stretch]
) -> Iterator[tuple[Any, _Entry | None]]:
    if rule.words is not None:
        stretches = [one for one in stretches if any(map(one.text.__contains__, rule.words))]
    if stretches and _is_needed(rule, text):
        for start, end, _ in stretches:
            for match in rule.pattern.finditer(text, start, end):
                yield match, None


def _in_entries(
    rule: IdentityRule, skeleton: Skeleton, entries: Sequence[_Entry]
) -> Iterator[tuple[Any, _Entry | None]]:
    if not _is_needed(rule, skeleton.text):
        return
    for entry in entries:
        if skeleton.items[entry.host].label in rule.host:
            match = rule.pattern.fullmatch(skeleton.text, entry.start, entry.end)
            if match:
                yield match, entry


def _titled_lines(text: str) -> list[_Stretch]:
    """The lines of a skeleton that hold a title, each with the line break before it."""
    found: list[_Stretch] = []
    at = text.find(SYMBOLS["TITLE"])
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        start = max(0, text.rfind("\n", 0, at))
        found.append(_Stretch(start, end, text[start:end]))
        at = text.find(SYMBOLS["TITLE"], end)
    return found


def _bracket_entries(skeleton: Skeleton) -> Iterator[_Entry]:
    position, text = 0, skeleton.text
    while match := _ENTRIES.search(text, position):
        host = skeleton.index(match.start("host"))
        cursor, stop = match.span("body")
        position = cursor
        if host is None:
            continue
        for cut in (*_SEPARATOR.finditer(text, cursor, stop), None):
            end = cut.start() if cut else stop
            inner = text[cursor:end]
            left = cursor + len(inner) - len(inner.lstrip())
            right = end - len(inner) + len(inner.rstrip())
            if left < right:
                yield _Entry(host, left, right, match.end())
            cursor = cut.end() if cut else stop


def _facts(
    rule: IdentityRule,
    match: Any,
    entry: _Entry | None,
    number: int,
    skeleton: Skeleton,
    settled: dict[int, int],
) -> list[Fact]:
    items: dict[str, list[int | str]] = {}
    for group in rule.names:
        spans = match.spans(group)
        if spans:
            items[group] = [_captured(skeleton, start, end) for start, end in spans]
    if entry is not None:
        items["host"] = [entry.host]
    found: list[Fact] = []
    if not _may_claim(rule, items, number, skeleton, settled):
        return found
    if rule.when == "pair":
        names = [skeleton.items[i].text for i in items["host"] if isinstance(i, int)]
        aliases = [_text(value, skeleton) for value in items.get("alias", ())]
        if not any(other_script(name, alias) for name in names for alias in aliases):
            return found
    start, end = skeleton.offset(match.start()), _end(skeleton, match.end())
    if entry is not None:
        start, end = skeleton.items[entry.host].start, _end(skeleton, entry.bracket_end)
    for subject_group, predicate, object_group in rule.claims:
        for subject in items.get(subject_group, ()):
            for value in items.get(object_group, ()):
                if not isinstance(subject, int):
                    continue
                if predicate in ("also_known_as", "shortened_to") and not _may_be_alias(
                    rule.when, subject, value, skeleton
                ):
                    continue
                if predicate == "holds_title" and isinstance(value, int):
                    settled.setdefault(value, number)
                found.append(Fact(subject, predicate, value, start, end, rule.name, rule.score))
    return found


def _captured(skeleton: Skeleton, start: int, end: int) -> int | str:
    """The item behind a captured symbol, else the captured text of the article."""
    if end - start == 1:
        index = skeleton.index(start)
        if index is not None:
            return index
    return _AGE.sub("", skeleton.source[skeleton.offset(start) : _end(skeleton, end)].strip())


def _end(skeleton: Skeleton, position: int) -> int:
    if position == 0:
        return 0
    index = skeleton.index(position - 1)
    return skeleton.items[index].end if index is not None else skeleton.offset(position - 1) + 1


def _may_claim(
    rule: IdentityRule,
    items: dict[str, list[int | str]],
    number: int,
    skeleton: Skeleton,
    settled: dict[int, int],
) -> bool:
    """Whether the rule is for these titles, and no stronger rule has given them to someone."""
    for values in items.values():
        for value in values:
            title = skeleton.items[value].title if isinstance(value, int) else None
            if title is None or not isinstance(value, int):
                continue
            if rule.heads and title.head not in rule.heads:
                return False
            if not rule.free and settled.get(value, number) != number:
                return False
    return True


def _text(value: int | str, skeleton: Skeleton) -> str:
    return value if isinstance(value, str) else skeleton.items[value].text


def _may_name(name: str, alias: str, when: str) -> bool:
    """Whether plain text may name what ``name`` does: another script, or for a plain alias shared syllables
    (``진흥원`` for ``한빛산업진흥원``, not ``협약 당사자``)."""
    if other_script(name, alias):
        return True
    return when != "gloss" and len(set(squeeze(name)) & set(squeeze(alias))) >= 2


def _may_be_alias(when: str, subject: int, value: int | str, skeleton: Skeleton) -> bool:
    name = skeleton.items[subject]
    text = _text(value, skeleton)
    if when == "latin" and (has_hangul(text) or " " not in text):
        return False
    if isinstance(value, str):
        if name.label == "PERSON" and value.isupper() and " " not in value:
            return False  # 홍길동(CEO)
        return _may_name(name.text, value, when)
    alias = skeleton.items[value]
    if alias.text == name.text or (alias.label == "PERSON") != (name.label == "PERSON"):
        return False
    if when != "gloss":
        return True
    return KIND[alias.label] == KIND[name.label] and (
        other_script(name.text, alias.text)
        or is_abbreviation(alias.text, name.text)
        or is_abbreviation(name.text, alias.text)
    )

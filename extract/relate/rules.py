"""Relation rules as data: blocks of ``relations.yaml`` compiled into frames, patterns and outlines.

A block has ``name, predicate, priority, score, examples, counterexamples`` and one of

* ``trigger``: a regular expression for the predicate, with ``subject`` and ``object`` saying which phrases of
  the clause fill them (labels, roles), or
* ``nested: true``: a name that begins with another name (``한빛연구원 경제정보센터``), or
* ``outline``: words that begin a line listing people (``· 참석자 : …``), with an ``event`` as the object, or
* ``pattern``: a regular expression over the sentence in which ``{subject:ORG|CITY}`` and ``{object:DATE}``
  stand for a mention of these labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import regex

from extract.errors import LexiconError
from extract.expression import Expression
from extract.lexicon import Lexicon
from extract.lexicon.expressions import Capturing, Expressions
from extract.model import LABELS, PREDICATES
from extract.relate.labels import Label, label_of
from extract.relate.needles import Scanner, needles

ROLES = (
    "subject",
    "topic",
    "listed",
    "chief",
    "obj",
    "with",
    "to",
    "at",
    "dat",
    "as",
    "from",
    "gen",
    "mod",
    "head",
    "any",
    "date",
)
_KEYS = frozenset(
    (
        "name", "predicate", "priority", "score", "trigger", "pattern", "outline", "nested", "subject", "object", "state",
        "headline", "pair", "within", "adverb", "verbs", "without", "examples", "counterexamples", "where", "note",
        "active", "measured",
    )
)  # fmt: skip
_ARGUMENT_KEYS = {
    "labels",
    "role",
    "carry",
    "over",
    "text",
    "particle",
    "heads",
    "bare",
    "drop",
    "owner",
    "event",
    "reach",
    "next",
    "without",
    "titled",
    "chained",
    "roles",
}
_MANNER = r"(?:공동으로\s|함께\s|성공적으로\s|공식\s|잇따라\s|각각\s)?"
MACROS = {
    "DO": rf"(?:을|를|도)?\s?{_MANNER}"
    r"(?:하|해|했|한(?=\s|다)|할|함|갖|가졌|가진|가질|가지|나누|나눴|나눈|진행|개최|실시)",
    "BE": r"(?:이|가|도)?\s?(?:되|됐|된|될|됨|돼)",
    "DONE": r"(?:을|를|도|이|가)?\s?(?:하|해|했|한(?=\s|다)|할|함|되|됐|된|될|돼)",
}
_ROLE = (
    "회장|의장|위원장|이사장|총장|원장|소장|관장|국장|실장|본부장|단장|처장|청장|장관|차관|총리|시장|지사|군수|구청장|교육감|대표|대표이사"
    "|사장|부사장|이사|감사|감독|코치|교수|학장|대사|총영사|홍보대사|위원|자문위원|간사|총재|주교|사무총장|사무국장|대변인|수석|보좌관|의원"
    "|고문|자문관|명예시민|명예교수|도시|회장도시|의장도시|의장국|회장국|이사국|[가-힣]{1,6}장"
)
_MENTION = Expression(r"\{(subject|object):([A-Z|]+)\}")
LABEL_CODES = {label: chr(0xE010 + i) for i, label in enumerate(LABELS)}
OPEN, CLOSE = "\ue000", "\ue001"


class Argument(NamedTuple):
    """What may fill the subject or the object of a frame."""

    labels: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    carry: bool = False
    over: bool = False
    text: bool = False
    bare: bool = False
    particles: frozenset[str] = frozenset()
    heads: Expression | None = None
    drop: Expression | None = None
    owner: bool = False
    event: bool = False
    reach: int = 2
    next: Expression | None = None
    chained: bool = False
    titled: frozenset[str] = frozenset()
    role_nouns: Expression | None = None
    without: frozenset[str] = frozenset()


class Rule(NamedTuple):
    """One compiled block; ``trigger`` or ``pattern`` is set. ``mentions``: the labels of those in a pattern,
    ``objects``: those of which a sentence must hold one for the trigger to find an object."""

    name: str
    predicate: str
    priority: int
    score: float
    trigger: Expression | None
    pattern: Capturing | None
    subject: Argument
    object: Argument
    mentions: tuple[frozenset[str], ...]
    objects: frozenset[str]
    state: bool
    headline: bool
    pair: bool
    adverb: bool
    verbs: Expression | None
    outline: Label | None
    nested: bool
    without: Expression | None
    within: Expression | None
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    where: str

    def may_hold(self, labels: frozenset[str]) -> bool:
        """Whether mentions of these labels are enough for the rule; a reference may stand for an object, too."""
        if self.trigger is not None:
            return not self.objects or bool(labels & self.objects)
        return all(labels & wanted for wanted in self.mentions)


class RuleSet:
    """All relation rules; ``scanner`` tells which of those ``searched`` (frames, then patterns) a sentence may hold."""

    def __init__(self, lexicon: Lexicon) -> None:
        nouns = [form for row in lexicon.rows("events") if row["kind"] == "event" for form in row.forms]
        macros = {
            **MACROS,
            "NOT_PERSON": rf"(?!\s?{OPEN}{LABEL_CODES['PERSON']})",
            "EVENT": "(?:"
            + "|".join(regex.escape(n) for n in sorted(set(nouns), key=lambda noun: (-len(noun), noun)))
            + ")",
        }
        if not nouns:
            macros["EVENT"] = "(?!)"
        macros["ROLE"] = _ROLE
        self.macros = macros
        blocks = [b for b in lexicon.rules("relations") if b.get("active", True)]
        self._expressions = Expressions("relations", Path(__file__).with_name("needles.py"))
        self.rules = sorted((self._compile(b) for b in blocks), key=lambda r: (-r.priority, r.name))
        self.frames = [r for r in self.rules if r.trigger is not None]
        self.nested = [r for r in self.rules if r.nested]
        self.outlines = [r for r in self.rules if r.outline]
        self.patterns = [r for r in self.rules if r.pattern is not None]
        self.searched = [*self.frames, *self.patterns]
        expressions = [r.trigger or r.pattern for r in self.searched]
        wanted = self._expressions.check(lambda: [needles(e.pattern) for e in expressions if e is not None])
        self.scanner = Scanner(wanted)
        self.referring = _mask(bool(rule.objects) for rule in self.searched)
        """The frames whose object must be a mention, or a reference to one."""
        self._able: dict[frozenset[str], int] = {}

    def able(self, labels: frozenset[str]) -> int:
        """A bit mask of the rules ``searched`` for which the mentions of a sentence with these labels will do."""
        mask = self._able.get(labels)
        if mask is None:
            mask = self._able[labels] = _mask(rule.may_hold(labels) for rule in self.searched)
        return mask

    def _expand(self, pattern: str) -> str:
        for name, body in self.macros.items():
            pattern = pattern.replace("{" + name + "}", body)
        return pattern

    def _compile(self, block: dict[str, Any]) -> Rule:
        where = str(block.get("where", block.get("name", "")))

        def bad(problem: str, remedy: str) -> LexiconError:
            return LexiconError(problem, where=where, remedy=remedy)

        unknown = set(block) - _KEYS
        if unknown:
            raise bad(f"unknown key {sorted(unknown)[0]!r}", f"use: {', '.join(sorted(_KEYS))}")
        if block.get("predicate") not in PREDICATES:
            raise bad(f"unknown predicate {block.get('predicate')!r}", f"use one of: {', '.join(PREDICATES)}")
        if sum(key in block for key in ("trigger", "pattern", "outline", "nested")) != 1:
            raise bad("a rule needs a trigger, a pattern, an outline or 'nested'", "write one of the four")

        def expression(spec: dict[str, Any], key: str, form: str = "{}") -> Expression | None:
            if not spec.get(key):
                return None
            return self._expressions.add(form.format(self._expand(spec[key])), where)

        pattern = None
        if "pattern" in block:
            pattern = self._expressions.capturing(self._expand(_mentions(block["pattern"])), where)
        subject = _argument(block.get("subject"), bad, expression)
        object_ = _argument(block.get("object"), bad, expression)
        for key in ("priority", "score"):
            if not isinstance(block.get(key, 1), int | float):
                raise bad(f"the {key} {block[key]!r} is no number", "use a number")
        score = float(block.get("score", 0.8))
        if not 0 < score <= 1:
            raise bad(f"the score {score} lies outside (0, 1]", "use a number above 0 and up to 1")
        return Rule(
            name=block["name"],
            predicate=block["predicate"],
            priority=int(block.get("priority", 50)),
            score=score,
            trigger=expression(block, "trigger"),
            pattern=pattern,
            subject=subject,
            object=object_,
            objects=_needed(object_, bool(block.get("pair", False))),
            mentions=tuple(
                frozenset(m.group(2).split("|")) for m in _MENTION.finditer(block.get("pattern", ""))
            ),
            state=bool(block.get("state", False)),
            headline=bool(block.get("headline", False)),
            pair=bool(block.get("pair", False)),
            adverb=bool(block.get("adverb", False)),
            verbs=expression(block, "verbs"),
            outline=label_of(block["outline"]) if block.get("outline") else None,
            nested=bool(block.get("nested", False)),
            without=expression(block, "without"),
            within=expression(block, "within"),
            examples=tuple(block.get("examples") or ()),
            counterexamples=tuple(block.get("counterexamples") or ()),
            where=where,
        )


def _argument(spec: dict[str, Any] | None, bad: Any, expression: Any) -> Argument:
    if spec is None:
        return Argument()
    unknown = set(spec) - _ARGUMENT_KEYS
    if unknown:
        raise bad(f"unknown argument key {sorted(unknown)[0]!r}", f"use: {', '.join(sorted(_ARGUMENT_KEYS))}")
    labels = frozenset(str(spec.get("labels", "")).split())
    roles = tuple(str(spec.get("role", "")).split())
    for label in labels - set(LABELS):
        raise bad(f"unknown label {label!r}", f"use: {', '.join(LABELS)}")
    for role in set(roles) - set(ROLES):
        raise bad(f"unknown role {role!r}", f"use: {', '.join(ROLES)}")
    return Argument(
        labels=labels,
        roles=roles,
        carry=bool(spec.get("carry", False)),
        over=bool(spec.get("over", False)),
        text=bool(spec.get("text", False)),
        bare=bool(spec.get("bare", False)),
        particles=frozenset(str(spec.get("particle", "")).split()),
        heads=expression(spec, "heads", "(?:{})$"),
        drop=expression(spec, "drop"),
        owner=bool(spec.get("owner", False)),
        event=bool(spec.get("event", False)),
        without=frozenset(str(spec.get("without", "")).split()),
        chained=bool(spec.get("chained", False)),
        titled=frozenset(str(spec.get("titled", "")).split()),
        role_nouns=expression(spec, "roles", "(?:{})$"),
        reach=int(spec.get("reach", 2)),
        next=expression(spec, "next"),
    )


def _mask(chosen: Iterable[bool]) -> int:
    return sum(1 << number for number, one in enumerate(chosen) if one)


def _needed(object_: Argument, pair: bool) -> frozenset[str]:
    """Labels of which the sentence must hold one; none where the object may be a title, text or carried over."""
    free = object_.text or object_.event or object_.carry or pair or "PERSON" in object_.labels
    return frozenset() if free else object_.labels


def _mentions(pattern: str) -> str:
    """Macros for mentions, over the sentence in which every mention is masked (see ``patterns.mask``)."""

    def expand(match: regex.Match[str]) -> str:
        codes = "".join(LABEL_CODES[label] for label in match.group(2).split("|"))
        mention = f"{OPEN}[{codes}](?P<{match.group(1)}>[^{CLOSE}]){CLOSE}"
        return f"[‘“'\"`｢「]?{mention}[’”'\"`｣」]?(?:\\s?\\([^()]{{0,80}}\\))?"

    return _MENTION.sub(expand, pattern)

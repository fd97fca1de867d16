"""The rules of ``rules/identity.yaml``: who holds which title where, and which names are one.

A rule's ``pattern`` (or ``item``, one entry of the bracket after a ``host``) is a regular expression over
the skeleton of an article. In it ``{ORG}`` stands for a mention of that label, ``{org:ORG}`` also
captures it, and a space stands for one space, tab or no-break space. Further words in braces:

``{TITLE}``   a title (``서울시장``)                     ``{AFF}``    ORG, CITY or PLACE
``{NAME}``    PERSON, ORG, CITY or PLACE               ``{LATIN}``  words in Latin letters, no mention
``{WORDS}``   one to six words, no mention             ``{MOD}``    ``前``, ``신임``, ``제3대`` … of a title
``{UNIT}``    up to two words ending in 국, 부문, 팀 …    ``{OPEN}``, ``{CLOSE}``  a quotation mark or nothing
``{GLOSS}``   a bracket or nothing, with the quotation mark around     ``{AGE}``  an age before ``·``, or nothing

``heads`` lists the titles that a rule is for; without it, any. ``needs`` lists words of which the article
must hold one (it saves the time of looking). ``when`` narrows an alias: ``gloss`` (other
script or abbreviation), ``latin`` (several Latin words),
``pair`` (one of several is a gloss). ``claims`` are lines ``subject predicate object``
over the captured names: the three predicates of identity, ``shortened_to`` (also known as, by a form that
is short for the subject) and ``same_holder`` (two titles, one person). A rule with ``bodies`` instead of a
pattern is read by ``extract.resolve.bodies``, one with ``endings`` by ``extract.resolve.ellipsis``;
``passing`` lists titles that are no titles held.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extract.errors import LexiconError
from extract.expression import Expression
from extract.lexicon import Lexicon
from extract.lexicon.expressions import Capturing, Expressions
from extract.relate.needles import Words, needles
from extract.resolve.skeleton import SYMBOLS

PREDICATES = ("holds_title", "affiliated_with", "also_known_as", "shortened_to", "same_holder")
CONDITIONS = ("", "gloss", "latin", "pair")
KEYS = (
    *("name", "about", "priority", "pattern", "item", "host", "when", "heads", "claims", "score"),
    *("needs", "bodies", "endings", "passing", "measured", "examples", "counterexamples", "where"),
)


ANY_SYMBOL = f"[{SYMBOLS['PERSON']}-{SYMBOLS['FIGURE']}]"
CLOSE = r"[‘’“”'\"`´」』｣>〉》]"
INSIDE_BRACKET = r"(?:[^()\[\]\n]|[(][^()\n]{0,60}+[)]){1,140}+"
_BRACKET = rf"[(\[]{INSIDE_BRACKET}[)\]]"
_WORD = r"[가-힣A-Za-z0-9·․ㆍ&-]{1,20}"
_FREE_WORD = rf"[^\s(),;:‘’“”'\"`´「」『』{ANY_SYMBOL[1:-1]}]{{1,20}}+"
_UNITS = (
    "실|국|(?<=[가-힣])(?<![결효성통경])과|팀|부|부문|본부|센터|단|처|관|분야|담당|총괄|사업부|위원회|지부|지사|대학원|학과|학부|연구실"
    "|연구소|사무소|사업소|보건소|대"
)
_WORDS = {
    **SYMBOLS,
    "AFF": f"[{SYMBOLS['ORG']}{SYMBOLS['CITY']}{SYMBOLS['PLACE']}]",
    "NAME": f"[{SYMBOLS['PERSON']}{SYMBOLS['ORG']}{SYMBOLS['CITY']}{SYMBOLS['PLACE']}]",
    "LATIN": r"[A-Z][A-Za-z0-9&.'’/-]*+(?: [A-Za-z0-9&.'’/-]++){0,9}+",
    "WORDS": rf"{_FREE_WORD}(?: {_FREE_WORD}){{0,5}}+",
    "MOD": r"(?:(?:前|전임?|現|현직?|故|신임|후임|초대|차기|당시|공동|상임|특임|제 ?\d{1,3}대|\uE007) ?){0,2}",
    "UNIT": rf"(?:(?:{_WORD}(?<![은는을를에로며고]) ){{0,3}}?(?:{_WORD})?(?:{_UNITS}) ){{0,2}}",
    "AGE": r"(?:[\d\uE007]{1,3}세?[·․ㆍ‧/] ?)?",
    "OPEN": r"[‘’“”'\"`´「『｢<〈《]?+",
    "CLOSE": f"{CLOSE}?+",
    "GLOSS": f"{CLOSE}?+(?: ?{_BRACKET})?+{CLOSE}?+",
}
_OTHERS = {"bodies", "endings", "passing"}
_CERTAIN = Expression(r"\{(?:[a-z][a-z0-9]*:)?([A-Z]+)\}(?![?*]|\{\d)")
_ESCAPED = Expression(r"\\.")
_CLASS = Expression(r"\[\^?\]?[^\]]*\]")
_INNERMOST = Expression(r"\([^()]*\)")
_NAMED = Expression(r"\(\?P?<(\w+)>")
_BRACES = Expression(r"\{(?:([a-z][a-z0-9]*):)?([A-Z]+)\}")


@dataclass(frozen=True)
class IdentityRule:
    """One rule. ``claims`` are triples: captured name, predicate, captured name; ``names`` are the captured ones."""

    name: str
    priority: int
    pattern: Capturing
    names: tuple[str, ...]
    host: frozenset[str]
    when: str
    heads: frozenset[str]
    needs: tuple[str, ...]
    signs: str
    """Signs of the skeleton that stand in every match, in this order."""
    claims: tuple[tuple[str, str, str], ...]
    score: float
    free: bool = False
    """Whether it may speak of titles that a stronger rule has given to someone."""
    titled: bool = False
    """Whether it only looks at lines that hold a title: it claims one, and never looks past a line."""

    @cached_property
    def words(self) -> Words:
        """Words of which one stands in every match; None where that is not known."""
        found = needles(self.pattern.pattern)
        return None if found is None or " " in found else found


def compile_rules(lexicon: Lexicon) -> tuple[IdentityRule, ...]:
    """All identity rules, highest priority first, load order within a priority.

    Raises:
        LexiconError: for the first rule that is not as this module says.
    """
    expressions = Expressions("identity")
    rules = [compile_rule(b, expressions) for b in lexicon.rules("identity") if not _OTHERS & set(b)]
    expressions.check()
    return tuple(sorted(rules, key=lambda rule: -rule.priority))


def compile_rule(block: dict[str, Any], expressions: Expressions) -> IdentityRule:
    """A rule block as it is run; its pattern is added to ``expressions``.

    Raises:
        LexiconError: for an unknown key, condition, predicate or captured name.
    """
    where = block.get("where", str(block.get("name")))
    for key in block:
        if key not in KEYS:
            raise LexiconError(f"unknown key {key!r}", where=where, remedy=f"use: {', '.join(KEYS)}")
    if ("pattern" in block) == ("item" in block):
        raise LexiconError("neither or both of pattern and item", where=where, remedy="give one of them")
    pattern = expressions.capturing(_expanded(str(block.get("pattern") or block.get("item")), where), where)
    host = frozenset(str(block.get("host", "")).split())
    if ("item" in block) != bool(host) or not host <= set(SYMBOLS):
        raise LexiconError(
            "an item needs its host", where=where, remedy=f"host: some of {', '.join(SYMBOLS)}"
        )
    when = str(block.get("when", ""))
    if when not in CONDITIONS:
        raise LexiconError(
            f"unknown condition {when!r}", where=where, remedy="use gloss, latin or pair, or none"
        )
    captured = tuple(dict.fromkeys(_NAMED.findall(pattern.pattern)))
    names = {*captured, "host"} if host else set(captured)
    claims = tuple(_claim(str(line), names, where) for line in _claim_lines(block, where))
    return IdentityRule(
        name=f"identity:{block['name']}",
        priority=int(block.get("priority", 50)),
        pattern=pattern,
        names=captured,
        host=host,
        when=when,
        heads=frozenset(str(block.get("heads", "")).split()),
        needs=tuple(str(block.get("needs", "")).split()),
        signs=_signs(str(block.get("pattern", ""))),
        claims=claims,
        score=float(block.get("score", 0.8)),
        free=any(predicate == "same_holder" or subject == "host" for subject, predicate, _ in claims),
        titled="{title:TITLE}" in str(block.get("pattern", ""))
        and "(?s)" not in str(block.get("pattern", "")),
    )


def _signs(source: str) -> str:
    """The signs that stand in every match of a pattern, in their order: those in no brackets."""
    flat = _CLASS.sub(" ", _ESCAPED.sub(" ", source))
    while "(" in flat:
        bare = _INNERMOST.sub(" ", flat)
        if bare == flat:
            return ""
        flat = bare
    if "|" in flat:
        return ""
    return "".join(SYMBOLS[word] for word in _CERTAIN.findall(flat) if word in SYMBOLS)


def _expanded(source: str, where: str) -> str:
    """The pattern of a rule with its words in braces replaced."""

    def replace(match: Any) -> str:
        name, word = match.groups()
        if word not in _WORDS:
            raise LexiconError(f"unknown {{{word}}}", where=where, remedy=f"use: {', '.join(sorted(_WORDS))}")
        return f"(?P<{name}>{_WORDS[word]})" if name else f"(?:{_WORDS[word]})"

    return _BRACES.sub(replace, source)


def _claim_lines(block: dict[str, Any], where: str) -> list[Any]:
    lines = block.get("claims")
    if not isinstance(lines, list) or not lines:
        raise LexiconError("a rule without claims", where=where, remedy="add a list 'claims:'")
    return lines


def _claim(line: str, names: set[str], where: str) -> tuple[str, str, str]:
    parts = line.split()
    if len(parts) != 3 or parts[1] not in PREDICATES or not {parts[0], parts[2]} <= names:
        remedy = f"write 'captured predicate captured' with one of: {', '.join(PREDICATES)}"
        raise LexiconError(f"a claim that says nothing: {line!r}", where=where, remedy=remedy)
    return parts[0], parts[1], parts[2]

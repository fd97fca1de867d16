"""Verbs and adjectives with their endings, from Sejong tags: the skeleton of a Korean clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Morpheme


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


STEMS = word_set("VV VA VX XSV XSA VCP VCN VV-R VV-I VA-R VA-I VX-R VX-I XSV-R XSV-I XSA-R XSA-I")
_POSTPOSITIONS = word_set(
    "위하 대하 통하 관하 의하 따르 비롯하 향하 인하 기하 걸치 더불 위시하 말미암 반하 즈음하 힘입 발맞추 맞추 두 앞서"
)
_NOUN_POSTPOSITIONS = word_set("비롯 관련 포함 대상 중심 계기 비 위시 기준")
_DEPENDENT = word_set(
    "것 수 바 등 때 데 후 뒤 가운데 중 만큼 채 지 듯 이후 경우 예정 계획 방침 전망 직후 다음 이래 동안 즉시 대로 점 "
    "뿐 줄 만 경험 자리 날 결과 계기 과정 당시 일"
)


class Predicate(NamedTuple):
    """A stem with its endings. ``kind``: ``EF`` final, ``EC`` connective, ``ETM`` adnominal, ``ETN`` nominal.

    ``start`` is the stem's first code point, ``end`` one past the ending; ``noun`` the noun before a light
    verb (``방문`` in ``방문하였다``); ``after`` the dependent noun after an adnominal ending (``예정``).
    """

    start: int
    end: int
    kind: str
    stem: str
    ending: str
    past: bool
    future: bool
    noun: str
    after: str
    progressive: bool
    negated: bool
    action: bool


def find_predicates(morphemes: Sequence[Morpheme]) -> list[Predicate]:
    """The predicates of one unit in order. Auxiliaries (``하고 있다``) count with the verb before them.

    Postposition-like verbs (``위한``, ``통해``, ``대한``) are left out: no clause ends with them.
    """
    found: list[Predicate] = []
    start = -1
    stem = noun = ""
    past = future = progressive = negated = action = False
    count = len(morphemes)
    for i, morpheme in enumerate(morphemes):
        tag = morpheme.tag
        is_stem = tag in STEMS
        if start < 0 and not is_stem:
            continue
        if is_stem:
            base = tag[:2]
            if start < 0:
                start, stem = morpheme.start, morpheme.form
                noun = ""
                past = future = progressive = negated = False
                action = tag.startswith(("VV", "XSV"))
                if base == "XS" and i:
                    before = morphemes[i - 1]
                    noun, start = before.form, before.start
                    k = i - 2
                    while (
                        k >= 0
                        and morphemes[k].end == morphemes[k + 1].start
                        and morphemes[k].tag in ("NNG", "NNP", "XPN")
                    ):
                        noun, start = morphemes[k].form + noun, morphemes[k].start
                        k -= 1
            elif morpheme.form == "싶":
                future = True
            elif morpheme.form in ("않", "못하", "말"):
                negated = True
            elif morpheme.form in ("있", "오", "계시"):
                progressive = True
            if base == "VC" and tag == "VCN":
                negated = True
        elif tag == "EP":
            if morpheme.form in ("었", "았", "였"):
                past = True
            elif morpheme.form == "겠":
                future = True
        elif start >= 0 and tag[0] == "E":
            following = morphemes[i + 1] if i + 1 < count else None
            if following is not None and tag == "EC" and following.tag.startswith("VX"):
                continue
            after = ""
            if tag == "ETM" and following is not None and following.form in _DEPENDENT:
                after = following.form
            adverb = morpheme.form == "게" and not action
            if not adverb and not _is_postposition(stem, noun, tag):
                found.append(
                    Predicate(
                        start,
                        morpheme.end,
                        tag,
                        stem,
                        morpheme.form,
                        past,
                        future,
                        noun,
                        after,
                        progressive,
                        negated,
                        action,
                    )
                )
            start = -1
        elif start >= 0 and tag[0] in "NM" and morpheme.start > start:
            start = -1
    return found


def _is_postposition(stem: str, noun: str, tag: str) -> bool:
    if tag not in ("EC", "ETM"):
        return False
    return stem in _POSTPOSITIONS or noun in _NOUN_POSTPOSITIONS

"""서울시 as a body or as a place: the role that a municipality's name plays in its sentence."""

from __future__ import annotations

import regex

from extract.lexicon import Lexicon
from extract.tag.layout import Layout
from extract.tag.titles import TitleFinder

_SPEAKING = (
    "에 따르면",
    "에 의하면",
    "에 대해",
    "에 요청",
    "에 제안",
    "에 건의",
    "에 촉구",
    "에 전달",
    "에 제출",
)
_PLACE_PARTICLES = ("에서", "에는", "에도", "에 ", "에,", "에게", "으로", "로 ", "로,", "까지", "부터")
_SUBJECT = regex.compile(r"(?:은|는|이|가|께서|측)(?![가-힣])|측[은이의에]")
_AND = regex.compile(r"(?:와|과| 및|,|·|ㆍ|․|・|/)\s?")
_HEAD_OF_BODY = regex.compile(r"\s?[(（]\s?(?:[가-힣]{0,6}(?:시장|군수|구청장|지사)|이하|㈜)")


class Roles:
    """Decides by the particle or noun that follows; its words stand under ``roles`` in ``main.yaml``."""

    def __init__(self, lexicon: Lexicon, titles: TitleFinder) -> None:
        settings = lexicon.settings.get("roles") or {}
        self.titles = titles
        self.states = frozenset(settings.get("states") or ())
        self.place_nouns = frozenset(settings.get("place_nouns") or ())
        self.place_topics = tuple(settings.get("place_topics") or ())
        self.address_ends = tuple(settings.get("address_ends") or ())
        self.place_verbs = tuple(settings.get("place_verbs") or ())
        self.place_modifiers = tuple(f"{word} " for word in settings.get("place_modifiers") or ())
        self.body_nouns = tuple(settings.get("body_nouns") or ())

    def acts_as_body(self, layout: Layout, start: int, end: int) -> bool:
        """Whether ``text[start:end]``, a name that is municipality and place alike, acts as a body here.

        By the contract an actor, office-holder, member or owner of a policy is ORG, a location a place; ORG
        where nothing speaks for a place. Of several side by side the last decides. A state (``북한``) is a body
        only where it acts; a province, and a municipality with the place around it before it (``경기도 수원시``),
        also where it owns a policy.
        """
        text = layout.text
        rest = text[end : end + 14]
        subject = _SUBJECT.match(rest) is not None
        if text[start:end] in self.states:
            return subject
        if subject or rest.startswith(_SPEAKING):
            return True
        if rest.startswith(_PLACE_PARTICLES) or rest in ("에", "로"):
            return rest.startswith("에게") or _subject_with_eseo(rest)
        inside = " " in text[start:end] or (start - 1 in layout.domestic_ends and text[start - 1] == " ")
        wide = inside or text[end - 1] == "도"
        if rest[:2] in ("를 ", "을 "):
            return not rest[2:].startswith(self.place_verbs)
        if rest.startswith("의 "):
            owner = not wide and not rest[2:].startswith(self.place_topics)
            return owner or rest[2:].startswith(self.body_nouns)
        if _HEAD_OF_BODY.match(rest):
            return True
        if rest[:1] in ")）" and text[end - 1] in "구군동읍면":
            return False
        beside = _AND.match(rest)
        if (
            beside is not None
            and end + beside.end() in layout.domestic
            and layout.sentence_of(start)[0] != start
        ):
            second = end + beside.end()
            return self.acts_as_body(layout, second, layout.domestic[second])
        if rest[:1] == " ":
            run = layout.run_at(end + 1)
            if run is not None and run.start == end + 1:
                word = text[run.start : run.end]
                if self.titles.head(word):
                    return True
                if word in self.place_nouns or (len(word) > 2 and word.endswith(self.address_ends)):
                    return False
                if end + 1 in layout.domestic and layout.after(run.end) != "inside":
                    return False  # 강원도 원산, 경북 울진군 죽변면
            if rest[1:].startswith(self.place_modifiers):
                return False
            return not wide or rest[1:].startswith(self.body_nouns)
        if rest[:1] and rest[0].isalnum():
            run = layout.run_at(end)
            if run is not None and self.is_place_noun(text[end : run.end]):
                return False
        return True

    def is_place_noun(self, word: str) -> bool:
        """Whether ``word`` after a municipality's name makes it a place: 지역, 일대, 관내 …"""
        return word in self.place_nouns


def _subject_with_eseo(rest: str) -> bool:
    """``서울시에서 지원·주최…``: a body marked by 에서 before a verb that only bodies do."""
    return rest.startswith("에서 ") and rest[3:].startswith(
        ("지원", "주최", "주관", "운영", "추진", "발표", "제공")
    )

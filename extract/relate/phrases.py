"""Noun phrases around mentions and their roles, from the particle that follows the whole phrase.

``하디프 싱 푸리 인도 주택도시개발부 장관과`` is one phrase: its head is the person, the ministry and the title
are inside, its role is ``with``. Roles: ``topic subj also obj with to at dat as from gen cop`` by particle,
``mod`` before another noun, ``comma dot and etc`` where a list goes on, ``end`` at the end of the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.document import Title
from extract.expression import Expression
from extract.lexicon import Lexicon
from extract.model import ENTITY_LABELS, Mention
from extract.relate.attach import (
    NOUN_TAGS,
    begin,
    bracketed_person,
    covered,
    leads_on,
    own_title,
    skip,
)
from extract.relate.coordination import coordinate
from extract.relate.references import Pointer, Reference, ReferenceWords

if TYPE_CHECKING:
    from extract.relate.view import Unit, View

_ROLES = {
    "subject": "subj",
    "topic": "topic",
    "also": "also",
    "object": "obj",
    "comitative": "with",
    "dative": "dat",
    "source": "from",
    "direction": "as",
    "capacity": "cap",
    "genitive": "gen",
    "copula": "cop",
    "quotative": "quote",
}
_FALLBACK = (
    "은 topic,는 topic,이 subject,가 subject,께서 subject,께서는 topic,을 object,를 object,와 comitative,"
    "과 comitative,의 genitive,에 locative,에서 locative,에서는 locative,로 direction,으로 direction,도 also"
)
_LIST = Expression(r"\s?(,|·|ㆍ|・|‧|∙|/|\b및\b|그리고)\s?")
_LIST_BEGINS = frozenset(",·ㆍ・‧∙/및그")
_ET_CETERA = Expression(r"\s?등(?![가-힣]{2})|\s?외\s\d")
_GROUP = Expression(r"(?:을|를)\s(?:비롯|포함|필두|위시)")
_POSTPOSITION = Expression(
    r"\s?(?:따르면|따른|의하면|의해|의한|대한|대해|대하여|관한|관해|비해|비하면|앞서|이어(?![지졌질진]))"
)
_GLUED = Expression(r"^[가-힣·]{3,}(은|는|과|와|을|를|께서)$")
_DELEGATES = "대표단 방문단 사절단 시찰단 연수단 교류단 참관단 실무단 특사단 조사단 대표팀 지도부 일행 측"
_AREA = "현지 시내 일대 일원"
_STANDING_FOR = {
    "CITY": frozenset(f"{_AREA} {_DELEGATES}".split()),
    "PLACE": frozenset(f"{_AREA} {_DELEGATES}".split()),
    "ORG": frozenset(_DELEGATES.split()),
    "PERSON": frozenset(("일행", "부부", "측")),
}
"""Nouns after a name that stand for it: what 부산시 대표단 does, 부산시 does."""
SUBJECT_ROLES = ("topic", "subj", "also")


@dataclass(slots=True)
class Phrase:
    """A noun phrase headed by a mention (or a title, or a pronoun).

    ``start``/``end`` bound the phrase without its particle, ``after`` is where the particle ends; ``tail`` the
    nouns that follow a modifier (``총회`` in ``시티넷 총회가``) and ``tail_role`` their role.
    """

    start: int
    end: int
    after: int
    label: str
    role: str
    mention: Mention | None = None
    title: Title | None = None
    organisation: Mention | None = None
    pronoun: str = ""
    reference: Reference | None = None
    tail: str = ""
    tail_role: str = ""
    tail_end: int = 0
    particle: str = ""
    group: list[Phrase] = field(default_factory=list)

    @property
    def is_subject(self) -> bool:
        """Whether the particle makes it the subject or topic."""
        return self.role in SUBJECT_ROLES


class PhraseBuilder:
    """Builds the phrases of a unit; the particles and their roles come from ``particles.csv``."""

    def __init__(self, lexicon: Lexicon) -> None:
        roles: dict[str, str] = {}
        for row in lexicon.rows("particles"):
            roles.setdefault(row.name, row["role"])
        if not roles:
            roles = dict(pair.split() for pair in _FALLBACK.split(","))
        self.roles: dict[str, str] = {}
        for form, role in roles.items():
            if form in ("하고", "랑", "이랑", "요", "보고", "같이", "나", "야", "고"):
                continue
            if role == "locative":
                self.roles[form] = "at" if form.startswith("에서") else "to"
            else:
                self.roles[form] = _ROLES.get(role, "other")
        for form in ("와의", "과의"):
            self.roles[form] = "with"
        self.references = ReferenceWords(lexicon)
        longest = sorted(self.roles, key=len, reverse=True)
        self.particle = Expression(r"(측)?(" + "|".join(map(re.escape, longest)) + r")(?![가-힣A-Za-z0-9])")

        # text taken from a PDF puts a space between a bracket and its particle
        self.spaced = Expression(r"()(와|과|은|는|을|를|의|에서|에)(?=\s)")

    def build(self, unit: Unit) -> list[Phrase]:
        """The phrases of ``unit`` in order, coordination resolved."""
        view = unit.view
        items: list[Mention | Title | Pointer] = list(view.mentions_in(unit.start, unit.end))
        spans = [(m.start, m.end) for m in items if isinstance(m, Mention)]
        titles = view.titles_in(unit.start, unit.end)
        longer = [t for t in titles if any(s == t.start and e < t.end for s, e in spans)]
        if longer:  # the organisation in 국군체육부대장 is part of the title
            items = [m for m in items if not any(t.start <= begin(m) < t.end for t in longer)]
            spans = [(m.start, m.end) for m in items if isinstance(m, Mention)]
        items += [t for t in titles if not covered(spans, t.start, t.end)]
        pointers = view.pointers(unit)
        if pointers:
            named = [(m.start, m.end) for m in items if isinstance(m, Mention) and m.label != "FIGURE"]
            pointers = [p for p in pointers if not covered(named, p.start, p.end)]
            # the number in 두 기관 counts nothing
            items = [m for m in items if not any(p.start <= begin(m) < p.end for p in pointers)]
            items += pointers
        items.sort(key=begin)
        phrases: list[Phrase] = []
        i = 0
        while i < len(items):
            i = self._phrase(view, unit, items, i, phrases)
        coordinate(unit, phrases)
        return phrases

    def _phrase(self, view: View, unit: Unit, items: list, i: int, phrases: list[Phrase]) -> int:
        """Adds the phrase that begins at item ``i`` and returns the index of the next item."""
        leads: list[tuple[Mention, int]] = []
        text = view.text
        while True:
            item = items[i]
            i += 1
            if isinstance(item, Title):
                holder = bracketed_person(text, item.end, items, i)
                end, i = skip(text, item.end, items, i)
                if holder is not None:  # 국군체육부대장(김한솔)
                    start = leads[0][0].start if leads else item.start
                    phrase = Phrase(start, end, end, "PERSON", "", mention=holder, title=item)
                    self._finish(view, unit, phrases, phrase)
                    return i
                following = items[i] if i < len(items) else None
                if (
                    isinstance(following, Mention)
                    and following.label == "PERSON"
                    and text[end : following.start] in (" ", "", " ‘", " “", " ｢")
                ):
                    leads.append((item, end))  # type: ignore[arg-type]
                    continue
                organisation = leads[-1][0] if leads and isinstance(leads[-1][0], Mention) else None
                start = leads[0][0].start if leads else item.start
                self._finish(
                    view,
                    unit,
                    phrases,
                    Phrase(start, end, end, "TITLE", "", title=item, organisation=organisation),
                )
                return i
            if not isinstance(item, Mention):
                self._finish(
                    view,
                    unit,
                    phrases,
                    Phrase(
                        item.start,
                        item.end,
                        item.end,
                        "PRONOUN",
                        "",
                        pronoun=item.text.replace(" ", ""),
                        reference=item.reference,
                    ),
                )
                return i
            end, i = skip(text, item.end, items, i)
            if item.label not in ENTITY_LABELS:
                self._finish(view, unit, phrases, Phrase(item.start, end, end, item.label, "", mention=item))
                return i
            if item.label == "PERSON":
                title, end, i = own_title(view, items, i, end)
                start = item.start
                for lead, _ in leads:
                    start = min(start, lead.start)
                self._finish(
                    view, unit, phrases, Phrase(start, end, end, "PERSON", "", mention=item, title=title)
                )
                return i
            if leads_on(view, items, i, end):
                leads.append((item, end))
                continue
            for lead, lead_end in leads:
                if isinstance(lead, Mention):
                    phrases.append(
                        Phrase(
                            lead.start, lead_end, lead_end, lead.label, "mod", mention=lead, tail=item.text
                        )
                    )
            self._finish(view, unit, phrases, Phrase(item.start, end, end, item.label, "", mention=item))
            return i

    def _finish(self, view: View, unit: Unit, phrases: list[Phrase], phrase: Phrase) -> None:
        self._role(view, unit, phrase)
        phrases.append(phrase)

    def _role(self, view: View, unit: Unit, phrase: Phrase) -> None:
        text, end = view.text, phrase.end
        char = text[end : end + 1]
        group = _GROUP.match(text, end) if char in ("을", "를") else None
        if group:
            phrase.role, phrase.after = self._group_role(view, unit, group.end()), group.end()
            return
        match = self.particle.match(text, end) if "가" <= char <= "힣" else None
        if match is None and text[end - 1] == ")" and text[end : end + 1] == " ":
            match = self.spaced.match(text, end + 1)
        if match and match.group(2) == "에" and _POSTPOSITION.match(text, match.end()):
            phrase.role, phrase.after, phrase.particle = "other", match.end(), "에"
            return
        if match:
            phrase.role, phrase.after, phrase.particle = (
                self.roles[match.group(2)],
                match.end(),
                match.group(2),
            )
            return
        following = text[end + 1 : end + 2] if char.isspace() else char
        match = _ET_CETERA.match(text, end) if following in ("등", "외") else None
        if match:
            phrase.role, phrase.after = self._group_role(view, unit, match.end()), match.end()
            phrase.tail = "등"
            return
        if end < unit.end:
            match = _LIST.match(text, end) if following in _LIST_BEGINS else None
            if match:
                mark = match.group(1)
                phrase.role = "comma" if mark == "," else "and" if mark in ("및", "그리고") else "dot"
                phrase.after = match.end()
                return
        self._tail(view, unit, phrase)

    def _tail(self, view: View, unit: Unit, phrase: Phrase) -> None:
        """The nouns that directly follow, and the particle after them."""
        text, morphemes = view.text, view.morphemes
        i = first = view.morpheme_index(phrase.end)
        ahead = view.mentions_in(phrase.end + 1, unit.end)[:1]
        stop = ahead[0].start if ahead else unit.end
        while i < unit.last and morphemes[i].start < stop:
            tag = morphemes[i].tag
            if tag in ("XSV", "XSA"):
                break
            if not tag.startswith(NOUN_TAGS) and not (tag == "SP" and text[morphemes[i].start] in "·"):
                break
            i += 1
        if i == first:
            following = text[phrase.end : phrase.end + 1]
            phrase.role = (
                "end"
                if phrase.end >= unit.end
                or following in ".)!?:…\n"
                or not text[phrase.end : unit.end].strip()
                else "other"
            )
            if i < unit.last and morphemes[i].tag == "VCP" and morphemes[i].start <= phrase.end + 1:
                phrase.role = "cop"
            return
        phrase.tail = text[phrase.end : morphemes[i - 1].end].strip()
        phrase.tail_end = morphemes[i - 1].end
        phrase.role = "mod"
        match = self.particle.match(text, phrase.tail_end)
        if (
            match is None and phrase.label == "PERSON"
        ):  # an unknown title that Kiwi took for one noun with its particle
            glued = _GLUED.search(phrase.tail)
            if glued:
                phrase.tail_end -= len(glued.group(1))
                phrase.tail = text[phrase.end : phrase.tail_end].strip()
                match = self.particle.match(text, phrase.tail_end)
        if match:
            phrase.tail_role = self.roles[match.group(2)]
        if phrase.label == "PERSON" and phrase.tail.count(" ") <= 1 and match and phrase.title is None:
            phrase.role, phrase.after, phrase.end = phrase.tail_role, match.end(), phrase.tail_end
            phrase.particle, phrase.tail = match.group(2), ""
        elif match and phrase.tail in _STANDING_FOR.get(phrase.label, ()):
            phrase.role, phrase.after = phrase.tail_role, match.end()

    def _group_role(self, view: View, unit: Unit, offset: int) -> str:
        """Role of the head that ``A 등 …`` or ``A를 비롯한 …`` leads up to."""
        morphemes = view.morphemes
        i = view.morpheme_index(offset)
        for morpheme in morphemes[i : min(unit.last, i + 14)]:
            tag = morpheme.tag
            if tag == "JKS":
                return "subj"
            if tag == "JX" and morpheme.form in ("은", "는"):
                return "topic"
            if tag == "JX" and morpheme.form == "도":
                return "also"
            if tag == "JKO":
                return "obj"
            if tag in ("JC", "JKB") and morpheme.form in ("와", "과"):
                return "with"
            if tag == "JKB":
                return {"에": "to", "에서": "at", "에게": "dat", "께": "dat"}.get(morpheme.form, "other")
            if tag in ("EF", "EC", "SF"):
                return "other"
        return "other"

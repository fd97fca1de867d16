"""The body inside a title: ``서울시장`` → 서울시, ``새만금개발청장`` → 새만금개발청, ``중구청장`` → 중구."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from functools import lru_cache

from extract.document import Title
from extract.lexicon import Lexicon
from extract.model import Mention
from extract.resolve.names import place_form, squeeze
from extract.resolve.skeleton import TITLE_TAILS

_TAIL = re.compile(rf" ?(?:{TITLE_TAILS.replace(' ', '|')})$")
_MINISTRY_ENDINGS = ("부", "처")
_SCHOOL_ENDINGS = ("대", "대학", "대학교", "교대", "대학원")
_CAMPUS_HEADS = ("총장", "부총장", "교수", "학장", "이사장")


_CITY_ENDINGS = ("시", "특별시", "광역시", "특별자치시", "직할시")


class Offices:
    """Finds the organisation that a title names by itself; None where it names none for certain."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._suffixes = tuple(
            form for row in lexicon.rows("org_suffixes") if row["strength"] == "strong" for form in row.forms
        )
        self._gazetteer = lexicon.gazetteer
        self.row_id = lru_cache(maxsize=16384)(self._row_id)
        self._is_listed = lru_cache(maxsize=16384)(self._listed)

    def _row_id(self, name: str) -> str | None:
        """The row of ``organisations.csv`` that lists ``name``."""
        for row, _ in self._gazetteer.lookup(name):
            if row.file == "organisations" and squeeze(name) in map(squeeze, row.forms):
                return row.id
        return None

    def _listed(self, base: str) -> bool:
        """Whether a place is listed whose form without its administrative ending is ``base``."""
        forms = [base, *(base + ending for ending in _CITY_ENDINGS)]
        if base.endswith("도"):
            forms.append(base[:-1] + "특별자치도")
        return any(self._gazetteer.named(form, "cities", "places") for form in forms)

    def inside(self, title: Title, known: Callable[[str], bool]) -> str | None:
        """The readable name of the body inside ``title``. ``known`` tells whether the article names it."""
        text = _TAIL.sub("", title.text.strip())
        if len(text) <= len(title.head) and not text.endswith("장"):
            return None
        for form in self._candidates(text, title.head):
            if form is not None:
                body, certain = form
                if certain or known(body) or self.row_id(body) is not None:
                    return body
        return None

    def _candidates(self, text: str, head: str) -> list[tuple[str, bool] | None]:
        found = [self._local(text), self._chief(text)]
        before = text[: len(text) - len(head)].rstrip()
        if len(before) >= 2:
            endings: tuple[str, ...] = ()
            if head.endswith("장관"):
                endings = _MINISTRY_ENDINGS
            elif head in _CAMPUS_HEADS:
                endings = _SCHOOL_ENDINGS
            found.append((before, len(before) >= 3 and before.endswith(endings)))
        return found

    def _local(self, text: str) -> tuple[str, bool] | None:
        for ending, body, least in (
            ("구청장", "구", 1),
            ("도지사", "도", 1),
            ("시장", "시", 2),
            ("군수", "군", 2),
            ("교육감", "교육청", 2),
            ("지사", "도", 2),
        ):
            place = text.removesuffix(ending)
            if place == text or len(place) < least or not place[-1].isalpha():
                continue
            certain = ending in ("구청장", "도지사", "교육감") or self._is_place(place, body)
            return place + body, certain
        return None

    def _is_place(self, place: str, body: str) -> bool:
        return self._is_listed(place_form(place)) or self._is_listed(place_form(place + body))

    def _chief(self, text: str) -> tuple[str, bool] | None:
        if not text.endswith("장") or len(text) < 4:
            return None
        body = text[:-1]
        if body.endswith("위원"):
            return body + "회", False
        longer = body.endswith(self._suffixes) and body not in self._suffixes
        agency = body.endswith("청") and len(body) >= 3 and body not in self._suffixes
        return body, longer or agency

    def is_market(self, title: Title, places: Container[str]) -> bool:
        """Whether ``시장`` at the end of a title means a market: no place, known or named in the article,
        stands before it. ``places`` are the :func:`spoken_places` of the article."""
        if title.head != "시장":
            return False
        place = title.text.removesuffix("시장")
        place = place.removesuffix("특별").removesuffix("광역").removesuffix("특례")
        if place in ("", "부", "전", "현", "신임") or self._is_place(place, "시"):
            return False
        return place_form(place + "시") not in places


def spoken_places(mentions: Iterable[Mention]) -> frozenset[str]:
    """The last words of the places and bodies among ``mentions``, as :func:`place_form` has them."""
    last = {m.text.rpartition(" ")[2] for m in mentions if m.label in ("CITY", "PLACE", "ORG")}
    return frozenset(map(place_form, last))

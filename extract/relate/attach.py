"""What belongs inside a noun phrase: glosses in brackets, titles, organisations that lead up to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Title
from extract.expression import Expression
from extract.model import Mention

if TYPE_CHECKING:
    from extract.relate.references import Pointer
    from extract.relate.view import View

_SKIP = Expression(
    r"(?:[’”'\"`｣」』》〉]|\s?\((?!이하\s?\))[^()\n]{1,120}+(?:\([^()\n]{0,60}+\)[^()\n]{0,60}+)?\)|\s?\[[^\[\]\n]{1,60}+\])*"
)
_OPENS = frozenset("’”'\"`｣」』》〉([")
_OPENS_LATER = (" (", " [")
_LINK = Expression(r"\s?(?:겸|이자|및|·|,)\s?")
_BETWEEN = Expression(r"의?\s?(?:(?:前|전|현|신임|신)\s)?(?:[^\s,.()]{1,12}\s){0,2}")
NOUN_TAGS = ("NN", "NR", "SN", "SL", "SH", "XP", "XS", "XR", "W_")


def begin(item: Mention | Title | Pointer) -> int:
    """First code point of an item."""
    return item.start


def covered(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``[start, end)`` touches one of ``spans``."""
    return any(s < end and start < e for s, e in spans)


def skip(text: str, end: int, items: list, i: int) -> tuple[int, int]:
    """Past closing marks and glosses in brackets, and past the items inside them."""
    following = text[end : end + 2]
    if following[:1] not in _OPENS and following not in _OPENS_LATER:
        return end, i
    match = _SKIP.match(text, end)
    new = match.end() if match else end
    while i < len(items) and begin(items[i]) < new:
        i += 1
    return new, i


def bracketed_person(text: str, end: int, items: list, i: int) -> Mention | None:
    """The person in the brackets right after ``end``: ``국군체육부대장(김한솔)``."""
    if (
        i < len(items)
        and isinstance(items[i], Mention)
        and items[i].label == "PERSON"
        and text[end : items[i].start] == "("
    ):
        return items[i]
    return None


def own_title(view: View, items: list, i: int, end: int) -> tuple[Title | None, int, int]:
    """The title(s) after a person's name: ``장관``, ``인도 주택도시개발부 장관 겸 …위원장``."""
    text = view.text
    title: Title | None = None
    while i < len(items):
        j, position = i, end
        while (
            j < len(items)
            and isinstance(items[j], Mention)
            and items[j].label in ("ORG", "CITY", "PLACE")
            and j - i < 3
        ):
            gap = text[position : items[j].start]
            former = gap.startswith((" 前 ", " 전 ", " 현 ")) and plain(view, position, items[j].start)
            if not (gap_ok(gap) or former or (title is not None and _LINK.fullmatch(gap))):
                break
            position, j = skip(text, items[j].end, items, j + 1)
        if j >= len(items) or not isinstance(items[j], Title):
            break
        gap = text[position : items[j].start]
        link = _LINK.match(gap) if title is not None else None
        if title is not None and ((j == i and link is None) or gap.strip(" ") == ","):
            break
        nouns_from = position + (link.end() if link is not None else 0)
        joined = link is not None and plain(view, nouns_from, items[j].start)
        between = _BETWEEN.fullmatch(gap.lstrip()) and plain(view, position, items[j].start)
        if not (gap_ok(gap) or joined or between):
            break
        following = items[j + 1] if j + 1 < len(items) else None
        if title is not None and isinstance(following, Mention) and following.label == "PERSON":
            after = skip(text, items[j].end, [], 0)[0]
            if text[after : following.start] == " ":
                break
        title = items[j]
        end, i = skip(text, title.end, items, j + 1)
    return title, end, i


def gap_ok(gap: str) -> bool:
    """Whether nothing but a space (or ``前``, ``의``) stands between a name and its title."""
    return gap in (" ", "", " 前 ", " 전 ", " 현 ", " 신임 ", "前 ", "의 ")


def plain(view: View, start: int, end: int) -> bool:
    """Whether only nouns stand in ``[start, end)``."""
    first, last = view.morpheme_index(start), view.morpheme_index(end)
    return (
        all(
            (m.tag.startswith(NOUN_TAGS) and m.tag != "NNB") or m.tag in ("MM", "SP")
            for m in view.morphemes[first:last]
        )
        and end - start <= 28
    )


def leads_on(view: View, items: list, i: int, end: int) -> bool:
    """Whether an organisation or place only leads up to a person, a title or a longer name."""
    if i >= len(items):
        return False
    following = items[i]
    gap = view.text[end : begin(following)]
    if isinstance(following, Mention):
        if following.label in ("ORG", "CITY", "PLACE"):
            return gap == " "
        if following.label == "PERSON":
            return gap in (" ", "", " ‘", " “", " ｢") or (
                bool(_BETWEEN.fullmatch(gap)) and gap != "의 " and plain(view, end, following.start)
            )
        return False
    if isinstance(following, Title):
        return gap in ("", " ", "의 ") or (
            bool(_BETWEEN.fullmatch(gap)) and plain(view, end, following.start) and "의 " not in gap
        )
    return False

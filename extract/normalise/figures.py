"""What stands around a figure and changes its value: ``약``, ``최대``, ``이상``, ``가량``, the counted noun."""

from __future__ import annotations

from extract.expression import Expression
from extract.normalise.macros import Words, bounded
from extract.normalise.numerals import alternatives
from extract.normalise.values import FigureValue, Quantity

_BEFORE = 10
_AFTER = 14
_NOUN = 30


class Modifiers:
    """Applies the words around a figure to its value; the words themselves stay outside the mention."""

    def __init__(self, words: Words) -> None:
        rows = words.rows

        def before(kind: str) -> Expression:
            return Expression(rf"(?<![가-힣]){alternatives(rows[kind])}\s?$")

        def after(kind: str) -> Expression:
            return Expression(rf"\s?{alternatives(rows[kind])}")

        self._about = before("about_before")
        self._most, self._least = before("most_before"), before("least_before")
        self._low, self._high = after("low_after"), after("high_after")
        self._around = Expression(words.expand(rf"\s?{bounded(rows['about_after'])}", "numerals.csv"))
        stop = alternatives(form for kind in ("low_after", "high_after") for form in rows[kind])
        none = alternatives([*rows["no_noun"], *rows["about_after"]])
        noun = rf"(?!{stop}|{none})[가-힣A-Za-z·ㆍ]{{2,9}}?"
        # The noun right behind, or at the end of a short noun phrase, known by the particle that closes it.
        self._counted = Expression(
            rf"(?:의 | )(?:(?!{stop}|{none})[가-힣A-Za-z·ㆍ]{{2,6}}(?<![의을를은는에로이가와과도할한된]) ){{0,2}}"
            rf"(?P<noun>{noun})(?:들)?(?:을|를|이|가|은|는|의|과|와)(?![가-힣])"
            rf"|(?:의 | )(?P<noun>{noun})(?<![다함됨임음서며고니])(?=[,)]|\n|$)"
        )
        # The noun before: 청소년 19명, 기업(125개사).
        self._people, self._things = (
            Expression(
                rf"(?<![가-힣])(?!{alternatives(rows['no_people'])})(?P<noun>[가-힣]{{0,6}}{alternatives(rows[k])}) ?\(?$"
            )
            for k in ("people_noun", "thing_noun")
        )

    def apply(self, text: str, quantity: Quantity) -> FigureValue:
        """The value of a figure in its place in ``text``."""
        value: FigureValue = quantity.parse
        head = text[max(0, quantity.start - _BEFORE) : quantity.start]
        tail = text[quantity.end : quantity.end + _AFTER]
        if value.type in ("score", "phone"):
            return value
        about = value.approximate or bool(self._about.search(head))
        around = self._around.match(tail)
        if around:
            about = True
            tail = tail[around.end() :]
        single = value.value if value.value is not None else value.low if value.high is None else None
        if single is not None:
            if self._low.match(tail):
                value = value._replace(value=None, low=single, high=None)
            elif self._high.match(tail) or (self._most.search(head) and value.value is not None):
                value = value._replace(value=None, low=None, high=single)
            elif self._least.search(head) and value.value is not None:
                value = value._replace(value=None, low=single, high=None)
        if value.type == "count" and value.counted is None:
            counted = self._counted
            noun = counted.match(text, quantity.end, quantity.end + _NOUN)
            if noun is None:
                counted = self._people if value.unit in ("명", "인") else self._things
                noun = counted.search(text, max(0, quantity.start - _BEFORE), quantity.start)
            if noun is not None:
                value = value._replace(counted=counted.named(noun)["noun"])
        return value._replace(approximate=about) if about != value.approximate else value


def joined(left: FigureValue, right: FigureValue) -> FigureValue | None:
    """The range from one figure to another of the same unit, or None."""
    low, high = left.value, right.value
    if low is None or high is None or low >= high:
        return None
    if (left.unit, left.currency) != (right.unit, right.currency) or left.type != right.type:
        return None
    return right._replace(value=None, low=low, high=high, approximate=left.approximate or right.approximate)

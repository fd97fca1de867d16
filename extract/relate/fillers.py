"""What fills an argument of a relation: the entity behind a mention, a title or a phrase."""

from __future__ import annotations

from typing import NamedTuple

from extract.expression import Expression
from extract.model import Mention
from extract.relate.phrases import Phrase
from extract.relate.view import View

_NAME_BEFORE = Expression(r"(?<![가-힣])([가-힣]{1,4})\s(?:전\s|신임\s|현\s)?$")
_NO_SURNAME = frozenset("이그저본동각양두세네전현한첫새또및등前新")
_LEADING = Expression(r"^(?:지난|오는|약|총)\s")


class Filler(NamedTuple):
    """What fills an argument: an entity (or mention) id where there is one, the readable name, where it stands."""

    id: str | None
    name: str
    label: str
    start: int
    end: int


def filler(view: View, phrase: Phrase) -> Filler | None:
    """The entity that a phrase names; None for a title that nobody, or more than one, bears."""
    mention = phrase.mention
    if mention is not None:
        return of_mention(view, mention)
    if phrase.title is not None and not _named_otherwise(view, phrase):
        organisation = view.name_of(phrase.organisation) if phrase.organisation else None
        entity = view.holder_of(phrase.title.text, organisation)
        if entity is not None:
            return Filler(entity.entity_id, entity.name, "PERSON", phrase.start, phrase.end)
    return None


def _named_otherwise(view: View, phrase: Phrase) -> bool:
    """Whether a name that nobody tagged stands before a title (``황 대표``, ``안 전 대표``)."""
    if phrase.organisation is not None:
        return False
    match = _NAME_BEFORE.search(view.text, max(0, phrase.start - 9), phrase.start)
    if match is None or view.mention_over(match.start(1)) is not None:
        return False
    word = match.group(1)
    if len(word) == 1:
        return word not in _NO_SURNAME
    i = view.morpheme_index(match.start(1))
    return (
        i < len(view.morphemes) and view.morphemes[i].tag == "NNP" and view.morphemes[i].end == match.end(1)
    )


def of_mention(view: View, mention: Mention) -> Filler:
    """A mention as a filler: its entity's id and name, or its own for dates and figures."""
    if mention.label in ("DATE", "TIME", "FIGURE"):
        name = _LEADING.sub("", mention.text)
        return Filler(mention.mention_id, name, mention.label, mention.start, mention.end)
    return Filler(mention.entity_id, view.name_of(mention), mention.label, mention.start, mention.end)

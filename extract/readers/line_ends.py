"""Whether a word goes on over a line end.

Korean text is often broken between any two syllables. Where the file keeps the blank after the last word the
answer is there; otherwise the two ends are weighed by what Kiwi makes of them with and without a blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_REACH = 24
"""How much of either line is looked at, in code points."""
_HANGUL = re.compile(r"[가-힣]")
_APART = re.compile(r"[,;:.!?…)\]」』》〉”’]$")
_CLOSING = re.compile(r"[,.;:!?)\]」』》〉”’%·~∼～…]")
_OPENING = re.compile(r"[(\[「『《〈“‘/·․ㆍ~∼～-]$")
_COUNTER = re.compile(r"(?:천|백)?(?:만|억|조)|[천원명개년월일시분건회차세대호쪽위배]")
_LATIN_HYPHEN = re.compile(r"[A-Za-z]-$")


class Joiner:
    """Joins lines, counting nothing and remembering nothing but what it has decided."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], bool] = {}

    def join(self, lines: Sequence[tuple[str, bool]]) -> str:
        """The lines as one; each comes with whether the file has a blank after it."""
        text = ""
        spaced = False
        for line, blank in lines:
            if not text:
                text = line
            elif _LATIN_HYPHEN.search(text) and line[:1].islower():
                text = text[:-1] + line
            elif spaced or self.parted(text, line):
                text = f"{text} {line}"
            else:
                text += line
            spaced = blank
        return text

    def parted(self, before: str, after: str) -> bool:
        """Whether a blank belongs between the end of ``before`` and the beginning of ``after``."""
        if _CLOSING.match(after) or _OPENING.search(before):
            return False
        if before[-1].isdigit() and _COUNTER.match(after):
            return False
        if not (_HANGUL.match(before[-1]) and _HANGUL.match(after[0])):
            if _HANGUL.match(after[0]) and (before[-1].isdigit() or before[-1] in ")’”」』》〉%"):
                return self._weighed(before, after)
            return not (before[-1].isdigit() and after[0].isdigit())
        return self._weighed(before, after)

    def _weighed(self, before: str, after: str) -> bool:
        key = before[-_REACH:], after[:_REACH]
        if key not in self.known:
            from extract.tokenise.kiwi import blank_between

            self.known[key] = blank_between(*key)
        return self.known[key]

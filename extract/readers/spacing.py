"""Mends broken spacing (``국 토 부``, ``사업 을 통해``, ``지 방정부``) before anything else looks at the text.

Kiwi proposes; only what is clearly broken is taken over, so that well-spaced text stays as it is:

- a blank goes between single syllables (``국 토 부``), before a lone particle (``사업 을``), and after a single
  syllable that is no word of its own (``지 방정부``), where Kiwi writes the two together;
- blanks come into words of :data:`LONG_WORD` syllables and digits or more, which nobody writes.
"""

from __future__ import annotations

import re

LONG_WORD = 18
"""Syllables and digits without a blank from which on a word is taken for several."""
MAX_LINE = 20_000
"""Longer lines stay as they are, in code points."""

_PARTICLES = frozenset("을를은는의에도와과로")
_WORDS = frozenset(
    "이그저더총각중후전시것수때데바만간뿐듯약등및내외한할현본동당새첫두세네온매또즉꼭못안잘다왜곧딱참꽤"
)
"""Single syllables that stand by themselves."""
_SUSPECT = re.compile(rf"(?:^|\s)[가-힣]\s+[가-힣]|[가-힣]\s+[가-힣](?![가-힣])|[가-힣\d]{{{LONG_WORD}}}")
_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[가-힣\d]")


def repair_spacing(text: str) -> str:
    """``text`` with broken spacing mended; apart from blanks no character changes.

    >>> repair_spacing("국 토 부는 사업 을 통해 지 방정부를 지원했다.")
    '국토부는 사업을 통해 지방정부를 지원했다.'
    """
    lines = text.split("\n")
    suspect = [i for i, line in enumerate(lines) if len(line) <= MAX_LINE and _SUSPECT.search(line)]
    if not suspect:
        return text
    from extract.tokenise.kiwi import shared_kiwi

    space = shared_kiwi().space
    for i in suspect:
        lines[i] = _taken_over(lines[i], space(lines[i], reset_whitespace=True))
    return "\n".join(lines)


def _taken_over(line: str, proposal: str) -> str:
    """``line`` with those blanks of ``proposal`` that mend something."""
    letters = "".join(line.split())
    if letters != "".join(proposal.split()):
        return line
    before, after = _gaps(line), _gaps(proposal)
    out: list[str] = []
    for number, letter in enumerate(letters):
        blank = before[number]
        if blank and number and not after[number] and _is_broken(letters, before, number):
            blank = ""
        elif not blank and after[number] and _word_length(letters, before, number) >= LONG_WORD:
            blank = " "
        out.append(blank + letter)
    return "".join(out) + before[len(letters)]


def _gaps(line: str) -> list[str]:
    """The white space before each letter of ``line``, and at its end."""
    gaps: list[str] = []
    at = 0
    for found in re.finditer(r"\S+", line):
        gaps.append(line[at : found.start()])
        gaps.extend("" for _ in range(found.end() - found.start() - 1))
        at = found.end()
    return [*gaps, line[at:]]


def _is_broken(letters: str, gaps: list[str], number: int) -> bool:
    """The blank before letter ``number`` parts what is one word."""
    before, after = letters[number - 1], letters[number]
    if not (_HANGUL.match(before) and _HANGUL.match(after)) or "\t" in gaps[number]:
        return False
    left = number == 1 or bool(gaps[number - 1])
    right = number + 1 == len(letters) or bool(gaps[number + 1]) or not _HANGUL.match(letters[number + 1])
    if left and right:
        return True
    if left:
        return before not in _WORDS
    following = number + 2 < len(letters) and bool(gaps[number + 1]) and bool(gaps[number + 2])
    return right and after in _PARTICLES and not following


def _word_length(letters: str, gaps: list[str], number: int) -> int:
    """Syllables and digits of the word around ``number``, counted up to :data:`LONG_WORD` on either side."""
    first = number
    while first > 0 and number - first < LONG_WORD and not gaps[first] and _LETTER.match(letters[first - 1]):
        first -= 1
    last = number
    while last < len(letters) and last - number < LONG_WORD and _LETTER.match(letters[last]):
        if last > number and gaps[last]:
            break
        last += 1
    return last - first if first < number < last else 0

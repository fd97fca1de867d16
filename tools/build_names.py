"""Syllable statistics of Korean given names: the generated part of name_syllables.csv.

Source: Kiwi's ``default.dict`` (Apache-2.0), head words of encyclopaedias tagged NNP. Three-syllable entries
that begin with one of the commonest surnames are nearly all people; ``first`` and ``last`` count how often a
syllable is the second and the third there.
"""

from __future__ import annotations

import collections
import re
from pathlib import Path

import kiwipiepy_model
from lexicon_file import hand_rows

SOURCE = f"Kiwi default.dict (kiwipiepy_model {kiwipiepy_model.__version__})"
SURNAMES_COUNTED = 20
NOT_SURNAMES = set(
    "이전오한유고"
)  # entries that begin so are often no people (이집트, 전자파, 오징어, 한국어)
MINIMUM = 3


def build() -> list[dict[str, str]]:
    """Rows of name_syllables.csv, the most frequent syllable first; rarer than three times is left out."""
    surnames = [
        row["name"] for row in hand_rows("surnames") if row["rank"] and int(row["rank"]) <= SURNAMES_COUNTED
    ]
    wanted = {name for name in surnames if len(name) == 1} - NOT_SURNAMES
    path = Path(kiwipiepy_model.__file__).parent / "default.dict"
    first: collections.Counter[str] = collections.Counter()
    last: collections.Counter[str] = collections.Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        form, _, rest = line.partition("\t")
        if rest.startswith("NNP") and re.fullmatch("[가-힣]{3}", form) and form[0] in wanted:
            first[form[1]] += 1
            last[form[2]] += 1
    total = first + last
    return [
        {"id": f"syllable-{s}", "name": s, "first": str(first[s]), "last": str(last[s]), "source": SOURCE}
        for s, n in sorted(total.items(), key=lambda item: (-item[1], item[0]))
        if n >= MINIMUM
    ]

"""Organisations with a name of several words: part of the generated tail of organisations.csv.

Source: Kiwi's ``multi.dict`` (Apache-2.0), whose entries carry the Wikidata class of their Wikipedia article:
businesses (Q4830453, Q891723, Q6881511), universities (Q3918) and political parties (Q7278).
"""

from __future__ import annotations

import collections
import re
from pathlib import Path

import kiwipiepy_model
from kiwi_dictionary import dictionary
from lexicon_file import hand_rows

SOURCE = f"Kiwi multi.dict (kiwipiepy_model {kiwipiepy_model.__version__})"
CLASSES = {
    "Q4830453": "company",
    "Q891723": "company",
    "Q6881511": "company",
    "Q3918": "university",
    "Q7278": "political",
}
ORGANISATION_WORDS = re.compile(
    r"(?:그룹|회사|은행|전자|자동차|항공|산업|건설|공업|통신|방송|철도|전기|대학교?|연구소|당|연합|동맹|운동|연맹|주식회사)$"
)
NOT_NAMES = re.compile(r"[!?~:;]|^\d|[ㄱ-ㅎㅏ-ㅣ]|환영합니다")
LEGAL_FORM = re.compile(r"^(?:\(주\)|㈜|주식회사) ?|,? ?(?:\(주\)|㈜| 주식회사)$")


def _plain_words(name: str) -> bool:
    """Whether every word of a name is an ordinary word, so that the name may occur by chance."""
    known = dictionary()
    return all(known.get(word, set()) - {"NNP"} for word in name.split()) and not ORGANISATION_WORDS.search(
        name
    )


def build() -> list[dict[str, str]]:
    """Rows of organisations.csv in the order of the source, aliases gathered under their head word.

    A head word that a hand-written row lists, whatever its spacing, is left out.
    """
    listed = {
        form.replace(" ", "")
        for row in hand_rows("organisations")
        for column in ("name", "aliases", "proper", "context")
        for form in row[column].split("|")
    }
    heads: dict[str, str] = {}
    aliases: dict[str, list[str]] = collections.defaultdict(list)
    path = Path(kiwipiepy_model.__file__).parent / "multi.dict"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 4:
            continue
        form, what, kind = LEGAL_FORM.sub("", cells[0]), cells[1], cells[3].removeprefix("# ").strip()
        if (
            kind not in CLASSES
            or NOT_NAMES.search(form)
            or len(form.replace(" ", "")) < 4
            or _plain_words(form)
        ):
            continue
        if what == "NNP":
            heads.setdefault(form, kind)
        elif what.endswith("/NNP"):
            aliases[LEGAL_FORM.sub("", what.removesuffix("/NNP"))].append(form)
    return [
        {
            "id": "org-" + re.sub(r"[^0-9A-Za-z가-힣]+", "-", name).strip("-").lower(),
            "name": name,
            "aliases": "|".join(form for form in dict.fromkeys(aliases.get(name, ())) if form != name),
            "label": "ORG",
            "subtype": CLASSES[kind],
            "source": SOURCE,
            "note": kind,
        }
        for name, kind in heads.items()
        if name.replace(" ", "") not in listed
    ]

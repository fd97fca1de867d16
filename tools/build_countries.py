"""Countries and territories: the generated part of countries.csv.

Codes and formal Korean names come from CLDR (Babel's locale ``ko``), everyday names from
``data/country_names.csv``, coordinates of capitals are left out on purpose (a country is no point).
"""

from __future__ import annotations

import re

import babel
from babel import Locale
from lexicon_file import DATA, read_csv

SOURCE = f"CLDR ko (Babel {babel.__version__})"
NOT_COUNTRIES = {
    "EU",
    "UN",
    "ZZ",
    "XA",
    "XB",
    "QO",
    "EZ",
    "CP",
    "DG",
    "BV",
    "HM",
    "UM",
    "TF",
    "IC",
    "EA",
    "TA",
    "AC",
}
FORMER = {"CS", "SU", "YU", "DD", "DW", "VD", "VK"}


def build() -> list[dict[str, str]]:
    """Rows of countries.csv, sorted by code."""
    everyday = {row["code"]: row for row in read_csv(DATA / "country_names.csv")}
    formal = {
        code: re.sub(r"\(.*\)$", "", name)
        for code, name in Locale("ko").territories.items()
        if len(code) == 2 and code not in NOT_COUNTRIES
    }
    rows = []
    for code in sorted({*formal, *(c for c in everyday if c not in NOT_COUNTRIES)}):
        hand = everyday.get(code, {})
        name = hand.get("name") or formal[code]
        others = [f for f in (hand.get("aliases") or "").split("|") if f]
        guarded = {*(hand.get("proper") or "").split("|"), *(hand.get("context") or "").split("|")}
        candidates = [formal.get(code, "")]
        for candidate in (name, formal.get(code, "")):
            if re.search(r"[가-힣] [가-힣]", candidate):
                candidates.append(candidate.replace(" ", ""))
            if candidate.endswith(("제도", "군도")) and " " not in candidate:
                candidates.append(f"{candidate[:-2]} {candidate[-2:]}")
        others += [c for c in candidates if c and c not in guarded]
        guard = "context" if name in (hand.get("context") or "").split("|") else ""
        guard = "proper" if name in (hand.get("proper") or "").split("|") else guard
        guard = "evidence" if len(name) == 1 else guard
        rows.append(
            {
                "id": code,
                "name": name,
                "aliases": "|".join(dict.fromkeys(o for o in others if o != name)),
                "proper": "|".join(f for f in (hand.get("proper") or "").split("|") if f != name),
                "context": "|".join(f for f in (hand.get("context") or "").split("|") if f != name),
                "label": "PLACE",
                "subtype": "country",
                "guard": guard,
                "adjectives": hand.get("adjectives") or "",
                "code": "" if code in FORMER else code,
                "source": "hand" if code in FORMER else SOURCE,
                "note": hand.get("note") or "",
            }
        )
    return rows

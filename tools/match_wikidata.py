"""Wikidata ids of rows that a licensed source names: ``python tools/match_wikidata.py PACKAGES``.

PACKAGES is a folder in which the npm packages ``@rapideditor/country-coder`` (ISC) and
``name-suggestion-index`` (BSD-3-Clause) are unpacked (``npm pack``, then ``tar xzf``). Writes
``data/wikidata.csv``, from which ``tools/build_lexicons.py`` fills the column of generated and hand-written rows.

A country is matched by its code, a continent by its UN M49 code and CLDR's Korean name, an organisation by a
Korean name of the index that exactly one row lists without a guard and that has one id.
"""

from __future__ import annotations

import collections
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from lexicon_file import DATA

from extract.lexicon import Row, load_lexicon

HANGUL = re.compile("[가-힣]")
ROLES = {"brand": ("name", "brand", "official_name"), "operator": ("operator",)}
"""Which tags of the index carry the name that ``brand:wikidata`` and ``operator:wikidata`` are about."""


def only(folder: Path, pattern: str) -> Any:
    """The one JSON file of that name below ``folder``.

    Raises:
        SystemExit: when there is none, or more than one.
    """
    found = sorted(folder.rglob(pattern))
    if len(found) != 1:
        raise SystemExit(f"{folder}: {len(found)} files called {pattern}; unpack each package once")
    return json.loads(found[0].read_text(encoding="utf-8"))


def country_ids(borders: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """ISO code or M49 code and Wikidata id; of ``Denmark`` and its kingdom the one that CLDR calls so."""
    english = Locale("en").territories
    by_code: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for feature in borders["features"]:
        place = feature["properties"]
        if "wikidata" not in place:
            continue
        code = place.get("iso1A2") or place.get("country") or place.get("m49")
        if code and (place.get("iso1A2") or place.get("m49") or place["nameEn"] == english.get(code)):
            by_code[code][place["nameEn"]] = place["wikidata"]
    for code, named in by_code.items():
        if len(named) == 1 or english.get(code) in named:
            yield code, named.get(english.get(code, "")) or next(iter(named.values()))


def index_ids(index: dict[str, Any]) -> dict[str, set[str]]:
    """Korean name → the Wikidata ids under which the index has it."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for group in index["nsi"].values():
        for item in group["items"]:
            tags = item["tags"]
            for role, keys in ROLES.items():
                key = tags.get(f"{role}:wikidata")
                for name in keys if key else ():
                    for form in (tags.get(name, ""), tags.get(f"{name}:ko", "")):
                        if HANGUL.search(form):
                            found[form].add(key)
    return found


def organisation_ids(rows: Iterable[Row], index: Mapping[str, set[str]]) -> dict[str, str]:
    """Row id → Wikidata id, where name and id fit one another alone.

    The brand is not its national arm or group (``스타벅스코리아``), nor is a bank the federation that lists its
    short name too.
    """
    claimed: dict[str, set[str]] = collections.defaultdict(set)
    names = {}
    for row in rows:
        names[row.id] = row.name
        for form, guard in row.guarded_forms:
            if not guard:
                claimed[form].add(row.id)
    matched: dict[str, set[str]] = collections.defaultdict(set)
    exact: dict[str, str] = {}
    for form, keys in index.items():
        owner = next(iter(claimed.get(form, ())), "")
        if not owner or len(claimed[form]) > 1 or len(keys) > 1:
            continue
        if names[owner] == form:
            exact[next(iter(keys))] = owner
        elif names[owner].startswith(form):
            continue
        matched[owner] |= keys
    return {
        owner: key
        for owner, keys in matched.items()
        if len(keys) == 1 and exact.get(key := next(iter(keys)), owner) == owner
    }


def main() -> None:
    """Writes the table and says how many rows of each file have an id."""
    packages = Path(sys.argv[1])
    lexicon = load_lexicon()
    codes = dict(country_ids(only(packages, "borders.json")))
    korean = {Locale("ko").territories.get(code): key for code, key in codes.items() if code.isdigit()}
    rows = [
        ("countries", row.id, codes[row["code"]], "country-coder")
        for row in lexicon.rows("countries")
        if row["code"] in codes
    ]
    rows += [
        ("places", row.id, korean[row.name], "country-coder")
        for row in lexicon.rows("places")
        if row.subtype in ("continent", "region") and row.name in korean
    ]
    index = index_ids(only(packages, "nsi.min.json"))
    found = organisation_ids(lexicon.rows("organisations"), index)
    rows += [("organisations", key, entity, "name-suggestion-index") for key, entity in found.items()]
    with (DATA / "wikidata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("file", "id", "wikidata", "source"))
        writer.writerows(sorted(rows))
    for name, count in sorted(collections.Counter(row[0] for row in rows).items()):
        print(f"{name}: {count} rows with a Wikidata id")


if __name__ == "__main__":
    main()

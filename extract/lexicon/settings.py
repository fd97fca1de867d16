"""Checks ``main.yaml`` and ``types.yaml`` of every folder against the shipped settings and the row classes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from extract.errors import LexiconError
from extract.lexicon import Lexicon, Problem
from extract.lexicon.load import decode
from extract.model import LABELS, PREDICATES, SUBTYPES, SYMMETRIC_PREDICATES

_COLOUR_DIGITS = frozenset("0123456789abcdefABCDEF")


def check_settings(lexicon: Lexicon) -> list[Problem]:
    """Findings on the ``main.yaml`` and ``types.yaml`` of all folders, with file and line."""
    shipped, *own = lexicon.folders
    reference, _ = _read(shipped / "main.yaml")
    problems: list[Problem] = []
    for folder in lexicon.folders:
        settings, lines = _read(folder / "main.yaml")
        problems += _priorities(settings, lines, folder / "main.yaml")
        if folder in own:
            problems += _keys(settings, reference, lines, folder / "main.yaml")
        types, lines = _read(folder / "types.yaml")
        problems += _types(types, lines, folder / "types.yaml")
    return problems


_Lines = dict[tuple[str, ...], int]


def _read(path: Path) -> tuple[dict[str, Any], _Lines]:
    """A YAML mapping and the line of each of its keys down to the third level; empty where it does not load."""
    try:
        text = decode(path.read_bytes(), str(path))
        loaded = yaml.safe_load(text)
        if not isinstance(loaded, dict):
            return {}, {}
        lines: _Lines = {}
        _lines_of(yaml.compose(text, Loader=yaml.SafeLoader), (), lines)
        return loaded, lines
    except (OSError, LexiconError, yaml.YAMLError):
        return {}, {}  # told by the loader


def _lines_of(node: Any, path: tuple[str, ...], lines: _Lines) -> None:
    if isinstance(node, yaml.MappingNode) and len(path) < 3:
        for key, value in node.value:
            inner = (*path, str(key.value))
            lines[inner] = key.start_mark.line + 1
            _lines_of(value, inner, lines)


def _at(path: Path, lines: _Lines, *key: str) -> str:
    while key and key not in lines:
        key = key[:-1]
    return f"{path}:{lines[key]}" if key else str(path)


def _unknown(name: object, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(str(name), known, 1)
    return f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(known)}"


def _keys(
    settings: dict[str, Any], reference: dict[str, Any], lines: _Lines, path: Path
) -> Iterator[Problem]:
    """A user's keys: each must stand in the shipped file, hold the same kind of value, and lose nothing unsaid."""
    for key, value in settings.items():
        where = _at(path, lines, str(key))
        if key not in reference:
            yield Problem("error", where, f"unknown key {key!r}", _unknown(key, reference))
            continue
        expected = reference[key]
        if type(value) is not type(expected):
            kind = "key: value lines" if isinstance(expected, dict) else "a list"
            yield Problem(
                "error", where, f"{key!r} is of another kind than in the shipped file", f"write {kind}"
            )
            continue
        if not isinstance(expected, dict):
            continue
        for name in value:
            if name not in expected and key != "priorities":
                known = _unknown(name, expected)
                yield Problem(
                    "error", _at(path, lines, key, str(name)), f"unknown key {name!r} in {key!r}", known
                )
        lost = [name for name in expected if name not in value]
        if lost:
            yield Problem(
                "warning",
                where,
                f"{key!r} replaces the shipped one and lacks {', '.join(lost[:5])}"
                + (f" and {len(lost) - 5} more" if len(lost) > 5 else ""),
                "copy the whole key from the shipped main.yaml, then change it",
            )


def _priorities(settings: dict[str, Any], lines: _Lines, path: Path) -> Iterator[Problem]:
    priorities = settings.get("priorities")
    for name, value in priorities.items() if isinstance(priorities, dict) else ():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
            where = _at(path, lines, "priorities", str(name))
            yield Problem("error", where, f"the priority {value!r} of {name!r} is none", "use 0 to 100")


def _types(types: dict[str, Any], lines: _Lines, path: Path) -> Iterator[Problem]:
    for key in types:
        if key not in ("labels", "predicates"):
            known = _unknown(key, ("labels", "predicates"))
            yield Problem("error", _at(path, lines, str(key)), f"unknown key {key!r}", known)
    if "labels" in types:
        yield from _table(types["labels"], "labels", LABELS, lines, path)
    if "predicates" in types:
        yield from _table(types["predicates"], "predicates", PREDICATES, lines, path)


def _table(table: Any, key: str, names: Sequence[str], lines: _Lines, path: Path) -> Iterator[Problem]:
    if not isinstance(table, dict):
        yield Problem(
            "error", _at(path, lines, key), f"{key!r} is no mapping", "write 'name:' lines below it"
        )
        return
    for name in names:
        if name not in table:
            remedy = "copy it from the shipped types.yaml"
            yield Problem("error", _at(path, lines, key), f"{name} is missing", remedy)
    for name, spec in table.items():
        where = _at(path, lines, key, str(name))
        if name not in names:
            yield Problem("error", where, f"unknown name {name!r} in {key!r}", _unknown(name, names))
        elif not isinstance(spec, dict):
            yield Problem("error", where, f"{name} is no mapping", "write 'ko: …' below it")
        elif not spec.get("ko"):
            yield Problem("error", where, f"{name} has no Korean name", "write 'ko: …' below it")
        elif key == "labels":
            yield from _label(name, spec, where)
        else:
            yield from _predicate(name, spec, where)


def _label(name: str, spec: dict[str, Any], where: str) -> Iterator[Problem]:
    colour = str(spec.get("colour") or "")
    if len(colour) != 7 or colour[0] != "#" or not _COLOUR_DIGITS.issuperset(colour[1:]):
        yield Problem("error", where, f"the colour {colour!r} of {name} is none", 'write it as "#9cc3f2"')
    subtypes = spec.get("subtypes") or {}
    for subtype in subtypes:
        if subtype not in SUBTYPES[name]:
            remedy = _unknown(subtype, SUBTYPES[name]) if SUBTYPES[name] else "leave subtypes out"
            yield Problem("error", where, f"{name} has no subtype {subtype!r}", remedy)
    for subtype in SUBTYPES[name]:
        if subtype not in subtypes:
            yield Problem(
                "error", where, f"the subtype {subtype} of {name} is missing", "add it with its Korean name"
            )


def _predicate(name: str, spec: dict[str, Any], where: str) -> Iterator[Problem]:
    allowed = (*LABELS, "text", "event")
    for side in ("subject", "object"):
        arguments = spec.get(side)
        if not isinstance(arguments, list) or not arguments:
            yield Problem("error", where, f"{name} says no {side}", f"write '{side}: [ORG]' or the like")
            continue
        for argument in arguments:
            if argument not in allowed:
                remedy = _unknown(argument, allowed)
                yield Problem("error", where, f"unknown {side} {argument!r} of {name}", remedy)
    if bool(spec.get("symmetric")) != (name in SYMMETRIC_PREDICATES):
        said = "is" if name in SYMMETRIC_PREDICATES else "is not"
        yield Problem("error", where, f"{name} {said} symmetric", "change 'symmetric'")

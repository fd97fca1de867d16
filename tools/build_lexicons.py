"""Builds the generated parts of the lexicons anew: ``python tools/build_lexicons.py``.

Needs the dependency group ``lexicons`` of pyproject.toml and PublicDataReader (``pip install --no-deps``).
The result is the same on every run with the same versions; docs/sources.md names them.
"""

from __future__ import annotations

import sys

import build_countries
import build_divisions
import build_names
import build_organisations
import build_world
from lexicon_file import write


def main() -> None:
    """Writes every generated part and says how many rows went where."""
    countries = build_countries.build()
    divisions = build_divisions.build(build_world.korean_facts())
    cities = divisions["cities"] + build_world.build(countries, build_divisions.forms(divisions))
    organisations = divisions["organisations"] + build_organisations.build()
    for name, rows in (
        ("countries", countries),
        ("cities", cities),
        ("places", divisions["places"]),
        ("organisations", organisations),
        ("name_syllables", build_names.build()),
    ):
        print(f"{name}.csv: {write(name, rows)} rows generated")
    for city in build_world.missing(cities):
        print(f"cities.csv: no row for {city}: give its name in tools/data/world_cities.csv", file=sys.stderr)


if __name__ == "__main__":
    main()

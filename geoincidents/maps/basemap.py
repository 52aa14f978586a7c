"""Cut the shipped basemap to an extent: land, borders, provinces, cities, seas.

The file `maps/basemap/world.json.gz` is a topology: each shared boundary is one
arc. A page gets the arcs of its own extent in full detail and the rest of the
world coarsely, so that zooming out shows land and not a void. Arcs are simplified
one by one with their ends kept, hence neighbours still fit.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from geoincidents.data import data_path
from geoincidents.errors import OperationError

#: Bytes a basemap may take in a page; tolerances grow until it fits.
BYTE_LIMIT = 290_000
#: Detail in degrees as a share of the extent's longer side.
DETAIL = 1 / 1600
#: Tolerance and smallest ring, in degrees, outside the extent.
FAR_TOLERANCE = 0.35
FAR_RING = 1.2
MAX_CITIES = 700
MAX_UNITS = 320

Bounds = tuple[float, float, float, float]


class _City(NamedTuple):
    name: str
    x: int
    y: int
    people: int
    capital: int


@dataclass(frozen=True, slots=True)
class World:
    """The whole shipped basemap, on a grid of `grid` units a degree."""

    grid: int
    lines: tuple[np.ndarray[Any, Any], ...]
    boxes: np.ndarray[Any, Any]
    coast: list[list[int]]
    #: ``coast``, ``border``, ``admin1`` or ``disputed`` for each arc.
    classes: list[str]
    units: list[list[Any]]
    countries: dict[str, list[Any]]
    cities: list[_City]
    seas: list[list[Any]]


@cache
def open_world() -> World:
    """Read the shipped basemap once."""
    path = data_path("maps", "basemap", "world.json.gz")
    try:
        raw = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise OperationError(f"The basemap {path} is damaged; install geoincidents again.") from error
    lines = tuple(np.cumsum(np.array(a, np.int64).reshape(-1, 2), axis=0) for a in raw["arcs"])
    boxes = np.array([[*line.min(0), *line.max(0)] for line in lines])
    seas = tomllib.loads(data_path("maps", "basemap", "seas.toml").read_text(encoding="utf-8"))
    return World(
        grid=raw["grid"],
        lines=lines,
        boxes=boxes,
        coast=raw["coast"],
        classes=_classes(raw["units"], len(lines)),
        units=raw["units"],
        countries=raw["countries"],
        cities=[_City(*c) for c in raw["cities"]],
        seas=[[s["names"], s["lon"], s["lat"], s["rank"]] for s in seas["sea"]],
    )


def _classes(units: list[list[Any]], count: int) -> list[str]:
    owners: dict[int, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for polygon in unit[4]:
            for ring in polygon:
                for ref in ring:
                    owners[max(ref, ~ref)].append(number)
    return [_arc_class([units[o] for o in owners[arc]]) for arc in range(count)]


def _arc_class(owners: list[list[Any]]) -> str:
    if len(owners) < 2:
        return "coast"
    (country, _, _, disputed, _), (other, _, _, disputed_too, _) = owners[:2]
    if disputed != disputed_too:
        return "disputed"
    return "admin1" if country == other else "border"


def cut_basemap(bounds: Bounds, *, limit: int = BYTE_LIMIT) -> dict[str, Any]:
    """The basemap of an extent as JSON values for the page.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees; an east above 180 crosses the
        antimeridian.
    limit
        Most bytes of JSON; detail falls until it fits.
    """
    world = open_world()
    span = max(bounds[2] - bounds[0], (bounds[3] - bounds[1]) * 1.5, 1.0)
    tolerance = span * DETAIL
    while True:
        cut = _cut(world, bounds, span, tolerance)
        if len(json.dumps(cut, ensure_ascii=False).encode()) <= limit or tolerance > 5:
            return cut
        tolerance *= 1.5


def _cut(world: World, bounds: Bounds, span: float, tolerance: float) -> dict[str, Any]:
    near = _padded(bounds, span * 0.45 + 0.5)
    is_near = _meets(world.boxes / world.grid, near)
    far = max(FAR_TOLERANCE, tolerance)
    wanted = _wanted(world, is_near, tolerance, far)
    simplified = _simplify(world, wanted, is_near, tolerance, far)
    rank = {arc: number for number, arc in enumerate(simplified)}
    coast = [[rank[r] if r >= 0 else ~rank[~r] for r in ring] for ring in _rings(world, rank)]
    lines: dict[str, list[int]] = {"border": [], "admin1": [], "disputed": []}
    for arc, number in rank.items():
        if world.classes[arc] in lines:
            lines[world.classes[arc]].append(number)
    return {
        "grid": world.grid,
        "arcs": list(simplified.values()),
        "coast": coast,
        "lines": lines,
        "units": _unit_labels(world, near),
        "countries": [[names, *point] for names, point in world.countries.values() if point[2]],
        "cities": _cities(world, near, span),
        "seas": world.seas,
    }


def _padded(bounds: Bounds, pad: float) -> Bounds:
    west, south, east, north = bounds
    return west - pad * 1.4, south - pad, east + pad * 1.4, north + pad


def _meets(boxes: np.ndarray[Any, Any], bounds: Bounds) -> np.ndarray[Any, Any]:
    """Which boxes meet the bounds, in any copy of the world."""
    west, south, east, north = bounds
    hit = np.zeros(len(boxes), bool)
    for shift in (-360, 0, 360):
        hit |= (boxes[:, 0] + shift <= east) & (boxes[:, 2] + shift >= west)
    return hit & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)


def _wanted(
    world: World, is_near: np.ndarray[Any, Any], tolerance: float, far: float
) -> np.ndarray[Any, Any]:
    """Drop provinces' lines far away, and islands too small to see."""
    sides = (world.boxes[:, 2:] - world.boxes[:, :2]).max(axis=1) / world.grid
    is_ring = np.array([bool((line[0] == line[-1]).all()) for line in world.lines])
    smallest = np.where(is_near, tolerance * 2, max(FAR_RING, far))
    admin1 = np.array([name == "admin1" for name in world.classes])
    keep: np.ndarray[Any, Any] = ~(is_ring & (sides < smallest)) & ~(admin1 & ~is_near)
    return keep


def _simplify(
    world: World,
    wanted: np.ndarray[Any, Any],
    is_near: np.ndarray[Any, Any],
    tolerance: float,
    far: float,
) -> dict[int, list[int]]:
    """Arcs as first point and deltas, by their number in the world."""
    import shapely

    numbers = np.flatnonzero(wanted)
    lines = [shapely.linestrings(world.lines[n]) for n in numbers]
    tolerances = np.where(is_near[numbers], tolerance, far) * world.grid
    simple = shapely.simplify(lines, tolerances, preserve_topology=False)
    arcs: dict[int, list[int]] = {}
    for number, line in zip(numbers.tolist(), simple, strict=True):
        points = shapely.get_coordinates(line).astype(int)
        steps = np.diff(points, axis=0, prepend=[[0, 0]])
        arcs[number] = steps.ravel().tolist()
    return arcs


def _rings(world: World, kept: dict[int, int]) -> list[list[int]]:
    rings = ([r for r in ring if max(r, ~r) in kept] for ring in world.coast)
    return [ring for ring in rings if ring]


def _inside(x: float, y: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return south <= y <= north and any(west <= x + shift <= east for shift in (-360, 0, 360))


def _unit_labels(world: World, near: Bounds) -> list[list[Any]]:
    labels = [
        [names, *point]
        for _, names, point, _, _ in world.units
        if _inside(point[0] / world.grid, point[1] / world.grid, near)
    ]
    return sorted(labels, key=lambda label: -label[3])[:MAX_UNITS]


def _cities(world: World, near: Bounds, span: float) -> list[list[Any]]:
    """The most populous places of the extent, and the world's great cities."""
    least = 15 if span < 12 else 40 if span < 40 else 200
    chosen = []
    for city in world.cities:
        if len(chosen) >= MAX_CITIES:
            break
        x, y = city.x / world.grid, city.y / world.grid
        if (city.people >= least and _inside(x, y, near)) or city.people >= 3000 or city.capital:
            chosen.append(list(city))
    return chosen

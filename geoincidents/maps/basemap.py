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
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from geoincidents.data import data_path
from geoincidents.errors import OperationError

#: Bytes a basemap may take in a page; tolerances grow until it fits.
BYTE_LIMIT = 296_000
#: Detail in degrees as a share of the extent's longer side.
DETAIL = 1 / 1600
#: Tolerance where the incidents are, as a share of that about them.
CORE_SHARE = 0.12
#: Tolerance and smallest ring, in degrees, outside the extent.
FAR_TOLERANCE = 0.8
FAR_RING = 2.5
#: Extents wider than this, in degrees, show no provinces.
MAX_PROVINCE_SPAN = 60.0
#: And wider than this, no provinces as small as a municipality.
MAX_MINOR_SPAN = 5.0
#: Bytes a vertex takes, measured, and those of all that is not arcs.
POINT_BYTES = 10.0
RESERVED_BYTES = 112_000
MAX_CITIES = 600
MAX_UNITS = 320

CLASSES = ("coast", "border", "admin1", "disputed", "minor")

Bounds = tuple[float, float, float, float]


class _City(NamedTuple):
    #: English, then Ukrainian and Russian where they are known.
    names: list[str]
    x: int
    y: int
    people: int
    capital: int


@dataclass(frozen=True, slots=True)
class World:
    """The whole shipped basemap, on a grid of `grid` units a degree."""

    grid: int
    #: One LineString an arc, and its box (x0, y0, x1, y1) on the grid.
    lines: np.ndarray[Any, Any]
    boxes: np.ndarray[Any, Any]
    is_ring: np.ndarray[Any, Any]
    coast: list[list[int]]
    #: Number of each arc's class in `CLASSES`.
    classes: np.ndarray[Any, Any]
    units: list[list[Any]]
    countries: dict[str, list[Any]]
    cities: list[_City]
    seas: list[list[Any]]


@cache
def open_world() -> World:
    """Read the shipped basemap once."""
    import shapely

    path = data_path("maps", "basemap", "world.json.gz")
    try:
        raw = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise OperationError(
            f"The basemap {path} is damaged; install geoincidents again."
        ) from error
    lines = _lines(raw["arcs"])
    seas = tomllib.loads(data_path("maps", "basemap", "seas.toml").read_text(encoding="utf-8"))
    return World(
        grid=raw["grid"],
        lines=lines,
        boxes=shapely.bounds(lines),
        is_ring=shapely.is_closed(lines),
        coast=raw["coast"],
        classes=np.array(raw["classes"]),
        units=raw["units"],
        countries=raw["countries"],
        cities=[_City(*c) for c in raw["cities"]],
        seas=[[s["names"], s["lon"], s["lat"], s["rank"]] for s in seas["sea"]],
    )


def _lines(arcs: list[list[int]]) -> np.ndarray[Any, Any]:
    """Deltas → LineStrings, all at once."""
    import shapely

    sizes = np.array([len(arc) // 2 for arc in arcs])
    steps = np.fromiter(chain.from_iterable(arcs), np.int64).reshape(-1, 2)
    walked = np.cumsum(steps, axis=0)
    ends = np.cumsum(sizes)
    before = np.vstack([[[0, 0]], walked[ends[:-1] - 1]])
    points = walked - np.repeat(before, sizes, axis=0)
    lines: np.ndarray[Any, Any] = shapely.linestrings(
        points, indices=np.repeat(np.arange(len(arcs)), sizes)
    )
    return lines


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
    near = _padded(bounds, span * 0.45 + 0.5)
    arcs = _arcs_within(world, bounds, near, span, limit - RESERVED_BYTES)
    rank = {arc: number for number, arc in enumerate(arcs)}
    coast = [[rank[r] if r >= 0 else ~rank[~r] for r in ring] for ring in _rings(world, rank)]
    lines: dict[str, list[int]] = {"border": [], "admin1": [], "disputed": []}
    for arc, number in rank.items():
        name = CLASSES[world.classes[arc]].replace("minor", "admin1")
        if name in lines:
            lines[name].append(number)
    return {
        "grid": world.grid,
        "arcs": list(arcs.values()),
        "coast": coast,
        "lines": lines,
        "units": _unit_labels(world, near) if span <= MAX_PROVINCE_SPAN else [],
        "countries": [[names, *point] for names, point in world.countries.values() if point[2]],
        "cities": _cities(world, near, span),
        "seas": world.seas,
    }


def _arcs_within(
    world: World, core: Bounds, near: Bounds, span: float, limit: int
) -> dict[int, list[int]]:
    """Arcs of an extent in as much detail as `limit` bytes bear."""
    import shapely

    boxes = world.boxes / world.grid
    is_near, is_core = _meets(boxes, near), _meets(boxes, core)
    tolerance = span * DETAIL
    far = min(FAR_TOLERANCE, span / 200) if span > MAX_PROVINCE_SPAN else FAR_TOLERANCE
    while True:
        wanted = np.flatnonzero(_wanted(world, is_near, span, tolerance))
        degrees = np.where(is_near[wanted], tolerance, max(far, tolerance))
        degrees[is_core[wanted]] = tolerance * CORE_SHARE
        lines = shapely.simplify(world.lines[wanted], degrees * world.grid, preserve_topology=False)
        excess = shapely.get_num_coordinates(lines).sum() * POINT_BYTES / limit
        if excess <= 1 or tolerance > 5:
            return _steps(wanted, lines)
        # Measured: vertices fall with about the 0.4th power of the tolerance.
        tolerance *= max(1.12, excess**2)


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
    world: World, is_near: np.ndarray[Any, Any], span: float, tolerance: float
) -> np.ndarray[Any, Any]:
    """Drop provinces' lines far away, and islands too small to see."""
    sides = (world.boxes[:, 2:] - world.boxes[:, :2]).max(axis=1) / world.grid
    smallest = np.where(is_near, tolerance * 2, max(FAR_RING, tolerance))
    provinces = is_near & (span <= MAX_PROVINCE_SPAN)
    admin1 = world.classes == CLASSES.index("admin1")
    minor = world.classes == CLASSES.index("minor")
    near_minor = provinces & (span <= MAX_MINOR_SPAN)
    keep: np.ndarray[Any, Any] = ~(world.is_ring & (sides < smallest)) & ~(admin1 & ~provinces)
    keep &= ~(minor & ~near_minor)
    return keep


def _steps(numbers: np.ndarray[Any, Any], lines: np.ndarray[Any, Any]) -> dict[int, list[int]]:
    """Lines as first point and deltas, by their number in the world."""
    import shapely

    points, owner = shapely.get_coordinates(lines, return_index=True)
    steps = points.astype(int)
    steps[1:] -= points[:-1].astype(int)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    steps[starts] = points[starts].astype(int)
    flat = steps.ravel().tolist()
    cuts = [*(starts * 2).tolist(), len(flat)]
    return {number: flat[cuts[k] : cuts[k + 1]] for k, number in enumerate(numbers.tolist())}


def _rings(world: World, kept: dict[int, int]) -> list[list[int]]:
    rings = ([r for r in ring if max(r, ~r) in kept] for ring in world.coast)
    return [ring for ring in rings if ring]


def _inside(x: float, y: float, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return south <= y <= north and any(west <= x + shift <= east for shift in (-360, 0, 360))


def _unit_labels(world: World, near: Bounds) -> list[list[Any]]:
    labels = [
        [names, *point]
        for names, point in world.units
        if _inside(point[0] / world.grid, point[1] / world.grid, near)
    ]
    return sorted(labels, key=lambda label: -label[3])[:MAX_UNITS]


def _cities(world: World, near: Bounds, span: float) -> list[list[Any]]:
    """The most populous places of the extent, and the world's great cities."""
    least = 15 if span < 12 else 40 if span < 40 else 200
    chosen: list[list[Any]] = []
    for city in world.cities:
        if len(chosen) >= MAX_CITIES:
            break
        x, y = city.x / world.grid, city.y / world.grid
        if (city.people >= least and _inside(x, y, near)) or city.people >= 3000 or city.capital:
            chosen.append(list(city))
    return chosen

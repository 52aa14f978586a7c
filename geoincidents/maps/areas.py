"""Footprints of coarse places as small integer rings, each told once a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import Location

    Footprints = Callable[[str], BaseGeometry | None]

#: Precisions drawn as areas and never as a symbol at their centre.
COARSE = frozenset({"admin2", "admin1", "region", "country", "sea"})
#: Footprints are on a grid of ten-thousandths of a degree, about 11 m.
AREA_GRID = 10_000
#: A footprint's detail as a share of its longer side, and its most vertices.
DETAIL = 1 / 900
MAX_VERTICES = 1500


def needs_area(place: Location) -> bool:
    """Whether a place has a footprint worth drawing beside its symbol."""
    return place.precision in COARSE or (
        place.geometry is not None and place.geometry.geom_type != "Point"
    )


class AreaTable:
    """Numbers footprints: calling it with a location gives its number."""

    def __init__(self, footprints: Footprints | None, decimals: int | None = None) -> None:
        self.records: list[dict[str, Any]] = []
        self._footprints = footprints
        self._decimals = decimals
        self._index: dict[object, int] = {}

    def __call__(self, place: Location) -> int:
        """Number of the location's footprint, drawn because `needs_area` holds."""
        key = self._key(place)
        number = self._index.get(key)
        if number is None:
            number = self._index[key] = len(self.records)
            self.records.append(area_record(place, self._geometry(place), self._decimals))
        return number

    def _key(self, place: Location) -> object:
        if place.geometry is not None:
            return place.geometry.wkb
        return place.feature_id or (place.name, place.lon, place.lat, place.precision)

    def _geometry(self, place: Location) -> BaseGeometry | None:
        if place.geometry is not None or self._footprints is None or place.feature_id is None:
            return place.geometry
        try:
            return self._footprints(place.feature_id)
        except KeyError:
            return None


def area_record(
    place: Location, geometry: BaseGeometry | None, decimals: int | None = None
) -> dict[str, Any]:
    """One footprint: rings (or lines) of deltas on the grid, else a circle.

    ``{"name", "lines": bool, "rings": [[x, y, dx, dy, …], …], "at": [x, y]}`` or
    ``{"name", "circle": radius in metres, "at": [x, y]}``; `at` is where a label
    fits. With `decimals`, a place's own coordinates are rounded to so many.
    """
    point = (place.lon, place.lat)
    if decimals is not None:
        point = (round(place.lon, decimals), round(place.lat, decimals))
    centre = [round(value * AREA_GRID) for value in point]
    record: dict[str, Any] = {"name": place.name, "at": centre, "prec": place.precision}
    rings = _rings(geometry) if geometry is not None and not geometry.is_empty else []
    if not rings or geometry is None:
        return record | {"circle": round(max(place.uncertainty_m, 500))}
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        record["at"] = _label_point(geometry)
    return record | {"lines": "Line" in geometry.geom_type, "rings": rings}


def _rings(geometry: BaseGeometry) -> list[list[int]]:
    import shapely

    west, south, east, north = geometry.bounds
    tolerance = max(east - west, north - south) * DETAIL
    simple = shapely.simplify(geometry, tolerance, preserve_topology=False)
    while shapely.get_num_coordinates(simple) > MAX_VERTICES:
        tolerance *= 2
        simple = shapely.simplify(geometry, tolerance, preserve_topology=False)
    if simple.is_empty:
        simple = geometry.envelope
    return [ring for part in shapely.get_parts(simple) for ring in _part_rings(part)]


def _part_rings(part: BaseGeometry) -> list[list[int]]:
    if part.geom_type == "Polygon":
        return [_deltas(part.exterior), *(_deltas(hole) for hole in part.interiors)]
    return [_deltas(part)] if part.geom_type in {"LineString", "LinearRing"} else []


def _deltas(line: BaseGeometry) -> list[int]:
    import numpy as np

    points = np.rint(np.asarray(line.coords)[:, :2] * AREA_GRID).astype(int)
    steps: list[int] = np.diff(points, axis=0, prepend=[[0, 0]]).ravel().tolist()
    return steps


def _label_point(geometry: BaseGeometry) -> list[int]:
    import shapely

    largest = max(shapely.get_parts(geometry), key=lambda part: float(part.area))
    reach = max(largest.bounds[2] - largest.bounds[0], largest.bounds[3] - largest.bounds[1])
    simple = shapely.simplify(largest, reach / 200)
    if simple.is_empty or not simple.is_valid:
        simple = largest.convex_hull
    x, y = shapely.maximum_inscribed_circle(simple, reach / 100).coords[0]
    return [round(x * AREA_GRID), round(y * AREA_GRID)]

"""Buffers and bands of any geometry, in metres, however long it is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString

from geoincidents.geodesy.frame import LocalFrame
from geoincidents.geodesy.keeping import kept
from geoincidents.geodesy.tidy import polygonal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

#: Degrees of latitude and longitude that one frame covers: at 4° (450 km) from
#: the centre its scale across is 0.02 % off.
_TILE_DEG = 4.0
_EDGE_DEG = 0.25
#: Vertices of a line that are buffered at once: the stroke of a long winding shore
#: crosses itself over and over, which costs the square of their number.
_RUN = 8
#: Lines of fewer vertices are buffered whole.
_LONG = 128
#: Reports on one war name the same borders over and over.
_KEPT = 128


@lru_cache(maxsize=_KEPT)
def buffer(geometry: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Return all that lies within a distance of a geometry; negative shrinks a polygon."""
    if distance_m < 0:
        rim = _stroke(geometry.boundary, -distance_m)
        return polygonal(geometry.difference(rim))
    if geometry.geom_type.endswith("Polygon"):
        rim = _stroke(geometry.boundary, distance_m)
        return polygonal(shapely.union_all([geometry, rim]))
    return _stroke(geometry, distance_m)


@kept(_KEPT)
def band(geometry: BaseGeometry, inner_m: float, outer_m: float) -> BaseGeometry:
    """Return what lies between two distances of a geometry."""
    if inner_m <= 0:
        return buffer(geometry, outer_m)
    inner = buffer(geometry, inner_m)
    if shapely.get_num_coordinates(inner) < shapely.get_num_coordinates(geometry):
        # what lies within the difference of the inner edge: the same, and fewer vertices
        outer = _stroke(inner.boundary, outer_m - inner_m)
    else:
        outer = buffer(geometry, outer_m)
    return polygonal(outer.difference(inner))


def _stroke(lines: BaseGeometry, distance_m: float) -> BaseGeometry:
    strokes = []
    for piece in _pieces(shapely.segmentize(lines, _EDGE_DEG)):
        west, south, east, north = piece.bounds
        frame = LocalFrame((west + east) / 2.0, (south + north) / 2.0)
        plane = frame.to_plane(piece).simplify(distance_m / 100.0)
        strokes.append(frame.to_world(_swollen(plane, distance_m)))
    return polygonal(shapely.union_all(strokes))


def _swollen(plane: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Return what lies within a distance of a geometry of the plane."""
    points = shapely.get_coordinates(plane)
    if plane.geom_type != "LineString" or len(points) <= _LONG:
        return plane.buffer(distance_m, quad_segs=12)
    runs = [LineString(points[at : at + _RUN + 1]) for at in range(0, len(points) - 1, _RUN)]
    return shapely.union_all(shapely.buffer(runs, distance_m, quad_segs=12))


def _pieces(lines: BaseGeometry) -> Iterator[BaseGeometry]:
    """Cut lines into runs that each fit one tile."""
    for part in shapely.get_parts(lines):
        if part.geom_type != "LineString":
            yield part
            continue
        coordinates = part.coords
        start, (west, south), (east, north) = 0, coordinates[0], coordinates[0]
        for index, (x, y) in enumerate(coordinates):
            west, east, south, north = min(west, x), max(east, x), min(south, y), max(north, y)
            if east - west > _TILE_DEG or north - south > _TILE_DEG:
                yield LineString(coordinates[start : index + 1])
                start, west, east, south, north = index, x, x, y, y
        if start < len(coordinates) - 1:
            yield LineString(coordinates[start:])

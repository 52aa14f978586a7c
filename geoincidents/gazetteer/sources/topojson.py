"""Polygons of a TopoJSON object (topojson specification 1.0, quantised arcs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

_Points = list[tuple[float, float]]


def polygons(topology: dict[str, Any], name: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Yield each geometry of the object `name` with its record, in lon, lat order."""
    arcs = _decoded_arcs(topology)
    for record in topology["objects"][name]["geometries"]:
        if record["type"] == "Polygon":
            yield record, _polygon(record["arcs"], arcs)
        elif record["type"] == "MultiPolygon":
            parts = (_polygon(rings, arcs) for rings in record["arcs"])
            yield record, MultiPolygon([part for part in parts if not part.is_empty])


def _decoded_arcs(topology: dict[str, Any]) -> list[_Points]:
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + bottom))
        decoded.append(points)
    return decoded


def _polygon(rings: list[list[int]], arcs: list[_Points]) -> Polygon:
    # An islet that quantisation shrank to a point or a line is no ring any more.
    shell, *holes = ([*_ring(ring, arcs)] for ring in rings)
    return Polygon(shell, [h for h in holes if len(h) > 3]) if len(shell) > 3 else Polygon()


def _ring(indexes: list[int], arcs: list[_Points]) -> Iterator[tuple[float, float]]:
    for position, index in enumerate(indexes):
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        yield from points[1:] if position else points

"""Keep geometry valid, polygonal and within ±180° of longitude."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, box

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, made valid; empty when it has none."""
    valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
    if valid.geom_type in {"Polygon", "MultiPolygon"}:
        return valid
    parts = [part for part in shapely.get_parts(valid) if part.geom_type.endswith("Polygon")]
    if not parts:
        return MultiPolygon()
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def cut_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Cut a geometry with unwrapped longitudes at ±180° and fold the pieces back.

    Parameters
    ----------
    geometry
        Longitudes run on beyond ±180 instead of jumping.
    """
    west, _, east, _ = geometry.bounds
    if west >= -180.0 and east <= 180.0:
        return geometry
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        piece = geometry.intersection(box(-180.0 + turn, -91.0, 180.0 + turn, 91.0))
        if not piece.is_empty:
            pieces.append(translate(piece, xoff=-turn))
    return shapely.union_all(pieces)

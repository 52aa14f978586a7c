"""Keep geometry valid, polygonal and within ±180° of longitude."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, box

from geoincidents.geodesy.keeping import kept

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


#: What one step has found valid the next need not test again.
_KEPT = 64


@kept(_KEPT)
def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, made valid; empty when it has none."""
    valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
    if valid.geom_type in {"Polygon", "MultiPolygon"}:
        return valid
    parts = [part for part in shapely.get_parts(valid) if part.geom_type.endswith("Polygon")]
    if not parts:
        return MultiPolygon()
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


@kept(_KEPT)
def united(*polygons: BaseGeometry) -> BaseGeometry:
    """Return the union of polygons: fast where they only touch, as neighbours do.

    Joining by shared edges is right when nothing overlaps, which the areas tell.
    """
    try:
        joined = shapely.coverage_union_all(polygons)
    except shapely.errors.GEOSException:
        return shapely.union_all(polygons)
    whole = sum(polygon.area for polygon in polygons)
    if joined.is_valid and isclose(joined.area, whole, rel_tol=1e-9):
        return joined
    return shapely.union_all(polygons)


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

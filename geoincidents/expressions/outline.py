"""The circle of a named place in plain Python: a look-up need not load a geometry library."""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

_EQUATOR_M = 6_378_137.0
_SQUARED_ECCENTRICITY = 0.0066943799901413165
_CORNERS = 36
#: Nearer to a pole or to the antimeridian a circle has to be cut: left to geodesy.
_HIGHEST_LAT = 80.0
_LARGEST_M = 100_000.0


def round_outline(lon: float, lat: float, radius_m: float) -> list[list[float]] | None:
    """Return a closed ring (lon, lat) about a point, or None where it would need care.

    Uses the ellipsoid's radii of curvature at the point: within 100 km and 80° of
    latitude a corner is off by less than 1 % of the radius.
    """
    if not 0 < radius_m <= _LARGEST_M or abs(lat) > _HIGHEST_LAT:
        return None
    squeeze = 1 - _SQUARED_ECCENTRICITY * sin(radians(lat)) ** 2
    across = _EQUATOR_M / sqrt(squeeze) * cos(radians(lat)) * pi / 180
    along = _EQUATOR_M * (1 - _SQUARED_ECCENTRICITY) / squeeze**1.5 * pi / 180
    if abs(lon) + radius_m / across >= 180.0:
        return None
    turns = (2 * pi * corner / _CORNERS for corner in range(_CORNERS))
    ring = [
        [
            round(lon + radius_m * cos(turn) / across, 6),
            round(lat + radius_m * sin(turn) / along, 6),
        ]
        for turn in turns
    ]
    return [*ring, ring[0]]

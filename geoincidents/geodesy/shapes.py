"""Circles, rings, sectors and corridors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from geoincidents.geodesy.frame import GEOD, REACH_M, LocalFrame
from geoincidents.geodesy.measure import bearing_deg, destination, distance_m

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_ARC_STEP_DEG = 3.0


def circle(lon: float, lat: float, radius_m: float) -> BaseGeometry:
    """Return the geodesic circle about a point."""
    return ring(lon, lat, 0.0, radius_m)


def ring(lon: float, lat: float, inner_m: float, outer_m: float) -> BaseGeometry:
    """Return the area between two distances from a point; a disc when `inner_m` is 0."""
    outer = _arc(0.0, 360.0, min(outer_m, REACH_M))[:-1]
    holes = [_arc(0.0, 360.0, inner_m)[:-1]] if inner_m > 0 else []
    return LocalFrame(lon, lat).to_world(Polygon(outer, holes))


def sector(
    lon: float,
    lat: float,
    bearing: float,
    half_angle: float,
    *,
    inner_m: float,
    outer_m: float,
) -> BaseGeometry:
    """Return the part of a ring that lies within `half_angle` degrees of a bearing."""
    if half_angle >= 180.0:
        return ring(lon, lat, inner_m, outer_m)
    start, end = bearing - half_angle, bearing + half_angle
    outer = _arc(start, end, min(outer_m, REACH_M))
    inner = _arc(start, end, inner_m)[::-1] if inner_m > 0 else np.zeros((1, 2))
    wedge = Polygon(np.vstack((outer, inner)))
    # the straight sides are geodesics, which bend on the map
    return LocalFrame(lon, lat).to_world(shapely.segmentize(wedge, max(outer_m / 24.0, 1.0)))


def corridor(
    start: tuple[float, float], end: tuple[float, float], half_width_m: float
) -> BaseGeometry:
    """Return the strip along the geodesic between two points (lon, lat), with flat ends."""
    span = distance_m(*start, *end)
    middle = destination(*start, bearing_deg(*start, *end), span / 2.0)
    frame = LocalFrame(*middle)
    axis = frame.to_plane(LineString([start, end]))
    strip = axis.buffer(half_width_m, cap_style="flat")
    return frame.to_world(shapely.segmentize(strip, max(span / 24.0, 1.0)))


def circles(
    lons: NDArray[np.float64],
    lats: NDArray[np.float64],
    radii_m: NDArray[np.float64],
    *,
    points: int = 64,
) -> NDArray[np.object_]:
    """Return one geodesic circle for each point; arrays of shape (n,) in, (n,) polygons out."""
    lons, lats, radii = (np.asarray(values, dtype=float) for values in (lons, lats, radii_m))
    bearings = np.linspace(0.0, -360.0, points, endpoint=False)
    shape = (len(lons), points)
    around_lon, around_lat, _ = GEOD.fwd(
        np.broadcast_to(lons[:, None], shape).ravel(),
        np.broadcast_to(lats[:, None], shape).ravel(),
        np.broadcast_to(bearings, shape).ravel(),
        np.broadcast_to(radii[:, None], shape).ravel(),
    )
    corners = np.stack((around_lon, around_lat), axis=-1).reshape(*shape, 2)
    made: NDArray[np.object_] = shapely.polygons(corners)
    for index in np.flatnonzero(_awkward(corners, lons, lats, radii)):
        made[index] = circle(float(lons[index]), float(lats[index]), float(radii[index]))
    return made


def _awkward(
    corners: NDArray[np.float64],
    lons: NDArray[np.float64],
    lats: NDArray[np.float64],
    radii: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Tell the circles that cross the antimeridian or hold a pole."""
    jumps = np.ptp(corners[:, :, 0], axis=1) > 180.0
    _, _, north = GEOD.inv(lons, lats, lons, np.full_like(lats, 90.0))
    _, _, south = GEOD.inv(lons, lats, lons, np.full_like(lats, -90.0))
    outside = np.abs(lons) > 180.0
    return np.asarray(jumps | (north <= radii) | (south <= radii) | outside)


def _arc(start_deg: float, end_deg: float, radius_m: float) -> NDArray[np.float64]:
    steps = max(2, int(np.ceil((end_deg - start_deg) / _ARC_STEP_DEG)) + 1)
    angles = np.radians(np.linspace(start_deg, end_deg, steps))
    return np.column_stack((radius_m * np.sin(angles), radius_m * np.cos(angles)))

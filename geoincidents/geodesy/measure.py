"""Distances, bearings, areas and points inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.ops import nearest_points

from geoincidents.geodesy.frame import GEOD, LocalFrame
from geoincidents.geodesy.keeping import kept
from geoincidents.geodesy.tidy import polygonal

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

#: Of what is farthest on a sphere nothing is left out on the ellipsoid: twice 0.6 %.
_SURELY_LESS = 0.985
#: Geometries that are asked about more than once come soon after each other.
_KEPT = 64
#: Longest edge, in degrees, that is taken for straight in a local frame.
_EDGE_DEG = 0.5


def destination(lon: float, lat: float, bearing: float, distance: float) -> tuple[float, float]:
    """Return lon, lat of the point at a bearing (degrees) and a distance (metres)."""
    there_lon, there_lat, _ = GEOD.fwd(lon, lat, bearing, distance)
    return float(there_lon), float(there_lat)


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the geodesic distance of two points in metres."""
    return float(GEOD.inv(lon_a, lat_a, lon_b, lat_b)[2])


def bearing_deg(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the initial bearing from a to b, 0 to 360 degrees clockwise from north."""
    return float(GEOD.inv(lon_a, lat_a, lon_b, lat_b)[0]) % 360.0


def distance_to(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return metres from a point to the nearest part of a geometry; 0 inside it."""
    near = shapely.segmentize(geometry, _EDGE_DEG)
    return float(LocalFrame(lon, lat).to_plane(near).distance(Point(0, 0)))


@kept(_KEPT)
def farthest_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return metres from a point to the farthest vertex of a geometry."""
    coordinates = shapely.get_coordinates(geometry)
    if len(coordinates) == 0:
        return 0.0
    lons, lats = coordinates[:, 0], coordinates[:, 1]
    rough = _spherical(lons, lats, lon, lat)
    far = rough >= _SURELY_LESS * rough.max()
    lons, lats = lons[far], lats[far]
    _, _, distances = GEOD.inv(np.full_like(lons, lon), np.full_like(lats, lat), lons, lats)
    return float(np.max(distances))


def _spherical(
    lons: NDArray[np.float64], lats: NDArray[np.float64], lon: float, lat: float
) -> NDArray[np.float64]:
    """Return distances to a point as angles on a sphere, within 0.6 % of the true ones."""
    there, here = np.radians(lats), np.radians(lat)
    chord = (
        np.sin((there - here) / 2) ** 2
        + np.cos(there) * np.cos(here) * np.sin(np.radians(lons - lon) / 2) ** 2
    )
    angles: NDArray[np.float64] = 2 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return angles


def area_above(plane: BaseGeometry, cut: float) -> float:
    """Return how much of a polygon of the plane lies above ``y = cut``.

    By Green's theorem: minus the integral of what y exceeds the cut by, dx around every
    ring, the outer ones counter-clockwise.
    """
    rings = shapely.get_rings(shapely.orient_polygons(shapely.get_parts(plane)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    x, above = points[:, 0], points[:, 1] - cut
    start, end = above[:-1], above[1:]
    both = np.maximum(start, 0.0) + np.maximum(end, 0.0)
    steps = np.abs(end - start)
    crosses = (start > 0.0) != (end > 0.0)
    share = np.where(crosses, np.divide(both, steps, out=np.ones_like(both), where=crosses), 1.0)
    edges = ring[1:] == ring[:-1]
    return float(-np.sum((both * share / 2 * np.diff(x))[edges]))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the geodesic area in square metres."""
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]))


@kept(_KEPT)
def settled(
    geometry: BaseGeometry, prefer: tuple[float, float] | None
) -> tuple[BaseGeometry, float, float]:
    """Return a geometry's polygons, with lon, lat of their `inner_point` unless there are none."""
    area = polygonal(geometry)
    return (area, 0.0, 0.0) if area.is_empty else (area, *inner_point(area, prefer))


def inner_point(
    geometry: BaseGeometry, prefer: tuple[float, float] | None = None
) -> tuple[float, float]:
    """Return lon, lat of a point inside: the preferred (else the centroid) or near it."""
    wanted = Point(prefer) if prefer else geometry.centroid
    if geometry.contains(wanted):
        return float(wanted.x), float(wanted.y)
    edge = nearest_points(geometry, wanted)[0]
    west, south, east, north = geometry.bounds
    reach = max(east - west, north - south) / 20.0
    nook = geometry.intersection(
        shapely.box(edge.x - reach, edge.y - reach, edge.x + reach, edge.y + reach)
    )
    inside = (geometry if nook.is_empty or nook.area == 0 else nook).representative_point()
    return float(inside.x), float(inside.y)

"""Distances, bearings, areas and points inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.ops import nearest_points

from geoincidents.geodesy.frame import GEOD, LocalFrame

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

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


def farthest_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return metres from a point to the farthest vertex of a geometry."""
    coordinates = shapely.get_coordinates(geometry)
    if len(coordinates) == 0:
        return 0.0
    lons, lats = coordinates[:, 0], coordinates[:, 1]
    _, _, distances = GEOD.inv(np.full_like(lons, lon), np.full_like(lats, lat), lons, lats)
    return float(np.max(distances))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the geodesic area in square metres."""
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]))


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

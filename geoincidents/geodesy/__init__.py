"""Shapes on the ellipsoid: metres and degrees of bearing in, WGS84 geometry out.

Coordinates are in x, y (lon, lat) order, bearings are degrees clockwise from
north, distances are metres. Every shape returned is valid, polygonal and cut at
the antimeridian. Importing this package imports numpy, pyproj and shapely.
"""

from geoincidents.geodesy.bands import band, buffer
from geoincidents.geodesy.frame import LocalFrame
from geoincidents.geodesy.measure import (
    area_above,
    area_m2,
    bearing_deg,
    destination,
    distance_m,
    distance_to,
    farthest_m,
    inner_point,
    settled,
)
from geoincidents.geodesy.shapes import circle, circles, corridor, ring, sector
from geoincidents.geodesy.sides import middle_of, side_of
from geoincidents.geodesy.tidy import polygonal, united

__all__ = [
    "LocalFrame",
    "area_above",
    "area_m2",
    "band",
    "bearing_deg",
    "buffer",
    "circle",
    "circles",
    "corridor",
    "destination",
    "distance_m",
    "distance_to",
    "farthest_m",
    "inner_point",
    "middle_of",
    "polygonal",
    "ring",
    "sector",
    "settled",
    "side_of",
    "united",
]

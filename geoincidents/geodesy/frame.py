"""A flat frame about a point: azimuthal equidistant, true in every direction from its centre.

The projection is computed with geodesics alone (x = s·sin α, y = s·cos α for a
point at distance s and azimuth α; Snyder 1987, "Map Projections: a Working
Manual", p. 191), so that no coordinate system has to be built for each point.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Polygon, box

from geoincidents.geodesy.tidy import cut_at_antimeridian, polygonal

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
#: A little less than the way to the antipode, where the projection folds.
REACH_M = 19_950_000.0
#: Points this near to the central meridian lie on it.
_ON_MERIDIAN_M = 1e-6
#: Near a pole no edge is longer than this part of the whole: a crossing then strays under 0.1 %.
_POLAR_PARTS = 1000


@dataclass(frozen=True, slots=True)
class LocalFrame:
    """The plane that touches the ellipsoid at `lon`, `lat`; x east, y north, in metres."""

    lon: float
    lat: float

    def to_plane(self, geometry: BaseGeometry) -> BaseGeometry:
        """Project lon/lat geometry into the frame."""
        return shapely.transform(geometry, self.project)

    def project(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project an array (n, 2) of lon, lat to x, y in metres."""
        lons, lats = coordinates[:, 0], coordinates[:, 1]
        azimuth, _, distance = GEOD.inv(
            np.full_like(lons, self.lon), np.full_like(lats, self.lat), lons, lats
        )
        angle = np.radians(azimuth)
        return np.column_stack((distance * np.sin(angle), distance * np.cos(angle)))

    def unproject(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return lon, lat of an array (n, 2) of x, y, longitudes within 180° of ours."""
        x, y = coordinates[:, 0], coordinates[:, 1]
        lons, lats, _ = GEOD.fwd(
            np.full_like(x, self.lon),
            np.full_like(y, self.lat),
            np.degrees(np.arctan2(x, y)),
            np.hypot(x, y),
        )
        lons = self.lon + (lons - self.lon + 180.0) % 360.0 - 180.0
        return np.column_stack((lons, lats))

    def to_world(self, geometry: BaseGeometry) -> BaseGeometry:
        """Turn polygons of the frame into valid WGS84 polygons, cut at ±180°.

        A polygon that holds a pole reaches it along the top or bottom of the map.
        """
        geometry = self._finer_near_pole(geometry)
        if self._reaches_past_pole(geometry):
            halves = [self._half_to_world(geometry, side) for side in (-1, 1)]
            world = polygonal(shapely.union_all(halves))
        else:
            world = polygonal(shapely.transform(geometry, self.unproject))
        cut = cut_at_antimeridian(world)
        return world if cut is world else polygonal(cut)

    def _poles(self) -> tuple[float, float]:
        """Return y of the north and of the south pole."""
        _, _, north = GEOD.inv(self.lon, self.lat, self.lon, 90.0)
        _, _, south = GEOD.inv(self.lon, self.lat, self.lon, -90.0)
        return float(north), -float(south)

    def _finer_near_pole(self, geometry: BaseGeometry) -> BaseGeometry:
        """Part long edges near a pole, where a straight step in longitude strays far."""
        west, low, east, high = geometry.bounds
        span = max(east - west, high - low)
        north, south = self._poles()
        if high < north - span / 2 and low > south + span / 2:
            return geometry
        return shapely.segmentize(geometry, max(span / _POLAR_PARTS, 1.0))

    def _reaches_past_pole(self, geometry: BaseGeometry) -> bool:
        _, low, _, high = geometry.bounds
        north, south = self._poles()
        if high < north and low > south:
            return False
        beyond = [LineString([(0, north), (0, max(high, north) + 1)])]
        beyond.append(LineString([(0, south), (0, min(low, south) - 1)]))
        return any(geometry.intersects(line) for line in beyond)

    def _half_to_world(self, geometry: BaseGeometry, side: int) -> BaseGeometry:
        """Unproject the part west (-1) or east (+1) of the meridian through the centre."""
        _, low, _, high = geometry.bounds
        reach = max(abs(bound) for bound in geometry.bounds) + 1.0
        west, east = sorted((0.0, side * reach))
        half = geometry.intersection(box(west, low - 1.0, east, high + 1.0))
        polygons = [part for part in shapely.get_parts(half) if part.geom_type == "Polygon"]
        return shapely.union_all([self._half_polygon(polygon, side) for polygon in polygons])

    def _half_polygon(self, polygon: Polygon, side: int) -> BaseGeometry:
        rings = [self._half_ring(np.asarray(ring.coords), side) for ring in polygon.interiors]
        outer = self._half_ring(np.asarray(polygon.exterior.coords), side)
        return polygonal(Polygon(outer, rings))

    def _half_ring(self, ring: NDArray[np.float64], side: int) -> NDArray[np.float64]:
        north, south = self._poles()
        ring = _with_poles(ring, north, south)
        world = self.unproject(ring)
        on_meridian = np.abs(ring[:, 0]) < _ON_MERIDIAN_M
        beyond = on_meridian & ((ring[:, 1] > north) | (ring[:, 1] < south))
        world[on_meridian, 0] = self.lon
        world[beyond, 0] = self.lon + 180.0 * side
        # longitudes of one half stay on its side of the central meridian
        offset = (world[:, 0] - self.lon) * side
        world[offset < -1e-9, 0] += 360.0 * side
        for y, pole in ((north, 90.0), (south, -90.0)):
            world[on_meridian & (np.abs(ring[:, 1] - y) < 1e-3), 1] = pole
        return world


def _with_poles(ring: NDArray[np.float64], north: float, south: float) -> NDArray[np.float64]:
    """Put two vertices, just before and just after a pole, on edges that pass over it."""
    points = [ring[0]]
    for start, end in pairwise(ring):
        if max(abs(start[0]), abs(end[0])) < _ON_MERIDIAN_M:
            step = np.sign(end[1] - start[1])
            crossed = sorted(
                (y for y in (north, south) if min(start[1], end[1]) <= y <= max(start[1], end[1])),
                key=lambda y: float(y * step),
            )
            for y in crossed:
                points.append(np.array([0.0, y - step * 1e-4]))
                points.append(np.array([0.0, y + step * 1e-4]))
        points.append(end)
    return np.array(points)

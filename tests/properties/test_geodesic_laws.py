"""Laws of the shapes over random anchors, with `pyproj.Geod` as the oracle.

Set ``GEOINCIDENTS_CASES`` for more than the usual number of cases.
"""

from __future__ import annotations

import os

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoincidents.expressions.uncertainty import point_radius
from geoincidents.geodesy import circles, destination, distance_m, sector
from geoincidents.geodesy.frame import LocalFrame

GEOD = Geod(ellps="WGS84")
CASES = int(os.environ.get("GEOINCIDENTS_CASES", "20000"))


@pytest.fixture(scope="module")
def random():
    return np.random.default_rng(20231230)


def anchors(random, count):
    """Points spread evenly over the sphere."""
    return random.uniform(-180, 180, count), np.degrees(np.arcsin(random.uniform(-1, 1, count)))


def test_every_vertex_of_a_circle_lies_at_its_radius(random):
    lons, lats = anchors(random, CASES)
    lats = np.clip(lats, -85, 85)
    radii = random.uniform(100, 200_000, CASES)
    made = circles(lons, lats, radii, points=16)
    points, index = shapely.get_coordinates(made, return_index=True)
    # pieces of a circle over the antimeridian have corners where it is cut
    whole = shapely.get_num_geometries(made)[index] == 1
    points, index = points[whole], index[whole]
    away = GEOD.inv(lons[index], lats[index], points[:, 0], points[:, 1])[2]
    assert np.abs(away / radii[index] - 1).max() < 1e-3


def test_a_destination_lies_at_its_distance_and_bearing(random):
    lons, lats = anchors(random, CASES)
    bearings, ways = random.uniform(0, 360, CASES), random.uniform(10, 5_000_000, CASES)
    for lon, lat, bearing, way in zip(lons, lats, bearings, ways, strict=True):
        there = destination(lon, lat, bearing, way)
        assert abs(distance_m(lon, lat, *there) / way - 1) < 1e-3


def test_the_frame_and_back_is_where_we_were(random):
    lons, lats = anchors(random, 200)
    for lon, lat in zip(lons, lats, strict=True):
        x, y = random.uniform(-2e6, 2e6, (2, 100))
        frame = LocalFrame(lon, lat)
        again = frame.project(frame.unproject(np.column_stack((x, y))))
        assert np.abs(again - np.column_stack((x, y))).max() < 1e-2


def test_a_sector_lies_within_the_point_radius_about_its_centre(random):
    lons, lats = anchors(random, 1_000)
    lats = np.clip(lats, -80, 80)
    ways, spreads = random.uniform(1_000, 200_000, 1_000), random.uniform(500, 20_000, 1_000)
    bearings = random.integers(0, 16, 1_000) * 22.5
    for lon, lat, way, spread, bearing in zip(lons, lats, ways, spreads, bearings, strict=True):
        near, far = max(0.0, way - spread), way + spread
        area = sector(lon, lat, bearing, 22.5, inner_m=near, outer_m=far)
        there = destination(lon, lat, bearing, way)
        points = shapely.get_coordinates(area)
        full = np.full(len(points), there[0]), np.full(len(points), there[1])
        away = GEOD.inv(*full, points[:, 0], points[:, 1])[2].max()
        assert away <= point_radius(way, spread, 22.5) * 1.01


def test_uncertainty_grows_with_vagueness(random):
    ways = random.uniform(100, 500_000, CASES)
    spreads = random.uniform(0, 50_000, CASES)
    more = random.uniform(1, 20_000, CASES)
    for way, spread, extra in zip(ways, spreads, more, strict=True):
        least = point_radius(way, spread, 11.25)
        assert least <= point_radius(way, spread, 22.5)
        assert least < point_radius(way, spread + extra, 11.25)
        assert least >= spread

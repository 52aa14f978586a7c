"""Circles, rings, sectors and corridors against the geodesic as the oracle."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point

from geoincidents.geodesy import area_m2, circle, circles, corridor, ring, sector

GEOD = Geod(ellps="WGS84")
LONS = st.floats(-180, 180)
LATS = st.floats(-90, 90)
AWKWARD = [(36.0, 50.0), (179.95, 10.0), (-180.0, 70.0), (20.0, 89.0), (0.0, 90.0), (100.0, -89.5)]


def distances(geometry, lon, lat):
    points = shapely.get_coordinates(geometry)
    n = len(points)
    return GEOD.inv(np.full(n, lon), np.full(n, lat), points[:, 0], points[:, 1])[2]


@given(LONS, LATS, st.floats(1_000, 1_000_000))
@settings(max_examples=200, deadline=None)
def test_no_vertex_of_a_circle_lies_outside_it(lon, lat, radius):
    made = circle(lon, lat, radius)
    assert made.is_valid
    assert distances(made, lon, lat).max() <= radius * 1.001


@pytest.mark.parametrize(("lon", "lat"), AWKWARD)
def test_a_circle_has_its_area_at_poles_and_at_the_antimeridian(lon, lat):
    made = circle(lon, lat, 200_000)
    # a 120-gon is 0.05 % smaller than its circle
    assert area_m2(made) == pytest.approx(math.pi * 200_000**2, rel=0.002)


@pytest.mark.parametrize(("lon", "lat"), AWKWARD)
def test_a_circle_stays_on_the_map(lon, lat):
    west, south, east, north = circle(lon, lat, 300_000).bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90


def test_a_circle_over_the_antimeridian_comes_in_two_pieces():
    made = circle(179.9, 10.0, 100_000)
    assert made.geom_type == "MultiPolygon"
    assert made.contains(Point(-179.9, 10.0))
    assert made.contains(Point(179.5, 10.0))


def test_a_circle_about_a_pole_holds_all_longitudes():
    made = circle(20.0, 89.0, 500_000)
    assert all(made.contains(Point(lon, 89.9)) for lon in range(-179, 180, 20))


def test_a_ring_leaves_its_middle_out():
    made = ring(36.0, 50.0, 10_000, 20_000)
    assert not made.contains(Point(36.0, 50.0))
    assert distances(made, 36.0, 50.0).min() == pytest.approx(10_000, rel=1e-3)


@given(LONS, st.floats(-89, 89), st.floats(0, 360), st.floats(1_000, 500_000))
@settings(max_examples=200, deadline=None)
def test_a_sector_holds_its_bearing_and_not_the_opposite(lon, lat, bearing, reach):
    made = sector(lon, lat, bearing, 22.5, inner_m=reach * 0.5, outer_m=reach)
    assert made.is_valid
    there = GEOD.fwd(lon, lat, bearing, reach * 0.75)[:2]
    back = GEOD.fwd(lon, lat, bearing + 180, reach * 0.75)[:2]
    assert made.intersects(Point(there).buffer(1e-9))
    assert not made.contains(Point(back))


def test_a_corridor_ends_at_its_ends():
    made = corridor((36.0, 50.0), (37.0, 50.0), 5_000)
    assert made.contains(Point(36.5, 50.0))
    assert not made.intersects(Point(35.9, 50.0))
    assert not made.intersects(Point(36.5, 50.1))


def test_many_circles_equal_single_ones():
    lons, lats = np.array([36.0, 179.99, 5.0]), np.array([50.0, 0.0, 89.9])
    radii = np.array([5_000.0, 50_000.0, 100_000.0])
    for made, lon, lat, radius in zip(circles(lons, lats, radii), lons, lats, radii, strict=True):
        single = circle(lon, lat, radius)
        assert made.is_valid
        assert area_m2(made) == pytest.approx(area_m2(single), rel=0.005)

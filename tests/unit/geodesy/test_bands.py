"""Buffers and bands in metres, however long the line."""

from __future__ import annotations

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, box

from geoincidents.geodesy import (
    area_above,
    area_m2,
    band,
    buffer,
    distance_to,
    farthest_m,
    inner_point,
    united,
)
from geoincidents.geodesy.frame import LocalFrame
from geoincidents.geodesy.tidy import cut_at_antimeridian, polygonal

GEOD = Geod(ellps="WGS84")
PARALLEL = LineString([(lon, 50.0) for lon in range(20, 61)])


@pytest.mark.parametrize("lon", [20.5, 31.3, 44.4, 59.5])
def test_a_buffer_keeps_its_width_along_a_line_of_three_thousand_kilometres(lon):
    made = buffer(PARALLEL, 25_000)
    inside = GEOD.fwd(lon, 50.0, 0, 24_000)[:2]
    outside = GEOD.fwd(lon, 50.0, 0, 26_500)[:2]
    assert made.contains(Point(inside))
    assert not made.contains(Point(outside))


def test_a_band_leaves_out_what_is_too_near():
    made = band(PARALLEL, 30_000, 50_000)
    assert not made.contains(Point(30.0, 50.0))
    assert made.contains(Point(GEOD.fwd(30.0, 50.0, 180, 40_000)[:2]))


def test_a_negative_buffer_shrinks_a_polygon():
    country = box(30, 48, 34, 52)
    smaller = buffer(country, -20_000)
    assert smaller.within(country)
    assert not smaller.contains(Point(30.1, 50.0))


def test_distance_to_a_line_is_geodesic():
    here = GEOD.fwd(30.0, 50.0, 0, 31_400)[:2]
    assert distance_to(PARALLEL, *here) == pytest.approx(31_400, rel=2e-3)


def test_the_inner_point_lies_inside_a_ring():
    ring = Point(0, 0).buffer(2).difference(Point(0, 0).buffer(1))
    assert ring.contains(Point(inner_point(ring)))


def test_the_inner_point_is_the_preferred_one_when_it_can_be():
    assert inner_point(box(0, 0, 2, 2), (0.5, 0.5)) == (0.5, 0.5)


def test_the_inner_point_stays_near_the_preferred_one():
    lon, _ = inner_point(box(0, 0, 10, 1), (-1.0, 0.5))
    assert 0 < lon < 2


def test_the_farthest_vertex_of_nothing_is_no_way_off():
    assert farthest_m(Polygon(), 0, 0) == 0.0


def test_polygonal_drops_lines_and_repairs_bow_ties():
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    made = polygonal(shapely.union_all([shapely.make_valid(bow_tie), LineString([(2, 2), (3, 3)])]))
    assert made.is_valid
    assert made.area == pytest.approx(0.5)


def test_polygonal_of_a_line_is_empty():
    assert polygonal(PARALLEL).is_empty


def test_longitudes_beyond_180_are_folded_back():
    made = cut_at_antimeridian(box(175, -5, 190, 5))
    assert made.contains(Point(-175, 0))
    assert made.contains(Point(178, 0))
    assert made.area == pytest.approx(150)


def test_the_frame_is_true_from_its_centre():
    frame = LocalFrame(36.0, 50.0)
    there = GEOD.fwd(36.0, 50.0, 60.0, 123_456)[:2]
    plane = frame.to_plane(Point(there))
    assert plane.distance(Point(0, 0)) == pytest.approx(123_456, abs=1e-3)


def test_area_does_not_depend_on_the_order_of_the_ring():
    ring = box(30, 50, 31, 51)
    assert area_m2(ring) == area_m2(shapely.reverse(ring))


@pytest.mark.parametrize("cut", [-9.0, -4.0, 0.0, 1.5, 2.0, 7.3, 99.0])
def test_the_area_above_a_cut_is_what_a_clip_leaves(cut):
    lake = Point(1, 1).buffer(2)
    land = shapely.union_all([Point(0, 0).buffer(8).difference(lake), box(20, -5, 25, 5)])
    above = land.intersection(box(-100, cut, 100, 100)).area
    assert area_above(land, cut) == pytest.approx(above, abs=1e-9)


def test_the_farthest_vertex_is_the_farthest_of_all():
    country = Point(30, 60).buffer(20, quad_segs=64)
    x, y = shapely.get_coordinates(country).T
    for lon, lat in ((30.0, 60.0), (12.0, 55.0), (-150.0, -60.0)):
        away = GEOD.inv([lon] * len(x), [lat] * len(x), x, y)[2]
        assert farthest_m(country, lon, lat) == max(away)


@pytest.mark.parametrize(
    "polygons",
    [
        (box(0, 0, 1, 1), box(1, 0, 2, 1)),  # neighbours
        (box(0, 0, 1, 1), box(3, 0, 4, 1)),  # apart
        (box(0, 0, 2, 2), box(1, 1, 3, 3)),  # overlapping
        (box(0, 0, 9, 9), box(0, 0, 3, 9)),  # a part and its whole, with edges in common
        (box(0, 0, 1, 1), box(0, 0, 1, 1)),  # the same twice
    ],
)
def test_polygons_are_united_whether_they_touch_or_overlap(polygons):
    assert united(*polygons).equals(shapely.union_all(polygons))


@pytest.mark.parametrize("ragged", [True, False])
def test_a_band_about_a_ragged_coast_is_as_wide_as_about_a_smooth_one(ragged):
    steps = 4_000 if ragged else 8
    isle = Point(10, 45).buffer(0.5, quad_segs=steps)
    made = band(isle, 30_000, 60_000)
    edge = GEOD.fwd(10.5, 45.0, 90.0, 0.0)[:2]
    for away, within in ((29_000, False), (31_000, True), (59_000, True), (61_000, False)):
        assert made.contains(Point(GEOD.fwd(*edge, 90.0, away)[:2])) is within

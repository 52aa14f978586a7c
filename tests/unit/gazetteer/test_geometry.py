"""Shapes, borders and points."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoincidents.gazetteer import Gazetteer
from geoincidents.gazetteer.nearby import haversine_m
from geoincidents.gazetteer.nearest import FARTHEST, NearestPoint
from geoincidents.gazetteer.shapes import pack, quantise, unpack

from .conftest import square


def test_a_unit_has_its_polygon_and_a_country_the_union(little: Gazetteer) -> None:
    unit = little.geometry("geonames:11")
    country = little.geometry(little.country("WL"))
    assert unit is not None
    assert country is not None
    assert unit.equals(shapely.box(30, 51, 31, 52))
    assert country.equals(shapely.box(30, 50, 31, 52))


def test_a_region_is_the_union_of_its_parts(little: Gazetteer) -> None:
    region = little.geometry("gi:region/both")
    assert region is not None
    assert region.equals(shapely.box(30, 50, 33, 52))


def test_a_point_has_no_shape(little: Gazetteer) -> None:
    assert little.geometry("geonames:101") is None


def test_a_border_is_the_line_that_both_polygons_have(little: Gazetteer) -> None:
    border = little.border("WL", "EL")
    assert border is not None
    assert border.equals(shapely.LineString([(31, 50), (31, 52)]))
    assert little.border("EL", "WL") is border


def test_borders_of_units_and_their_absence(little: Gazetteer) -> None:
    border = little.border("geonames:11", "geonames:12")
    assert border is not None
    assert border.equals(shapely.LineString([(30, 51), (31, 51)]))
    assert little.border("geonames:11", "geonames:22") is None


def test_neighbours_share_more_than_a_corner(little: Gazetteer) -> None:
    assert [each.id for each in little.neighbours(little.country("WL"))] == ["geonames:2"]
    near = {each.id for each in little.neighbours(little.feature("geonames:21"))}
    assert near == {"geonames:11", "geonames:12", "geonames:22"}


def test_boundaries_follow_the_policy(little: Gazetteer) -> None:
    filed = Gazetteer(little.stores, boundary_policy="source")
    border = filed.border("WL", "EL")
    assert border is not None
    assert border.length == pytest.approx(2)
    assert filed.reverse(30.5, 50.5).country == filed.country("EL")
    assert little.reverse(30.5, 50.5).country == little.country("WL")


def test_reverse_tells_settlement_unit_and_country(little: Gazetteer) -> None:
    found = little.reverse(30.52, 51.48)
    assert (found.settlement, found.admin1, found.country) == (
        little.feature("geonames:101"),
        little.feature("geonames:11"),
        little.country("WL"),
    )


def test_reverse_of_many_is_reverse_of_each(little: Gazetteer) -> None:
    lons, lats = [30.5, 31.5, 32.9, -120.0], [51.5, 50.2, 51.9, 10.0]
    many = little.reverse_many(lons, lats)
    assert len(many) == 4
    assert list(many) == [little.reverse(x, y) for x, y in zip(lons, lats, strict=True)]
    assert many[3] == (None, None, None)
    assert list(many[1:3]) == [many[1], many[2]]


def test_nearby_gives_the_nearest_first(little: Gazetteer) -> None:
    found = [each.id for each in little.nearby(30.6, 51.4, 120_000)]
    assert found[:2] == ["geonames:101", "geonames:102"]
    assert little.nearby(30.6, 51.4, 1_000) == ()


coordinates = st.tuples(st.floats(-180, 180), st.floats(-85, 85))
close = st.tuples(st.floats(29, 31), st.floats(59, 61)) | coordinates


@settings(max_examples=60, deadline=None)
@given(st.lists(close, min_size=1, max_size=60), close)
def test_the_nearest_point_is_the_nearest(
    points: list[tuple[float, float]], asked: tuple[float, float]
) -> None:
    lons, lats = np.array(points).T
    found = int(NearestPoint(lons, lats).query(np.array([asked[0]]), np.array([asked[1]]))[0])
    across = (lons - asked[0] + 180) % 360 - 180
    plane = np.hypot(across * math.cos(math.radians(asked[1])), lats - asked[1])
    if found < 0:
        assert plane.min() > min(FARTHEST, 3 * math.cos(math.radians(asked[1]))) - 1e-4
    else:
        assert plane[found] <= min(plane.min(), FARTHEST) + 1e-4


@settings(max_examples=40, deadline=None)
@given(st.lists(coordinates, min_size=2, max_size=30))
def test_a_packed_line_comes_back_to_the_millionth_of_a_degree(
    points: list[tuple[float, float]],
) -> None:
    line = shapely.LineString(points)
    assert shapely.get_coordinates(unpack(pack(line))) == pytest.approx(
        shapely.get_coordinates(line), abs=6e-7
    )


@pytest.mark.parametrize(
    ("wkb", "why"),
    [
        (b"\x01\x03", "cannot be read"),
        (shapely.to_wkb(shapely.Polygon()), "empty"),
        (square(-170, 10, 190, 20), "leaves the globe"),
        (square(-179, 10, 179, 20), "antimeridian"),
    ],
)
def test_shapes_that_cannot_be_are_refused(wkb: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        quantise(wkb)


def test_an_invalid_polygon_is_mended() -> None:
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    mended = quantise(shapely.to_wkb(bow_tie))
    assert mended.is_valid
    assert mended.area == pytest.approx(2)


def test_distances_are_great_circles() -> None:
    assert haversine_m(0, 0, 0, 1) == pytest.approx(111_195, rel=1e-4)
    assert haversine_m(179.5, 0, -179.5, 0) == pytest.approx(111_195, rel=1e-4)

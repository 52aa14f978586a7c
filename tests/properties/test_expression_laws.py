"""Laws of placed expressions over random anchors, with `pyproj.Geod` as the oracle.

Set ``GEOINCIDENTS_EXPRESSION_CASES`` for more than the usual number of cases.
"""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point, box

from geoincidents.expressions import default_uncertainty
from geoincidents.expressions.evaluate import place
from geoincidents.expressions.footprints import Anchor, Setting
from geoincidents.expressions.tree import Compass, Node, PlaceRef, Quantity
from geoincidents.expressions.vocabulary import WINDS

GEOD = Geod(ellps="WGS84")
CASES = int(os.environ.get("GEOINCIDENTS_EXPRESSION_CASES", "1500"))
REF = PlaceRef(0, 1, "X", ("X",))


class Halves:
    """Two countries that share a parallel: A north of it, B south of it."""

    def __init__(self, lat):
        self._line = LineString([(20.0, lat), (40.0, lat)])
        self._polygons = {"a": box(20, lat, 40, lat + 9), "b": box(20, lat - 9, 40, lat)}

    def country(self, code):
        return _feature(code.lower())

    def feature(self, feature_id):
        return _feature(feature_id)

    def geometry(self, feature_id):
        return self._polygons.get(feature_id)

    def border(self, a, b):
        return self._line if {a, b} == {"A", "B"} else None

    def neighbours(self, feature):
        return (_feature("b" if feature.id == "a" else "a"),)


def _feature(letter):
    from geoincidents.model import Feature

    upper = letter.upper()
    return Feature(letter, upper, "PCLI", "country", 0, 30, country=upper, extent_m=500_000)


def setting(anchor, gazetteer=None, **more):
    return Setting(
        gazetteer, default_uncertainty(), lambda ref: (anchor,), lambda kind: anchor, **more
    )


def offset(way, wind, qualifier="exact", rounding=0.0):
    compass = Compass(WINDS.index(wind) * 22.5, wind)
    quantity = Quantity(way, rounding, qualifier, f"{way} m")
    return Node("offset", 0, 1, {"distance": quantity, "dir": compass, "anchor": REF})


@pytest.fixture(scope="module")
def random():
    return np.random.default_rng(20240105)


def random_anchor(random):
    lon, lat = random.uniform(-180, 180), float(np.degrees(np.arcsin(random.uniform(-1, 1))))
    return Anchor("X", lon, lat, float(random.uniform(200, 15_000)), "settlement", country="A")


def test_the_centre_of_an_offset_is_within_a_thousandth_of_its_distance(random):
    for _ in range(CASES):
        anchor = random_anchor(random)
        way, wind = float(random.uniform(500, 300_000)), WINDS[random.integers(16)]
        found = place(offset(way, wind), setting(anchor))
        azimuth, _, away = GEOD.inv(anchor.lon, anchor.lat, found.lon, found.lat)
        assert abs(away / way - 1) < 1e-3
        turn = (azimuth - WINDS.index(wind) * 22.5 + 180) % 360 - 180
        assert abs(turn) < 0.1
        assert found.geometry.is_valid
        assert found.uncertainty_m >= anchor.extent_m


def test_the_uncertainty_of_an_offset_holds_its_area(random):
    for _ in range(CASES // 5):
        anchor = random_anchor(random)
        way, wind = float(random.uniform(2_000, 200_000)), WINDS[random.integers(16)]
        found = place(offset(way, wind, rounding=way / 10), setting(anchor))
        points = shapely.get_coordinates(found.geometry)
        full = np.full(len(points), found.lon), np.full(len(points), found.lat)
        away = GEOD.inv(*full, points[:, 0], points[:, 1])[2]
        assert away.max() <= found.uncertainty_m * 1.02


def test_uncertainty_grows_with_every_vagueness(random):
    for _ in range(CASES // 5):
        anchor = random_anchor(random)
        way, wind = float(random.uniform(2_000, 200_000)), ("N", "NE")[random.integers(2)]
        plain = place(offset(way, wind), setting(anchor)).uncertainty_m
        fine = place(offset(way, "NNE"), setting(anchor)).uncertainty_m
        about = place(offset(way, wind, "about"), setting(anchor)).uncertainty_m
        rounded = place(offset(way, wind, rounding=way / 4), setting(anchor)).uncertainty_m
        larger = replace(anchor, extent_m=anchor.extent_m * 2)
        assert fine < plain < about
        assert plain < rounded
        assert plain < place(offset(way, wind), setting(larger)).uncertainty_m


def test_a_band_from_a_border_lies_on_the_side_of_its_host(random):
    for _ in range(CASES // 15):
        lat = float(random.uniform(-60, 60))
        world, side = Halves(lat), ("A", "B")[random.integers(2)]
        way = float(random.uniform(5_000, 120_000))
        host = Anchor(side, 30, lat, 1.0, "country", country=side, feature_id=side.lower())
        node = Node(
            "border_distance",
            0,
            1,
            {
                "distance": Quantity(way, 0.0, "exact", "so far"),
                "border": Node("border", 0, 1, {}),
            },
        )
        found = place(node, setting(host, world, country=side))
        outward = 0 if side == "A" else 180
        inside = Point(GEOD.fwd(30.0, lat, outward, way)[:2])
        over = Point(GEOD.fwd(30.0, lat, outward + 180, way)[:2])
        assert found.geometry.contains(inside)
        assert not found.geometry.intersects(over)
        assert not found.geometry.contains(Point(GEOD.fwd(30.0, lat, outward, way * 0.7)[:2]))
        assert not found.geometry.contains(Point(GEOD.fwd(30.0, lat, outward, way * 1.3)[:2]))
        assert found.geometry.contains(Point(found.lon, found.lat))

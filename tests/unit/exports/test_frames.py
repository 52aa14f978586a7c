"""Frames of geopandas: dtypes an analyst can work with, and back to the same incidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import geopandas
import pandas as pd
import pytest
from shapely import Point

from geoincidents.errors import UsageError
from geoincidents.exports.frames import from_geodataframe, to_geodataframe
from geoincidents.exports.layers import KINDS, whole_layer
from geoincidents.model import EventLocation
from tests.builders import collection, incident, night, oblast, source

KYIV = timezone(timedelta(hours=2))
PARTS = ("locations", "responses", "claims", "reports")


def in_kyiv():
    utc = night()
    return replace(utc, start=utc.start.astimezone(KYIV), end=utc.end.astimezone(KYIV))


def made():
    area = incident("gi-2", locations=(EventLocation("target", oblast(), source()),), estimates={})
    return collection(incident("gi-1", time=in_kyiv()), area, incident("gi-3", time=None))


def frames(of):
    return {name: to_geodataframe(of, layer=name) for name in PARTS}


def test_dtypes_are_those_an_analyst_works_with():
    frame = to_geodataframe(collection(incident(time=in_kyiv(), estimates={})))
    assert frame["time_start"].dt.tz.utcoffset(None) == timedelta(hours=2)
    assert frame.loc[0, "time_start"] == night().start
    assert frame["killed_low"].dtype == "Int64"
    assert frame["killed_low"].isna().all()
    assert frame["lat"].dtype == "Float64"
    assert frame["event_type"].dtype == "category"
    assert frame["id"].dtype == "string"
    assert frame.crs.to_epsg() == 4326
    assert to_geodataframe(collection(), layer="claims")["recap"].dtype == "boolean"


def test_times_of_several_zones_are_utc_instants():
    frame = to_geodataframe(made())
    assert str(frame["time_start"].dt.tz) == "UTC"
    assert frame["time_start"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("layer", KINDS)
def test_every_layer_comes_back_as_it_was(layer):
    back = from_geodataframe(to_geodataframe(made()), **frames(made()))
    before, after = (list(whole_layer(layer, of).rows) for of in (made(), back))
    if "time_start" in dict(whole_layer(layer, made()).columns):
        # Two zones in one column are UTC in the frame: the instants are the same.
        before, after = ([instants(row) for row in rows] for rows in (before, after))
    assert after == before


def instants(row):
    return tuple(
        pd.Timestamp(v).tz_convert("UTC") if isinstance(v, str) and v.startswith("2024-02-0") else v
        for v in row
    )


def test_the_geometry_comes_back_as_it_was():
    back = from_geodataframe(to_geodataframe(made()), **frames(made()))
    for layer in ("incidents", "locations", "responses"):
        shapes = (whole_layer(layer, of).geometries for of in (made(), back))
        assert all(one.equals(two) for one, two in zip(*shapes, strict=True))


def test_an_analyst_may_move_a_point_filter_rows_and_change_the_crs():
    frame = to_geodataframe(collection(incident("gi-1"), incident("gi-2")))
    frame.loc[0, "geometry"] = Point(30.5, 50.4)
    moved = frame[frame["id"] == "gi-1"].to_crs("EPSG:3857")
    (back,) = from_geodataframe(moved).incidents
    assert back.id == "gi-1"
    assert back.locations[0].location.lon == pytest.approx(30.5)
    assert back.locations[0].location.lat == pytest.approx(50.4)


def test_a_frame_of_something_else_is_refused_in_a_sentence():
    other = geopandas.GeoDataFrame({"a": [1]}, geometry=[Point(0, 0)], crs="EPSG:4326")
    with pytest.raises(UsageError, match="columns"):
        from_geodataframe(other)
    with pytest.raises(UsageError, match="no such layer"):
        to_geodataframe(collection(), layer="pins")


def test_explore_draws_every_layer_with_geometry():
    for layer in ("incidents", "locations", "responses"):
        page = to_geodataframe(made(), layer=layer).explore(tiles=None).get_root().render()
        assert "Zelenohirsk" in page
    coloured = to_geodataframe(made()).explore("killed_best", tiles=None).get_root().render()
    assert "Air/drone strike" in coloured

"""Incidents back from every format that `export` writes: what stays, what is said to be lost."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from shapely import MultiPoint, Point, box

from geoincidents.exports import WriteOptions, write
from geoincidents.model import EventLocation, IncidentCollection, Location
from geoincidents.records import collection_record
from geoincidents.reports import read_reports
from tests.builders import collection, incident, oblast, source, town

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FLAT = [
    *("a.geojson", "a.geojsonl", "a.fgb", "a.kml", "a.shp.zip"),
    *("a.csv", "a.parquet", "a.geoparquet"),
]
WHOLE = ["a.gpkg", "a.xlsx"]
HOSTILE = "=cmd|' /C calc'!A1 «Ґ» 🚒, \"x\";\n<b>"


def made() -> IncidentCollection:
    area = incident("gi-2", locations=(EventLocation("target", oblast(), source()),))
    nowhere = incident("gi-3", time=None, locations=(), estimates={}, claims=(), responses=())
    named = incident("gi-4", weapons=(HOSTILE, "missile"), flags=("told twice",), damage={})
    return collection(incident("gi-1"), area, nowhere, named)


def back(path) -> IncidentCollection:
    read = read_reports(path)
    assert read.problems == ()
    (found,) = read.collections
    return found


def by_id(found: IncidentCollection) -> dict:
    return {item.id: item for item in found.incidents}


def drawn(location: Location) -> BaseGeometry:
    return location.geometry or Point(location.lon, location.lat)


@pytest.mark.parametrize("name", FLAT)
def test_a_layer_alone_keeps_what_it_has_columns_for(tmp_path, name):
    write(made(), tmp_path / name)
    old, new = by_id(made()), by_id(back(tmp_path / name))
    assert sorted(new) == sorted(old)
    for key, item in new.items():
        was = old[key]
        assert (item.event_type, item.sub_event_type) == (was.event_type, was.sub_event_type)
        assert item.time == was.time
        assert item.estimates == was.estimates
        assert item.weapons == was.weapons
        assert (item.damage, item.flags, item.reports) == (was.damage, was.flags, was.reports)
        assert [(a.role, a.name, a.by) for a in item.actors] == [
            (a.role, a.name, a.by) for a in was.actors
        ]
        assert [r.kind for r in item.responses] == [r.kind for r in was.responses]
        assert item.verification.status == was.verification.status
        # What a row has no columns for is not made up.
        assert item.claims == ()
    place, area = (new[key].locations[0].location for key in ("gi-1", "gi-2"))
    assert (place.name, place.lat, place.lon) == ("Zelenohirsk", 49.5, 36.5)
    assert (place.precision, place.uncertainty_m, place.country) == ("settlement", 3000.0, "UA")
    assert drawn(area).equals_exact(oblast().geometry.normalize(), 1e-6) or drawn(area).equals(
        oblast().geometry
    )
    assert new["gi-3"].locations == ()


@pytest.mark.parametrize("name", FLAT)
def test_what_a_layer_alone_has_lost_is_said(tmp_path, name):
    write(made(), tmp_path / name)
    (notice,) = read_reports(tmp_path / name).notices
    assert notice.sentence.startswith(f"{tmp_path / name}: ")
    assert "no claims, quotes" in notice.sentence


@pytest.mark.parametrize("name", WHOLE)
def test_a_format_of_all_layers_keeps_places_claims_responses_and_reports(tmp_path, name):
    write(made(), tmp_path / name)
    found = back(tmp_path / name)
    assert read_reports(tmp_path / name).notices == ()
    assert simplified(found) == simplified(made())


#: What these formats have no columns for; see docs/formats.md.
LOST = {
    *("unresolved", "published_from", "graphic", "merged_because", "apart_from", "in_passing"),
    *("sources", "extra", "quotes", "is_part", "admin1_id", "admin2_id"),
}


def simplified(found: IncidentCollection) -> dict:
    def kept(value, key=""):
        if isinstance(value, list):
            return [kept(item, key) for item in value]
        if not isinstance(value, dict):
            return value
        gone = LOST | {"actors": {"report_id", "start", "end", "text"}}.get(key, set())
        gone |= {"published"} if "measure" in value else set()
        return {k: kept(v, k) for k, v in value.items() if k not in gone}

    record = kept(collection_record(found))
    for response in (each for item in record["incidents"] for each in item["responses"]):
        place = response["location"] or {}
        response["location"] = [place.get(key) for key in ("name", "lat", "lon", "precision")]
    return record


def test_json_loses_nothing(tmp_path):
    write(made(), tmp_path / "a.json")
    found = back(tmp_path / "a.json")
    assert collection_record(found) == collection_record(made())
    assert read_reports(tmp_path / "a.json").notices == ()


@pytest.mark.parametrize("name", [*FLAT, *WHOLE, "a.json"])
def test_what_was_read_writes_the_same_again(tmp_path, name):
    """A second way round changes nothing: what is lost is lost at once."""
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
    write(made(), tmp_path / name)
    write(back(tmp_path / name), first / name)
    write(back(first / name), second / name)
    assert collection_record(back(first / name)) == collection_record(back(second / name))


@pytest.mark.parametrize("name", [*FLAT, *WHOLE])
def test_several_targets_stay_drawn_where_they_were(tmp_path, name):
    two = tuple(
        EventLocation("target", town(n, lat, 36.5), source()) for n, lat in (("A", 49.5), ("B", 50))
    )
    write(collection(incident(locations=two)), tmp_path / name)
    (item,) = back(tmp_path / name).incidents
    shapes = [drawn(place.location) for place in item.locations]
    points = MultiPoint([(36.5, 49.5), (36.5, 50.0)])
    assert shapes[0].equals(points) or [s.wkt for s in shapes] == [p.wkt for p in points.geoms]


def test_a_shapefile_joins_what_it_parts_by_geometry(tmp_path):
    mixed = tuple(
        EventLocation("target", replace(town(), geometry=shape), source())
        for shape in (None, box(36, 49, 36.2, 49.2))
    )
    write(collection(incident(locations=mixed)), tmp_path / "a.shp.zip")
    (item,) = back(tmp_path / "a.shp.zip").incidents
    parts = drawn(item.locations[0].location)
    assert {part.geom_type for part in parts.geoms} == {"Point", "Polygon"}


def test_a_point_that_was_moved_in_a_gis_is_where_it_was_put(tmp_path):
    import geopandas

    write(made(), tmp_path / "a.gpkg")
    frame = geopandas.read_file(tmp_path / "a.gpkg", layer="incidents")
    frame.loc[frame["id"] == "gi-1", "geometry"] = Point(37.0, 48.0)
    frame.to_file(tmp_path / "moved.gpkg", layer="incidents")
    item = by_id(back(tmp_path / "moved.gpkg"))["gi-1"]
    assert (item.locations[0].location.lat, item.locations[0].location.lon) == (48.0, 37.0)


@pytest.mark.parametrize("name", ["a.kml", "a.shp.zip", "a.fgb", "a.geojson"])
def test_what_another_program_saved_again_still_reads(tmp_path, name):
    """GDAL's own writing of the same rows: typed data in KML, other heads in the files."""
    import geopandas

    write(made(), tmp_path / "a.geojson")
    frame = geopandas.read_file(tmp_path / "a.geojson", on_invalid="ignore")
    texts = frame.columns.difference(["geometry"])
    frame[texts] = frame[texts].astype("object").where(frame[texts].notna(), None)
    other = tmp_path / f"other-{name}"
    if name == "a.shp.zip":
        frame = frame[frame.geom_type == "Point"]
    if name == "a.fgb":
        frame = frame[frame.geometry.notna()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL says which names it cuts
        frame.to_file(other, driver={"a.kml": "LIBKML"}.get(name))
    found = by_id(back(other))
    assert {"gi-1"} <= set(found)
    assert found["gi-1"].estimates == incident().estimates


@pytest.mark.parametrize("layer", ["locations", "claims", "reports", "mentions", "responses"])
@pytest.mark.parametrize("name", ["a.geojson", "a.fgb", "a.csv", "a.parquet", "a.shp.zip", "a.kml"])
def test_another_layer_is_named_for_what_it_is(tmp_path, name, layer):
    write(made(), tmp_path / name, options=WriteOptions(layer=layer))
    read = read_reports(tmp_path / name)
    assert read.collections == ()
    if layer != "mentions":
        (problem,) = read.problems
        assert layer in problem.sentence or "holds" in problem.sentence

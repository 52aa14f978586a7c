"""Exports: what is written reads back, and an old file stands until the new one is whole."""

from __future__ import annotations

import json
from dataclasses import replace

import geopandas
import pyogrio
import pytest
from shapely.geometry import shape

from geoincidents.errors import ExportError, UsageError
from geoincidents.exports import WriteOptions, write
from geoincidents.exports.registry import writer
from geoincidents.model import EventLocation
from geoincidents.records import collection_from_record, collection_record
from tests.builders import collection, incident, oblast, source, town


def test_the_json_export_reads_back_equal():
    made = replace(collection(), mentions={})
    back = collection_from_record(json.loads(json.dumps(collection_record(made, with_text=True))))
    assert collection_record(back, with_text=True) == collection_record(made, with_text=True)


def test_the_text_of_a_report_is_exported_only_when_asked_for(tmp_path):
    write(collection(), tmp_path / "a.json")
    assert "text" not in json.loads((tmp_path / "a.json").read_text())["reports"][0]
    write(collection(), tmp_path / "b.json", options=WriteOptions(with_text=True))
    assert json.loads((tmp_path / "b.json").read_text())["reports"][0]["text"]


def test_geojson_draws_an_incident_at_its_most_precise_target(tmp_path):
    write(collection(), tmp_path / "a.geojson")
    (feature,) = json.loads((tmp_path / "a.geojson").read_text())["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.5, 49.5]}
    assert feature["properties"]["killed_best"] == 5
    assert feature["properties"]["precision"] == "settlement"


def test_a_province_is_an_area_and_never_a_pin(tmp_path):
    only = incident(locations=(EventLocation("target", oblast(), source()),))
    write(collection(only), tmp_path / "a.geojson")
    (feature,) = json.loads((tmp_path / "a.geojson").read_text())["features"]
    assert shape(feature["geometry"]).area > 1


def test_a_place_of_launch_is_not_where_the_incident_is_drawn(tmp_path):
    launched = incident(locations=(EventLocation("launch", town(), source()),))
    write(collection(launched), tmp_path / "a.geojson")
    (feature,) = json.loads((tmp_path / "a.geojson").read_text())["features"]
    assert feature["geometry"] is None


def test_a_geopackage_holds_every_layer_and_geopandas_reads_it(tmp_path):
    path = tmp_path / "a.gpkg"
    write(collection(), path)
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert {"incidents", "locations", "responses", "claims", "reports", "mentions"} <= layers
    frame = geopandas.read_file(path, layer="incidents")
    assert frame.crs.to_epsg() == 4326
    assert frame.loc[0, "killed_low"] == 3
    assert frame.geometry.is_valid.all()
    assert len(geopandas.read_file(path, layer="locations")) == 2


@pytest.mark.parametrize("name", ["a.json", "a.geojson", "a.gpkg", "a.fgb", "a.csv"])
def test_the_same_incidents_give_the_same_bytes(tmp_path, name):
    write(collection(), tmp_path / name)
    first = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    write(collection(), tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


@pytest.mark.parametrize("name", ["a.json", "a.geojson", "a.gpkg", "a.fgb", "a.csv"])
def test_no_incidents_make_a_whole_and_empty_file(tmp_path, name):
    empty = replace(collection(), incidents=(), reports=(), unresolved=())
    write(empty, tmp_path / name)
    assert (tmp_path / name).stat().st_size > 0


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    @writer("failing", ".failing")
    def fail(_collection, path, _options):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    target = tmp_path / "a.failing"
    target.write_text("old")
    with pytest.raises(ExportError, match="No space left"):
        write(collection(), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.failing"]


def test_unknown_formats_and_layers_are_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="tells no format"):
        write(collection(), tmp_path / "a.xyz")
    with pytest.raises(UsageError, match="no such layer"):
        write(collection(), tmp_path / "a.geojson", options=WriteOptions(layer="pins"))

"""Exports: what is written reads back, and an old file stands until the new one is whole."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import replace

import geopandas
import pyogrio
import pytest
from openpyxl import load_workbook
from shapely.geometry import Point, shape

from geoincidents.errors import ExportError, UsageError
from geoincidents.exports import WriteOptions, write
from geoincidents.exports.frames import to_geodataframe
from geoincidents.exports.registry import LAYERS, writer
from geoincidents.model import EventLocation
from geoincidents.records import collection_from_record, collection_record
from geoincidents.reports import read_reports
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


@pytest.mark.parametrize(
    "name",
    [
        "a.json",
        "a.geojson",
        "a.gpkg",
        "a.fgb",
        "a.csv",
        "a.kml",
        "a.shp.zip",
        "a.xlsx",
        "a.parquet",
        "a.geojsonl",
    ],
)
def test_the_same_incidents_give_the_same_bytes(tmp_path, name):
    write(collection(), tmp_path / name)
    first = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    write(collection(), tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


@pytest.mark.parametrize(
    "name",
    [
        "a.json",
        "a.geojson",
        "a.gpkg",
        "a.fgb",
        "a.csv",
        "a.kml",
        "a.shp.zip",
        "a.xlsx",
        "a.parquet",
        "a.geojsonl",
    ],
)
def test_no_incidents_make_a_whole_and_empty_file(tmp_path, name):
    empty = replace(collection(), incidents=(), reports=(), unresolved=())
    write(empty, tmp_path / name)
    # No features are no lines.
    assert (tmp_path / name).stat().st_size > 0 or name == "a.geojsonl"


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


def test_every_format_that_gdal_reads_gives_back_the_same_places(tmp_path):
    for name in ("a.geojson", "a.gpkg", "a.fgb", "a.kml", "a.geojsonl", "a.parquet"):
        write(collection(incident("gi-1"), incident("gi-2")), tmp_path / name)
        layer = {"layer": "incidents"} if name == "a.gpkg" else {}
        read = geopandas.read_parquet if name.endswith("parquet") else geopandas.read_file
        frame = read(tmp_path / name, **layer)
        assert len(frame) == 2, name
        assert frame.geometry.iloc[0].distance(Point(36.5, 49.5)) < 1e-6, name


def test_a_shapefile_comes_in_parts_with_its_names_mapped(tmp_path):
    area = incident("gi-2", locations=(EventLocation("target", oblast(), source()),))
    write(
        collection(incident("gi-1"), area, incident("gi-3", locations=())), tmp_path / "a.shp.zip"
    )
    with zipfile.ZipFile(tmp_path / "a.shp.zip") as archive:
        archive.extractall(tmp_path)
    points = geopandas.read_file(tmp_path / "incidents_point.shp")
    assert sorted(points["id"]) == ["gi-1", "gi-3"]
    assert list(geopandas.read_file(tmp_path / "incidents_polygon.shp")["id"]) == ["gi-2"]
    assert "sub_event_type,sub_event_" not in (tmp_path / "incidents_columns.csv").read_text()
    assert "sub_event_,sub_event_type" in (tmp_path / "incidents_columns.csv").read_text()


def test_no_cell_of_a_table_runs_as_a_formula(tmp_path):
    hostile = incident(sub_event_type='=HYPERLINK("http://x","y")', weapons=("@SUM(1)",))
    write(collection(hostile), tmp_path / "a.csv")
    write(collection(hostile), tmp_path / "a.xlsx")
    (row,) = csv.DictReader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines())
    assert row["sub_event_type"].startswith("'=")
    sheet = load_workbook(tmp_path / "a.xlsx")["incidents"]
    assert all(cell.data_type != "f" for cells in sheet.iter_rows() for cell in cells)


def test_a_frame_keeps_zones_nulls_and_categories():
    frame = to_geodataframe(collection(incident(estimates={})))
    assert str(frame["time_start"].dt.tz) == "UTC"
    assert frame["killed_low"].dtype == "Int64"
    assert frame["killed_low"].isna().all()
    assert frame["event_type"].dtype == "category"
    assert frame.crs.to_epsg() == 4326


@pytest.mark.parametrize("layer", LAYERS)
def test_hxl_hashtags_stand_under_the_heads_when_asked_for(tmp_path, layer):
    write(collection(), tmp_path / "a.csv", options=WriteOptions(layer=layer))
    write(collection(), tmp_path / "b.csv", options=WriteOptions(layer=layer, hxl=True))
    plain = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    heads, tags, *rows = (tmp_path / "b.csv").read_text(encoding="utf-8").splitlines()
    assert [heads, *rows] == plain
    told = tags.split(",")
    assert len(told) == len(heads.split(","))
    # HXL 1.1: a hashtag, then attributes, each a letter and then letters, digits or "_".
    assert all(re.fullmatch(r"#[a-z]\w*(\+[a-z]\w*)*", tag) for tag in told if tag)
    assert len(set(filter(None, told))) == len(list(filter(None, told)))


def test_hxl_says_where_when_and_how_many(tmp_path):
    write(collection(), tmp_path / "a.xlsx", options=WriteOptions(hxl=True))
    _heads, tags, first = load_workbook(tmp_path / "a.xlsx")["incidents"].iter_rows(
        max_row=3, values_only=True
    )
    row = dict(zip(tags, first, strict=True))
    assert (row["#geo+lat"], row["#geo+lon"], row["#affected+killed+min"]) == (49.5, 36.5, 3)
    assert row["#date+start"].startswith("2024-02-03T01:00")
    assert row["#adm1+name"] == "Kharkiv Oblast"
    assert row["#country+code+v_iso2"] == "UA"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_hashtags_are_no_incident_when_read_back(tmp_path, name):
    write(collection(), tmp_path / name, options=WriteOptions(hxl=True))
    read = read_reports([tmp_path / name])
    assert read.problems == ()
    (back,) = read.collections
    assert [one.id for one in back.incidents] == ["gi-1"]
    assert len(back.reports) == (1 if name == "a.xlsx" else 0)


@pytest.mark.parametrize("many", [0, 1, 3])
def test_the_json_that_is_written_one_by_one_is_the_whole_document(tmp_path, many):
    made = replace(collection(), incidents=tuple(incident(f"gi-{n}") for n in range(many)))
    write(made, tmp_path / "a.json")
    whole = json.dumps(collection_record(made), ensure_ascii=False, indent=1) + "\n"
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == whole

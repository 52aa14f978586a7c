"""QGIS itself, offscreen, opens what we write: counts, CRS, Unicode, nulls, times, the style."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import get_args

import pytest
from shapely import LineString

from geoincidents.exports import write
from geoincidents.model import EventLocation, Response, ResponseKind
from tests.builders import collection, incident, oblast, source, town

GEOMETRIES = ("Point", "LineString", "Polygon")
pytestmark = pytest.mark.qgis


def made():
    area = incident("gi-2", locations=(EventLocation("target", oblast(), source()),), estimates={})
    place = EventLocation("target", town("Зеленогірськ – العربية"), source())
    return collection(incident("gi-1", locations=(place,)), area)


def test_every_format_opens_with_equal_counts_and_no_invalid_geometry(qgis, tmp_path):
    names = ("a.geojson", "a.gpkg|layername=incidents", "a.fgb", "a.kml", "a.geojsonl", "a.shp.zip")
    for name in names:
        write(made(), tmp_path / name.split("|")[0])
    with zipfile.ZipFile(tmp_path / "a.shp.zip") as archive:
        archive.extractall(tmp_path)
    whole = [str(tmp_path / name) for name in names if not name.endswith(".zip")]
    parts = [str(tmp_path / f"incidents_{kind}.shp") for kind in ("point", "polygon")]
    told = qgis([(uri,) for uri in whole + parts])
    assert all(layer["valid"] for layer in told)
    assert [layer["crs"] for layer in told] == ["EPSG:4326"] * len(told)
    assert [layer["invalid"] for layer in told] == [0] * len(told)
    geojson, gpkg, fgb, *_ = told
    assert gpkg["count"] == fgb["count"] == 2
    assert [layer["count"] for layer in told[-2:]] == [1, 1]
    assert geojson["count"] in {1, 2}


#: Formats of one layer, as QGIS is told to open them; KML and CSV have no types of their own.
OPENED = {
    "a.geojson": "a.geojson|geometrytype=Point",
    "a.geojsonl": "a.geojsonl|geometrytype=Point",
    "a.gpkg": "a.gpkg|layername=incidents|geometrytype=Point",
    "a.fgb": "a.fgb|geometrytype=Point",
    "a.shp.zip": "/vsizip/a.shp.zip/incidents_point.shp",
    "a.kml": "a.kml|geometrytype=Point",
    "a.xlsx": "a.xlsx|layername=incidents",
    "a.csv": "a.csv|option:GEOM_POSSIBLE_NAMES=geometry|option:AUTODETECT_TYPE=YES",
}


@pytest.mark.parametrize("file", OPENED)
def test_text_nulls_and_times_come_through(qgis, tmp_path, file):
    write(made(), tmp_path / file)
    uri = OPENED[file].replace(file, str(tmp_path / file), 1)
    (layer,) = qgis([(uri,)])
    assert layer["valid"]
    assert layer["invalid"] == 0
    first = {name.lower()[:10]: value for name, value in layer["first"].items()}
    assert first["name"] == "Зеленогірськ – العربية"
    assert "2024" in first["time_start"]
    assert first.get("missing_lo", "NULL") in {"NULL", ""}
    assert str(first["killed_bes"]) == "5"


@pytest.mark.parametrize("name", ["incidents", "locations", "responses"])
def test_the_default_style_draws_every_feature_of_a_geopackage(qgis, tmp_path, name):
    road = replace(town("the road"), geometry=LineString([(36.5, 49.5), (36.9, 49.9)]))
    along = incident("gi-3", locations=(EventLocation("target", road, source()),))
    known = [
        incident(f"gi-kind-{n}", sub_event_type=kind)
        for n, kind in enumerate(("Other", "Disrupted weapons use", "Armed clash"))
    ]
    roles = [
        incident(f"gi-{role}", locations=(EventLocation(role, town(), source()),))
        for role in ("launch", "intercept", "response")
    ]
    done = [Response(kind, source(), location=oblast()) for kind in get_args(ResponseKind)]
    write(collection(along, *known, *roles, incident(responses=tuple(done))), tmp_path / "a.gpkg")
    base = f"{tmp_path / 'a.gpkg'}|layername={name}|geometrytype="
    told = [layer for layer in qgis([(base + kind,) for kind in GEOMETRIES]) if layer["count"]]
    assert len(told) >= 2
    for layer in told:
        assert layer["renderer"] == "RuleRenderer"
        assert layer["unstyled"] == 0
        assert all(layer["labels"])


def test_labels_and_names_of_columns_are_for_people(qgis, tmp_path):
    towns = (EventLocation("target", town(), source()),
             EventLocation("target", town("Other", 50.1, 36.9), source()))  # fmt: skip
    write(collection(incident("gi-1"), incident("gi-2", locations=towns)), tmp_path / "a.gpkg")
    (layer,) = qgis([(f"{tmp_path / 'a.gpkg'}|layername=incidents|geometrytype=Point",)])
    assert layer["labels"] == [
        "Zelenohirsk · 5 killed",
        "Zelenohirsk and 1 more · 5 killed",
    ]
    assert layer["aliases"]["killed_best"] == "Killed, best figure"


def test_postgis_opens_in_qgis(qgis, postgis):
    write(made(), postgis)
    server, _, rest = postgis.partition("@")[2].partition(":")
    port = rest.partition("/")[0]
    uri = (
        f"dbname='postgres' host={server} port={port} user='tester' key='id' srid=4326 "
        'type=Point table="geoincidents"."incident_points" (geom)'
    )
    (layer,) = qgis([(uri, "postgres")])
    assert layer["valid"]
    assert layer["count"] == 1

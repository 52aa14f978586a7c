"""QGIS itself, offscreen, opens what we write: counts, CRS, Unicode, nulls, times, the style."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from geoincidents.exports import write
from geoincidents.model import EventLocation
from tests.builders import collection, incident, oblast, source, town

pytestmark = pytest.mark.qgis
PROBE = Path(__file__).with_name("qgis_probe.py")


@pytest.fixture(scope="session")
def qgis():
    """Asks QGIS what it makes of data sources: ``qgis([(uri, provider), …])``."""
    environment = {"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "HOME": "/tmp"}

    def ask(sources):
        command = ["/usr/bin/python3", "-W", "ignore", str(PROBE), json.dumps(sources)]
        run = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=120, check=True
        )
        return json.loads(run.stdout)

    try:
        subprocess.run(
            ["/usr/bin/python3", "-c", "import qgis.core"],
            check=True,
            capture_output=True,
            env=environment,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("QGIS is not installed (Debian: python3-qgis qgis-providers)")
    return ask


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


def test_text_nulls_and_times_come_through(qgis, tmp_path):
    write(made(), tmp_path / "a.gpkg")
    (layer,) = qgis([(f"{tmp_path / 'a.gpkg'}|layername=incidents",)])
    assert layer["first"]["name"] == "Зеленогірськ – العربية"
    assert "2024" in layer["first"]["time_start"]
    assert layer["first"]["missing_low"] == "NULL"


def test_the_default_style_and_names_of_a_geopackage_are_applied(qgis, tmp_path):
    write(made(), tmp_path / "a.gpkg")
    base = f"{tmp_path / 'a.gpkg'}|layername=incidents"
    told = qgis([(base,), (f"{base}|geometrytype=Point",), (f"{base}|geometrytype=Polygon",)])
    assert [layer["renderer"] for layer in told[1:]] == ["RuleRenderer", "RuleRenderer"]
    assert told[1]["aliases"]["killed_best"] == "Killed, best figure"


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

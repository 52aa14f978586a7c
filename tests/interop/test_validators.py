"""What we write, held against published validators: of GeoJSON, GeoPackage and GeoParquet."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import geoparquet_validator
import pytest
from shapely import MultiPolygon, box

from geoincidents.exports import WriteOptions, write
from geoincidents.exports.registry import LAYERS
from geoincidents.model import EventLocation, Location
from tests.builders import collection, incident, oblast, source, town

CHECK_GEOJSON = Path(__file__).parents[1] / "js" / "node_modules" / "@placemarkio" / "check-geojson"
VALIDATE_GPKG = Path("/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py")


def made():
    """A point, an area, an area in two parts, a mixture, and an incident without a place."""
    halves = MultiPolygon([box(36, 49, 36.5, 49.5), box(37, 49, 37.5, 49.5)])
    parted = Location("Parted", 49.2, 36.2, "admin2", 20_000.0, 0.8, geometry=halves)
    both = (
        EventLocation("target", town(), source()),
        EventLocation("target", Location("Area", 49.9, 36, "settlement", 9e3, 0.5,
                                         geometry=box(35.8, 49.8, 36.1, 50)), source()),
    )  # fmt: skip
    return collection(
        incident("gi-1"),
        incident("gi-2", locations=(EventLocation("target", oblast(), source()),)),
        incident("gi-3", locations=(EventLocation("target", parted, source()),)),
        incident("gi-4", locations=both),
        incident("gi-5", locations=(), time=None, estimates={}),
    )


def geojson_faults(path: Path) -> list[object]:
    node = shutil.which("node")
    if node is None or not CHECK_GEOJSON.is_dir():
        pytest.skip("node's check-geojson is not installed (npm install in tests/js)")
    script = (
        "const {check} = require(process.argv[1]);"
        "const text = require('fs').readFileSync(process.argv[2], 'utf8'); let faults = [];"
        "try { check(text) } catch (error) { faults = error.issues || [String(error)] }"
        "console.log(JSON.stringify(faults))"
    )
    command = [node, "-e", script, str(CHECK_GEOJSON), str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(told.stdout)


@pytest.mark.parametrize("layer", LAYERS)
def test_check_geojson_finds_no_fault(tmp_path, layer):
    write(made(), tmp_path / "a.geojson", options=WriteOptions(layer=layer))
    assert geojson_faults(tmp_path / "a.geojson") == []


def test_check_geojson_would_find_a_fault(tmp_path):
    write(made(), tmp_path / "a.geojson")
    broken = (tmp_path / "a.geojson").read_text().replace('"Polygon"', '"Polygone"', 1)
    (tmp_path / "a.geojson").write_text(broken)
    assert geojson_faults(tmp_path / "a.geojson")


def geopackage_faults(path: Path) -> str:
    if not VALIDATE_GPKG.is_file():
        pytest.skip("GDAL's validate_gpkg is not installed (Debian: python3-gdal)")
    command = ["/usr/bin/python3", VALIDATE_GPKG, "--extra", "-k", "--warning-as-error", path]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return told.stdout + told.stderr + ("" if told.returncode == 0 else "(failed)")


def test_gdals_validator_of_geopackages_finds_no_fault(tmp_path):
    write(made(), tmp_path / "a.gpkg")
    assert geopackage_faults(tmp_path / "a.gpkg") == ""


def test_gdals_validator_of_geopackages_would_find_a_fault(tmp_path):
    import sqlite3
    from contextlib import closing

    write(made(), tmp_path / "a.gpkg")
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as database, database:
        database.execute("DROP TABLE gpkg_data_column_constraints")
    assert "failed" in geopackage_faults(tmp_path / "a.gpkg")


@pytest.mark.parametrize("layer", ["incidents", "locations", "responses"])
def test_the_geoparquet_validator_finds_no_fault(tmp_path, layer):
    write(made(), tmp_path / "a.parquet", options=WriteOptions(layer=layer))
    report = geoparquet_validator.check(str(tmp_path / "a.parquet"))
    assert geoparquet_validator.failed(report) == []
    passed = {outcome["id"] for outcome in report["outcomes"] if outcome["status"] == "pass"}
    assert {"/conf/core/wkb", "/conf/core/bbox-extent", "/conf/covering/bbox-paths"} <= passed

"""Published clients against the running server: geopy's Nominatim, GDAL's OAPIF driver."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time

import pytest
import uvicorn
from geopy.geocoders import Nominatim

from geoincidents.gazetteer import open_gazetteer
from geoincidents.serving import make_app
from tests.builders import collection, incident


@pytest.fixture(scope="module")
def server():
    """Host and port of a server on a free port of 127.0.0.1."""
    app = make_app(collection(incident("gi-1"), incident("gi-2")), open_gazetteer(), page="<p>")
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    host, port = running.servers[0].sockets[0].getsockname()
    yield f"{host}:{port}"
    running.should_exit = True
    thread.join()


def test_geopys_own_nominatim_client_geocodes_and_reverses(server):
    client = Nominatim(domain=server, scheme="http", user_agent="tests")
    found = client.geocode("Kharkiv, Ukraine", addressdetails=True)
    assert abs(found.latitude - 49.98) < 0.1
    assert found.raw["address"]["country_code"] == "ua"
    assert client.geocode({"city": "Sumy", "country": "Ukraine"}).raw["name"] == "Sumy"
    assert "Kharkiv" in client.reverse((50.0, 36.23)).address
    assert client.geocode("Qwrtzpl") is None
    assert client.reverse((0.0, -30.0)) is None


def test_geopys_client_is_kept_to_countries_and_boxes(server):
    client = Nominatim(domain=server, scheme="http", user_agent="tests")
    assert client.geocode("Kharkiv", country_codes=["ru", "ua"]).raw["place_id"] == 706483
    assert client.geocode("Kharkiv", country_codes="fr") is None
    assert client.geocode("Kharkiv", viewbox=[(49, 35), (51, 37)], bounded=True) is not None
    assert client.geocode("Kharkiv", viewbox=[(0, 0), (10, 10)], bounded=True) is None
    several = client.geocode("Kharkiv", exactly_one=False, limit=2, geometry="geojson")
    assert len(several) <= 2
    assert several[0].raw["geojson"]["type"]


def test_gdal_filters_on_the_server(server):
    if not shutil.which("ogrinfo"):
        pytest.skip("ogrinfo is not installed (Debian: gdal-bin)")
    base = ["ogrinfo", "-ro", "-q", f"OAPIF:http://{server}/ogc", "incidents"]
    for more, hits in (
        (["-spat", "36", "49", "37", "50"], 2),
        (["-spat", "0", "0", "1", "1"], 0),
        (["-where", "id = 'gi-2'"], 1),
        (["-where", "time_start >= '2024-02-04T00:00:00Z'"], 0),
    ):
        run = subprocess.run([*base, *more], capture_output=True, text=True, check=True, timeout=60)
        assert run.stdout.count("OGRFeature") == hits
        assert "ERROR" not in run.stderr


def test_gdal_reads_the_features_live(server):
    if not shutil.which("ogrinfo"):
        pytest.skip("ogrinfo is not installed (Debian: gdal-bin)")
    command = ["ogrinfo", "-ro", "-al", "-q", f"OAPIF:http://{server}/ogc", "incidents"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert told.count("OGRFeature") == 2
    assert "Air/drone strike" in told
    assert "POINT (36.5 49.5)" in told


@pytest.mark.qgis
def test_qgis_connects_to_the_features_live(server, qgis):
    uri = f"url='http://{server}/ogc' typename='incidents' restrictToRequestBBOX='1'"
    (layer,) = qgis([(uri, "OAPIF")])
    assert layer["valid"]
    assert (layer["count"], layer["crs"], layer["invalid"]) == (2, "EPSG:4326", 0)
    assert layer["first"]["sub_event_type"] == "Air/drone strike"
    assert layer["first"]["missing_low"] == "NULL"


@pytest.mark.qgis
def test_the_geocoder_of_qgis_asks_our_search(server, qgis_python):
    asked = ("Kharkiv", "20 km north of Kharkiv", "Qwrtzpl")
    town, north = qgis_python("qgis_geocoder_probe.py", f"http://{server}/search", *asked)
    assert town["identifier"].startswith("Kharkiv")
    assert (round(town["lon"], 1), round(town["lat"], 1)) == (36.3, 50.0)
    assert town["viewport"]
    assert round(north["lat"] - town["lat"], 2) == 0.18

"""The server's answers: features by box, page and time; names it answers to; errors."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from geoincidents.gazetteer import open_gazetteer
from geoincidents.model import EventLocation
from geoincidents.serving import make_app
from tests.builders import collection, incident, night, source, town


def made():
    towns = [town(f"Town {n}", lat=49.0 + n, lon=36.0) for n in range(3)]
    return collection(
        *(
            incident(
                f"gi-{n}", time=night(n + 1), locations=(EventLocation("target", t, source()),)
            )
            for n, t in enumerate(towns)
        )
    )


@pytest.fixture(scope="module")
def client():
    app = make_app(made(), open_gazetteer(), page="<!doctype html><title>Map</title>")
    return TestClient(app, base_url="http://127.0.0.1")


ITEMS = "/ogc/collections/incidents/items"


def test_the_map_page_is_at_the_root(client):
    assert "<title>Map" in client.get("/").text


def test_a_name_that_is_not_its_own_is_refused_against_rebinding(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_no_page_elsewhere_may_read_its_answers(client):
    answer = client.get(ITEMS, headers={"Origin": "http://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_link_of_the_landing_page_answers(client):
    links = client.get("/ogc").json()["links"]
    assert {"service-desc", "conformance", "data"} <= {link["rel"] for link in links}
    assert all(client.get(link["href"]).status_code == 200 for link in links)


def test_pages_follow_each_other_without_gap_or_overlap(client):
    seen, url = [], ITEMS + "?limit=2"
    while url:
        body = client.get(url).json()
        seen += [feature["id"] for feature in body["features"]]
        assert body["numberMatched"] == 3
        url = next((link["href"] for link in body["links"] if link["rel"] == "next"), None)
    assert seen == ["gi-0", "gi-1", "gi-2"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("bbox=35,48.5,37,49.5", ["gi-0"]),
        ("bbox=170,48,37,52", ["gi-0", "gi-1", "gi-2"]),
        ("bbox=0,0,1,1", []),
        ("datetime=2024-02-02", ["gi-1"]),
        ("datetime=2024-02-02/..", ["gi-1", "gi-2"]),
        ("datetime=../2024-02-01T12:00:00Z", ["gi-0"]),
        ("name=Town 2", ["gi-2"]),
        ("name=Town 2&datetime=2024-02-01", []),
    ],
)
def test_features_are_found_by_box_time_and_column(client, query, ids):
    assert [f["id"] for f in client.get(f"{ITEMS}?{query}").json()["features"]] == ids


def test_one_feature_is_found_by_its_id(client):
    assert client.get(f"{ITEMS}/gi-1").json()["properties"]["name"] == "Town 1"
    assert client.get(f"{ITEMS}/gi-9").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        ITEMS + "?limit=0",
        ITEMS + "?limit=-1",
        ITEMS + "?offset=x",
        ITEMS + "?bbox=1,2,3",
        ITEMS + "?bbox=a,b,c,d",
        ITEMS + "?bbox=nan,nan,nan,nan",
        ITEMS + "?bbox=-inf,0,inf,1",
        ITEMS + "?datetime=yesterday",
        ITEMS + "?datetime=2024-02-02T10:00:00",
        ITEMS + "?colour=red",
        ITEMS + "?f=html",
        ITEMS + "/gi-1?colour=red",
        "/ogc?colour=red",
        "/ogc/collections?colour=red",
        "/search?q=Sumy&bounded=1&viewbox=1,2,3",
        "/search",
        "/search?q=" + "x" * 501,
        "/search?q=Sumy&format=xml",
        "/reverse?lat=95&lon=0",
        "/reverse?lat=x",
    ],
)
def test_a_wrong_parameter_is_told_in_a_sentence(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.json()["description"]


def test_nothing_of_the_file_system_is_served(client):
    for path in ("/../pyproject.toml", "/..%2f..%2fetc/passwd", "/ogc/collections/..%2f/items"):
        assert client.get(path).status_code == 404


def test_a_collection_tells_its_extent_in_space_and_time(client):
    extent = client.get("/ogc/collections/incidents").json()["extent"]
    assert extent["spatial"]["bbox"] == [[36.0, 49.0, 36.0, 51.0]]
    times = extent["temporal"]["interval"]
    assert times == [["2024-02-01T01:00:00Z", "2024-02-03T05:00:00Z"]]
    assert "temporal" not in client.get("/ogc/collections/locations").json()["extent"]


def test_a_page_links_to_itself_as_it_was_asked_for(client):
    links = client.get(f"{ITEMS}?limit=1&name=Town 2").json()["links"]
    href = next(link["href"] for link in links if link["rel"] == "self")
    assert [f["id"] for f in client.get(href).json()["features"]] == ["gi-2"]


def test_an_error_of_ours_is_a_sentence_to_both_sides(client, monkeypatch, caplog):
    def fail(*_arguments):
        raise RuntimeError("boom")

    monkeypatch.setattr("geoincidents.serving.features.FeatureLayer.matching", fail)
    answer = client.get(ITEMS)
    assert (answer.status_code, answer.json()["code"]) == (500, "500")
    assert "boom" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "RuntimeError: boom" in caplog.text
    assert "Traceback" not in caplog.text


def test_what_takes_too_long_is_told_so(client, monkeypatch):
    import time

    monkeypatch.setattr("geoincidents.serving.waiting.TIMEOUT_S", 0.05)
    monkeypatch.setattr("geoincidents.serving.places.locate", lambda *_a, **_k: time.sleep(0.5))
    answer = client.get("/search?q=Sumy")
    assert answer.status_code == 503
    assert "ask for less" in answer.json()["description"]


@pytest.mark.parametrize(
    ("query", "countries"),
    [
        ("countrycodes=ua", {"ua"}),
        ("countrycodes=ru,ua", {"ua"}),
        ("countrycodes=zz", set()),
        ("bounded=1&viewbox=35,51,37,49", {"ua"}),
        ("bounded=1&viewbox=0,0,10,10", set()),
    ],
)
def test_a_search_keeps_to_the_countries_and_the_box_it_is_given(client, query, countries):
    rows = client.get(f"/search?q=Kharkiv&addressdetails=1&{query}").json()
    assert {row["address"]["country_code"] for row in rows} == countries


def test_status_is_told_as_nominatim_tells_it(client):
    assert client.get("/status").text == "OK"
    assert client.get("/status?format=json").json()["status"] == 0


def test_search_and_reverse_speak_as_nominatim_does(client):
    (row, *_) = client.get("/search?q=Kharkiv&format=jsonv2&addressdetails=1").json()
    assert row["addresstype"] == "city"
    assert row["address"]["country_code"] == "ua"
    south, north, west, east = map(float, row["boundingbox"])
    assert south < float(row["lat"]) < north
    assert west < float(row["lon"]) < east
    assert client.get("/search?q=Qwrtzpl").json() == []
    assert client.get("/reverse?lat=50&lon=36.23&zoom=5").json()["addresstype"] == "state"
    assert "error" in client.get("/reverse?lat=0&lon=-30").json()
    body = client.get("/search?q=Sumy Oblast&format=geojson&polygon_geojson=1").json()
    assert body["features"][0]["geometry"]["type"].endswith("Polygon")

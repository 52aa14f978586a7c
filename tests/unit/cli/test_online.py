"""The last resort: asked only when told to, only for what is unknown, and saying so."""

from __future__ import annotations

import json

import pytest

from geoincidents.cli import main
from geoincidents.cli import online as asking
from geoincidents.gazetteer.online import OnlineGeocoder


class Fake:
    """A geopy geocoder that knows one place."""

    def __init__(self):
        self.asked = []

    def geocode(self, query, **_options):
        from geopy.location import Location

        self.asked.append(query)
        raw = {"addresstype": "village", "name": "Qwrtzpl", "address": {"country_code": "ua"}}
        found = Location("Qwrtzpl, Ukraine", (49.0, 36.0, 0.0), raw)
        return [found] if _options.get("exactly_one") is False else found


@pytest.fixture
def fake(monkeypatch, tmp_path):
    geocoder = Fake()
    service = OnlineGeocoder(geocoder, cache=tmp_path / "answers.sqlite", delay_s=0)
    monkeypatch.setattr(asking, "_service", lambda _name, _agent: service)
    return geocoder


def located(capsys, *arguments):
    assert main(["locate", *arguments, "--format", "geojson"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_the_gazetteer_knows_is_never_asked_for(fake, capsys):
    located(capsys, "Kharkiv", "--online", "nominatim", "--user-agent", "tests")
    assert fake.asked == []


def test_nothing_is_asked_unless_told_to(fake, capsys):
    assert "unresolved" in located(capsys, "Qwrtzpl")
    assert fake.asked == []


def test_an_answer_from_elsewhere_says_so(fake, capsys):
    found = located(capsys, "Qwrtzpl", "--online", "nominatim", "--user-agent", "tests")
    properties = found["features"][0]["properties"]
    assert properties["lat"] == 49.0
    assert any("answered online" in sentence for sentence in properties["evidence"])


def test_nothing_is_asked_without_saying_who_asks(capsys):
    assert main(["locate", "Qwrtzpl", "--online", "nominatim"]) == 2
    assert "user" in capsys.readouterr().err.lower()

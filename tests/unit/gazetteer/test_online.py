"""The network is asked once, politely, and only when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from geopy.exc import GeocoderUnavailable
from geopy.location import Location

from geoincidents.errors import OperationError, UsageError
from geoincidents.gazetteer.online import OnlineGeocoder

if TYPE_CHECKING:
    from pathlib import Path


class Nominatim:
    """A geocoder that knows one place, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def geocode(self, query: str, **options: Any) -> list[Location] | None:
        self.asked.append(query)
        assert options["exactly_one"] is False
        if query == "down":
            raise GeocoderUnavailable("no route")
        if query != "Verkhniy Kut":
            return None
        raw = {
            "osm_type": "node",
            "osm_id": 77,
            "addresstype": "village",
            "name": "Verkhniy Kut",
            "boundingbox": ["50.0", "50.2", "30.0", "30.2"],
            "address": {"country_code": "wl", "country": "Westland", "state": "Westland South"},
        }
        return [Location("Verkhniy Kut, Westland South, Westland", (50.1, 30.1), raw)]


def geocoder(tmp_path: Path, service: Any) -> OnlineGeocoder:
    return OnlineGeocoder(service, cache=tmp_path / "answers.sqlite", delay_s=0)


def test_an_answer_says_what_it_is_and_whose(tmp_path: Path) -> None:
    (hit,) = geocoder(tmp_path, Nominatim()).geocode("Verkhniy Kut")
    feature = hit.feature
    assert (feature.id, feature.name, feature.code) == ("osm:node/77", "Verkhniy Kut", "PPL")
    assert (feature.precision, feature.country, feature.admin1) == (
        "settlement",
        "WL",
        "Westland South",
    )
    assert 13_000 < feature.extent_m < 14_000
    assert "OpenStreetMap" in feature.source
    assert feature.licence == "ODbL-1.0"


def test_a_question_is_asked_once_and_kept_beyond_the_process(tmp_path: Path) -> None:
    service = Nominatim()
    first = geocoder(tmp_path, service)
    answers = [first.geocode("Verkhniy Kut"), first.geocode("Verkhniy   Kut")]
    again = Nominatim()
    answers.append(geocoder(tmp_path, again).geocode("Verkhniy Kut"))
    assert [each[0].feature for each in answers] == [answers[0][0].feature] * 3
    assert (service.asked, again.asked) == (["Verkhniy Kut"], [])


def test_nothing_found_is_remembered_too(tmp_path: Path) -> None:
    service = Nominatim()
    asked = geocoder(tmp_path, service)
    assert asked.geocode("Nowhere") == asked.geocode("Nowhere") == ()
    assert service.asked == ["Nowhere"]


def test_another_country_is_another_question(tmp_path: Path) -> None:
    service = Nominatim()
    asked = geocoder(tmp_path, service)
    asked.geocode("Verkhniy Kut", country="WL")
    asked.geocode("Verkhniy Kut", country="EL")
    assert len(service.asked) == 2


def test_a_service_that_is_down_is_said_so_and_asked_again_later(tmp_path: Path) -> None:
    asked = geocoder(tmp_path, Nominatim())
    for _ in range(2):
        with pytest.raises(OperationError, match="did not answer"):
            asked.geocode("down")


def test_who_asks_has_to_be_said() -> None:
    with pytest.raises(UsageError, match="--user-agent"):
        OnlineGeocoder("nominatim")


def test_an_unknown_service_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no service"):
        OnlineGeocoder("nosuchservice", user_agent="tests")


def test_a_cache_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    asked = OnlineGeocoder(Nominatim(), cache=tmp_path / "file" / "answers.sqlite", delay_s=0)
    with pytest.raises(OperationError, match="cache of online answers"):
        asked.geocode("Verkhniy Kut")

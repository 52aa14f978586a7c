"""The geocoder as geopy's users and geopandas use one."""

from __future__ import annotations

import geopandas.tools
import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from geoincidents.geocoders import Gazetteer


@pytest.fixture(scope="module")
def geocoder():
    return Gazetteer()


def test_a_name_gives_a_location_with_its_reasons(geocoder):
    found = geocoder.geocode("Kharkov")
    assert isinstance(found, Location)
    assert abs(found.latitude - 49.98) < 0.1
    assert found.raw["country"] == "UA"
    assert found.raw["evidence"]


def test_a_miss_is_none(geocoder):
    assert geocoder.geocode("Qwrtzpl") is None
    assert geocoder.geocode("Qwrtzpl", exactly_one=False) is None


def test_several_places_of_one_name_come_best_first(geocoder):
    found = geocoder.geocode("Springfield", exactly_one=False, limit=4)
    assert len(found) == 4
    assert len({(place.latitude, place.longitude) for place in found}) == 4


def test_a_structured_query_stays_in_its_state(geocoder):
    found = geocoder.geocode({"city": "Springfield", "state": "Illinois", "country": "US"})
    assert found.raw["admin1"] == "Illinois"


def test_country_codes_bound_the_answer(geocoder):
    assert geocoder.geocode("Odessa", country_codes="us").raw["country"] == "US"
    assert geocoder.geocode("Odessa", country_codes=["ua"]).raw["country"] == "UA"


def test_a_footprint_comes_only_when_asked_for(geocoder):
    assert "geometry" not in geocoder.geocode("Sumy Oblast").raw
    assert (
        geocoder.geocode("Sumy Oblast", geometry=True).raw["geometry"]["type"].endswith("Polygon")
    )


@pytest.mark.parametrize("query", ["", "  ", {}, {"planet": "Mars"}])
def test_a_query_that_is_none_is_told_so(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


def test_a_point_gives_its_settlement_province_and_country(geocoder):
    found = geocoder.reverse((50.0, 36.23), exactly_one=False)
    assert [place.raw["precision"] for place in found] == ["settlement", "admin1", "country"]
    assert found[0].raw["name"] == "Kharkiv"


def test_the_open_sea_is_none_and_nonsense_an_error(geocoder):
    assert geocoder.reverse("0, -30") is None
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("north of here")


def test_it_works_in_a_rate_limiter(geocoder):
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert limited("Sumy").raw["country"] == "UA"


def test_it_works_in_geopandas():
    frame = geopandas.tools.geocode(["Kharkiv", "Sumy"], provider=Gazetteer)
    assert frame.crs.to_epsg() == 4326
    assert list(frame["address"].str.split(",").str[0]) == ["Kharkiv", "Sumy"]


def test_several_country_codes_each_may_be_right():
    geocoder = Gazetteer()
    assert geocoder.geocode("Kharkiv", country_codes=["ru", "ua"]).raw["country"] == "UA"
    assert geocoder.geocode("Kharkiv", country_codes="zz") is None
    assert geocoder.geocode("Odessa", country_codes="us").raw["country"] == "US"

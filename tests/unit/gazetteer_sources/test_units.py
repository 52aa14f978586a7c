import shapely

from geoincidents.gazetteer.sources.boundaries import Unit
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.seconds import Places, add_district_names
from geoincidents.gazetteer.sources.units import Seats, make_city, reach_of_m, weighted_centre


def town(number, name, lat, lon, people, code="PPL"):
    return Draft(f"geonames:{number}", name, code, "settlement", lat, lon, country="RU",
                 admin1="RU.41", population=people)  # fmt: skip


def test_the_seat_of_a_unit_is_its_ppla_and_its_members_are_its_settlements():
    seat, other = (
        town(1, "Kursk", 51.7, 36.2, 400_000, "PPLA"),
        town(2, "Rylsk", 51.6, 34.7, 15_000),
    )
    seats = Seats.of([other, seat])
    assert seats.seat["RU.41"] is seat
    assert {member.name for member in seats.members["RU.41"]} == {"Kursk", "Rylsk"}


def test_the_centre_leans_to_the_larger_place_and_the_reach_holds_both():
    large, small = town(1, "A", 50, 30, 90_000), town(2, "B", 50, 31, 10_000)
    lon, lat = weighted_centre([large, small])
    assert 30 < lon < 30.5
    assert lat == 50
    unit = Draft("x", "X", "ADM2", "admin2", lat, lon)
    assert reach_of_m(unit, [large, small]) > 111_000 * (31 - lon) * 0.6


def test_a_city_that_is_a_unit_keeps_none_of_the_citys_names():
    city = town(1, "Minsk", 53.9, 27.6, 1_700_000)
    city.add_name("Минск")
    unit = Draft("u", "Minsk City", "ADM1", "admin1", 53.9, 27.6, country="BY")
    unit.add_names(["Minsk", "Минск", "City of Minsk"])
    make_city(unit, city)
    assert unit.precision == "settlement"
    assert {name.text for name in unit.names.values()} == {"City of Minsk"}


def test_a_district_named_by_an_adjective_finds_its_seat():
    places = Places(
        [town(1, "Ryl’sk", 51.6, 34.7, 15_000), town(2, "Rylovo", 51.0, 36.0, 900)], {}, {}
    )
    district = Draft("d", "Ryl’skiy Rayon", "ADM2", "admin2", 0, 0, country="RU", admin1="RU.41")
    assert places.namesake(district).id == "geonames:1"


def test_districts_and_counties_are_also_found_as_people_write_them():
    district = Draft("d", "Lgovskiy Rayon", "ADM2", "admin2", 0, 0, country="RU")
    add_district_names(district)
    assert {"Lgovskiy District", "Lgovskiy Raion"} <= {n.text for n in district.names.values()}
    county = Draft("c", "Logan County", "ADM2", "admin2", 0, 0, country="US")
    add_district_names(county)
    assert {n.text for n in county.names.values()} == {"Logan"}


def test_a_unit_tells_a_missing_property_as_empty_text():
    unit = Unit("k", "UA", "UA", "UA-63", shapely.Point(0, 0).buffer(1), None, {"gn_id": 5})
    assert (unit.text("name"), unit.text("gn_id")) == ("", "")

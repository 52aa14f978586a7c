"""Each relation of spatial language, on a small world drawn in conftest.py."""

from __future__ import annotations

import json

import pytest
from pyproj import Geod
from shapely.geometry import Point, box

from geoincidents.expressions import feature_records

GEOD = Geod(ellps="WGS84")
NORVILLE = (32.0, 50.35)
UPTON = (32.0, 53.0)


def from_norville(bearing, metres):
    return Point(GEOD.fwd(*NORVILLE, bearing, metres)[:2])


def away_km(location, place):
    return GEOD.inv(location.lon, location.lat, *place)[2] / 1000


OFFSETS = [
    ("20 km north of Norville", 0, 20_000),
    ("20 km to the north of Norville", 0, 20_000),
    ("about 15 miles south-west of Norville", 225, 24_140),
    ("some 60 kilometres east of Norville", 90, 60_000),
    ("8km SSE of Norville", 157.5, 8_000),
    ("twenty-five kilometers west of Norville", 270, 25_000),
    ("10 nautical miles northeast of Norville", 45, 18_520),
    ("one hundred and fifty km NW of Norville", 315, 150_000),
    ("12.5 km due south of Norville", 180, 12_500),
    ("1,500 m north of Norville", 0, 1_500),
    ("в 10 км к северу от Норвиля", 0, 10_000),
    ("в двадцати пяти километрах к юго-востоку от Норвиля", 135, 25_000),
    ("в 10 км севернее Норвиля", 0, 10_000),
    ("за 20 км на південь від Норвіля", 180, 20_000),
    ("за 12,5 км на північний захід від Норвіля", 315, 12_500),
    ("за 7 км північніше від Норвіля", 0, 7_000),
]


@pytest.mark.parametrize(("text", "bearing", "metres"), OFFSETS)
def test_an_offset_lies_at_its_distance_and_bearing(only, text, bearing, metres):
    found = only(text)
    assert found.relation == "offset"
    assert from_norville(bearing, metres).distance(Point(found.lon, found.lat)) < metres * 1e-8
    assert found.geometry.contains(Point(found.lon, found.lat))


def test_an_offset_lists_what_makes_it_uncertain(only):
    evidence = " ".join(only("20 km north of Norville").evidence)
    assert "extent 7.0 km" in evidence
    assert "rounding of the number ±5.0 km" in evidence
    assert "±22.5°" in evidence


@pytest.mark.parametrize(
    ("sharp", "vague"),
    [
        ("20 km north of Norville", "about 20 km north of Norville"),
        ("38.5 km north of Norville", "40 km north of Norville"),
        ("20 km NNE of Norville", "20 km NE of Norville"),
        ("20 km north of Norville", "20-40 km north of Norville"),
        ("20 km from Norville", "more than 20 km from Norville"),
        ("3 km from Norville", "several kilometres from Norville"),
    ],
)
def test_vaguer_words_are_more_uncertain(only, sharp, vague):
    assert only(sharp).uncertainty_m < only(vague).uncertainty_m


def test_a_distance_without_direction_is_a_ring(only):
    found = only("30 km from Norville")
    assert found.relation == "distance_from"
    assert all(found.geometry.contains(from_norville(b, 30_000)) for b in range(0, 360, 30))
    assert not found.geometry.contains(Point(NORVILLE))
    assert found.geometry.contains(Point(found.lon, found.lat))


def test_within_a_distance_is_a_disc(only):
    found = only("within 30 km of Norville")
    assert found.geometry.contains(Point(NORVILLE))


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("40 km from the Southian border", {"near": "Norville"}),
        ("about 40 kilometers away from the border with Southia", {"near": "Norville"}),
        ("40 km from the border", {"near": "Norville"}),
        ("в 40 км от границы с Южией", {"near": "Норвиль"}),
        ("за 40 км від кордону з Півдією", {"near": "Norville"}),
        ("40 km inside Northia from the Southian border", {"near": "Norville"}),
        ("40 km from the Northian-Southian border", {"near": "Norville"}),
        ("40 km from the border between Northia and Southia", {"country": "XN"}),
        ("40 km from the Southian border in Hill Oblast", {}),
        ("40 km from the border in Hill Oblast", {"near": "Norville"}),
    ],
)
def test_a_distance_from_a_border_is_a_band_on_the_proper_side(only, text, hints):
    found = only(text, **hints)
    assert found.relation == "distance_from_border"
    assert found.geometry.intersects(Point(32.0, 50.36))
    assert found.geometry.within(box(30, 50, 34, 54).buffer(1e-9))
    assert not found.geometry.intersects(Point(32.0, 50.05))
    assert not found.geometry.intersects(Point(32.0, 51.0))


def test_about_widens_a_band(only):
    plain = only("40 km from the Southian border", near="Norville")
    about = only("about 40 km from the Southian border", near="Norville")
    assert about.geometry.area > plain.geometry.area


def test_without_a_place_in_view_a_border_band_lies_on_both_sides(only):
    found = only("40 km from the Southian border")
    assert found.geometry.intersects(Point(32.0, 50.36))
    assert found.geometry.intersects(Point(32.0, 49.64))


@pytest.mark.parametrize(
    "text",
    [
        "within 20 km of the Southian border in Hill Oblast",
        "the border districts of Hill Oblast",
        "приграничные районы Хилльской области",
    ],
)
def test_a_border_zone_lies_along_the_border(only, text):
    found = only(text, near="Norville")
    assert found.relation == "border_zone"
    assert found.geometry.contains(Point(32.0, 50.1))
    assert not found.geometry.intersects(Point(32.0, 51.0))
    assert not found.geometry.intersects(Point(32.0, 49.9))


def test_along_a_border_reaches_to_both_sides(only):
    found = only("along the border between Hill Oblast and Top Oblast")
    assert found.relation == "border_zone"
    assert found.geometry.contains(Point(32.0, 51.95))
    assert found.geometry.contains(Point(32.0, 52.05))


def test_near_a_border(only):
    found = only("near the Southian border", near="Norville")
    assert found.relation == "near_border"
    assert found.geometry.contains(Point(32.0, 50.1))


def test_a_joint_adjective_names_both_sides(only):
    found = only("возле северийско-южийской границы")
    assert found.relation == "near_border"


@pytest.mark.parametrize(
    "text", ["northeast of Norville", "to the north-east of Norville", "северо-восточнее Норвиля"]
)
def test_a_direction_is_a_sector(only, text):
    found = only(text)
    assert found.relation == "direction_of"
    assert found.geometry.contains(from_norville(45, 15_000))
    assert not found.geometry.intersects(from_norville(225, 15_000))


def test_the_direction_of_a_country_lies_outside_it(only):
    found = only("north of Southia")
    assert found.geometry.contains(Point(32.0, 50.2))
    assert not found.geometry.intersects(Point(32.0, 49.0))


@pytest.mark.parametrize(
    "text", ["northern Northia", "the north of Northia", "the northern part of Northia"]
)
def test_a_side_of_a_country(only, text):
    found = only(text)
    assert found.relation == "part_of"
    assert found.geometry.contains(Point(32, 53.5))
    assert not found.geometry.intersects(Point(32, 51))
    assert found.geometry.within(box(30, 50, 34, 54).buffer(1e-6))


def test_the_far_north_is_less_than_the_north(only):
    far, plain = only("the far north of Northia"), only("the north of Northia")
    assert far.geometry.area < plain.geometry.area / 1.5


def test_central_means_the_middle(only):
    found = only("central Northia")
    assert found.geometry.contains(Point(32, 52))
    assert not found.geometry.intersects(Point(30.1, 50.1))


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("the centre of Norville", {}),
        ("Norville city center", {}),
        ("downtown Norville", {}),
        ("the city centre", {"near": "Norville"}),
        ("в центре Норвиля", {}),
        ("в центрі Норвіля", {}),
    ],
)
def test_the_centre_of_a_town_is_a_small_disc(only, text, hints):
    found = only(text, **hints)
    assert found.relation == "part_of"
    assert found.geometry.contains(Point(NORVILLE))
    assert found.uncertainty_m < 3_000


def test_outskirts_are_a_ring(only):
    found = only("the outskirts of Norville")
    assert not found.geometry.contains(Point(NORVILLE))
    assert found.geometry.contains(from_norville(120, 7_000))


@pytest.mark.parametrize(
    "text", ["the western outskirts of Norville", "на западной окраине Норвиля"]
)
def test_one_side_of_the_outskirts(only, text):
    found = only(text)
    assert found.lon < NORVILLE[0]
    assert not found.geometry.intersects(from_norville(90, 7_000))


@pytest.mark.parametrize(
    "text", ["near Norville", "close to Norville", "outside Norville", "вблизи Норвиля"]
)
def test_near_grows_with_the_town(only, text):
    found = only(text)
    assert found.relation == "near"
    assert found.uncertainty_m == pytest.approx(14_000, rel=0.01)


def test_on_approach_reaches_farther_than_near(only):
    assert only("on approach to Norville").uncertainty_m > only("near Norville").uncertainty_m


@pytest.mark.parametrize(
    "text", ["between Norville and Upton", "между Норвилем и Аптоном", "між Норвілем і Аптоном"]
)
def test_between_leaves_out_what_lies_beyond(only, text):
    found = only(text)
    assert found.relation == "between"
    assert found.geometry.contains(Point(32, 51.7))
    assert not found.geometry.intersects(Point(32, 50.2))
    assert not found.geometry.intersects(Point(32, 53.2))


@pytest.mark.parametrize(
    "text",
    [
        "halfway between Norville and Upton",
        "halfway along the road from Norville to Upton",
        "на полпути из Норвиля в Аптон",
    ],
)
def test_midway_is_the_middle(only, text):
    middle = GEOD.npts(*NORVILLE, *UPTON, 1)[0]
    assert away_km(only(text), middle) < 0.1


def test_a_road_is_a_strip(only):
    found = only("on the road from Norville to Upton")
    assert found.relation == "along"
    assert found.geometry.contains(Point(32, 51.7))


def test_a_river_is_followed_near_a_town(only):
    found = only("the banks of the Long River near Norville")
    assert found.relation == "along"
    assert not found.geometry.intersects(Point(NORVILLE))


@pytest.mark.parametrize("text", ["Hill and Top oblasts", "the regions of Hill and Top"])
def test_a_coordination_answers_with_each_member(where, text):
    result = where(text)
    assert [location.name for location in result.chosen] == ["Hill", "Top"]
    assert {location.relation for location in result.chosen} == {"coordination"}


def test_from_a_to_b_is_both(where):
    assert len(where("from Norville to Upton").chosen) == 2


@pytest.mark.parametrize(
    ("text", "hints", "name"),
    [
        ("the capital of Northia", {}, "Norville"),
        ("the regional capital of Top Oblast", {}, "Upton"),
        ("the Northian capital", {}, "Norville"),
        ("the capital", {"country": "XS"}, "Souton"),
        ("the regional capital", {"near": "Upton"}, "Upton"),
    ],
)
def test_a_capital(only, text, hints, name):
    found = only(text, **hints)
    assert (found.name, found.relation) == (name, "capital_of")


def test_an_anchor_can_be_an_expression(only):
    found = only("20 km north of the capital", country="XN")
    assert from_norville(0, 20_000).distance(Point(found.lon, found.lat)) < 1e-6


def test_a_known_site_in_a_town(only):
    found = only("Market Square, Norville")
    assert found.uncertainty_m == pytest.approx(120)
    assert found.relation == "site_of"


def test_an_unknown_site_falls_back_to_its_town(only):
    found = only("Liberty Theatre, Norville")
    assert (found.name, found.precision) == ("Norville", "settlement")
    assert any("not in the gazetteer" in sentence for sentence in found.evidence)


def test_off_the_coast_is_water(only):
    found = only("off the coast of Southia")
    assert found.relation == "off_coast"
    assert not found.geometry.intersects(Point(32, 48))
    assert not found.geometry.intersects(Point(32, 51))


def test_a_constraint_chooses_among_namesakes(only):
    found = only("the village of Twin, 10 km from the Southian border", country="XN")
    assert (found.relation, found.country) == ("intersection", "XN")


def test_a_constraint_can_overrule_the_larger_namesake(only):
    found = only("Twin, 10 km from the border between Northia and Southia")
    assert found.country == "XN"


def test_a_plain_name_is_the_feature_itself(only):
    found = only("Norville")
    assert (found.feature_id, found.relation, found.geometry) == ("geonames:1", None, None)


def test_a_province_is_its_polygon(where, world):
    (feature,) = feature_records(where("Top Oblast"), world)
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["precision"] == "admin1"
    assert feature["properties"]["chosen"] is True


def test_alternatives_follow_the_answer(where, world):
    features = feature_records(where("Twin"), world)
    assert [f["properties"]["chosen"] for f in features] == [True, False]
    json.dumps(features)

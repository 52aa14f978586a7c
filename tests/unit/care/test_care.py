"""Publishing with care: nothing that was generalised can be read anywhere in the output."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from shapely.geometry import Point

from geoincidents.care import publish_with_care
from geoincidents.errors import UsageError
from geoincidents.exports.layers import BUILDERS
from geoincidents.model import (
    Actor,
    Candidate,
    Claim,
    EventLocation,
    Feature,
    Incident,
    IncidentCollection,
    Location,
    Mention,
    Provenance,
    Report,
    Response,
    TimeInterval,
    Unresolved,
    Verification,
)
from geoincidents.records import collection_record

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
TEXT = (
    "Rockets flew from Tomarovka (50.6873, 36.2341) in Belgorod Oblast and fell on Sumy. "
    "The battery at Tomarovka fired twice. Three people died."
)
DISTRICT = Feature(
    "geonames:1", "Yakovlevsky District", "ADM2", "admin2", 50.9, 36.4, "RU", "Russia",
    "Belgorod Oblast", "geonames:578071", extent_m=40_000,
)  # fmt: skip
PROVINCE = Feature(
    "geonames:578071", "Belgorod Oblast", "ADM1", "admin1", 50.8, 37.5, "RU", "Russia",
    "Belgorod Oblast", "geonames:578071", extent_m=150_000,
)  # fmt: skip
TOWN = Feature(
    "geonames:7", "Stroitel", "PPL", "settlement", 50.78, 36.45, "RU", "Russia",
    "Belgorod Oblast", "geonames:578071", "Yakovlevsky District", "geonames:1",
)  # fmt: skip
SUMY_OBLAST = Feature(
    "geonames:692196", "Sumy Oblast", "ADM1", "admin1", 51.0, 34.0, "UA", "Ukraine",
    "Sumy Oblast", "geonames:692196", extent_m=150_000,
)  # fmt: skip
MOSCOW = Feature(
    "geonames:524894", "Moscow", "ADM1", "settlement", 55.75, 37.62, "RU", "Russia", "Moscow",
    "geonames:524894", extent_m=30_000,
)  # fmt: skip


class Gazetteer:
    """Four units, and what lies where."""

    def feature(self, feature_id):
        return {f.id: f for f in (DISTRICT, PROVINCE, SUMY_OBLAST, MOSCOW)}[feature_id]

    def reverse(self, lon, lat):
        class Found:
            settlement = TOWN if abs(lon - 36.45) < 0.05 else None
            admin1 = PROVINCE if 35 < lon < 39 else None
            country = None

        return Found()


def spot(text, word, occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(word, start + 1)
    return Provenance("r1", start, start + len(word), word)


def tomarovka(**more):
    return Location(
        "Tomarovka", 50.6873, 36.2341, "settlement", 2000, 0.9, "geonames:482300", "PPL", "RU",
        "Russia", "Belgorod Oblast", "geonames:578071",
        evidence=("Tomarovka at 50.6873 36.2341",), geometry=Point(36.2341, 50.6873).buffer(0.01),
        **more,
    )  # fmt: skip


SUMY = Location(
    "Sumy", 50.9216, 34.8003, "settlement", 5000, 0.9, "geonames:692194", "PPLA", "UA", "Ukraine",
    "Sumy Oblast", "geonames:692196",
)  # fmt: skip
DAY = TimeInterval(
    datetime(2024, 11, 17, tzinfo=UTC), datetime(2024, 11, 17, 23, 59, tzinfo=UTC), "day", "Sunday"
)


def an_incident(launch=None, **more):
    whole = Provenance("r1", 0, len(TEXT), TEXT)
    launch = launch or tomarovka()
    values = {
        "id": "inc-1",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "time": DAY,
        "locations": (
            EventLocation("target", SUMY, spot(TEXT, "Sumy")),
            EventLocation("launch", launch, spot(TEXT, "Tomarovka")),
        ),
        "claims": (
            Claim("killed", 3, 3, "exact", whole, subject="people near Tomarovka",
                  claimant="the mayor of Tomarovka", scope="Tomarovka"),
        ),
        "estimates": {},
        "actors": (Actor("accused", "the battery at Tomarovka", "Tomarovka radio", whole),),
        "weapons": ("rocket",),
        "responses": (
            Response("air_defence", whole, "Tomarovka garrison", launch, DAY, 2),
        ),
        "verification": Verification("claimed", (whole,)),
        "reports": ("r1",),
        "sources": (whole,),
        "merged_because": ("Report r2 joined: the same place (Tomarovka).",),
        "flags": ("The report puts Tomarovka at 50.6873, 36.2341.",),
        "damage": {"barns at Tomarovka": (1, 2)},
        "extra": {"location": "Tomarovka", "latitude": "50.6873", "mystery": "Tomarovka",
                  "fatalities": "3"},
    }  # fmt: skip
    return Incident(**(values | more))


def a_collection(*incidents, launch=None):
    launch = launch or tomarovka()
    feature = Feature("geonames:482300", "Tomarovka", "PPL", "settlement", 50.6873, 36.2341)
    first = spot(TEXT, "Tomarovka")
    second = spot(TEXT, "Tomarovka", 1)
    mentions = tuple(
        Mention(s.start, s.end, s.text, "toponym", location=launch, names=("Tomarovka",),
                evidence=("Tomarovka, 50.6873",), candidates=(Candidate(feature, 1.0),))
        for s in (first, second)
    )  # fmt: skip
    return IncidentCollection(
        incidents or (an_incident(launch),),
        (Report("r1", TEXT, title="Fire from Tomarovka", published="2024-11-18"),),
        (Unresolved("r1", first.start, first.end, "by Tomarovka", "no such name"),),
        mentions={"r1": mentions},
    )


def everything_said(collection):
    """All that any export could write of a collection."""
    record = collection_record(collection, with_text=True)
    layers = [build(collection, None) for build in BUILDERS.values()]
    shapes = [g and g.wkt for layer in layers for g in layer.geometries or ()]
    return json.dumps(record, default=str, ensure_ascii=False) + repr((layers, shapes, collection))


class TestLaunchPlaces:
    def test_no_field_tells_the_launch_place_by_name_or_position(self):
        said = everything_said(publish_with_care(a_collection(), Gazetteer()))
        for secret in ("Tomarovka", "50.6873", "36.2341", "482300"):
            assert secret not in said
        assert "Tomarovka" in everything_said(a_collection())

    def test_it_becomes_its_province_where_no_district_is_known(self):
        (incident,) = publish_with_care(a_collection(), Gazetteer()).incidents
        launch = incident.locations[1].location
        assert (launch.name, launch.precision, launch.geometry) == (
            "Belgorod Oblast",
            "admin1",
            None,
        )
        assert launch.evidence == ("generalised to admin1",)

    def test_it_becomes_its_district_where_one_is_known(self):
        launch = tomarovka(admin2="Yakovlevsky District", admin2_id="geonames:1")
        (incident,) = publish_with_care(a_collection(launch=launch), Gazetteer()).incidents
        assert incident.locations[1].location.name == "Yakovlevsky District"
        assert incident.responses[0].location.name == "Yakovlevsky District"

    @pytest.mark.parametrize("role", ["launch", "intercept"])
    def test_both_roles_are_guarded(self, role):
        place = EventLocation(role, tomarovka(), spot(TEXT, "Tomarovka"))
        collection = a_collection(an_incident(locations=(place,)))
        (incident,) = publish_with_care(collection, Gazetteer()).incidents
        assert incident.locations[0].location.precision == "admin1"

    def test_the_target_stays_exact(self):
        (incident,) = publish_with_care(a_collection(), Gazetteer()).incidents
        assert incident.locations[0].location == SUMY
        assert "fell on Sumy" in incident.sources[0].text

    def test_a_quote_names_the_unit_in_brackets(self):
        (incident,) = publish_with_care(a_collection(), Gazetteer()).incidents
        assert incident.sources[0].text.startswith(
            "Rockets flew from [Belgorod Oblast] ([coordinates]) in Belgorod Oblast and"
        )

    def test_whole_texts_are_blacked_out_so_that_offsets_hold(self):
        published = publish_with_care(a_collection(), Gazetteer())
        (report,) = published.reports
        assert len(report.text) == len(TEXT)
        for mention in published.mentions["r1"]:
            assert report.text[mention.start : mention.end] == mention.text
        assert report.text.endswith("Three people died.")

    def test_exact_places_are_kept_when_asked_for_in_so_many_words(self):
        collection = a_collection()
        assert publish_with_care(collection, Gazetteer(), exact_launch_places=True) == collection

    def test_a_province_as_launch_place_is_left_as_it_is(self):
        province = Location(
            "Belgorod Oblast", 50.8, 37.5, "admin1", 150_000, 0.9, "geonames:578071"
        )
        place = EventLocation("launch", province, spot(TEXT, "Belgorod Oblast"))
        collection = replace(
            a_collection(an_incident(locations=(place,), responses=())), mentions={}
        )
        (incident,) = publish_with_care(collection, Gazetteer()).incidents
        assert incident == collection.incidents[0]

    def test_a_city_that_is_its_own_province_keeps_its_name(self):
        city = Location(
            "Moscow", 55.7522, 37.6156, "settlement", 20_000, 0.9, "geonames:524901",
            country="RU", admin1="Moscow", admin1_id="geonames:524894",
        )  # fmt: skip
        place = EventLocation("intercept", city, Provenance("r1", 0, 6, "Moscow"))
        quote = (Provenance("r1", 0, 20, "Drones over Moscow"),)
        incident = an_incident(locations=(place,), sources=quote, responses=())
        (told,) = publish_with_care(a_collection(incident), Gazetteer()).incidents
        assert told.locations[0].location.name == "Moscow"
        assert told.locations[0].location.precision == "admin1"
        assert told.sources == quote

    def test_inflected_cyrillic_names_are_taken_out_too(self):
        place = EventLocation(
            "launch", replace(tomarovka(), name="Томаровка"), Provenance("r1", 0, 9, "Томаровки")
        )
        quote = Provenance("r1", 0, 40, "Пуск из Томаровки; под Томаровкой видели дым")
        incident = an_incident(locations=(place,), sources=(quote,), responses=())
        (told,) = publish_with_care(a_collection(incident), Gazetteer()).incidents
        assert "Томаров" not in told.sources[0].text

    @pytest.mark.parametrize(
        "written",
        [
            "50.6873, 36.2341",
            "50.6873 36.2341",
            "50,6873; 36,2341",
            "50.6873°N 36.2341°E",
            "50°41'14\"N",
            "50° 41′ N",
            "37U CS 12345 67890",
        ],
    )
    def test_coordinates_in_a_quote_go(self, written):
        quote = Provenance("r1", 0, 40, f"Launch seen at {written} by drone")
        incident = an_incident(sources=(quote,))
        (told,) = publish_with_care(a_collection(incident), Gazetteer()).incidents
        assert "[coordinates]" in told.sources[0].text
        assert "6873" not in told.sources[0].text

    def test_tolls_and_times_are_not_taken_for_coordinates(self):
        quote = Provenance("r1", 0, 40, "14 dead, 108 injured at 15.30 on 30.12.2023 (2,500 homes)")
        (told,) = publish_with_care(
            a_collection(an_incident(sources=(quote,))), Gazetteer()
        ).incidents
        assert told.sources == (quote,)


class TestCoarsen:
    def test_every_place_becomes_its_unit(self):
        published = publish_with_care(a_collection(), Gazetteer(), coarsen="admin2")
        said = everything_said(published)
        for secret in ("Tomarovka", "50.6873", "50.9216", "34.8003", "692194"):
            assert secret not in said
        assert published.incidents[0].locations[0].location.name == "Sumy Oblast"

    def test_coarsen_outweighs_exact_launch_places(self):
        published = publish_with_care(
            a_collection(), Gazetteer(), coarsen="admin1", exact_launch_places=True
        )
        assert "Tomarovka" not in everything_said(published)

    def test_admin1_also_generalises_districts(self):
        district = Location(
            "Yakovlevsky District", 50.9, 36.4, "admin2", 40_000, 0.9, "geonames:1",
            admin1_id="geonames:578071",
        )  # fmt: skip
        place = EventLocation("target", district, spot(TEXT, "Tomarovka"))
        collection = a_collection(an_incident(locations=(place,)))
        for level, name in (("admin2", "Yakovlevsky District"), ("admin1", "Belgorod Oblast")):
            (told,) = publish_with_care(collection, Gazetteer(), coarsen=level).incidents
            assert told.locations[0].location.name == name

    def test_a_site_goes_to_the_district_of_its_town(self):
        plant = Location(
            "cement works", 50.78, 36.45, "site", 200, 0.9, "gi:works/1",
            admin1_id="geonames:578071",
        )  # fmt: skip
        place = EventLocation("target", plant, spot(TEXT, "Tomarovka"))
        collection = a_collection(an_incident(locations=(place,)))
        (told,) = publish_with_care(collection, Gazetteer(), coarsen="admin2").incidents
        assert told.locations[0].location.name == "Yakovlevsky District"

    def test_a_province_that_stays_keeps_its_name_in_quotes(self):
        city = Location("Kursk", 51.73, 36.19, "settlement", 9000, 0.9, "geonames:538560",
                        admin1_id="geonames:578071")  # fmt: skip
        region = Location("Kursk Oblast", 51.75, 36, "admin1", 120_000, 0.9, "geonames:538555")
        quote = Provenance("r1", 0, 60, "They fell over Kursk and over the Kursk region")
        places = (
            EventLocation("intercept", city, Provenance("r1", 15, 20, "Kursk")),
            EventLocation("intercept", region, Provenance("r1", 34, 46, "Kursk region")),
        )
        incident = an_incident(locations=places, sources=(quote,), responses=())
        (told,) = publish_with_care(a_collection(incident), Gazetteer()).incidents
        assert told.sources[0].text == "They fell over [Belgorod Oblast] and over the Kursk region"

    def test_a_place_without_units_is_found_by_its_position(self):
        lone = Location("hamlet", 50.6873, 36.2341, "settlement", 500, 0.9)
        place = EventLocation("target", lone, spot(TEXT, "Tomarovka"))
        collection = a_collection(an_incident(locations=(place,)))
        (told,) = publish_with_care(collection, Gazetteer(), coarsen="admin2").incidents
        assert told.locations[0].location.name == "Belgorod Oblast"

    def test_a_place_in_no_unit_is_told_to_a_whole_degree(self):
        sea = Location("ship", 43.6873, 31.2341, "vicinity", 500, 0.9)
        place = EventLocation("target", sea, spot(TEXT, "Tomarovka"))
        collection = a_collection(an_incident(locations=(place,)))
        (told,) = publish_with_care(collection, Gazetteer(), coarsen="admin2").incidents
        location = told.locations[0].location
        assert (location.lat, location.lon, location.uncertainty_m) == (44.0, 31.0, 111_000)

    def test_it_works_without_a_gazetteer(self):
        published = publish_with_care(a_collection(), None, coarsen="admin2")
        assert "50.6873" not in everything_said(published)

    def test_generalising_twice_changes_nothing_more(self):
        once = publish_with_care(a_collection(), Gazetteer(), coarsen="admin2")
        assert publish_with_care(once, Gazetteer(), coarsen="admin2") == once

    def test_the_collection_given_is_not_altered(self):
        collection = a_collection()
        before = repr(collection)
        publish_with_care(collection, Gazetteer(), coarsen="admin1", delay_hours=1, now=NOW)
        assert repr(collection) == before


class TestDelay:
    def test_what_is_younger_is_withheld_and_what_is_older_stays(self):
        for hours, left in ((24, 1), (60, 1), (61, 0), (1000, 0)):
            published = publish_with_care(a_collection(), Gazetteer(), delay_hours=hours, now=NOW)
            assert len(published.incidents) == left, hours

    def test_nothing_else_tells_of_what_is_withheld(self):
        published = publish_with_care(a_collection(), Gazetteer(), delay_hours=200, now=NOW)
        assert (published.reports, published.unresolved, published.mentions) == ((), (), {})

    def test_a_report_that_also_tells_of_something_old_keeps_no_text_and_no_mentions(self):
        old = an_incident(
            id="inc-0",
            time=replace(DAY, start=DAY.start - timedelta(30), end=DAY.start - timedelta(29)),
        )
        published = publish_with_care(
            a_collection(old, an_incident()), Gazetteer(), delay_hours=200, now=NOW
        )
        assert [i.id for i in published.incidents] == ["inc-0"]
        (report,) = published.reports
        assert (report.text, report.title) == ("", None)
        assert published.mentions == {}

    def test_an_undated_incident_is_withheld_since_nobody_can_tell_its_age(self):
        collection = a_collection(an_incident(time=None))
        assert publish_with_care(collection, Gazetteer(), delay_hours=0, now=NOW).incidents == ()
        assert len(publish_with_care(collection, Gazetteer(), now=NOW).incidents) == 1

    def test_a_delay_past_the_calendar_withholds_all(self):
        published = publish_with_care(a_collection(), Gazetteer(), delay_hours=1e12, now=NOW)
        assert published.incidents == ()

    @pytest.mark.parametrize("hours", [-1, float("nan")])
    def test_a_delay_that_is_none_is_refused(self, hours):
        with pytest.raises(UsageError, match="zero or more"):
            publish_with_care(a_collection(), Gazetteer(), delay_hours=hours)


def test_every_string_field_of_an_incident_is_looked_at():
    """Whatever field the name stands in, it goes: a new field cannot be forgotten."""
    (incident,) = publish_with_care(a_collection(), Gazetteer()).incidents
    assert "Tomarovka" not in repr(incident)

"""Which reports tell of one incident, and which do not."""

from __future__ import annotations

from geoincidents.linking import link
from geoincidents.model import Feature


def reports_of(incidents):
    return sorted(sorted(incident.reports) for incident in incidents)


def test_two_reports_of_one_strike_are_one_incident(make_event):
    incidents = link([make_event("a", killed=3), make_event("b", killed=4)])
    assert reports_of(incidents) == [["a", "b"]]


def test_the_reason_for_a_merge_is_told_in_a_sentence(make_event):
    late = make_event("b", killed=3, published="2024-11-19")
    (incident,) = link([make_event("a", killed=3), late])
    (sentence,) = incident.merged_because
    assert sentence.startswith("Report b joined: the same place (Sumy), the same day")
    assert "both tell of 3 killed" in sentence


def test_two_cities_on_one_day_stay_two(make_event):
    assert len(link([make_event("a", "Sumy"), make_event("b", "Konotop")])) == 2


def test_two_days_in_one_city_stay_two(make_event):
    days = [make_event("a", day="2024-11-17"), make_event("b", day="2024-11-18")]
    assert len(link(days)) == 2


def test_an_armed_clash_is_not_a_shelling(make_event):
    clash = make_event("b", kind=("Battles", "Armed clash"))
    assert len(link([make_event("a"), clash])) == 2


def test_a_missile_strike_and_an_air_strike_are_one_when_the_rest_agrees(make_event, drones):
    incidents = link([make_event("a", injured=7), make_event("b", kind=drones, injured=7)])
    assert reports_of(incidents) == [["a", "b"]]


def test_a_province_and_its_capital_are_one_incident(make_event):
    incidents = link([make_event("a", "Sumy Oblast"), make_event("b", "Sumy")])
    assert reports_of(incidents) == [["a", "b"]]


def test_a_province_goes_to_its_capital_and_not_to_another_city(make_event):
    told = [make_event("a", "Sumy Oblast"), make_event("b", "Konotop"), make_event("c", "Sumy")]
    assert reports_of(link(told)) == [["a", "c"], ["b"]]


def test_the_gazetteer_tells_the_centre_of_a_province_of_another_name(make_event):
    class Units:
        def feature(self, feature_id):
            if feature_id != "geonames:692196":
                raise KeyError(feature_id)
            return Feature(feature_id, "Sumy Oblast", "ADM1", "admin1", 51, 34)

        def capital(self, feature):
            return Feature("geonames:706466", "Konotop", "PPLA", "settlement", 51.24, 33.2)

    told = [
        make_event("a", "Sumy Oblast", text="x"),
        make_event("b", "Konotop", text="y"),
        make_event("c", "Okhtyrka", text="z"),
    ]
    assert reports_of(link(told, Units())) == [["a", "b"], ["c"]]
    assert len(link(told)) == 3


def test_a_province_between_two_of_its_towns_joins_neither(make_event):
    told = [
        make_event("a", "Sumy Oblast", killed=5),
        make_event("b", "Konotop", killed=5),
        make_event("c", "Okhtyrka", killed=5),
    ]
    assert reports_of(link(told)) == [["a"], ["b"], ["c"]]


def test_a_province_and_one_of_its_towns_need_more_than_the_day(make_event):
    bare = [make_event("a", "Sumy Oblast", text="shells"), make_event("b", "Konotop", text="fire")]
    assert len(link(bare)) == 2
    toll = [make_event("a", "Sumy Oblast", killed=6), make_event("b", "Konotop", killed=6)]
    assert len(link(toll)) == 1


def test_a_site_lies_in_its_city(make_event):
    incidents = link([make_event("a", "Sumy railway station"), make_event("b", "Sumy")])
    assert reports_of(incidents) == [["a", "b"]]


def test_the_wave_over_a_country_is_not_the_strike_on_one_of_its_cities(make_event):
    wave = make_event("a", ("Ukraine", "Sumy", "Poltava", "Chernihiv", "Cherkasy"), killed=30)
    assert len(link([wave, make_event("b", "Poltava", killed=2)])) == 2


def test_a_wave_told_by_its_cities_and_by_its_country_is_one(make_event, drones):
    cities = ("Ukraine", "Sumy", "Poltava", "Chernihiv", "Cherkasy")
    told = [make_event("a", "Ukraine", kind=drones), make_event("b", cities, kind=drones)]
    assert len(link(told)) == 1


def test_totals_of_a_country_make_a_wave_of_an_event_that_names_one_city(make_event, make_toll):
    told = [
        make_event(
            name, ("Ukraine", city), claims=(make_toll(name, 9, "killed", n, scope="Ukraine"),)
        )
        for name, city, n in (("a", "Sumy", 39), ("b", "Poltava", 40))
    ]
    assert len(link(told)) == 1
    assert len(link([told[0], make_event("c", "Sumy", killed=4)])) == 2


def test_totals_of_another_country_do_not_widen_a_strike_on_a_city(make_event, make_toll):
    stray = make_toll("a", 9, "killed", 4, scope="Russian Federation")
    told = [
        make_event("a", ("Sumy", "Russian Federation"), claims=(stray,)),
        make_event("b", "Sumy", killed=4),
    ]
    assert len(link(told)) == 1


def test_lists_of_provinces_that_share_most_are_one(make_event):
    stopped = ("Strategic developments", "Disrupted weapons use")
    one = make_event("a", ("Sumy", "Poltava", "Chernihiv"), kind=stopped, role="intercept")
    two = make_event("b", ("Sumy", "Poltava"), kind=stopped, role="intercept")
    assert len(link([one, two])) == 1


def test_strikes_hours_apart_are_two(make_event, make_interval):
    morning = make_event("a", day=make_interval("2024-11-17T06:00", "hour", 1))
    evening = make_event("b", day=make_interval("2024-11-17T20:00", "hour", 1))
    assert len(link([morning, evening])) == 2


def test_a_morning_and_an_evening_are_two_even_without_an_hour(make_event, make_interval):
    morning = make_event("a", day=make_interval("2024-11-17T05:00", "day", 6))
    evening = make_event("b", day=make_interval("2024-11-17T17:00", "day", 6.9))
    assert len(link([morning, evening])) == 2
    assert len(link([morning, make_event("b", day="2024-11-17")])) == 1


def test_an_overnight_strike_meets_the_day_it_ends_on(make_event, make_interval):
    night = make_event("a", day=make_interval("2024-11-16T22:00", "hour", 8), injured=4)
    assert len(link([night, make_event("b", day="2024-11-17", injured=4)])) == 1


def test_a_follow_up_merges_by_the_time_of_the_event_not_of_the_report(make_event):
    late = make_event("b", killed=9, published="2024-11-25")
    (incident,) = link([make_event("a", killed=8), late])
    assert incident.reports == ("a", "b")


def test_tolls_far_apart_keep_strikes_apart(make_event):
    deadly = make_event("b", killed=60, published="2024-11-17")
    assert len(link([make_event("a", killed=1), deadly])) == 2


def test_a_toll_may_rise(make_event):
    later = make_event("b", killed=21, published="2024-11-19")
    assert len(link([make_event("a", killed=4), later])) == 1


def test_an_event_without_a_place_joins_nothing(make_event):
    assert len(link([make_event("a", ()), make_event("b", ())])) == 2


def test_an_event_without_any_date_joins_nothing(make_event):
    undated = make_event("b", day=None, published=None)
    assert len(link([make_event("a"), undated])) == 2


def test_a_launch_place_does_not_bring_events_together(make_event):
    one = make_event("a", "Kursk Oblast", role="launch")
    assert len(link([one, make_event("b", "Kursk Oblast")])) == 2


class TestRecaps:
    def test_a_recap_joins_the_incident_and_moves_no_estimate(self, make_event, make_toll):
        rounded = make_toll("b", 200, "injured", 100, qualifier="about")
        recap = make_event(
            "b", is_recap=True, claims=(rounded,), published="2024-11-24", text="an old strike"
        )
        (incident,) = link([make_event("a", injured=86), recap])
        assert incident.reports == ("a", "b")
        assert incident.estimates["injured"].high == 86
        assert [claim.recap for claim in incident.claims if claim.max == 100] == [True]

    def test_a_misdated_recap_joins_the_incident_it_means_and_keeps_the_flag(self, make_event):
        flag = "The report dates the strike of 17 November to the 19th."
        recap = make_event(
            "b", day="2024-11-19", is_recap=True, flags=(flag,), published="2024-11-24"
        )
        (incident,) = link([make_event("a"), recap])
        assert incident.reports == ("a", "b")
        assert incident.flags == (flag,)
        assert incident.time.start.day == 17

    def test_a_recap_never_joins_what_its_own_report_is_about(self, make_event):
        main = make_event("b", day="2024-11-20", published="2024-11-20")
        recap = make_event("b", day="2024-11-18", is_recap=True, at=700, published="2024-11-20")
        assert len(link([main, recap])) == 2

    def test_what_a_report_recalls_of_its_own_day_is_what_it_is_about(self, make_event):
        told = [make_event("b"), make_event("b", is_recap=True, at=700)]
        assert len(link(told)) == 1

    def test_an_incident_that_no_report_is_about_says_so(self, make_event):
        (alone,) = link([make_event("a", is_recap=True)])
        (joined,) = link([make_event("a", is_recap=True), make_event("b")])
        assert (alone.in_passing, joined.in_passing) == (True, False)

    def test_a_recap_that_nothing_matches_founds(self, make_event):
        (incident,) = link([make_event("a", is_recap=True)])
        assert incident.reports == ("a",)

    def test_an_undated_recap_finds_the_incident_of_the_week_before(self, make_event):
        recap = make_event("b", day=None, is_recap=True, published="2024-11-21")
        assert len(link([make_event("a"), recap])) == 1

    def test_recaps_alone_keep_their_attributed_figures(self, make_event):
        told = [
            make_event("a", killed=30, claimant="the ministry", is_recap=True),
            make_event("b", killed=31, claimant="the mayor", is_recap=True),
        ]
        (incident,) = link(told)
        assert incident.estimates["killed"].low == 30


class TestCopies:
    def test_the_same_text_twice_counts_once_and_names_both_reports(self, make_event):
        told = [make_event(name, killed=3, text="three people died in Sumy") for name in "ab"]
        (incident,) = link(told)
        assert incident.reports == ("a", "b")
        assert len(incident.claims) == 1
        assert incident.merged_because == ()

    def test_undated_copies_are_one_incident(self, make_event):
        told = [
            make_event(name, day=None, published=None, text="three people died in Sumy")
            for name in "ab"
        ]
        assert len(link(told)) == 1

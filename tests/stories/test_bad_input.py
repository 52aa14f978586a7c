"""What must make no incident out of nowhere, and what must count once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoincidents.extraction import extract
from geoincidents.linking import link
from geoincidents.model import Report
from tests.stories.conftest import mentions_of

NEWS = (
    "Harv, 12 March (Steppe Wire) - A missile struck Harv on Tuesday, killing 14 people "
    "and wounding 30, the mayor said. Rescuers were searching the rubble."
)


def _incidents(*reports):
    events = [e for r in reports for e in extract(r, mentions_of(r.text)).events]
    return link(events, reports=reports)


@pytest.fixture
def report():
    return Report("first", NEWS, published="2024-03-12", sha256="1" * 64)


def test_the_same_report_twice_is_one_incident_and_counts_once(report):
    (incident,) = _incidents(report, replace(report, id="again"))
    assert incident.estimates["killed"].best == 14
    assert len([c for c in incident.claims if c.measure == "killed"]) == 1


def test_a_report_that_quotes_another_whole_tells_of_the_same_incident(report):
    text = f"The Steppe Wire reported: “{NEWS}” Other agencies said the same on Tuesday."
    quoting = Report("second", text, published="2024-03-12", sha256="2" * 64)
    (incident,) = _incidents(report, quoting)
    assert set(incident.reports) == {"first", "second"}
    assert incident.estimates["killed"].high == 14
    assert incident.estimates["injured"].high == 30


@pytest.mark.parametrize("toll", ["10^12", "1,000,000,000,000", "1000000000000"])
def test_more_dead_than_there_are_people_is_no_figure(tell, toll):
    (event,) = tell(f"A missile struck Harv on Tuesday, killing {toll} people.").events
    assert event.claims == ()


def test_a_date_in_the_future_is_no_incident(tell):
    assert tell("A missile struck Harv on 30 June 2031, killing two people.").events == ()


def test_a_day_that_no_month_has_dates_nothing(tell):
    read = tell("A missile struck Harv on 30 February 2024, killing two people.", published=None)
    assert [e.time for e in read.events] == [None]
    assert any("no date" in flag for flag in read.events[0].flags)


def test_saturday_without_a_publication_date_is_not_guessed(tell):
    (event,) = tell("A missile struck Harv on Saturday.", published=None).events
    assert event.time is None


@pytest.mark.parametrize(
    "text",
    [
        "Dobro strike late. Harv hit by injuries before the derby with Orsk.",
        "Kyiv hit by injuries as Dobro strike late in the league match.",
        "Oil strikes a high in Harv. Shares hit a record in Dobro.",
        "A storm struck Lymna. Hail hit Harv and lightning killed two cows.",
        "Satire. A missile made of cheese struck Harv on Monday, killing nine jokes.",
        "",
        "\ufeff\x00 \u202e Harv " * 50,
        "Harv. " * 2000,
    ],
)
def test_there_is_no_incident_out_of_nowhere(tell, text):
    assert tell(text).events == ()


def test_contradicting_tolls_stand_side_by_side(report):
    other = Report(
        "other",
        "A missile struck Harv on Tuesday, killing 9 people, the ministry said.",
        published="2024-03-12",
        sha256="3" * 64,
    )
    (incident,) = _incidents(report, other)
    assert (incident.estimates["killed"].low, incident.estimates["killed"].high) == (9, 14)

"""A day is one of the place that was struck, not of the capital it was ordered from."""

from __future__ import annotations


def test_a_wave_over_a_country_is_dated_there(tell):
    (event,) = tell("Overnight Russia fired 90 drones at Ukraine, killing three people.").events
    assert [p.location.name for p in event.locations] == ["Ukraine"]
    assert event.time.start.isoformat() == "2024-03-12T21:00:00+02:00"


def test_a_day_told_from_another_place_is_one_of_its_own(tell):
    text = "A day before the strike on Orsk on Monday, Russia had launched 158 missiles at Ukraine."
    strike, wave = tell(text).events
    assert strike.time.start.isoformat() == "2024-03-11T00:00:00+03:00"
    assert wave.time.start.isoformat() == "2024-03-10T00:00:00+02:00"

"""Laws of linking: order, repetition and increments change nothing they should not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from geoincidents.linking import link, merge, unmerge
from geoincidents.model import (
    Claim,
    Event,
    EventLocation,
    Location,
    Provenance,
    Report,
    TimeInterval,
)

_TOWNS = [
    ("t1", 50.92, 34.80, "settlement", "u1"),
    ("t1", 50.92, 34.80, "vicinity", "u1"),
    ("t2", 51.24, 33.20, "settlement", "u1"),
    ("s1", 50.917, 34.79, "site", "u1"),
    ("u1", 51.0, 34.0, "admin1", "u1"),
    ("t3", 49.59, 34.54, "settlement", "u2"),
    ("u2", 49.6, 34.0, "admin1", "u2"),
    ("t4", 51.5, 31.28, "settlement", "u3"),
    ("c1", 49.0, 32.0, "country", None),
]
_KINDS = [
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Battles", "Armed clash"),
]
_START = datetime(2024, 11, 17, tzinfo=UTC)


def _location(row):
    key, lat, lon, precision, unit = row
    radius = {"settlement": 4000, "vicinity": 12000, "site": 200}.get(precision, 100000)
    return Location(
        key, lat, lon, precision, radius, 0.9, feature_id=key, country="UA", admin1_id=unit
    )


@st.composite
def _events(draw):
    report = draw(st.integers(0, 7))
    at = draw(st.integers(0, 3)) * 100
    # a span of a report has one text
    source = Provenance(f"r{report}", at, at + 5, ("fire", "shells", "hit")[(report + at) % 3])
    hour = draw(st.none() | st.integers(0, 23))
    day = _START + timedelta(days=draw(st.integers(0, 3)))
    if hour is None:
        time = TimeInterval(day, day + timedelta(days=1, seconds=-1), "day")
    else:
        begin = day + timedelta(hours=hour)
        time = TimeInterval(begin, begin + timedelta(hours=1), "hour")
    published = f"2024-11-{20 + report:02}"
    killed = draw(st.none() | st.integers(0, 40))
    claims = ()
    if killed is not None:
        claims = (Claim("killed", killed, killed, "exact", source, published=published),)
    rows = draw(st.lists(st.sampled_from(_TOWNS), max_size=4))
    event_type, sub_event_type = draw(st.sampled_from(_KINDS))
    return Event(
        report_id=f"r{report}",
        event_type=event_type,
        sub_event_type=sub_event_type,
        sources=(source,),
        time=draw(st.sampled_from([time, time, time, None])),
        locations=tuple(EventLocation("target", _location(row), source) for row in rows),
        claims=claims,
        weapons=draw(st.sampled_from([(), ("missile",), ("drone",)])),
        is_recap=draw(st.booleans()) and draw(st.booleans()),
        published=published,
    )


_REPORTS = [Report(f"r{n}", "", sha256=f"{n:064x}") for n in range(8)]
_lists = st.lists(_events(), max_size=14)


def _spans(incident):
    return {(s.report_id, s.start, s.text) for s in incident.sources}


@settings(max_examples=300, deadline=None)
@given(_lists, st.randoms())
def test_the_order_of_events_does_not_matter(events, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    assert link(shuffled, reports=_REPORTS) == link(events, reports=_REPORTS)


@settings(max_examples=300, deadline=None)
@given(_lists)
def test_linking_what_is_linked_changes_nothing(events):
    once = link(events, reports=_REPORTS)
    assert link((), known=once) == once


@settings(max_examples=200, deadline=None)
@given(_lists)
def test_an_event_told_twice_counts_once(events):
    assert link([*events, *events], reports=_REPORTS) == link(events, reports=_REPORTS)


@settings(max_examples=200, deadline=None)
@given(_lists)
def test_no_event_is_lost_and_none_is_in_two_incidents(events):
    incidents = link(events, reports=_REPORTS)
    told = {(s.report_id, s.start, s.text) for event in events for s in event.sources}
    assert set().union(*map(_spans, incidents)) == told if incidents else not told
    assert len({incident.id for incident in incidents}) == len(incidents)


@settings(max_examples=200, deadline=None)
@given(_lists, _lists)
def test_known_ids_never_vanish(events, news):
    known = link(events, reports=_REPORTS)
    after = link(news, known=known, reports=_REPORTS)
    living = {incident.id for incident in after}
    living |= {former for incident in after for former in incident.former_ids}
    assert {incident.id for incident in known} <= living


@settings(max_examples=200, deadline=None)
@given(_lists)
def test_estimates_lie_in_order_and_within_the_claims(events):
    for incident in link(events, reports=_REPORTS):
        for measure, estimate in incident.estimates.items():
            assert estimate.low <= estimate.best <= estimate.high
            figures = {c.max for c in incident.claims if c.measure == measure and not c.recap}
            assert {estimate.low, estimate.best, estimate.high} <= figures


@settings(max_examples=200, deadline=None)
@given(_lists)
def test_what_was_taken_apart_stays_apart_and_can_be_put_together(events):
    for incident in link(events, reports=_REPORTS):
        if len(incident.reports) < 2:
            continue
        rest, split = unmerge(incident, incident.reports[-1:])
        kept = link((), known=[rest, split])
        assert {i.id for i in kept} == {rest.id, split.id}
        plain = [replace(c, supersedes=None) for c in (*rest.claims, *split.claims)]
        assert set(plain) == {replace(c, supersedes=None) for c in incident.claims}
        again = merge(rest, split)
        assert again.id == incident.id
        assert again.estimates == incident.estimates
        assert set(again.reports) == set(incident.reports)

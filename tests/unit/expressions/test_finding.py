"""Spatial expressions in the running text of a report."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest

from geoincidents.expressions import default_uncertainty, evaluate, find_expressions, placements
from geoincidents.expressions.answers import location_of_feature
from geoincidents.model import Candidate, Mention, Report
from tests.unit.expressions.conftest import NORTHIA

NOWHERE = {"Atlantis"}


def mentions_of(text, world, **roles):
    """The names of the small world in a text, resolved as the world orders them."""
    found = []
    for name in sorted({*_names(), *NOWHERE}, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(m.start < end and start < m.end for m in found):
                found.append(_mention(text, start, end, world, roles.get(name, "event")))
            start = text.find(name, end)
    return tuple(sorted(found, key=lambda m: m.start))


def _names():
    from tests.unit.expressions.conftest import NAMES

    return NAMES


def _mention(text, start, end, world, role):
    name = text[start:end]
    hits = world.lookup(name)
    place = (
        location_of_feature(Candidate(hits[0].feature, 0.9), default_uncertainty())
        if hits
        else None
    )
    kind = "demonym" if hits and hits[0].form == "adjective" else "toponym"
    return Mention(start, end, name, kind, role=role, location=place)


def found_in(text, world, **roles):
    mentions = mentions_of(text, world, **roles)
    found = find_expressions(Report("r", text), mentions, world)
    assert all(m.text == text[m.start : m.end] for m in found)
    return found


def test_the_words_of_an_expression_hold_its_anchor(world):
    (found,) = found_in("A shell fell 20 km north of Norville on Monday.", world)
    assert found.text == "20 km north of Norville"
    assert (found.kind, found.relation, found.role) == ("expression", "offset", "event")


def test_the_city_is_the_town_last_spoken_of(world):
    text = "Upton was quiet. Sirens went off in Norville. A shop burned in the city centre."
    (found,) = found_in(text, world)
    assert found.text == "city centre"
    assert found.location.name == "Norville centre"


def test_a_government_is_not_the_city(world):
    text = "Norville was hit. Upton denied it. Smoke rose over the outskirts of the city."
    (found,) = found_in(text, world, Upton="actor")
    assert found.location.name.startswith("Norville")


def test_a_town_described_agrees_with_the_words(world):
    text = "Southian guns hit Norville, a town about 40 kilometres from the border."
    (found,) = found_in(text, world)
    assert found.relation == "distance_from_border"
    assert found.flags == ()
    assert (found.location.lon, found.location.lat) == (32.0, 50.35)
    assert any("consistent with Norville" in sentence for sentence in found.evidence)


def test_a_town_described_wrongly_is_flagged(world):
    text = "Southian guns hit Upton, which is some 10km from the border with Southia."
    (found,) = found_in(text, world)
    assert "contradiction: Upton" in found.flags[0]
    assert found.flags[0] in found.location.evidence


def test_the_border_is_with_the_country_the_text_speaks_of(world):
    text = "Southian drones crossed. A depot in Norville burned. It stands near the border."
    (found,) = found_in(text, world)
    assert found.location.name == "near the Northia–Southia border"
    assert found.location.country == "XN"


def test_units_named_together_are_one_coordination(world):
    text = (
        "Drones were shot down over the northern regions of Hill and Top near the Southian border."
    )
    together, close = found_in(text, world)
    assert together.relation == "coordination"
    assert together.location.name == "Hill, Top"
    # what follows is confined to them
    assert close.relation == "near_border"
    assert close.location.geometry.bounds[1] >= 50


def test_a_list_of_towns_is_no_coordination(world):
    assert found_in("Deaths were reported in Norville, Upton and Easton.", world) == ()


def test_border_districts_of_the_region_in_view(world):
    text = "Norville was hit. The region's border municipalities cancelled events, Southia said."
    (found,) = found_in(text, world)
    assert found.relation == "border_zone"
    assert found.location.name == "Hill, border zone"


def test_talks_between_countries_are_no_place(world):
    assert found_in("Talks between Northia and Southia went on.", world) == ()


def test_a_border_town_is_the_town(world):
    assert found_in("Guns hit the Southian border town of Souton.", world) == ()


def test_an_unresolved_anchor_leaves_an_unresolved_expression(world):
    (found,) = found_in("It fell 5 km from Atlantis.", world)
    assert found.location is None
    assert "Atlantis" in found.unresolved


def test_a_front_line_is_refused(world):
    (found,) = found_in("Norville lies 5 km from the front line.", world)
    assert found.location is None
    assert "front line" in found.unresolved


def test_an_area_confines_what_stands_before_it(world):
    text = "A convoy was hit within 10 km of the Southian border in Hill Oblast."
    (found,) = found_in(text, world)
    assert found.text.endswith("in Hill Oblast")
    assert found.location.geometry.bounds[1] >= 50 - 1e-9


def test_expressions_do_not_overlap_and_are_sorted(world):
    text = "North of Norville, near Upton, in the centre of Norville and 5 km from Easton."
    found = found_in(text, world)
    assert len(found) == 4
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_russian_is_read_with_russian_words(world):
    (found,) = found_in("Беспилотник упал в 10 км к северу от Норвиля ночью.", world)
    assert found.relation == "offset"


def test_a_text_without_places_gives_nothing(world):
    assert found_in("Nothing happened around the house.", world) == ()


@pytest.mark.parametrize("after", ["95 on Monday.", "highway on Monday.", "route 7."])
def test_a_road_that_bears_initials_of_a_country_is_no_country(world, after):
    text = f"A car was found near N.I. {after}"
    start = text.index("N.I.")
    northia = location_of_feature(Candidate(NORTHIA, 0.9), default_uncertainty())
    named = Mention(start, start + 4, "N.I.", "toponym", location=northia)
    assert find_expressions(Report("r", text), [named], world) == ()
    other = text[: start + 4] + " on Monday."
    (found,) = find_expressions(Report("r", other), [named], world)
    assert found.text == "near N.I."


@pytest.mark.parametrize(
    "words",
    [
        "Norville lies 20 km from the border. ",
        "Norville, Upton and Easton regions ",
        "north of the centre of Norville's ",
        "the border of the border of Northia ",
    ],
)
def test_time_grows_with_the_length_of_a_text(world, words):
    def steps(times):
        report, named = Report("r", words * times), mentions_of(words * times, world)
        counted = 0

        def count(*_):
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            find_expressions(report, named, world)
        finally:
            sys.setprofile(None)
        return counted

    steps(2)  # reads the vocabulary
    # a deictic reaches back 4,000 characters: past that, twice the text is twice the work
    assert steps(240) < 2.3 * steps(120)


def test_what_is_said_twice_is_placed_once_and_found_twice(world, monkeypatch):
    placed = []
    monkeypatch.setattr(
        placements, "place", lambda *parts: placed.append(parts[0]) or evaluate.place(*parts)
    )
    text = "Norville was hit. A shop burned in the city centre. "
    first, second = found_in(text * 2, world)
    assert first.location == second.location
    assert len(placed) == 1
    found_in(text + text.replace("Norville", "Upton"), world)
    assert len(placed) == 3  # "the city" is another one


def test_what_is_refused_twice_is_refused_for_the_same_reason(world):
    first, second = found_in("Shells fell 5 km from Atlantis. " * 2, world)
    assert first.location is None
    assert first.unresolved == second.unresolved == 'the place "Atlantis" does not resolve'

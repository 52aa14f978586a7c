"""Whole stories: which sentences tell of one event, which of several, and who says so."""

from __future__ import annotations


def names(event, role="target"):
    return {p.location.name for p in event.locations if p.role == role}


def tolls(event, measure):
    return [c.min for c in event.claims if c.measure == measure and not c.is_part]


def test_many_sentences_of_one_strike_are_one_event(tell):
    text = (
        "Missiles struck the centre of Harv on Tuesday, killing five people. "
        "The attack damaged a school. At least 20 people were wounded, the mayor said. "
        "Rescuers are still searching the rubble. Windows were shattered by the blast."
    )
    (event,) = tell(text).events
    assert tolls(event, "killed") == [5]
    assert tolls(event, "injured") == [20]
    assert event.time.start.date().isoformat() == "2024-03-12"


def test_strikes_on_two_cities_are_two_events(tell):
    text = (
        "A missile hit a hotel in Harv on Tuesday, killing two people. "
        "A drone struck a depot in Dobro on Tuesday, injuring seven workers."
    )
    first, second = tell(text).events
    assert (names(first), tolls(first, "killed")) == ({"Harv"}, [2])
    assert (names(second), tolls(second, "injured")) == ({"Dobro"}, [7])


def test_two_strikes_in_one_sentence_are_two_events(tell):
    text = (
        "A missile hit Harv on Tuesday, killing two, while a drone hit Dobro, injuring "
        "seven people."
    )
    first, second = tell(text).events
    assert (names(first), names(second)) == ({"Harv"}, {"Dobro"})
    assert tolls(second, "injured") == [7]


def test_strikes_on_one_city_on_two_days_are_two_events(tell):
    text = (
        "A missile struck Harv on Tuesday, killing four people. "
        "On Saturday, shelling of Harv killed nine people."
    )
    first, second = tell(text).events
    assert tolls(first, "killed") == [4]
    assert tolls(second, "killed") == [9]


def test_a_cause_after_its_effect_is_one_event(tell):
    (event,) = tell("Two people died after a rocket hit a house in Harv on Tuesday.").events
    assert names(event) == {"Harv"}
    assert tolls(event, "killed") == [2]


def test_a_nationwide_toll_is_scoped_to_the_country(tell):
    text = (
        "A wave of missile strikes across Ukraine killed 39 people on Friday. Deaths "
        "were reported in Harv and Dobro."
    )
    (event,) = tell(text).events
    assert {c.scope for c in event.claims} == {"Ukraine"}
    assert names(event) == {"Ukraine", "Harv", "Dobro"}


def test_a_citys_dead_are_part_of_a_nationwide_toll(tell):
    text = (
        "A wave of missile strikes across Ukraine killed 39 people on Friday. "
        "In Harv at least 16 people were killed."
    )
    (event,) = tell(text).events
    assert [(c.scope, c.min) for c in event.claims if c.is_part] == [("Harv", 16)]


def test_a_launch_place_is_no_target(tell):
    text = "Rockets fired from Harv Oblast hit a skating rink in Orsk on Saturday."
    (event,) = tell(text).events
    assert names(event, "launch") == {"Harv Oblast"}
    assert names(event) == {"Orsk"}


def test_interceptions_have_places_of_their_own_role(tell):
    (event,) = tell("Air defences downed 32 drones over Orsk on Saturday.").events
    assert event.sub_event_type == "Disrupted weapons use"
    assert names(event, "intercept") == {"Orsk"}
    assert tolls(event, "intercepted") == [32]


def test_a_province_and_its_city_are_one_event(tell):
    text = (
        "Orsk Oblast came under fire on Saturday. Shells hit the centre of Orsk, killing 14 people."
    )
    (event,) = tell(text).events
    assert names(event) == {"Orsk Oblast", "Orsk"}


def test_a_headline_without_a_place_belongs_to_the_story_below(tell):
    text = "Two killed as missiles hit market\n\nMissiles struck Harv on Tuesday, the mayor said."
    (event,) = tell(text).events
    assert tolls(event, "killed") == [2]


def test_the_speaker_of_a_count_is_its_claimant(tell):
    text = (
        "Missiles struck Harv on Tuesday. Governor Ivan Petrenko said five people were killed. "
        "Petrenko said 12 people were wounded. According to the ministry, six people died."
    )
    (event,) = tell(text).events
    said = {(c.measure, c.min): c.claimant for c in event.claims}
    assert said == {
        ("killed", 5): "Ivan Petrenko",
        ("injured", 12): "Ivan Petrenko",
        ("killed", 6): "ministry",
    }


def test_he_is_the_person_who_spoke_last(tell):
    text = (
        "Missiles struck Harv on Tuesday, Mayor Olena Koval said. "
        "She added that nine people were wounded."
    )
    (event,) = tell(text).events
    assert [c.claimant for c in event.claims] == ["Olena Koval"]


def test_a_quotation_over_two_sentences_has_one_speaker(tell):
    text = (
        "Missiles struck Harv on Tuesday. “Five people were killed. "
        "Twelve people were wounded,” Mayor Olena Koval said."
    )
    (event,) = tell(text).events
    assert {c.claimant for c in event.claims} == {"Olena Koval"}


def test_who_is_accused_and_by_whom(tell):
    text = "Missiles struck Harv on Tuesday. Ukraine accused Russia of the attack."
    (event,) = tell(text, actors=("Ukraine", "Russia")).events
    assert ("accused", "Russia", "Ukraine") in {(a.role, a.name, a.by) for a in event.actors}


def test_a_denial_makes_it_disputed(tell):
    text = "Missiles struck Harv on Tuesday. Russia denied responsibility for the attack."
    (event,) = tell(text, actors=("Russia",)).events
    assert ("denied", "Russia") in {(a.role, a.name) for a in event.actors}
    assert event.verification.status == "disputed"


def test_a_group_that_claims_it_is_claimed(tell):
    text = (
        "A car bomb exploded in Darsal on Tuesday. Al-Shabaab claimed responsibility for "
        "the attack."
    )
    (event,) = tell(text).events
    assert ("claimed", "Al-Shabaab") in {(a.role, a.name) for a in event.actors}


def test_no_claim_of_responsibility_is_no_claim(tell):
    text = (
        "A car bomb exploded in Darsal on Tuesday. No group has claimed responsibility "
        "for the attack."
    )
    (event,) = tell(text).events
    assert all(a.role != "claimed" for a in event.actors)


def test_debris_of_air_defence_is_a_rival_telling(tell):
    text = (
        "Explosions rocked Orsk on Saturday. The damage was caused by debris of air "
        "defence missiles, "
        "an unnamed source told the newspaper."
    )
    (event,) = tell(text).events
    assert any("air defence" in a.name for a in event.actors if a.role == "accused")


def test_what_could_not_be_verified_is_unverified_and_quoted(tell):
    text = "Missiles struck Harv on Tuesday. The reports could not be independently verified."
    (event,) = tell(text).events
    assert event.verification.status == "unverified"
    assert "verified" in event.verification.quotes[0].text


def test_a_confirmed_report_is_confirmed(tell):
    text = "Missiles struck Harv on Tuesday. Footage of the strike was verified by reporters."
    (event,) = tell(text).events
    assert event.verification.status == "confirmed"


def test_an_old_event_told_in_passing_is_a_recap(tell):
    text = (
        "Missiles struck Orsk on Tuesday, injuring two people. Windows were shattered, "
        "the mayor said. "
        "Shelling of Orsk on 1 March killed dozens and wounded 100 people."
    )
    first, second = tell(text).events
    assert not first.is_recap
    assert second.is_recap
    assert all(c.recap for c in second.claims)


def test_an_exact_and_attributed_toll_of_an_older_event_still_counts(tell):
    text = (
        "Missiles struck Orsk on Tuesday, injuring two people. Windows were shattered, "
        "the mayor said. "
        "Shelling of Orsk on 1 March killed 23 people, the ministry said."
    )
    assert not any(c.recap for c in tell(text).events[1].claims)


def test_the_same_report_read_twice_gives_the_same_events(tell):
    text = "Missiles struck Harv on Tuesday, killing five people. A drone hit Dobro on Monday."
    assert tell(text) == tell(text)


def test_an_empty_report_has_no_events(tell):
    assert tell("").events == ()


def test_a_dateline_is_no_date_of_the_event(tell):
    text = "Harv, 13 March 2024 (Agency) - Missiles struck Dobro on Monday, killing two people."
    (event,) = tell(text).events
    assert names(event) == {"Dobro"}
    assert event.time.start.date().isoformat() == "2024-03-11"


def test_russian_sentences_of_one_strike_are_one_event(tell):
    text = (
        "В результате обстрела Орска в субботу погибли 14 человек, сообщил губернатор Иван Петров. "
        "Ранены 108 человек. Повреждены 37 домов."
    )
    (event,) = tell(text).events
    assert tolls(event, "killed") == [14]
    assert tolls(event, "injured") == [108]
    assert event.claims[0].claimant == "Иван Петров"


def test_ukrainian_sentences_of_one_strike_are_one_event(tell):
    text = (
        "Росіяни обстріляли Харв у суботу. Загинули троє людей, повідомив мер Іван Коваль. "
        "Ще 12 людей поранено."
    )
    (event,) = tell(text).events
    assert tolls(event, "killed") == [3]
    assert tolls(event, "injured") == [12]

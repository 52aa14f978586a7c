"""Event, reference or actor, by grammar."""

from __future__ import annotations

import pytest

CASES = [
    # a government by its capital or country
    ("Moscow has accused its neighbour of sabotage.", "Moscow", "actor"),
    ("Kyiv has not claimed responsibility for the blast.", "Kyiv", "actor"),
    ("The talks were requested by Moscow, diplomats said.", "Moscow", "actor"),
    ("Shells were fired by Kyiv's artillery overnight.", "Kyiv", "actor"),
    ("The attack was blamed on Ukraine by the ministry.", "Ukraine", "actor"),
    ("Weapons donated to Kyiv were stored in the depot.", "Kyiv", "actor"),
    ("It came a day after Russia launched a wave of strikes.", "Russia", "actor"),
    ("There was no comment from officials in Kyiv.", "Kyiv", "actor"),
    # literal places where nothing happened
    ("Moscow, 12 March 2022 (Agency) - Deaths were reported.", "Moscow", "reference"),
    ("The mayor of Kursk said two people were killed elsewhere.", "Kursk", "reference"),
    ("The province, which borders Ukraine, was shelled.", "Ukraine", "reference"),
    ("Explosions shook Russia's Kursk at dawn.", "Russia", "reference"),
    ("The unit based in Kharkiv carried out the attack.", "Kharkiv", "reference"),
    ("The Kursk-based group said five drones were downed.", "Kursk", "reference"),
    ("He moved to Paris and opened a bakery.", "Paris", "reference"),
    # where it happened
    ("Two people were killed in Kursk on Monday.", "Kursk", "event"),
    ("Kharkiv was shelled again overnight.", "Kharkiv", "event"),
    ("Belgorod came under heavy fire at noon.", "Belgorod", "event"),
    ("The missile attack on Belgorod lasted an hour.", "Belgorod", "event"),
    ("Drones were intercepted over Moscow.", "Moscow", "event"),
]


@pytest.mark.parametrize(("sentence", "place", "role"), CASES)
def test_the_grammar_of_a_sentence_gives_the_role(find, sentence, place, role):
    mention = find(sentence, place)
    assert mention.role == role, mention.evidence


def test_members_of_a_list_share_the_setting(read):
    mentions = read("Deaths were reported in Kharkiv, Odessa and Kyiv, the ministry said.")
    places = {m.text: m.role for m in mentions if m.kind == "toponym"}
    assert places == {"Kharkiv": "event", "Odessa": "event", "Kyiv": "event"}


def test_a_demonym_of_soldiers_acts_and_one_of_a_city_only_says_where(find):
    assert find("Ukrainian forces hit a bridge near Kursk.", "Ukrainian").role == "actor"
    assert find("A Russian city came under fire.", "Russian").role == "reference"


def test_a_role_bears_its_reason(find):
    assert find("Kharkiv was shelled again overnight.", "Kharkiv").evidence == (
        "event: was shelled",
    )

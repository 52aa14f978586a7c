"""What "the city", "the region", "there" point to."""

from __future__ import annotations


def deictics(mentions):
    return {m.text: m for m in mentions if m.kind == "deictic"}


def test_the_city_points_to_the_town_named_last(read):
    text = "Shells hit Kursk at noon. Sirens sounded around the city."
    mention = deictics(read(text))["city"]
    assert mention.antecedent == text.index("Kursk")
    assert mention.type_hint == "settlement"


def test_a_city_with_its_name_points_to_nothing(read):
    assert deictics(read("Shells hit the city of Kursk at noon.")) == {}


def test_the_capital_of_the_same_name_bears_the_name_and_the_relation(read):
    text = "The Belgorod region came under fire. The regional capital of the same name was hit."
    mention = deictics(read(text))["regional capital of the same name"]
    assert mention.antecedent == text.index("Belgorod")
    assert (mention.relation, mention.type_hint, mention.names) == (
        "capital_of",
        "settlement",
        ("Belgorod",),
    )


def test_the_country_skips_towns(read):
    text = "Ukraine was attacked on Friday. In Kharkiv, as across the country, sirens sounded."
    assert deictics(read(text))["country"].antecedent == text.index("Ukraine")


def test_there_as_an_adverb_points_back_and_as_a_subject_does_not(read):
    text = "They fled to Odessa. Two people were killed there. There was no comment."
    found = [m for m in read(text) if m.kind == "deictic"]
    assert [(m.text, m.antecedent) for m in found] == [("there", text.index("Odessa"))]

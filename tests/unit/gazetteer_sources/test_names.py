import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoincidents.gazetteer.sources.declensions import adjective_forms, people_forms
from geoincidents.gazetteer.sources.handmade import english_people
from geoincidents.gazetteer.sources.names import (
    cyrillic_language,
    is_usable,
    name_key,
    script_of,
    usable_aliases,
    without_type,
)


def test_codes_transliterations_and_other_scripts_are_no_names():
    aliases = ["HRK", "ha er ke fu", "哈爾科夫", "Харків", "Charków", "bad|name"]
    assert list(usable_aliases(aliases, "Kharkiv")) == ["Харків", "Charków"]


def test_an_alias_is_kept_once_and_never_the_main_name():
    assert list(usable_aliases(["Odesa", "Odessa", "Odessa "], "Odesa")) == ["Odessa"]


@pytest.mark.parametrize(
    ("name", "country", "language"),
    [
        ("Суми", "UA", None),
        ("Київ", "UA", "uk"),
        ("Грозный", "RU", "ru"),
        ("Казань", "RU", "ru"),
        ("Магілёў", "BY", None),
    ],
)
def test_the_language_of_a_cyrillic_name_is_told_only_when_its_letters_or_country_tell(
    name, country, language
):
    assert cyrillic_language(name, country) == language


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Homyel’ Voblasc’", "Homyel’"),
        ("Province of Bologna", "Bologna"),
        ("Logan County", "Logan"),
        ("County", "County"),
        ("Departamento de Rocha", "Rocha"),
    ],
)
def test_a_type_word_is_taken_from_a_unit_but_never_its_whole_name(name, bare):
    assert without_type(name) == bare


@given(st.text(max_size=40))
def test_a_key_is_a_fixed_point_and_any_text_has_a_script(text):
    assert name_key(name_key(text)) == name_key(text)
    assert script_of(text) in {"latin", "cyrillic", "other"}
    assert is_usable(text) in {True, False}


def test_adjectives_and_peoples_come_in_their_cases():
    assert "брянской" in adjective_forms("брянский", "ru")
    assert "харківській" in adjective_forms("харківський", "uk")
    assert "россиян" in people_forms("россияне", "ru")
    assert "українцями" in people_forms("українці", "uk")


@pytest.mark.parametrize(
    ("one", "forms"),
    [
        ("Czech", ("Czech", "Czechs")),
        ("Dutch", ("Dutch",)),
        ("Sudanese", ("Sudanese",)),
        ("Frenchman", ("Frenchman", "Frenchmen")),
        ("Iraqi", ("Iraqi", "Iraqis")),
    ],
)
def test_english_peoples_have_their_plural(one, forms):
    assert english_people(one) == forms

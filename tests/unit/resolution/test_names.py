"""The forms that a written name is looked up under."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoincidents.lexicon import LANGUAGES, vocabulary
from geoincidents.resolution.names import LONGEST_SHORT, expand, read_name, tidy


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("the Gomel region", "Gomel region"),
        ("«Gomel»", "Gomel"),
        ("Gomel's", "Gomel"),
        ("Go\u200bmel", "Gomel"),
        ("New\n  Haven", "New Haven"),
        ("Mіnsk", "Minsk"),
        ("Минcк", "Минск"),
        ("   ", ""),
    ],
)
def test_a_name_is_freed_of_what_is_not_its_own(written, tidied):
    assert tidy(written) == tidied


def test_abbreviations_are_written_out():
    assert "Texas" in expand("Tex.", "en")
    assert "fort Worth" in expand("Ft. Worth", "en")
    assert "West Virginia" in expand("W. Va.", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_abbreviation_is_longer_than_what_is_looked_up_as_one(language):
    tables = vocabulary(language, "resolution")
    assert all(len(short.strip(".")) <= LONGEST_SHORT for short in tables["name"])
    assert all(len(short) <= LONGEST_SHORT for short in tables["word"])


@pytest.mark.parametrize(
    ("written", "hint", "bare"),
    [
        ("Gomel Oblast", "admin1", "Gomel"),
        ("Clay County", "admin2", "Clay"),
        ("Gomel village", "settlement", "Gomel"),
        ("city of Gomel", "settlement", "Gomel"),
        ("село Піски", "settlement", "Піски"),
        ("Гомельская область", "admin1", "Гомельская"),
    ],
)
def test_a_type_word_is_taken_off_and_kept_as_a_hint(written, hint, bare):
    reading = read_name(written, "uk" if "і" in written else "ru")
    assert reading.type_hint == hint
    assert bare in reading.bare


def test_a_part_stands_for_its_whole():
    reading = read_name("southern Bavaria")
    assert reading.is_part
    assert reading.bare[0] == "Bavaria"


def test_pieces_leave_out_words_that_tell_nothing():
    assert "Gomel" in read_name("Gomel State University").pieces
    assert "State University" not in read_name("Gomel State University").pieces


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    reading = read_name(text)
    assert all(isinstance(form, str) and form for form in reading.full)
    assert tidy(tidy(text)) == tidy(text)

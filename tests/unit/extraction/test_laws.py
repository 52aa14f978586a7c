"""Laws that hold for any text: spans slice, nothing raises, numbers stay within reason."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoincidents.extraction import extract
from geoincidents.extraction.numbers import LARGEST, find_quantities, value_of
from geoincidents.extraction.sentences import language_of, split_sentences
from geoincidents.extraction.time_words import find_times
from geoincidents.extraction.times import clock_for, interval_of
from geoincidents.model import Report

WORDS = st.sampled_from(
    [
        "killed",
        "at least",
        "39",
        "people",
        "on Friday",
        "30 February",
        ".",
        "\n",
        "“",
        "сбили",
        "двое",
        "missile",
        "a day after",
        "10^12",
        "Dec.",
        "p.m.",
        "overnight",
        "said",
        "14:99",
        "99 March 9999",
    ]
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_sentence_slices_to_its_text(text):
    for sentence in split_sentences(Report("r", text)):
        assert text[sentence.start : sentence.end] == sentence.text


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["2024-03-13", "2024-03-13T22:00:00+00:00", None, "not a date"]))
def test_any_text_is_read_without_error(text, published):
    read = extract(Report("r", text, published=published), ())
    assert read.events == ()
    assert all(text[u.start : u.end] == u.text for u in read.unread)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_quantities_are_ordered_and_within_reason(text):
    for quantity in find_quantities(text, "en"):
        low, high = quantity.min, quantity.max
        assert low is None or 0 <= low <= LARGEST
        assert low is None or high is None or low <= high


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_an_interval_ends_after_it_starts(text):
    clock = clock_for(Report("r", text, published="2024-03-13"), ZoneInfo("Europe/Kyiv"))
    found = interval_of(find_times(text, "en"), clock, "en")
    assert found is None or found.start <= found.end


@pytest.mark.parametrize(
    ("words", "language", "value"),
    [
        ("1,250", "en", 1250),
        ("one hundred and five", "en", 105),
        ("two dozen", "en", 24),
        ("двадцать четыре", "ru", 24),
        ("2 тысячи", "ru", 2000),
        ("тридцять", "uk", 30),
    ],
)
def test_numbers_in_words_and_figures(words, language, value):
    assert value_of(words, language) == value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Missiles struck the town.", "en"),
        ("Ракеты попали в дома, объявлена тревога.", "ru"),
        ("Ракети влучили в будинки, її поранено.", "uk"),
    ],
)
def test_the_language_shows_in_the_letters(text, language):
    assert language_of(Report("r", text)) == language


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He arrived on Dec. 30. She left.", 2),
        ("Gen. J. Smith spoke. Nobody came.", 2),
        ("It hit at 9 p.m. Sunday in the town.", 1),
        ("“Go,” he said. “Now.”", 2),
        ("Об этом сообщил губернатор. Есть раненые на ул. Ленина.", 2),
    ],
)
def test_abbreviations_end_no_sentence(text, count):
    assert len(split_sentences(Report("r", text))) == count

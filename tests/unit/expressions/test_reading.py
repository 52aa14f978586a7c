"""Numbers, words and forms: what the grammar is made of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoincidents.errors import OperationError
from geoincidents.expressions.forms import compile_form
from geoincidents.expressions.quantities import QuantityReader, digits, half_unit
from geoincidents.expressions.script import languages_of
from geoincidents.expressions.tokens import tokenise, tokenise_near
from geoincidents.expressions.vocabulary import spatial_vocabulary
from geoincidents.lexicon import LANGUAGES, vocabulary

PARTS = {
    *("distance", "dir", "diradj", "beside", "place", "country", "anchor", "border", "deictic"),
    *("list", "compound", "constraint", "number", "name", "types", "regional", "far"),
}


def read(text, language="en"):
    tokens = tokenise(text)
    return QuantityReader(tokens, spatial_vocabulary(language).scan(tokens)).distance(0)


@pytest.mark.parametrize(
    ("text", "language", "metres", "rounding", "qualifier"),
    [
        ("40 km", "en", 40_000, 5_000, "exact"),
        ("40km", "en", 40_000, 5_000, "exact"),
        ("40-kilometre", "en", 40_000, 5_000, "exact"),
        ("38.5 km", "en", 38_500, 50, "exact"),
        ("38,5 км", "ru", 38_500, 50, "exact"),
        ("1,200 m", "en", 1_200, 50, "exact"),
        ("about 15 miles", "en", 24_140.16, 804.672, "about"),
        ("5 nautical miles", "en", 9_260, 926, "exact"),
        ("twenty-five kilometers", "en", 25_000, 500, "exact"),
        ("one hundred and fifty km", "en", 150_000, 5_000, "exact"),
        ("two hundred km", "en", 200_000, 50_000, "exact"),
        ("more than 20 km", "en", 20_000, 5_000, "over"),
        ("up to 20 km", "en", 20_000, 5_000, "up_to"),
        ("30-40 km", "en", 35_000, 10_000, "exact"),
        ("30 km to 40 km", "en", 35_000, 10_000, "exact"),
        ("several kilometres", "en", 6_000, 3_000, "exact"),
        ("a kilometre", "en", 1_000, 500, "exact"),
        ("около двадцати пяти километров", "ru", 25_000, 500, "about"),
        ("не менее 10 километров", "ru", 10_000, 5_000, "at_least"),
        ("понад сорок кілометрів", "uk", 40_000, 5_000, "over"),
        ("півтора кілометра", "uk", 1_500, 500, "exact"),
    ],
)
def test_a_distance(text, language, metres, rounding, qualifier):
    _, quantity = read(text, language)
    assert quantity.distance_m == pytest.approx(metres)
    assert quantity.rounding_m == pytest.approx(rounding)
    assert quantity.qualifier == qualifier


@pytest.mark.parametrize("text", ["40", "km", "40 people", "north", "forty"])
def test_no_distance_without_number_and_unit(text):
    assert read(text) is None


@given(st.integers(1, 10**7))
def test_rounding_never_exceeds_half_of_the_number(value):
    assert 0 < half_unit(value) <= value / 2


@given(st.integers(0, 10**9))
def test_thousands_may_be_parted(value):
    assert digits(f"{value:,}")[0] == value


@given(st.text(max_size=200))
def test_tokens_slice_to_their_text(text):
    assert all(text[t.start : t.end] == t.text for t in tokenise(text))


@given(st.text(alphabet="ab c.\n", max_size=300), st.lists(st.integers(0, 299), max_size=4))
def test_tokens_near_a_word_are_tokens_of_the_text(text, places):
    hits = [(at, at) for at in sorted(places) if at < len(text)]
    near = [t for t in tokenise_near(text, hits, 20) if t.kind != "gap"]
    assert set(near) <= set(tokenise(text))


def test_what_lies_far_from_any_word_is_passed_over():
    text = "near A " + "x " * 200 + "near B"
    kinds = [t.kind for t in tokenise_near(text, [(0, 4), (407, 411)], 20)]
    assert "gap" in kinds
    assert len(kinds) < 60


@pytest.mark.parametrize(
    ("text", "first"),
    [("near Kyiv", "en"), ("під Києвом і Львовом", "uk"), ("рядом с городом Сумы", "ru")],
)
def test_letters_tell_the_language(text, first):
    assert languages_of(text)[0] == first


def test_a_language_given_is_believed():
    assert languages_of("near Kyiv", "ru") == ("ru",)


@pytest.mark.parametrize("form", ["(a", "a )", "( a | b", "x ( y ( z )"])
def test_a_form_with_a_bracket_amiss_is_refused(form):
    with pytest.raises(OperationError):
        compile_form(form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_use_only_classes_and_parts_that_exist(language):
    spatial = vocabulary(language, "spatial")
    tables = {f"types_{k}" for k in spatial["types"]} | {f"deictic_{k}" for k in spatial["deictic"]}
    classes = {*spatial["classes"], *tables, "poss", "types", "deictic"}
    for forms in spatial["rules"].values():
        for form in forms:
            compile_form(form)
            assert set(re.findall(r"\{(\w+)\}", form)) <= classes, form
            assert set(re.findall(r"<(?:\w+=)?(\w+)>", form)) <= PARTS, form


def test_every_language_has_the_same_relations():
    rules = {language: set(vocabulary(language, "spatial")["rules"]) for language in LANGUAGES}
    assert rules["en"] == rules["ru"] == rules["uk"]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("In the area of Norville, by the road", "en", [("area", False), ("road", False)]),
        ("The area is flat, the national team lost", "en", []),
        ("They met on the line of contact.", "en", [("contact", True)]),
        ("At 10 p.m. the FAR-OFF OUTSKIRTS burned", "en", [("OUTSKIRTS", True)]),
        ("north of\nit, north's, 20km", "en", [("north", False), ("km", False)]),
        ("в районе Норвиля", "ru", [("районе", False)]),
        ("", "en", []),
    ],
)
def test_words_that_tell_of_an_expression(text, language, words):
    spans = spatial_vocabulary(language).telltales.spans(text)
    assert [(text[start:end], alone) for start, end, alone in spans] == words

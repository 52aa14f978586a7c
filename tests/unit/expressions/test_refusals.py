"""What cannot be placed says why: never a guess, never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

REFUSED = [
    ("400,000 km north of Norville", {}, "no two places on Earth"),
    ("-5 km from Norville", {}, "negative"),
    ("minus 5 km north of Norville", {}, "negative"),
    ("the border between Southia and Eastia", {}, "share no border"),
    ("10 km from the Eastian border", {"near": "Souton"}, "share no border"),
    ("10 km north of Xyzzyville", {}, '"Xyzzyville" does not resolve'),
    ("20 30 north of Norville", {}, "without a unit"),
    ("20 north of Norville", {}, "without a unit"),
    ("near the front line", {}, "front line"),
    ("5 km from the line of contact", {}, "front line"),
    ("two hours' drive from Norville", {}, "no distance"),
    ("within 10 km of the Eastian border in Southia", {}, "share no border"),
    ("Twin, 4 km from the border between Northia and Southia", {}, "agrees"),
    ("the city centre", {}, "which settlement"),
    ("40 km from the border", {}, "which border"),
    ("between Norville and Norville", {}, "same place"),
    ("off the coast of Hill Oblast", {"near": "Nowhere"}, '"Nowhere" does not resolve'),
    ("", {}, "names no place"),
    ("   ...  ", {}, "names no place"),
    ("a" * 500, {}, "too long"),
    ("Norvile", {}, "did you mean Norville"),
    ("the capital of Eastia", {}, "not in the gazetteer"),
]


@pytest.mark.parametrize(("text", "hints", "reason"), REFUSED)
def test_it_says_what_is_wrong(where, text, hints, reason):
    result = where(text, **hints)
    assert result.chosen == ()
    assert reason in result.unresolved


WORDS = st.sampled_from(
    [
        "20",
        "-3",
        "1,000",
        "km",
        "miles",
        "of",
        "from",
        "the",
        "between",
        "and",
        "border",
        "north",
        "northern",
        "near",
        "Norville",
        "Twin",
        "Southian",
        "Hill",
        "Oblast",
        ",",
        ".",
        "'",
        "centre",
        "outskirts",
        "along",
        "inside",
        "within",
        "about",
        "to",
        "capital",
        "\x00",
        "(",
        "?",
    ]
)


@given(st.lists(WORDS, max_size=9).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_no_run_of_spatial_words_breaks_it(where, text):
    result = where(text, near="Norville")
    assert bool(result.chosen) != bool(result.unresolved)
    for location in result.chosen:
        assert location.geometry is None or location.geometry.is_valid


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_it(where, text):
    result = where(text)
    assert bool(result.chosen) != bool(result.unresolved)

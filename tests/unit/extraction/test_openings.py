"""A pattern is skipped only where it cannot match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoincidents.extraction.openings import Family, openings, openings_of
from geoincidents.extraction.patterns import all_matches, phrases, table


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("kill(ed|s)?", {"kill", "kills", "killed"}),
        ("(car|truck) bomb", {"car bo", "truck "}),
        (r"\d+ people", {"0 peop", "00 peo", "000 pe", "0000 p", "00000 ", "000000"}),
        (r"(the )?army", {"the ar", "army"}),
        ("[Ss]hot", {"shot"}),
    ],
)
def test_the_beginnings_of_a_pattern(pattern, begins):
    assert openings(pattern) == begins


@pytest.mark.parametrize("pattern", [r"\w+ed", "(very )?[^x]+", r"[\"“]quote"])
def test_a_pattern_that_begins_anyhow_is_always_tried(pattern):
    assert openings(pattern) is None


def test_a_text_knows_the_beginnings_of_its_words():
    assert {"car bo", "bombs", "0"} <= openings_of("Car\nbombs, 7")


LISTS = [
    ("en", "events", "kind", kind, key)
    for kind in table("en", "events", "kind")
    for key in ("strong", "weak")
] + [
    (language, "responses", kind, "words")
    for language in ("en", "ru", "uk")
    for kind in table(language, "responses")
]
WORDS = [
    "shelled", "Missile", "attack", "on", "the", "12", "drones", "shot", "down", "car", "bomb",
    "exploded", "evacuated", "sirens", "sounded", "обстреляли", "Сирены", "звучали", "ППО",
    "збила", "gunmen", "opened", "fire", "a", "İstanbul", "clash", "between", "air-raid", "alert",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from([" ", "  ", "\n", ", ", "-"]))
def test_skipping_loses_no_match(words, gap):
    text = gap.join(words)
    for keys in LISTS:
        found = [m.span() for m in all_matches(text, *keys)]
        assert found == [m.span() for m in phrases(*keys).finditer(text)]


def test_a_family_is_asked_only_for_what_may_match():
    family = Family([re.compile("bombs?"), re.compile(r"\w+ed"), re.compile("rocket")])
    assert family.candidates("two bombs") == [0, 1]

"""Hostile and broken text: right spans, no crash, linear time."""

from __future__ import annotations

import itertools
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoincidents.model import Report
from geoincidents.recognition import detect_language, recognise
from geoincidents.recognition.tokens import tokenise

_WORDS = "Kharkiv the city Odessa Texas Харькове В U.S. ’s said . , - שלום there MOSCOW"
WORDS = st.sampled_from([*_WORDS.split(), "\u200b", "\ud800", "🙂", "\n"])


@given(st.text(max_size=200) | st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_every_mention_is_its_span_and_none_overlap(gazetteer, text):
    mentions = recognise(Report("t", text), gazetteer)
    for m in mentions:
        assert m.text == text[m.start : m.end] != ""
    for left, right in itertools.pairwise(mentions):
        assert left.end <= right.start


@given(st.text(max_size=300))
def test_words_and_gaps_put_together_are_the_text(text):
    tokens = tokenise(text)
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    joined = "".join(g + text[a:b] for g, (a, b) in zip(tokens.gaps, spans, strict=False))
    assert joined + tokens.gaps[-1] == text


@pytest.mark.parametrize(
    "name",
    ["Kһarkiv", "Khark\u200biv", "Kharkiv\u200e", "Ｋharkiv"[1:].join(["K", ""])],
)
def test_lookalikes_and_hidden_characters_do_not_hide_a_name(read, name):
    mentions = read(f"Two people were killed in {name} on Monday.")
    assert mentions[0].names == ("Kharkiv",)
    assert mentions[0].text.startswith("K")


def test_a_text_without_words_has_no_mentions(read):
    assert read("") == read(" \r\n\t… 🙂🙂 12 ") == ()


def test_right_to_left_text_about_a_name_leaves_the_span_exact(read):
    text = "דיווח מאוקראינה: Kharkiv was shelled, אמרו."
    assert [m.text for m in read(text) if m.kind == "toponym"] == ["Kharkiv"]


@pytest.mark.parametrize(
    "unit",
    [
        "Springfield ",
        "Springfield, ",
        "the city ",
        "Харьков ",
        "A.B.",
        "aé",
        "In the city of Kharkiv there. ",
        "the towns of Abel, ",
        "In Abel-",
        "Kharkiv Times ",
        "K\u200bһarkiv ",
        "\ud800Kharkiv ",
        "שלום Kharkiv ",
        "Удар РФ по ",
    ],
)
def test_work_grows_no_faster_than_the_text(gazetteer, unit):
    """Lines of Python run stand for time: they are the same on every machine."""

    def lines_run(size: int) -> int:
        report = Report("t", unit * (size // len(unit)))
        return _lines_run(lambda: recognise(report, gazetteer))

    lines_run(2_000)
    small, large = lines_run(4_000), lines_run(16_000)
    assert large < 4 * small * 1.25


def _lines_run(job):
    """How many lines of this package a job runs, comprehensions' turns among them."""
    counted = 0

    def count(frame, event, _arg):
        nonlocal counted
        if "geoincidents" not in frame.f_code.co_filename:
            return None
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        job()
    finally:
        sys.settrace(before)
    return counted


def test_the_gazetteer_is_asked_once_for_each_name(gazetteer):
    class Counting(type(gazetteer)):
        asked = 0

        def has_name(self, name):
            self.asked += 1
            return super().has_name(name)

        def lookup(self, name, language=None):
            self.asked += 1
            return super().lookup(name, language)

    def asked(text):
        counting = Counting()
        recognise(Report("t", text), counting)
        return counting.asked

    sentence = "Shells hit Kharkiv and the city of Odessa. "
    assert 0 < asked(sentence * 400) == asked(sentence * 40)


def test_languages_are_told_apart():
    samples = {
        "en": "The shelling of the town went on for an hour and nobody was hurt.",
        "ru": "Ночью город снова попал под обстрел, сообщили власти.",
        "uk": "Уночі місто знову потрапило під обстріл, повідомили у громаді.",
        "de": "Die Stadt wurde in der Nacht wieder beschossen und ist nicht mehr zu erreichen.",
        "fr": "La ville a été touchée par des tirs dans la nuit et les secours sont sur place.",
        "und": "12 34 !!",
    }
    assert {want: detect_language(text) for want, text in samples.items()} == {
        w: w for w in samples
    }

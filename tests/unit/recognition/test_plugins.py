"""Recognisers of other projects: what they may add, and what they cannot change."""

from __future__ import annotations

import pytest

from geoincidents.errors import UsageError
from geoincidents.model import Report, Span
from geoincidents.pipeline import Hints, geoparse
from geoincidents.recognition import plugins, recognise
from geoincidents.recognition.plugins import Found, extra_spans, plugin

TEXT = "Shells hit the old ferry near Kharkiv on Monday."


def marking(words, label="LOC", score=1.0):
    """A plug-in that marks these words wherever they stand first."""

    def find(text, /):
        return [Found(text.find(words), text.find(words) + len(words), label, score)]

    return find


def test_a_plugin_adds_a_place_that_was_not_found(gazetteer):
    found = recognise(Report("t", TEXT), gazetteer, extra=[marking("old ferry")])
    assert [(m.text, m.role) for m in found] == [("old ferry", "event"), ("Kharkiv", "event")]
    assert "found by a plug-in recogniser" in found[0].evidence


@pytest.mark.parametrize(
    "other",
    [
        marking("near Kharkiv"),
        marking("Kharkiv on Monday", "GPE"),
        marking("old ferry", "PERSON"),
        marking("old ferry", "LOC", 0.2),
        lambda _text: [Found(-1, 4, "LOC"), Found(40, 4000, "LOC"), Found(5, 5, "LOC")],
    ],
)
def test_what_touches_a_mention_or_is_no_place_or_unsure_or_outside_changes_nothing(
    gazetteer, other
):
    report = Report("t", TEXT)
    assert recognise(report, gazetteer, extra=[other]) == recognise(report, gazetteer)


def test_the_first_plugin_and_the_surer_span_go_before_the_others():
    first = [Found(0, 4, "LOC", 0.6), Found(2, 8, "LOC", 0.9)]
    second = [Found(7, 12, "GPE"), Found(8, 12, "GPE", 0.7)]
    spans = extra_spans("x" * 20, [lambda _: first, lambda _: second], [(13, 20)])
    assert spans == (Span(2, 8), Span(8, 12))


def test_plugins_are_not_asked_where_the_report_brings_its_spans(gazetteer):
    report = Report("t", TEXT, mentions=(Span(30, 37),))
    found = recognise(report, gazetteer, extra=[marking("old ferry")])
    assert [m.text for m in found] == ["Kharkiv"]


def test_hints_carry_plugins_to_the_pipeline():
    found = geoparse(TEXT, hints=Hints(recognisers=(marking("old ferry"),)))
    assert "old ferry" in [m.text for m in found]


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UsageError, match="spacy, gliner, natasha"):
        plugin("nobody")


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(plugins, "import_module", missing)
    with pytest.raises(UsageError, match="pip install natasha"):
        plugin("natasha:not-cached")


class _Entity:
    start_char, end_char, label_ = 0, 6, "GPE"


def test_spacy_entities_become_spans(monkeypatch):
    class Spacy:
        @staticmethod
        def load(model):
            assert model == "some_model"
            return lambda _text: type("Doc", (), {"ents": [_Entity()]})

    monkeypatch.setattr(plugins, "import_module", lambda _name: Spacy)
    assert list(plugin("spacy:some_model")("Kherson")) == [Found(0, 6, "GPE")]


def test_gliner_entities_become_spans(monkeypatch):
    class Model:
        @staticmethod
        def from_pretrained(_name):
            return Model()

        @staticmethod
        def predict_entities(_text, _labels, threshold):
            return [{"start": 0, "end": 7, "label": "location", "score": threshold}]

    monkeypatch.setattr(plugins, "import_module", lambda _name: type("G", (), {"GLiNER": Model}))
    assert list(plugin("gliner:some_model")("Kherson")) == [Found(0, 7, "location", 0.5)]

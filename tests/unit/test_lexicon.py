"""The vocabularies, as people write them and as a wheel holds them."""

import json

import pytest

from geoincidents import lexicon


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder of vocabularies in the place of the shipped ones."""
    monkeypatch.setattr(lexicon, "data_file", lambda *_: str(tmp_path))
    (tmp_path / "en").mkdir()
    lexicon.vocabulary.cache_clear()
    yield tmp_path / "en"
    lexicon.vocabulary.cache_clear()


def test_a_vocabulary_is_read_as_it_is_written(shipped):
    (shipped / "roles.toml").write_text('[said]\nverbs = ["said"]\n')
    assert lexicon.vocabulary("en", "roles") == {"said": {"verbs": ["said"]}}


def test_what_a_wheel_holds_is_read_before_it(shipped):
    (shipped / "roles.toml").write_text("never = 'parsed")
    (shipped / "roles.json").write_text(json.dumps({"said": {"verbs": ["сказал"]}}))
    assert lexicon.vocabulary("en", "roles") == {"said": {"verbs": ["сказал"]}}


def test_a_language_without_the_topic_has_no_words_for_it(shipped):
    assert lexicon.vocabulary("en", "roles") == {}
    assert lexicon.vocabulary("xx", "roles") == {}

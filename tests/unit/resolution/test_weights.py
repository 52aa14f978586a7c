"""Weights files, calibration lines and votes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoincidents.errors import UsageError
from geoincidents.resolution.ranking import softmax
from geoincidents.resolution.weights import Weights, load_weights

LINE = ((0.0, 0.1), (0.5, 0.4), (1.0, 0.9))


@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_rises_with_the_share(low, high):
    weights = Weights({}, {}, calibration={"known": LINE})
    first, second = sorted((low, high))
    assert weights.confidence(first, "known") <= weights.confidence(second, "known") + 1e-12
    assert 0.1 <= weights.confidence(first, "known") <= 0.9


def test_the_shipped_lines_rise_and_stay_probabilities():
    weights = load_weights()
    assert set(weights.calibration) == {"bare", "known", "piece", "small"}
    for line in weights.calibration.values():
        assert list(line) == sorted(line)
        assert all(0 <= y <= 1 for _, y in line)


def test_a_piece_of_a_name_is_less_sure_than_the_whole():
    weights = load_weights()
    assert weights.confidence(0.999, "piece") < weights.confidence(0.999, "known") - 0.2


def test_the_shipped_weights_carry_the_record_of_their_training():
    from geoincidents.data import data_path

    table = json.loads(data_path("gazetteer", "models", "resolution.json").read_text("utf-8"))
    assert table["training"]["corpora"]
    assert table["training"]["right, five folds over documents"]


def test_a_file_of_several_rooms_gives_its_part(tmp_path):
    part = {"first": {"people": 2}, "second": {}, "hints": {}, "calibration": {}}
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"recognition": {}, "resolution": part}))
    assert load_weights(path).first == {"people": 2.0}


def test_a_file_without_them_leaves_the_shipped_ones(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text('{"recognition": {}}')
    assert load_weights(path) is load_weights()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"first": 1, "second": 2}'])
def test_a_damaged_file_is_told_in_one_sentence(tmp_path, content):
    path = tmp_path / "weights.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="no file of resolution weights"):
        load_weights(path)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_shares_sum_to_one(scores):
    assert sum(softmax(scores)) == pytest.approx(1)

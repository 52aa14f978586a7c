"""A record of another form is refused as it is read, never as it is written again."""

from __future__ import annotations

import copy
import json

import pytest

from geoincidents.exports import write
from geoincidents.model import IncidentCollection
from geoincidents.records import collection_record
from geoincidents.reports import Source
from geoincidents.reports.reading import read_stream
from tests.builders import collection, incident

RECORD = json.loads(
    json.dumps(
        collection_record(
            collection(incident(flags=("a",), former_ids=("b",), merged_because=("c",)))
        )
    )
)


def places(value, path=()):
    """Every place in the record where another value could stand; the first item of each list."""
    if path and "coordinates" not in path[:-1]:
        yield path
    inner = value.items() if isinstance(value, dict) else ()
    inner = list(enumerate(value))[:1] if isinstance(value, list) else inner
    for key, item in inner:
        yield from places(item, (*path, key))


@pytest.mark.parametrize(
    "wrong", [None, 7, -1e300, "x", [[]], {"a": [1]}], ids=["null", "7", "huge", "x", "[[]]", "{}"]
)
def test_what_is_taken_can_be_written(tmp_path, wrong):
    for path in places(RECORD):
        record = copy.deepcopy(RECORD)
        inside = record
        for key in path[:-1]:
            inside = inside[key]
        inside[path[-1]] = wrong
        for item in read_stream(Source.of(json.dumps(record).encode(), "a.json")):
            if isinstance(item, IncidentCollection):
                write(item, tmp_path / "a.geojson")
                write(item, tmp_path / "a.json")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("event_type", 7, "event_type is no text"),
        ("weapons", "drone", "weapons is no list of texts"),
        ("confidence", "high", "confidence is no number"),
        ("claims", [7], "claims is no list of objects"),
        ("time_precision", "decade", "none of hour, day, 2-6days, week, month, year"),
        ("time_start", "soon", "Invalid isoformat"),
    ],
)
def test_the_field_is_named(field, value, words):
    record = copy.deepcopy(RECORD)
    record["incidents"][0][field] = value
    (problem,) = read_stream(Source.of(json.dumps(record).encode(), "a.json"))
    assert words in problem.sentence

"""The five seed reports, read from text to incidents, told as the hand-made gold tells them."""

from __future__ import annotations

import json
import sys

import pytest

from geoincidents.care import publish_with_care
from geoincidents.gazetteer import open_gazetteer
from geoincidents.linking import link
from geoincidents.pipeline import find_incidents
from geoincidents.records import collection_record

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def collection(shared):
    return find_incidents(shared / "seeds")


@pytest.fixture(scope="module")
def incident_ok(shared):
    sys.path.insert(0, str(shared / "tools"))
    try:
        from score_seeds import incident_ok
    finally:
        sys.path.pop(0)
    return incident_ok


def test_the_gold_incidents_are_whole_and_nothing_is_told_beside_them(
    shared, collection, incident_ok
):
    golds = json.loads((shared / "gold" / "incidents.json").read_text())
    told = collection_record(collection)["incidents"]
    assert [(gold["id"], incident_ok(gold, told)[1]) for gold in golds] == [
        (gold["id"], []) for gold in golds
    ]
    assert len(told) == len(golds)


def test_care_by_default_leaves_them_whole(shared, collection, incident_ok):
    golds = json.loads((shared / "gold" / "incidents.json").read_text())
    published = publish_with_care(collection, open_gazetteer())
    told = collection_record(published)["incidents"]
    assert all(not incident_ok(gold, told)[1] for gold in golds)


def test_reports_that_come_one_by_one_lead_to_the_same_incidents(shared, collection):
    known = ()
    for report in collection.reports:
        news = find_incidents([report])
        known = link((), known=[*known, *news.incidents])
    assert sorted(sorted(i.reports) for i in known) == sorted(
        sorted(i.reports) for i in collection.incidents
    )

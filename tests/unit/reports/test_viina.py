"""VIINA's tables, by the columns of its codebook: events, headlines, labels."""

from __future__ import annotations

import csv

import pytest

from geoincidents.cli import main
from geoincidents.reports import read_reports

PLACE = {
    "geonameid": "692194",
    "feature_code": "PPLA",
    "asciiname": "Sumy",
    "ADM1_NAME": "Sumy",
    "ADM1_CODE": "2621",
    "ADM2_NAME": "Sums'kyi",
    "ADM2_CODE": "15800",
    "longitude": "34.79906",
    "latitude": "50.91741",
    "GEO_PRECISION": "ADM3",
}
LABELS = dict.fromkeys(
    (
        *("t_mil_b", "a_rus_b", "a_ukr_b", "a_rus_init_b", "a_ukr_init_b", "a_civ_b", "a_other_b"),
        *("t_aad_b", "t_airstrike_b", "t_airalert_b", "t_uav_b", "t_armor_b", "t_arrest_b"),
        *("t_artillery_b", "t_control_b", "t_firefight_b", "t_ied_b", "t_raid_b", "t_property_b"),
        *("t_hospital_b", "t_milcas_b", "t_civcas_b", "t_loc_b", "t_san_b"),
    ),
    "0",
)
DAY = {
    "viina_version": "bert_1",
    "event_id_1pd": "77",
    "date": "20240203",
    "n_reports": "2",
    "event_ids": "101, 102",
    "sources": "one, two",
    **PLACE,
    **LABELS,
}
INFO = {
    "viina_version": "bert_1",
    "event_id": "101",
    "event_id_1pd": "77",
    "date": "20240203",
    "time": "10:15",
    **PLACE,
    "GEO_API": "OSM",
    "location": "1",
    "address": "Sumy",
    "report_id": "9",
    "source": "one",
    "url": "https://news.example.org/9",
    "text": "Уночі дрони вдарили по Сумах, горів склад.",
    "lang": "ua",
}


def table(folder, *rows):
    path = folder / "viina.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def event(folder, **cells):
    (found,) = read_reports(table(folder, DAY | {"t_mil_b": "1"} | cells)).collections
    return found


def test_a_labelled_day_is_an_incident_with_its_place_and_its_reports(tmp_path):
    found = event(tmp_path, t_uav_b="1", a_rus_init_b="1")
    (item,) = found.incidents
    assert (item.id, item.sub_event_type) == ("viina:77", "Air/drone strike")
    assert item.time.start.date().isoformat() == "2024-02-03"
    assert item.weapons == ("drone",)
    assert [(a.role, a.name) for a in item.actors] == [("accused", "Russian forces")]
    place = item.locations[0].location
    assert (place.name, place.precision, place.country) == ("Sumy", "settlement", "UA")
    assert (place.lat, place.lon, place.feature_id) == (50.91741, 34.79906, "geonames:692194")
    # One point in ten is wrong.
    assert place.confidence == 0.9
    assert [(r.id, r.publisher) for r in found.reports] == [
        ("viina:101", "one"),
        ("viina:102", "two"),
    ]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("t_artillery_b", "Shelling/artillery/missile attack"),
        ("t_ied_b", "Remote explosive/landmine/IED"),
        ("t_firefight_b", "Armed clash"),
        ("t_aad_b", "Disrupted weapons use"),
        ("t_arrest_b", "Arrests"),
        ("t_property_b", "Looting/property destruction"),
        ("t_loc_b", "Other"),
    ],
)
def test_the_label_tells_the_kind(tmp_path, label, kind):
    assert event(tmp_path, **{label: "1"}).incidents[0].sub_event_type == kind


def test_the_place_of_a_province_is_no_town(tmp_path):
    place = event(tmp_path, GEO_PRECISION="ADM1").incidents[0].locations[0].location
    assert (place.name, place.precision, place.feature_id) == ("Sumy", "admin1", None)
    assert place.uncertainty_m > 100_000


def test_what_is_not_of_the_war_is_counted_and_said(tmp_path):
    read = read_reports(table(tmp_path, DAY, DAY | {"event_id_1pd": "78", "t_mil_b": "1"}))
    assert [i.id for i in read.collections[0].incidents] == ["viina:78"]
    assert "1 rows are not labelled" in read.notices[0].sentence


@pytest.mark.parametrize("cells", [{"date": "2024023"}, {"latitude": ""}, {"longitude": "x"}])
def test_a_row_without_a_day_or_a_place_is_named(tmp_path, cells):
    read = read_reports(table(tmp_path, DAY | {"t_mil_b": "1"} | cells))
    assert "row 2" in read.problems[0].sentence


def test_headlines_are_reports_each_article_once(tmp_path):
    again = INFO | {"event_id": "102", "location": "2"}
    midnight = INFO | {"event_id": "103", "report_id": "10", "time": "00:00", "text": "Тиша."}
    read = read_reports(table(tmp_path, INFO, again, midnight))
    first, second = read.reports
    assert (first.id, first.text, first.language) == ("viina:9", INFO["text"], "uk")
    assert (first.url, first.publisher) == ("https://news.example.org/9", "one")
    assert first.published == "2024-02-03T10:15:00"
    assert second.published == "2024-02-03"


def test_headlines_joined_with_their_labels_are_incidents_with_words(tmp_path):
    joined = INFO | LABELS | {"t_mil_b": "1", "t_uav_b": "1"}
    (found,) = read_reports(table(tmp_path, joined)).collections
    assert found.incidents[0].sources[0].text == INFO["text"]
    assert found.incidents[0].reports == ("viina:9",)


def test_labels_alone_are_refused_with_what_to_give(tmp_path):
    bare = {"event_id": "101", "geonameid": "1", "date": "20240203", **LABELS}
    (problem,) = read_reports(table(tmp_path, bare)).problems
    assert "give event_1pd" in problem.sentence


def test_the_commands_take_both(tmp_path):
    table(tmp_path, DAY | {"t_mil_b": "1", "t_artillery_b": "1"})
    assert main(["export", str(tmp_path / "viina.csv"), "-o", str(tmp_path / "a.geojson")]) == 0
    table(tmp_path, INFO)
    assert main(["export", str(tmp_path / "viina.csv"), "-o", str(tmp_path / "b.geojson")]) == 0
    assert "Sumy" in (tmp_path / "b.geojson").read_text(encoding="utf-8")


@pytest.mark.shared
def test_the_headlines_of_the_shared_corpus_are_read(shared):
    read = read_reports(shared / "corpora" / "viina_texts.ndjson")
    assert len(read.reports) == 1463
    assert all(report.published for report in read.reports)
    assert "'date' as published" in read.notices[0].sentence

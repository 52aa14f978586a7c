"""Tables come back as they were read, cell for cell and byte for byte."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from geoincidents.model import Estimate, IncidentCollection
from geoincidents.records import collection_from_record, collection_record
from geoincidents.tables import (
    read_acled,
    read_table,
    read_ucdp,
    schema,
    schema_of,
    write_acled,
    write_ucdp,
)

ACLED = {
    "event_id_cnty": "UKR1",
    "event_date": "2024-05-04",
    "year": "2024.0",
    "time_precision": "1.0",
    "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Military Forces of Russia (2000-)",
    "actor2": "Civilians (Ukraine)",
    "iso": "804.0",
    "region": "Europe",
    "country": "Ukraine",
    "admin1": "Sumy",
    "admin2": "Sumskyi",
    "location": "Stepanivka",
    "latitude": "50.9300",
    "longitude": "34.6700",
    "geo_precision": "2.0",
    "source": "A Regional Paper; The Ministry",
    "notes": 'Shells fell near the village, "a first", people said.\nNobody was hurt.',
    "fatalities": "0.0",
    "timestamp": "1714900000.0",
}
UCDP = {
    "id": "77.0",
    "year": "2015.0",
    "type_of_violence": "3.0",
    "side_a": "Side One",
    "side_b": "Civilians",
    "source_article": '"Paper,2015-01-02,Head, line"',
    "source_office": "Paper",
    "source_date": "2015-01-02",
    "source_headline": "Head, line",
    "source_original": "police",
    "where_prec": "4.0",
    "where_coordinates": "Sumy province",
    "adm_1": "Sumy province",
    "latitude": "51.000000",
    "longitude": "34.000000",
    "geom_wkt": "POINT (34.000000 51.000000)",
    "priogrid_gid": "203469",
    "country": "Ukraine",
    "country_id": "369",
    "region": "Europe",
    "date_prec": "2.0",
    "date_start": "2015-01-01 00:00:00.000",
    "date_end": "2015-01-03 00:00:00.000",
    "deaths_civilians": "3.0",
    "best": "5.0",
    "high": "9.0",
    "low": "3.0",
}
READ = {"acled": read_acled, "ucdp": read_ucdp}
WRITE = {"acled": write_acled, "ucdp": write_ucdp}
ROWS = {"acled": ACLED, "ucdp": UCDP}


def as_csv(name, *rows, more=(), newline="\n"):
    stream = io.StringIO(newline="")
    header = [*schema(name)["columns"], *more]
    table = csv.DictWriter(stream, header, restval="", lineterminator=newline)
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue().encode()


def written(collection, name):
    stream = io.StringIO(newline="")
    WRITE[name](collection, stream)
    return stream.getvalue()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "name", "rows"),
    [
        ("acled_sample.csv", "acled", 326),
        ("ucdp_ged_sample.csv", "ucdp", 1000),
        ("ucdp_ukraine.csv", "ucdp", 605),
    ],
)
def test_the_shared_tables_come_back_byte_for_byte(shared, file, name, rows):
    path = shared / "corpora" / file
    collection = READ[name](path)
    assert len(collection.incidents) == rows
    assert written(collection, name).encode() == path.read_bytes()


@pytest.mark.parametrize("name", ["acled", "ucdp"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_unknown_columns_and_line_ends_are_kept(name, newline):
    data = as_csv(
        name, ROWS[name] | {"coder": "ж\u2028x"}, ROWS[name], more=["coder"], newline=newline
    )
    assert written(read_table(data, "t.csv"), name).encode() == data


@pytest.mark.parametrize("name", ["acled", "ucdp"])
def test_the_round_trip_holds_through_a_json_export(name):
    data = as_csv(name, ROWS[name] | {"zz": "1", "aa": "2"}, more=["zz", "aa"])
    collection = collection_from_record(collection_record(read_table(data, "t.csv")))
    assert written(collection, name).encode() == data


@pytest.mark.parametrize("name", ["acled", "ucdp"])
def test_only_the_cells_that_changed_change(name):
    collection = read_table(as_csv(name, ROWS[name]), "t.csv")
    (incident,) = collection.incidents
    worse = replace(incident, estimates={"killed": Estimate(11, 12, 13)})
    text = written(replace(collection, incidents=(worse,)), name)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    changed = {key for key, cell in row.items() if cell != ROWS[name].get(key, "")}
    assert changed == ({"fatalities"} if name == "acled" else {"best", "low", "high"})


def test_acled_codes_read_as_our_precisions():
    found = {}
    for geo, time in (("1", "1"), ("2.0", "2.0"), ("3", "3")):
        row = ACLED | {"geo_precision": geo, "time_precision": time}
        (incident,) = read_table(as_csv("acled", row), "t.csv").incidents
        found[geo] = (incident.locations[0].location.precision, incident.time.precision)
    assert found == {
        "1": ("settlement", "day"),
        "2.0": ("vicinity", "week"),
        "3": ("admin1", "month"),
    }


@pytest.mark.parametrize(
    ("where_prec", "precision"),
    [
        ("1", "settlement"),
        ("2", "vicinity"),
        ("3", "admin2"),
        ("4", "admin1"),
        ("5", "region"),
        ("6", "country"),
        ("7", "sea"),
    ],
)
def test_ucdp_where_prec_reads_as_our_precision_and_back(where_prec, precision):
    collection = read_table(as_csv("ucdp", UCDP | {"where_prec": where_prec}), "t.csv")
    (incident,) = collection.incidents
    assert incident.locations[0].location.precision == precision
    bare = replace(collection, incidents=(replace(incident, extra={}),))
    (row,) = csv.DictReader(io.StringIO(written(bare, "ucdp")))
    assert row["where_prec"] == where_prec


@pytest.mark.parametrize(
    ("date_prec", "precision"),
    [("1", "day"), ("2", "2-6days"), ("3", "week"), ("4", "month"), ("5", "year")],
)
def test_ucdp_date_prec_reads_as_our_time_precision_and_back(date_prec, precision):
    collection = read_table(as_csv("ucdp", UCDP | {"date_prec": date_prec}), "t.csv")
    (incident,) = collection.incidents
    assert incident.time.precision == precision
    bare = replace(collection, incidents=(replace(incident, extra={}),))
    (row,) = csv.DictReader(io.StringIO(written(bare, "ucdp")))
    assert (row["date_prec"], row["date_start"], row["date_end"]) == (
        date_prec,
        "2015-01-01",
        "2015-01-03",
    )


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [
        ("site", "1", "1"),
        ("neighbourhood", "1", "1"),
        ("settlement", "1", "1"),
        ("vicinity", "2", "2"),
        ("admin2", "2", "3"),
        ("admin1", "3", "4"),
        ("region", "3", "5"),
        ("country", "3", "6"),
        ("sea", "3", "7"),
    ],
)
def test_every_precision_of_ours_has_its_codes(precision, acled, ucdp):
    (incident,) = read_table(as_csv("acled", ACLED), "t.csv").incidents
    (place,) = incident.locations
    place = replace(place, location=replace(place.location, precision=precision))
    collection = IncidentCollection((replace(incident, locations=(place,), extra={}),), ())
    (first,) = csv.DictReader(io.StringIO(written(collection, "acled")))
    (second,) = csv.DictReader(io.StringIO(written(collection, "ucdp")))
    assert (first["geo_precision"], second["where_prec"]) == (acled, ucdp)


def test_a_row_becomes_an_incident_with_claim_actors_and_report():
    collection = read_table(as_csv("ucdp", UCDP), "t.csv")
    (incident,), (report,) = collection.incidents, collection.reports
    assert incident.id == report.id == "ucdp:77"
    assert incident.estimates == {"killed": Estimate(3, 5, 9)}
    assert (incident.event_type, incident.sub_event_type) == (
        "Violence against civilians",
        "Attack",
    )
    assert {(a.role, a.name, a.by) for a in incident.actors} == {
        ("accused", "Side One", "police"),
        ("target", "Civilians", "police"),
    }
    assert [(c.subject, c.max) for c in incident.claims if c.is_part] == [("civilians", 3)]
    assert report.published == "2015-01-02"
    assert incident.locations[0].location.country == "UA"


def test_a_row_of_one_table_is_written_as_the_other():
    collection = read_table(as_csv("acled", ACLED), "t.csv")
    (row,) = csv.DictReader(io.StringIO(written(collection, "ucdp"), newline=""))
    assert len(row) == 49
    assert row["country_id"] == "369"
    assert row["priogrid_gid"] == "202750"
    assert row["geom_wkt"] == "POINT (34.67 50.93)"
    assert row["where_prec"] == "2"
    assert row["type_of_violence"] == "1"
    assert row["best"] == "0"


def test_an_incident_from_reports_fills_what_acled_asks():
    collection = read_table(as_csv("ucdp", UCDP), "t.csv")
    (row,) = csv.DictReader(io.StringIO(written(collection, "acled"), newline=""))
    assert len(row) == 31
    assert (row["iso"], row["region"], row["country"]) == ("804", "Europe", "Ukraine")
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2015-01-01", "2015", "2")
    assert row["fatalities"] == "3"
    assert row["disorder_type"] == "Political violence"
    assert row["source"] == "Paper"


def test_an_incident_without_place_time_or_toll_still_has_a_row():
    (incident,) = read_table(as_csv("acled", ACLED), "t.csv").incidents
    bare = replace(incident, locations=(), time=None, estimates={}, extra={}, actors=())
    for name in ("acled", "ucdp"):
        (row,) = csv.DictReader(io.StringIO(written(IncidentCollection((bare,), ()), name)))
        assert row["latitude"] == ""


def test_rows_keep_their_order_whatever_order_incidents_come_in():
    rows = [ACLED | {"event_id_cnty": f"UKR{n}"} for n in range(12)]
    data = as_csv("acled", *rows)
    collection = read_table(data, "t.csv")
    turned = replace(collection, incidents=collection.incidents[::-1])
    assert written(turned, "acled").encode() == data


def test_rows_that_share_an_id_stay_two_incidents():
    data = as_csv("acled", ACLED, ACLED | {"fatalities": "4"})
    collection = read_table(data, "t.csv")
    assert len({incident.id for incident in collection.incidents}) == 2
    assert written(collection, "acled").encode() == data


@pytest.mark.parametrize(
    "marks",
    [
        {"table:columns": "not JSON", "table:newline": "\0", "table:row": "x"},
        {"table:columns": "3", "table:row": "²"},
        {"table:schema": "acled"},
    ],
)
def test_marks_that_were_tampered_with_do_no_harm(marks):
    collection = read_table(as_csv("acled", ACLED), "t.csv")
    (incident,) = collection.incidents
    odd = replace(incident, extra=incident.extra | marks)
    (row,) = csv.DictReader(
        io.StringIO(written(replace(collection, incidents=(odd,)), "acled"), newline="")
    )
    assert row["event_id_cnty"] == "UKR1"


def test_rows_of_two_files_share_a_header_that_has_all_their_columns():
    one = read_table(as_csv("acled", ACLED | {"mine": "a"}, more=["mine"]), "1.csv")
    two = read_table(as_csv("acled", ACLED | {"yours": "b"}, more=["yours"]), "2.csv")
    both = IncidentCollection(one.incidents + two.incidents, ())
    rows = list(csv.DictReader(io.StringIO(written(both, "acled"), newline="")))
    assert [(r["mine"], r["yours"]) for r in rows] == [("a", ""), ("", "b")]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (schema("acled")["columns"], "acled"),
        (schema("ucdp")["columns"], "ucdp"),
        (["id", "text"], None),
    ],
)
def test_a_header_tells_its_table(header, name):
    assert schema_of(header) == name

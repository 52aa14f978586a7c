"""Every format of reports: what its metadata becomes, and what is refused."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from geoincidents.errors import ReportError
from geoincidents.exports import write
from geoincidents.reports import Source, read_reports
from geoincidents.reports.geojson_rules import parse_geojson
from geoincidents.reports.reading import read_stream
from tests.builders import collection, incident

PAGE = """<!doctype html><html lang="en"><head><title>Night raid on the port | The Sample</title>
<meta property="og:site_name" content="The Sample">
<meta property="article:published_time" content="2024-02-03T10:15:00+02:00"></head>
<body><nav>Home News Sport</nav><article><h1>Night raid on the port</h1>
<p>Drones struck the port of Odesa overnight, and a grain store burned until the morning.</p>
<p>Nobody was hurt, the regional administration said, and the fire was put out by eight o'clock.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Sample</title>
<item><title>Sirens in Sumy</title><link>https://example.org/1</link>
<description>&lt;p&gt;Sirens sounded &lt;b&gt;twice&lt;/b&gt;.&lt;/p&gt;</description>
<pubDate>Sat, 03 Feb 2024 08:00:00 +0200</pubDate></item></channel></rss>"""


def write_file(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_gives_its_article_and_the_time_of_its_publication(tmp_path):
    (report,) = read_reports(write_file(tmp_path, "p.html", PAGE)).reports
    assert "port of Odesa" in report.text
    assert "Subscribe" not in report.text
    assert report.published == "2024-02-03T10:15:00+02:00"
    assert report.publisher == "The Sample"


def test_a_feed_gives_a_report_an_entry_without_tags(tmp_path):
    (report,) = read_reports(write_file(tmp_path, "f.xml", FEED)).reports
    assert report.text == "Sirens in Sumy\n\nSirens sounded twice."
    assert report.published == "2024-02-03T06:00:00+00:00"
    assert report.url == "https://example.org/1"


def test_a_feed_with_entities_of_its_own_is_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>'
    (problem,) = read_reports(write_file(tmp_path, "f.xml", bomb)).problems
    assert "entities" in problem.sentence


def test_a_telegram_export_gives_a_report_a_message(tmp_path):
    messages = [
        {"id": 1, "type": "service", "date": "2024-02-03T10:00:00"},
        {"id": 2, "type": "message", "date": "2024-02-03T12:00:00", "date_unixtime": "1706954400",
         "text": ["Тревога в ", {"type": "bold", "text": "Сумах"}]},
    ]  # fmt: skip
    export = json.dumps({"name": "Канал", "id": 7, "messages": messages})
    (report,) = read_reports(write_file(tmp_path, "result.json", export)).reports
    assert report.text == "Тревога в Сумах"
    assert report.published == "2024-02-03T10:00:00+00:00"
    assert (report.id, report.publisher) == ("7-2", "Канал")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_table_of_reports_is_read_by_its_heads(tmp_path, suffix):
    frame = pd.DataFrame(
        {"Headline": ["Raid"], "Body": ["Shells hit Sumy."], "Date": ["2024-02-03"], "Link": ["u"]}
    )
    path = tmp_path / f"t.{suffix}"
    {"csv": frame.to_csv, "xlsx": frame.to_excel, "parquet": frame.to_parquet}[suffix](
        path, index=False
    )
    (report,) = read_reports(path).reports
    assert (report.text, report.title, report.published) == (
        "Shells hit Sumy.",
        "Raid",
        "2024-02-03",
    )


def test_a_table_without_text_says_which_heads_it_looks_for(tmp_path):
    (problem,) = read_reports(write_file(tmp_path, "t.csv", "a,b\n1,2\n")).problems
    assert "no column holds the reports' text" in problem.sentence


@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl", "a.csv", "a.xlsx", "a.parquet"])
def test_incidents_come_back_from_a_flat_export(tmp_path, name):
    made = collection(incident("gi-1"), replace(incident("gi-2"), time=None))
    write(made, tmp_path / name)
    (back,) = read_reports(tmp_path / name).collections
    assert [i.id for i in back.incidents] == ["gi-1", "gi-2"]
    first, second = back.incidents
    assert first.time.start == incident().time.start
    assert second.time is None
    assert first.estimates == incident().estimates
    assert first.weapons == ("drone",)
    assert (first.locations[0].location.lat, first.locations[0].location.lon) == (49.5, 36.5)


def test_an_archive_that_unpacks_to_far_more_than_it_is_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/big.xml", b"0" * 300_000_000)
    (problem,) = read_reports(tmp_path / "b.xlsx").problems
    assert "refused" in problem.sentence


def _verdict(path):
    try:
        parsed = parse_geojson(path.read_text(encoding="utf-8"), path.name)
    except ReportError:
        return "refused"
    return "refused" if parsed.refused else "advised" if parsed.advised else "taken"


@pytest.mark.shared
def test_good_geojson_is_accepted_and_bad_is_never_taken_in_silence(shared):
    good = [_verdict(p) for p in sorted((shared / "fixtures/geojson/good").iterdir())]
    bad = [_verdict(p) for p in sorted((shared / "fixtures/geojson/bad").iterdir())]
    assert len(good) == 35
    assert "refused" not in good
    assert len(bad) == 86
    assert "taken" not in bad


@pytest.mark.shared
def test_no_json_breaks_the_parser(shared):
    folder = shared / "fixtures/json_test_suite"
    files = sorted(folder.rglob("*.json"))
    assert len(files) > 300
    for path in files:
        for name in (f"{path.name}", f"{path.name}.geojson", f"{path.name}.ndjson"):
            list(read_stream(Source.of(path.read_bytes(), name)))

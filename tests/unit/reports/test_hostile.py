"""Files that mean harm: each is refused or read in part, in one sentence, and nothing runs."""

from __future__ import annotations

import http.server
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from contextlib import closing

import pytest

from geoincidents.exports import write
from geoincidents.reports import Source, read_reports
from geoincidents.reports.reading import read_stream
from geoincidents.reports.registry import Problem
from tests.builders import collection, incident

GEO = ["a.gpkg", "a.fgb", "a.kml", "a.shp.zip", "a.geojson", "a.geojsonl", "a.parquet", "a.xlsx"]
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="incidents"><SrcDataSource>{address}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)


def said(path):
    read = read_reports(path)
    assert read.collections == ()
    assert read.reports == ()
    (problem,) = read.problems
    assert problem.sentence.count("\n") == 0
    return problem.sentence


@pytest.fixture
def listener():
    """A server on this machine that notes whoever asks it for anything."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 - the name that the library looks for

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.mark.parametrize("name", GEO)
def test_a_file_that_names_others_is_not_followed(tmp_path, listener, name):
    address, asked = listener
    path = tmp_path / name
    for source in (f"/vsicurl/{address}/x.geojson", f"{address}/x", "/etc/passwd"):
        path.write_text(VRT.format(address=source), encoding="utf-8")
        assert "root:" not in said(path)
    assert asked == []


def test_reading_loads_no_gdal(tmp_path):
    """What is not loaded cannot guess."""
    for name in GEO:
        write(collection(), tmp_path / name)
    code = (
        "import sys; from geoincidents.reports import read_reports\n"
        f"found = read_reports({str(tmp_path)!r})\n"
        "assert len(found.collections) == 8, found.problems\n"
        "sys.exit(any(m.split('.')[0] in ('pyogrio', 'fiona', 'osgeo') for m in sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("path", ["/vsicurl/http://127.0.0.1/a.gpkg", "http://127.0.0.1/a.fgb"])
def test_an_address_is_no_file(path):
    from geoincidents.errors import UsageError

    with pytest.raises(UsageError, match="no such file"):
        read_reports(path)


@pytest.mark.parametrize("name", [*GEO, "a.csv", "a.json"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_short_never_breaks_the_reader(tmp_path, name, share):
    write(collection(*(incident(f"gi-{n}") for n in range(50))), tmp_path / name)
    data = (tmp_path / name).read_bytes()
    found = list(read_stream(Source.of(data[: int(len(data) * share)], name)))
    assert any(isinstance(item, Problem) for item in found) or name == "a.csv"


@pytest.mark.parametrize("name", [*GEO, "a.csv", "a.json"])
def test_flipped_bytes_never_break_the_reader(tmp_path, name):
    import random

    write(collection(incident("gi-1"), incident("gi-2")), tmp_path / name)
    data = (tmp_path / name).read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        spoilt = bytearray(data)
        for _ in range(chance.choice([1, 4, 30])):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        list(read_stream(Source.of(bytes(spoilt), name)))


# GeoPackage -------------------------------------------------------------------------------------


def spoilt_geopackage(folder, *statements):
    path = folder / "a.gpkg"
    write(collection(), path)
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


DROP = "DROP TABLE incidents"
COLUMNS = (
    "'x' AS id, 'e' AS event_type, 's' AS sub_event_type, '' AS time_start, 'u' AS verification"
)


@pytest.mark.parametrize(
    "view",
    [
        f"SELECT {COLUMNS}, load_extension('/tmp/evil.so') AS geom",
        f"SELECT {COLUMNS}, readfile('/etc/passwd') AS geom",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        f"SELECT {COLUMNS}, i AS geom FROM n",
    ],
)
def test_a_view_in_place_of_a_layer_is_never_run(tmp_path, view):
    path = spoilt_geopackage(tmp_path, DROP, f"CREATE VIEW incidents AS {view}")
    assert "holds no layer of incidents" in said(path)


def test_a_virtual_table_in_place_of_a_layer_is_never_read(tmp_path):
    path = spoilt_geopackage(
        tmp_path,
        DROP,
        "CREATE VIRTUAL TABLE incidents USING fts4"
        "(id, event_type, sub_event_type, time_start, verification)",
        "INSERT INTO incidents VALUES ('x', 'e', 's', '', 'u')",
    )
    assert "holds no layer of incidents" in said(path)


def test_a_generated_column_that_calls_a_function_is_refused(tmp_path):
    path = spoilt_geopackage(
        tmp_path,
        DROP,
        "CREATE TABLE incidents (id TEXT, event_type TEXT, sub_event_type TEXT, time_start TEXT, "
        "verification TEXT, bomb AS (length(hex(zeroblob(100000000)))))",
        "INSERT INTO incidents VALUES ('x', 'e', 's', '', 'u')",
    )
    assert "unsafe" in said(path)


def test_triggers_do_not_run_and_the_file_is_not_touched(tmp_path):
    path = spoilt_geopackage(
        tmp_path,
        "CREATE TRIGGER t AFTER INSERT ON claims BEGIN DELETE FROM incidents; END",
    )
    before = path.read_bytes()
    path.chmod(stat.S_IRUSR)
    assert len(read_reports(path).collections[0].incidents) == 1
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.gpkg"]


def test_names_of_tables_are_names_and_no_sql(tmp_path):
    name = 'in"; DROP TABLE claims; --'
    quoted = '"' + name.replace('"', '""') + '"'
    path = spoilt_geopackage(tmp_path, f"CREATE TABLE {quoted} AS SELECT * FROM incidents", DROP)
    (found,) = read_reports(path).collections
    assert len(found.incidents[0].claims) == 2


def test_geometry_in_another_system_is_refused_and_not_misplaced(tmp_path):
    path = tmp_path / "a.gpkg"
    import geopandas

    write(collection(), path)
    frame = geopandas.read_file(path, layer="incidents").to_crs(3857)
    path.unlink()
    frame.to_file(path, layer="incidents")
    assert "EPSG:4326" in said(path)


# Zips -------------------------------------------------------------------------------------------


def zipped(path, members, **more):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data, **more)
    return path


@pytest.mark.parametrize("name", ["a.shp.zip", "a.xlsx"])
@pytest.mark.parametrize(
    "member", ["../../x.shp", "/etc/x.shp", "C:\\x.shp", "a/../../x.shp", "..\\x.shp"]
)
def test_a_member_that_leads_out_is_refused(tmp_path, name, member):
    assert "leads out" in said(zipped(tmp_path / name, {member: b"x"}))
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a.shp.zip", "a.xlsx"])
def test_a_link_in_an_archive_is_refused(tmp_path, name):
    link = zipfile.ZipInfo("incidents_point.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in said(tmp_path / name)


@pytest.mark.parametrize("name", ["a.shp.zip", "a.xlsx"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, name):
    path = zipped(tmp_path / name, {"incidents_point.shp": b"0" * 300_000_000})
    assert "would unpack to 300,000,000 bytes; refused" in said(path)


def test_an_archive_of_very_many_files_is_refused(tmp_path):
    path = zipped(tmp_path / "a.shp.zip", {f"{n}.shp": b"" for n in range(10_001)})
    assert "10,001 files" in said(path)


def test_a_zip_with_a_password_is_said_to_be_unreadable(tmp_path):
    path = tmp_path / "a.shp.zip"
    write(collection(), path)
    data = bytearray(path.read_bytes())
    # The flag "encrypted" of each member, in both of its heads.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    path.write_bytes(data)
    assert "not a readable zip of shapefiles" in said(path)


# XML --------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE k SYSTEM "{address}/x.dtd">'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, REMOTE, LAUGHS.lower()])
@pytest.mark.parametrize("name", ["a.kml", "a.xml"])
def test_xml_that_defines_anything_is_refused(tmp_path, listener, name, doctype):
    address, asked = listener
    path = tmp_path / name
    head = '<?xml version="1.0"?>' + doctype.format(address=address)
    path.write_text(head + "<kml><Placemark><name>&b;&x;</name></Placemark></kml>")
    assert "refused" in said(path) or name == "a.xml"
    path.write_bytes(path.read_text().encode("utf-16"))
    assert "root:" not in said(path)
    assert asked == []


def test_a_sheet_with_entities_of_its_own_is_refused(tmp_path):
    write(collection(), tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good:
        members = {name: good.read(name) for name in good.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    at = sheet.index("<worksheet")
    members["xl/worksheets/sheet1.xml"] = (sheet[:at] + LAUGHS + sheet[at:]).encode()
    assert "entities; refused" in said(zipped(tmp_path / "a.xlsx", members))


def test_a_sheet_that_says_it_is_endless_is_not_believed(tmp_path):
    write(collection(), tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good:
        members = {name: good.read(name) for name in good.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    members["xl/worksheets/sheet1.xml"] = sheet.replace('<row r="2"', '<row r="99999999999"')
    assert "more than 1,048,576 rows" in said(zipped(tmp_path / "a.xlsx", members))


def test_a_feed_that_is_but_a_path_or_an_address_opens_nothing(tmp_path, listener):
    address, asked = listener
    other = tmp_path / "other.txt"
    other.write_text(
        "<rss version='2.0'><channel><item><title>Secret</title></item></channel></rss>"
    )
    for content in (str(other), f"{address}/feed.xml", other.as_uri()):
        (tmp_path / "a.xml").write_text(content)
        assert "no entries of a feed" in said(tmp_path / "a.xml")
    assert asked == []


def test_pages_that_lead_in_circles_end(tmp_path, monkeypatch):
    from geoincidents.reports import geopackage

    write(collection(), tmp_path / "a.gpkg")
    monkeypatch.setattr(geopackage, "_TELLS_AT_MOST", 0)
    assert "lead in circles" in said(tmp_path / "a.gpkg")

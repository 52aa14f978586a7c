"""Files that mean harm: each is refused or read in part, in one sentence, and nothing runs."""

from __future__ import annotations

import http.server
import io
import json
import sqlite3
import stat
import struct
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
from geoincidents.reports.shapes import shape_from_wkb, shape_from_wkt
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


# Geometry ---------------------------------------------------------------------------------------


def nested_wkb(depth):
    return b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * depth + b"\x01\x01\x00\x00\x00" + b"\0" * 16


@pytest.mark.parametrize("kind", [4, 5, 6, 7])
def test_geometry_nested_without_end_is_refused_before_it_fills_the_stack(kind):
    level = struct.pack("<BII", 1, kind, 1)
    with pytest.raises(ValueError, match="nested too deeply"):
        shape_from_wkb(level * 1_000_000 + b"\x01\x01\x00\x00\x00" + b"\0" * 16)
    with pytest.raises(ValueError, match="nested too deeply"):
        shape_from_wkt("GEOMETRYCOLLECTION(" * 1_000_000)
    assert shape_from_wkb(nested_wkb(3)).geom_type == "GeometryCollection"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        b"\x01\x03\x00\x00\x00\xff\xff\xff\xff",
        b"\x01\x06\x00\x00\x00\xff\xff\xff\x7f",
    ],
)
def test_geometry_that_promises_more_than_there_is_is_refused(data):
    with pytest.raises(ValueError, match="geometry"):
        shape_from_wkb(data)


@pytest.mark.parametrize(
    "text", ["POINT (inf 0)", "POINT (500 1)", "POINT (1 91)", "POINT (nan 1)"]
)
def test_a_place_off_the_earth_is_refused(text):
    with pytest.raises(ValueError, match="degrees"):
        shape_from_wkt(text)


@pytest.mark.parametrize(
    "kind",
    [">BII", "<BII", "ewkb"],
    ids=["big-endian", "little-endian", "with a system and height"],
)
def test_collections_of_every_spelling_are_walked(kind):
    import shapely

    parts = [
        shapely.Point(1, 2),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.box(0, 0, 1, 1).difference(shapely.box(0.2, 0.2, 0.5, 0.5)),
        shapely.MultiPoint([(0, 0), (1, 1)]),
    ]
    made = shapely.GeometryCollection(parts)
    if kind == "ewkb":
        tall = shapely.set_srid(shapely.force_3d(made), 4326)
        data = shapely.to_wkb(tall, include_srid=True)
        data_iso = shapely.to_wkb(tall, flavor="iso")
        assert shape_from_wkb(data_iso).equals(made)
    else:
        data = shapely.to_wkb(made, byte_order=0 if kind.startswith(">") else 1)
    assert shape_from_wkb(data).equals(made)


def test_flatgeobuf_blocks_longer_than_the_file_are_refused():
    write_to = io.BytesIO(b"fgb\x03fgb\x00" + struct.pack("<I", 0xFFFFFFF0) + b"x" * 100)
    (problem,) = read_stream(Source.of(write_to.getvalue(), "a.fgb"))
    assert "damaged FlatGeobuf" in problem.sentence


def test_deep_json_is_refused(tmp_path):
    for name in ("a.json", "a.geojson", "a.ndjson", "a.geojsonl"):
        for text in ("[" * 200_000, '{"a":' * 200_000):
            (tmp_path / name).write_text(text)
            read = read_reports(tmp_path / name)
            assert any("deeply" in p.sentence or "not JSON" in p.sentence for p in read.problems), (
                name
            )


def test_numbers_without_measure_are_refused(tmp_path):
    long = "9" * 10_000
    row = {"type": "Feature", "geometry": None, "properties": {
        "id": "x", "event_type": "e", "sub_event_type": "s", "time_start": None,
        "verification": "u", "killed_low": 1, "killed_best": 1, "killed_high": 1,
    }}  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": [row]})
    for number in (long, "1e400", "-1e999", "1e300"):
        (tmp_path / "a.geojson").write_text(
            text.replace('"killed_high": 1', f'"killed_high": {number}')
        )
        assert said(tmp_path / "a.geojson")
    (tmp_path / "a.json").write_text(f'[{{"text": "a", "id": {long}}}]')
    assert "number" in said(tmp_path / "a.json")


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


def shared_parts(levels):
    """A FlatBuffers geometry: each level a collection of twice the next one, the last a point."""
    # The vtable: two fields, the type (6) and the parts (7) or the coordinates (1).
    inner = struct.pack("<HH8H", 20, 12, 0, 0, 0, 0, 0, 0, 4, 8)
    last = struct.pack("<HH7H", 18, 12, 0, 8, 0, 0, 0, 0, 4)
    out = bytearray(struct.pack("<I", 4 + len(inner)))
    for level in range(levels):
        # Vtable, table (its vtable's distance, its type, its vector's distance), vector of two.
        out += inner + struct.pack("<iBxxxI", len(inner), 7, 4) + struct.pack("<I", 2)
        after = len(inner) if level < levels - 1 else len(last)
        out += struct.pack("<II", 8 + after, 4 + after)
    out += last + struct.pack("<iBxxxI", len(last), 1, 4) + struct.pack("<Idd", 2, 36.0, 50.0)
    return bytes(out)


def test_parts_that_are_told_many_times_over_are_refused():
    from geoincidents.reports.flat_tables import Table
    from geoincidents.reports.flatgeobuf import _shape

    few = _shape(Table.root(shared_parts(1)), 0)
    assert [part.wkt for part in few.geoms] == ["POINT (36 50)"] * 2
    with pytest.raises(ValueError, match="one part many times"):
        _shape(Table.root(shared_parts(30)), 0)


def test_the_budget_of_a_geometry_is_what_its_block_holds():
    from geoincidents.reports.flatgeobuf import _take

    left = [100]
    _take(left, 100)
    with pytest.raises(ValueError, match="many times"):
        _take(left, 1)


def test_pages_that_lead_in_circles_end(tmp_path, monkeypatch):
    from geoincidents.reports import geopackage

    write(collection(), tmp_path / "a.gpkg")
    monkeypatch.setattr(geopackage, "_TELLS_AT_MOST", 0)
    assert "lead in circles" in said(tmp_path / "a.gpkg")

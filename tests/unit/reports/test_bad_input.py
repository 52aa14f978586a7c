"""Input that is odd rather than hostile: heads, mixed and empty geometry, sizes, encodings."""

from __future__ import annotations

import json
from dataclasses import replace

import geopandas
import pandas as pd
import pytest
from shapely import LineString, MultiPoint, Point, Polygon, box
from shapely.geometry import GeometryCollection

from geoincidents.exports import WriteOptions, write
from geoincidents.reports import read_reports
from tests.builders import collection, incident

HEADS = {
    "id": "x",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "time_start": "2024-02-03T01:00:00+00:00",
    "verification": "claimed",
}
MIXED = [
    Point(36, 50),
    MultiPoint([(36, 50), (37, 50)]),
    LineString([(36, 50), (37, 51)]),
    box(36, 50, 37, 51),
    GeometryCollection([Point(36, 50), box(36, 50, 37, 51)]),
    Point(36, 50, 120),
    # It crosses itself.
    Polygon([(36, 50), (37, 51), (37, 50), (36, 51)]),
]
#: What GDAL writes of geometry it has no place for: none (None), or an empty one.
NOTHING = [None, Point(), Polygon()]


def frame_of(shapes, **columns):
    rows = [HEADS | {"id": f"x{n}"} | columns for n in range(len(shapes))]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


def save(frame, path):
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".csv":
        texts = frame.geometry.to_wkt()
        pd.DataFrame(frame.drop(columns="geometry")).assign(geometry=texts).to_csv(
            path, index=False
        )
    else:
        options = {"SPATIAL_INDEX": "NO"} if path.suffix == ".fgb" else {}
        if path.suffix == ".fgb":  # which has no room for heights in some rows alone
            frame = frame.set_geometry(frame.geometry.force_2d())
        frame.to_file(path, layer="incidents", **options)
    return path


def back(path):
    read = read_reports(path)
    assert read.problems == ()
    (found,) = read.collections
    return {item.id: item for item in found.incidents}


SUFFIXES = ["gpkg", "fgb", "geojson", "parquet", "csv"]


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::UserWarning")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_geometry_of_every_kind_stands_in_one_layer(tmp_path, suffix):
    found = back(save(frame_of(MIXED), tmp_path / f"a.{suffix}"))
    assert len(found) == len(MIXED)
    for number, shape in enumerate(MIXED):
        place = found[f"x{number}"].locations[0].location
        drawn = place.geometry or Point(place.lon, place.lat)
        assert drawn.is_valid
        assert not drawn.has_z
        assert drawn.envelope.equals(shape.envelope)


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::UserWarning")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_geometry_and_an_empty_one_are_no_place(tmp_path, suffix):
    found = back(save(frame_of([*NOTHING, Point(1, 2)]), tmp_path / f"a.{suffix}"))
    assert [bool(item.locations) for item in found.values()] == [False, False, False, True]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_without_geometry_the_columns_tell_the_place(tmp_path, suffix):
    frame = frame_of([None, Point(3, 4)], lat=50.5, lon=36.5)
    first, second = back(save(frame, tmp_path / f"a.{suffix}")).values()
    assert (first.locations[0].location.lat, first.locations[0].location.lon) == (50.5, 36.5)
    assert (second.locations[0].location.lat, second.locations[0].location.lon) == (4, 3)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "parquet", "csv", "xlsx"])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_columns_called_fid_and_geom_are_columns(tmp_path, suffix):
    heads = {"geom": "a word", "fid": 7}
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsx":
        pd.DataFrame([HEADS | heads]).to_excel(path, index=False, sheet_name="incidents")
    elif suffix == "gpkg":
        frame = frame_of([Point(1, 2)], **heads)
        frame.to_file(path, layer="incidents", GEOMETRY_NAME="drawn", FID="row_number")
    else:
        save(frame_of([Point(1, 2)], **heads), path)
    (item,) = back(path).values()
    assert item.sub_event_type == "Armed clash"


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_reports_with_columns_called_fid_and_geom_are_read(tmp_path, suffix):
    frame = pd.DataFrame({"fid": [1], "geom": ["POINT (1 2)"], "text": ["Shells hit Sumy."]})
    path = tmp_path / f"a.{suffix}"
    {"csv": frame.to_csv, "xlsx": frame.to_excel, "parquet": frame.to_parquet}[suffix](
        path, index=False
    )
    (report,) = read_reports(path).reports
    assert report.text == "Shells hit Sumy."


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "geojsonl", "parquet", "csv", "kml"])
def test_a_footprint_of_a_million_vertices_is_read_whole(tmp_path, suffix):
    import numpy as np

    angles = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    ring = np.column_stack([36 + np.cos(angles), 49 + 0.5 * np.sin(angles)])
    place = incident().locations[1]
    wide = replace(place, location=replace(place.location, geometry=Polygon(ring)))
    write(collection(incident(locations=(wide,))), tmp_path / f"a.{suffix}")
    (item,) = back(tmp_path / f"a.{suffix}").values()
    shape = item.locations[0].location.geometry
    assert shape.is_valid
    assert len(shape.exterior.coords) > 900_000
    assert shape.area == pytest.approx(Polygon(ring).area, rel=1e-4)


def test_a_cell_has_no_room_for_that_and_the_place_stays(tmp_path):
    place = incident().locations[1]
    ring = Point(36, 49).buffer(1, quad_segs=5000)
    wide = replace(place, location=replace(place.location, geometry=ring))
    write(collection(incident(locations=(wide,))), tmp_path / "a.xlsx")
    (item,) = back(tmp_path / "a.xlsx").values()
    assert item.locations[0].location.geometry is None
    assert item.locations[0].location.lat == 49.6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("suffix", ["txt", "csv", "ndjson", "json", "geojson", "geojsonl"])
def test_text_is_read_in_every_encoding_that_marks_itself(tmp_path, encoding, suffix):
    text = {
        "txt": "Обстріл у Сумах.",
        "csv": "title,text\r\nНіч,Обстріл у Сумах.\r\n",
        "ndjson": '{"text": "Обстріл у Сумах."}\n',
        "json": '{"text": "Обстріл у Сумах."}',
    }.get(suffix)
    if text is None:
        properties = HEADS | {"name": "Обстріл у Сумах."}
        point = {"type": "Point", "coordinates": [1, 2]}
        feature = {"type": "Feature", "properties": properties, "geometry": point}
        text = json.dumps(feature, ensure_ascii=False)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(text.encode(encoding))
    read = read_reports(path)
    assert read.problems == ()
    if read.reports:
        assert read.reports[0].text == "Обстріл у Сумах."
    else:
        assert read.collections[0].incidents[0].locations[0].location.name == "Обстріл у Сумах."


@pytest.mark.parametrize("suffix", ["txt", "csv", "ndjson", "json", "geojson", "geojsonl", "tsv"])
def test_an_encoding_that_is_not_marked_is_named_with_how_to_convert_it(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes('{"text": "Обстрел в Сумах."}\n'.encode("cp1251"))
    assert "not UTF-8" in read_reports(path).problems[0].sentence
    assert "iconv -f WINDOWS-1251" in read_reports(path).problems[0].sentence


def test_a_sheet_with_empty_rows_and_ragged_ones_is_read(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ["title", "text"],
        ["A", "One."],
        [],
        [None, None],
        ["only a title"],
        ["B", "Two."],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    read = read_reports(tmp_path / "a.xlsx")
    assert [report.text for report in read.reports] == ["One.", "Two."]
    (problem,) = read.problems
    assert "has no text" in problem.sentence


def test_half_of_a_surrogate_pair_goes_through(tmp_path):
    (tmp_path / "a.ndjson").write_text('{"id": "\\ud800", "text": "Shells \\udfff hit Sumy."}\n')
    (report,) = read_reports(tmp_path / "a.ndjson").reports
    assert "hit Sumy" in report.text


def test_a_pipe_that_never_ends_is_not_opened(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    (problem,) = read_reports(tmp_path / "pipe").problems
    assert "not a format of reports" in problem.sentence


def test_a_geopackage_that_is_open_elsewhere_is_read_as_it_was_saved(tmp_path):
    write(collection(), tmp_path / "a.gpkg")
    (tmp_path / "a.gpkg-wal").write_bytes(b"unsaved")
    read = read_reports(tmp_path / "a.gpkg")
    assert "open in another program" in read.notices[0].sentence
    assert len(read.collections[0].incidents) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"incidents": [{"id": "x"}]}', "it lacks 'event_type'"),
        ('{"incidents": 7}', "not an export of incidents"),
        ('{"incidents": [7]}', "not an export of incidents"),
        ('{"incidents": [], "reports": [{}]}', "it lacks 'id'"),
        ('{"incidents": [], "unresolved": [{"a": 1}]}', "not an export of incidents"),
    ],
)
def test_a_record_of_another_form_is_said_to_be_one(tmp_path, text, words):
    (tmp_path / "a.json").write_text(text)
    (problem,) = read_reports(tmp_path / "a.json").problems
    assert words in problem.sentence


@pytest.mark.parametrize("suffix", [*SUFFIXES, "geojsonl", "kml", "xlsx"])
def test_a_layer_without_rows_says_so(tmp_path, suffix):
    empty = replace(collection(), incidents=(), reports=(), unresolved=())
    write(empty, tmp_path / f"a.{suffix}")
    (problem,) = read_reports(tmp_path / f"a.{suffix}").problems
    assert "nothing to read" in problem.sentence or "is empty" in problem.sentence


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "\n\n", "is empty"),
        ("a.csv", "text\n", "has heads and no rows"),
        ("a.csv", '"open\n', "the columns are open."),
        ("a.geojson", '{"a": 1}', 'it has no "type"'),
        ("a.kml", "hello", "not readable KML (Start tag expected"),
        ("a.ndjson", '{"a": 1}', "--columns text=FIELD"),
        ("a.gpkg", "", "not a GeoPackage"),
        ("a.fgb", "", "not a FlatGeobuf file"),
        ("a.parquet", "hello", "not a readable Parquet file"),
        ("a.shp.zip", "hello", "not a readable zip of shapefiles"),
    ],
)
def test_the_sentence_names_the_file_and_what_is_wrong_on_one_line(tmp_path, name, text, words):
    (tmp_path / name).write_text(text)
    (problem,) = read_reports(tmp_path / name).problems
    assert problem.sentence.startswith(str(tmp_path / name))
    assert words in problem.sentence
    assert "\n" not in problem.sentence


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_row_of_hashtags_is_no_incident(tmp_path, suffix):
    write(collection(), tmp_path / f"a.{suffix}", options=WriteOptions(hxl=True))
    (item,) = back(tmp_path / f"a.{suffix}").values()
    assert item.id == "gi-1"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_of_acled_comes_back_to_the_byte(tmp_path, end, mark):
    from geoincidents.tables import schema

    heads = ",".join(schema("acled")["columns"])
    cells = dict.fromkeys(schema("acled")["columns"], "")
    cells |= {"event_id_cnty": "X1", "event_date": "2024-02-03", "geo_precision": "1"}
    cells |= {"sub_event_type": "Armed clash", "latitude": "50.50", "longitude": "36.10"}
    cells["notes"] = '"Shots, heard' + end.decode() + 'twice"'
    data = end.join([heads.encode(), ",".join(cells.values()).encode(), b""])
    (tmp_path / "a.csv").write_bytes(mark + data)
    (found,) = read_reports(tmp_path / "a.csv").collections
    write(found, tmp_path / "b.csv", options=WriteOptions(schema="acled"))
    assert (tmp_path / "b.csv").read_bytes() == data


def test_a_time_zone_that_there_is_not_is_named(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    times = pa.array([0], pa.timestamp("ms", "Nowhere/Land"))
    table = pa.table({"text": ["Shells hit Sumy."], "date": times})
    pq.write_table(table, tmp_path / "a.parquet")
    (problem,) = read_reports(tmp_path / "a.parquet").problems
    assert "Nowhere/Land" in problem.sentence

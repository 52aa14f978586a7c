"""Geometry and numbers that mean harm: nested, promised or told without end."""

from __future__ import annotations

import io
import json
import struct

import pytest

from geoincidents.reports import Source, read_reports
from geoincidents.reports.reading import read_stream
from geoincidents.reports.shapes import shape_from_wkb, shape_from_wkt


def said(path):
    (problem,) = read_reports(path).problems
    return problem.sentence


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

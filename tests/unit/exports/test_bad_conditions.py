"""A full disk, a folder that may not be written, files open elsewhere, shapes out of the common."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from contextlib import closing

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPoint, Point, Polygon, box

from geoincidents.errors import ExportError
from geoincidents.exports import write
from geoincidents.model import EventLocation, Location
from geoincidents.reports import read_reports
from tests.builders import collection, incident, source

NAMES = (
    "a.json",
    "a.geojson",
    "a.geojsonl",
    "a.gpkg",
    "a.fgb",
    "a.parquet",
    "a.kml",
    "a.csv",
    "a.xlsx",
    "a.shp.zip",
)
#: Writes every format where no file may grow beyond a few bytes, as on a disk that is full.
ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from geoincidents.errors import ExportError
from geoincidents.exports import write
from tests.builders import collection, incident

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for name in sys.argv[2:]:
    path = Path(sys.argv[1]) / name
    write(collection(), path)
    old = path.read_bytes()
    full = collection(*(incident(f"gi-{n}") for n in range(300)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, resource.RLIM_INFINITY))
    try:
        write(full, path)
        print(f"{name}: no error")
    except ExportError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert path.read_bytes() == old, f"{name} was changed"
assert {file.name for file in path.parent.iterdir()} == set(sys.argv[2:])
"""


def test_a_full_disk_leaves_every_old_file_and_is_told_in_a_sentence(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(tmp_path), *NAMES],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.stderr == ""
    told = run.stdout.splitlines()
    assert len(told) == len(NAMES)
    for name, sentence in zip(NAMES, told, strict=True):
        assert sentence.startswith(f"{tmp_path / name}: cannot be written (")
        assert sentence.endswith("; nothing was changed.")
        assert "too large" in sentence or "MiB are free on that disk" in sentence


@pytest.fixture
def locked(tmp_path):
    """A folder that this user may not write; root may write any, but not the kernel's."""
    if os.geteuid() == 0:
        return "/sys"
    tmp_path.chmod(0o500)
    return str(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_may_not_be_written_is_told(locked, name):
    with pytest.raises(
        ExportError, match=r"cannot be written .*(not permitted|[Dd]enied|ead-only)"
    ):
        write(collection(), f"{locked}/{name}")


def test_a_folder_that_is_not_there_and_a_folder_in_the_place_are_told(tmp_path):
    with pytest.raises(ExportError, match="No such file"):
        write(collection(), tmp_path / "none" / "a.geojson")
    (tmp_path / "a.geojson").mkdir()
    with pytest.raises(ExportError, match="directory"):
        write(collection(), tmp_path / "a.geojson")


def test_who_has_the_old_file_open_keeps_reading_it(tmp_path):
    write(collection(), tmp_path / "a.geojson")
    with (tmp_path / "a.geojson").open(encoding="utf-8") as held:
        write(collection(incident("gi-9")), tmp_path / "a.geojson")
        assert '"gi-1"' in held.read()
    assert '"gi-9"' in (tmp_path / "a.geojson").read_text()


def test_a_geopackage_that_a_program_has_open_for_writing_is_not_replaced(tmp_path):
    import sqlite3

    path = tmp_path / "a.gpkg"
    write(collection(), path)
    old = path.read_bytes()
    with closing(sqlite3.connect(path)) as editor:
        editor.execute("PRAGMA journal_mode = wal")
        editor.execute("CREATE TABLE notes (text)")
        editor.commit()
        with pytest.raises(ExportError, match="another program has it open"):
            write(collection(incident("gi-9")), path)
        editor.execute("DROP TABLE notes")
        editor.execute("PRAGMA journal_mode = delete")
    assert len(path.read_bytes()) >= len(old)
    write(collection(incident("gi-9")), path)
    assert geopandas.read_file(path, layer="incidents")["id"].tolist() == ["gi-9"]


def at(shape):
    place = Location("There", 49.0, 36.0, "site", 10.0, 0.9, geometry=shape)
    return (EventLocation("target", place, source()),)


SHAPES = [
    Point(36, 49),
    MultiPoint([(36, 49), (37, 50)]),
    LineString([(36, 49), (37, 50)]),
    box(36, 49, 37, 50),
    GeometryCollection([Point(36, 49), box(37, 50, 38, 51)]),
    Polygon(),
    None,
]


def opened(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if path.suffix == ".parquet":
            return geopandas.read_parquet(path)
        return pyogrio.read_dataframe(path, layer=0)


@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl", "a.gpkg", "a.fgb", "a.parquet"])
def test_geometries_of_every_type_none_and_empty_are_written(tmp_path, name):
    mixed = [incident(f"gi-{n}", locations=at(shape)) for n, shape in enumerate(SHAPES)]
    write(collection(*mixed, incident("gi-nowhere", locations=())), tmp_path / name)
    frame = opened(tmp_path / name).set_index("id").geometry
    assert len(frame) == len(SHAPES) + 1
    for number, shape in enumerate(SHAPES):
        # Where a footprint is empty or unknown there is still the point.
        expected = Point(36, 49) if shape is None or shape.is_empty else shape
        assert frame[f"gi-{number}"].equals(expected)
    assert frame["gi-nowhere"] is None


@pytest.mark.parametrize("name", NAMES)
def test_an_area_of_a_million_vertices_is_written(tmp_path, name):
    angles = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    radius = 1 + 0.01 * np.sin(5000 * angles)
    coast = Polygon(np.column_stack((36 + radius * np.cos(angles), 49 + radius * np.sin(angles))))
    write(collection(incident(locations=at(coast))), tmp_path / name)
    if name in {"a.gpkg", "a.fgb", "a.parquet"}:
        (back,) = opened(tmp_path / name).geometry
        assert shapely.get_num_coordinates(back) == 1_000_001
    if name == "a.geojson":
        (feature,) = json.loads((tmp_path / name).read_text())["features"]
        assert shapely.geometry.shape(feature["geometry"]).area == pytest.approx(coast.area, 1e-4)


ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,country,admin1,location,latitude,longitude,"
    "geo_precision,source,notes,fatalities,time_precision,disorder_type,iso,fid,geom,geometry,"
    "ogc_fid\n"
    "UKR1,2024-02-03,Explosions/Remote violence,Air/drone strike,Ukraine,Sumy,Sumy,50.9,34.8,1,"
    "Outlet,A drone hit a depot,2,1,Political violence,804,77,POINT (1 1),x,5\n"
)


@pytest.mark.parametrize("name", NAMES)
def test_columns_of_others_named_fid_or_geom_do_no_harm(tmp_path, name):
    (tmp_path / "in.csv").write_text(ACLED)
    (read,) = read_reports([tmp_path / "in.csv"]).collections
    assert read.incidents[0].extra["fid"] == "77"
    write(read, tmp_path / name)
    if name == "a.gpkg":
        (row,) = geopandas.read_file(tmp_path / name, layer="incidents").itertuples()
        assert (row.id, row.geometry.x) == ("acled:UKR1", 34.8)
    if name == "a.json":
        kept = json.loads((tmp_path / name).read_text())["incidents"][0]["extra"]
        assert (kept["fid"], kept["geom"]) == ("77", "POINT (1 1)")


@pytest.mark.parametrize("name", NAMES)
def test_text_that_no_encoding_holds_and_nul_spoil_no_file(tmp_path, name):
    hostile = incident(sub_event_type="half \ud83d of a pair\x00\x1b</a>", weapons=("\udc80",))
    write(collection(hostile, incident("gi-2")), tmp_path / name)
    if name in {"a.geojson", "a.geojsonl", "a.gpkg", "a.fgb", "a.parquet", "a.kml"}:
        assert len(opened(tmp_path / name)) == 2
    if name in {"a.gpkg", "a.fgb", "a.parquet"}:
        kinds = opened(tmp_path / name).set_index("id")["sub_event_type"]
        assert kinds["gi-1"] == "half ? of a pair\x1b</a>"


def test_more_rows_than_a_sheet_holds_are_told_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("geoincidents.exports.spreadsheet._SHEET_ROWS", 3)
    write(collection(incident("gi-1", claims=()), incident("gi-2", claims=(), locations=())),
          tmp_path / "a.xlsx")  # fmt: skip
    old = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(ExportError, match="holds 3 rows, incidents has more; choose CSV"):
        write(collection(*(incident(f"gi-{n}") for n in range(3))), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == old


def test_standard_output_that_is_full_is_told(tmp_path):
    code = (
        "from geoincidents.errors import ExportError\n"
        "from geoincidents.exports import write\n"
        "from tests.builders import collection\n"
        "try:\n    write(collection(), '-', format='geojson')\n"
        "except ExportError as error:\n    raise SystemExit(str(error))"
    )
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        run = subprocess.run(
            [sys.executable, "-c", code],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.stderr.splitlines()[0] == (
        "standard output cannot be written (No space left on device)."
    )

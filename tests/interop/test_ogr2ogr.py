"""GDAL's own ogr2ogr carries our files into PostGIS and back; nothing changes on the way."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import geopandas
import pandas as pd
import psycopg
import pytest
import shapely

from geoincidents.exports import write
from tests.builders import collection, incident
from tests.interop.test_validators import made

if TYPE_CHECKING:
    from pathlib import Path


def ogr2ogr(*words: str | Path) -> None:
    if not shutil.which("ogr2ogr"):
        pytest.skip("ogrinfo's ogr2ogr is not installed (Debian: gdal-bin)")
    run = subprocess.run(
        ["ogr2ogr", *map(str, words)], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr


def gdal_address(postgis: str) -> str:
    server, _, rest = postgis.partition("@")[2].partition(":")
    port, _, name = rest.partition("/")
    return f"PG:host={server} port={port} user=tester dbname={name}"


def layer(path: Path, name: str) -> geopandas.GeoDataFrame:
    frame = geopandas.read_file(path, layer=name)
    keys = ["id"] if "id" in frame else [c for c in frame.columns if c != "geometry"]
    return frame.sort_values(keys, kind="stable").reset_index(drop=True)


def assert_equal(one: geopandas.GeoDataFrame, two: geopandas.GeoDataFrame) -> None:
    assert list(one.columns) == list(two.columns)
    assert len(one) == len(two) > 0
    for column in one.columns:
        if column == "geometry":
            same = shapely.equals_exact(
                shapely.normalize(one.geometry), shapely.normalize(two.geometry)
            )
            assert (same | (one.geometry.isna() & two.geometry.isna())).all()
        else:
            pd.testing.assert_series_equal(one[column], two[column], check_dtype=False)


@pytest.fixture
def schema(postgis):
    with psycopg.connect(postgis, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.execute("DROP SCHEMA IF EXISTS carried CASCADE")
        connection.execute("CREATE SCHEMA carried")
    return gdal_address(postgis)


def test_a_geopackage_goes_into_postgis_and_comes_back_equal(schema, tmp_path):
    write(made(), tmp_path / "a.gpkg")
    names = ("incidents", "locations", "responses", "claims", "reports")
    words = ("-lco", "SCHEMA=carried", "-lco", "GEOMETRY_NAME=geom", "-lco", "LAUNDER=NO")
    ogr2ogr("-f", "PostgreSQL", schema, tmp_path / "a.gpkg", *words, *names)
    back = tmp_path / "back.gpkg"
    for name in names:
        more = ("-update",) if back.exists() else ()
        ogr2ogr("-f", "GPKG", back, schema, *more, f"carried.{name}", "-nln", name)
    for name in names:
        assert_equal(layer(tmp_path / "a.gpkg", name), layer(back, name))


def test_our_own_tables_come_out_of_postgis_as_our_own_file(postgis, tmp_path):
    with psycopg.connect(postgis, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS geoincidents CASCADE")
    collected = collection(incident("gi-1"), incident("gi-2", time=None))
    write(collected, postgis)
    write(collected, tmp_path / "a.gpkg")
    back = tmp_path / "back.gpkg"
    ogr2ogr(
        "-f", "GPKG", back, gdal_address(postgis), "geoincidents.incidents", "-nln", "incidents"
    )
    ours, theirs = layer(tmp_path / "a.gpkg", "incidents"), layer(back, "incidents")
    assert_equal(ours, theirs.drop(columns="record")[list(ours.columns)])

"""A little world to ask: two countries side by side, drawn as squares.

::

    lat 52 ┌─────────┬─────────┬─────────┐
           │ Westland│ Eastland│ Eastland│
           │  North  │  Near   │  Far    │
        51 ├─────────┤         │         │
           │ Westland│         │         │
           │  South  │         │         │
        50 └─────────┴─────────┴─────────┘
      lon  30        31        32        33

The source files Westland South under Eastland; its ISO code says Westland.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from geoincidents.gazetteer import Gazetteer
from geoincidents.gazetteer.build import write_store
from geoincidents.gazetteer.rows import Row, RowName
from geoincidents.gazetteer.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def square(west: float, south: float, east: float, north: float) -> bytes:
    """WKB of a box."""
    return bytes(shapely.to_wkb(shapely.box(west, south, east, north)))


def unit(number: int, name: str, country: str, box: tuple[float, ...], **more: object) -> Row:
    """A first-level unit."""
    west, south, east, north = box
    return Row(
        id=f"geonames:{number}",
        name=name,
        code="ADM1",
        precision="admin1",
        lat=(south + north) / 2,
        lon=(west + east) / 2,
        country=country,
        geometry=square(west, south, east, north),
        source="Natural Earth",
        licence="public domain",
        **more,  # type: ignore[arg-type]
    )


def town(number: int, name: str, lat: float, lon: float, **more: object) -> Row:
    """A settlement."""
    values = {
        "id": f"geonames:{number}",
        "name": name,
        "code": "PPL",
        "precision": "settlement",
        "lat": lat,
        "lon": lon,
        "source": "GeoNames",
        "licence": "CC-BY-4.0",
    }
    return Row(**{**values, **more})  # type: ignore[arg-type]


def country(number: int, name: str, code: str, alpha3: str, capital: int, **more: object) -> Row:
    """A country without a shape of its own."""
    return Row(
        id=f"geonames:{number}",
        name=name,
        code="PCLI",
        precision="country",
        lat=51,
        lon=30.5,
        country=code,
        capital=f"geonames:{capital}",
        codes=(code, alpha3),
        population=1_000_000,
        **more,  # type: ignore[arg-type]
    )


def world() -> list[Row]:
    """All rows of the little world, in no useful order."""
    kharkiv_names = (
        RowName("Харків", "uk", "official"),
        RowName("Харьков", "ru"),
        RowName("Kharkov", "en", "historical", "until 1991"),
    )
    return [
        town(104, "Aldorf", 50.5, 30.2, admin1="geonames:12", country="WL", population=700),
        country(1, "Westland", "WL", "WLD", 101, names=(RowName("Westlander", "en", "demonym"),)),
        country(2, "Eastland", "EL", "ELD", 102),
        unit(11, "Westland North", "WL", (30, 51, 31, 52), capital="geonames:101"),
        unit(12, "Westland South", "WL", (30, 50, 31, 51), source_country="EL"),
        unit(21, "Near Province", "EL", (31, 50, 32, 52)),
        unit(22, "Far Province", "EL", (32, 50, 33, 52)),
        town(101, "Kharkiv", 51.5, 30.5, names=kharkiv_names, code="PPLC", population=1_400_000,
             country="WL", admin1="geonames:11"),
        town(102, "Białystok", 51.2, 31.5, country="EL", admin1="geonames:21", population=290_000),
        town(103, "Kupyansk", 50.7, 31.2, country="EL", admin1="geonames:21", population=27_000,
             names=(RowName("Купянськ", "uk"), RowName("Купянск", "ru"))),
        town(105, "Aldorf", 51.8, 32.8, admin1="geonames:22", country="EL", population=9_000),
        Row("gi:region/both", "Both Lands", "RGN", "region", 51, 31,
            parts=("geonames:1", "geonames:2")),
        Row("gi:site/gate", "North Gate", "GATE", "site", 51.51, 30.51, country="WL",
            admin1="geonames:11", source="own survey", licence="CC0-1.0"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little world as a file."""
    path = tmp_path_factory.mktemp("world") / "little.gazetteer"
    write_store(world(), path, meta={"title": "little world"})
    return path


@pytest.fixture(scope="session")
def little(world_file: Path) -> Gazetteer:
    """The little world, open."""
    return Gazetteer([Store(world_file)])

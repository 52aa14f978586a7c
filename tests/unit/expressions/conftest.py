"""A small world on which spatial language can be checked by eye.

::

      lon 30        34        38
    54 ┌─────────┬─────────┐
       │ Northia │ Eastia  │      Norville 32,51  (Hill Oblast: lat 50-52)
       │    ·N   │    ·E   │      Upton    32,53  (Top Oblast:  lat 52-54)
    50 ├─────────┼─────────┘      Easton   36,52
       │ Southia │                Souton   32,49  on the border's other side
       │    ·S   │ (sea)          Twin in Northia and in Southia
    46 └─────────┘                Lonely: a village that shares its name with Top Oblast
"""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, box

from geoincidents.expressions import locate
from geoincidents.model import Feature, NameHit

POLYGONS = {
    "gi:country/n": box(30, 50, 34, 54),
    "gi:country/s": box(30, 46, 34, 50),
    "gi:country/e": box(34, 50, 38, 54),
    "gi:unit/hill": box(30, 50, 34, 52),
    "gi:unit/top": box(30, 52, 34, 54),
    "gi:unit/low": box(30, 46, 34, 50),
    "gi:river/long": LineString([(30, 50.4), (34, 50.4)]),
}
BORDERS = {
    frozenset("NS"): LineString([(30, 50), (34, 50)]),
    frozenset("NE"): LineString([(34, 50), (34, 54)]),
    frozenset({"gi:unit/hill", "gi:unit/top"}): LineString([(30, 52), (34, 52)]),
}
CODES = {"N": "XN", "S": "XS", "E": "XE"}


def country(letter, name, lon, lat):
    return Feature(
        f"gi:country/{letter.lower()}",
        name,
        "PCLI",
        "country",
        lat,
        lon,
        country=CODES[letter],
        country_name=name,
        extent_m=260_000,
    )


def unit(slug, name, letter, lon, lat):
    return Feature(
        f"gi:unit/{slug}",
        name,
        "ADM1",
        "admin1",
        lat,
        lon,
        country=CODES[letter],
        admin1=name,
        admin1_id=f"gi:unit/{slug}",
        extent_m=180_000,
    )


def town(number, name, lon, lat, letter, slug=None, people=100_000, extent=5_000, code="PPL"):
    return Feature(
        f"geonames:{number}",
        name,
        code,
        "settlement",
        lat,
        lon,
        country=CODES[letter],
        admin1_id=f"gi:unit/{slug}" if slug else None,
        admin1=slug,
        population=people,
        extent_m=extent,
    )


NORTHIA = country("N", "Northia", 32, 52)
SOUTHIA = country("S", "Southia", 32, 48)
EASTIA = country("E", "Eastia", 36, 52)
HILL = unit("hill", "Hill", "N", 32, 51)
TOP = unit("top", "Top", "N", 32, 53)
NORVILLE = town(1, "Norville", 32.0, 50.35, "N", "hill", 400_000, 7_000, "PPLC")
UPTON = town(2, "Upton", 32.0, 53.0, "N", "top")
EASTON = town(3, "Easton", 36.0, 52.0, "E", people=900_000)
SOUTON = town(4, "Souton", 32.0, 49.0, "S", "low", code="PPLC")
TWIN_SOUTH = town(5, "Twin", 32.5, 47.0, "S", "low", people=50_000)
TWIN_NORTH = town(6, "Twin", 32.5, 50.1, "N", "hill", people=500, extent=1_000)
SQUARE = Feature(
    "gi:site/square",
    "Market Square",
    "SQR",
    "site",
    50.352,
    32.001,
    country="XN",
    admin1_id="gi:unit/hill",
    extent_m=120,
)
RIVER = Feature(
    "gi:river/long", "Long River", "STM", "region", 51, 32, country="XN", extent_m=140_000
)
SEA = Feature("gi:sea/quiet", "Quiet Sea", "SEA", "sea", 48, 36, extent_m=200_000)

NAMES = {
    "Northia": [(NORTHIA, "main")],
    "Southia": [(SOUTHIA, "main")],
    "Eastia": [(EASTIA, "main")],
    "Northian": [(NORTHIA, "adjective")],
    "Southian": [(SOUTHIA, "adjective")],
    "Eastian": [(EASTIA, "adjective")],
    "Hill Oblast": [(HILL, "main")],
    "Hill": [(HILL, "common")],
    "Top Oblast": [(TOP, "main")],
    "Top": [(TOP, "common")],
    "Norville": [(NORVILLE, "main")],
    "Upton": [(UPTON, "main")],
    "Easton": [(EASTON, "main")],
    "Souton": [(SOUTON, "main")],
    "Twin": [(TWIN_SOUTH, "main"), (TWIN_NORTH, "main")],
    "Market Square": [(SQUARE, "main")],
    "Long River": [(RIVER, "main")],
    "Quiet Sea": [(SEA, "main")],
    # inflected, as the gazetteer would undo it
    "Норвиля": [(NORVILLE, "inflected")],
    "Норвилем": [(NORVILLE, "inflected")],
    "Норвиль": [(NORVILLE, "main")],
    "Аптон": [(UPTON, "main")],
    "Аптоном": [(UPTON, "inflected")],
    "Аптона": [(UPTON, "inflected")],
    "Норвіля": [(NORVILLE, "inflected")],
    "Норвілем": [(NORVILLE, "inflected")],
    "Аптону": [(UPTON, "inflected")],
    "Южией": [(SOUTHIA, "inflected")],
    "Північії": [(NORTHIA, "inflected")],
    "Северии": [(NORTHIA, "inflected")],
    "южийской": [(SOUTHIA, "adjective")],
    "северийский": [(NORTHIA, "adjective")],
    "Півдією": [(SOUTHIA, "inflected")],
    "Хилльской области": [(HILL, "inflected")],
}


class World:
    """The gazetteer's interface over the small world."""

    def __init__(self):
        self._features = {f.id: f for hits in NAMES.values() for f, _ in hits}

    def lookup(self, name, language=None):
        return tuple(NameHit(f, name, form) for f, form in NAMES.get(name, ()))

    def has_name(self, name):
        return name in NAMES

    def feature(self, feature_id):
        return self._features[feature_id]

    def geometry(self, feature):
        return POLYGONS.get(getattr(feature, "id", feature))

    def suggest(self, name, limit=5):
        return self.lookup("Norville") if name == "Norvile" else ()

    def country(self, code):
        return {"XN": NORTHIA, "XS": SOUTHIA, "XE": EASTIA}[code]

    def admin1_of(self, feature):
        return self._features.get(feature.admin1_id)

    def capital(self, feature):
        capitals = {NORTHIA.id: NORVILLE, HILL.id: NORVILLE, TOP.id: UPTON, SOUTHIA.id: SOUTON}
        return capitals.get(feature.id)

    def admin1s(self, code):
        return (HILL, TOP) if code == "XN" else ()

    def neighbours(self, feature):
        return {"XN": (SOUTHIA, EASTIA), "XS": (NORTHIA,), "XE": (NORTHIA,)}[feature.country]

    def border(self, a, b):
        letters = {code: letter for letter, code in CODES.items()}
        return BORDERS.get(frozenset({letters.get(a, a), letters.get(b, b)}))

    def nearby(self, lon, lat, radius_m, limit):
        return (NORVILLE, UPTON)


@pytest.fixture(scope="session")
def world():
    return World()


@pytest.fixture(scope="session")
def where(world):
    """Locate a text in the small world."""

    def ask(text, **hints):
        return locate(text, world, **hints)

    return ask


@pytest.fixture(scope="session")
def only(where):
    """Locate a text that has one answer, and give it."""

    def ask(text, **hints):
        result = where(text, **hints)
        assert result.unresolved is None, result.unresolved
        (location,) = result.chosen
        if location.geometry is not None:
            assert location.geometry.is_valid
        return location

    return ask

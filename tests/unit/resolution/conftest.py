"""A gazetteer of a few real places, small enough to read."""

from __future__ import annotations

from collections import defaultdict

import pytest

from geoincidents.model import Feature, NameHit

COUNTRIES = {"US": ("United States", 39.8, -98.5), "FR": ("France", 46.0, 2.0),
             "GE": ("Georgia", 42.0, 43.5), "UA": ("Ukraine", 49.0, 32.0),
             "CA": ("Canada", 60.1, -113.6)}  # fmt: skip
UNITS = {"TX": ("Texas", "US", 31.25, -99.25), "GA": ("Georgia", "US", 32.75, -83.5),
         "ON": ("Ontario", "CA", 49.25, -84.5), "IDF": ("Île-de-France", "FR", 48.5, 2.5),
         "KHA": ("Kharkiv Oblast", "UA", 49.5, 36.5), "SUM": ("Sumy Oblast", "UA", 51.0, 34.0),
         "KY": ("Kyiv City", "UA", 50.45, 30.52)}  # fmt: skip
TOWNS = [
    ("Paris", "FR", "IDF", 48.85, 2.35, 2_100_000, "PPLC"),
    ("Paris", "US", "TX", 33.66, -95.55, 24_000, "PPL"),
    ("Paris", "CA", "ON", 43.20, -80.38, 12_000, "PPL"),
    ("Dallas", "US", "TX", 32.78, -96.81, 1_300_000, "PPL"),
    ("Athens", "US", "GA", 33.96, -83.38, 116_000, "PPL"),
    ("Kharkiv", "UA", "KHA", 49.99, 36.23, 1_430_000, "PPLA"),
    ("Sumy", "UA", "SUM", 50.92, 34.80, 260_000, "PPLA"),
    ("Kyiv", "UA", "KY", 50.45, 30.52, 2_900_000, "PPLC"),
    ("Pisky", "UA", "KHA", 49.60, 36.90, 300, "PPL"),
    ("Pisky", "UA", "SUM", 50.60, 34.10, 900, "PPL"),
    ("Gaza", "UA", "SUM", 50.70, 34.20, 1_500, "PPL"),
    ("Gaza", "CA", "ON", 43.30, -80.40, 1_500, "PPL"),
]
ALIASES = {"USA": "US", "U.S.": "US", "Ukrainian": "UA", "Ukrainians": "UA"}


def _country(code):
    name, lat, lon = COUNTRIES[code]
    return Feature(f"geonames:{code}", name, "PCLI", "country", lat, lon, code, name,
                   population=40_000_000)  # fmt: skip


def _unit(code):
    name, country, lat, lon = UNITS[code]
    own_id = f"geonames:{code}"
    return Feature(own_id, name, "ADM1", "admin1", lat, lon, country,
                   COUNTRIES[country][0], name, own_id, population=5_000_000)  # fmt: skip


def _town(row):
    name, country, unit, lat, lon, people, code = row
    return Feature(f"geonames:{name}-{unit}", name, code, "settlement", lat, lon, country,
                   COUNTRIES[country][0], UNITS[unit][0], f"geonames:{unit}",
                   population=people)  # fmt: skip


class FakeGazetteer:
    """Answers as the real one does, from the rows above."""

    def __init__(self):
        self.features = {}
        self.names = defaultdict(list)
        for code in COUNTRIES:
            self._add(_country(code))
        for code in UNITS:
            self._add(_unit(code))
        for row in TOWNS:
            self._add(_town(row))
        for alias, code in ALIASES.items():
            form = "demonym" if alias.startswith("Ukrainian") else "abbreviation"
            hit = NameHit(self.features[f"geonames:{code}"], alias, form)
            self.names[alias.casefold()].append(hit)

    def _add(self, feature):
        self.features[feature.id] = feature
        self.names[feature.name.casefold()].append(NameHit(feature, feature.name, "main"))

    def lookup(self, name, language=None):
        return tuple(self.names.get(name.casefold(), ()))

    def has_name(self, name):
        return name.casefold() in self.names

    def suggest(self, name, limit=5):
        key = name.casefold()
        near = [known for known in self.names if len(known) == len(key)
                and sum(a != b for a, b in zip(known, key, strict=True)) == 1]  # fmt: skip
        return tuple(hit for known in sorted(near) for hit in self.names[known])[:limit]

    def feature(self, feature_id):
        return self.features[feature_id]

    def country(self, code):
        return self.features[f"geonames:{code}"]

    def country_of(self, feature):
        return self.country(feature.country)

    def admin1_of(self, feature):
        return self.features.get(feature.admin1_id)

    def capital(self, feature):
        for town in self.features.values():
            if town.code == "PPLA" and town.admin1_id == feature.id:
                return town
        return None


@pytest.fixture(scope="session")
def gazetteer():
    return FakeGazetteer()

"""What a caller already knows of where a report or a name is: country, unit, a place nearby."""

from __future__ import annotations

from contextlib import suppress
from math import asin, cos, log1p, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from geoincidents.resolution.names import read_name, tidy
from geoincidents.resolution.options import find_options

if TYPE_CHECKING:
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Precision
    from geoincidents.resolution.options import Option, Part

#: A place given by name, or as ``(lon, lat)`` in degrees.
Near = str | tuple[float, float]

_EARTH_RADIUS_M = 6_371_008.8
_NEAR_SCALE_M = 25_000.0


class Hints(NamedTuple):
    """Known keys of the country and the units, and the point nearby (lon, lat)."""

    countries: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    near: tuple[float, float] | None = None

    @property
    def empty(self) -> bool:
        """True when nothing is known."""
        return not (self.countries or self.units or self.near)


NO_HINTS = Hints()


def distance_m(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Great-circle distance in metres between two points in degrees (haversine)."""
    half_lat, half_lon = radians(lat1 - lat0) / 2, radians(lon1 - lon0) / 2
    h = sin(half_lat) ** 2 + cos(radians(lat0)) * cos(radians(lat1)) * sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_M * asin(min(1.0, sqrt(h)))


def read_hints(
    gazetteer: Gazetteer,
    country: str | None = None,
    admin1: str | None = None,
    near: Near | None = None,
) -> Hints:
    """Hints as keys; what the gazetteer does not know, even with a typo undone, is no hint."""
    countries = _countries(gazetteer, country) if country and country.strip() else frozenset()
    units = _units(gazetteer, admin1, countries) if admin1 and admin1.strip() else frozenset()
    return Hints(countries, units, _point(gazetteer, near, countries, units))


def _found(gazetteer: Gazetteer, name: str, hint: Precision | None) -> tuple[Option, ...]:
    return find_options((name,), gazetteer, "en", hint)


def _countries(gazetteer: Gazetteer, text: str) -> frozenset[str]:
    code = text.strip()
    if len(code) == 2 and code.isalpha() and code.isascii():
        with suppress(KeyError):
            gazetteer.country(code.upper())
            return frozenset({code.upper()})
    options = _found(gazetteer, text, "country")
    named = [option for option in options if option.kind == "country"]
    if not named:
        hits = gazetteer.suggest(tidy(text), limit=5)
        codes = [hit.feature.country for hit in hits if hit.feature.precision == "country"]
        return frozenset(code for code in codes[:1] if code)
    return frozenset(option.within[0] for option in named[:1] if option.within[0])


def _units(gazetteer: Gazetteer, text: str, countries: frozenset[str]) -> frozenset[str]:
    """First-level units under a name; where none bears it, those of cities that do."""
    options = [
        option
        for option in _found(gazetteer, text, "admin1")
        if not countries or option.within[0] in countries
    ]
    named = frozenset(option.key for option in options if option.kind == "admin1" and option.key)
    if named:
        return named
    seats = frozenset(option.within[1] for option in options[:1] if option.within[1])
    return seats or _misspelt_units(gazetteer, text, countries)


def _misspelt_units(gazetteer: Gazetteer, text: str, countries: frozenset[str]) -> frozenset[str]:
    reading = read_name(text, "en", "admin1")
    for form in (*reading.full[:1], *reading.bare[:1]):
        for hit in gazetteer.suggest(form, limit=10):
            feature = hit.feature
            if not countries or feature.country in countries:
                unit = feature.id if feature.precision == "admin1" else feature.admin1_id
                if unit:
                    return frozenset({unit})
    return frozenset()


def _point(
    gazetteer: Gazetteer,
    near: Near | None,
    countries: frozenset[str],
    units: frozenset[str],
) -> tuple[float, float] | None:
    if near is None or isinstance(near, tuple):
        return near
    options = list(_found(gazetteer, near, None))
    inside = [o for o in options if (not units) or o.within[1] in units]
    inside = [o for o in inside if (not countries) or o.within[0] in countries] or options
    if not inside:
        return None
    feature = inside[0].feature
    return feature.lon, feature.lat


def hint_parts(option: Option, hints: Hints) -> list[Part]:
    """How far an option agrees with what the caller knows."""
    parts: list[Part] = []
    if hints.countries:
        inside = option.within[0] in hints.countries
        parts.append(("in the country given" if inside else "outside the country given", 1.0))
    if hints.units and option.kind != "country":
        if option.key in hints.units:
            return [*parts, ("is the unit given", 1.0)]
        inside = option.within[1] in hints.units
        parts.append(("in the unit given" if inside else "outside the unit given", 1.0))
    if hints.near:
        away = distance_m(*hints.near, option.feature.lon, option.feature.lat)
        parts.append(("away from the place given", log1p(away / _NEAR_SCALE_M)))
    return parts

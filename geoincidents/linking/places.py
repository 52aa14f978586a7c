"""How far two sets of places are one place, told from afar or near."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from geoincidents.model import EventLocation, Location

#: From a spot to a whole country; what a set of places is, by its finest members.
Reach = Literal["fine", "admin", "wide", "none"]

_FINE = {"site", "neighbourhood", "settlement", "vicinity"}
_ADMIN = {"admin2", "admin1"}
#: A city is told of as one point, yet its outskirts are hit in its name.
_SETTLEMENT_RADIUS_M = 4_000.0
#: "Near X" is not taken wider than this, however uncertain it is.
_VICINITY_LIMIT_M = 15_000.0
#: A list of places in so many first-level units tells of a wave, not of one strike.
_WAVE_UNITS = 3
_EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Place:
    """What the comparison needs of a location; `unit` is its first-level unit."""

    key: str
    name: str
    reach: Reach
    precision: str
    lat: float
    lon: float
    radius_m: float
    country: str
    unit: str
    district: str
    #: Key of the administrative centre, of a unit.
    capital: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How well two sets of places agree, and in which place."""

    score: float
    how: str
    name: str


@lru_cache(maxsize=65_536)
def place_of(location: Location) -> Place:
    """A location reduced to what is compared."""
    precision = location.precision
    reach: Reach = "fine" if precision in _FINE else "admin" if precision in _ADMIN else "wide"
    unit = location.admin1_id or location.admin1 or ""
    if precision == "admin1":
        unit = location.feature_id or unit or location.name or ""
    point = f"{location.lat:.3f},{location.lon:.3f}"
    return Place(
        key=location.feature_id or f"{(location.name or '').casefold()}@{point}",
        name=location.name or point,
        reach=reach,
        precision=precision,
        lat=location.lat,
        lon=location.lon,
        radius_m=location.uncertainty_m,
        country=location.country or "",
        unit=unit,
        district=location.admin2_id or location.admin2 or "",
    )


def places_of(
    locations: Iterable[EventLocation],
    capitals: Mapping[str, str],
    scopes: Collection[str] = (),
) -> tuple[Place, ...]:
    """Places where it happened, in a fixed order.

    Where it was launched from is another place; where people responded counts
    only for an event that is nothing but a response.

    Parameters
    ----------
    locations
        Places of an event, in their roles.
    capitals
        Feature id of the administrative centre by that of its unit.
    scopes
        Names of what its totals are counted over: a country named here makes
        the event one of the whole country, whatever cities stand beside it.
    """
    items = [item for item in locations if item.role != "launch"]
    struck = [item for item in items if item.role != "response"]
    places = {_with_capital(place_of(item.location), capitals) for item in struck or items}
    return core(places, wide=_is_nationwide(places, {scope.casefold() for scope in scopes}))


def _is_nationwide(places: set[Place], scopes: set[str]) -> bool:
    """True when totals are counted over the country in which the places lie."""
    homes = {p.country for p in places if p.reach != "wide"}
    return any(
        p.reach == "wide" and p.name.casefold() in scopes and (not homes or p.country in homes)
        for p in places
    )


def _with_capital(place: Place, capitals: Mapping[str, str]) -> Place:
    capital = capitals.get(place.key) if place.reach == "admin" else None
    return replace(place, capital=capital) if capital else place


def core(places: Iterable[Place], *, wide: bool = False) -> tuple[Place, ...]:
    """Only the finest places of a set: a province named beside its city adds nothing.

    A country stays beside the cities of a wave, for it is what other reports name.
    """
    ordered = sorted(places, key=lambda p: (p.key, p.precision, p.name, p.lat, p.lon))
    fine = [p for p in ordered if p.reach == "fine"]
    admin = [p for p in ordered if p.reach == "admin" and not _held(p, fine)]
    local = (*fine, *admin) if wide or _is_list(fine, admin) else tuple(fine or admin)
    if wide or not local or _units(local) >= _WAVE_UNITS:
        return (*local, *(p for p in ordered if p.reach == "wide"))
    return tuple(local)


def _held(unit: Place, fine: list[Place]) -> bool:
    return any(p.unit == unit.unit for p in fine)


def _is_list(fine: list[Place], admin: list[Place]) -> bool:
    return _units((*fine, *admin)) >= _WAVE_UNITS


def _units(places: Iterable[Place]) -> int:
    return len({p.unit or p.key for p in places if p.reach != "wide"})


def reach_of(places: tuple[Place, ...]) -> Reach:
    """What the set is as a whole: a spot, a unit, a country or a wave over many."""
    if not places:
        return "none"
    if _units(places) >= _WAVE_UNITS or any(p.reach == "wide" for p in places):
        return "wide"
    return "fine" if any(p.reach == "fine" for p in places) else "admin"


def distance_m(a: Place, b: Place) -> float:
    """Distance on a sphere, in metres; good enough to tell cities apart."""
    x = math.radians(_turn(b.lon - a.lon)) * math.cos(math.radians((a.lat + b.lat) / 2))
    y = math.radians(b.lat - a.lat)
    return math.hypot(x, y) * _EARTH_RADIUS_M


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def match(ours: tuple[Place, ...], theirs: tuple[Place, ...]) -> Match | None:
    """The best agreement of two sets of places, or None where they are apart.

    Sets agree when they share at least half of the smaller one and, for lists
    of places, half of both together: a strike on one city is not the wave
    over six that names it.
    """
    scope = {reach_of(ours), reach_of(theirs)}
    if "none" in scope:
        return None
    if scope == {"wide"}:
        return _wide(ours, theirs)
    if any(place.reach == "wide" for place in (*ours, *theirs)):
        return None
    pairs = [(_pair(a, b), a, b) for a in ours for b in theirs]
    met = [item for item in pairs if item[0] is not None]
    if not met:
        return None
    shared = min(len({a.key for _, a, _ in met}), len({b.key for _, _, b in met}))
    union = len({p.key for p in ours}) + len({p.key for p in theirs}) - shared
    if shared * 2 < min(len(ours), len(theirs)) or ("wide" in scope and shared * 2 < union):
        return None
    return max((m for m, _, _ in met if m is not None), key=lambda m: (m.score, m.name))


def _wide(ours: tuple[Place, ...], theirs: tuple[Place, ...]) -> Match | None:
    countries = {p.key: p for p in ours if p.reach == "wide"}
    common = next((p for p in theirs if p.key in countries), None)
    if common is not None:
        return Match(2.5, "the same country", common.name)
    listed, others = ({p.key: p for p in side if p.reach != "wide"} for side in (ours, theirs))
    shared = sorted(listed.keys() & others.keys())
    if shared and len(shared) * 2 >= min(len(listed), len(others)):
        return Match(2.5, "the same list of places", listed[shared[0]].name)
    return _listed_in(ours, theirs) or _listed_in(theirs, ours)


def _listed_in(bare: tuple[Place, ...], cities: tuple[Place, ...]) -> Match | None:
    """A country spoken of as a whole, and a wave whose places all lie in it."""
    wide = {p.country: p for p in bare if p.precision == "country"}
    homes = {p.country for p in cities}
    if len(homes) == 1 and (home := wide.get(next(iter(homes)))) is not None:
        return Match(2.25, "the same country", home.name)
    return None


def _pair(a: Place, b: Place) -> Match | None:
    if a.reach == "fine" and b.reach == "fine":
        return _fine_pair(a, b)
    if a.reach == b.reach == "admin":
        return _admin_pair(a, b)
    if {a.reach, b.reach} == {"fine", "admin"}:
        spot, unit = (a, b) if a.reach == "fine" else (b, a)
        return _nested(spot, unit)
    return Match(2.0, "the same region", a.name) if a.key == b.key else None


def _fine_pair(a: Place, b: Place) -> Match | None:
    if a.key == b.key:
        vague = "vicinity" in {a.precision, b.precision} and a.precision != b.precision
        return Match(2.5 if vague else 3.0, "the same place", a.name)
    if a.country and b.country and a.country != b.country:
        return None
    apart = distance_m(a, b)
    precisions = {a.precision, b.precision}
    if "vicinity" in precisions:
        limit = min(_VICINITY_LIMIT_M, max(a.radius_m, b.radius_m))
        return Match(1.5, "the same vicinity", b.name) if apart <= limit else None
    if precisions == {"settlement"}:
        return None
    city = max(a, b, key=lambda p: (p.precision == "settlement", p.radius_m))
    limit = max(_SETTLEMENT_RADIUS_M, city.radius_m) if "settlement" in precisions else 1_500.0
    return Match(2.75, "the same city", city.name) if apart <= limit else None


def _admin_pair(a: Place, b: Place) -> Match | None:
    if a.key == b.key:
        return Match(2.25, "the same province or district", a.name)
    if a.precision != b.precision and a.unit and a.unit == b.unit:
        return Match(1.5, "a district of the same province", b.name)
    return None


def _nested(spot: Place, unit: Place) -> Match | None:
    inside = spot.district == unit.key if unit.precision == "admin2" else spot.unit == unit.unit
    if not inside:
        return None
    if spot.key == unit.capital or _stem(spot.name) == _stem(unit.name):
        return Match(2.5, "a province and its capital", spot.name)
    return Match(1.5, "a place within the province", spot.name)


def _stem(name: str) -> str:
    """Start of the first word: "Kharkiv" and "Kharkivska Oblast" share it."""
    return name.casefold().partition(" ")[0][:5]

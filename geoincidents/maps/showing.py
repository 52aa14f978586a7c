"""Which of an incident's places are drawn: the most precise, told once each."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING

from geoincidents.maps.areas import COARSE

if TYPE_CHECKING:
    from geoincidents.model import EventLocation, Location

_METRES_PER_DEGREE = 111_195.0


def distance_m(a: Location, b: Location) -> float:
    """Metres between two places, flat-earth: enough to tell one town from another."""
    dx = ((a.lon - b.lon + 180) % 360 - 180) * cos(radians((a.lat + b.lat) / 2))
    return hypot(dx, a.lat - b.lat) * _METRES_PER_DEGREE


def holds(outer: Location, inner: Location) -> bool:
    """Whether a coarser place adds nothing to a more precise one inside it."""
    if outer.precision == "country":
        return outer.country is not None and outer.country == inner.country
    if outer.precision == "admin1":
        same = outer.admin1_id or outer.admin1 or outer.feature_id
        return same in {inner.admin1_id, inner.admin1}
    if outer.precision in COARSE:
        return distance_m(outer, inner) <= outer.uncertainty_m
    return distance_m(outer, inner) <= max(outer.uncertainty_m, 3000)


def shown_places(places: tuple[EventLocation, ...]) -> frozenset[int]:
    """Numbers of the places to draw.

    Of the places of one role, one that holds a more precise one is dropped, and
    of the same feature told by several reports the first stays.
    """
    if len(places) == 1:
        return frozenset((0,))
    return frozenset(
        number
        for number, place in enumerate(places)
        if not any(
            other.role == place.role and _hides(other.location, n < number, place.location)
            for n, other in enumerate(places)
            if n != number
        )
    )


def _hides(other: Location, is_earlier: bool, place: Location) -> bool:
    finer = _rank(other) - _rank(place)
    if finer == 0:
        same = other.feature_id is not None and other.feature_id == place.feature_id
        return is_earlier and (same or (other.lon, other.lat) == (place.lon, place.lat))
    return finer < 0 and holds(place, other)


def _rank(place: Location) -> int:
    from geoincidents.model import PRECISION_ORDER

    return PRECISION_ORDER.index(place.precision)

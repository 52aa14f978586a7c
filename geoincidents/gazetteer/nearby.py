"""Settlements about a point, from the grid in the file."""

from __future__ import annotations

from heapq import nsmallest
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from geoincidents.gazetteer.layout import CELLS_PER_DEGREE, COLUMNS, DEGREE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.gazetteer.answers import Place
    from geoincidents.gazetteer.gazetteer import Gazetteer
    from geoincidents.gazetteer.store import Store

_EARTH_M = 6_371_008.8
_DEGREE_M = 111_195.0


def haversine_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in metres on the mean sphere."""
    phi1, phi2 = radians(lat1), radians(lat2)
    sines = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_M * asin(min(1.0, sqrt(sines)))


def nearby(
    gazetteer: Gazetteer, lon: float, lat: float, radius_m: float, limit: int
) -> list[Place]:
    """Layer and ordinal of the settlements within a radius, nearest first."""
    found = []
    for layer, store in enumerate(gazetteer.stores):
        for ordinal in _candidates(store, lon, lat, radius_m):
            record = store.record(ordinal)
            distance = haversine_m(lon, lat, record.lon / DEGREE, record.lat / DEGREE)
            if distance <= radius_m:
                found.append((distance, layer, ordinal))
    return [(layer, ordinal) for _, layer, ordinal in nsmallest(limit, found)]


def _candidates(store: Store, lon: float, lat: float, radius_m: float) -> Iterator[int]:
    reach = radius_m / _DEGREE_M
    south = max(int((lat - reach + 90) * CELLS_PER_DEGREE), 0)
    north = min(int((lat + reach + 90) * CELLS_PER_DEGREE), ROWS - 1)
    widest = cos(radians(min(89.0, abs(lat) + reach)))
    half = min(180.0, reach / widest)
    west = int((lon - half + 180) * CELLS_PER_DEGREE // 1)
    east = int((lon + half + 180) * CELLS_PER_DEGREE // 1)
    for row in range(south, north + 1):
        for first, last in _wrapped(west, min(east, west + COLUMNS - 1)):
            start, end = store.cells(row * COLUMNS + first, row * COLUMNS + last)
            yield from range(start, end)


def _wrapped(west: int, east: int) -> list[tuple[int, int]]:
    """Runs of columns, cut at the antimeridian."""
    first, last = west % COLUMNS, east % COLUMNS
    if first <= last:
        return [(first, last)]
    return [(first, COLUMNS - 1), (0, last)]

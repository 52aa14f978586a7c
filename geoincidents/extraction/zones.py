"""The time zone of a place.

Countries with one zone answer at once; in the others the zone of the nearest
chief place of the IANA database's own table is taken. Near a zone border that
can be off by one hour, which is within the precision of what reports tell.
"""

from __future__ import annotations

import math
from datetime import UTC, tzinfo
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geoincidents.data import data_path

if TYPE_CHECKING:
    from geoincidents.model import Location


@cache
def _chief_places() -> dict[str, tuple[tuple[float, float, str], ...]]:
    rows: dict[str, list[tuple[float, float, str]]] = {}
    lines = data_path("gazetteer", "timezones.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        country, lat, lon, zone = line.split("\t")
        rows.setdefault(country, []).append((float(lat), float(lon), zone))
    return {country: tuple(places) for country, places in rows.items()}


def zone_named(name: str | None) -> tzinfo | None:
    """Open a zone by its IANA name; None when there is no such zone."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of(location: Location | None) -> tzinfo:
    """Give the time zone of a location; UTC when nothing is known."""
    if location is None:
        return UTC
    places = _chief_places().get(location.country or "")
    if not places:
        return UTC
    shrink = math.cos(math.radians(location.lat))

    def away(place: tuple[float, float, str]) -> float:
        across = abs(place[1] - location.lon)
        return math.hypot(place[0] - location.lat, min(across, 360 - across) * shrink)

    return zone_named(min(places, key=away)[2]) or UTC

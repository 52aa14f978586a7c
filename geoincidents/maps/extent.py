"""What part of the world a map opens on: all that was struck, across the antimeridian."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model import IncidentCollection, Location

Bounds = tuple[float, float, float, float]
#: Shown where there is nothing to show: the inhabited world.
WORLD: Bounds = (-170.0, -55.0, 190.0, 75.0)
#: A place never counts as wider than this, in degrees: one country must not blow up the map.
MAX_REACH = 4.0
MIN_SPAN = 0.35
MAX_LAT = 84.0
_METRES_PER_DEGREE = 111_195.0


def _reach(place: Location) -> tuple[float, float]:
    """Half width and half height of a place in degrees."""
    height = min(place.uncertainty_m / _METRES_PER_DEGREE, MAX_REACH)
    return min(height / max(cos(radians(place.lat)), 0.1), MAX_REACH * 2), height


def extent(collection: IncidentCollection) -> Bounds:
    """West, south, east, north in degrees; an east above 180 crosses the antimeridian.

    Launch places and responses elsewhere do not widen it.
    """
    boxes = []
    for incident in collection.incidents:
        chosen = [p.location for p in incident.locations if p.role in {"target", "intercept"}]
        for place in chosen or [p.location for p in incident.locations]:
            dx, dy = _reach(place)
            boxes.append((place.lon - dx, place.lat - dy, place.lon + dx, place.lat + dy))
    if not boxes:
        return WORLD
    west, east = _longitudes([(box[0], box[2]) for box in boxes])
    south = max(-MAX_LAT, min(box[1] for box in boxes))
    north = min(MAX_LAT, max(box[3] for box in boxes))
    return _widened(west, min(south, MAX_LAT - 1), east, max(north, 1 - MAX_LAT))


def _longitudes(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """The shortest arc that holds all spans: what is left of the widest gap."""
    ordered = sorted((west % 360, west % 360 + east - west) for west, east in spans)
    widest, start, reach = -1.0, ordered[0][0], ordered[0][1]
    for west, east in ordered[1:]:
        if west - reach > widest:
            widest, start = west - reach, west
        reach = max(reach, east)
    last_gap = ordered[0][0] + 360 - reach
    if last_gap >= widest:
        start, widest = ordered[0][0], last_gap
    west = (start + 180) % 360 - 180
    return west, west + 360 - max(widest, 0.0)


def _widened(west: float, south: float, east: float, north: float) -> Bounds:
    dx = max(0.0, MIN_SPAN - (east - west)) / 2
    dy = max(0.0, MIN_SPAN * 0.6 - (north - south)) / 2
    return west - dx, south - dy, east + dx, north + dy

"""What part of the world a map opens on: all that was struck, across the antimeridian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from geoincidents.model import EventLocation, IncidentCollection, Location

    Array = np.ndarray[Any, np.dtype[np.float64]]

Bounds = tuple[float, float, float, float]
#: Shown where there is nothing to show: the inhabited world.
WORLD: Bounds = (-170.0, -55.0, 190.0, 75.0)
#: A place never counts as wider than this, in degrees: one country must not blow up the map.
MAX_REACH = 4.0
MIN_SPAN = 0.35
MAX_LAT = 85.0
_METRES_PER_DEGREE = 111_195.0


def extent(collection: IncidentCollection) -> Bounds:
    """West, south, east, north in degrees; an east above 180 crosses the antimeridian.

    Launch places and responses elsewhere do not widen it, nor do whole countries
    where anything smaller is known.
    """
    import numpy as np

    places = [place for i in collection.incidents for place in _shaping(i.locations)]
    if not places:
        return WORLD
    smaller = [p for p in places if p.precision not in {"country", "sea"}]
    places = smaller or places
    lon = np.array([p.lon for p in places])
    lat = np.array([p.lat for p in places])
    dy = np.minimum([p.uncertainty_m / _METRES_PER_DEGREE for p in places], MAX_REACH)
    dx = np.minimum(dy / np.maximum(np.cos(np.radians(lat)), 0.1), MAX_REACH * 2)
    west, east = _longitudes(lon - dx, lon + dx)
    south = max(-MAX_LAT, float((lat - dy).min()))
    north = min(MAX_LAT, float((lat + dy).max()))
    return _widened(west, min(south, MAX_LAT - 1), east, max(north, 1 - MAX_LAT))


def _shaping(places: tuple[EventLocation, ...]) -> list[Location]:
    """Places that say where an incident was: the struck ones, else all."""
    if len(places) == 1:
        return [places[0].location]
    chosen = [p.location for p in places if p.role in {"target", "intercept"}]
    return chosen or [p.location for p in places]


def _longitudes(west: Array, east: Array) -> tuple[float, float]:
    """The shortest arc that holds all spans: what is left of the widest gap."""
    import numpy as np

    starts = west % 360
    order = np.argsort(starts)
    starts, ends = starts[order], starts[order] + (east - west)[order]
    reach = np.maximum.accumulate(ends)
    gaps = np.append(starts[1:] - reach[:-1], starts[0] + 360 - reach[-1])
    widest = int(gaps.argmax())
    start = float(starts[(widest + 1) % len(starts)])
    left = (start + 180) % 360 - 180
    return left, left + 360 - max(float(gaps[widest]), 0.0)


def _widened(west: float, south: float, east: float, north: float) -> Bounds:
    dx = max(0.0, MIN_SPAN - (east - west)) / 2
    dy = max(0.0, MIN_SPAN * 0.6 - (north - south)) / 2
    return west - dx, south - dy, east + dx, north + dy

"""Which clusters an event is worth comparing with: those of its places and days."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from geoincidents.linking.places import reach_of
from geoincidents.linking.times import RECAP_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.linking.parts import Profile
    from geoincidents.linking.places import Place

Key = tuple[str, object, int]

#: Side of a grid cell in degrees; with its neighbours it holds any vicinity.
_CELL_DEGREES = 0.3
_CELLS_ROUND = round(360 / _CELL_DEGREES)


class Index:
    """Clusters by place and day, at the precision of each."""

    def __init__(self) -> None:
        self._clusters: dict[Key, dict[int, None]] = defaultdict(dict)

    def add(self, cluster: int, profile: Profile) -> None:
        """File a cluster under its places and days."""
        if profile.window is None:
            return
        for day in profile.window.days():
            for kind, place in _filed(profile):
                self._clusters[kind, place, day][cluster] = None

    def near(self, profile: Profile) -> list[int]:
        """Clusters that may be of the same incident, in the order they were founded."""
        if profile.window is None:
            return []
        found: set[int] = set()
        asked = list(_asked(profile))
        for day in profile.window.days(RECAP_DAYS if profile.recap else 0):
            for kind, place in asked:
                found.update(self._clusters.get((kind, place, day), ()))
        return sorted(found)


def _cell(place: Place) -> tuple[int, int]:
    column = math.floor((place.lon + 180) / _CELL_DEGREES) % _CELLS_ROUND
    return math.floor((place.lat + 90) / _CELL_DEGREES), column


def _filed(profile: Profile) -> Iterator[tuple[str, object]]:
    """What a cluster can be found by."""
    for place in profile.places:
        if place.reach == "fine":
            yield "cell", _cell(place)
            yield "inside", place.unit
        elif place.reach == "admin":
            yield "unit", place.unit
        else:
            yield "wide", place.key
    if reach_of(profile.places) == "wide":
        yield from {("country", place.country) for place in profile.places}


def _asked(profile: Profile) -> Iterator[tuple[str, object]]:
    """What an event looks for: its cells and those around, its units, its countries."""
    for place in profile.places:
        if place.reach == "fine":
            row, column = _cell(place)
            for up in (-1, 0, 1):
                for right in (-1, 0, 1):
                    yield "cell", (row + up, (column + right) % _CELLS_ROUND)
            yield "unit", place.unit
        elif place.reach == "admin":
            yield "inside", place.unit
            yield "unit", place.unit
        else:
            yield "wide", place.key
    if reach_of(profile.places) == "wide":
        yield from {("country", place.country) for place in profile.places}

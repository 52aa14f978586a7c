"""From points to places, vectorised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoincidents.gazetteer.answers import Reverse
from geoincidents.gazetteer.layout import DEGREE, FEATURE
from geoincidents.gazetteer.nearest import NearestPoint
from geoincidents.gazetteer.shapes import unpack

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geoincidents.gazetteer.answers import Place
    from geoincidents.gazetteer.gazetteer import Gazetteer

#: A point this far off every unit, in degrees, is still of the nearest: coasts are simplified.
_OFF_COAST = 0.1

_POINT = np.dtype(
    {
        "names": ["lat", "lon"],
        "formats": ["<i4", "<i4"],
        "offsets": [0, 4],
        "itemsize": FEATURE.size,
    }
)


class ReverseIndex:
    """Settlements and units of all layers, indexed when first asked."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._layers, self._ordinals, lons, lats = _settlements(gazetteer)
        self._nearest = NearestPoint(lons, lats)
        self._unit_places, polygons = _units(gazetteer)
        self._polygons = np.array(polygons, dtype=object)
        shapely.prepare(self._polygons)
        self._units = shapely.STRtree(self._polygons)

    def at(self, lon: float, lat: float) -> Reverse:
        """What lies at one point."""
        return self.many([lon], [lat])[0]

    def many(self, lons: ArrayLike, lats: ArrayLike) -> list[Reverse]:
        """What lies at each of many points."""
        x, y = np.asarray(lons, float), np.asarray(lats, float)
        settlements = self._nearest.query(x, y)
        units = self.holding(x, y)
        answers: dict[tuple[int, int], Reverse] = {}
        found = []
        for pair in zip(settlements.tolist(), units.tolist(), strict=True):
            answer = answers.get(pair)
            if answer is None:
                answer = answers[pair] = self._answer(*pair)
            found.append(answer)
        return found

    def _answer(self, settlement: int, unit: int) -> Reverse:
        gazetteer = self._gazetteer
        place = (int(self._layers[settlement]), int(self._ordinals[settlement]))
        nearest = gazetteer.at(place) if settlement >= 0 else None
        holder = gazetteer.at(self._unit_places[unit]) if unit >= 0 else None
        country = gazetteer.country_of(holder) if holder else None
        admin1 = holder if holder and holder.precision != "country" else None
        return Reverse(nearest, admin1, country)

    def holding(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
        """Index of the unit that holds each point, -1 for none."""
        points = shapely.points(lons, lats)
        found = np.full(len(lons), -1, np.intp)
        asked, units = self._units.query(points)
        inside = shapely.intersects_xy(self._polygons[units], lons[asked], lats[asked])
        found[asked[inside]] = units[inside]
        rest = np.flatnonzero(found < 0)
        if len(rest) and len(self._polygons):
            near, units = self._units.query_nearest(
                points[rest], max_distance=_OFF_COAST, all_matches=False
            )
            found[rest[near]] = units
        return found


def _settlements(
    gazetteer: Gazetteer,
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    layers, ordinals, lons, lats = [], [], [], []
    for layer, store in enumerate(gazetteer.stores):
        first, last = store.units, store.units + store.settlements
        records = np.frombuffer(store.section("features"), _POINT)[first:last]
        layers.append(np.full(len(records), layer))
        ordinals.append(np.arange(first, last))
        lons.append(records["lon"] / DEGREE)
        lats.append(records["lat"] / DEGREE)
    return (
        np.concatenate(layers),
        np.concatenate(ordinals),
        np.concatenate(lons),
        np.concatenate(lats),
    )


def _units(gazetteer: Gazetteer) -> tuple[list[Place], list[object]]:
    """First-level units with their polygons, and countries that have none of these."""
    places, polygons, divided = [], [], set()
    for place in (*gazetteer.unit_places("ADM1"), *gazetteer.country_places()):
        feature = gazetteer.at(place)
        packed = gazetteer.packed_shape(feature.id)
        if packed and (feature.code == "ADM1" or feature.country not in divided):
            divided.add(feature.country)
            places.append(place)
            polygons.append(unpack(packed))
    return places, polygons

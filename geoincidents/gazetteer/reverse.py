"""From points to places, vectorised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoincidents.gazetteer.answers import Reverse
from geoincidents.gazetteer.layout import DEGREE, FEATURE
from geoincidents.gazetteer.shapes import unpack

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geoincidents.gazetteer.answers import Place
    from geoincidents.gazetteer.gazetteer import Gazetteer
    from geoincidents.model import Feature

#: A point this far off every unit, in degrees, is still of the nearest: coasts are simplified.
_OFF_COAST = 0.1
#: Settlements farther than this, in degrees of latitude, are none of a point's.
_FARTHEST = 2.0

_POINT = np.dtype(
    {"names": ["lat", "lon"], "formats": ["<i4", "<i4"], "offsets": [0, 4], "itemsize": FEATURE.size}
)


class ReverseIndex:
    """Trees of settlements and units over all layers, grown when first asked.

    Distances are compared in bands of one degree of latitude, each with its own
    scale of longitude, so that the nearest is found to about one part in a hundred.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._layers, self._ordinals, self._lons, self._lats = _settlements(gazetteer)
        self._by_lat = np.argsort(self._lats, kind="stable")
        self._sorted_lats = self._lats[self._by_lat]
        self._bands: dict[int, tuple[shapely.STRtree | None, NDArray[np.intp]]] = {}
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
        settlements = self.nearest(x, y)
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

    def nearest(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
        """Index of the nearest settlement to each point, -1 for none near."""
        found = np.full(len(lons), -1, np.intp)
        bands = np.floor(lats).astype(int)
        for band in np.unique(bands):
            tree, members = self._band(int(band))
            if tree is None:
                continue
            inside = np.flatnonzero(bands == band)
            points = shapely.points(lons[inside] * _scale(int(band)), lats[inside])
            asked, answered = tree.query_nearest(points, max_distance=_FARTHEST, all_matches=False)
            found[inside[asked]] = members[answered]
        return found

    def _band(self, band: int) -> tuple[shapely.STRtree | None, NDArray[np.intp]]:
        if band not in self._bands:
            low, high = np.searchsorted(
                self._sorted_lats, (band - _FARTHEST, band + 1 + _FARTHEST)
            )
            members = self._by_lat[low:high]
            xs, ys = self._lons[members] * _scale(band), self._lats[members]
            tree = shapely.STRtree(shapely.points(xs, ys)) if len(members) else None
            self._bands[band] = tree, members
        return self._bands[band]

    def holding(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
        """Index of the unit that holds each point, -1 for none."""
        points = shapely.points(lons, lats)
        found = np.full(len(lons), -1, np.intp)
        asked, units = self._units.query(points)
        inside = shapely.contains_xy(self._polygons[units], lons[asked], lats[asked])
        found[asked[inside]] = units[inside]
        rest = np.flatnonzero(found < 0)
        if len(rest):
            near, units = self._units.query_nearest(
                points[rest], max_distance=_OFF_COAST, all_matches=False
            )
            found[rest[near]] = units
        return found


def _scale(band: int) -> float:
    return float(max(np.cos(np.radians(band + 0.5)), 0.01))


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
    divided = {feature.country for feature in map(gazetteer.at, gazetteer.unit_places("ADM1"))}
    places, polygons = [], []
    for place in (*gazetteer.unit_places("ADM1"), *gazetteer.country_places()):
        feature: Feature = gazetteer.at(place)
        packed = gazetteer.packed_shape(feature.id)
        if packed and (feature.code == "ADM1" or feature.country not in divided):
            places.append(place)
            polygons.append(unpack(packed))
    return places, polygons

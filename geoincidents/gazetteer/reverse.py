"""From points to places, vectorised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

import numpy as np
import shapely

from geoincidents.gazetteer.answers import Reverse
from geoincidents.gazetteer.layout import ADMIN1_AT, DEGREE, FEATURE
from geoincidents.gazetteer.nearest import NearestPoint
from geoincidents.gazetteer.shapes import unpack

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geoincidents.gazetteer.answers import Place
    from geoincidents.gazetteer.gazetteer import Gazetteer

#: A point this far off every unit, in degrees, is of the nearest settlement's: coasts are
#: simplified, and harbours and beaches are spoken of as the town's.
_OFF_COAST = 0.2

_POINT = np.dtype(
    {
        "names": ["lat", "lon", "admin1"],
        "formats": ["<i4", "<i4", "<u4"],
        "offsets": [0, 4, ADMIN1_AT],
        "itemsize": FEATURE.size,
    }
)


class ReverseAnswers(Sequence[Reverse]):
    """What lies at each of many points; an answer is put into words when it is read.

    Attributes
    ----------
    settlement, unit
        Arrays of row numbers of the index, -1 for none: compare and count with these.
    """

    def __init__(
        self, index: ReverseIndex, settlement: NDArray[np.intp], unit: NDArray[np.intp]
    ) -> None:
        self._index = index
        self.settlement = settlement
        self.unit = unit

    def __len__(self) -> int:
        return len(self.settlement)

    @overload
    def __getitem__(self, i: int) -> Reverse: ...
    @overload
    def __getitem__(self, i: slice) -> ReverseAnswers: ...
    def __getitem__(self, i: int | slice) -> Reverse | ReverseAnswers:
        if isinstance(i, slice):
            return ReverseAnswers(self._index, self.settlement[i], self.unit[i])
        return self._index.answer(int(self.settlement[i]), int(self.unit[i]))


class ReverseIndex:
    """Settlements and units of all layers, indexed when first asked."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._unit_places, polygons = _units(gazetteer)
        self._polygons = np.array(polygons, dtype=object)
        shapely.prepare(self._polygons)
        self._units = shapely.STRtree(self._polygons)
        columns = _settlements(gazetteer, self._unit_places)
        self._layers, self._ordinals, self._lons, self._lats, self._held = columns
        self._nearest = NearestPoint(self._lons, self._lats)

    def at(self, lon: float, lat: float) -> Reverse:
        """What lies at one point."""
        return self.many([lon], [lat])[0]

    def many(self, lons: ArrayLike, lats: ArrayLike) -> ReverseAnswers:
        """What lies at each of many points."""
        x, y = np.asarray(lons, float), np.asarray(lats, float)
        settlements = self._nearest.query(x, y)
        units = self._holding(x, y)
        self._ashore(x, y, settlements, units)
        return ReverseAnswers(self, settlements, units)

    def answer(self, settlement: int, unit: int) -> Reverse:
        """Put row numbers into words."""
        gazetteer = self._gazetteer
        place = (int(self._layers[settlement]), int(self._ordinals[settlement]))
        nearest = gazetteer.at(place) if settlement >= 0 else None
        holder = gazetteer.at(self._unit_places[unit]) if unit >= 0 else None
        country = gazetteer.country_of(holder) if holder else None
        admin1 = holder if holder and holder.precision != "country" else None
        return Reverse(nearest, admin1, country)

    def _holding(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
        """Row of the unit that holds each point, -1 for none."""
        found = np.full(len(lons), -1, np.intp)
        asked, units = self._units.query(shapely.points(lons, lats))
        order = np.argsort(units, kind="stable")  # one prepared polygon after the other
        asked, units = asked[order], units[order]
        inside = shapely.intersects_xy(self._polygons[units], lons[asked], lats[asked])
        found[asked[inside]] = units[inside]
        return found

    def _ashore(
        self,
        lons: NDArray[np.float64],
        lats: NDArray[np.float64],
        settlements: NDArray[np.intp],
        units: NDArray[np.intp],
    ) -> None:
        """Give points just off every unit the unit of their settlement, in place."""
        lost = np.flatnonzero((units < 0) & (settlements >= 0))
        near = settlements[lost]
        across = (self._lons[near] - lons[lost] + 180) % 360 - 180
        away = np.hypot(across * np.cos(np.radians(lats[lost])), self._lats[near] - lats[lost])
        close = away <= _OFF_COAST
        units[lost[close]] = self._held[near[close]]


def _settlements(
    gazetteer: Gazetteer, unit_places: list[Place]
) -> tuple[
    NDArray[np.uint8],
    NDArray[np.int32],
    NDArray[np.float32],
    NDArray[np.float32],
    NDArray[np.int32],
]:
    """Layer, ordinal, longitude, latitude and row of the unit of each settlement.

    Single precision places a point to two metres.
    """
    parts = []
    for layer, store in enumerate(gazetteer.stores):
        first, last = store.units, store.units + store.settlements
        records = np.frombuffer(store.section("features"), _POINT)[first:last]
        rows = np.full(store.units + 1, -1, np.int32)
        for row, (of, ordinal) in enumerate(unit_places):
            if of == layer:
                rows[ordinal + 1] = row
        parts.append(
            (
                np.full(len(records), layer, np.uint8),
                np.arange(first, last, dtype=np.int32),
                (records["lon"] / DEGREE).astype(np.float32),
                (records["lat"] / DEGREE).astype(np.float32),
                rows[records["admin1"]],
            )
        )
    layers, ordinals, lons, lats, held = (np.concatenate(part) for part in zip(*parts, strict=True))
    return layers, ordinals, lons, lats, held


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

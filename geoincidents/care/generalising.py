"""One exact place → the district, province or country that holds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Protocol

from geoincidents.model import PRECISION_ORDER, Location

if TYPE_CHECKING:
    from geoincidents.model import Feature

Level = Literal["admin2", "admin1"]

#: An "area" with so small a radius in metres is a place all the same.
_SMALL_M = {"admin2": 10_000.0, "admin1": 40_000.0}
#: Where no unit is known, a place is told to a whole degree: about 111 km.
_DEGREE_M = 111_000.0


class Found(Protocol):
    """What a position lies in."""

    @property
    def settlement(self) -> Feature | None:
        """Nearest settlement."""

    @property
    def admin1(self) -> Feature | None:
        """First-level unit."""

    @property
    def country(self) -> Feature | None:
        """Country."""


class Places(Protocol):
    """What is asked of a gazetteer."""

    def feature(self, feature_id: str) -> Feature:
        """The feature of an id; KeyError when unknown."""

    def reverse(self, lon: float, lat: float) -> Found:
        """The units that hold a position."""


class Generaliser:
    """Gives each location its coarser unit; `level` None coarsens launches only."""

    def __init__(self, gazetteer: Places | None, level: Level | None) -> None:
        self._gazetteer = gazetteer
        self.everything = level is not None
        self._level: Level = level or "admin2"
        self._made: dict[Location, Location] = {}

    def is_exact(self, location: Location) -> bool:
        """True where the location says more than the level allows."""
        rank = PRECISION_ORDER.index
        if rank(location.precision) < rank(self._level):
            return True
        return location.uncertainty_m < _SMALL_M[self._level] and location.precision in {
            "admin2",
            "region",
            "sea",
        }

    def general(self, location: Location) -> Location:
        """The coarser location, which keeps nothing of the exact one."""
        if location not in self._made:
            self._made[location] = self._generalised(location)
        return self._made[location]

    def _generalised(self, location: Location) -> Location:
        unit = self._unit(location)
        if unit is None:
            return _whole_degree(location)
        return Location(
            name=unit.name,
            lat=unit.lat,
            lon=unit.lon,
            precision=unit.precision,
            uncertainty_m=max(unit.extent_m, _SMALL_M["admin2"]),
            confidence=location.confidence,
            feature_id=unit.id,
            feature_code=unit.code,
            country=unit.country,
            country_name=unit.country_name,
            admin1=unit.admin1,
            admin1_id=unit.admin1_id,
            admin2=unit.admin2,
            admin2_id=unit.admin2_id,
            evidence=(f"generalised to {unit.precision}",),
        )

    def _unit(self, location: Location) -> Feature | None:
        """The finest unit allowed that holds the location and is not the location itself."""
        ids = [location.admin1_id]
        if self._level == "admin2":
            ids.insert(0, location.admin2_id or self._district_of(location))
        for feature_id in ids:
            unit = self._feature(feature_id)
            if unit is not None:
                return self._as_unit(unit)
        if self._gazetteer is None:
            return None
        found = self._gazetteer.reverse(location.lon, location.lat)
        return self._as_unit(found.admin1) if found.admin1 else found.country

    def _district_of(self, location: Location) -> str | None:
        """District of the feature that a location is told by, or of the settlement it lies in.

        "The centre of X" bears X's feature but not its district.
        """
        feature = self._feature(location.feature_id)
        if feature is not None and feature.admin2_id:
            return feature.admin2_id
        if self._gazetteer is None or location.precision not in {"site", "neighbourhood"}:
            return None
        town = self._gazetteer.reverse(location.lon, location.lat).settlement
        return town.admin2_id if town and town.admin1_id == location.admin1_id else None

    def _feature(self, feature_id: str | None) -> Feature | None:
        if feature_id is None or self._gazetteer is None:
            return None
        try:
            return self._gazetteer.feature(feature_id)
        except KeyError:
            return None

    def _as_unit(self, unit: Feature) -> Feature:
        """A city that is its own first-level unit stands as that unit."""
        exact = PRECISION_ORDER.index(unit.precision) < PRECISION_ORDER.index("admin2")
        return replace(unit, precision="admin1") if exact else unit


def _whole_degree(location: Location) -> Location:
    """The nearest whole degree, nameless but for the province and country it is known to lie in."""
    return Location(
        name=location.admin1 or location.country_name,
        lat=float(round(location.lat)),
        lon=float(round(location.lon)),
        precision="region",
        uncertainty_m=_DEGREE_M,
        confidence=location.confidence,
        country=location.country,
        country_name=location.country_name,
        admin1=location.admin1,
        evidence=("generalised to a whole degree",),
    )

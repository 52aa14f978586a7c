"""Features and units of one gazetteer file, or of layers of them that are answered from as one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from geoincidents.gazetteer.layout import DEGREE, PRECISIONS
from geoincidents.gazetteer.store import extras_of
from geoincidents.model import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoincidents.gazetteer.answers import BoundaryPolicy, Place
    from geoincidents.gazetteer.store import Record, Store

_CACHED = 20_000


class Layers:
    """What `Gazetteer` answers from: features by id and place, and the units that hold them."""

    def __init__(
        self, stores: Sequence[Store], *, boundary_policy: BoundaryPolicy = "de_jure"
    ) -> None:
        self.stores = tuple(stores)
        self.boundary_policy = boundary_policy
        self._features: dict[Place, Feature] = {}
        self._unit_names: dict[Place, tuple[str, str]] = {}
        self._country_names: dict[str, str] = {}

    def feature(self, feature_id: str) -> Feature:
        """Feature by its id; KeyError when there is none."""
        return self._feature(*self._place(feature_id))

    def _place(self, feature_id: str) -> Place:
        for layer, store in enumerate(self.stores):
            ordinal = store.ordinal_of(feature_id)
            if ordinal is not None:
                return layer, ordinal
        raise KeyError(feature_id)

    def _feature(self, layer: int, ordinal: int) -> Feature:
        place = (layer, ordinal)
        feature = self._features.get(place)
        if feature is None:
            if len(self._features) >= _CACHED:
                self._features.clear()
            feature = self._features[place] = self._decoded(layer, ordinal)
        return feature

    def _decoded(self, layer: int, ordinal: int) -> Feature:
        store = self.stores[layer]
        record = store.record(ordinal)
        head, name = store.head(record)
        strings = store.strings
        extras = extras_of(head) if head else {}
        code = strings[record.code]
        own_id = f"geonames:{record.geonames}" if record.geonames else extras["id"]
        precision = PRECISIONS[record.precision]
        country = self._country_code(record, strings)
        admin1 = self._unit(layer, record.admin1, extras.get("admin1"))
        admin2 = self._unit(layer, record.admin2, extras.get("admin2"))
        if code == "ADM1":
            admin1 = own_id, name
        elif code == "ADM2":
            admin2 = own_id, name
        return Feature(
            own_id,
            name,
            code,
            precision,
            record.lat / DEGREE,
            record.lon / DEGREE,
            country,
            self._country_name(country) if country else None,
            admin1[1],
            admin1[0],
            admin2[1],
            admin2[0],
            record.population,
            record.extent_m,
            strings[record.source],
            strings[record.licence],
        )

    def _country_code(self, record: Record, strings: list[str]) -> str | None:
        if self.boundary_policy == "source" and record.source_country:
            return strings[record.source_country]
        return strings[record.country] or None

    def _unit(
        self, layer: int, number: int, foreign: str | None
    ) -> tuple[str, str] | tuple[None, None]:
        """Id and name of the unit that a record names."""
        if not number:
            return self._foreign(foreign) if foreign else (None, None)
        place = (layer, number - 1)
        unit = self._unit_names.get(place)
        if unit is None:
            store = self.stores[layer]
            record = store.record(number - 1)
            unit = self._unit_names[place] = (store.id_of(record), store.head(record)[1])
        return unit

    def _foreign(self, feature_id: str) -> tuple[str, str] | tuple[None, None]:
        try:
            layer, ordinal = self._place(feature_id)
        except KeyError:
            return None, None
        return self._unit(layer, ordinal + 1, None)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        """Place of each country by its code; units stand with the countries first."""
        found: dict[str, Place] = {}
        for layer, store in enumerate(self.stores):
            strings = store.strings
            for ordinal in range(store.units):
                record = store.record(ordinal)
                if not strings[record.code].startswith(("PCL", "TER")):
                    break
                if record.country:
                    found.setdefault(strings[record.country], (layer, ordinal))
        return found

    def _country_name(self, code: str) -> str | None:
        name = self._country_names.get(code)
        if name is None and code in self._countries:
            layer, ordinal = self._countries[code]
            store = self.stores[layer]
            name = self._country_names[code] = store.head(store.record(ordinal))[1]
        return name

    # -- units ---------------------------------------------------------------

    def country(self, code: str) -> Feature:
        """Country by its ISO 3166-1 code, of two letters or three; KeyError when there is none."""
        code = code.upper()
        return self._feature(*self._countries[self._alpha3[code] if len(code) == 3 else code])

    @cached_property
    def _alpha3(self) -> dict[str, str]:
        return {
            code: alpha2
            for alpha2, place in self._countries.items()
            for code in self.codes(self._feature(*place))
            if len(code) == 3
        }

    def codes(self, feature: Feature) -> tuple[str, ...]:
        """ISO and other codes of a country or unit, as its source gives them."""
        layer, ordinal = self._place(feature.id)
        store = self.stores[layer]
        listed = extras_of(store.head(store.record(ordinal))[0]).get("codes", "")
        return tuple(code for code in listed.split(",") if code)

    def country_of(self, feature: Feature) -> Feature | None:
        """Country that holds a feature; a country's own is itself."""
        place = self._countries.get(feature.country or "")
        return self._feature(*place) if place else None

    def admin1_of(self, feature: Feature) -> Feature | None:
        """First-level unit that holds a feature; an admin-1's own is itself."""
        return self.feature(feature.admin1_id) if feature.admin1_id else None

    def capital(self, feature: Feature) -> Feature | None:
        """Capital of a country, administrative centre of a unit, where known."""
        layer, ordinal = self._place(feature.id)
        number = self.stores[layer].record(ordinal).capital
        return self._feature(layer, number - 1) if number else None

    def admin1s(self, country_code: str) -> tuple[Feature, ...]:
        """First-level units of a country, the most populous first."""
        return tuple(self._feature(*place) for place in self._admin1s.get(country_code.upper(), ()))

    def admin2s(self, admin1_id: str) -> tuple[Feature, ...]:
        """Second-level units of a first-level unit."""
        return tuple(self._feature(*place) for place in self._admin2s.get(admin1_id, ()))

    @cached_property
    def _admin1s(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place, record, strings in self._unit_records("ADM1"):
            code = self._country_code(record, strings)
            found.setdefault(code or "", []).append(place)
        return found

    @cached_property
    def _admin2s(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place, record, _ in self._unit_records("ADM2"):
            holder = self._unit(place[0], record.admin1, None)[0]
            found.setdefault(holder or "", []).append(place)
        return found

    def _unit_records(self, code: str) -> Iterator[tuple[Place, Record, list[str]]]:
        for layer, store in enumerate(self.stores):
            strings = store.strings
            for ordinal in range(store.units):
                record = store.record(ordinal)
                if strings[record.code] == code:
                    yield (layer, ordinal), record, strings

    def parts(self, feature: Feature) -> tuple[Feature, ...]:
        """Features whose union a region is, where it is one of such."""
        layer, ordinal = self._place(feature.id)
        store = self.stores[layer]
        listed = extras_of(store.head(store.record(ordinal))[0]).get("parts", "")
        return tuple(self.feature(each) for each in listed.split(",") if each)

    def at(self, place: Place) -> Feature:
        """Feature by its layer and ordinal."""
        return self._feature(*place)

    def unit_places(self, code: str) -> list[Place]:
        """Layer and ordinal of all units of a feature code."""
        return [place for place, _, _ in self._unit_records(code)]

    def country_places(self) -> list[Place]:
        """Layer and ordinal of all countries."""
        return list(self._countries.values())

    def packed_shape(self, feature_id: str) -> bytes | None:
        """Geometry of a feature as the file holds it."""
        layer, ordinal = self._place(feature_id)
        store = self.stores[layer]
        return store.shape(store.record(ordinal))

    def touching(self, feature_id: str) -> list[str]:
        """Ids of the units with polygons that touch this unit's."""
        layer, ordinal = self._place(feature_id)
        store = self.stores[layer]
        return [store.id_of(store.record(other)) for other in store.touching(ordinal)]

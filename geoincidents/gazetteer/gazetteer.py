"""Look places up, by name, id, point and neighbourhood, in one file or layers of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from geoincidents.gazetteer.layout import DEGREE, PRECISIONS
from geoincidents.gazetteer.names import fold
from geoincidents.gazetteer.ranking import importance
from geoincidents.gazetteer.store import Store, extras_of
from geoincidents.model import Feature, NameHit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.answers import BoundaryPolicy, Place, Reverse
    from geoincidents.gazetteer.geometry import Geometries
    from geoincidents.gazetteer.reverse import ReverseIndex
    from geoincidents.gazetteer.store import Record
    from geoincidents.model import NameForm

_CACHED = 50_000
#: Most keys with one beginning that a search weighs.
_SCANNED = 5_000


class Gazetteer:
    """Layers of gazetteer files, answered from as one; the first wins.

    Parameters
    ----------
    stores
        Open files, the one that wins first.
    boundary_policy
        "de_jure": the ISO 3166-2 prefix decides a place's country (Crimea and
        Sevastopol are Ukraine's). "source": the source's own filing.
    """

    def __init__(
        self, stores: Sequence[Store], *, boundary_policy: BoundaryPolicy = "de_jure"
    ) -> None:
        self.stores = tuple(stores)
        self.boundary_policy = boundary_policy
        self._features: dict[Place, Feature] = {}
        self._unit_names: dict[Place, tuple[str, str]] = {}
        self._hits: dict[tuple[str, str | None], tuple[NameHit, ...]] = {}

    # -- names ---------------------------------------------------------------

    def has_name(self, name: str) -> bool:
        """Whether some feature bears this name, folded; no inflection undone."""
        key = fold(name).encode()
        for store in self.stores:  # noqa: SIM110 - asked for every word of a text, a generator costs
            if store.has(key):
                return True
        return False

    def lookup(self, name: str, language: str | None = None) -> tuple[NameHit, ...]:
        """Features that bear a name, best first: larger and more official first.

        Exact on the folded key. For a Cyrillic name the features whose nominative
        it inflects follow; their `NameHit.name` is that nominative.

        Parameters
        ----------
        name
            As written, in any spelling that `fold` joins.
        language
            Language of the text, for which inflections to undo; None: by the letters.
        """
        cached = self._hits.get((name, language))
        if cached is None:
            cached = self._looked_up(name, language)
            if len(self._hits) >= _CACHED:
                self._hits.clear()
            self._hits[name, language] = cached
        return cached

    def _looked_up(self, name: str, language: str | None) -> tuple[NameHit, ...]:
        hits = {hit.feature.id: hit for hit in self._exact(fold(name))}
        if not name.isascii() and any("Ѐ" <= letter <= "ӿ" for letter in name):
            for hit in self._inflected(name, language):
                hits.setdefault(hit.feature.id, hit)
        return tuple(hits.values())

    def _inflected(self, name: str, language: str | None) -> list[NameHit]:
        from geoincidents.gazetteer.inflection import nominatives

        keys = dict.fromkeys(fold(nominative) for nominative in nominatives(name, language))
        hits = [hit for key in keys for hit in self._exact(key)]
        return sorted(hits, key=lambda hit: -importance(hit.feature))

    def _exact(self, key: str) -> Iterator[NameHit]:
        data = key.encode()
        for layer, store in enumerate(self.stores):
            for ordinal, line in store.postings(data):
                if self._wins(layer, ordinal):
                    yield self._hit(layer, ordinal, line)

    def _wins(self, layer: int, ordinal: int) -> bool:
        if layer == 0:
            return True
        feature_id = self._feature(layer, ordinal).id
        return all(store.ordinal_of(feature_id) is None for store in self.stores[:layer])

    def _hit(self, layer: int, ordinal: int, line: int) -> NameHit:
        feature = self._feature(layer, ordinal)
        if line == 1:
            return NameHit(feature, feature.name, "main")
        store = self.stores[layer]
        text, language, form, period = _name(store.line(store.record(ordinal), line))
        return NameHit(feature, text, form, language, period)

    def names(self, feature: Feature) -> tuple[NameHit, ...]:
        """All names of a feature, the main one first."""
        layer, ordinal = self._place(feature.id)
        store = self.stores[layer]
        _, main, *others = store.blob(store.record(ordinal))
        hits = [NameHit(feature, main, "main")]
        for line in others:
            text, language, form, period = _name(line)
            hits.append(NameHit(feature, text, form, language, period))
        return tuple(hits)

    def suggest(self, name: str, limit: int = 5) -> tuple[NameHit, ...]:
        """Features one typo away: for a person to choose from, never taken silently."""
        from geoincidents.gazetteer.typos import one_typo_away

        hits = [hit for key in one_typo_away(fold(name), self._has_key) for hit in self._exact(key)]
        return _best(hits, limit)

    def search(self, prefix: str, limit: int = 20) -> tuple[NameHit, ...]:
        """Features with a name that begins so: the layers in order, in each the largest first."""
        start = fold(prefix).encode()
        found: list[NameHit] = []
        for layer, store in enumerate(self.stores):
            hits = [
                self._hit(layer, ordinal, line)
                for _, postings in store.scan(start, _SCANNED)
                for ordinal, line in postings[:limit]
                if self._wins(layer, ordinal)
            ]
            found += _best(hits, limit)
        return tuple(found[:limit])

    def _has_key(self, key: str) -> bool:
        data = key.encode()
        return any(store.has(data) for store in self.stores)

    # -- features ------------------------------------------------------------

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
            self._country_names.get(country) if country else None,
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

    @cached_property
    def _country_names(self) -> dict[str, str]:
        return {
            code: self.stores[layer].head(self.stores[layer].record(ordinal))[1]
            for code, (layer, ordinal) in self._countries.items()
        }

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

    # -- geometry ------------------------------------------------------------

    def geometry(self, feature: Feature | str) -> BaseGeometry | None:
        """Shape of a feature: a polygon, a line, or None where only its point is known."""
        return self._geometries.of(feature if isinstance(feature, str) else feature.id)

    def border(self, a: str, b: str) -> BaseGeometry | None:
        """Boundary that two units share, as lines; None when they share none.

        Parameters
        ----------
        a, b
            Country codes ("UA"), or ids of first-level units.
        """
        return self._geometries.border(a, b)

    def neighbours(self, feature: Feature) -> tuple[Feature, ...]:
        """Countries, or first-level units, that share a boundary with one."""
        return self._geometries.neighbours(feature)

    def packed_shape(self, feature_id: str) -> bytes | None:
        """Geometry of a feature as the file holds it."""
        layer, ordinal = self._place(feature_id)
        store = self.stores[layer]
        return store.shape(store.record(ordinal))

    def touching(self) -> Iterator[tuple[str, str]]:
        """Pairs of ids of units with polygons that touch, each both ways."""
        for layer, store in enumerate(self.stores):
            numbers = store.section("touching").cast("I")
            for left, right in zip(numbers[::2], numbers[1::2], strict=True):
                yield self._feature(layer, left).id, self._feature(layer, right).id

    @cached_property
    def _geometries(self) -> Geometries:
        from geoincidents.gazetteer.geometry import Geometries

        return Geometries(self)

    # -- points --------------------------------------------------------------

    def reverse(self, lon: float, lat: float) -> Reverse:
        """Nearest settlement to a point, and the units that hold it."""
        return self._reverse.at(lon, lat)

    def reverse_many(self, lons: ArrayLike, lats: ArrayLike) -> Sequence[Reverse]:
        """As `reverse`, for many points at once; each answer is made when it is read."""
        return self._reverse.many(lons, lats)

    @cached_property
    def _reverse(self) -> ReverseIndex:
        from geoincidents.gazetteer.reverse import ReverseIndex

        return ReverseIndex(self)

    def nearby(
        self, lon: float, lat: float, radius_m: float, limit: int = 20
    ) -> tuple[Feature, ...]:
        """Settlements within a distance of a point, the nearest first."""
        from geoincidents.gazetteer.nearby import nearby

        return tuple(self._feature(*place) for place in nearby(self, lon, lat, radius_m, limit))

    # -- provenance ----------------------------------------------------------

    def info(self) -> list[dict[str, object]]:
        """What each layer holds: counts, vintage, sources, attributions."""
        import json

        return [
            {"path": str(store.path), **json.loads(bytes(store.section("meta")))}
            for store in self.stores
        ]


def _name(line: str) -> tuple[str, str | None, NameForm, str | None]:
    if "\t" not in line:
        return line, None, "alternate", None
    text, language, form, period = [*line.split("\t"), "", ""][:4]
    return text, language or None, cast("NameForm", form or "alternate"), period or None


def _best(hits: Iterable[NameHit], limit: int) -> tuple[NameHit, ...]:
    ranked: dict[str, NameHit] = {}
    for hit in sorted(hits, key=lambda hit: -importance(hit.feature)):
        ranked.setdefault(hit.feature.id, hit)
    return tuple(ranked.values())[:limit]

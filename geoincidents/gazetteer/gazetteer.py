"""Look places up, by name, id, point and neighbourhood, in one file or layers of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from geoincidents.gazetteer.layers import Layers
from geoincidents.gazetteer.names import fold
from geoincidents.gazetteer.ranking import weight_of
from geoincidents.model import NameHit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.answers import BoundaryPolicy, Reverse
    from geoincidents.gazetteer.geometry import Geometries
    from geoincidents.gazetteer.reverse import ReverseIndex
    from geoincidents.gazetteer.store import Store
    from geoincidents.model import Feature, NameForm

_CACHED = 20_000
#: Letters of the longest text that can be a name: whatever is longer is not looked at.
LONGEST = 200
#: Most keys with one beginning that a search weighs.
_SCANNED = 5_000


class Gazetteer(Layers):
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
        super().__init__(stores, boundary_policy=boundary_policy)
        self._hits: dict[tuple[str, str | None], tuple[NameHit, ...]] = {}

    # -- names ---------------------------------------------------------------

    def has_name(self, name: str) -> bool:
        """Whether some feature bears this name, folded; no inflection undone."""
        if len(name) > LONGEST:
            return False
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
        if len(name) > LONGEST:
            return ()
        if name.isascii():
            language = None  # no inflection is undone: one answer for all languages
        cached = self._hits.get((name, language))
        if cached is None:
            cached = self._looked_up(name, language)
            if len(self._hits) >= _CACHED:
                self._hits.clear()
            self._hits[name, language] = cached
        return cached

    def _looked_up(self, name: str, language: str | None) -> tuple[NameHit, ...]:
        hits = list(self._exact(fold(name)))
        if not name.isascii() and any("Ѐ" <= letter <= "ӿ" for letter in name):
            # "Донецьку" is first the town in the locative, then the adjective's accusative.
            hits = sorted([*hits, *self._inflected(name, language)], key=_is_adjectival)
        found: dict[str, NameHit] = {}
        for hit in hits:
            found.setdefault(hit.feature.id, hit)
        return tuple(found.values())

    def _inflected(self, name: str, language: str | None) -> list[NameHit]:
        from geoincidents.gazetteer.inflection import nominatives

        keys = dict.fromkeys(fold(nominative) for nominative in nominatives(name, language))
        hits = [hit for key in keys for hit in self._exact(key)]
        return sorted(hits, key=weight_of, reverse=True)

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

        if len(name) > LONGEST:
            return ()
        hits = [hit for key in one_typo_away(fold(name), self._has_key) for hit in self._exact(key)]
        return _best(hits, limit)

    def search(self, prefix: str, limit: int = 20) -> tuple[NameHit, ...]:
        """Features with a name that begins so: the layers in order, in each the largest first."""
        start = fold(prefix[:LONGEST]).encode()
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

    @cached_property
    def _geometries(self) -> Geometries:
        from geoincidents.gazetteer.geometry import Geometries

        return Geometries(self)

    # -- points --------------------------------------------------------------

    def reverse(self, lon: float, lat: float) -> Reverse:
        """Nearest settlement to a point, within 67 km, and the units that hold it."""
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
            {"path": store.path, **json.loads(bytes(store.section("meta")))}
            for store in self.stores
        ]


def _is_adjectival(hit: NameHit) -> bool:
    return hit.form in ("adjective", "demonym")


def _name(line: str) -> tuple[str, str | None, NameForm, str | None]:
    if "\t" not in line:
        return line, None, "alternate", None
    text, language, form, period = [*line.split("\t"), "", ""][:4]
    return text, language or None, cast("NameForm", form or "alternate"), period or None


def _best(hits: Iterable[NameHit], limit: int) -> tuple[NameHit, ...]:
    ranked: dict[str, NameHit] = {}
    for hit in sorted(hits, key=weight_of, reverse=True):
        ranked.setdefault(hit.feature.id, hit)
    return tuple(ranked.values())[:limit]

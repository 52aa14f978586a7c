"""How well known a name is to the gazetteer, as one small number, remembered.

A recogniser asks this of every capitalised word; it needs no features, only
the kind and size of the most prominent one.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Feature, NameHit

UNKNOWN = 0
VILLAGE, TOWN, CITY, BIG_CITY, METROPOLIS = 1, 2, 3, 4, 5
ADMIN2, ADMIN1, COUNTRY, DEMONYM, REGION, SITE = 6, 7, 8, 9, 10, 11
#: The name of each class, for features and for people.
CLASS_NAMES = (
    "unknown", "village", "town", "city", "big", "metropolis",
    "admin2", "admin1", "country", "demonym", "region", "site",
)  # fmt: skip
_SIZES = (1_000, 15_000, 100_000, 1_000_000)
_BY_PRECISION = {
    "site": SITE,
    "neighbourhood": SITE,
    "admin2": ADMIN2,
    "admin1": ADMIN1,
    "country": COUNTRY,
    "region": REGION,
    "sea": REGION,
}
#: When a name has many features, the most telling class stands for it.
_RANK = {c: n for n, c in enumerate((0, 1, 11, 2, 6, 3, 10, 4, 5, 7, 9, 8))}


class NameClasses(dict[str, int]):
    """Name → class, asked of the gazetteer once; bounded against hostile text."""

    limit = 500_000

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._known: Callable[[str], bool] = gazetteer.has_name
        self._lookup: Callable[[str], tuple[NameHit, ...]] = gazetteer.lookup
        self._towns: dict[str, bool] = {}
        self._inflected: dict[str, tuple[int, str]] = {}

    def __missing__(self, name: str) -> int:
        if len(self) >= self.limit:
            self.clear()
        value = self._classify(name) if self._known(name) else UNKNOWN
        self[name] = value
        return value

    def inflected(self, name: str) -> tuple[int, str]:
        """Class and nominative of a name in any grammatical case; (0, "") if unknown."""
        known = self._inflected.get(name)
        if known is None:
            if len(self._inflected) >= self.limit:
                self._inflected.clear()
            hits = self._lookup(name)
            best = max(hits, key=lambda hit: _RANK[_class_of(hit)], default=None)
            known = (_class_of(best), best.name) if best else (UNKNOWN, "")
            self._inflected[name] = known
        return known

    def is_remote(self, name: str, home: frozenset[str], least: int | None) -> bool:
        """Whether what bears the name lies outside `home` and has fewer than `least` people."""
        return not any(
            hit.feature.country in home or (least is not None and hit.feature.population >= least)
            for hit in self._lookup(name)
        )

    def has_town(self, name: str) -> bool:
        """Whether any settlement bears the name."""
        known = self._towns.get(name)
        if known is None:
            if len(self._towns) >= self.limit:
                self._towns.clear()
            hits = self._lookup(name)
            known = any(VILLAGE <= _class_of(hit) <= METROPOLIS for hit in hits)
            self._towns[name] = known
        return known

    def _classify(self, name: str) -> int:
        hits = self._lookup(name)
        return max((_class_of(hit) for hit in hits), key=_RANK.__getitem__, default=UNKNOWN)


def _class_of(hit: NameHit) -> int:
    if hit.form in {"demonym", "adjective"}:
        return DEMONYM
    return _class_of_feature(hit.feature)


def _class_of_feature(feature: Feature) -> int:
    special = _BY_PRECISION.get(feature.precision)
    return special or 1 + bisect(_SIZES, feature.population)

"""Options by name, looked up and weighed once and kept: names recur all through the news."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geoincidents.resolution.names import expand, tidy
from geoincidents.resolution.options import Option, find_options
from geoincidents.resolution.weights import Weights, weigh

if TYPE_CHECKING:
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Precision

_CONTAINER_KINDS = frozenset({"country", "admin1", "admin2"})
_NOT_CONTAINERS = frozenset({"demonym", "adjective"})
_NAMES_KEPT = 20_000


class Row(NamedTuple):
    """An option with its static scores under the first and the second weights."""

    option: Option
    first: float
    second: float


class Shelf:
    """Rows by name for one gazetteer and one set of weights."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights) -> None:
        self.gazetteer = gazetteer
        self.weights = weights
        self.has_name = lru_cache(maxsize=_NAMES_KEPT)(gazetteer.has_name)
        self.rows = lru_cache(maxsize=_NAMES_KEPT)(self._rows)
        self.container = lru_cache(maxsize=_NAMES_KEPT)(self._container)
        self.within = lru_cache(maxsize=_NAMES_KEPT)(self._within)

    def _rows(
        self, names: tuple[str, ...], language: str, type_hint: Precision | None
    ) -> tuple[Row, ...]:
        options = find_options(names, self.gazetteer, language, type_hint)
        first, second = self.weights.first, self.weights.second
        return tuple(
            Row(option, weigh(option.parts, first), weigh(option.parts, second))
            for option in options
        )

    def _container(self, name: str, language: str) -> frozenset[str]:
        """Keys of the countries and units that `name` may be, as what holds a place."""
        keys = set()
        for form in dict.fromkeys((tidy(name), *expand(tidy(name), language))):
            if form.isascii() and " " not in form and not self.has_name(form):
                continue  # most words beside a name are no names: told before they are weighed
            for row in self.rows((form,), language, None):
                option = row.option
                if option.kind in _CONTAINER_KINDS and option.key and _holds(option):
                    keys.add(option.key)
        return frozenset(keys)

    def _within(self, name: str, language: str) -> frozenset[str]:
        """Keys of all the units that a place called `name` may lie in, itself left out."""
        return frozenset(
            key
            for row in self.rows((name,), language, None)
            for key in row.option.within
            if key and key != row.option.key
        )


def _holds(option: Option) -> bool:
    piece = any(name == "only a piece of the name" for name, _ in option.parts)
    return option.form not in _NOT_CONTAINERS and not piece

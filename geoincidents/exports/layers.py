"""Incidents → flat tables with a geometry column: the layers every GIS format writes.

Geometry is WGS84 in lon, lat order. A layer comes whole or in parts of bounded size,
so that a writer needs no memory for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from geoincidents.exports.columns import (
    CLAIMS,
    INCIDENTS,
    LOCATIONS,
    MENTIONS,
    REPORTS,
    RESPONSES,
    Items,
)
from geoincidents.records.writing import footprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.exports.columns import ColumnType, Item, LayerKind
    from geoincidents.model import IncidentCollection, Location
    from geoincidents.records.writing import Footprints

KINDS: dict[str, LayerKind] = {
    kind.name: kind for kind in (INCIDENTS, LOCATIONS, RESPONSES, CLAIMS, REPORTS, MENTIONS)
}
#: Rows held in memory at once.
PART_ROWS = 4096
_FOOTPRINTS_HELD = 4096


@dataclass(frozen=True, slots=True)
class Layer:
    """A table: typed columns, the values of each, and one geometry a row (or none at all).

    Times are `datetime` with their offset.
    """

    name: str
    columns: tuple[tuple[str, ColumnType], ...]
    values: tuple[list[Any], ...]
    geometries: list[BaseGeometry | None] | None

    def __len__(self) -> int:
        return len(self.values[0])

    @property
    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows as text formats write them: times in ISO 8601."""
        plain = (
            [value and value.isoformat() for value in values] if kind == "datetime" else values
            for (_, kind), values in zip(self.columns, self.values, strict=True)
        )
        return zip(*plain, strict=True)

    @property
    def placed_rows(self) -> Iterator[tuple[tuple[Any, ...], BaseGeometry | None]]:
        """Rows, each with its geometry, which is None in a table without any."""
        return zip(self.rows, self.geometries or [None] * len(self), strict=True)


def layer_parts(
    name: str,
    collection: IncidentCollection,
    footprints: Footprints | None,
    rows: int = PART_ROWS,
) -> Iterator[Layer]:
    """A layer in parts of so many rows; one part of none where it is empty."""
    kind = KINDS[name]
    shapes = lru_cache(_FOOTPRINTS_HELD)(footprints) if footprints is not None else None
    items = kind.items(collection)
    part = list(islice(items, rows))
    yield _layer(kind, part, shapes)
    while part := list(islice(items, rows)):
        yield _layer(kind, part, shapes)


def whole_layer(
    name: str, collection: IncidentCollection, footprints: Footprints | None = None
) -> Layer:
    """A layer in one piece."""
    kind = KINDS[name]
    return _layer(kind, list(kind.items(collection)), footprints)


def _layer(kind: LayerKind, rows: list[Item], footprints: Footprints | None) -> Layer:
    items = Items(*map(list, zip(*rows, strict=True))) if rows else Items([], [], [], [], [])
    return Layer(
        kind.name,
        tuple((column.name, column.kind) for column in kind.columns),
        tuple(column.of(items) for column in kind.columns),
        _shapes(items.places, footprints) if kind.spatial else None,
    )


def _shapes(
    placed: list[tuple[Location, ...]], footprints: Footprints | None
) -> list[BaseGeometry | None]:
    """Union of each item's footprints; a lone place without one is its point."""
    import numpy as np
    import shapely

    points = np.array([(p[0].lon, p[0].lat) if p else (0.0, 0.0) for p in placed], dtype=float)
    out: list[BaseGeometry | None] = list(shapely.points(points.reshape(-1, 2)))
    for row, places in enumerate(placed):
        if not places:
            out[row] = None
        elif len(places) > 1:
            out[row] = shapely.union_all([_shape(place, footprints) for place in places])
        elif (shape := footprint(places[0], footprints)) is not None and not shape.is_empty:
            out[row] = shape
    return out


def _shape(location: Location, footprints: Footprints | None) -> BaseGeometry:
    """A location's footprint, else its representative point."""
    from shapely import Point

    shape = footprint(location, footprints)
    return Point(location.lon, location.lat) if shape is None or shape.is_empty else shape


BUILDERS: dict[str, Callable[[IncidentCollection, Footprints | None], Layer]] = {
    name: partial(whole_layer, name) for name in KINDS
}

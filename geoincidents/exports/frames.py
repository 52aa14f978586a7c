"""Layers as geopandas frames, for analysts and for the formats that geopandas writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd

from geoincidents.exports.layers import whole_layer

if TYPE_CHECKING:
    from geoincidents.exports.columns import ColumnType
    from geoincidents.model import IncidentCollection
    from geoincidents.records.writing import Footprints

#: Columns of few, repeated values.
_CATEGORIES = frozenset(
    {"event_type", "sub_event_type", "precision", "verification", "role", "kind", "time_precision"}
)
_DTYPES: dict[ColumnType, str] = {"integer": "Int64", "real": "Float64", "boolean": "boolean"}


def to_geodataframe(
    collection: IncidentCollection,
    *,
    layer: str = "incidents",
    footprints: Footprints | None = None,
) -> geopandas.GeoDataFrame:
    """One layer as a frame in EPSG:4326.

    Times are kept with their zone (as UTC instants), counts are nullable integers,
    kinds are categories; lists are JSON text. A table without geometry has a
    geometry column of nulls.
    """
    table = whole_layer(layer, collection, footprints)
    series = {
        name: _series(name, values, kind)
        for (name, kind), values in zip(table.columns, table.values, strict=True)
    }
    shapes = table.geometries or [None] * len(table)
    return geopandas.GeoDataFrame(series, geometry=geopandas.GeoSeries(shapes), crs="EPSG:4326")


def _series(name: str, values: list[Any], kind: ColumnType) -> Any:
    if kind == "datetime":
        return pd.to_datetime(pd.Series(values, dtype="object"), utc=True)
    if kind in _DTYPES:
        return pd.Series(values, dtype=_DTYPES[kind])
    return pd.Series(values, dtype="category" if name in _CATEGORIES else "string")

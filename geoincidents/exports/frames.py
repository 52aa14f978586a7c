"""Layers as geopandas frames for analysts, and frames back as incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd

from geoincidents.errors import UsageError
from geoincidents.exports.layers import KINDS, whole_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    Times bear a zone: the one that all of a column share, else they are UTC instants.
    Counts are nullable integers, kinds are categories, lists are JSON text. A table
    without geometry has a geometry column of nulls.

    Raises
    ------
    UsageError
        When there is no such layer.
    """
    if layer not in KINDS:
        raise UsageError(f"{layer}: no such layer; use one of {', '.join(KINDS)}.")
    table = whole_layer(layer, collection, footprints)
    series = {
        name: _series(name, values, kind)
        for (name, kind), values in zip(table.columns, table.values, strict=True)
    }
    shapes = table.geometries or [None] * len(table)
    return geopandas.GeoDataFrame(series, geometry=geopandas.GeoSeries(shapes), crs="EPSG:4326")


def _series(name: str, values: list[Any], kind: ColumnType) -> Any:
    if kind == "datetime":
        return _times(values)
    if kind in _DTYPES:
        return pd.Series(values, dtype=_DTYPES[kind])
    return pd.Series(values, dtype="category" if name in _CATEGORIES else "string")


def _times(values: list[Any]) -> Any:
    instants = pd.to_datetime(pd.Series(values, dtype="object"), utc=True)
    zones = {value.utcoffset(): value.tzinfo for value in values if value is not None}
    return instants.dt.tz_convert(next(iter(zones.values()))) if len(zones) == 1 else instants


def from_geodataframe(
    incidents: geopandas.GeoDataFrame,
    *,
    locations: geopandas.GeoDataFrame | None = None,
    responses: geopandas.GeoDataFrame | None = None,
    claims: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> IncidentCollection:
    """Incidents of a frame with the columns that `to_geodataframe` gives, in any known CRS.

    Parameters
    ----------
    incidents
        The layer `incidents`; alone it gives each incident one place and no claims.
    locations, responses, claims, reports
        The other layers; with all of them what comes back writes the same layers again.

    Returns
    -------
    IncidentCollection
        A row whose point was moved has its place there.

    Raises
    ------
    UsageError
        When a row is no incident, or columns are missing.
    """
    from geoincidents.model import IncidentCollection
    from geoincidents.reports.restoring import Layers, holds_incidents, restored

    if not holds_incidents(incidents.columns):
        raise UsageError("the frame has not the columns of the layer incidents.")
    layers = Layers(
        incidents=_placed(incidents),
        locations=_placed(locations),
        responses=_placed(responses),
        claims=_placed(claims),
        reports=_placed(reports),
    )
    for found in restored(layers, "the frame"):
        if isinstance(found, IncidentCollection):
            return found
        raise UsageError(found.sentence)
    return IncidentCollection((), ())


def _placed(frame: pd.DataFrame | None) -> Iterator[tuple[dict[str, Any], Any]]:
    """Rows as plain values, nulls as None, each with its shape in WGS84."""
    if frame is None:
        return
    shapes: Any = [None] * len(frame)
    if isinstance(frame, geopandas.GeoDataFrame) and frame.active_geometry_name is not None:
        placed = frame.to_crs("EPSG:4326") if frame.crs is not None else frame
        shapes = placed.geometry
        frame = frame.drop(columns=frame.active_geometry_name)
    columns = [_plain(frame[name]) for name in frame.columns]
    for shape, *row in zip(shapes, *columns, strict=True):
        yield dict(zip(frame.columns, row, strict=True)), shape


def _plain(series: Any) -> list[Any]:
    values = series.astype("object")
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        values = pd.Series([v.to_pydatetime() for v in series], index=series.index, dtype="object")
    return list(values.where(series.notna(), None))

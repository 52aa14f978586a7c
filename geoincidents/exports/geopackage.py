"""GeoPackage: all layers in one file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geoincidents.exports.layers import BUILDERS, Layer
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.exports.layers import ColumnType
    from geoincidents.model import IncidentCollection

#: The same input gives the same file: no clock goes into it.
_FIXED_DATE = "2000-01-01T00:00:00.000Z"


@writer("gpkg", ".gpkg")
def write_geopackage(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write every layer and attribute table, whichever layer was named."""
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        for name, build in BUILDERS.items():
            _write_layer(build(collection, options.footprints), path, append=name != "incidents")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_layer(layer: Layer, path: Path, *, append: bool) -> None:
    import numpy as np
    import pyogrio.raw
    import shapely

    spatial = layer.geometries is not None
    columns = list(zip(*layer.rows, strict=True)) if layer.rows else [()] * len(layer.columns)
    data = [_array(values, kind) for values, (_, kind) in zip(columns, layer.columns, strict=True)]
    mask = [np.array([v is None for v in values], dtype=bool) for values in columns]
    geometry = np.array(shapely.to_wkb(list(layer.geometries or ())), dtype=object)
    pyogrio.raw.write(
        str(path),
        geometry if spatial else None,
        data,
        [name for name, _ in layer.columns],
        field_mask=mask,
        layer=layer.name,
        driver="GPKG",
        geometry_type="Unknown" if spatial else None,
        crs="EPSG:4326" if spatial else None,
        append=append,
        layer_options={"FID": "fid"} | ({"GEOMETRY_NAME": "geom"} if spatial else {}),
    )


def _array(values: tuple[Any, ...], kind: ColumnType) -> Any:
    import numpy as np

    if kind == "text":
        return np.array(values, dtype=object)
    if kind == "datetime":
        return np.array([_utc(v) for v in values], dtype="datetime64[ms]")
    dtype = {"integer": "int64", "real": "float64", "boolean": "bool"}[kind]
    return np.array([0 if v is None else v for v in values], dtype=dtype)


def _utc(value: str | None) -> datetime:
    """GeoPackage keeps times in UTC; the offset stands in the other layers' text."""
    moment = datetime.fromisoformat(value) if value else datetime(1970, 1, 1, tzinfo=UTC)
    return moment.astimezone(UTC).replace(tzinfo=None)
